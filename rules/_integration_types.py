"""Findings about an integration of the wrong type: for every rule that compares its type."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location
from symlint.named_tuple import NamedTuple
from symlint.sym.words import either, shown, with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Severity
    from symlint.lint.rule import Rule
    from symlint.sym.model.views import Link, View


class WrongType(NamedTuple):
    """The ``attribute`` of ``view`` leads to an integration of another type than those accepted.

    ``evidence`` are the ranges that show which type is required.
    """

    view: View
    attribute: str
    link: Link
    type_name: str
    accepted: tuple[str, ...]
    title: str
    why: str
    evidence: tuple[RelatedRange, ...] = ()

    def at_use(
        self, rule: Rule, candidates: tuple[str, ...], severity: Severity | None = None
    ) -> Finding:
        """The finding if the reference is wrong; ``candidates`` are the references to write instead."""
        place = Location.of_link(self.view, self.link, self.attribute)
        place = place.where_taken(self.view.sym)
        evidence, integration = list(self.evidence), self.link.view
        if integration is not None:
            type_ = Location.of_argument(integration, "type")
            evidence.append(type_.annotated(f"this integration has type {shown(self.type_name)}"))
        return place.finding(
            rule,
            self.title,
            label=f"{with_article(shown(self.type_name))} integration",
            related=(*evidence, *place.use()),
            why=self.why,
            help_=advice_to_use(place.name, candidates, self.accepted),
            fix=place.write(candidates[0], safe=False) if len(candidates) == 1 else None,
            severity=severity,
        )

    def at_type(self, rule: Rule, integration: View, used: str) -> Finding:
        """The finding if the type of the integration is wrong; ``used`` says what it is used for."""
        place, wanted = Location.of_argument(integration, "type"), self.accepted[0]
        return place.finding(
            rule,
            self.title,
            label=f"all other arguments are those of {with_article(wanted)} integration",
            related=(*self.evidence, RelatedRange(self.link.range, used)),
            why=self.why,
            help_=f'write type = "{wanted}"',
            fix=place.quote(wanted, safe=False),
        )


def advice_to_use(name: str, candidates: tuple[str, ...], accepted: tuple[str, ...]) -> str:
    """Advice to set the argument ``name`` to an integration of an accepted type."""
    if candidates:
        return f"write {name} = {either(candidates[:4])}"
    reference = f"{name} = sym_integration.<name>.id"
    if not accepted:
        return f"write {reference}"
    return f"use {with_article(either(accepted))} integration: {reference}"

"""Checks that no two Sym resources have the same name."""

from __future__ import annotations

from collections import Counter

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.hygiene._examples import FLOW, TARGET
from symlint.sym.model.settings import item_ranges
from symlint.sym.model.texts import reason_of, shown_value, text_of
from symlint.sym.words import mentions, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value

_MAXIMUM_COMPARED: Final = 50
"""Resources of one name, of which only some may exist together, that are compared with others."""


class DuplicateName(Rule):
    """No two Sym resources of a kind have the same name.

    In the whole organization, and ignoring case, Sym identifies a flow, an environment and a
    runtime by its `name`, and an integration, a target, a strategy and a secrets source by its
    `type` and `name`. The apply of the second one fails.

    A log destination has no name. Sym seems to identify it by its type and the name of its stream
    (a **warning**).

    **Not flagged.** Unknown names, resources of which one may not exist, because a `count` or
    `for_each` is not known, resources that use different configurations of the provider, and names that resources of different
    kinds or types share.
    """

    code = "SYM922"
    name = "duplicate-name"
    other_severities = ("warning",)
    severity = "error"
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow#import",
        f"{TARGET}#import",
    )
    bad = configuration(FLOW.format("deploy", "Deploy"))
    good = configuration(FLOW.format("deploy", "restart"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether no other resource has the identity of each one."""
        from symlint.sym.aws.provider_configurations import provider_of_resource
        from symlint.sym.model.creations import coexist

        resources = configuration.catalogue.provider.resources
        views = tuple(configuration.views)
        kinds = Counter(view.kind for view in views)
        seen: dict[tuple[object, ...], list[View]] = {}
        reported = set()
        for view in views:
            identity = resources[view.kind].identity
            if not identity:
                continue
            reason = _unknown(view, identity)
            if reason is not None and kinds[view.kind] == 1 and not view.symbolic:
                yield PASSED
            elif reason is not None:
                question = f"does another {view.noun} have the same {_last(identity)}?"
                yield self.undecided(_place(view, identity[-1]).used, question, reason)
            key = None if view.symbolic else _identity(view, identity)
            if key is None:
                continue
            provider = provider_of_resource(view.instance)
            if provider is None:
                continue
            same = seen.setdefault((view.kind, provider.identity, *key), [])
            first = next((it for it in same if coexist(it.instance, view.instance)), None)
            if len(same) < _MAXIMUM_COMPARED:
                same.append(view)
            if first is None:
                yield PASSED
            elif (first.header, view.header) not in reported:
                reported.add((first.header, view.header))
                yield self._duplicate(first, view, resources[view.kind].identity)

    def _duplicate(self, first: View, view: View, identity: tuple[str, ...]) -> Finding:
        attribute = identity[-1]
        same = first.header == view.header
        if not same and _words_shared(first) < _words_shared(view):
            first, view = view, first
        place, other = _place(view, attribute), _place(first, attribute)
        if place.range == other.range:
            place, other = place.at(place.used), other.at(other.used)
        kind = view.noun if len(identity) == 1 else f"{view.noun} of type {view.type_name}"
        named = attribute == "name"
        taken = RelatedRange(other.range, "the same here")
        return place.finding(
            self,
            f"another {kind} has the {place.name} {shown_value(_value(view, attribute))}",
            label="the same for every instance" if same else "already used",
            related=(*(() if place.range == other.range else (taken,)), *place.use(attribute)),
            why=(
                f"Sym identifies {with_article(view.noun)} by this {place.name}, ignoring case, and "
                "rejects a second one."
            ),
            help_="include each.key, or another value that differs between instances, in the name"
            if same
            else "give each one a different name",
            severity=None if named else "warning",
        )


def _unknown(view: View, identity: tuple[str, ...]) -> str | None:
    """Why it is not known what identifies a resource; None where that is known."""
    if view.symbolic:
        return "it is not known which instances there are"
    values = (_value(view, attribute) for attribute in identity)
    reasons = (reason_of(value) for value in values if value.unknown is not None)
    return next(reasons, None)


def _last(identity: tuple[str, ...]) -> str:
    return identity[-1].rpartition(".")[2]


def _identity(view: View, identity: tuple[str, ...]) -> tuple[str, ...] | None:
    """The values that identify a resource, in lower case; None if one is not known."""
    found = []
    for attribute in identity:
        text = text_of(_value(view, attribute))
        if not text:
            return None
        found.append(text.lower())
    return tuple(found)


def _value(view: View, attribute: str) -> Value:
    """The value of an argument or a setting."""
    from symlint.sym.model.arguments import ABSENT

    name, _, key = attribute.partition(".")
    return (view.setting(key) or ABSENT) if key else view.value(name)


def _place(view: View, attribute: str) -> Location:
    """The location of an argument or a setting."""
    name, _, key = attribute.partition(".")
    written = item_ranges(view.sym, view.value(name), key) if key else None
    used = view.range(name) if written is None else written[1]
    place = Location(str(view.address), attribute, used, used)
    return place.of_element(_value(view, attribute)).where_chosen()


def _words_shared(view: View) -> int:
    """How many words the name of a resource shares with the name of its block."""
    name = text_of(view.name) or ""
    words = view.instance.name.replace("-", "_").split("_")
    return sum(bool(word) and mentions(name, word) for word in words)

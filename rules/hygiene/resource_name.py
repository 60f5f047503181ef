"""Checks that the name of a Sym resource has only characters that Sym accepts."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.hygiene._examples import FLOW, TARGET
from symlint.sym.model.texts import reason_of, shown_value
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import View


class ResourceName(Rule):
    """The `name` of a Sym resource consists of letters, digits, `-` and `_`.

    The name becomes part of the identifier of the resource in Sym, which allows no other
    characters. People see the `label`. The name of a target has at most 55 characters (a
    **warning**, since only the generator says so).

    **Not flagged.** Unknown names. Data sources.
    """

    code = "SYM921"
    name = "resource-name"
    other_severities = ("warning",)
    severity = "error"
    fixable = True
    sources = (TARGET, "https://pypi.org/project/sym-sdk/")
    bad = configuration(FLOW.format("Deploy to production", "restart"))
    good = configuration(FLOW.format("deploy_to_production", "restart"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each name is one that Sym can use."""
        resources = configuration.catalogue.provider.resources
        for view in configuration.views:
            schema = resources[view.kind]
            text = view.name.string
            pattern = schema.name_pattern
            if pattern is None:
                continue
            if view.name.unknown is not None and not view.is_data:
                question = f"is it a name that {with_article(view.noun)} can have?"
                yield self.undecided(view.range("name"), question, reason_of(view.name))
            if text is None:
                continue
            if not text and not _is_here(view):
                continue
            yield self._judge(view, pattern, schema.max_name_length, text)

    def _judge(self, view: View, pattern: str, limit: int | None, text: str) -> Outcome:
        import re

        if not re.fullmatch(pattern, text):
            return self._characters(view, pattern, text)
        if limit is not None and len(text) > limit:
            return self._length(view, text, limit)
        return PASSED

    def _characters(self, view: View, pattern: str, text: str) -> Finding:
        import re

        place = Location.of_argument(view, "name").where_chosen()
        wrong = "".join(it for it in dict.fromkeys(text) if not re.fullmatch(pattern, it))
        meant = re.sub("[^A-Za-z0-9_-]+", "-", text).strip("-").lower()
        spaces = "spaces" if wrong.isspace() else f"characters such as {wrong.strip()[:1]}"
        lines = [f'write "{meant}"'] if meant and place.in_place else []
        return place.finding(
            self,
            f"the name {shown_value(view.name)} contains {spaces}" if text else "the name is empty",
            label="letters, digits, - and _ only",
            related=place.use(f"the name of {with_article(view.noun)}"),
            why="Sym uses the name as an identifier and rejects this one: the apply fails.",
            help_="\n".join((*lines, "people see the label, not the name")),
            fix=place.quote(meant, safe=False) if meant else None,
        )

    def _length(self, view: View, text: str, limit: int) -> Finding:
        place = Location.of_argument(view, "name").where_chosen()
        return place.finding(
            self,
            f"the name of the {view.noun} has {len(text)} characters; at most {limit} are allowed",
            label=f"{len(text)} characters",
            related=place.use(f"the name of {with_article(view.noun)}"),
            why="Sym rejects longer names.",
            help_="shorten the name: people see the label",
            severity="warning",
        )


def _is_here(view: View) -> bool:
    """Whether a name is written in its own argument, and not the default of a variable."""
    origin = view.name.origin
    return origin is not None and origin.is_within(view.range("name"))

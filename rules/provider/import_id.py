"""Checks that the id of an import block has the form that the provider takes."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.provider._schema import REGISTRY
from symlint.sym.model.texts import is_placeholder, reason_of, text_of
from symlint.sym.words import noun, with_article
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.imports import Import
    from symlint.terraform.values.value import Value


class ImportId(Rule):
    """The `id` of an import block has the form that its resource is imported by.

    Flows, environments, runtimes, secrets, error loggers and the flows filter are imported by their
    slug: `id = "prod_access"`. Integrations, targets, strategies, log destinations and sources of
    secrets are imported by type and slug: `id = "aws_iam:prod_access"`. The slug is usually the
    `name`. The UUID that Sym gives a resource is not accepted; `symflow resources list` shows the
    slugs.

    The rule also reports a type that is not that of the resource.

    **Not flagged.** Slugs that differ from the `name`: the import may rename. Unknown ids are
    undecided.
    """

    code = "SYM141"
    name = "import-id"
    severity = "error"
    about = ("terraform.root.module.imports",)
    sources = (f"{REGISTRY}/resources/flow#import", f"{REGISTRY}/resources/target#import")
    good = configuration(
        """
import {
  to = sym_target.support
  id = "okta_group:support"
}

resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.support.id]
}
"""
    )
    bad = edited(good, ('"okta_group:support"', '"support"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each known id can be imported to its resource."""
        from symlint.sym.provider.imports import imports

        seen = set()
        for it in imports(configuration):
            for value in leaves(it.value):
                text = text_of(value)
                if text is None:
                    question = "has the id the form of the resource?"
                    yield self.undecided(it.range, question, reason_of(value))
                elif is_placeholder(configuration.catalogue, text):
                    yield PASSED
                else:
                    # The keys are those of the resource: it is the id that is made of them.
                    written = it.range if _is_key(value) else value.origin or it.range
                    place = Location(it.to.text, "id", written, it.range, value)
                    outcome = self._judge(configuration, it, text, place)
                    if outcome is PASSED or written not in seen:
                        seen.add(written)
                        yield outcome

    def _judge(self, sym: SymConfiguration, it: Import, text: str, place: Location) -> Outcome:
        form = sym.catalogue.provider.resources[it.type].import_id
        if form == "TYPE:SLUG":
            kind, _, slug = text.partition(":")
            if not kind or not slug or ":" in slug:
                return self._wrong_form(sym, it, place, "type and slug", "TYPE:SLUG")
            return self._type(sym, it, kind, place)
        if form == "SLUG" and (sym.catalogue.formats["uuid"].matches(text) or _has_type(it, text)):
            return self._wrong_form(sym, it, place, "slug", "SLUG")
        return PASSED

    def _wrong_form(
        self, sym: SymConfiguration, it: Import, place: Location, what: str, form: str
    ) -> Finding:
        right = _right_id(sym, it)
        return place.finding(
            self,
            f"{with_article(noun(it.type))} is imported by its {what}",
            label=f"not {form}",
            related=(RelatedRange(it.to, f"this {noun(it.type)}"), *place.use()),
            why="The provider does not find the resource by this id: the plan fails.",
            help_=f'write id = "{right or form}"'
            + ("" if right else "; symflow resources list shows the slugs"),
        )

    def _type(self, sym: SymConfiguration, it: Import, kind: str, place: Location) -> Outcome:
        from symlint.sym.provider.imports import imported_views

        views = imported_views(sym, it)
        types = {view.type_name for view in views}
        if not views or None in types or kind in types:
            return PASSED
        own = views[0]
        return place.finding(
            self,
            f"the import is of type {kind}, the {noun(it.type)} of type {own.type_name}",
            label=f"not {own.type_name}",
            related=(RelatedRange(own.range("type"), "the type"), *place.use()),
            why="The provider imports something else, or does not find it.",
            help_=f"write {own.type_name} in front of the colon",
        )


def _is_key(value: Value) -> bool:
    return any(str(hop.reference) == "each.key" for hop in value.hops)


def _has_type(it: Import, text: str) -> bool:
    """Whether an id has a type in front, of what has none and is named by a slug."""
    return ":" in text and it.type in ("sym_flow", "sym_environment", "sym_runtime")


def _right_id(sym: SymConfiguration, it: Import) -> str | None:
    """The id of the one resource of the block, by its type and name."""
    from symlint.sym.provider.imports import imported_views

    views = imported_views(sym, it)
    parts = [views[0].value(name).string for name in _identity(sym, it)] if len(views) == 1 else []
    texts = [part for part in parts if part]
    return ":".join(texts) if texts and len(texts) == len(parts) else None


def _identity(sym: SymConfiguration, it: Import) -> tuple[str, ...]:
    identity = sym.catalogue.provider.resources[it.type].identity
    return () if any("." in name for name in identity) else identity

"""Rules about the names of Sym resources: what they may contain, and that they are unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules._settings import text_of
from symlint.rules._written import literal_fix, shown, use, written_at
from symlint.sym.model.link import last_resource_hop
from symlint.sym.model.settings import item_ranges
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Schema
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value

_TARGET = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/target"

_FLOW = """
resource "sym_integration" "slack" {{
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}}

resource "sym_error_logger" "slack" {{
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}}

resource "sym_environment" "main" {{
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {{
    slack_id = sym_integration.slack.id
  }}
}}

resource "sym_flow" "deploy" {{
  name           = "{0}"
  label          = "Deploy"
  implementation = file("${{path.module}}/impl.py")
  environment_id = sym_environment.main.id
}}

resource "sym_flow" "restart" {{
  name           = "{1}"
  label          = "Restart"
  implementation = file("${{path.module}}/impl.py")
  environment_id = sym_environment.main.id
}}
"""


def name_place(value: Value, used: Range) -> Range:
    """The text to change where a name is wrong.

    One that was taken from a resource of its own is right there, and wrong where it is used.
    """
    hop = last_resource_hop(value)
    return used if hop is not None else written_at(value, used)


class ResourceName(Rule):
    """The `name` of a Sym resource is made of letters, digits, `-` and `_`.

    The name becomes part of the identifier by which Sym knows the resource, which admits nothing
    else; what people read is the `label`. The name of a target has 55 characters at most (a
    **warning**, for it is the generator that says so).

    **Not flagged.** Names that are not known. Data sources.
    """

    code = "SYM921"
    name = "resource-name"
    severity = "error"
    fixable = True
    sources = (_TARGET, "https://pypi.org/project/sym-sdk/")
    bad = configuration(_FLOW.format("Deploy to production", "restart"))
    good = configuration(_FLOW.format("deploy_to_production", "restart"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each name is one that Sym can use."""
        resources = configuration.catalogue.provider.resources
        for view in configuration.views:
            schema = resources[view.kind]
            text = view.name.string
            if schema.name_pattern is None or text is None:
                continue
            if not text and not _is_here(view):
                continue
            yield self._judge(view, schema, text)

    def _judge(self, view: View, schema: Schema, text: str) -> Outcome:
        import re

        limit = schema.max_name_length
        if not re.fullmatch(schema.name_pattern or "", text):
            return self._characters(view, schema, text)
        if limit is not None and len(text) > limit:
            return self._length(view, text, limit)
        return PASSED

    def _characters(self, view: View, schema: Schema, text: str) -> Finding:
        import re

        used = view.range("name")
        range_ = name_place(view.name, used)
        wrong = "".join(
            dict.fromkeys(it for it in text if not re.fullmatch(schema.name_pattern or "", it))
        )
        meant = re.sub("[^A-Za-z0-9_-]+", "-", text).strip("-").lower()
        spaces = "spaces" if wrong.isspace() else f"characters such as {wrong.strip()[:1]}"
        lines = [f'write "{meant}"'] if meant and within(range_, used) else []
        return self.finding(
            f"the name {shown(view.name)} contains {spaces}" if text else "the name is empty",
            range_,
            label="letters, digits, - and _ only",
            related=use(range_, used, f"the name of {article(view)}"),
            why="Sym makes its identifier of the name, and refuses the resource.",
            help_="\n".join((*lines, "what people read is the label")),
            address=str(view.address),
            attribute="name",
            path=way(view.name, range_),
            fix=literal_fix(range_, used, meant, safe=False) if meant else None,
        )

    def _length(self, view: View, text: str, limit: int) -> Finding:
        used = view.range("name")
        range_ = name_place(view.name, used)
        return self.finding(
            f"the name of the {view.noun} has {len(text)} characters, {limit} at most are allowed",
            range_,
            label=f"{len(text)} characters",
            related=use(range_, used, f"the name of {article(view)}"),
            why="Sym refuses longer names.",
            help_="shorten the name: what people read is the label",
            address=str(view.address),
            attribute="name",
            path=way(view.name, range_),
            severity="warning",
        )


def article(view: View) -> str:
    """ "a target", "an integration"."""
    from symlint.sym.words import with_article

    return with_article(view.noun)


def _is_here(view: View) -> bool:
    """Whether a name is written in its own argument, and not the default of a variable."""
    origin = view.name.origin
    return origin is not None and within(origin, view.range("name"))


class DuplicateName(Rule):
    """No two Sym resources of a kind have the same name.

    Sym knows a flow, an environment and a runtime by its `name`, and an integration, a target, a
    strategy and a secrets source by its `type` and `name`, in the whole organization and without
    regard to case. The second one is refused when it is applied.

    A log destination has no name; its type and the name of its stream take that place, as far as
    imports show (a **warning**).

    **Not flagged.** Names that are not known, instances of a block with a `count` or `for_each`
    that is not known, resources that are made with another configuration of the provider, and
    names that different kinds or types of resources share.
    """

    code = "SYM922"
    name = "duplicate-name"
    severity = "error"
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow#import",
        f"{_TARGET}#import",
    )
    bad = configuration(_FLOW.format("deploy", "Deploy"))
    good = configuration(_FLOW.format("deploy", "restart"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether what identifies each resource identifies it alone."""
        from symlint.sym.aws.provider_configurations import provider_configuration

        resources = configuration.catalogue.provider.resources
        seen: dict[tuple[str, ...], View] = {}
        reported = set()
        for view in configuration.views:
            key = None if view.symbolic else _identity(view, resources[view.kind].identity)
            if key is None:
                continue
            provider = provider_configuration(view.instance)
            if provider is None:
                continue
            first = seen.setdefault((view.kind, provider, *key), view)
            if first is view:
                yield PASSED
            elif (first.header, view.header) not in reported:
                reported.add((first.header, view.header))
                yield self._duplicate(first, view, resources[view.kind].identity)

    def _duplicate(self, first: View, view: View, identity: tuple[str, ...]) -> Finding:
        attribute = identity[-1]
        if first.header != view.header and _suits(first) < _suits(view):
            first, view = view, first
        value, used = _part(view, attribute)
        range_, other = name_place(value, used), name_place(*_part(first, attribute))
        if range_ == other:
            range_, other = used, _part(first, attribute)[1]
        kind = view.noun if len(identity) == 1 else f"{view.noun} of type {view.type_name}"
        same = first.header == view.header
        named = attribute == "name"
        what = "called" if named else f"with the {attribute.rpartition('.')[2]}"
        related = () if range_ == other else (RelatedRange(other, "the same here"),)
        return self.finding(
            f"there is another {kind} that is {what} {shown(value)}"
            if named
            else f"there is another {kind} {what} {shown(value)}",
            range_,
            label="every instance of the block gets it" if same else "taken already",
            related=(*related, *use(range_, used, attribute)),
            why=(
                f"By this name Sym knows one {kind} of the organization, without regard to case: "
                "it refuses the second."
            ),
            help_="take each.key, or what tells the instances apart, into the name"
            if same
            else "give each a name of its own",
            address=str(view.address),
            attribute=attribute,
            path=way(value, range_),
            severity=None if named else "warning",
        )


def _identity(view: View, identity: tuple[str, ...]) -> tuple[str, ...] | None:
    """The values that identify a resource, without case; None where one is not known."""
    found = []
    for attribute in identity:
        text = text_of(_value(view, attribute))
        if not text:
            return None
        found.append(text.lower())
    return tuple(found) or None


def _value(view: View, attribute: str) -> Value:
    """An argument, or a setting."""
    from symlint.sym.model.views import ABSENT

    name, _, key = attribute.partition(".")
    return (view.setting(key) or ABSENT) if key else view.value(name)


def _part(view: View, attribute: str) -> tuple[Value, Range]:
    """An argument, or a setting, and the place where it is given."""
    name, _, key = attribute.partition(".")
    written = item_ranges(view, view.value(name), key) if key else None
    return _value(view, attribute), view.range(name) if written is None else written[1]


def _suits(view: View) -> int:
    """How many words the name of a resource shares with the name of its block."""
    name = text_of(view.name) or ""
    words = view.instance.name.replace("-", "_").split("_")
    return sum(bool(word) and mentions(name, word) for word in words)

"""Rules about what is left over, and about what does not belong in a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import reference_to, way, within
from symlint.rules._written import shown, use, written_at
from symlint.rules.flows.flow_params import flow_example
from symlint.sym.model.edges import edges_of
from symlint.sym.model.integrations import Integration
from symlint.sym.model.strategies import Strategy, Target
from symlint.sym.words import either, noun, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value

_TARGETS = """
resource "sym_target" "billing" {{
  type = "okta_group"
  name = "billing"

  settings = {{
    group_id = "00g1billing"
  }}
}}

resource "sym_target" "support" {{
  type = "okta_group"
  name = "support"

  settings = {{
    group_id = "00g1support"
  }}
}}

resource "sym_strategy" "okta" {{
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [{0}]
}}

resource "sym_flow" "okta" {{
  name           = "okta"
  implementation = file("${{path.module}}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {{
    strategy_id = sym_strategy.okta.id
  }}
}}
"""


class UnusedResource(Rule):
    """Every resource that does something only where another one refers to it is referred to.

    A target that no strategy lists cannot be asked for, an error logger without an environment
    hears of no errors, and a log destination without one gets no logs. Often the reference was
    forgotten; otherwise the resource can go.

    **Not flagged.** Strategies (`unused-strategy` speaks of them). Environments, runtimes and
    secrets sources, which other configurations read by their name. Resources that anything else
    reads: another resource, an output of the root module, a module whose code is not here. Data
    sources, and resources that a data source may look up by name. Resources that a wrong reference
    may have meant (`wrong-reference` and its like speak of that). A configuration without flows,
    which is a part of something, and one in which a syntax error hides something.
    """

    code = "SYM920"
    name = "unused-resource"
    severity = "note"
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs",)
    bad = configuration(_TARGETS.format("sym_target.billing.id"))
    good = configuration(_TARGETS.format("sym_target.billing.id, sym_target.support.id"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether anything refers to each resource that has no effect of its own."""
        if not configuration.flows:
            return
        from symlint.graph.edges import consumers, readers

        known = None
        reached, doubted = _reached(configuration)
        looked_up = {
            it.type for module in configuration.module_instances for it in module.data_sources()
        }
        resources = configuration.catalogue.provider.resources
        shared = {*configuration.catalogue.provider.data_sources} - {Integration.KIND}
        seen = set()
        for view in configuration.views:
            if view.header in reached:
                yield PASSED
                continue
            passive = bool(resources[view.kind].used_by) and not isinstance(view, Strategy)
            if (
                not passive
                or view.kind in shared | doubted
                or view.header in seen
                or view.kind in looked_up
            ):
                continue
            seen.add(view.header)
            if not configuration.complete:
                question = f"does anything use the {view.noun}?"
                yield self.undecided(view.header, question, "a file has errors")
            else:
                # Whether a value of it reaches anything that outlives the configuration's values.
                known = known or readers(configuration.structure)
                if consumers(configuration.structure, view.address, known):
                    yield PASSED
                else:
                    yield self._unused(view, resources[view.kind].used_by)

    def _unused(self, view: View, used_by: tuple[str, ...]) -> Finding:
        references = [view.sym.catalogue.references[it] for it in used_by]
        users = dict.fromkeys(with_article(noun(it.resource)) for it in references)
        return self.finding(
            f"nothing uses this {view.noun}",
            view.header,
            label="nothing refers to it",
            why=f"It does something only where {either(users)} refers to it.",
            help_=_help(view),
            address=str(view.address),
        )


def _reached(configuration: SymConfiguration) -> tuple[set[Range], set[str]]:
    """The blocks that references lead to, and the kinds that a wrong one may have meant."""
    reached: set[Range] = set()
    doubted: set[str] = set()
    for view in configuration.views:
        for edge in edges_of(view):
            for link in edge.leaves:
                if link.view is not None:
                    reached.add(link.view.header)
                elif link.is_wrong:
                    doubted.update(link.target.kinds)
    return reached, doubted


def _help(view: View) -> str:
    reference = reference_to(view)
    if isinstance(view, Target) and reference is not None:
        granting = [
            it.local_name
            for it in view.sym.strategies
            if it.module is view.module
            and it.entry is not None
            and view.type_name in (it.entry.target_types or ())
        ]
        if len(set(granting)) == 1:
            return f"add {reference} to the targets of {granting[0]}, or remove the target"
    return f"refer to it, or remove the {view.noun}"


class Written(NamedTuple):
    """A value that an argument of Sym's is given, and where it is used."""

    address: str
    attribute: str
    value: Value
    used: Range
    secret: bool = False


class LiteralSecret(Rule):
    """Secrets are not written in the configuration, and placeholders are filled in.

    What stands in a `.tf` file is read by everybody who reads the repository, now and in all of
    its history. Sym takes secrets from a store (`sym_secret`); a key that a module needs, such as
    `datadog_access_key`, comes from a variable without a default, whose value is not committed.

    Found are literal values of arguments that are secret, and values that begin as well-known
    tokens do (`xoxb-`, `ghp_`), wherever a Sym resource or module has them. A value such as
    `CHANGEME` is one that somebody forgot to fill in.

    **Not flagged.** Values in variable files, which need not be committed; values that are read
    from a data source or a file. Settings that must be the id of a `sym_secret` have a rule of
    their own.
    """

    code = "SYM923"
    name = "literal-secret"
    severity = "warning"
    sources = ("https://github.com/symopsio/terraform-aws-datadog-connector",)
    bad = flow_example(
        """
  vars = {
    slack_token = "xoxb-000000000000-abcdefabcdef"
  }
"""
    )
    good = flow_example(
        """
  vars = {
    approvers_channel = "#access-requests"
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether any value is a secret, or one that is still to be filled in."""
        formats = configuration.catalogue.formats
        seen = set()
        for written in _written(configuration):
            text = written.value.string
            if not text or written.value.sensitive:
                continue
            range_ = written_at(written.value, written.used)
            if range_ in seen:
                continue
            if formats["placeholder"].matches(text):
                seen.add(range_)
                yield self._placeholder(written, range_)
            elif _is_literal(range_) and (written.secret or formats["secret_token"].matches(text)):
                seen.add(range_)
                yield self._secret(written, range_)
            else:
                yield PASSED

    def _placeholder(self, written: Written, range_: Range) -> Finding:
        return self.finding(
            f"{written.attribute} is {shown(written.value)}, which is still to be filled in",
            range_,
            label="a placeholder",
            related=use(range_, written.used, written.attribute),
            why="It stands for a value that only you know: with it, the apply fails.",
            help_=f"write the {written.attribute.rpartition('.')[2]} that you mean",
            address=written.address,
            attribute=written.attribute,
            path=way(written.value, range_),
        )

    def _secret(self, written: Written, range_: Range) -> Finding:
        name = written.attribute.rpartition(".")[2]
        in_variable = not within(range_, written.used)
        help_ = (
            f'take it from a variable without a default:\n  variable "{name}" {{\n'
            "    type      = string\n    sensitive = true\n  }"
        )
        return self.finding(
            f"{written.attribute} is a secret in plain text",
            range_,
            label="a secret",
            related=use(range_, written.used, written.attribute),
            why="Everybody who can read the repository, or its history, can read it.",
            help_="remove it here, and give it when Terraform runs: TF_VAR_<name>"
            if in_variable
            else help_,
            address=written.address,
            attribute=written.attribute,
            path=way(written.value, range_),
        )


def _is_literal(range_: Range) -> bool:
    """Whether a text is a literal of the configuration itself, not of a variable file."""
    configuration = range_.path.endswith((".tf", ".tf.json"))
    return configuration and range_.text.startswith(('"', "<<"))


def _written(configuration: SymConfiguration) -> Iterator[Written]:
    """The texts that resources, modules and provider blocks of Sym's are given."""
    for view in configuration.views:
        entry = getattr(view, "entry", None)
        settings = {} if entry is None else entry.settings
        address = str(view.address)
        for name in configuration.catalogue.provider.resources[view.kind].arguments:
            argument = view.argument(name)
            if argument is None or name == "implementation":
                continue
            for key, value in (argument.value.items or {}).items():
                setting = settings.get(key) if name == "settings" else None
                if setting is None or setting.reference is None:
                    yield Written(address, f"{name}.{key}", value, argument.range)
            yield Written(address, name, argument.value, argument.range)
    for module in configuration.modules:
        for name, forms in module.entry.inputs.items():
            argument = module.argument(name)
            if argument is not None:
                secret = forms[-1].secret
                address = str(module.address)
                yield Written(address, name, argument.value, argument.range, secret)
    yield from _of_providers(configuration)


def _of_providers(configuration: SymConfiguration) -> Iterator[Written]:
    from symlint.terraform.instances.bodies import ConfiguredBody

    arguments = configuration.catalogue.provider.block.arguments
    for module in configuration.module_instances:
        for provider in module.module.providers.values():
            if provider.name != "sym":
                continue
            body = ConfiguredBody(provider.block.body, module.scope)
            for name in arguments:
                value, written = body.attribute(name), body.configured(name)
                if value is not None and written is not None:
                    address = f"provider.{provider.local_name}"
                    yield Written(address, name, value, written.value.range)

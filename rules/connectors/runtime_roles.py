"""The rule about the roles that a connector names, where they are written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.sym.aws.runtime_roles import trusted_roles
from symlint.sym.model.references import role_reference
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.aws.runtime_roles import Trust
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value

_PRINCIPALS = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
)
_NOBODY = (
    "The list is the principal of the connector's role. AWS refuses a role that trusts nobody, and "
    "Sym could not assume it."
)


class RuntimeRoleArns(Rule):
    """`runtime_role_arns` names at least one role, and each by the ARN that it really has.

    The role of a connector trusts exactly the roles of this list. What `connector-environment`
    says of references, this rule says of what is written out:

    - the list is **empty** or `null`, or holds a `null`;
    - an ARN holds a **wildcard**: AWS compares principals as a whole and refuses it;
    - an ARN is that of **another connector** of this configuration, and not of a runtime;
    - an ARN names the role of this configuration's runtime connector **without the path**: the
      role is `role/sym/SymRuntimeMain`, not `role/SymRuntimeMain` (a warning).

    **Not flagged.** ARNs of roles that are made elsewhere, whatever they are called. Account ids
    of placeholders. What is not known is undecided.
    """

    code = "SYM303"
    name = "runtime-role-arns"
    severity = "error"
    fixable = True
    sources = (
        _PRINCIPALS,
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/main.tf",
    )
    bad = configuration(
        """
module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/*"]
}
"""
    )
    good = configuration(
        """
module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector trusts something that can be trusted."""
        for connector in configuration.connectors:
            name = connector.entry.trust_input
            argument = None if name is None else connector.argument(name)
            if argument is not None:
                yield from self._judge(configuration, connector, argument)

    def _judge(
        self, sym: SymConfiguration, connector: SymModule, argument: Argument
    ) -> Iterator[Outcome]:
        value = argument.value
        if value.is_null or value.elements == ():
            yield self._nobody(sym, connector, argument, value)
            return
        for trust in trusted_roles(sym, connector):
            if trust.value.is_null:
                yield self._nobody(sym, connector, argument, trust.value)
            elif trust.outcome == "role" and trust.role is not None and trust.role.arn is not None:
                yield self._written_out(sym, connector, argument, trust, trust.role.arn) or PASSED
            elif trust.outcome == "unknown":
                question = "can AWS trust it?"
                yield self.undecided(trust.range, question, "the value is not known")
            elif trust.outcome == "role":
                yield PASSED  # the rest is what connector-environment speaks of

    def _nobody(
        self, sym: SymConfiguration, connector: SymModule, argument: Argument, value: Value
    ) -> Finding:
        range_ = value.origin or argument.range
        what = "null" if value.is_null else "empty"
        if value is not argument.value:
            what = "a list with null in it"
        help_ = "write the ARN of the runtime's role"
        runtimes = sym.runtime_connectors
        reference = role_reference(runtimes[0], connector) if len(runtimes) == 1 else None
        if reference is not None:
            help_ = f"write {argument.name} = [{reference}]"
        return self.finding(
            f"{argument.name} is {what}: the {connector.title} trusts no role",
            range_,
            label="no role",
            related=_use(range_, argument),
            why=_NOBODY,
            help_=help_,
            address=str(connector.address),
            attribute=argument.name,
            path=way(value, range_),
        )

    def _written_out(
        self,
        sym: SymConfiguration,
        connector: SymModule,
        argument: Argument,
        trust: Trust,
        arn: str,
    ) -> Finding | None:
        """What is wrong with an ARN that is written out."""
        role = arn.split(":", 5)[5].removeprefix("role/")
        if "*" in arn or "?" in arn:
            return self._wrong(
                connector,
                argument,
                trust,
                f'{argument.name} holds a wildcard: "{shown(arn)}"',
                "AWS compares principals as a whole and refuses the role: MalformedPolicyDocument.",
                "write the whole ARN of each runtime's role",
            )
        name = role.rpartition("/")[2]
        maker = _maker(sym, name)
        if maker is None:
            return None
        if maker.kind == "connector":
            found = self._wrong(
                connector,
                argument,
                trust,
                f"{argument.name} holds the ARN of the role of another {maker.title}",
                "Sym acts as the runtime's role, which this connector does not trust: it is denied "
                "the role when somebody's request is approved.",
                "write the ARN of the runtime's role",
            )
            if maker is connector:
                found = found._replace(
                    title=f"{argument.name} holds the ARN of the connector's own role"
                )
            return found._replace(
                related=(RelatedRange(maker.header, f"makes the role {name}"), *found.related)
            )
        path = (maker.entry.role_path or "/").strip("/")
        if role == name and path:
            return self._without_path(connector, argument, trust, arn, maker, f"{path}/{name}")
        return None

    def _without_path(
        self,
        connector: SymModule,
        argument: Argument,
        trust: Trust,
        arn: str,
        maker: SymModule,
        role: str,
    ) -> Finding:
        whole = arn[: arn.index(":role/") + 6] + role
        reference = role_reference(maker, connector)
        found = self._wrong(
            connector,
            argument,
            trust,
            f'{argument.name} holds "{shown(arn)}", and the role is "role/{role}"',
            "AWS refuses a principal that does not exist: the path is part of the ARN.",
            f"write {reference}" if reference else f'write "{whole}"',
        )
        fix = None
        if trust.range.text == f'"{arn}"':
            replacement = reference if reference and within(trust.range, argument.range) else None
            text = replacement or f'"{whole}"'
            fix = Fix(f"write {text}", (Edit(trust.range, text),), safe=False)
        related = (RelatedRange(maker.header, f"makes the role {role}"), *found.related)
        return found._replace(severity="warning", related=related, fix=fix)

    def _wrong(
        self,
        connector: SymModule,
        argument: Argument,
        trust: Trust,
        title: str,
        why: str,
        help_: str,
    ) -> Finding:
        return self.finding(
            title,
            trust.range,
            label="no ARN of the runtime's role",
            related=_use(trust.range, argument),
            why=why,
            help_=help_,
            address=str(connector.address),
            attribute=argument.name,
            path=way(trust.value, trust.range),
        )


def _use(range_: Range, argument: Argument) -> tuple[RelatedRange, ...]:
    if within(range_, argument.range):
        return ()
    return (RelatedRange(argument.range, f"used as {argument.name} here"),)


def _maker(sym: SymConfiguration, name: str) -> SymModule | None:
    """The runtime connector, or else the connector, that makes a role of this name."""
    from symlint.sym.aws.runtime_roles import role_name

    for module in (*sym.runtime_connectors, *sym.connectors):
        if role_name(module) == name:
            return module
    return None

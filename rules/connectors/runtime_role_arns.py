"""Checks that runtime_role_arns is a list of the ARNs of runtime roles, and is not empty."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.connectors._trusted_roles import list_problem, no_arn
from symlint.sym.model.texts import reason_of
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.roles.runtime import Trust
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

_PRINCIPALS = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
)
_LABEL = "not the ARN of the runtime's role"
_NOBODY = (
    "The connector's role trusts the roles of this list. AWS rejects a role that trusts none, and "
    "Sym could not assume it."
)


class RuntimeRoleArns(Rule):
    """`runtime_role_arns` is a list that names at least one role, and each role by its correct ARN.

    The role of a connector trusts exactly the roles in this list. Whether they are those of the right
    runtime is a question of `connector-environment`.

    - It is **not a list**: one ARN without brackets.
    - It contains something **other than the ARN** of a runtime's role: the role's name, all of the
      settings, an output of another module.
    - The list is **empty** or `null`, or contains `null`.
    - An ARN contains a **wildcard**: AWS does not accept one in the ARN of a principal.
    - An ARN is that of **another connector** of this configuration, not of a runtime.
    - An ARN names the role of this configuration's runtime connector **without the path**: the role is
      `role/sym/SymRuntimeMain`, not `role/SymRuntimeMain` (a warning).

    **Not flagged.** ARNs of roles that are managed elsewhere, whatever their name. Account ids that
    are placeholders. Unknown values are undecided.
    """

    code = "SYM303"
    name = "runtime-role-arns"
    other_severities = ("warning",)
    severity = "error"
    about = ("connectors",)
    fixable = True
    sources = (
        _PRINCIPALS,
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/main.tf",
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
    bad = edited(good, ("role/sym/SymRuntimeMain", "role/sym/*"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector trusts something that can be trusted."""
        for connector in configuration.connectors:
            name = connector.entry.trust_input
            argument = None if name is None else connector.argument(name)
            if argument is not None:
                place = Location.of_argument(connector, argument.name)
                yield from self._judge(configuration, connector, place, argument.value)

    def _judge(
        self, sym: SymConfiguration, connector: SymModule, place: Location, value: Value
    ) -> Iterator[Outcome]:
        from symlint.sym.aws.roles.runtime import trusted_roles

        if value.is_null or value.elements == ():
            what = "null" if value.is_null else "empty"
            yield self._nobody(sym, connector, place, what)
            return
        problem = list_problem(self, sym, place, value)
        if problem is not None:
            yield problem
            return
        for trust in trusted_roles(sym, connector):
            yield self._judge_one(sym, connector, place, trust)

    def _judge_one(
        self, sym: SymConfiguration, connector: SymModule, place: Location, trust: Trust
    ) -> Outcome:
        element = place.of_element(trust.value)
        if trust.value.is_null:
            return self._nobody(sym, connector, element, "a list that contains null")
        if trust.outcome == "unknown":
            question = "is it the ARN of a runtime's role?"
            return self.undecided(trust.range, question, reason_of(trust.value, "it is not known"))
        element = element.at(trust.range)
        if trust.outcome != "role":
            return no_arn(self, sym, connector, element, trust)
        arn = None if trust.role is None else trust.role.arn
        finding = None if arn is None else self._written_out(sym, connector, element, arn)
        return finding or PASSED

    def _nobody(
        self, sym: SymConfiguration, connector: SymModule, place: Location, what: str
    ) -> Finding:
        from symlint.sym.model.references import output_reference

        runtime = sym.runtime_connectors[0] if len(sym.runtime_connectors) == 1 else None
        reference = output_reference(runtime, "role_arn", connector.call.parent)
        help_ = "write the ARN of the runtime's role"
        if reference is not None:
            help_ = f"write {place.name} = [{reference}]"
        return place.finding(
            self,
            f"{place.name} is {what}: the {connector.title} trusts no role",
            label="no role",
            related=place.use(),
            why=_NOBODY,
            help_=help_,
        )

    def _written_out(
        self, sym: SymConfiguration, connector: SymModule, place: Location, arn: str
    ) -> Finding | None:
        """The finding for a literal ARN; None for a correct one."""
        role = arn.partition(":role/")[2]
        if "*" in arn or "?" in arn:
            return place.finding(
                self,
                f'{place.name} contains a wildcard: "{shown(arn)}"',
                label=_LABEL,
                related=place.use(),
                why="AWS does not accept wildcards in the ARN of a principal: it rejects the role with "
                "MalformedPolicyDocument.",
                help_="write the whole ARN of each runtime's role",
            )
        name = role.rpartition("/")[2]
        maker = sym.once(_creators).get(name)
        if maker is None:
            return None
        if maker.kind == "connector":
            return self._of_connector(connector, place, maker, name)
        path = (maker.entry.role_path or "/").strip("/")
        if role == name and path:
            return self._without_path(connector, place, arn, maker, f"{path}/{name}")
        return None

    def _of_connector(
        self, connector: SymModule, place: Location, maker: SymModule, name: str
    ) -> Finding:
        whose = "the connector's own role"
        if maker is not connector:
            whose = f"the role of another {maker.title}"
        return place.finding(
            self,
            f"{place.name} contains the ARN of {whose}",
            label=_LABEL,
            related=(RelatedRange(maker.header, f"creates the role {name}"), *place.use()),
            why="Sym acts with the runtime's role, which this connector does not trust: AWS denies "
            "it the connector's role once a request has been approved.",
            help_="write the ARN of the runtime's role",
        )

    def _without_path(
        self, connector: SymModule, place: Location, arn: str, maker: SymModule, role: str
    ) -> Finding:
        from symlint.sym.model.references import output_reference

        whole = arn[: arn.index(":role/") + 6] + role
        reference = output_reference(maker, "role_arn", connector.call.parent)
        fix = None
        if place.range.text == f'"{arn}"':
            text = (reference if place.in_place else None) or f'"{whole}"'
            fix = place.at_origin().write(text, safe=False)
        return place.finding(
            self,
            f'{place.name} contains "{shown(arn)}", but the role is "role/{role}"',
            label=_LABEL,
            related=(RelatedRange(maker.header, f"creates the role {role}"), *place.use()),
            why="The path is part of the ARN. AWS rejects a principal that does not exist.",
            help_=f"write {reference}" if reference else f'write "{whole}"',
            fix=fix,
            severity="warning",
        )


def _creators(sym: Lookup) -> dict[str | None, SymModule]:
    """The runtime connectors, and the connectors otherwise, that create the roles of these names."""
    from symlint.sym.aws.roles.runtime import role_name

    found: dict[str | None, SymModule] = {}
    for module in (*sym.runtime_connectors, *sym.connectors):
        found.setdefault(role_name(module), module)
    return found

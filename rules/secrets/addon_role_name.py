"""Checks that ``iam_role_name`` of an addon is the name of a role."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.secrets._examples import OKTA
from symlint.sym.model.references import output_reference
from symlint.sym.model.texts import reason_of
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.roles.runtime import Trust
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule

_ROLE = "module.runtime_connector.sym_runtime_connector_role.name"


class AddonRoleName(Rule):
    """The `iam_role_name` of an addon is the name of the runtime's role.

    AWS attaches policies to roles by the name of the role. With an ARN, the whole role, or
    something else, the plan succeeds and the apply fails.

    **Not flagged.** A literal name, even if no role with this name is declared. Unknown values.
    """

    code = "SYM317"
    name = "addon-role-name"
    severity = "error"
    about = ("addons",)
    fixable = True
    sources = (
        "https://github.com/symopsio/terraform-aws-secretsmgr-addon",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy",
    )
    bad = configuration(OKTA.replace(_ROLE, _ROLE.replace(".name", ".arn")))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the role name of each addon is the name of a role."""
        from symlint.sym.aws.roles.role_by_name import role_by_name
        from symlint.terraform.values.unknowns import leaves

        for module in configuration.addons:
            grant = module.entry.grant
            argument = None if grant is None else module.argument(grant.role_input)
            if argument is None or grant is None:
                continue
            for value in leaves(argument.value):
                if value.is_null or value.content == "":
                    continue
                trust = role_by_name(configuration, value, argument.range)
                if trust.outcome == "role":
                    yield PASSED
                elif trust.outcome == "unknown":
                    question = "is it the name of a role?"
                    yield self.undecided(argument.range, question, reason_of(value))
                else:
                    yield self._wrong(module, grant.role_input, trust)

    def _wrong(self, module: SymModule, name: str, trust: Trust) -> Finding:
        place = Location.of_argument(module, name).of_element(trust.value).at(trust.range)
        role = trust.role
        runtime = None if role is None else role.connector
        replacement = output_reference(runtime, "role_name", module.call.parent)
        if replacement is None and place.range.text.endswith(".arn") and trust.role is not None:
            replacement = place.range.text.removesuffix("arn") + "name"
        related: tuple[RelatedRange, ...] = ()
        if runtime is not None:
            related = (RelatedRange(runtime.header, "the runtime whose role is meant"),)
        return place.finding(
            self,
            f"{name} is {_what(trust)}, not the name of the runtime's role",
            label="not the name of a role",
            related=(*related, *place.use()),
            why="AWS attaches a policy to a role by the role's name: the apply fails.",
            help_=f"write {replacement}" if replacement else "write the name of the runtime's role",
            fix=None if replacement is None else place.write(replacement, safe=True),
        )


def _what(trust: Trust) -> str:
    read = trust.read
    if trust.outcome == "wrong_module" and read is not None:
        return f"an output of {with_article(read.title_of_module)}"
    if trust.outcome == "wrong_resource":
        return "an attribute of a Sym resource"
    if trust.outcome == "not_an_arn":
        return "an ARN" if trust.text.startswith("arn:") else "a path"
    if trust.outcome == "wrong_attribute" and trust.text.count(".") == 1:
        return "the whole role"
    if trust.outcome == "wrong_attribute" or (read is not None and read.is_of_role):
        taken = trust.text.rpartition(".")[2]
        return {"arn": "an ARN", "unique_id": "an id"}.get(taken, "another attribute of it")
    gives = None if read is None else read.gives
    if gives == "role_arn":
        return "an ARN"
    whole = "" if read is None else read.whole or ""
    return {"module": "a whole module", "aws_iam_role": "the whole role"}.get(
        whole, f"the {gives.replace('_', ' ')}" if gives else "a whole resource"
    )

"""The rule about who may read the secrets, and the one about how an addon names the role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules.integrations._addons import Need, check_access
from symlint.rules.integrations._secret_examples import OKTA
from symlint.sym.aws.role_names import role_by_name
from symlint.sym.model.references import role_name_reference
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.runtime_roles import Trust
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secrets
    from symlint.sym.model.modules import SymModule

_ADDON = "https://github.com/symopsio/terraform-aws-secretsmgr-addon"
_ROLE = "module.runtime_connector.sym_runtime_connector_role.name"


class SecretsAccess(Rule):
    """The role that the runtime acts with may read the secrets of the store.

    Sym reads the keys of other services from AWS Secrets Manager, with the role of the permission
    context that `sym_secrets` names. A runtime connector gives its role no right to do so: the
    addon `symopsio/secretsmgr-addon/aws` makes a policy that does. The policy has to be attached
    to the role: by `iam_role_name` of the addon (from version 1.1 on), by an
    `aws_iam_role_policy_attachment`, or, with version 1 of the runtime connector, by
    `addons = ["aws/secretsmgr"]`, which makes it too. Everything applies without it; the first
    request that needs a secret fails.

    Found are an addon that is attached to nothing, one that is attached to the role of another
    runtime, and the lack of any.

    **Not flagged.** Roles whose permissions are not all here: those that have other policies which
    may allow `secretsmanager:GetSecretValue` or cannot be read, that other modules or outputs get
    hold of, or that are made elsewhere (known by their ARN, or read by a data source): undecided.
    """

    code = "SYM508"
    name = "secrets-access"
    severity = "warning"
    sources = (_ADDON, "https://docs.symops.com/docs/aws-secrets-manager")
    bad = configuration(OKTA.replace(f"  iam_role_name = {_ROLE}\n", ""))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the role of each store's context may read secrets."""
        needs = (need for store in configuration.secrets_sources for need in _needs(store))
        yield from check_access(self, configuration, needs)


def _needs(store: Secrets) -> Iterator[Need]:
    entry = store.entry
    addon = None
    if entry is not None and entry.granted_by is not None:
        addon = store.sym.catalogue.modules.get(entry.granted_by)
    if addon is None:
        return
    for link in store.context_link.branches:
        if link.outcome not in ("ok", "unknown", "identifier"):
            continue
        yield Need(
            store,
            link,
            addon,
            "read secrets",
            "Sym cannot read the keys that it calls other services with: whatever needs one fails.",
        )


class AddonRoleName(Rule):
    """The `iam_role_name` of an addon is the name of the runtime's role.

    AWS attaches policies to roles by their name. With an ARN, the whole role, or something else
    the plan goes through, and AWS refuses the attachment when it is applied.

    **Not flagged.** A name as plain text, also one that symlint knows no role by. Values that are
    not known.
    """

    code = "SYM317"
    name = "addon-role-name"
    severity = "error"
    fixable = True
    sources = (_ADDON, "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy")
    bad = configuration(OKTA.replace(_ROLE, _ROLE.replace(".name", ".arn")))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """What each addon takes for the name of a role."""
        from symlint.terraform.values.uncertainty import leaves

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
                    unknown = value.unknown
                    reason = "it is not a text" if unknown is None else unknown.reason
                    yield self.undecided(argument.range, "is it the name of a role?", reason)
                else:
                    yield self._wrong(module, grant.role_input, trust)

    def _wrong(self, module: SymModule, name: str, trust: Trust) -> Finding:
        argument = module.range(name)
        range_ = trust.range
        role = trust.role
        runtime = None if role is None else role.connector
        replacement = None if runtime is None else role_name_reference(runtime, module)
        if replacement is None and range_.text.endswith(".arn") and trust.role is not None:
            replacement = range_.text.removesuffix("arn") + "name"
        fix = None
        if replacement is not None and within(range_, argument):
            fix = Fix(f"write {replacement}", (Edit(range_, replacement),), safe=True)
        related = []
        if runtime is not None:
            related.append(RelatedRange(runtime.header, "the runtime whose role is meant"))
        if not within(range_, argument):
            related.append(RelatedRange(argument, f"used as {name} here"))
        what = _what(trust)
        return self.finding(
            f"{name} is {what}, not the name of the runtime's role",
            range_,
            label="not the name",
            related=tuple(related),
            why="AWS attaches policies by the name of the role, and refuses this during the apply.",
            help_=f"write {replacement}" if replacement else "write the name of the runtime's role",
            address=str(module.address),
            attribute=name,
            path=way(trust.value, range_),
            fix=fix,
        )


def _what(trust: Trust) -> str:
    read = trust.read
    if trust.outcome == "wrong_module" and read is not None:
        return f"an output of {with_article(read.title_of_module)}"
    if trust.outcome == "wrong_resource":
        return "something of a Sym resource"
    if trust.outcome == "not_an_arn":
        return "an ARN" if trust.text.startswith("arn:") else "a path"
    if trust.outcome == "wrong_attribute":
        taken = trust.text.rpartition(".")[2]
        return {"arn": "its ARN", "unique_id": "its unique id"}.get(taken, "another attribute")
    gives = None if read is None else read.gives
    if gives == "role_arn":
        return "its ARN"
    whole = "" if read is None else read.whole or ""
    return {"module": "a whole module", "aws_iam_role": "the whole role"}.get(
        whole, f"the {gives.replace('_', ' ')}" if gives else "a whole resource"
    )

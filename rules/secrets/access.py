"""Checks that the role of the runtime may read secrets: the addon is attached to it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.secrets._examples import OKTA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.rules._addons import Need
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secrets

_ROLE = "module.runtime_connector.sym_runtime_connector_role.name"


class SecretsAccess(Rule):
    """The role of the runtime may read the secrets of the store.

    Sym reads the credentials of other services from AWS Secrets Manager, with the role of the
    permission context that `sym_secrets` names. A runtime connector does not give its role the
    permission; the policy of the addon `symopsio/secretsmgr-addon/aws` does. The policy must be
    attached to the role: by `iam_role_name` of the addon (since version 1.1), by an
    `aws_iam_role_policy_attachment` or, with version 1 of the runtime connector, by `addons =
    ["aws/secretsmgr"]`, which also creates the policy. Without it, the apply succeeds, and the
    first request that needs a secret fails.

    The rule reports an addon that is not attached to a role, an addon that is attached to the role
    of another runtime, and a missing addon.

    **Not flagged.** Roles whose permissions are not all known are undecided: roles with other policies
    that may allow `secretsmanager:GetSecretValue` or cannot be read, roles that other modules or
    outputs read, and roles that are managed elsewhere (given as an ARN or by a data source).
    """

    code = "SYM508"
    name = "secrets-access"
    severity = "warning"
    about = ("secrets_sources",)
    sources = (
        "https://github.com/symopsio/terraform-aws-secretsmgr-addon",
        "https://docs.symops.com/docs/aws-secrets-manager",
    )
    bad = configuration(OKTA.replace(f"  iam_role_name = {_ROLE}\n", ""))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the role of each store's context may read secrets."""
        from symlint.rules._addons import check_access

        needs = (need for store in configuration.secrets_sources for need in _needs(store))
        yield from check_access(self, configuration, needs)


def _needs(store: Secrets) -> Iterator[Need]:
    from symlint.rules._addons import Need

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
            "Sym cannot read the credentials of other services: every request that needs them fails.",
        )

"""Checks that the role of the runtime may read secrets: the addon is attached to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.rule import Rule
from symlint.rules._addons import Need, check_access
from symlint.rules._examples import configuration
from symlint.rules.secrets._examples import OKTA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secrets

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

    Found are an addon that is attached to nothing, an addon that is attached to the role of another
    runtime, and a missing addon.

    **Not flagged.** Roles whose permissions are not all here: those that have other policies which
    may allow `secretsmanager:GetSecretValue` or cannot be read, that other modules or outputs get
    hold of, or that are made elsewhere (known by their ARN, or read by a data source): undecided.
    """

    code = "SYM508"
    name = "secrets-access"
    severity = "warning"
    sources = (
        "https://github.com/symopsio/terraform-aws-secretsmgr-addon",
        "https://docs.symops.com/docs/aws-secrets-manager",
    )
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
            "Sym cannot read the credentials of other services: every request that needs them fails.",
        )

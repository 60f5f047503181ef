"""Checks that the runtime may read a secret: it has the tag that the addon checks."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import configuration
from symlint.rules._tags import addon_finding, check_tags, tag_finding
from symlint.rules.secrets._examples import OKTA
from symlint.sym.model.texts import shown_value
from symlint.sym.words import side_named
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.stores import Stored
    from symlint.sym.aws.tag_conditions import Unopened
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret, Secrets
    from symlint.sym.model.views import Link

_ADDON = "https://github.com/symopsio/terraform-aws-secretsmgr-addon"
_QUESTION = "does the secret have the tag that the addon requires?"


class _Mismatch(NamedTuple):
    """A secret that the addon does not allow access to, and the store that Sym reads it from."""

    secret: Secret
    store: Secrets
    unopened: Unopened


class SecretTag(Rule):
    """A secret has the tag that the addon requires to let the runtime read it.

    The Secrets Manager addon allows the runtime's role to read exactly the secrets whose tag
    `SymEnv` (or `tag_name`) has the value of the addon's `environment`. With version 1 of the
    runtime connector, the tag has the value of its own `environment`, unless `addon_params` say
    otherwise. The rule finds the addon through the role that reads the store of the secret:
    `source_id`, `context_id`, the runtime connector.

    The tag is reported. If everything else indicates that the tag is right, the rule reports the
    `environment` of the addon, or the reference that leads to another addon.

    A tag whose name differs only in case is a **note**: AWS ignores the case of tag names.

    **Not flagged.** Secrets that are managed elsewhere, unknown tags (including those that the provider
    adds by `default_tags`), secrets with a policy of their own, and roles with further policies that
    may let them read secrets: undecided.
    """

    code = "SYM507"
    name = "secret-tag"
    other_severities = ("note",)
    severity = "error"
    about = ("secrets",)
    sources = (_ADDON, "https://github.com/symopsio/examples/tree/main/basic/okta_access_strategy")
    bad = configuration(OKTA.replace('SymEnv = "main"', 'SymEnv = "prod"'))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may read each secret that is declared here."""
        from symlint.sym.aws.stores import stored_secret

        seen = set()
        mismatches: list[_Mismatch] = []
        for secret in configuration.secrets:
            for value in leaves(secret.value("path")):
                stored, store = stored_secret(secret, value), secret.source
                if stored is None or store is None:
                    reason = "the secret or its store is not known"
                    yield self.undecided(secret.range("path"), _QUESTION, reason)
                elif (stored.instance.address, store.address) not in seen:
                    seen.add((stored.instance.address, store.address))
                    outcome = self._judge(secret, store, stored)
                    if isinstance(outcome, _Mismatch):
                        mismatches.append(outcome)
                    elif outcome is not None:
                        yield outcome
        yield from self._report(mismatches)

    def _judge(self, secret: Secret, store: Secrets, stored: Stored) -> Outcome | _Mismatch | None:
        from symlint.sym.aws.roles.runtime import role_of_context
        from symlint.sym.aws.tag_conditions import TagAnswer, Unopened

        sym, instance, entry = secret.sym, stored.instance, store.entry
        if entry is None or entry.granted_by is None or instance.type not in entry.secret_resources:
            return None
        role = role_of_context(sym, store.context_link)
        if role is None:
            reason = "the role that reads it is not known"
            return self.undecided(stored.range, _QUESTION, reason)
        answer = check_tags(self, sym, instance, role, entry.granted_by, stored.range, _QUESTION)
        if not isinstance(answer, TagAnswer):
            return answer
        why = (
            f"The policy of {answer.policy.module.local_name} checks this tag: AWS denies the "
            "runtime the secret, and everything that needs it fails."
        )
        return _Mismatch(secret, store, Unopened("secret", answer, instance, stored.range, why))

    def _report(self, mismatches: list[_Mismatch]) -> Iterator[Finding]:
        from symlint.sym.aws.tag_conditions import addon_is_suspect

        reported = set()
        places = set()
        all_ = [it.unopened for it in mismatches]
        for mismatch in mismatches:
            unopened = mismatch.unopened
            module = unopened.answer.policy.module
            if addon_is_suspect(unopened, all_):
                if module not in reported:
                    reported.add(module)
                    yield addon_finding(self, unopened)
                continue
            link = _crossed(mismatch)
            if link is not None:
                yield self._at_link(mismatch, *link)
                continue
            found = tag_finding(self, unopened)
            if found.range not in places:
                places.add(found.range)
                yield found

    def _at_link(self, mismatch: _Mismatch, link: Link, what: str) -> Finding:
        from symlint.sym.aws.tag_conditions import tag_range

        answer, instance = mismatch.unopened.answer, mismatch.unopened.instance
        given = answer.given
        assert given is not None
        owner = mismatch.secret if what == "source_id" else mismatch.store
        attribute = what if what == "source_id" else f"settings.{what}"
        place = Location.of_link(owner, link, attribute)
        return place.finding(
            self,
            f"{what} leads to an environment whose addon allows access to {answer.name} = "
            f"{shown_value(answer.wanted.value)}, but the secret has {shown_value(given)}",
            label="leads to another environment",
            related=(
                RelatedRange(tag_range(answer, instance), "how the secret is tagged"),
                RelatedRange(answer.wanted.range, "what the addon allows access to"),
                *place.use(what),
            ),
            why=mismatch.unopened.why,
            help_=f"change {what} to the environment of the secret",
        )


def _crossed(mismatch: _Mismatch) -> tuple[Link, str] | None:
    """The reference that leads to another environment, if the tag belongs to one that has an addon.

    The names of the resources on the path decide.
    """
    from symlint.sym.aws.policies import Policies

    answer = mismatch.unopened.answer
    given, here = answer.given, answer.wanted.value.string
    there = None if given is None else given.string
    if here is None or there is None or answer.lookalike is not None:
        return None
    store, secret = mismatch.store, mismatch.secret
    sym = store.sym
    if there not in sym.once(Policies).tags(answer.policy.module.entry.name):
        return None
    instance = mismatch.unopened.instance
    if side_named((store.instance.name, store.name.string), here, there) == "there":
        return store.context_link, "context_id"
    name = instance.attribute("name")
    path = None if name is None else name.string
    own = (secret.instance.name, instance.name, path and path.replace("/", "_"))
    if side_named(own, here, there) == "there":
        return secret.source_link, "source_id"
    return None

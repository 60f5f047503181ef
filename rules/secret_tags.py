"""The rule about the tag by which a secret may be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import HELD, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._secret_examples import OKTA
from symlint.rules._settings import leaves
from symlint.rules._tags import TagAnswer, compare_tag, own_text, tag_range
from symlint.rules._written import shown as shown_value
from symlint.rules._written import use
from symlint.sym.stores import Stored, opened_otherwise, stored_secret
from symlint.sym.words import mentions, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.configuration import SymConfiguration
    from symlint.sym.integrations import Secret, Secrets
    from symlint.sym.link import Link
    from symlint.terraform.values import Value

_ADDON = "https://github.com/symopsio/terraform-aws-secretsmgr-addon"


class _Mismatch(NamedTuple):
    """A secret that the addon does not open."""

    secret: Secret
    store: Secrets
    stored: Stored
    answer: TagAnswer


class SecretTag(Rule):
    """A secret carries the tag by which the addon lets the runtime read it.

    The Secrets Manager addon allows the runtime's role to read every secret whose tag `SymEnv`
    (or `tag_name`) has the value of the addon's `environment`, and no other. With version 1 of the
    runtime connector the tag has the value of its own `environment`, unless `addon_params` say
    otherwise. The addon that counts is the one for the role with which the store of the secret is
    read: `source_id`, `context_id`, the runtime connector.

    The finding stands at the tag, or where the tag is right by all that is known, at the
    `environment` of the addon or the reference that leads to another one.

    A tag that differs in case alone is a **note**: AWS compares the names of tags without it.

    **Not flagged.** Secrets that are made elsewhere, tags that are not known (also those that the
    provider adds by `default_tags`), secrets with a policy of their own, and roles with further
    policies that may let them read secrets: undecided.
    """

    code = "SYM507"
    name = "secret-tag"
    severity = "error"
    sources = (_ADDON, "https://github.com/symopsio/examples/tree/main/basic/okta_access_strategy")
    bad = configuration(OKTA.replace('SymEnv = "main"', 'SymEnv = "prod"'))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may read each secret that is declared here."""
        seen = set()
        mismatches: list[_Mismatch] = []
        for secret in configuration.secrets:
            for value in leaves(secret.value("path")):
                stored = stored_secret(secret, value)
                store = secret.source
                if stored is None or store is None:
                    question = "has the secret the tag by which the addon opens it?"
                    reason = "it is not known which secret, or which store, it is"
                    yield self.undecided(secret.range("path"), question, reason)
                elif (stored.instance.address, store.address) not in seen:
                    seen.add((stored.instance.address, store.address))
                    outcome = _compare(self, secret, store, stored)
                    if isinstance(outcome, _Mismatch):
                        mismatches.append(outcome)
                    elif outcome is not None:
                        yield outcome
        yield from self._report(mismatches)

    def _report(self, mismatches: list[_Mismatch]) -> Iterator[Finding]:
        blamed = set()
        for mismatch in mismatches:
            module = mismatch.answer.policy.module
            if _addon_is_odd(mismatch, mismatches):
                if module not in blamed:
                    blamed.add(module)
                    yield self._at_addon(mismatch)
                continue
            link = _crossed(mismatch)
            yield self._at_tag(mismatch) if link is None else self._at_link(mismatch, *link)

    def _at_tag(self, mismatch: _Mismatch) -> Finding:
        answer, instance = mismatch.answer, mismatch.stored.instance
        range_ = tag_range(answer, instance)
        wanted, name = answer.wanted, answer.name
        value = shown_value(wanted.value)
        known = wanted.value.string is not None
        related = [
            RelatedRange(wanted.range, f"the addon opens secrets with {name} = {value}"
                         if known else "the addon opens secrets with this value"),
            RelatedRange(mismatch.stored.range, "Sym reads the secret"),
        ]  # fmt: skip
        if answer.given is not None and answer.lookalike is None:
            title = f"secret is tagged {name} = {shown(shown_value(answer.given))}"
            title += f", the addon opens {value}" if known else ""
            label, help_ = "not opened", f"write {name} = {value if known else wanted.range.text}"
        elif answer.lookalike is not None:
            title = f"secret is tagged {answer.lookalike}, the addon looks at {name}"
            label, help_ = "written in another case", f"write {name} = {value}"
        else:
            title, label = f"secret has no tag {name}", f"{name} is missing"
            line = f"{name} = {value if known else wanted.range.text}"
            given = instance.configured("tags") is not None
            help_ = f"add it:\n  {line}" if given else f"add:\n  tags = {{\n    {line}\n  }}"
        severity = "note" if _is_case_alone(answer) else self.severity
        return self.finding(
            title,
            range_,
            label=label,
            related=tuple(it for it in related if it.range != range_),
            why=_why(mismatch),
            help_=help_,
            address=str(instance.address),
            attribute="tags",
            path=() if answer.given is None else way(answer.given, range_),
            fix=_tag_fix(answer, range_),
            severity="note" if severity == "note" else "error",
        )

    def _at_addon(self, mismatch: _Mismatch) -> Finding:
        answer, module = mismatch.answer, mismatch.answer.policy.module
        given = answer.given
        assert given is not None
        wanted = answer.wanted
        range_ = own_text(module.sym, wanted.value, wanted.range)
        tag = tag_range(answer, mismatch.stored.instance)
        return self.finding(
            f"{module.title} opens secrets with {answer.name} = "
            f"{shown(shown_value(wanted.value))}, the secrets have {shown_value(given)}",
            range_,
            label="no secret has this tag",
            related=(
                RelatedRange(tag, "how the secret is tagged"),
                *use(range_, wanted.range, "environment"),
            ),
            why=_why(mismatch),
            help_=f"write environment = {shown_value(given)}",
            address=str(module.address),
            attribute="environment",
            path=way(wanted.value, range_),
        )

    def _at_link(self, mismatch: _Mismatch, link: Link, what: str) -> Finding:
        answer = mismatch.answer
        given = answer.given
        assert given is not None
        instance = mismatch.stored.instance
        owner = mismatch.secret if what == "source_id" else mismatch.store
        return self.finding(
            f"{what} leads to an environment whose addon opens {answer.name} = "
            f"{shown(shown_value(answer.wanted.value))}, the secret has {shown_value(given)}",
            link.range,
            label="leads to another environment",
            related=(
                RelatedRange(tag_range(answer, instance), "how the secret is tagged"),
                RelatedRange(answer.wanted.range, "what the addon opens"),
                *use(link.range, link.argument, what),
            ),
            why=_why(mismatch),
            help_=f"let {what} lead to the environment of the secret",
            address=str(owner.address),
            attribute=what if what == "source_id" else f"settings.{what}",
            path=way(link.value, link.range),
        )


def _compare(
    rule: Rule, secret: Secret, store: Secrets, stored: Stored
) -> Outcome | _Mismatch | None:
    """Whether the addon for the role of a store opens a secret; None where there is no addon."""
    from symlint.sym.runtime_roles import role_of_context

    sym, instance = secret.sym, stored.instance
    entry = store.entry
    question = "has the secret the tag by which the addon opens it?"
    if entry is None or entry.granted_by is None or instance.type not in entry.secret_resources:
        return None
    role = role_of_context(sym, store.context_link)
    if role is None:
        reason = "it is not known with which role it is read"
        return rule.undecided(stored.range, question, reason)
    access = sym.policies.access(role, entry.granted_by)
    answers = [it for policy in access.policies if (it := compare_tag(sym, instance, policy))]
    if not answers:
        return None
    if access.answer and any(it.answer and it.policy.serves(role) for it in answers):
        return HELD
    undecided = next((it for it in answers if it.answer is not False), None)
    if undecided is not None:
        return rule.undecided(stored.range, question, undecided.reason or access.reason)
    other = sym.policies.other_access(role, answers[0].policy.grant.action)
    if other is not None:
        return rule.undecided(stored.range, question, other)
    if opened_otherwise(sym, instance):
        return rule.undecided(stored.range, question, "the secret has a policy of its own")
    return _Mismatch(secret, store, stored, answers[0])


def _is_case_alone(answer: TagAnswer) -> bool:
    """Whether the tag has the right value and differs in the case of its name alone."""
    given, wanted = answer.given, answer.wanted.value
    if answer.lookalike is None or given is None:
        return False
    from symlint.terraform.equality import equal

    return equal(given, wanted) is not False


def _tag_fix(answer: TagAnswer, range_: Range) -> Fix | None:
    given, text = answer.given, answer.wanted.value.string
    if given is None or text is None or answer.lookalike is not None:
        return None
    if range_ != given.origin or not range_.text.startswith('"') or given.hops:
        return None
    return Fix(f'write "{text}"', (Edit(range_, f'"{text}"'),), safe=False)


def _why(mismatch: _Mismatch) -> str:
    addon = mismatch.answer.policy.module.local_name
    return (
        f"The policy of {addon} goes by this tag: AWS denies the runtime the secret, and whatever "
        "needs it fails."
    )


def _addon_is_odd(mismatch: _Mismatch, all_: list[_Mismatch]) -> bool:
    """Whether it is rather the addon that has the wrong environment.

    That is where the tag has that of the runtime connector, or all of several secrets have one
    and the same other value.
    """
    answer = mismatch.answer
    policy, given = answer.policy, answer.given
    if given is None or given.string is None or answer.lookalike is not None:
        return False
    if policy.grant.tag_value_input is None or policy.addon is not None:
        return False
    runtimes = [it.role.connector for it in policy.attached if it.role is not None]
    texts = {
        it.environment.value.string
        for it in runtimes
        if it is not None and it.environment is not None
    }
    if given.string in texts and answer.wanted.value.string not in texts:
        return True
    same = [it for it in all_ if it.answer.policy.module is policy.module]
    values = {None if it.answer.given is None else it.answer.given.string for it in same}
    return len(same) > 1 and values == {given.string} and answer.wanted.value.string not in texts


def _crossed(mismatch: _Mismatch) -> tuple[Link, str] | None:
    """The reference that leads into another environment, where the tag belongs to one here.

    What the things on the way are called decides.
    """
    answer = mismatch.answer
    given, here = answer.given, answer.wanted.value.string
    there = None if given is None else given.string
    if here is None or there is None or answer.lookalike is not None:
        return None
    store, secret = mismatch.store, mismatch.secret
    sym = store.sym
    opened = {
        policy.input(policy.grant.tag_value_input or "").value.string
        for policy in sym.policies.of_addon(answer.policy.module.entry.name)
    }
    if there not in opened:
        return None
    instance = mismatch.stored.instance
    if _side((store.instance.name, store.name.string), here, there) == "there":
        return store.context_link, "context_id"
    own = (secret.instance.name, instance.name, _text(instance.attribute("name")))
    if _side(own, here, there) == "there":
        return secret.source_link, "source_id"
    return None


def _text(value: Value | None) -> str | None:
    return None if value is None else value.string


def _side(names: tuple[str | None, ...], here: str, there: str) -> str | None:
    """Of which of two environments something is, by its names."""
    known = [name.replace("/", "_") for name in names if name]
    is_here = any(mentions(name, here.replace("-", " ")) for name in known)
    is_there = any(mentions(name, there.replace("-", " ")) for name in known)
    return None if is_here == is_there else ("here" if is_here else "there")

"""Checks that no two secrets are the same value of a store."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.secrets._examples import JSON_SECRET
from symlint.sym.model.creations import coexist
from symlint.sym.model.texts import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.intent.secret_uses import SecretUse
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret

_MOST_COMPARED: Final = 50
"""Secrets of one value, of which only some may exist together, that are compared with others."""

_SECRET = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secret"


class DuplicateSecret(Rule):
    """No two secrets are the same value of a store.

    A `sym_secret` is a secret in its store, or with `json_key` one value of a secret that is JSON.
    Two secrets with the same `source_id`, `path` and `json_key`, or both without `json_key`, are the
    same value: a user name and a password, or the tokens of two services, that are equal. Either the
    `path` was copied, or a `json_key` is missing. So it is where one of them has a `json_key` and a
    password or token is taken from the other: that is then all of the JSON.

    **Not flagged.** Secrets of one path with different keys. A secret without `json_key` beside one
    with it that code of a `custom` integration gets, which may read the JSON itself. Secrets of different modules, or of
    different instances of one: each may bring its own. Unknown paths, sources and keys; secrets
    with a `path` that is wrong in itself (`secret-path`) or a setting that does not exist
    (`unknown-setting`).
    """

    code = "SYM513"
    name = "duplicate-secret"
    severity = "warning"
    about = ("secrets",)
    sources = (
        _SECRET,
        "https://github.com/symopsio/examples/tree/main/basic/aptible_access_strategy",
    )
    good = configuration(JSON_SECRET)
    bad = edited(good, ('json_key = "username"', 'json_key = "password"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each secret is another value than those before it."""
        from symlint.sym.intent.secret_uses import value_in_store

        seen: dict[tuple[object, object, object, object], list[Secret]] = {}
        keyed: dict[object, Secret] = {}
        reported = set()
        for secret in configuration.secrets:
            identity = None if secret.symbolic else value_in_store(secret)
            lost = None if identity is not None else _unknown(secret)
            if lost is not None:
                question = "is it the same value as another secret?"
                yield self.undecided(secret.range(lost), question, reason_of(secret.value(lost)))
            if identity is None:
                continue
            if identity[-1] and isinstance(identity[-1], str):
                keyed.setdefault((secret.module, *identity[:-1]), secret)
            same = seen.setdefault((secret.module, *identity), [])
            first = _beside(same, secret)
            if len(same) < _MOST_COMPARED:
                same.append(secret)
            if first is None:
                yield PASSED
            elif (first.header, secret.header) not in reported:
                reported.add((first.header, secret.header))
                yield self._same(first, secret, identity[-1])
        for (module, source, path, key), same in seen.items():
            part = keyed.get((module, source, path))
            if part is None or key:
                continue
            whole = _beside(same, part)
            if whole is not None and (use := _use_of(whole)) is not None:
                yield self._whole(whole, part, use)

    def _same(self, first: Secret, second: Secret, key: object) -> Finding:
        repeated = first.header == second.header
        if not repeated and _words_shared(first) < _words_shared(second):
            first, second = second, first
        place = Location.of_argument(second, "path")
        place, other = place.at(place.used), first.range("path")
        same = "and json_key" if key else "and no json_key either"
        return place.finding(
            self,
            f"another secret has the same path {same}",
            label="the same for every instance" if repeated else "the same value of the store",
            related=() if repeated else (RelatedRange(other, "the same here"),),
            why="Both are one value: what needs the other value gets this one, and fails to sign in.",
            help_=(
                "let the path or the json_key depend on each.key"
                if repeated
                else "write the path of the other secret, or say which value of the JSON it is:\n"
                '  settings = {\n    json_key = "..."\n  }'
            ),
        )

    def _whole(self, secret: Secret, part: Secret, use: SecretUse) -> Finding:
        key, empty = secret.setting("json_key"), False
        place = Location.of_argument(secret, "path")
        place = place.at(place.used)
        if key is not None and key.content == "":
            place, empty = Location.of_setting(secret, "json_key"), True
        return place.finding(
            self,
            f"secret has {'an empty' if empty else 'no'} json_key, "
            "and another one is a value of the same JSON",
            label="no key of the JSON" if empty else "the whole JSON",
            related=(
                Location.of_setting(part, "json_key").annotated("a value of the same JSON"),
                RelatedRange(
                    Location.of_setting(use.integration, use.setting).range,
                    f"{use.setting} is this secret",
                ),
            ),
            why=f"Sym takes the text of the whole JSON for the {use.value}, and fails to sign in.",
            help_="write the key of the value"
            if empty
            else 'say which value of the JSON it is:\n  settings = {\n    json_key = "..."\n  }',
        )


def _use_of(secret: Secret) -> SecretUse | None:
    """A setting that takes the secret by itself, as a password or token."""
    from symlint.sym.intent.secret_uses import secret_uses

    uses = secret.sym.once(secret_uses)
    return next((use for use in uses if use.secret is secret), None)


def _beside(secrets: Iterable[Secret], other: Secret) -> Secret | None:
    """The first of some secrets that surely exists where the other one does."""
    return next((it for it in secrets if coexist(it.instance, other.instance)), None)


def _unknown(secret: Secret) -> str | None:
    """The argument of which more would have to be known to tell a secret from others."""
    if len(secret.sym.all(type(secret))) == 1:
        return None
    names = ("source_id", "path", "settings")
    return next((it for it in names if secret.value(it).unknown is not None), None)


def _words_shared(secret: Secret) -> int:
    """How many words of the name of a secret are in its path: fewer in one that was copied."""
    import re

    written = secret.range("path").text + (secret.value("path").string or "")
    words = set(re.split(r"[^a-z0-9]+", written.lower()))
    return len(words.intersection(re.split(r"[_-]", secret.instance.name.lower())))

"""Checks that no two secrets are the same value of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.integrations._examples import JSON_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret
    from symlint.terraform.values.value import Value

_SECRET = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secret"


class DuplicateSecret(Rule):
    """No two secrets are the same value of a store.

    A `sym_secret` is a secret in its store, or with `json_key` one value of a secret that is JSON.
    Two secrets with the same `source_id`, `path` and `json_key`, or both without `json_key`, are the
    same value: a user name and a password, or the tokens of two services, that are equal. Either the
    `path` was copied, or a `json_key` is missing.

    **Not flagged.** Secrets of one path with different keys. Secrets of different modules, or of
    different instances of one: each may bring its own. Unknown paths, sources and keys; secrets
    with a `path` that is wrong in itself (`secret-path`) or a setting that does not exist
    (`unknown-setting`).
    """

    code = "SYM513"
    name = "duplicate-secret"
    severity = "warning"
    sources = (
        _SECRET,
        "https://github.com/symopsio/examples/tree/main/basic/aptible_access_strategy",
    )
    good = configuration(JSON_SECRET)
    bad = edited(good, ('json_key = "username"', 'json_key = "password"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each secret is another value than those before it."""
        seen: dict[object, Secret] = {}
        reported = set()
        for secret in configuration.secrets:
            identity = None if secret.symbolic else _identity(secret)
            if identity is None:
                continue
            first = seen.setdefault((secret.module, *identity), secret)
            if first is secret:
                yield PASSED
            elif (first.header, secret.header) not in reported:
                reported.add((first.header, secret.header))
                yield self._same(first, secret, identity[-1])

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


def _identity(secret: Secret) -> tuple[object, object, object] | None:
    """What value of which store a secret is; None where that is not known."""
    link = secret.link("path")
    if link.is_wrong and link.outcome != "literal":
        return None
    given, known = secret.own_settings, secret.known_settings
    if given is None or known is None or given.difference(known):
        return None
    key = secret.setting("json_key")
    path, source = _text(secret.value("path")), _text(secret.value("source_id"))
    own = "" if key is None or key.is_null else _text(key)
    return None if path is None or source is None or own is None else (source, path, own)


def _text(value: Value) -> str | tuple[str] | None:
    """A known text, or what it is read from; None where neither is known, or it is empty."""
    if value.string is not None:
        return value.string or None
    reference = value.reference
    if reference is None or "[?]" in str(reference):
        return None
    return (str(reference),)


def _words_shared(secret: Secret) -> int:
    """How many words of the name of a secret are in its path: fewer in one that was copied."""
    import re

    written = secret.range("path").text + (secret.value("path").string or "")
    words = set(re.split(r"[^a-z0-9]+", written.lower()))
    return len(words.intersection(re.split(r"[_-]", secret.instance.name.lower())))

"""Checks that each setting takes the secret that it is for, and not that of another setting."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.secrets._examples import JSON_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.intent.secret_uses import SecretUse
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret

_INTEGRATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration"
)


class MixedUpSecret(Rule):
    """A setting takes the secret that it is for.

    With the user name where the password belongs, or the token of another service, Sym cannot sign
    in. The rule reports

    - a `username_secret` whose secret is, by its `json_key`, the password, and the reverse;
    - the two exchanged, by the names of both secrets;
    - two settings of one integration, or of integrations of different types, that take one secret.

    **Not flagged.** Integrations of one type that share a secret: they may be one account. Lists of
    secrets (`secret_ids_json`). One secret alone whose name does not fit. Unknown secrets.
    """

    code = "SYM517"
    name = "mixed-up-secret"
    severity = "warning"
    about = ("integrations.entry.secret_settings",)
    sources = (
        _INTEGRATION,
        "https://github.com/symopsio/examples/tree/main/basic/aptible_access_strategy",
    )
    good = configuration(JSON_SECRET)
    bad = edited(
        good,
        ("username_secret = sym_secret.username.id", "username_secret = sym_secret.password.id"),
        ("password_secret = sym_secret.password.id", "password_secret = sym_secret.username.id"),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each secret is used for what it is."""
        from symlint.sym.intent.secret_uses import secret_uses

        uses = configuration.once(secret_uses)
        by_integration: dict[object, list[SecretUse]] = {}
        for use in uses:
            by_integration.setdefault(use.integration, []).append(use)
        reported: set[Secret] = set()
        for of_one in by_integration.values():
            for found in self._of_integration(of_one):
                reported.update(it.secret for it in of_one)
                yield found
        first: dict[Secret, SecretUse] = {}
        for use in uses:
            other = first.setdefault(use.secret, use)
            if use.secret in reported or other.integration.type_name == use.integration.type_name:
                yield PASSED
            else:
                reported.add(use.secret)
                yield self._shared(*_by_name(other, use))

    def _of_integration(self, uses: Sequence[SecretUse]) -> Iterator[Finding]:
        from symlint.sym.intent.secret_uses import named_in, names_of, words_of

        settings = [it.setting for it in uses]
        if len(uses) < 2:
            return
        keys: dict[str, str | None] = {}
        named: dict[str, str | None] = {}
        for use in uses:
            key = use.secret.setting("json_key")
            keys[use.setting] = None if key is None else named_in(words_of(key.string), settings)
            named[use.setting] = named_in(names_of(use.secret), settings)
        wrong = [it for it in uses if keys[it.setting] not in (None, it.setting)]
        if not wrong and all(named[it] not in (None, it) for it in settings):
            wrong = [it for it in uses if keys[it.setting] is None]
        for use in wrong:
            if named[use.setting] == use.setting and not _is_said(use, uses):
                yield self._key(use)
        crossed = [it for it in wrong if named[it.setting] != it.setting]
        if crossed:
            is_ = keys[crossed[0].setting] or named[crossed[0].setting]
            yield self._crossed(crossed, str(is_))
        elif not wrong and len({it.secret for it in uses}) < len(uses):
            first = next(it for it in uses if sum(it.secret is at.secret for at in uses) > 1)
            second = next(it for it in uses if it.secret is first.secret and it is not first)
            yield self._shared(first, second)

    def _key(self, use: SecretUse) -> Finding:
        place = Location.of_setting(use.secret, "json_key")
        used = Location.of_setting(use.integration, use.setting)
        return place.finding(
            self,
            f"json_key is that of another value than {use.setting} takes",
            label="another value of the JSON",
            related=(used.annotated(f"taken as {use.setting} here"), *place.use()),
            why=_WHY,
            help_=f"write the key of the {use.value}",
        )

    def _crossed(self, crossed: Sequence[SecretUse], is_: str) -> Finding:
        from symlint.sym.intent.secret_uses import value_of

        use = crossed[0]
        place = Location.of_setting(use.integration, use.setting)
        others = [Location.of_setting(it.integration, it.setting) for it in crossed[1:]]
        exchanged = len(crossed) > 1
        return place.finding(
            self,
            f"{use.setting} is the secret of the {value_of(is_)}"
            + (f", and {crossed[1].setting} that of the {use.value}" if exchanged else ""),
            label=f"the {value_of(is_)}",
            related=(
                *(it.annotated("the other of the two") for it in others),
                RelatedRange(use.secret.header, f"the secret that is the {value_of(is_)}"),
            ),
            why=_WHY,
            help_=("exchange the two" if exchanged else f"write the secret of the {use.value}"),
        )

    def _shared(self, first: SecretUse, second: SecretUse) -> Finding:
        place = Location.of_setting(second.integration, second.setting)
        other = Location.of_setting(first.integration, first.setting)
        whose = first.setting
        if first.integration is not second.integration:
            whose += f" of the {first.integration.type_name} integration"
        return place.finding(
            self,
            f"{second.setting} is the same secret as {whose}",
            label="the same secret",
            related=(other.annotated("the same here"),),
            why=_WHY,
            help_="write the secret that holds this value",
        )


_WHY = "Sym takes one value for the other: it cannot sign in, and every request fails."


def _is_said(use: SecretUse, uses: Sequence[SecretUse]) -> bool:
    """Whether another setting takes the same value of the store: `duplicate-secret` reports that."""
    from symlint.sym.intent.secret_uses import value_in_store

    own = value_in_store(use.secret)
    return any(it is not use and value_in_store(it.secret) == own is not None for it in uses)


def _by_name(first: SecretUse, second: SecretUse) -> tuple[SecretUse, SecretUse]:
    """The two uses of one secret, the one that the secret is named for first."""
    from symlint.sym.intent.secret_uses import names_of

    is_second = (second.integration.type_name or "") in names_of(second.secret)
    is_first = (first.integration.type_name or "") in names_of(first.secret)
    return (second, first) if is_second and not is_first else (first, second)

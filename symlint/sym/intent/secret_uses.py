"""Which settings of integrations take which secrets, and what the names of a secret say it is."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.model.integrations import Integration, Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

_SAID_AS: Final = {
    "username": frozenset(("username", "user", "login")),
    "password": frozenset(("password", "passwd", "pass", "pwd", "token")),
}
"""Other words for what a setting takes."""


class SecretUse(NamedTuple):
    """``setting`` of ``integration`` is the id of ``secret``, and no list of several."""

    integration: Integration
    setting: str
    secret: Secret

    @property
    def value(self) -> str:
        """What the setting takes, in words: the password."""
        return value_of(self.setting)


def value_of(setting: str) -> str:
    """What a setting takes, in words: the password."""
    return setting.removesuffix("_secret").replace("_", " ")


def secret_uses(sym: Lookup) -> tuple[SecretUse, ...]:
    """The settings that surely take one secret, which is declared in the configuration."""
    return tuple(_uses(sym))


def _uses(sym: Lookup) -> Iterator[SecretUse]:
    for integration in sym.all(Integration):
        entry = integration.entry
        for name in () if entry is None or integration.symbolic else entry.secret_settings:
            value = integration.setting(name)
            if entry is None or value is None or entry.settings[name].encoding != "plain":
                continue
            link = sym.resolve(value, integration.range("settings"), "sym_integration.settings")
            if isinstance(link.view, Secret) and not link.view.symbolic:
                yield SecretUse(integration, name, link.view)


def words_of(*texts: str | None) -> frozenset[str]:
    """The words that names and paths are made of."""
    return frozenset(it for text in texts if text for it in re.split(r"[^a-z0-9]+", text.lower()))


def named_in(words: frozenset[str], settings: Iterable[str]) -> str | None:
    """The one of the settings that words speak of: ``password_secret`` of a bot's password."""
    found = []
    for setting in settings:
        own = setting.removesuffix("_secret")
        if words & _SAID_AS.get(own, frozenset((own,))):
            found.append(setting)
    return found[0] if len(found) == 1 else None


def names_of(secret: Secret) -> frozenset[str]:
    """The words of what a secret is called here and in its store, without its ``json_key``."""
    key = secret.address.key
    own = key if isinstance(key, str) else None
    return words_of(secret.instance.name, own, secret.label.string, secret.value("path").string)


def value_in_store(secret: Secret) -> tuple[object, object, object] | None:
    """What value of which store a secret is; None where that is not known."""
    link = secret.link("path")
    if link.is_wrong and link.outcome != "literal":
        return None
    given, known = secret.own_settings, secret.known_settings
    if given is None or known is None or given.difference(known):
        return None
    key = secret.setting("json_key")
    path, source = _text(secret.value("path")), _text(secret.value("source_id"))
    own = "" if key is None or key.is_null or key.content == "" else _text(key)
    return None if path is None or source is None or own is None else (source, path, own)


def _text(value: Value) -> str | tuple[str] | None:
    """A known text, or what it is read from; None where neither is known, or it is empty."""
    if value.string is not None:
        return value.string or None
    reference = value.reference
    if reference is None or "[?]" in str(reference):
        return None
    return (str(reference),)

"""Checks that a setting that holds a secret is the id of a ``sym_secret``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import link_finding
from symlint.rules.secrets._examples import PAGER
from symlint.sym.model.integrations import Secret
from symlint.sym.model.settings import near, setting_range
from symlint.sym.model.texts import reason_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.views import Link, Lookup
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value


class SecretSetting(Rule):
    """A setting that holds a secret is the id of a `sym_secret`.

    `api_token_secret`, `client_secret` and similar settings, and the elements of `secret_ids_json`,
    are not the secret itself or its name in a store. They are ids of `sym_secret` resources, which
    say where Sym finds the secret. A token that is written here does not work, and is stored in
    plain text in the state and in Sym's database.

    The rule reports strings; the id, name or ARN of an `aws_secretsmanager_secret`; its value;
    another attribute of a `sym_secret`; and other resources.

    **Not flagged.** Literal UUIDs, which may be ids of secrets that are declared elsewhere. Unknown
    values, such as variables without a value.
    """

    code = "SYM315"
    name = "secret-setting"
    severity = "error"
    about = ("integrations.entry.secret_settings",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secret",
    )
    bad = configuration(
        PAGER.replace("[sym_secret.pager.id]", "[aws_secretsmanager_secret.pager.id]")
    )
    good = configuration(PAGER)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Where each setting that holds a secret leads."""
        for integration in configuration.integrations:
            entry = integration.entry
            for name in () if entry is None else entry.secret_settings:
                assert entry is not None
                value = integration.setting(name)
                for leaf in () if value is None else leaves(value):
                    ids = _ids(integration, entry.settings[name], leaf)
                    if not ids:
                        yield from self._unread(integration, name, leaf)
                    for item in ids:
                        yield from self._judge(integration, name, item)

    def _unread(self, integration: Integration, name: str, value: Value) -> Iterator[Outcome]:
        """That it is not known which ids a text lists; what is surely no list is another rule's."""
        from symlint.sym.model.decoding import decoded_json

        argument = integration.range("settings")
        link = integration.sym.resolve(value, argument, "sym_integration.settings")
        decoded = decoded_json(value, integration.instance, integration.sym.terraform)
        if value.is_unknown and decoded is None and link.outcome == "unknown":
            question = f"does {name} list ids of secrets?"
            yield self.undecided(near(integration, value), question, reason_of(value))

    def _judge(self, integration: Integration, name: str, value: Value) -> Iterator[Outcome]:
        argument = integration.range("settings")
        link = integration.sym.resolve(value, argument, "sym_integration.settings")
        link = _of_store(integration, value, link)
        if link.is_absent:
            return
        if link.outcome == "unknown":
            question = f"is {name} the id of a sym_secret?"
            yield self.undecided(setting_range(integration, name), question, link.reason)
        elif not link.is_wrong:
            yield PASSED
        else:
            yield self._wrong(integration, name, value, link)

    def _wrong(self, integration: Integration, name: str, value: Value, link: Link) -> Finding:
        sym, entry = integration.sym, integration.entry
        assert entry is not None
        single = entry.settings[name].encoding == "plain"
        beside = sym.once(_secrets_by_module).get(integration.module, ())
        meant = _secrets_at(integration, value) or beside
        why = "Sym looks for a secret with this id and finds none, so it cannot sign in to "
        why += f"{entry.title}."
        if entry.name == "custom":
            why = (
                "Sym looks for a secret with this id and finds none to give to the implementation."
            )
        if link.outcome == "literal":
            why += " A secret that is written here is also stored in the state in plain text."
        found = link_finding(
            self,
            link,
            integration,
            attribute=f"settings.{name}",
            what=name if single else f"an element of {name}",
            why=why,
            suggestions=meant if len(meant) < 4 else (),
        )
        from symlint.sym.intent.candidates import references_beside

        found = found._replace(title=found.title.replace("not to a secret", "not to a sym_secret"))
        references = set() if meant is beside else set(references_beside(integration, meant))
        certain = len(references) == 1
        place = Location.of_link(integration, link, f"settings.{name}")
        if found.fix is None and certain and place.in_place:
            text = references.pop()
            found = found._replace(fix=place.write(text, safe=True), help=f"write {text}")
        return found


def _ids(integration: Integration, setting: Setting, value: Value) -> tuple[Value, ...]:
    """The values that should be ids; none if a list in JSON is not known or is not a list."""
    from symlint.sym.model.decoding import decoded_json

    if setting.encoding != "json_list":
        return (value,)
    decoded = decoded_json(value, integration.instance, integration.sym.terraform)
    elements = None if decoded is None else decoded.elements
    return tuple(leaf for it in elements or () for leaf in leaves(it))


def _stores(sym: Lookup) -> tuple[str, ...]:
    """The resource types of the stores' own providers that are, or have, secrets."""
    kinds = [kind for entry in sym.catalogue.secrets.values() for kind in entry.secret_resources]
    return tuple(dict.fromkeys((*kinds, *(f"{kind}_version" for kind in kinds))))


def _of_store(integration: Integration, value: Value, link: Link) -> Link:
    """The link, marked as wrong if it leads to any attribute of a secret in its store."""
    from symlint.sym.aws.external import external_read

    if link.outcome not in ("unknown", "literal", "identifier"):
        return link
    read = external_read(integration.sym, value, *_stores(integration.sym))
    if read is None:
        return link
    subject = integration.sym.subject_of(read.instance.reference)
    return link._replace(outcome="wrong_kind", subject=subject, range=read.range or link.range)


def _secrets_at(integration: Integration, value: Value) -> tuple[Secret, ...]:
    """The ``sym_secret`` resources for the secret of the store that a value was read from."""
    from symlint.sym.aws.external import external_read

    sym = integration.sym
    kinds = _stores(sym)
    read = external_read(sym, value, *kinds)
    if read is None:
        return ()
    return tuple(sym.once(_secrets_by_source).get(read.address, ()))


def _secrets_by_source(sym: Lookup) -> dict[Address, list[Secret]]:
    """The ``sym_secret`` resources by the secret of the store that their path was read from."""
    from symlint.sym.aws.external import external_read

    kinds = _stores(sym)
    found: dict[Address, list[Secret]] = {}
    for secret in sym.all(Secret):
        read = external_read(sym, secret.value("path"), *kinds)
        if read is not None:
            found.setdefault(read.address, []).append(secret)
    return found


def _secrets_by_module(sym: Lookup) -> dict[ModuleNames, tuple[Secret, ...]]:
    found: dict[ModuleNames, list[Secret]] = {}
    for secret in sym.all(Secret):
        found.setdefault(secret.module, []).append(secret)
    return {module: tuple(secrets) for module, secrets in found.items()}

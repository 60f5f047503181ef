"""External ids of permission contexts that do not belong to the settings beside them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.account_facts import account_of_caller, account_of_module, is_one_account
from symlint.sym.aws.accounts import account_of_role
from symlint.sym.model.arguments import element, items_of
from symlint.sym.model.link_resolution import read_at
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.model.integrations import Integration
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.terraform.values.value import Value

WrongIdKind: TypeAlias = Literal[
    "other_module",  # id and settings come from two modules
    "hard_coded",  # written out, though the settings come from a module
    "no_such_key",  # a key that the settings do not have
    "wrong_key",  # another output of the right module, or something else altogether
    "no_settings",  # it is the settings that are none
    "contradiction",  # settings that are written out say something else
]


class WrongId(NamedTuple):
    """What is wrong with the external id of a permission context, or with its settings.

    ``range`` is the text of ``attribute`` to change, and ``evidence`` the text that contradicts
    it. ``module`` is what the settings come from, ``read`` the output that was taken for the id
    (of ``no_settings``: for the settings). ``what`` says in words what was taken, or which of
    their things the two contradict each other about, and ``right`` is what the settings say.
    """

    kind: WrongIdKind
    attribute: Literal["external_id", "settings"]
    value: Value
    range: Range
    evidence: Range
    module: SymModule | None = None
    read: OutputRead | None = None
    what: str = ""
    right: str = ""

    @property
    def right_module(self) -> SymModule | None:
        """The module that the wrong one of the two ought to come from."""
        if self.kind == "other_module" and self.attribute == "settings" and self.read is not None:
            return self.read.module
        return self.module


class UnknownId(NamedTuple):
    """Why it is not known whether an external id belongs to its settings."""

    reason: str


Verdict: TypeAlias = WrongId | UnknownId | None


def verdicts(integration: Integration) -> Iterator[Verdict]:
    """What is wrong with each value that the external id may have; None where nothing is."""
    if integration.type_name != "permission_context":
        return
    if integration.argument("external_id") is None or integration.settings.is_null:
        return
    choices = leaves(integration.external_id)
    for value in choices:
        # The "" that a try falls back to is no id at all.
        if len(choices) == 1 or value.string != "":
            yield _judge(integration, value)


def _judge(integration: Integration, value: Value) -> Verdict:
    source = integration.settings_source
    if source is not None and source.module.entry.external_id is not None:
        return _against_module(integration, value, source)
    if source is not None:
        return _no_settings(integration, source)
    if items_of(integration.settings):
        return _against_map(integration, value)
    reason = integration.settings.unknown.reason if integration.settings.unknown else ""
    return UnknownId(reason or "the settings are not known")


# --- settings from a module ---------------------------------------------------------------------


def _against_module(integration: Integration, value: Value, source: OutputRead) -> Verdict:
    if not source.path or source.gives not in ("settings", None):
        return _no_settings(integration, source)
    module, own = source.module, integration.range("external_id")
    read = integration.sym.output_read(value)
    if read is not None:
        return _against_output(integration, value, source, read)
    from symlint.sym.intent.connectors.external_ids import is_written_out

    if value.string is not None and is_written_out(value):
        if value.hops and _is_account_of(module, value.string):
            return None
        evidence = source.range or integration.range("settings")
        return WrongId("hard_coded", "external_id", value, value.origin or own, evidence, module)
    from symlint.sym.intent.connectors.external_ids import wrong_data

    what = wrong_data(value, module)
    if what is not None:
        range_ = None
        if value.reference is not None:
            range_ = read_at(value, value.reference.address)
        evidence = module.header
        return WrongId(
            "wrong_key", "external_id", value, range_ or own, evidence, module, what=what
        )
    caller, its = account_of_caller(integration.sym, value, own), account_of_module(module)
    if caller is not None and its is not None and module.entry.external_id == "account_id":
        same = is_one_account(integration.sym, caller, its)
        if same:
            return None
        if same is False:
            return WrongId("contradiction", "external_id", value, own, its.range, what="account")
    return None if value.unknown is None else UnknownId(value.unknown.reason)


def _is_account_of(module: SymModule, text: str) -> bool:
    """Whether the provider of a module works in the account of that id alone."""
    account = account_of_module(module) if module.entry.external_id == "account_id" else None
    return account is not None and account.ids == {text}


def _against_output(
    integration: Integration, value: Value, source: OutputRead, read: OutputRead
) -> Verdict:
    module = source.module
    gives = read.gives
    if read.module is not module:
        return _other_module(integration, value, source, read)
    if gives == module.entry.external_id:
        return None
    if gives is None and read.path and not (read.exists is False and len(read.path) > 1):
        return UnknownId("the output of the module is not known")
    kind: WrongIdKind = "no_such_key" if gives is None and read.path else "wrong_key"
    range_ = read.range
    if range_ is None and kind == "wrong_key" and value.reference is not None:
        range_ = read_at(value, value.reference.address)
    range_ = range_ or integration.range("external_id")
    return WrongId(kind, "external_id", value, range_, module.header, module, read)


def _other_module(
    integration: Integration, value: Value, source: OutputRead, read: OutputRead
) -> WrongId:
    from symlint.sym.intent.connectors.external_ids import settings_are_suspect

    id_range = read.range or integration.range("external_id")
    settings_range = source.range or integration.range("settings")
    if settings_are_suspect(integration, source, read):
        return WrongId(
            "other_module",
            "settings",
            integration.settings,
            settings_range,
            id_range,
            source.module,
            read,
        )
    return WrongId(
        "other_module", "external_id", value, id_range, settings_range, source.module, read
    )


def _no_settings(integration: Integration, source: OutputRead) -> WrongId:
    range_ = source.range or integration.range("settings")
    module = source.module
    return WrongId(
        "no_settings", "settings", integration.settings, range_, module.header, module, source
    )


# --- settings that are written out --------------------------------------------------------------


def _against_map(integration: Integration, value: Value) -> Verdict:
    from symlint.terraform.values.equality import equal

    settings = integration.settings
    instance = element(settings, "instance_arn")
    account = element(settings, "account_id")
    role = element(settings, "role_arn")
    reads = [integration.sym.output_read(it) for it in (role, account, instance) if it is not None]
    source = next((read for read in reads if read is not None), None)
    if source is not None and source.module.entry.external_id is not None:
        read = integration.sym.output_read(value)
        if read is not None and read.module is not source.module:
            return _other_module(integration, value, source, read)
        if read is not None and read.gives == source.module.entry.external_id:
            return None
    expected = instance or account
    if expected is not None:
        answer = equal(value, expected)
        if answer is False and instance is not None and account is not None:
            answer = equal(value, account)
        if answer is not None:
            meaning = "SSO instance" if instance is not None else "account"
            return None if answer else _contradiction(integration, value, expected, meaning)
    number = None if role is None else account_of_role(role.string or "")
    text = value.string
    if instance is None and number is not None and text is not None and role is not None:
        if text == number or not text.isdigit():
            return None
        return _contradiction(integration, value, role, "account")
    return UnknownId("the settings are not known")


def _contradiction(integration: Integration, value: Value, other: Value, meaning: str) -> WrongId:
    from symlint.sym.intent.connectors.external_ids import chosen_at

    range_ = chosen_at(value, meaning) or value.origin or integration.range("external_id")
    evidence = other.origin or integration.range("settings")
    right = account_of_role(other.string or "") or other.string or ""
    return WrongId(
        "contradiction", "external_id", value, range_, evidence, what=meaning, right=right
    )

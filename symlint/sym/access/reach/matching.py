"""The grants whose target has a text to it: a name, a setting, an AWS account, the name of a group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access.grants import grants_of
from symlint.sym.access.identities import name_of
from symlint.sym.access.reach.passages import Passage
from symlint.sym.aws.account_facts import account_of_module
from symlint.sym.model.arguments import items_of, keys_are_known
from symlint.sym.model.texts import reason_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.sym.access.grants import Grant
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Strategy, Target
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

_ACCOUNT: Final = re.compile(r"\d{12}")
_ACCOUNT_OF_ARN: Final = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(\d{12}):")


class _Text(NamedTuple):
    """A text of a grant and what it is: "its name", "its setting group_id"; None where it is not known.

    ``has_name`` where it is not known, but what has it is: by its name.
    """

    what: str
    text: str | None
    reason: str = ""
    may_be_account: bool = False
    has_name: bool = False

    @property
    def is_account(self) -> bool:
        """Whether it is said to be an account, whatever it looks like."""
        return self.what.endswith("account_id")


def is_account(text: str) -> bool:
    """Whether a text is the id of an AWS account."""
    return _ACCOUNT.fullmatch(text) is not None


def passages_with(sym: SymConfiguration, text: str) -> tuple[Passage, ...]:
    """The grants to which a text belongs, surely or perhaps."""
    flows = {str(flow.address): flow for flow in sym.flows}
    targets = {str(target.address): target for target in sym.targets}
    known: dict[str, list[_Text]] = {}
    found = []
    for grant in sym.once(grants_of):
        flow, target = flows[grant.address], targets.get(grant.target_address)
        if target is not None and flow.strategy is not None:
            if grant.target_address not in known:
                known[grant.target_address] = list(_texts(target))
            texts = [*known[grant.target_address], *_of_strategy(flow.strategy), *_chosen(grant)]
            passage = _passage(grant, flow, target, texts, text)
        else:
            passage = _without_target(grant, flow)
        if passage is not None:
            found.append(passage)
    return tuple(found)


def texts_of(sym: SymConfiguration) -> Iterator[str]:
    """Every text that belongs to a grant."""
    for target in sym.targets:
        yield from (it.text for it in _texts(target) if it.text)


def _passage(
    grant: Grant, flow: Flow, target: Target, texts: list[_Text], wanted: str
) -> Passage | None:
    assert flow.strategy is not None
    path = (flow.address, flow.strategy.address, target.address)
    account = is_account(wanted)
    for it in texts:
        if it.text == wanted:
            return Passage(grant, path, f"{it.what} is {wanted}")
        if account and it.text is not None and wanted in _ACCOUNT_OF_ARN.findall(it.text):
            return Passage(grant, path, f"{it.what} is {it.text}")
    if account:
        texts = [it for it in texts if it.may_be_account]
        if any(it.text is not None and (_has_account(it.text) or it.is_account) for it in texts):
            return None
    unknown = next((it for it in texts if it.text is None and (account or not it.has_name)), None)
    if unknown is None:
        return None
    reason = f"{unknown.what} is not known{f': {unknown.reason}' if unknown.reason else ''}"
    if account:
        reason = f"the account of {target.address} is not known ({reason})"
    return Passage(grant, path, reason, certain=False)


def _without_target(grant: Grant, flow: Flow) -> Passage | None:
    """A grant of which it is not known what it is of; None for one that is of nothing."""
    if grant.target != "?":
        return None
    reason = f"what it grants is not known: {grant.cells['grants'].reason}"
    return Passage(grant, (flow.address,), reason, certain=False)


def _has_account(text: str) -> bool:
    return is_account(text) or _ACCOUNT_OF_ARN.search(text) is not None


# --- the texts of a grant -------------------------------------------------------------------------


def _texts(target: Target) -> Iterator[_Text]:
    yield _Text("its type", target.type_name)
    yield _Text("its name", text_of(target.name), reason_of(target.name))
    label = text_of(target.label)
    if label is not None:
        yield _Text("its label", label)
    kind, name = target.type_name, target.name.string
    if kind is not None and name is not None:
        yield _Text("it", f"{kind} {name}")
    settings = target.settings
    bound = {it.string for it in target.bindings or ()}
    for key, value in items_of(settings).items():
        if key not in bound and not value.is_null:
            yield from _of_setting(target.sym, key, value)
    if not settings.is_null and not keys_are_known(settings):
        yield _Text("one of its settings", None, reason_of(settings), may_be_account=True)


def _of_setting(sym: Lookup, key: str, value: Value) -> Iterator[_Text]:
    """A setting; where it is read of a resource, the name of that one, too."""
    may_be_account = "account" in key or key.endswith("arn")
    text = None if value.sensitive else text_of(value)
    reference = value.reference
    if text is not None or reference is None:
        reason = "it is sensitive" if value.sensitive else reason_of(value)
        yield _Text(f"its setting {key}", text, reason, may_be_account)
        return
    name = name_of(sym, reference.address)
    if name:
        yield _Text(f"the name of {reference.address}, which its setting {key} is of,", name)
    # What has a name is known but for its account.
    if not name or may_be_account:
        yield _Text(f"its setting {key}", None, f"it is {reference}", may_be_account, bool(name))


def _of_strategy(strategy: Strategy) -> Iterator[_Text]:
    """The account that a strategy works in: its integration says which one, or its connector's provider."""
    integration, connector = strategy.integration, strategy.connector
    if connector is not None and connector.entry.external_id == "account_id":
        account = account_of_module(connector)
        if account is not None and len(account.ids) == 1:
            what = f"the account of {connector.address}"
            yield _Text(what, min(account.ids), may_be_account=True)
            return
    if integration is not None and integration.type_name == "permission_context":
        id_ = integration.external_id
        what = f"the external id of {integration.address}"
        yield _Text(what, text_of(id_), reason_of(id_), may_be_account=True, has_name=True)


def _chosen(grant: Grant) -> Iterator[_Text]:
    """What who asks can choose as a setting."""
    value = grant.cells["parameter"].value
    chosen: Mapping[str, object] = value if isinstance(value, dict) else {}
    for key, choices in chosen.items():
        what = f"{key}, which is chosen by who asks,"
        if isinstance(choices, tuple):
            yield from (_Text(what, str(it)) for it in choices)
        else:
            yield _Text(what, None, "any text" if choices == "any" else "any that is offered", True)
    if grant.cells["parameter"].state == "unknown":
        yield _Text("what who asks can choose", None, grant.cells["parameter"].reason, True)

"""Whether two values are ARNs of one Lambda function, and which one was meant."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.intent.connectors.scopes import matches, read_from, scope_value
from symlint.sym.model.link_resolution import last_resource_hop, read_at
from symlint.sym.model.texts import is_placeholder

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.intent.connectors.scopes import Managed
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.value import Value


_MOST_COMPARED: Final = 50
"""How many connectors are looked at for the one that a function is listed by instead."""


def same_function(sym: SymConfiguration, one: Value, other: Value) -> bool | None:
    """Whether two values surely are, or surely are not, ARNs of one function."""
    from symlint.terraform.values.equality import equal

    answer = equal(one, other)
    if answer:
        return True
    arn, pattern = one.string, other.string
    if arn is not None and pattern is not None:
        if matches(arn, pattern):
            return True
        return None if _unversioned(arn) == _unversioned(pattern) else False
    left_name, right_name = _function_name(sym, one), _function_name(sym, other)
    if left_name is not None and right_name is not None and left_name.differs(right_name):
        return False
    left, right = one.reference, other.reference
    if left is None or right is None or left.address == right.address:
        return None
    return False if _are_apart(sym, left, right) else None


def _are_apart(sym: SymConfiguration, one: Reference, other: Reference) -> bool:
    """Whether two references surely lead to functions that were made apart from each other.

    Each resource makes its own function, and so does each call of a module, unless it is given
    one that another makes.
    """
    if "[?]" in f"{one.address}{other.address}":
        return False
    modules = [it for it in (one, other) if it.address.kind == "module"]
    resources = [it for it in (one, other) if it.address.kind == "resource"]
    if any(it.address.type != "aws_lambda_function" for it in resources):
        return False
    if len(modules) + len(resources) < 2 or (len(modules) == 2 and one.path != other.path):
        return False
    own = {one.address.without_key(), other.address.without_key()}
    for module in modules:
        call = sym.terraform.call(module.address)
        if call is None:
            return False
        reads = (call.argument(name) for name in call.declaration.attributes)
        for value in reads:
            reference = None if value is None else read_from(value)
            if reference is not None and reference.address.without_key() in own:
                return False
    return True


def _unversioned(arn: str) -> str:
    return ":".join(arn.split(":")[:7])


class _Name(NamedTuple):
    """The name of a function; not ``exact`` where a module may add something to it."""

    text: str
    exact: bool

    def differs(self, other: _Name) -> bool:
        if "*" in self.text + other.text:
            return False
        if self.exact and other.exact:
            return self.text != other.text
        return self.text not in other.text and other.text not in self.text


def _function_name(sym: SymConfiguration, value: Value) -> _Name | None:
    """The name of the function that a value is an ARN of, where that is known."""
    parts = (value.string or "").split(":")
    if len(parts) >= 7 and parts[5] == "function":
        return _Name(parts[6], exact=True)
    reference = value.reference
    if reference is None:
        return None
    address, given = reference.address, None
    if address.type == "aws_lambda_function":
        instance = sym.terraform.resource(address)
        given = None if instance is None else instance.attribute("function_name")
    elif address.kind == "module":
        call = sym.terraform.call(address)
        given = None if call is None else call.argument("function_name")
    name = None if given is None else given.string
    return None if name is None or ":" in name else _Name(name, address.kind != "module")


# --- which function was meant ----------------------------------------------------------------------


def listed_by(sym: SymConfiguration, it: Managed) -> SymModule | None:
    """Another connector that surely may invoke the function of a target."""
    alike = (one for one in sym.connectors if one.entry is it.connector.entry)
    for connector in islice(alike, _MOST_COMPARED):
        if connector is it.connector:
            continue
        value = scope_value(connector, it.scope)
        elements = () if value is None else value.elements or ()
        if any(same_function(sym, it.value, element) for element in elements):
            return connector
    return None


def is_not_an_arn(connector: SymModule, text: str) -> bool:
    """Whether a text is surely neither an ARN nor a pattern of ARNs."""
    placeholder = is_placeholder(connector.catalogue, text)
    return not placeholder and not text.startswith("arn:") and "*" not in text


def read_or_written(value: Value) -> Range | None:
    """Where a value was read from a resource or a module, or written."""
    reference = value.reference
    if reference is not None:
        return read_at(value, reference.address)
    hop = last_resource_hop(value)
    return value.origin if hop is None else read_at(value, hop.reference.address)


def names_of(it: Managed, *, with_connector: bool) -> set[str]:
    """The words that a target, its strategy, and its connector are called by."""
    texts = [*it.target.names, *it.strategy.names]
    if with_connector:
        environment = it.connector.environment
        texts += [it.connector.call.name]
        text = None if environment is None else environment.value.string
        texts += [] if text is None else [text]
    return _words(" ".join(texts))


def likeness(own: set[str], value: Value) -> int:
    """How well a function goes with words that others are called by.

    A text that was written out is likelier wrong than a reference: that counts as half a word.
    """
    reference = read_from(value)
    name = value.string or ("" if reference is None else reference.address.name)
    shared = (_words(name) & own) - {"lambda", "function", "connector"}
    return 2 * len(shared) + (reference is not None)


def _words(text: str) -> set[str]:
    for mark in "-_:/.":
        text = text.replace(mark, " ")
    return set(text.lower().split())

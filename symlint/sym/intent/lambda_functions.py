"""Whether two values are ARNs of one Lambda function."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.sym.intent.scopes import matches, read_from

if TYPE_CHECKING:
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.value import Value


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

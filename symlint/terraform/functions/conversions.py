"""``tostring`` and the like, and what concerns sensitive values."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.conversion import ConversionError, convert, type_of
from symlint.terraform.values.numbers import STEPS_PER_NUMBER
from symlint.terraform.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Type,
    friendly_name,
    list_of,
    map_of,
    set_of,
)
from symlint.terraform.values.value import ObjectReference, Value

if TYPE_CHECKING:
    from collections.abc import Mapping


def _conversion(wanted: Type, marks: Literal["deep", "shallow"] = "shallow") -> Function:
    def compute(call: Call) -> Value:
        given = call.arguments[0]
        call.spend_on(given)
        if wanted is NUMBER:
            call.spend(STEPS_PER_NUMBER)
        try:
            return convert(given, wanted)
        except ConversionError:
            raise call.error(_refusal(given, wanted), 0) from None

    return Function(compute, (Parameter("v", nullable=True, unknown=True, marks=marks),), wanted)


def _refusal(given: Value, wanted: Type) -> str:
    """Terraform's message for a conversion that is not possible."""
    source = (
        "object" if isinstance(given.content, ObjectReference) else friendly_name(type_of(given))
    )
    target = friendly_name(wanted)
    text = given.string
    if text is not None and given.sensitive:
        return f"cannot convert this sensitive {source} to {target}"
    if text is not None and wanted is BOOL:
        return (
            f'cannot convert {quoted(text)} to bool; only the strings "true" or "false" are allowed'
        )
    if text is not None and wanted is NUMBER:
        return (
            f"cannot convert {quoted(text)} to number; given string must be a decimal "
            "representation of a number"
        )
    return f"cannot convert {source} to {target}"


def _sensitive(call: Call) -> Value:
    return call.arguments[0].as_sensitive()


def _not_sensitive(call: Call) -> Value:
    given = call.arguments[0]
    return Value(given.type, given.content, given.written, given.hops)


def _is_sensitive(call: Call) -> Value:
    given = call.arguments[0]
    if given.sensitive:
        return call.boolean(True)
    if given.is_unknown or isinstance(given.content, ObjectReference):
        return call.derived(BOOL)
    return call.boolean(False)


_VALUE: Final = Parameter("value", nullable=True, unknown=True, marks="function")


def _removed(use: str) -> Function:
    def compute(call: Call) -> Value:
        raise call.error(
            f'the "{call.name}" function was deprecated in Terraform v0.12 and is no longer '
            f"available; use {use}"
        )

    return Function(compute, (), ANY, variadic=_VALUE)


def _same(call: Call) -> Value:
    return call.arguments[0]


FUNCTIONS: Final[Mapping[str, Function]] = {
    "ephemeralasnull": Function(_same, (_VALUE,), ANY),
    "list": _removed("tolist([ ... ]) syntax to write a literal list"),
    "map": _removed("tomap({ ... }) syntax to write a literal map"),
    "issensitive": Function(_is_sensitive, (_VALUE,), BOOL),
    "nonsensitive": Function(_not_sensitive, (_VALUE,), ANY),
    "sensitive": Function(_sensitive, (_VALUE,), ANY),
    "tobool": _conversion(BOOL),
    "tolist": _conversion(list_of(ANY)),
    "tomap": _conversion(map_of(ANY)),
    "tonumber": _conversion(NUMBER),
    # A set as a whole is sensitive when one of its elements is.
    "toset": _conversion(set_of(ANY), marks="deep"),
    "tostring": _conversion(STRING),
}

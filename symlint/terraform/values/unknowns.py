"""Makes unknown values out of unknown ones, and lists what an unknown value may turn out to be."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.values.addresses import UNKNOWN_KEY, Address, Reference
from symlint.terraform.values.equality import equal
from symlint.terraform.values.texts import pieces_of
from symlint.terraform.values.types import ANY, NUMBER, STRING, Type
from symlint.terraform.values.value import ObjectReference, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.terraform.values.addresses import InstanceKey, ModuleStep
    from symlint.terraform.values.value import Piece, UnknownKind, Written

MOST_ALTERNATIVES: Final = 256
"""Of how many values one may be; a value that is one of more is just unknown."""

_MOST_PIECES: Final = 64
"""Of how many pieces a text is known to consist; one of more is just unknown."""

BUDGET_REASON: Final = "working it out would take too much time or memory"


MISSING_OUTPUT: Final = "the module has no such output"
WRONG_KEY: Final = "it lacks an instance key, or has one where there are no instances"


def error_value(reason: str = "the expression is in error", origin: Written = None) -> Value:
    """The value of an expression that Terraform would refuse; the mistake is reported already."""
    return Value(ANY, Unknown("error", reason), origin)


def over_budget(origin: Written = None, type_: Type = ANY) -> Value:
    """The value of an expression for which the budget does not suffice; of a known type, not null."""
    return Value(type_, Unknown("budget", BUDGET_REASON, not_null=type_ is not ANY), origin)


def is_error(value: Value) -> bool:
    """Whether the value is missing because of a mistake that is reported elsewhere."""
    content = value.content
    return isinstance(content, Unknown) and content.kind == "error"


def derived(operands: Iterable[Value], type_: Type = ANY, origin: Written = None) -> Value:
    """What is computed from ``operands``, of which at least one is not known. Never null.

    It keeps the reason of the first of them; one that is in error, or over budget, goes before.
    """
    kind: UnknownKind = "derived"
    reason = ""
    sensitive = False
    for operand in operands:
        sensitive = sensitive or operand.sensitive
        content = operand.content
        if isinstance(content, Unknown):
            if kind == "derived" and content.kind in ("error", "budget"):
                kind, reason = content.kind, content.reason
            reason = reason or content.reason
        elif isinstance(content, ObjectReference):
            reason = reason or f"not all attributes of {content.reference} are known"
    reason = reason or "it is computed from a value that is not known"
    return Value(type_, Unknown(kind, reason, not_null=True), origin, (), sensitive)


def one_of(
    values: Sequence[Value],
    reason: str,
    kind: UnknownKind = "condition",
    type_: Type | None = None,
    origin: Written = None,
    reference: Reference | None = None,
) -> Value:
    """A value that is one of ``values``: that value when they are all equal, else alternatives."""
    choices: list[Value] = []
    for value in values:
        content = value.content
        if isinstance(content, Unknown) and content.alternatives:
            choices.extend(choice.with_hops(value.hops) for choice in content.alternatives)
        else:
            choices.append(value)
        if len(choices) > MOST_ALTERNATIVES:
            break
    if not choices:
        return Value(type_ or ANY, Unknown(kind, reason, reference), origin)
    first = choices[0]
    if len(values) == 1 or all(_same(first, choice) for choice in choices[1:]):
        return values[0] if len(values) == 1 else first
    if type_ is None:
        type_ = _common_type(values)
    content = Unknown(
        kind,
        reason,
        reference or common_reference(values),
        alternatives=tuple(choices) if len(choices) <= MOST_ALTERNATIVES else (),
        not_null=all(map(_not_null, values)),
    )
    return Value(type_, content, origin, (), any(value.sensitive for value in values))


def _same(left: Value, right: Value) -> bool:
    """Whether it makes no difference which of the two a value is."""
    is_empty = not left.content and not right.content
    if isinstance(left.content, (tuple, dict)) and not is_empty:
        return False
    if left.sensitive != right.sensitive:
        return False
    return left.type == right.type and equal(left, right) is True


def _common_type(values: Sequence[Value]) -> Type:
    first = values[0].type
    return first if all(value.type == first for value in values) else ANY


def _not_null(value: Value) -> bool:
    content = value.content
    return content.not_null if isinstance(content, Unknown) else content is not None


# --- references ---------------------------------------------------------------------------------


def common_reference(values: Sequence[Value]) -> Reference | None:
    """What all values are, up to keys and indexes, which are then unknown; or None."""
    common = values[0].reference if values else None
    for value in values[1:]:
        if common is None:
            return None
        other = value.reference
        common = None if other is None else _merge(common, other)
    return common


def _merge(left: Reference, right: Reference) -> Reference | None:
    if left == right:
        return left
    one, other = left.address, right.address
    if (one.kind, one.type, one.name) != (other.kind, other.type, other.name):
        return None
    module = _merge_modules(one.module, other.module)
    if module is None or len(left.path) != len(right.path):
        return None
    path = tuple(
        step if step == twin else UNKNOWN_KEY
        for step, twin in zip(left.path, right.path, strict=True)
    )
    key: InstanceKey = one.key if one.key == other.key else UNKNOWN_KEY
    return Reference(Address(module, one.kind, one.type, one.name, key), path)


def _merge_modules(
    left: Sequence[ModuleStep], right: Sequence[ModuleStep]
) -> tuple[ModuleStep, ...] | None:
    if [step.name for step in left] != [step.name for step in right]:
        return None
    return tuple(
        step if step == twin else step._replace(key=UNKNOWN_KEY)
        for step, twin in zip(left, right, strict=True)
    )


# --- elements -----------------------------------------------------------------------------------


def any_element(value: Value) -> Value:
    """What an element of a collection looks like when it is not known which one it is.

    For a value that cannot have elements, an unknown value.
    """
    content = value.content
    if isinstance(content, Unknown):
        return _any_element_of_unknown(value, content).with_hops(value.hops)
    reason = "it is not known which element it is"
    elements: Sequence[Value] = ()
    if isinstance(content, tuple):
        elements = content
    elif isinstance(content, dict):
        elements = tuple(content.values())
    elif isinstance(content, ObjectReference):
        reference = content.reference.step(UNKNOWN_KEY)
        return Value(ANY, Unknown("derived", reason, reference)).with_hops(value.hops)
    return one_of(elements, reason).with_hops(value.hops)


def _any_element_of_unknown(value: Value, content: Unknown) -> Value:
    if content.element is not None:
        return content.element
    if content.alternatives:
        elements: list[Value] = []
        for choice in content.alternatives:
            inner = choice.content
            if isinstance(inner, (tuple, dict)):
                elements.extend(inner.values() if isinstance(inner, dict) else inner)
            else:
                elements.append(any_element(choice))
            if len(elements) > MOST_ALTERNATIVES:
                break
        return one_of(elements, content.reason)
    type_ = ANY
    if value.type.element is not None:
        type_ = value.type.element
    elif value.type.elements and len(set(map(id, value.type.elements))) == 1:
        type_ = value.type.elements[0]
    reference = content.reference.step(UNKNOWN_KEY) if content.reference is not None else None
    return Value(type_, Unknown(content.kind, content.reason, reference), value.written)


def merged_part(content: Unknown, key: str) -> tuple[Value | None, bool]:
    """The element of a merge of maps of which not all are known, and whether that is certain.

    None for one that it surely does not have. A map that may have such an element hides those
    before it.
    """
    for layer in reversed(content.layers):
        part, certain = _part_of_layer(layer, key)
        if part is not None:
            part = part.with_hops(layer.hops)
            return part.as_sensitive() if layer.sensitive else part, certain
    return None, True


def _part_of_layer(layer: Value, key: str) -> tuple[Value | None, bool]:
    inner = layer.content
    if isinstance(inner, dict):
        return inner.get(key), True
    if isinstance(inner, ObjectReference):
        return inner.attribute(key), inner.closed
    if isinstance(inner, Unknown) and inner.layers:
        return merged_part(inner, key)
    return layer, False


def any_key(value: Value) -> Value:
    """What the key or index of an element looks like when it is not known which one it is."""
    kind = value.type.kind
    if kind == "set":
        return any_element(value)
    type_ = NUMBER if kind in ("list", "tuple") else STRING if kind in ("map", "object") else ANY
    reason = "it is not known which element it is"
    content = value.content
    if isinstance(content, Unknown):
        reason = content.reason or reason
    return Value(type_, Unknown("derived", reason, not_null=True))


def leaves(value: Value) -> tuple[Value, ...]:
    """The value itself, or all values of which it is one."""
    unknown = value.unknown
    if unknown is None or not unknown.alternatives:
        return (value,)
    return tuple(leaf for it in unknown.alternatives for leaf in leaves(it))


def without_empty_choices(value: Value) -> Value:
    """The value for what may not exist: where it may be an empty text or another, that is unknown.

    ``var.on ? "acme.okta.com" : ""`` is empty where what it is written for is switched off.
    """
    content = value.content
    if isinstance(content, Unknown) and content.alternatives:
        kept = tuple(
            it.with_content(it.type, Unknown(content.kind, content.reason, not_null=True))
            if it.content == ""
            else without_empty_choices(it)
            for it in content.alternatives
        )
        return value.with_content(value.type, content.but(alternatives=kept))
    if isinstance(content, dict) and content:
        items = {key: without_empty_choices(it) for key, it in content.items()}
        return value.with_content(value.type, items)
    return value


# --- texts ----------------------------------------------------------------------------------------


def concatenation(pieces: Iterable[Piece], origin: Written) -> Value:
    """The string of pieces one after the other; the only one of them where there is just one."""
    joined: list[Piece] = []
    texts: list[str] = []
    for piece in pieces:
        for part in pieces_of(piece) if isinstance(piece, Value) else (piece,):
            if isinstance(part, str):
                texts.append(part)
                continue
            if text := "".join(texts):
                joined.append(text)
            texts = []
            joined.append(part)
    if text := "".join(texts):
        joined.append(text)
    unknown = [piece for piece in joined if isinstance(piece, Value)]
    if not unknown:
        return Value(STRING, normalized("".join(map(str, joined))), origin)
    first = unknown[0]
    if len(joined) == 1:
        content = first.content
        assert isinstance(content, Unknown)
        return first.with_content(STRING, content.but(not_null=True))
    whole = derived(unknown, STRING, origin)
    # What follows a character may change it, where it is a mark and not a letter of ASCII.
    plain = all(isinstance(piece, Value) or piece.isascii() for piece in joined)
    if len(joined) > _MOST_PIECES or not plain:
        return whole
    content = whole.content
    assert isinstance(content, Unknown)
    return whole.with_content(STRING, content.but(text=Text(pieces=tuple(joined))))

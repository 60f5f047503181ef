"""Whether two values are equal: yes, no, or undecided."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.values.addresses import UnknownKey
from symlint.terraform.values.texts import differs as text_differs
from symlint.terraform.values.types import contains_any, element_of
from symlint.terraform.values.value import ObjectReference, Unknown, Value
from symlint.terraform.values.whole_objects import expanded

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.types import Type

_MOST_COMPARISONS = 4096
_NULL = ("null",)


def is_single(reference: Reference) -> bool:
    """Whether the reference names one thing: none of its keys or indexes is unknown."""
    address = reference.address
    return not (
        isinstance(address.key, UnknownKey)
        or any(isinstance(step.key, UnknownKey) for step in address.module)
        or any(isinstance(step, UnknownKey) for step in reference.path)
    )


def same_reference(left: Value, right: Value) -> bool:
    """Whether both values surely are one and the same thing, whatever it turns out to be."""
    reference = left.reference
    return reference is not None and reference == right.reference and is_single(reference)


def equal(left: Value, right: Value) -> bool | None:
    """Whether Terraform's ``==`` holds once everything is known; None when that is undecided.

    Two references to one thing are equal. A value with alternatives is equal, or different, when
    all its alternatives are. As in Terraform, values of different types are never equal: ``1`` is
    not ``"1"`` and a tuple is not a list.
    """
    return _equal(left, right, [_MOST_COMPARISONS])


def identity(value: Value) -> Hashable | None:
    """What two values of one type have alike if they are equal, and only then.

    None where something in the value is not known, and not known to be one thing.
    """
    content = value.content
    if isinstance(content, (Unknown, ObjectReference)):
        reference = content.reference
        return ("reference", reference) if reference and is_single(reference) else None
    if isinstance(content, dict):
        names = sorted(content)
        found = [identity(content[name]) for name in names]
        return None if None in found else ("mapping", *names, *found)
    if isinstance(content, tuple):
        found = list(map(identity, content))
        return None if None in found else ("sequence", *found)
    if isinstance(content, bool):  # which equals a number, to Python
        return "bool", content
    return _NULL if content is None else content


def _equal(left: Value, right: Value, budget: list[int], typed: bool = False) -> bool | None:
    """Likewise; ``typed`` where the types are known not to differ, being parts of such types."""
    if isinstance(left.content, Unknown) or isinstance(right.content, Unknown):
        return _equal_unknown(left, right, budget)
    return _equal_known(left, right, budget, typed)


def _equal_unknown(left: Value, right: Value, budget: list[int]) -> bool | None:
    """The answer where at least one side is unknown."""
    if same_reference(left, right):
        return True
    for one, other in ((left, right), (right, left)):
        unknown = one.unknown
        if unknown is None:
            continue
        if unknown.alternatives:
            budget[0] -= len(unknown.alternatives)
            if budget[0] < 0:
                return None
            return _all_agree(_equal(choice, other, budget) for choice in unknown.alternatives)
        if unknown.not_null and other.is_null:
            return False
        text = other.string
        if text is not None and text_differs(one, text):
            return False
    if left.is_null or right.is_null:
        return None
    both_unknown = left.is_unknown and right.is_unknown
    could_be_null = both_unknown and not (_is_not_null(left) or _is_not_null(right))
    if not could_be_null and differ(left.type, right.type):
        return False
    return None


def _is_not_null(value: Value) -> bool:
    unknown = value.unknown
    return not value.is_null if unknown is None else unknown.not_null


def _all_agree(answers: Iterable[bool | None]) -> bool | None:
    """The common answer, or None when one is undecided or they differ."""
    common: bool | None = None
    for answer in answers:
        if answer is None or (common is not None and common != answer):
            return None
        common = answer
    return common


def differ(left: Type, right: Type) -> bool:
    """Whether no value can be of both types, as far as they are known."""
    if left is right or "any" in (left.kind, right.kind):
        return False
    if left.kind != right.kind:
        return True
    if left.element is not None:
        return differ(left.element, element_of(right))
    if len(left.elements) != len(right.elements) or len(left.attributes) != len(right.attributes):
        return True
    return any(map(differ, left.elements, right.elements)) or any(
        one[0] != other[0] or differ(one[1], other[1])
        for one, other in zip(left.attributes, right.attributes, strict=True)
    )


def _equal_known(left: Value, right: Value, budget: list[int], typed: bool) -> bool | None:
    """The answer where neither side is unknown, though elements may be."""
    one, other = left.content, right.content
    if one is None or other is None:
        return one is other
    if isinstance(one, ObjectReference) or isinstance(other, ObjectReference):
        return _equal_objects(left, right, budget)
    if isinstance(one, str) or isinstance(other, str):
        return (
            one == other
            if isinstance(one, str) and isinstance(other, str)
            else _uncertain(left, right)
        )
    if isinstance(one, bool) or isinstance(other, bool):
        return (
            one is other
            if isinstance(one, bool) and isinstance(other, bool)
            else _uncertain(left, right)
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _equal_sequences(left, one, right, other, budget, typed)
    if type(one) is dict and type(other) is dict:
        return _equal_mappings(left, one, right, other, budget, typed)
    if isinstance(one, (tuple, dict)) or isinstance(other, (tuple, dict)):
        return _uncertain(left, right)
    return one == other


def _uncertain(left: Value, right: Value) -> bool | None:
    """The answer for contents of different kinds: they differ, unless a type is not certain."""
    return None if "any" in (left.type.kind, right.type.kind) else False


def _equal_objects(left: Value, right: Value, budget: list[int]) -> bool | None:
    """The answer where one side is a whole resource or module."""
    if same_reference(left, right):
        return True
    for value in (left, right):
        if not isinstance(value.content, (ObjectReference, dict)):
            return False
    left, right = expanded(left), expanded(right)
    one, other = left.items, right.items
    if one is None or other is None:
        return None
    budget[0] -= len(one)
    return _equal_mappings(left, one, right, other, budget) if budget[0] > 0 else None


def _equal_sequences(
    left: Value,
    one: tuple[Value, ...],
    right: Value,
    other: tuple[Value, ...],
    budget: list[int],
    typed: bool,
) -> bool | None:
    if not typed and differ(left.type, right.type):
        return False
    typed = typed or _are_typed(left, right)
    if not one and not other:
        return _equal_empty(left.type, right.type)
    is_set = "set" in (left.type.kind, right.type.kind)
    if is_set and not (all(map(is_settled, one)) and all(map(is_settled, other))):
        # An element that is not known may turn out to be another element.
        if len(one) != len(other):
            return None
        pairs = zip(one, other, strict=True)
        return True if all(_equal(a, b, budget, typed) for a, b in pairs) else None
    if len(one) != len(other):
        return False
    return _conjunction(_equal(a, b, budget, typed) for a, b in zip(one, other, strict=True))


def is_settled(value: Value) -> bool:
    """Whether nothing in the value is unknown."""
    content = value.content
    if isinstance(content, (Unknown, ObjectReference)):
        return False
    if isinstance(content, tuple):
        return all(map(is_settled, content))
    if isinstance(content, dict):
        return all(map(is_settled, content.values()))
    return True


def _equal_mappings(
    left: Value,
    one: Mapping[str, Value],
    right: Value,
    other: Mapping[str, Value],
    budget: list[int],
    typed: bool = False,
) -> bool | None:
    if (not typed and differ(left.type, right.type)) or one.keys() != other.keys():
        return False
    typed = typed or _are_typed(left, right)
    if not one:
        return _equal_empty(left.type, right.type)
    return _conjunction(_equal(value, other[key], budget, typed) for key, value in one.items())


def _are_typed(left: Value, right: Value) -> bool:
    """Whether the types of parts need no comparison, where those of the wholes do not differ."""
    return not (contains_any(left.type) or contains_any(right.type))


def _equal_empty(left: Type, right: Type) -> bool:
    """Two empty collections: the element type of the one that nothing is known of counts."""
    if left.element is None or right.element is None:
        return True
    return left == right


def _conjunction(answers: Iterable[bool | None]) -> bool | None:
    """False when one is false, else None when one is undecided, else True."""
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            result = None
    return result

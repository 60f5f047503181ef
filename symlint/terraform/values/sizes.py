"""What values cost: how large they may be, and the steps of the budget that work on them takes.

A step is a fifth of a microsecond, or 15 bytes of what is made and kept: a configuration of a
megabyte, which may spend twenty million, ends within six seconds and 450 MB. All numbers here and
in the functions were measured against that, on a core of 2.5 GHz with CPython 3.11.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.budget import TOO_MUCH_WORK
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.numbers import steps_of_number
from symlint.terraform.values.types import PRIMITIVE_KINDS
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from symlint.budget import Budget
    from symlint.terraform.values.types import Type
    from symlint.terraform.values.value import Value

MOST_PARTS: Final = 1_000_000
DEEPEST: Final = 100
STEPS_PER_PART: Final = 6
"""What an element or attribute costs that is made: 80 bytes, half a microsecond."""

_STEPS_PER_PART_FILLED: Final = 8
"""What a part costs that is counted, and made where the value does not have it."""

_STEPS_PER_COLLECTION_COUNTED: Final = 12
"""What a collection costs whose parts are counted, each time it is put into another one."""

_STEPS_PER_OBJECT: Final = 200
_NO_NUMBERS: Final = (bool, tuple, dict, Unknown)
_SIMPLE: Final = frozenset((str, bool, int, type(None)))
"""Contents that have no parts; most have none."""

_WITHOUT_PARTS: Final = PRIMITIVE_KINDS | {"any"}

_STEPS_PER_VISIT: Final = 10
_STEPS_PER_COLLECTION_VISITED: Final = 30
"""What a part costs that is converted, compared, or written, and what it costs more if it has parts."""


def steps_of_text(text: str) -> int:
    """What making a text costs: by its memory, or by bringing it into Unicode's normal form."""
    return 1 + (len(text) // 8 if text.isascii() else len(text) * 2)


def spend_on(values: Collection[Value], budget: Budget) -> bool:
    """Take what it costs to convert, compare or write values, and all parts of them.

    False when the budget does not allow it. Parts that occur several times count every time.
    """
    level = [values]
    depth = 0
    while level:
        inside: list[Collection[Value]] = []
        for parts in level:
            # What is asked of a type is asked again for each type in it.
            # They are paid for before they are looked at: what is too much may be asked for again and again.
            if not budget.spend(len(parts) * (_STEPS_PER_VISIT + depth // 4)):
                return False
            steps = 0
            for part in parts:
                content = part.content
                if isinstance(content, str):
                    steps += len(content) // 16
                elif within := _parts(part):
                    inside.append(within)
                    steps += _STEPS_PER_COLLECTION_VISITED
                elif isinstance(content, ObjectReference):
                    steps += _STEPS_PER_OBJECT
                elif content is not None and not isinstance(content, _NO_NUMBERS):
                    steps += steps_of_number(content)  # type: ignore[arg-type]  # a number
            if not budget.spend(steps):
                return False
        level = inside
        depth += 1
    return True


def may_convert(value: Value, budget: Budget) -> bool:
    """Whether the budget allows to convert a value; what its parts take is spent.

    Many blocks may have the same large value.
    """
    return type(value.content) not in (dict, tuple) or spend_on((value,), budget)


def within_bounds(elements: Iterable[Value], budget: Budget) -> bool:
    """Whether a collection of these elements is small enough to be made.

    Parts that occur several times count every time: ``[b, b]`` of ``b = [c, c]`` has four. What
    a value may be is a part of it. All who go through values, by whatever path, then have a
    bounded distance to go, and need no bound on their depth. The parts are taken from the budget,
    and so is the work of counting them.
    """
    known: dict[int, _Size] | None = None
    counted = 0
    for element in elements:
        if type(element.content) in _SIMPLE:
            continue
        known = {} if known is None else known
        counted += _size(element, known, 0).parts
        if counted > MOST_PARTS:
            budget.give_up(TOO_MUCH_WORK)
            budget.lose()
            return False
    steps = 1 + counted + (len(known) * _STEPS_PER_COLLECTION_COUNTED if known else 0)
    if budget.remaining >= steps:
        budget.remaining -= steps
        return True
    budget.give_up(TOO_MUCH_WORK)
    budget.lose()
    return False


class _Size(NamedTuple):
    """How many parts there are, those in parts included, and on how many levels."""

    parts: int
    levels: int


_NOTHING: Final = _Size(0, 0)
_TOO_LARGE: Final = _Size(MOST_PARTS + 1, DEEPEST + 1)


def _size(value: Value, known: dict[int, _Size], depth: int) -> _Size:
    """The size of a value; what occurs in several is gone through once."""
    parts = _parts(value)
    if not parts:
        return _NOTHING
    content = id(value.content)
    size = known.get(content)
    if size is None:
        size = known[content] = _count(parts, known, depth + 1)
    return size


def _count(parts: Collection[Value], known: dict[int, _Size], depth: int) -> _Size:
    if depth > DEEPEST:
        return _TOO_LARGE
    counted, levels = len(parts), 1
    for part in parts:
        if type(part.content) in _SIMPLE:
            continue
        size = _size(part, known, depth)
        counted += size.parts
        levels = max(levels, 1 + size.levels)
        if counted > MOST_PARTS or levels > DEEPEST:
            return _TOO_LARGE
    return _Size(counted, levels)


def _parts(value: Value) -> Collection[Value] | None:
    content = value.content
    if isinstance(content, tuple):
        return content
    if isinstance(content, dict):
        return content.values()
    if isinstance(content, Unknown):
        parts = content.alternatives + content.layers
        return parts if content.element is None else (*parts, content.element)
    return None


def may_be_filled_in(value: Value, type_: Type, budget: Budget) -> bool:
    """Whether a value is small enough to have what a type can add to it, with all optional attributes.

    Its parts are taken from the budget. Where they are too many, that is noted as given up.
    """
    most = min(MOST_PARTS, budget.remaining // _STEPS_PER_PART_FILLED)
    parts = _parts_of(value, type_, most)
    if parts > most:
        budget.give_up(TOO_MUCH_WORK)
        budget.lose()
        return False
    return budget.spend(parts * _STEPS_PER_PART_FILLED)


def _parts_of(value: Value | None, type_: Type, most: int) -> int:
    """The parts of a value of a type, what can be left out included; more than ``most`` at once."""
    if type_.kind in _WITHOUT_PARTS:
        return 1
    content = None if value is None else value.content
    pairs: Iterable[tuple[Value | None, Type]] = ()
    if type_.attributes:
        items = content if isinstance(content, dict) else {}
        pairs = ((items.get(name), attribute) for name, attribute in type_.attributes)
    elif type_.element is not None and isinstance(content, (tuple, dict)):
        element = type_.element
        if element.kind in _WITHOUT_PARTS:
            return 1 + len(content)
        parts = content if isinstance(content, tuple) else content.values()
        pairs = ((part, element) for part in parts)
    elif isinstance(content, tuple):
        pairs = zip(content, type_.elements, strict=False)
    counted = 1
    for part, of_type in pairs:
        counted += _parts_of(part, of_type, most - counted)
        if counted > most:
            break
    return counted

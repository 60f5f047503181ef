"""``count`` and ``for_each``: which instances a block has, as far as that is known.

https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.addresses import UNKNOWN_KEY
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.unknowns import BUDGET_REASON
from symlint.terraform.values.value import Unknown, Value, number, string, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.budget import Budget
    from symlint.source.text import Range
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.values.addresses import InstanceKey
    from symlint.terraform.values.value import Hop

_STEPS_PER_INSTANCE: Final = 400
"""What an instance of a block costs of the budget, in steps: rules look at each, and evaluate it."""

_STEPS_PER_ELEMENT: Final = 6
"""What an element of a set costs that is looked at, whether or not it makes an instance."""

_LARGEST_SHARE: Final = 2
"""One block may make instances with one half of what is left of the budget."""

_TOO_MANY: Final = (
    "it has blocks with too many instances to look at each of them: mistakes in those that are not "
    "told apart may be missed"
)

_FIRST: Final = 100
"""The instances that are told apart of a block that has too many of them."""

Mode: TypeAlias = Literal["single", "count", "for_each"]


class Repetition(NamedTuple):
    """What ``each`` and ``count.index`` are in one instance.

    ``certain`` when there surely is such an instance.
    """

    key: InstanceKey = None
    each_key: Value | None = None
    each_value: Value | None = None
    count_index: Value | None = None
    certain: bool = True


class Expansion(NamedTuple):
    """The instances of a block.

    ``complete`` when these are surely all of them and all surely exist. Otherwise ``reason`` says
    why that is not known; the repetition with ``UNKNOWN_KEY``, if there is one, stands for
    instances that cannot be distinguished. ``failed`` when ``count`` or ``for_each`` is in error.
    """

    mode: Mode
    repetitions: tuple[Repetition, ...]
    complete: bool = True
    reason: str = ""
    failed: bool = False


SINGLE: Final = Expansion("single", (Repetition(),))


def symbolic_repetition(mode: Mode, reason: str, element: Value | None = None) -> Repetition:
    """The repetition that stands for all instances whose keys are not known."""
    return repetition_for_key(mode, UNKNOWN_KEY, reason, element)


def repetition_for_key(
    mode: Mode, key: InstanceKey, reason: str, element: Value | None = None
) -> Repetition:
    """The repetition of an instance that may exist; its key may be known from a reference."""
    if mode == "count":
        index = number(key) if isinstance(key, int) else unknown("condition", reason, not_null=True)
        return Repetition(key, count_index=index, certain=False)
    each_key = string(key) if isinstance(key, str) else unknown("condition", reason, not_null=True)
    each_value = element if element is not None else unknown("condition", reason)
    return Repetition(key, each_key=each_key, each_value=each_value, certain=False)


def not_known(mode: Mode, reason: str, element: Value | None = None) -> Expansion:
    """The expansion of a block of which nothing is known but that it may have instances."""
    return Expansion(mode, (symbolic_repetition(mode, reason, element),), False, reason)


def _failed(mode: Mode, reason: str) -> Expansion:
    return not_known(mode, reason)._replace(failed=True)


def _refuse(scope: Scope, mode: Mode, range_: Range, message: str, help_: str = "") -> Expansion:
    scope.report(Problem("structure", range_, message, help=help_))
    return _failed(mode, "it is in error")


def _affordable(budget: Budget, count: int) -> int:
    """How many of the instances of a block can be told apart; what they cost is spent."""
    most = min(budget.for_instances, budget.remaining) // _LARGEST_SHARE // _STEPS_PER_INSTANCE
    some = count if count <= most else min(_FIRST, most)
    budget.spend_on_instances(some * _STEPS_PER_INSTANCE, _TOO_MANY)
    if some < count:
        budget.give_up(_TOO_MANY)
    return some


def _told_apart(mode: Mode, repetitions: tuple[Repetition, ...], count: int) -> Expansion:
    """The expansion of a block with ``count`` instances, of which some are told apart."""
    if len(repetitions) == count:
        return Expansion(mode, repetitions)
    reason = f"{count} instances are too many to tell apart"
    return Expansion(mode, (*repetitions, symbolic_repetition(mode, reason)), False, reason)


# --- enabled ------------------------------------------------------------------------------------


def expand_enabled(value: Value) -> Expansion:
    """The one instance that OpenTofu makes, or does not make, by ``enabled`` in ``lifecycle``."""
    content = value.content
    if content is True or content == "true":
        return SINGLE
    if content is False or content == "false":
        return Expansion("single", (), reason="it is not enabled")
    reason = content.reason if isinstance(content, Unknown) else "it may not be enabled"
    return Expansion("single", (Repetition(certain=False),), False, reason)


# --- count --------------------------------------------------------------------------------------


def expand_count(value: Value, range_: Range, scope: Scope) -> Expansion:
    """The instances that ``count = value`` makes; mistakes are reported to ``scope``."""
    # A sensitive count is accepted, other than a sensitive for_each: its keys are numbers.
    content = value.content
    if isinstance(content, Unknown):
        return _count_of_unknown(content)
    if content is None:
        return _refuse(scope, "count", range_, "count is null", "give a whole number")
    size = _whole_number(content)
    if size is None or size < 0:
        described = describe(value)
        return _refuse(
            scope,
            "count",
            range_,
            f"count must be a whole number from zero, and is {described}",
        )
    return _counted(size, value.origin, scope.budget)


def _counted(size: int, origin: Range | None, budget: Budget) -> Expansion:
    indexes = range(_affordable(budget, size))
    repetitions = tuple(Repetition(i, count_index=number(i, origin)) for i in indexes)
    return _told_apart("count", repetitions, size)


def _count_of_unknown(content: Unknown) -> Expansion:
    """A count of which it is known that it is one of a few numbers has those instances at most."""
    sizes = []
    for alternative in content.alternatives:
        size = None if alternative.sensitive else _whole_number(alternative.content)
        if size is None:
            break
        sizes.append(size)
    if sizes and len(sizes) == len(content.alternatives) and 0 < max(sizes) <= 100:
        surely = min(sizes)
        repetitions = tuple(
            Repetition(i, count_index=number(i), certain=i < surely) for i in range(max(sizes))
        )
        return Expansion("count", repetitions, surely == max(sizes), content.reason)
    return not_known("count", content.reason)


def _whole_number(content: object) -> int | None:
    if isinstance(content, bool):
        return None
    if isinstance(content, int):
        return content
    if isinstance(content, str):
        text = content.removeprefix("-")
        return int(content) if len(text) < 20 and text.isascii() and text.isdigit() else None
    return None


# --- for_each -----------------------------------------------------------------------------------


def expand_for_each(value: Value, range_: Range, scope: Scope) -> Expansion:
    """The instances that ``for_each = value`` makes; mistakes are reported to ``scope``."""
    if value.sensitive:
        return _refuse(
            scope, "for_each", range_, "for_each is sensitive: instance keys would reveal the value"
        )
    content = value.content
    if isinstance(content, Unknown):
        return _for_each_of_unknown(value, content, range_, scope)
    if content is None:
        return _refuse(
            scope, "for_each", range_, "for_each is null", "give a map or a set of strings"
        )
    if isinstance(content, dict):
        return _mapped(content, value.hops, scope)
    if isinstance(content, tuple):
        if value.type.kind == "set":
            return _from_set(content, value.hops, range_, scope)
        return _unsuitable(value, range_, scope)
    target = value.object_reference
    if target is not None:
        if not target.closed:
            return not_known("for_each", f"the attributes of {target.reference} are not known")
        names = {name: target.attribute(name) for name in target.names()}
        return _mapped({name: v for name, v in names.items() if v is not None}, (), scope)
    return _unsuitable(value, range_, scope)


def _unsuitable(value: Value, range_: Range, scope: Scope) -> Expansion:
    help_ = ""
    if value.type.kind in ("tuple", "list"):
        help_ = "make a set of it with toset(...), or a map with a for expression"
    return _refuse(
        scope,
        "for_each",
        range_,
        f"for_each must be a map or a set of strings, and is {describe(value)}",
        help_,
    )


def _mapped(content: dict[str, Value], hops: tuple[Hop, ...], scope: Scope) -> Expansion:
    """The instances for the elements of a map that has come by ``hops``."""
    count = len(content)
    if not scope.budget.spend(count):
        return not_known("for_each", BUDGET_REASON)
    keys = sorted(content)[: _affordable(scope.budget, count)]
    repetitions = tuple([_repetition(key, content[key].with_hops(hops)) for key in keys])
    return _told_apart("for_each", repetitions, count)


def _repetition(key: str, value: Value) -> Repetition:
    return Repetition(key, each_key=string(key, value.origin), each_value=value)


def _from_set(
    content: tuple[Value, ...], hops: tuple[Hop, ...], range_: Range, scope: Scope
) -> Expansion:
    """The instances for the elements of a set that has come by ``hops``."""
    if not scope.budget.spend(len(content) * _STEPS_PER_ELEMENT):
        return not_known("for_each", BUDGET_REASON)
    affordable = _affordable(scope.budget, len(content))
    repetitions = []
    symbolic: Repetition | None = None
    reason = ""
    for written in content:
        element = written.with_hops(hops)
        text = element.string
        if text is not None:
            if element.sensitive:
                return _refuse(
                    scope, "for_each", range_, "for_each contains a sensitive value as a key"
                )
            repetitions.append(Repetition(text, each_key=element, each_value=element))
        elif element.unknown is not None:
            reason = element.unknown.reason
            symbolic = Repetition(UNKNOWN_KEY, element, element, certain=False)
        elif element.is_null:
            return _refuse(scope, "for_each", range_, "for_each contains null")
        else:
            message = f"for_each is a set of {describe(element)} values, and must be one of strings"
            return _refuse(scope, "for_each", range_, message, "convert the elements with tostring")
    if symbolic is not None:
        return Expansion("for_each", (*repetitions, symbolic), False, reason)
    return _told_apart("for_each", tuple(repetitions[:affordable]), len(content))


def _for_each_of_unknown(value: Value, content: Unknown, range_: Range, scope: Scope) -> Expansion:
    kind = value.type.kind
    if kind in ("string", "number", "bool", "list", "tuple") and content.kind != "error":
        return _unsuitable(value, range_, scope)
    known = list(_known_maps(content))
    if known and len(known) == len(content.alternatives):
        repetitions: dict[str, Repetition] = {}
        for keys in known:
            for repetition in keys:
                assert isinstance(repetition.key, str)
                repetitions.setdefault(repetition.key, repetition)
        if len(repetitions) <= 100:
            complete = all(len(keys) == len(repetitions) for keys in known)
            ordered = tuple(
                repetitions[key]._replace(
                    certain=all(any(r.key == key for r in keys) for keys in known)
                )
                for key in sorted(repetitions)
            )
            return Expansion("for_each", ordered, complete, content.reason)
    return not_known("for_each", content.reason, content.element)


def _known_maps(content: Unknown) -> Iterator[tuple[Repetition, ...]]:
    """The instances of each alternative that is a known map or set of strings."""
    for alternative in content.alternatives:
        inner = alternative.content
        if isinstance(inner, dict):
            yield tuple(_repetition(key, value) for key, value in sorted(inner.items()))
        elif isinstance(inner, tuple) and all(e.string is not None for e in inner):
            yield tuple(Repetition(e.string, each_key=e, each_value=e) for e in inner)


def describe(value: Value) -> str:
    """The kind of a value in a few words, a short known number or string with its text."""
    content = value.content
    if value.sensitive or isinstance(content, Unknown):
        return f"a {value.type.kind}"
    if content is None:
        return "null"
    if isinstance(content, bool):
        return "a bool"
    if isinstance(content, str):
        return "a string"
    if isinstance(content, (tuple, dict)):
        return f"a {value.type.kind}" if value.type.kind != "object" else "an object"
    if value.object_reference is not None:
        return "an object"
    return f"the number {content}" if isinstance(content, int) else "a fractional number"

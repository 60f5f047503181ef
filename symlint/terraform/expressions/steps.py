"""Attribute access and indexing: ``value.name`` and ``value[key]``.

The rules are those of ``hcl.GetAttr`` and ``hcl.Index`` (github.com/hashicorp/hcl, ``ops.go``).
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range
from symlint.terraform.expressions.local_scope import HoldingScope
from symlint.terraform.values.addresses import UNKNOWN_KEY, quote
from symlint.terraform.values.conversion import ConversionError, convert, primitive_text
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.problems import Problem, RelatedRange
from symlint.terraform.values.types import ANY, NUMBER, STRING, Type, element_of, friendly_name
from symlint.terraform.values.unknowns import (
    any_element,
    error_value,
    is_error,
    merged_part,
    one_of,
    over_budget,
)
from symlint.terraform.values.value import Hop, ObjectReference, OutputObject, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from symlint.hcl.nodes import Expression
    from symlint.source.text import SourceFile
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.values.problems import ProblemKind

_MOST_NAMES = 12
_STEPS_PER_CHOICE = 20
"""What a step costs for each value that it may be taken from, or lead to."""
_MOST_CANDIDATES = 500
_STEPS_PER_NAME = 8
"""What it costs to say of each name that there is, beside the one that is not."""


class Access(NamedTuple):
    """Where a step stands: the expression that it ends begins at ``start``.

    ``expression`` goes on from there to the last of all steps.
    """

    scope: Scope
    source: SourceFile
    start: int
    step_start: int
    end: int
    expression: Expression | None = None

    @property
    def whole(self) -> Range:
        """The range of the expression up to and with the step."""
        return self.source.stretch(self.start, self.end)

    @property
    def step(self) -> Range:
        """The range of the step alone."""
        return Range(self.source, self.step_start, self.end)

    def refuse(
        self,
        message: str,
        kind: ProblemKind = "expression",
        help_: str = "",
        suggestion: str | None = None,
    ) -> Value:
        """Report what Terraform would refuse; the value of an expression in error."""
        problem = Problem(kind, self.step, message, help=help_, suggestion=suggestion)
        self.scope.report(problem)
        return error_value(origin=self.whole)

    def holding(self) -> Access:
        """The same place, problems kept for later."""
        return self._replace(scope=HoldingScope(self.scope))


def _inherit(child: Value, parent: Value) -> Value:
    """A part of a value took the path of the whole, and is as sensitive."""
    if parent.hops:
        child = child.with_hops(parent.hops)
    return child.as_sensitive() if parent.sensitive else child


# --- attributes ---------------------------------------------------------------------------------


def attribute_of(value: Value, name: str, access: Access) -> Value:
    """``value.name``. Mistakes are reported; unknown values are followed as far as possible."""
    content = value.content
    if isinstance(content, dict):
        child = content.get(name)
        if child is None:
            return _missing(value, name, content, access)
        return _inherit(child, value)
    if isinstance(content, ObjectReference):
        return _attribute_of_reference(value, content, name, access)
    if isinstance(content, Unknown):
        return _attribute_of_unknown(value, content, name, access)
    if content is None:
        return access.refuse("attempt to get an attribute of null")
    return _no_attributes(value.type, name, access)


def _attribute_of_reference(
    value: Value, content: ObjectReference, name: str, access: Access
) -> Value:
    if isinstance(content, OutputObject):
        return _attribute_of_output(value, content, name, access)
    child = content.attribute(name)
    reference = content.reference
    if child is None:
        return access.refuse(
            f"{reference} has no attribute {quote(name)}",
            "attribute",
            *_advice(name, content.names(), access),
        )
    part = child.reference
    if (
        part is None
        or part.address is not reference.address
        or part.path != (*reference.path, name)
    ):
        # Otherwise it is equal, and kept anyway.
        part = reference.step(name)
    hop = Hop(part, access.whole, access.expression)
    return _inherit(child, value).with_hop(hop)


def _attribute_of_output(value: Value, content: OutputObject, name: str, access: Access) -> Value:
    """A part of an output; one that it surely lacks is reported, and remains what it is called."""
    child = content.attribute(name)
    if child is None:
        help_, suggestion = _advice(name, content.names(), access)
        problem = Problem(
            "module-attribute",
            access.step,
            content.missing(name),
            help=help_,
            related=() if value.origin is None else (RelatedRange(value.origin, "the module"),),
            suggestion=suggestion,
        )
        access.scope.report(problem)
        unknown = Unknown("module", "there is no such attribute", content.reference.step(name))
        child = Value(ANY, unknown, value.written)
    return _inherit(child, value)


def _missing(
    value: Value, name: str, names: Collection[str], access: Access, hidden: bool = False
) -> Value:
    """Report that there is no such name; ``hidden`` when the name is a sensitive value."""
    is_map = value.type.kind == "map"
    if hidden:
        return access.refuse("there is no element with this sensitive key", "attribute")
    message = f"this {'map has no element' if is_map else 'object has no attribute'} {quote(name)}"
    if value.sensitive:
        return access.refuse(message, "attribute")
    return access.refuse(message, "attribute", *_advice(name, names, access))


def _advice(name: str, names: Collection[str], access: Access) -> tuple[str, str | None]:
    """What there is instead of ``name``, and the one that is close to it; a short name, or one of
    many, is no guess."""
    if not names or not access.scope.budget.spend(len(names) * _STEPS_PER_NAME):
        return "", None
    from symlint.source.close_names import close_name

    known = sorted(names)
    shown = ", ".join(known[:_MOST_NAMES])
    help_ = f"it has {shown}{' and others' if len(known) > _MOST_NAMES else ''}"
    guess = len(name) > 3 and len(known) <= _MOST_CANDIDATES
    return help_, close_name(name, known) if guess else None


def _no_attributes(type_: Type, name: str, access: Access) -> Value:
    if type_.kind in ("list", "set", "tuple"):
        help_ = f"take one element, or all of them with [*].{name}"
        return access.refuse(f"a {friendly_name(type_)} has no attributes", help_=help_)
    return access.refuse(f"a {friendly_name(type_)} has no attributes")


def _attribute_of_unknown(value: Value, content: Unknown, name: str, access: Access) -> Value:
    if content.kind == "error":
        return error_value(content.reason, access.whole)
    if content.alternatives:
        return _each_alternative(
            value, content, name, access, lambda choice, to: attribute_of(choice, name, to)
        )
    type_ = value.type
    inner = ANY
    if type_.kind == "object":
        attribute = type_.attribute(name)
        if attribute is None:
            return _missing(value, name, [key for key, _ in type_.attributes], access)
        inner = attribute
    elif type_.kind == "map":
        inner = element_of(type_)
    elif type_.kind != "any":
        return _no_attributes(type_, name, access)
    if content.layers:
        part, certain = merged_part(content, name)
        if certain:
            return _inherit(part, value) if part else _missing(value, name, (), access)
    if content.element is not None:
        return _inherit(content.element, value)
    child = Value(inner, _part_of_unknown(content, name), value.written)
    return _inherit(child, value)


def _part_of_unknown(content: Unknown, step: str | int) -> Unknown:
    """What is known of a part of something unknown."""
    reference = content.reference.step(step) if content.reference is not None else None
    return Unknown(content.kind, content.reason, reference)


def _each_alternative(
    value: Value,
    content: Unknown,
    key: str | int | None,
    access: Access,
    take: Callable[[Value, Access], Value],
) -> Value:
    """The step taken from each alternative; those that do not have it cannot be meant."""
    found: list[Value] = []
    problems: list[Problem] = []
    if not access.scope.budget.spend(len(content.alternatives) * _STEPS_PER_CHOICE):
        return over_budget(access.whole)
    for choice in content.alternatives:
        holding = HoldingScope(access.scope)
        result = take(choice, access._replace(scope=holding))
        if holding.held:
            problems.extend(holding.held)
        else:
            found.append(result)
    if not found:
        for problem in problems[:1]:
            access.scope.report(problem)
        return error_value(origin=access.whole)
    reference = content.reference
    if reference is not None:
        reference = reference.step(UNKNOWN_KEY if key is None else key)
    child = one_of(found, content.reason, content.kind, origin=value.written, reference=reference)
    return _inherit(child, value)


# --- indexes ------------------------------------------------------------------------------------


def index_of(value: Value, key: Value, access: Access) -> Value:
    """``value[key]``. Mistakes are reported; unknown values are followed as far as possible."""
    result = _index_of(value, key, access)
    return result.as_sensitive() if key.sensitive else result


def _index_of(value: Value, key: Value, access: Access) -> Value:
    content = value.content
    if is_error(value) or is_error(key):
        return error_value(origin=access.whole)
    if content is None:
        return access.refuse("attempt to index null")
    if key.content is None:
        return access.refuse("the index is null")
    if isinstance(key.content, (tuple, dict, ObjectReference)):
        return access.refuse(f"a {friendly_name(key.type)} cannot be an index")
    if isinstance(content, (str, int)) or not _has_elements(content):
        return access.refuse(f"a {friendly_name(value.type)} has no elements to index")
    if value.type.kind == "set" and not _in_error(value):
        return access.refuse(
            "the elements of a set have no index", help_="make a list of it with tolist(...)"
        )
    if isinstance(key.content, Unknown):
        return _index_with_unknown(value, key, key.content, access)
    if isinstance(content, tuple):
        return _index_sequence(value, content, key, access)
    if isinstance(content, Unknown):
        return _index_of_unknown(value, content, key, access)
    name = primitive_text(key)
    if isinstance(content, dict):
        child = content.get(name)
        if child is None:
            return _missing(value, name, content, access, key.sensitive)
        return _inherit(child, value)
    assert isinstance(content, ObjectReference)
    if key.type.kind == "number":
        return access.refuse(
            f"{content.reference} is a single object and has no index",
            help_="it is not declared with count: leave the index out",
        )
    return _attribute_of_reference(value, content, name, access)


def _has_elements(content: object) -> bool:
    return isinstance(content, (tuple, dict, Unknown, ObjectReference))


def _in_error(value: Value) -> bool:
    content = value.content
    return isinstance(content, Unknown) and content.kind in ("error", "budget")


def _position(key: Value, access: Access) -> int | None:
    """The place that a known key stands for in a sequence; None when it is refused."""
    try:
        content = key.content if type(key.content) is int else convert(key, NUMBER).content
    except ConversionError:
        access.refuse(f"a list is indexed with whole numbers, not with a {key.type.kind}")
        return None
    if isinstance(content, Unknown) or not isinstance(content, int):
        access.refuse("a list is indexed with whole numbers, and this one has a fractional part")
        return None
    if content < 0:
        access.refuse("a list is indexed from 0, and this index is negative")
        return None
    return content


def _index_sequence(value: Value, content: tuple[Value, ...], key: Value, access: Access) -> Value:
    position = _position(key, access)
    if position is None:
        return error_value(origin=access.whole)
    if position < len(content):
        return _inherit(content[position], value)
    if not content:
        return access.refuse("the list is empty")
    if key.sensitive:
        return access.refuse("the index is out of range")
    return access.refuse(
        f"index {format_number(position)} is out of range; the last index is {len(content) - 1}"
    )


def _index_of_unknown(value: Value, content: Unknown, key: Value, access: Access) -> Value:
    """An unknown collection with a known key."""
    step: str | int = primitive_text(key)
    if content.alternatives:
        return _each_alternative(
            value, content, step, access, lambda choice, to: _index_of(choice, key, to)
        )
    type_ = value.type
    inner = element_of(type_) if type_.element is not None else ANY
    in_error = _in_error(value)
    if type_.kind in ("list", "tuple") and not in_error:
        position = _position(key, access)
        if position is None:
            return error_value(origin=access.whole)
        step = position
        if type_.kind == "tuple":
            if position >= len(type_.elements):
                last = len(type_.elements) - 1
                return access.refuse(f"index {position} is out of range; the last index is {last}")
            inner = type_.elements[position]
    elif type_.kind == "object" and not in_error:
        attribute = type_.attribute(str(step))
        if attribute is None:
            names = [name for name, _ in type_.attributes]
            return _missing(value, str(step), names, access, key.sensitive)
        inner = attribute
    elif type_.kind in ("string", "number", "bool") and not in_error:
        return access.refuse(f"a {type_.kind} has no elements to index")
    elif isinstance(key.content, int) and not isinstance(key.content, bool):
        step = key.content
    if content.layers:
        part, certain = merged_part(content, str(step))
        if certain:
            return _inherit(part, value) if part else _missing(value, str(step), (), access)
    if content.element is not None:
        return _inherit(content.element, value)
    child = Value(inner, _part_of_unknown(content, step), value.written)
    return _inherit(child, value)


def _index_with_unknown(value: Value, key: Value, unknown: Unknown, access: Access) -> Value:
    """Any collection with a key that is not known."""
    if unknown.alternatives:
        return _each_key(value, unknown, access)
    kind = value.type.kind
    if kind in ("string", "number", "bool") and not _in_error(value):
        return access.refuse(f"a {kind} has no elements to index")
    content = value.content
    if isinstance(content, Unknown) and content.alternatives:
        return _each_alternative(
            value, content, None, access, lambda choice, to: _index_of(choice, key, to)
        )
    if isinstance(content, (tuple, dict)) and not access.scope.budget.spend(
        len(content) * _STEPS_PER_CHOICE
    ):
        return over_budget(access.whole)
    element = any_element(value)
    if isinstance(element.content, Unknown) and not isinstance(content, Unknown):
        inner = element.content
        reason = unknown.reason or inner.reason
        changed = Unknown(
            "error" if unknown.kind == "error" else inner.kind,
            reason,
            inner.reference,
            inner.element,
            inner.alternatives,
            inner.not_null,
        )
        element = element.with_content(element.type, changed)
    return element.as_sensitive() if value.sensitive else element


def _each_key(value: Value, unknown: Unknown, access: Access) -> Value:
    """The elements under each of the keys that it may be."""
    found: list[Value] = []
    problems: list[Problem] = []
    if not access.scope.budget.spend(len(unknown.alternatives) * _STEPS_PER_CHOICE):
        return over_budget(access.whole)
    for choice in unknown.alternatives:
        holding = HoldingScope(access.scope)
        result = _index_of(value, choice, access._replace(scope=holding))
        if holding.held:
            problems.extend(holding.held)
        else:
            found.append(result)
    if not found:
        for problem in problems[:1]:
            access.scope.report(problem)
        return error_value(origin=access.whole)
    return one_of(found, unknown.reason, unknown.kind, origin=value.written)


def constant_key(key: str | int) -> Value:
    """The value of a constant key."""
    return Value(STRING if isinstance(key, str) else NUMBER, key)

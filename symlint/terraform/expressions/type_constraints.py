"""The ``type`` of a variable: type constraints with optional attributes and their defaults.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints; the rules are
those of github.com/hashicorp/hcl (``ext/typeexpr``), and of Terraform for the quoted types of old
(``type = "string"``).
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import Call, Literal, Object, Parenthesis, Traversal, Tuple
from symlint.hcl.walk import walk
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.expressions.local_scope import NoFiles
from symlint.terraform.values.addresses import quote
from symlint.terraform.values.conversion import ConversionError, convert, type_of
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.sets import set_content
from symlint.terraform.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)
from symlint.terraform.values.unification import unify
from symlint.terraform.values.unknowns import error_value
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.budget import Budget
    from symlint.hcl.nodes import Expression, ObjectItem
    from symlint.terraform.functions.files import Files
    from symlint.terraform.values.value import Value

    Report = Callable[[Problem], None]

_PRIMITIVES: Final = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": ANY}
_QUOTED: Final = {"string": STRING, "list": list_of(ANY), "map": map_of(ANY)}
_COLLECTIONS: Final = ("list", "set", "map")
_DEFAULT_STEPS: Final = 1_000_000


class Defaults(NamedTuple):
    """The defaults of optional attributes in a type.

    ``values`` are those of the attributes of an object type; ``children`` those further inside,
    by attribute name or tuple index, or ``None`` for every element of a collection.
    """

    values: Mapping[str, Value]
    children: Mapping[str | int | None, Defaults]


class Constraint(NamedTuple):
    """A type constraint: what values are converted to, and what is filled in before."""

    type: Type
    defaults: Defaults | None = None


ANY_CONSTRAINT: Final = Constraint(ANY)


def parse_constraint(expression: Expression, report: Report | None = None) -> Constraint:
    """The constraint that ``type = expression`` stands for.

    What is not a type is reported (kind "structure") and counts as ``any``.
    """
    text = expression.value if isinstance(expression, Literal) else None
    if isinstance(text, str):
        _Parser(report).refuse(expression, f"the type {quote(text)} is in quotes: write it without")
        return Constraint(_QUOTED.get(text, ANY))
    name = _keyword(expression)
    if name in ("list", "map"):
        return Constraint(_QUOTED[name])
    return _Parser(report).parse(expression)


def apply_defaults(value: Value, constraint: Constraint) -> Value:
    """``value`` with the defaults of optional attributes that are missing or null filled in."""
    return value if constraint.defaults is None else _apply(value, constraint.defaults)


def _keyword(expression: Expression) -> str:
    if isinstance(expression, Traversal) and not expression.steps:
        return expression.root
    return ""


class _Parser:
    """Reads type constraints, and reports what is not one."""

    __slots__ = ("_report",)

    def __init__(self, report: Report | None) -> None:
        self._report: Final = report

    def refuse(self, node: Expression | ObjectItem, message: str) -> Constraint:
        if self._report is not None:
            self._report(Problem("structure", node.range, message))
        return ANY_CONSTRAINT

    def parse(self, expression: Expression) -> Constraint:
        """Any type; parentheses mean nothing here but to Terraform, which refuses them."""
        name = _keyword(expression)
        if name in _PRIMITIVES:
            return Constraint(_PRIMITIVES[name])
        if name in _COLLECTIONS:
            return self.refuse(expression, f"{name} needs the type of its elements: {name}(string)")
        if name == "object":
            return self.refuse(expression, "object needs its attributes: object({ name = string })")
        if name == "tuple":
            return self.refuse(expression, "tuple needs the types of its elements: tuple([string])")
        if name:
            return self.refuse(expression, f"{quote(name)} is not a type")
        if not isinstance(expression, Call):
            what = "a type in parentheses" if isinstance(expression, Parenthesis) else "this"
            return self.refuse(expression, f"{what} is not a type: write string, or list(string)")
        return self._constructor(expression)

    def _constructor(self, call: Call) -> Constraint:
        name = call.name
        if name in _PRIMITIVES:
            return self.refuse(call, f"the type {name} has no arguments")
        if name == "optional":
            return self.refuse(call, "optional is for the attributes of an object type only")
        if name not in (*_COLLECTIONS, "object", "tuple"):
            return self.refuse(call, f"{quote(name)} is not a type")
        if len(call.arguments) != 1:
            return self.refuse(
                call, f"{name} needs exactly 1 argument, and {len(call.arguments)} are given"
            )
        argument = call.arguments[0]
        if name == "object":
            if not isinstance(argument, Object):
                return self.refuse(argument, "the argument of object is { name = type, ... }")
            return self._object(argument)
        if name == "tuple":
            if not isinstance(argument, Tuple):
                return self.refuse(argument, "the argument of tuple is [type, ...]")
            return self._tuple(argument)
        inner = self.parse(argument)
        make = {"list": list_of, "set": set_of, "map": map_of}[name]
        children: dict[str | int | None, Defaults] = {}
        if inner.defaults is not None:
            children[None] = inner.defaults
        return Constraint(make(inner.type), _defaults({}, children))

    def _tuple(self, node: Tuple) -> Constraint:
        inner = [self.parse(element) for element in node.elements]
        children: dict[str | int | None, Defaults] = {
            index: one.defaults for index, one in enumerate(inner) if one.defaults is not None
        }
        return Constraint(tuple_of(one.type for one in inner), _defaults({}, children))

    def _object(self, node: Object) -> Constraint:
        attributes: dict[str, Type] = {}
        optional: set[str] = set()
        values: dict[str, Value] = {}
        children: dict[str | int | None, Defaults] = {}
        for item in node.items:
            name = item.key.value if isinstance(item.key, Literal) else None
            if not isinstance(name, str) or item.key.source.text[item.key.start] == '"':
                self.refuse(item.key, "the attributes of an object type are plain names")
                continue
            if name in attributes:
                self.refuse(item.key, f"the attribute {quote(name)} is declared twice")
                continue
            type_, default = item.value, None
            if isinstance(type_, Call) and type_.name == "optional":
                if not 1 <= len(type_.arguments) <= 2:
                    self.refuse(type_, "optional needs a type, and may have a default")
                    continue
                optional.add(name)
                default = type_.arguments[1] if len(type_.arguments) == 2 else None
                type_ = type_.arguments[0]
            inner = self.parse(type_)
            attributes[name] = inner.type
            if inner.defaults is not None:
                children[name] = inner.defaults
            if default is not None:
                value = self._default(default, inner.type)
                if value is not None:
                    values[name] = value
        return Constraint(object_of(attributes, optional), _defaults(values, children))

    def _default(self, node: Expression, type_: Type) -> Value | None:
        for inner in walk(node):
            if isinstance(inner, Call):
                self.refuse(inner, "functions may not be called here")
                return None
        scope = _ConstantScope(self._report)
        value = evaluate(node, scope)
        try:
            return convert(value, type_)
        except ConversionError as error:
            self.refuse(node, f"the default does not fit the type of the attribute: {error}")
            return None


def _defaults(
    values: Mapping[str, Value], children: Mapping[str | int | None, Defaults]
) -> Defaults | None:
    return Defaults(values, children) if values or children else None


class _ConstantScope:
    """The scope of the default of an optional attribute: it has no names."""

    __slots__ = ("_budget", "_report")

    def __init__(self, report: Report | None) -> None:
        from symlint.budget import Budget

        self._report: Final = report
        self._budget: Final = Budget(_DEFAULT_STEPS)

    @property
    def budget(self) -> Budget:
        """A budget of its own."""
        return self._budget

    @property
    def files(self) -> Files:
        """No file can be read."""
        return NoFiles()

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        """Refuse every name."""
        range_ = Range(traversal.source, traversal.start, traversal.end)
        message = "the default of an optional attribute is a constant"
        self.report(Problem("expression", range_, message))
        return error_value(), len(traversal.steps)

    def report(self, problem: Problem) -> None:
        """Pass the problem on."""
        if self._report is not None:
            self._report(problem)

    def take(self, value: Value) -> None:
        """Nothing: a constant is as sensitive as it is written."""


# --- filling in ---------------------------------------------------------------------------------


def _apply(value: Value, defaults: Defaults) -> Value:
    content = value.content
    if isinstance(content, tuple):
        return _apply_to_sequence(value, content, defaults)
    if isinstance(content, dict):
        return _apply_to_mapping(value, content, defaults)
    if isinstance(content, Unknown):
        return _apply_to_unknown(value, content, defaults)
    if isinstance(content, ObjectReference):
        return _apply_to_reference(value, content, defaults)
    return value


def _apply_to_reference(value: Value, content: ObjectReference, defaults: Defaults) -> Value:
    """A whole resource or module, as an object where it lacks something that has a default."""
    found = {name: content.attribute(name) for name in content.names()}
    items = {name: item for name, item in found.items() if item is not None}
    lacks = any(name not in items or items[name].is_null for name in defaults.values)
    if not content.closed or not (lacks or defaults.children):
        return value
    return _apply_to_mapping(value, items, defaults)


def _apply_to_unknown(value: Value, content: Unknown, defaults: Defaults) -> Value:
    """What is known of the elements of an unknown collection, and of its alternatives."""
    if content.element is None and not content.alternatives:
        return value
    element = content.element
    return value.with_content(
        value.type,
        Unknown(
            content.kind,
            content.reason,
            content.reference,
            None if element is None else _filled(element, defaults.children.get(None)),
            tuple(_apply(alternative, defaults) for alternative in content.alternatives),
            content.not_null,
        ),
    )


def _child(defaults: Defaults, key: str | int) -> Defaults | None:
    children = defaults.children
    return children.get(key) or children.get(None)


def _filled(value: Value, defaults: Defaults | None) -> Value:
    return value if defaults is None else _apply(value, defaults)


def _apply_to_sequence(value: Value, content: tuple[Value, ...], defaults: Defaults) -> Value:
    items = tuple(_filled(item, _child(defaults, index)) for index, item in enumerate(content))
    kind = value.type.kind
    if not items:
        return value
    if kind in ("list", "set"):
        same = _same_type(items)
        if same is not None:
            type_, items = same
            if kind == "set":
                return value.with_content(set_of(type_), set_content(items, type_))
            return value.with_content(list_of(type_), items)
    return value.with_content(tuple_of(item.type for item in items), items)


def _apply_to_mapping(value: Value, content: Mapping[str, Value], defaults: Defaults) -> Value:
    items = {key: _filled(item, _child(defaults, key)) for key, item in content.items()}
    for name, default in defaults.values.items():
        if name not in items or items[name].is_null:
            items[name] = _filled(default, defaults.children.get(name))
    items = {key: items[key] for key in sorted(items)}
    if value.type.kind == "map" and items:
        same = _same_type(tuple(items.values()))
        if same is not None:
            type_, converted = same
            return value.with_content(map_of(type_), dict(zip(items, converted, strict=True)))
    if not items and value.type.kind == "map":
        return value
    return value.with_content(object_of({key: item.type for key, item in items.items()}), items)


def _same_type(items: tuple[Value, ...]) -> tuple[Type, tuple[Value, ...]] | None:
    """The elements as one type, or None when they have none in common."""
    type_ = unify([type_of(item) for item in items])
    if type_ is None or type_.kind == "any":
        return None
    try:
        return type_, tuple(convert(item, type_) for item in items)
    except ConversionError:
        return None

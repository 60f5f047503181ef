"""Values as Terraform would compute them, or honestly unknown; and where they were written.

A ``Value`` is what an expression evaluates to. Its content is plain Python data, or ``Unknown``,
or an ``ObjectReference`` (a whole resource or module whose attributes are looked up on demand).
Collections hold Values, so every element keeps its own origin.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final, Literal, TypeAlias
from symlint.hcl import nodes
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from symlint.hcl.nodes import Expression, Node
    from symlint.terraform.values.addresses import Reference

UnknownKind: TypeAlias = Literal[
    "computed",  # a provider decides it at apply
    "variable",  # a variable without a value
    "data",  # a data source reads it
    "module",  # an output of a module whose code is not here
    "function",  # time, randomness, the file system outside the configuration, a provider's function
    "condition",  # depends on a condition or key that is unknown
    "budget",  # too much work or memory
    "error",  # the expression is in error (reported where it is) or was lost to a syntax error
    "derived",  # computed from unknown values
]


MAXIMUM_HOPS: Final = 100
"""The steps that are kept of the path that a value takes."""


class Unknown:
    """The content of a value that is not known, and all that is known of it anyway.

    ``reason`` is a phrase that completes "not known, because ...". ``reference`` names what the
    value is (the ``id`` of ``sym_target.x``): two unknown values with one reference are equal.
    ``element`` is what every element of an unknown collection looks like. ``alternatives`` are
    the values of which this is one (the arms of a conditional with an unknown condition).
    ``not_null`` holds when the value is surely not null. ``text`` is what is known of the text
    that it is. ``layers`` are the maps that it merges, of which not all are known: what a later one
    has goes before.
    """

    __slots__ = (
        "alternatives", "element", "kind", "layers", "not_null", "reason", "reference", "text",
    )  # fmt: skip  # as many a line as fit

    def __init__(
        self,
        kind: UnknownKind,
        reason: str,
        reference: Reference | None = None,
        element: Value | None = None,
        alternatives: tuple[Value, ...] = (),
        not_null: bool = False,
        text: Text | None = None,
        layers: tuple[Value, ...] = (),
    ) -> None:
        self.kind: Final = kind
        self.reason: Final = reason
        self.reference: Final = reference
        self.element: Final = element
        self.alternatives: Final = alternatives
        self.not_null: Final = not_null
        self.text: Final = text
        self.layers: Final = layers

    def __repr__(self) -> str:
        return f"Unknown({self.kind!r}, {self.reason!r}, {self.reference!s})"

    def but(self, **changes: Any) -> Unknown:
        """The same, other than in what is given."""
        return Unknown(**{name: getattr(self, name) for name in self.__slots__} | changes)


Piece: TypeAlias = "str | Value"
"""A part of a text: what is written, or an unknown string."""


class Text(NamedTuple):
    """What is known of a text that is not known.

    It has no other ``characters`` than these, and at least one. It consists of ``pieces``, one
    after the other. It is ``encoded``: by the function of this name, from this value.
    """

    characters: str | None = None
    pieces: tuple[Piece, ...] = ()
    encoded: tuple[str, Value] | None = None


class ObjectReference:
    """A whole resource, data source or module call instance; attributes on demand.

    Implemented by the instance tree. ``closed`` when ``names`` are surely all there are.
    """

    __slots__ = ()

    @property
    def reference(self) -> Reference:
        """What the object is."""
        raise NotImplementedError

    @property
    def closed(self) -> bool:
        """Whether the object surely has no attributes beyond ``names``."""
        raise NotImplementedError

    def names(self) -> tuple[str, ...]:
        """The attributes that the object is known to have, in name order."""
        raise NotImplementedError

    def attribute(self, name: str) -> Value | None:
        """The value of one attribute; None when the object surely has no such attribute."""
        raise NotImplementedError

    def hidden_part(self, name: str, key: str | int) -> Value | None:
        """What an attribute may have under ``key`` though it is not written; None for nothing."""
        return None


class OutputObject(ObjectReference):
    """An object that a module whose code is not here gives, or a part of one."""

    __slots__ = ()

    def missing(self, name: str) -> str:
        """That there is no attribute of this name, as a message."""
        raise NotImplementedError


class Hop(NamedTuple):
    """One step of a value's path: ``reference`` was read at ``range``.

    ``expression`` begins there or around it, and ends with the last of the steps that were taken
    of what was read; None where nothing was.
    """

    reference: Reference
    range: Range
    expression: Expression | None = None

    @property
    def whole(self) -> Range:
        """The range of the reference with the steps behind it: ``var.targets["a"].id``."""
        expression = self.expression
        return self.range if expression is None else self.range._replace(end=expression.end)

    @property
    def steps(self) -> tuple[str, ...]:
        """The names and keys behind ``range``: ``a`` and ``id``; "?" for any other index."""
        if self.expression is None or self.expression.end <= self.range.end:
            return ()
        from symlint.hcl.walk import steps_behind

        return steps_behind(self.expression, self.range.end)


Content: TypeAlias = "str | bool | int | Fraction | tuple[Value, ...] | Mapping[str, Value] | Unknown | ObjectReference | None"
"""str, bool, number (int where integral, else the Fraction that Terraform's 512-bit float holds),
None (null), a tuple (list, tuple; set, in Terraform's order), a mapping (map, object)."""


class ReadFile(NamedTuple):
    """What a value is the text of: the file at ``path`` (absolute), read by the call at ``range``."""

    range: Range
    path: str


class Composed(NamedTuple):
    """What a text is put together from, by the expression at ``range``.

    ``parts`` are one after the other: how many characters of the text each is, and what it was written
    as. Of a template, ``Literal`` nodes among them are what stands between its interpolations;
    ``heredoc`` says whether it has the escapes of one, and is None for what is no template.
    """

    range: Range
    parts: tuple[tuple[int, Written], ...]
    heredoc: bool | None = None


Written: TypeAlias = "Node | Range | ReadFile | Composed | None"
"""What a value was written as: an expression, or the range of one; None for what is not written."""


class Value:
    """A value, its Terraform type, where it was written, and the path it took. Never changed.

    ``written`` is the expression that made the value, where that is at hand, or its range: an
    object's still has the places of its items, whatever the value was converted to since.
    ``origin`` is the range in either case. ``hops`` lead from the origin to the use: the first was
    read nearest to the origin, the last nearest to where the value is used. ``sensitive`` values
    are never printed.
    """

    __slots__ = ("content", "hops", "sensitive", "type", "written")

    def __init__(
        self,
        type_: Type,
        content: Content,
        written: Written = None,
        hops: tuple[Hop, ...] = (),
        sensitive: bool = False,
    ) -> None:
        self.type: Final = type_
        self.content: Final = content
        self.written: Final = written
        self.hops: Final = hops
        self.sensitive: Final = sensitive

    def __repr__(self) -> str:
        shown = "(sensitive)" if self.sensitive else repr(self.content)
        return f"Value({self.type.kind}, {shown})"

    # --- questions ---

    @property
    def origin(self) -> Range | None:
        """The range of the expression that made the value; None for what is not written."""
        written = self.written
        return written if written is None or isinstance(written, Range) else written.range

    @property
    def read_from(self) -> str | None:
        """The path of the file of which the value is the text; None for any other value."""
        return self.written.path if isinstance(self.written, ReadFile) else None

    @property
    def is_unknown(self) -> bool:
        """Whether nothing definite is known of the value itself (its elements aside)."""
        return isinstance(self.content, Unknown)

    @property
    def is_null(self) -> bool:
        """Whether the value is surely null."""
        return self.content is None

    @property
    def unknown(self) -> Unknown | None:
        """The unknown content, or None for a value that is known."""
        content = self.content
        return content if isinstance(content, Unknown) else None

    @property
    def string(self) -> str | None:
        """The text of a known string; None for anything else."""
        content = self.content
        return content if isinstance(content, str) else None

    @property
    def elements(self) -> tuple[Value, ...] | None:
        """The elements of a known list, set or tuple; None for anything else."""
        content = self.content
        return content if isinstance(content, tuple) else None

    @property
    def items(self) -> Mapping[str, Value] | None:
        """The elements of a known map or object by key; None for anything else."""
        content = self.content
        return content if type(content) is dict else None

    @property
    def object_reference(self) -> ObjectReference | None:
        """The whole resource or module that the value is, or None."""
        content = self.content
        return content if isinstance(content, ObjectReference) else None

    @property
    def reference(self) -> Reference | None:
        """What an unknown value or a whole object is, where that is known."""
        content = self.content
        if isinstance(content, Unknown):
            return content.reference
        return content.reference if isinstance(content, ObjectReference) else None

    # --- variations ---

    def with_content(self, type_: Type, content: Content) -> Value:
        """The same place and path, another type and content (a conversion)."""
        return Value(type_, content, self.written, self.hops, self.sensitive)

    def with_hop(self, hop: Hop) -> Value:
        """The value after one more step of its path; of a very long one the middle is left out."""
        hops = self.hops
        if not hops:
            return Value(self.type, self.content, self.written, (hop,), self.sensitive)
        if len(hops) >= MAXIMUM_HOPS:
            hops = hops[: MAXIMUM_HOPS - 1]
        return Value(self.type, self.content, self.written, (*hops, hop), self.sensitive)

    def with_hops(self, hops: tuple[Hop, ...]) -> Value:
        """The value after more steps of its path; of a very long one the middle is left out."""
        if not hops:
            return self
        if not self.hops:
            return Value(self.type, self.content, self.written, hops, self.sensitive)
        kept = (*(self.hops + hops[:-1])[: MAXIMUM_HOPS - 1], hops[-1])
        return Value(self.type, self.content, self.written, kept, self.sensitive)

    def reaching(self, part: Expression, expression: Expression) -> Value:
        """The value whose last hop, where it was read by ``part``, has all of the steps behind it."""
        hops = self.hops
        if not hops or hops[-1].expression is not part:
            return self
        hops = (*hops[:-1], hops[-1]._replace(expression=expression))
        return Value(self.type, self.content, self.written, hops, self.sensitive)

    def with_origin(self, origin: Written) -> Value:
        """The same value, written somewhere else."""
        return Value(self.type, self.content, origin, self.hops, self.sensitive)

    def as_sensitive(self) -> Value:
        """The value marked as sensitive."""
        if self.sensitive:
            return self
        return Value(self.type, self.content, self.written, self.hops, True)


def has_lines(part: Written) -> bool:
    """Whether something is a text with lines of its own: that of a file, or a heredoc."""
    if type(part) is nodes.Literal:
        return part.source.text.startswith("<<", part.start)
    return type(part) in (ReadFile, Composed)


def composed(
    whole: Value, parts: Iterable[tuple[str, Written]], heredoc: bool | None = None
) -> Value:
    """A text that knows what it is put together from; as it is where its parts have changed."""
    known = tuple((len(text), written) for text, written in parts)
    origin = whole.origin
    if origin is None or sum(length for length, _ in known) != len(whole.string or ""):
        return whole
    return whole.with_origin(Composed(origin, known, heredoc))


def string(text: str, origin: Written = None) -> Value:
    """A known string."""
    return Value(STRING, text, origin)


def number(value: int | Fraction, origin: Written = None) -> Value:
    """A known number."""
    return Value(NUMBER, value, origin)


def boolean(value: bool, origin: Written = None) -> Value:
    """A known bool."""
    return Value(BOOL, value, origin)


def null(type_: Type = ANY, origin: Written = None) -> Value:
    """Null of a type."""
    return Value(type_, None, origin)


def unknown(
    kind: UnknownKind,
    reason: str,
    *,
    type_: Type = ANY,
    reference: Reference | None = None,
    element: Value | None = None,
    alternatives: tuple[Value, ...] = (),
    not_null: bool = False,
    origin: Written = None,
) -> Value:
    """A value that is not known."""
    content = Unknown(kind, reason, reference, element, alternatives, not_null)
    return Value(type_, content, origin)

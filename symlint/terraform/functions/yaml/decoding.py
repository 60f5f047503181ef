"""``yamldecode``: the events of libyaml's parser as ``github.com/zclconf/go-cty-yaml`` reads them.

Terraform's YAML parser is a translation of libyaml 0.1. Where the two may differ the result is
unknown: a decoder that guesses would be worse than none.
"""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.encoding.round_trips import decoding
from symlint.terraform.functions.keeping import object_result, tuple_result
from symlint.terraform.functions.yaml.libyaml import events, placed, too_deep
from symlint.terraform.functions.yaml.scalars import MAP_TAG, SEQUENCE_TAG, scalar
from symlint.terraform.values.conversion import primitive_text
from symlint.terraform.values.types import ANY, STRING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.values.value import Value

_MOST_NESTING: Final = 100
_MOST_ALIASED: Final = 10_000

_DIFFERENT: Final = re.compile(r"(?<!\A)\ufeff|(?:\A\ufeff?|[\n\r\x85\u2028\u2029])%")
"""A byte order mark that is not the first character, and a directive."""


class _Decoder:
    """Makes the values of one document from the events of a parser."""

    def __init__(self, call: Call, text: str) -> None:
        self.call = call
        self.events = events(call, text)
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.open_anchors: list[str] = []
        self.flows = 0
        self.nodes = 0
        self.aliased = 0

    def event(self) -> tuple[str, Any]:
        """The next event, and what it is."""
        event = next(self.events)
        return type(event).__name__.removesuffix("Event"), event

    def document(self) -> Value:
        """The value of the only document. Raises FunctionError where there is another number."""
        self.event()  # the start of the stream
        kind, event = self.event()
        if kind != "DocumentStart":
            raise self.error(event, "missing start of document")
        value = self.node(*self.event(), 0)
        self.event()  # the end of the document
        kind, event = self.event()
        if kind != "StreamEnd":
            raise self.error(event, "unexpected extra content after value")
        return value

    def error(self, event: Any, message: str) -> Exception:
        return placed(self.call, event.start_mark.line, event.start_mark.column, message)

    def not_known(self, reason: str) -> NotKnownError:
        return NotKnownError(self.call.unknown(reason))

    # --- nodes ---

    def node(self, kind: str, event: Any, depth: int) -> Value:
        """The value that begins with an event."""
        if depth > _MOST_NESTING:
            raise too_deep(self.call)
        if kind == "Alias":
            return self.alias(event)
        before = self.nodes
        self.nodes += 1
        if event.anchor is not None:
            self.open_anchors.append(event.anchor)
        if kind == "Scalar":
            value = self.scalar(event)
        else:
            self.flows += event.flow_style
            collection = self.sequence if kind == "SequenceStart" else self.mapping
            value = collection(event, depth + 1)
            self.flows -= event.flow_style
        if event.anchor is not None:
            self.open_anchors.pop()
            self.anchors[event.anchor] = value, self.nodes - before
        return value

    def alias(self, event: Any) -> Value:
        name = event.anchor
        if name in self.open_anchors:
            raise self.error(
                event, f'cannot refer to anchor "{name}" from inside its own definition'
            )
        if name not in self.anchors:
            raise self.error(event, f'reference to undefined anchor "{name}"')
        value, size = self.anchors[name]
        self.call.spend(size)
        self.nodes += size
        self.aliased += size
        if self.aliased > _MOST_ALIASED:
            raise NotKnownError(self.call.unknown("aliases make it too large", kind="budget"))
        return value

    def scalar(self, event: Any) -> Value:
        value = self.resolved(event)
        if event.tag is None and not event.implicit[0] and value.type is not STRING:
            # Terraform looks for numbers and the like here too, and then makes them strings again.
            text = None if value.is_null else primitive_text(value)
            return self.call.value(STRING, text)
        return value

    def resolved(self, event: Any) -> Value:
        """What the text of a scalar stands for."""
        if self.flows and not event.style and "?" in event.value:
            raise self.not_known("a question mark stands inside of brackets")
        return scalar(self.call, event.value, event.tag, event.style in ("'", '"'))

    def sequence(self, event: Any, depth: int) -> Value:
        if event.tag not in (None, SEQUENCE_TAG):
            raise self.error(event, f"can't interpret sequence as {event.tag}")
        elements: list[Value] = []
        while (following := self.event())[0] != "SequenceEnd":
            elements.append(self.node(*following, depth))
        return tuple_result(self.call, elements)

    def mapping(self, event: Any, depth: int) -> Value:
        if event.tag not in (None, MAP_TAG):
            raise self.error(event, f"can't interpret mapping as {event.tag}")
        items: dict[str, Value] = {}
        while (following := self.event())[0] != "MappingEnd":
            kind, key = following
            if kind != "Scalar":
                raise self.error(key, "only strings are allowed as mapping keys")
            if key.value == "<<" and key.tag is None:
                items.update(self.merged(key, depth))
                continue
            name = self.resolved(key)
            if name.is_null:
                raise self.error(key, "mapping key cannot be null")
            items[primitive_text(name)] = self.node(*self.event(), depth)
        return object_result(self.call, items)

    def merged(self, key: Any, depth: int) -> Mapping[str, Value]:
        """What is merged into a mapping."""
        value = self.node(*self.event(), depth)
        if value.elements is not None:  # Terraform 1.11 refuses it, newer releases do not
            raise self.not_known("a sequence of mappings is merged")
        if value.items is None:
            kind = "dynamic" if value.type is ANY else value.type.kind
            raise self.error(key, f"cannot merge {kind} into mapping")
        return value.items


def _yaml_decode(call: Call) -> Value:
    text = call.text(0) or "\n"
    call.spend(len(text))
    if _DIFFERENT.search(text):
        raise NotKnownError(call.unknown("it has a directive or a byte order mark"))
    return _Decoder(call, text).document()


FUNCTIONS: Final[Mapping[str, Function]] = {
    "yamldecode": Function(
        decoding(_yaml_decode, "yamlencode", "jsonencode"),
        (Parameter("src", STRING, unknown=True),),
        ANY,
    ),
}

"""Decodes JSON strings into values; of ``jsonencode()`` it takes the argument, which has its ranges."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.types import ANY
from symlint.terraform.values.value import Value, boolean, null, number, string

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.hcl.nodes import Expression, TemplatePart
    from symlint.source.text import Range
    from symlint.terraform.instances.bodies import ConfiguredBody
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.values.value import Hop


A_UUID: Final = "00000000-0000-0000-0000-000000000000"


def decoded_json(value: Value, body: ConfiguredBody, configuration: Configuration) -> Value | None:
    """What a JSON text, used in ``body``, says; None where that is not known.

    What ``jsonencode()`` was given is found again where that stands in the source, so that every
    part keeps its own place, and what is known of a text that is not known as a whole remains.
    Otherwise every part stands where the text does.
    """
    given = _given_to_jsonencode(value, body, configuration)
    if given is not None:
        return given
    text = value.string
    if text is None or value.origin is None:
        return None
    import json

    try:
        return value_of_json(json.loads(text), value.origin)
    except (ValueError, RecursionError):
        return None


def _given_to_jsonencode(
    value: Value, body: ConfiguredBody, configuration: Configuration
) -> Value | None:
    """What the call of ``jsonencode`` that made a value was given; None where there is none."""
    from symlint.hcl.nodes import Call
    from symlint.hcl.walk import walk

    origin = value.origin
    if origin is None or not origin.text.startswith("jsonencode"):
        return None
    for expression, scope in expressions_of(value.hops, body, configuration):
        for node in walk(expression):
            if type(node) is Call and node.name == "jsonencode" and node.range == origin:
                return scope.evaluate(node.arguments[0]) if len(node.arguments) == 1 else None
    return None


def text_with_ids(value: Value, body: ConfiguredBody, configuration: Configuration) -> str | None:
    """The text that a template or ``join()`` makes of ids, each as ``A_UUID``; None where not known.

    What the ids are is known at apply only, that they are UUIDs beforehand.
    """
    from symlint.hcl.nodes import Call, Template
    from symlint.hcl.walk import walk

    for expression, scope in expressions_of(value.hops, body, configuration):
        for node in walk(expression):
            if node.range != value.origin:
                continue
            if type(node) is Template:
                return _joined("", [_text_of_part(it, scope) for it in node.parts])
            if type(node) is Call and node.name == "join" and len(node.arguments) == 2:
                separator, ids = (scope.evaluate(it) for it in node.arguments)
                if separator.string is not None and ids.elements is not None:
                    return _joined(separator.string, [_text_or_id(it) for it in ids.elements])
    return None


def _text_of_part(part: TemplatePart, scope: ModuleScope) -> object:
    from symlint.hcl.nodes import Interpolation, Literal

    if type(part) is Literal:
        return part.value
    return _text_or_id(scope.evaluate(part.expression)) if type(part) is Interpolation else None


def _text_or_id(value: Value) -> str | None:
    reference = value.reference
    if value.string is None and reference is not None and reference.path[-1:] == ("id",):
        return A_UUID
    return value.string


def _joined(separator: str, parts: Sequence[object]) -> str | None:
    texts = [it for it in parts if isinstance(it, str)]
    return separator.join(texts) if len(texts) == len(parts) else None


def expressions_of(
    hops: tuple[Hop, ...], body: ConfiguredBody, configuration: Configuration
) -> Iterator[tuple[Expression, ModuleScope]]:
    """The expressions in which a value that was read so may have been made, with their scopes."""
    if not hops:
        for attribute in body.body.attributes.values():
            yield attribute.value, body.scope
        return
    address, path = hops[0].reference
    if address.kind == "local":
        module = configuration.module(address.module)
        local = None if module is None else module.module.locals.get(address.name)
        if module is not None and local is not None:
            yield local.attribute.value, module.scope
    elif address.kind == "variable" and address.module:
        inside = configuration.module(address.module)
        call = None if inside is None else inside.call
        argument = None if call is None else call.configured(address.name)
        if call is not None and argument is not None:
            yield argument.value, call.scope
    elif address.kind == "module" and path:
        called = configuration.call(address)
        inside = None if called is None else called.module
        output = None if inside is None else inside.module.outputs.get(str(path[0]))
        expression = None if output is None else output.expression("value")
        if inside is not None and expression is not None:
            yield expression, inside.scope


def value_of_json(decoded: object, origin: Range) -> Value:
    """What ``json.loads`` gave as a value that is written at ``origin`` as a whole."""
    if isinstance(decoded, str):
        return string(decoded, origin)
    if isinstance(decoded, bool):
        return boolean(decoded, origin)
    if isinstance(decoded, int):
        return number(decoded, origin)
    if isinstance(decoded, float):
        from fractions import Fraction

        return number(Fraction(decoded), origin)
    if isinstance(decoded, list):
        return Value(ANY, tuple(value_of_json(it, origin) for it in decoded), origin)
    if isinstance(decoded, dict):
        content = {str(key): value_of_json(it, origin) for key, it in decoded.items()}
        return Value(ANY, content, origin)
    return null(origin=origin)

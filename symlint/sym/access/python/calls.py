"""What calls give: of the SDK, of functions of the same text, of the methods of strings."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.sym.access.python.json_texts import of_json
from symlint.sym.access.python.lookups import of_get
from symlint.sym.access.python.texts import by_parameter, filled
from symlint.sym.access.python.values import Called, Choice, Constant, Items, distributed

if TYPE_CHECKING:
    from symlint.sym.access.python.reader import Frame, Reader
    from symlint.sym.access.python.values import PythonValue
    from symlint.sym.implementation.scopes import FunctionDef

_DESTINATIONS: Final = ("sym.sdk.integrations.slack.", "sym.sdk.notifications.")
_STRING_METHODS: Final = ("split", "strip", "lower", "upper", "startswith", "endswith")


def of_call(reader: Reader, node: ast.Call, frame: Frame, depth: int) -> PythonValue | None:
    """What a call gives; None for what only running the code would tell."""
    function = node.func
    if reader.variable(reader.module.meanings.of(node)) is not None:
        # That of a variable that is there has been answered.
        absent = Constant(None, node, filled=True)
        return reader.value(node.args[1], frame, depth) if len(node.args) > 1 else absent
    meaning = reader.module.meanings.of(function)
    if meaning is not None and meaning.startswith("sym.sdk."):
        return _of_sdk(reader, node, meaning, frame, depth)
    if meaning == "json.loads" and len(node.args) == 1 and not node.keywords:
        return of_json(reader, reader.value(node.args[0], frame, depth), node)
    if isinstance(function, ast.Name):
        bindings = reader.module.scopes.bindings(function)
        called = bindings[0].node if len(bindings) == 1 else None
        if isinstance(called, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return _of_own_function(reader, node, called, frame, depth)
    if isinstance(function, ast.Attribute) and function.attr in _STRING_METHODS:
        return _of_string_method(reader, node, function, frame, depth)
    if isinstance(function, ast.Attribute) and function.attr == "get":
        return of_get(reader, node, frame, depth)
    return None


def _of_sdk(
    reader: Reader, node: ast.Call, meaning: str, frame: Frame, depth: int
) -> PythonValue | None:
    name = reader.api.resolve(meaning)
    if name is None:
        return None
    names = _positional(reader, name)
    arguments: dict[str, PythonValue] = {}
    for number, argument in enumerate(node.args):
        if isinstance(argument, ast.Starred):
            return None
        key = names[number] if number < len(names) else str(number)
        arguments[key] = reader.value(argument, frame, depth)
    for keyword in node.keywords:
        if keyword.arg is None:
            return None
        arguments[keyword.arg] = reader.value(keyword.value, frame, depth)
    text = filled(reader, node, frame, depth)
    if not name.startswith(_DESTINATIONS):
        return Called(name, arguments, node, text)
    return distributed(
        list(arguments.values()),
        lambda values: Called(name, dict(zip(arguments, values, strict=True)), node, text),
    )


def _positional(reader: Reader, name: str) -> tuple[str, ...]:
    """The names of the parameters that can be given by position; of "*" for all further ones."""
    function = reader.api.function(name)
    if function is None:
        return ()
    found = function.signature.parameters
    return tuple(it.name for it in found if it.kind == "either")


def _of_own_function(
    reader: Reader, node: ast.Call, function: FunctionDef, frame: Frame, depth: int
) -> PythonValue | None:
    arguments = by_parameter(node, function)
    if arguments is None:
        return None
    parameters = {name: reader.value(it, frame, depth) for name, it in arguments.items()}
    options = reader.results(function, parameters)
    if len(options) == 1 and not options[0].tests:
        return options[0].value
    return Choice(options)


def _of_string_method(
    reader: Reader, node: ast.Call, function: ast.Attribute, frame: Frame, depth: int
) -> PythonValue | None:
    whole = reader.value(function.value, frame, depth)
    arguments = [reader.value(it, frame, depth) for it in node.args]
    if not isinstance(whole, Constant) or not isinstance(whole.value, str) or node.keywords:
        return None
    texts = [it.value for it in arguments if isinstance(it, Constant)]
    if len(texts) != len(arguments) or not all(isinstance(it, str) and it for it in texts):
        return None
    try:
        made = getattr(whole.value, function.attr)(*texts)
    except TypeError:
        return None
    if isinstance(made, list):
        return Items(tuple(Constant(it, node, whole.filled) for it in made), node)
    return Constant(made, node, whole.filled)

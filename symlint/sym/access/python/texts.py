"""Expressions as texts: their source with what is known filled in, such as variables and helpers' results."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from symlint.sym.access.python.reader import Frame
from symlint.sym.access.python.truths import decided, fits
from symlint.sym.access.python.values import Called, Computed, Constant, Items
from symlint.sym.implementation.returns import results_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.access.python.reader import Reader
    from symlint.sym.access.python.values import PythonValue
    from symlint.sym.implementation.code import Code, Placed
    from symlint.sym.implementation.returns import Tested
    from symlint.sym.implementation.scopes import FunctionDef

_EVENT: Final = "event"
_LONGEST_INLINED: Final = 300
_UNCHANGING: Final = (ast.Constant, ast.Attribute)
_PLAIN: Final = (ast.Call, ast.Attribute, ast.Subscript, ast.Constant)


def text_in(reader: Reader, node: ast.expr, frame: Frame, depth: int = 0) -> str:
    """The source of an expression, with what is known filled in."""
    if not reader.has_budget(depth):
        return _source(reader, node)
    if isinstance(node, ast.NamedExpr):
        return text_in(reader, node.value, frame, depth + 1)
    meaning = reader.module.meanings.of(node) if isinstance(node, ast.Name) else None
    if meaning == _EVENT:
        # Whatever the handler calls it.
        return _EVENT
    if meaning is not None and meaning.startswith("sym.sdk."):
        # Whatever it is imported as.
        return meaning.rpartition(".")[2]
    shown = _shown(reader, node, frame, depth + 1)
    if shown is not None:
        return shown
    for inlined in (_helper_text, _assigned_text, _undecided_text):
        text = inlined(reader, node, frame, depth)
        if text is not None:
            return text
    return filled(reader, node, frame, depth)


def filled(reader: Reader, node: ast.expr, frame: Frame, depth: int) -> str:
    """The source of an expression with the texts of its parts."""
    code = reader.code
    if isinstance(node, ast.Name):
        reader.names(node)
    start, end = code.span(node)
    pieces, position = [], start
    for child in _expressions_in(node):
        begin, finish = code.span(child)
        if begin < position or finish > end:
            return _source(reader, node)
        pieces += [code.text[position:begin], text_in(reader, child, frame, depth + 1)]
        position = finish
    return _one_line("".join([*pieces, code.text[position:end]]))


def source_of(code: Code, node: Placed) -> str:
    """The source of a node as one line."""
    return _one_line(code.source(node))


def _source(reader: Reader, node: ast.expr) -> str:
    """The source of an expression as it is."""
    for name in ast.walk(node):
        if isinstance(name, ast.Name):
            reader.names(name)
    return source_of(reader.code, node)


def text_of_tested(reader: Reader, node: Tested, frame: Frame) -> str:
    """What a way depends on, as a text."""
    if isinstance(node, ast.expr):
        return text_in(reader, node, frame)
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return (
            f"there is {source_of(reader.code, node.target)} in {text_in(reader, node.iter, frame)}"
        )
    if isinstance(node, ast.ExceptHandler):
        kind = "an exception" if node.type is None else text_in(reader, node.type, frame)
        return f"{kind} is raised"
    match = reader.module.scopes.parent(node)
    assert isinstance(match, ast.Match)
    if node.guard is not None and fits(reader, node, frame):
        return text_in(reader, node.guard, frame)
    guard = "" if node.guard is None else f" and {text_in(reader, node.guard, frame)}"
    pattern = source_of(reader.code, node.pattern)
    return f"{text_in(reader, match.subject, frame)} matches {pattern}{guard}"


def by_parameter(call: ast.Call, function: FunctionDef) -> dict[str, ast.expr] | None:
    """The arguments of a call by parameter, with the defaults of others; None where it is not certain
    which is which.
    """
    names = [it.arg for it in (*function.args.posonlyargs, *function.args.args)]
    if len(call.args) > len(names) or any(isinstance(it, ast.Starred) for it in call.args):
        return None
    found: dict[str, ast.expr] = {
        name: it for name, it in _defaults(names, function.args) if isinstance(it, _UNCHANGING)
    }
    found |= zip(names, call.args, strict=False)
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        found[keyword.arg] = keyword.value
    return found


def _defaults(names: list[str], arguments: ast.arguments) -> Iterator[tuple[str, ast.expr | None]]:
    """What parameters are when nothing is given for them."""
    yield from zip(reversed(names), reversed(arguments.defaults), strict=False)
    yield from zip((it.arg for it in arguments.kwonlyargs), arguments.kw_defaults, strict=True)


def _shown(reader: Reader, node: ast.expr, frame: Frame, depth: int) -> str | None:
    """A known value as it would be written; None where the source says it better."""
    if isinstance(node, ast.Constant):
        return source_of(reader.code, node)
    if not isinstance(node, (ast.Name, ast.Subscript, ast.Call, ast.Attribute)):
        return None
    value = reader.known(node, frame, depth)
    if isinstance(value, Constant):
        return repr(value.value)
    if isinstance(value, Items) and all(isinstance(it, Constant) for it in value.values):
        return repr([it.value for it in value.values if isinstance(it, Constant)])
    return None


def _assigned_text(reader: Reader, node: ast.expr, frame: Frame, depth: int) -> str | None:
    """What was assigned to a name, or given for it, where that is short."""
    if isinstance(node, ast.Name) and node.id in frame.texts:
        return None if node.id in frame.assigned else frame.texts[node.id]
    if isinstance(node, ast.Name) and node.id not in frame.assigned:
        return _given_text(reader, frame.parameters.get(node.id))
    bound = frame.assigned.get(node.id) if isinstance(node, ast.Name) else None
    if bound is None or bound.adds:
        return None
    text = text_in(reader, bound.value, frame.before(bound.before), depth + 1)
    plain = isinstance(bound.value, _PLAIN)
    return None if len(text) > _LONGEST_INLINED else text if plain else f"({text})"


def _given_text(reader: Reader, value: PythonValue | None) -> str | None:
    """What the caller of a helper gives for a parameter, where that is short."""
    if not isinstance(value, (Called, Computed)) or not 0 < len(value.text) <= _LONGEST_INLINED:
        return None
    reader.takes_over(value.code)
    return value.text if isinstance(value.node, (ast.Name, *_PLAIN)) else f"({value.text})"


def _undecided_text(reader: Reader, node: ast.expr, frame: Frame, depth: int) -> str | None:
    """Of ``and`` and ``or``, the operands that Terraform's values do not decide; None if that is all."""
    if not isinstance(node, ast.BoolOp):
        return None
    left = [it for it in node.values if decided(reader, it, frame, depth + 1) is None]
    if len(left) in (0, len(node.values)):
        return None
    texts = [text_in(reader, it, frame, depth + 1) for it in left]
    nested = [isinstance(it, ast.BoolOp) and len(left) > 1 for it in left]
    joined = " and " if isinstance(node.op, ast.And) else " or "
    return joined.join(
        f"({it})" if is_nested else it for it, is_nested in zip(texts, nested, strict=True)
    )


def _helper_text(reader: Reader, node: ast.expr, frame: Frame, depth: int) -> str | None:
    """What a helper returns, where it has one return and no conditions, as a text of its caller."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    bindings = reader.module.scopes.bindings(node.func)
    function = bindings[0].node if len(bindings) == 1 else None
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    results, complete = results_of(function)
    if not complete or len(results) != 1 or results[0].value is None or function in reader.entered:
        return None
    arguments = by_parameter(node, function)
    if arguments is None:
        return None
    texts = {name: text_in(reader, it, frame, depth + 1) for name, it in arguments.items()}
    reader.entered.append(function)
    try:
        way = Frame({}, results[0].assigned, texts)
        inner = text_in(reader, results[0].value, way, depth + 1)
    finally:
        reader.entered.pop()
    return inner if isinstance(results[0].value, ast.Call) or not depth else f"({inner})"


def _expressions_in(node: ast.AST) -> list[ast.expr]:
    """The nearest expressions below a node, in the order of the text.

    None in a formatted string: what is in one has its own place from Python 3.12 on only.
    """
    found: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr):
        return found
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            found.append(child)
        else:
            found += _expressions_in(child)
    return sorted(found, key=lambda it: (it.lineno, it.col_offset))


def _one_line(text: str) -> str:
    if "\n" not in text:
        return text
    return re.sub(r"(?<=[(\[{]) | (?=[)\]}])", "", " ".join(text.split()))

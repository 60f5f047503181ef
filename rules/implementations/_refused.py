"""What the Python that runs at Sym refuses: imports, names and statements."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule

    Place = tuple[int, int]
    Naming = ast.Name | ast.arg | ast.alias | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_NAMING: Final = (
    ast.Name, ast.arg, ast.alias, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
)  # fmt: skip  # what has a name
_ASSIGNMENT: Final = "an assignment with an operator to an element or attribute"


class Refused(NamedTuple):
    """Something that is refused: ``what`` in words, and what to write in its place."""

    node: ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias
    what: str
    place: Place
    instead: str


def refused(code: Code, module: PythonModule, sdk: Sdk) -> Iterator[Refused]:
    """All that is refused in a text."""
    for node in module.nodes:
        yield from _import(code, module, sdk, node)
        yield from _statement(code, module, sdk, node)
        yield from _name(code, module, sdk, node)


def _import(code: Code, module: PythonModule, sdk: Sdk, node: ast.AST) -> Iterator[Refused]:
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or _may_fail(code, module, node):
        return
    allowed = sdk.imports.allowed
    instead = f"use {', '.join(allowed)} alone"
    for alias in node.names:
        if isinstance(node, ast.Import):
            name = alias.name
        else:
            name = "." * node.level + (node.module or "")
        # What there is of Sym's own packages is another question.
        if name.split(".")[0] != "sym" and not _is_below(name, allowed) and name != "__future__":
            yield Refused(node, f"the import of {name}", code.span(node), instead)
        elif alias.name == "*":
            yield Refused(node, "an import of *", code.span(node), "import each name")


def _is_below(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == it or name.startswith(f"{it}.") for it in allowed)


def _may_fail(code: Code, module: PythonModule, node: ast.stmt) -> bool:
    """Whether somebody is ready for the import to fail, or it is for type checkers alone."""
    inner: ast.AST = node
    around = module.scopes.parent(node)
    while around is not None:
        if isinstance(around, ast.Try) and inner in around.body:
            return True
        if isinstance(around, ast.If) and "TYPE_CHECKING" in code.source(around.test):
            return True
        inner, around = around, module.scopes.parent(around)
    return False


def _statement(code: Code, module: PythonModule, sdk: Sdk, node: ast.AST) -> Iterator[Refused]:
    runtime = sdk.runtime
    known = runtime.statements.get(type(node).__name__)
    if isinstance(node, ast.AsyncFunctionDef) and _is_called(module, sdk, node):
        return
    if known is not None and isinstance(node, ast.stmt):
        what, instead = known
        yield Refused(node, what, _head(code, node), instead)
    elif isinstance(node, ast.AugAssign) and not isinstance(node.target, ast.Name):
        target = code.source(node.target)
        if "\n" not in target:
            instead = f"write {target} = {target} {_operation(code, node)}"
            yield Refused(node, _ASSIGNMENT, code.span(node), instead)
    elif isinstance(node, ast.ClassDef):
        for keyword in node.keywords:
            if keyword.arg == "metaclass":
                yield Refused(keyword, "a metaclass", code.span(keyword), "leave it out")
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = node.func
        if name.id in runtime.calls and not module.scopes.bindings(name):
            yield Refused(node, f"a call of {name.id}", code.span(name), "leave it out")


def _operation(code: Code, node: ast.AugAssign) -> str:
    """The operator and the value of an assignment, as in ``+ 1``; "..." for a value of several lines."""
    value = code.source(node.value)
    if "\n" in value:
        return "..."
    if not isinstance(node.value, (ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
        value = f"({value})"
    operator = ast.unparse(ast.BinOp(ast.Name("a"), node.op, ast.Name("b")))[1:-1].strip()
    return f"{operator} {value}"


def _is_called(module: PythonModule, sdk: Sdk, node: ast.AsyncFunctionDef) -> bool:
    """Whether Sym calls a function, so that it must not be asynchronous for a better reason."""
    if isinstance(module.scopes.parent(node), ast.ClassDef):
        return node.name in sdk.strategy_class.abstract
    return node in module.handling or node.name.startswith("on_change_")


def _head(code: Code, node: ast.stmt) -> Place:
    """The name of a function, else the first line of a statement."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return code.name_span(node)
    start, end = code.span(node)
    line = code.text.find("\n", start)
    return start, end if line < 0 else min(end, line)


def _name(code: Code, module: PythonModule, sdk: Sdk, node: ast.AST) -> Iterator[Refused]:
    magic, attributes = sdk.runtime.magic_methods, sdk.runtime.attributes
    if isinstance(node, ast.Attribute):
        end = code.span(node)[1]
        if _is_hidden(node.attr) or node.attr in attributes:
            instead = "use what the object offers without it"
            yield Refused(node, f"the attribute {node.attr}", (end - len(node.attr), end), instead)
        return
    name = _named(node)
    if not _is_hidden(name) or not isinstance(node, _NAMING):
        return
    if name in magic and isinstance(module.scopes.parent(node), ast.ClassDef):
        return
    instead = "leave it out" if name.endswith("__") else f"name it {name.strip('_')}"
    yield Refused(node, f"the name {name}", _place_of_name(code, node, name), instead)


def _is_hidden(name: str) -> bool:
    return name.startswith("_") and name != "_"


def _named(node: ast.AST) -> str:
    """What a node calls something; nothing for one that names nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.alias):
        return node.asname or ("" if "." in node.name else node.name)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node.name
    return ""


def _place_of_name(code: Code, node: Naming, name: str) -> Place:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return code.name_span(node)
    start, end = code.span(node)
    if isinstance(node, ast.alias):
        return end - len(name), end
    return start, start + len(name)

"""What a text names and does not show, as digests: the same text with another digest may mean other access.

``when is_on_call(event)`` says nothing of what the function does. Its digest is that of its code and
of all code that it leads to, with the variables of the flow that are read there; comments, layout and
the names of local variables change nothing.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.sym.access.cells import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.access.python.reader import Reader
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import Binding

_NODES_PER_STEP: Final = 20
_UNSEEN_FIELDS: Final = frozenset({"ctx", "kind", "type_comment", "annotation", "returns"})
_INSIDE: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)


def digest_of(module: PythonModule) -> str:
    """The digest of a whole text of Python."""
    texts = [it for it in module.nodes if _is_text(it)]
    unseen = {*texts, *(child for it in texts for child in ast.iter_child_nodes(it))}
    seen = (node for node in module.nodes if node not in unseen)
    names: dict[tuple[ast.AST | None, str], str] = {}
    return digest("\n".join(text for node in seen for text in _own_texts(node, module, names)))


class Digests:
    """The digests of what the names of one text stand for; each is made once."""

    def __init__(self, reader: Reader) -> None:
        self._reader: Final = reader
        self._known: Final[dict[ast.AST | str, str]] = {}

    def of(self, name: ast.Name) -> str:
        """The digest of what a name stands for; "" where a text with it says all."""
        module = self._reader.module
        meaning = module.meanings.of(name) or ""
        bindings = module.scopes.bindings(name)
        if not bindings or meaning.partition(".")[0] in ("sym", "event"):
            return ""
        first = bindings[0]
        if first.kind == "import":
            return digest(first.qualified)
        if module.scopes.is_of_text(name):
            return self._of_code(*(it.node if it.value is None else it.value for it in bindings))
        if self._is_shown(first):
            return ""
        function = module.scopes.function_of(first.node) or module.scopes.function_of(name)
        return "" if function is None else self._of_code(function)

    def of_function(self, function: ast.AST) -> str:
        """The digest of a function."""
        return self._of_code(function)

    def _is_shown(self, binding: Binding) -> bool:
        """Whether a text in which a local name stands says what it is, too: it has the whole comprehension,
        or goes with the condition that there is something to go through."""
        node: ast.AST | None = binding.node
        while isinstance(node, (ast.Name, ast.Tuple, ast.arg, ast.arguments, ast.comprehension)):
            node = self._reader.module.scopes.parent(node)
        return isinstance(node, (*_INSIDE, ast.For, ast.AsyncFor))

    def _of_code(self, *nodes: ast.AST) -> str:
        if nodes[0] not in self._known:
            texts = list(self._texts(list(nodes)))
            self._known[nodes[0]] = digest("\n".join(texts))
        return self._known[nodes[0]]

    def _texts(self, waiting: list[ast.AST]) -> Iterator[str]:
        """What some code says, and all code that it leads to."""
        module = self._reader.module
        reached = dict.fromkeys(waiting)
        count = 0
        while waiting:
            root = waiting.pop(0)
            names: dict[str, str] = {}
            stack: list[ast.AST] = [root]
            while stack:
                node = stack.pop()
                count += 1
                if count % _NODES_PER_STEP == 0 and not self._reader.has_budget(0):
                    yield self._reader.code.text
                    return
                yield type(node).__name__
                if isinstance(node, ast.expr):
                    variable = self._reader.variable(module.meanings.of(node))
                    if variable is not None:
                        yield repr((variable.text, variable.missing))
                if isinstance(node, ast.Name):
                    yield self._name(node, names)
                    if module.scopes.is_of_text(node):
                        for it in module.scopes.bindings(node):
                            code = it.node if it.value is None else it.value
                            if code not in reached:
                                reached[code] = None
                                waiting.append(code)
                    continue
                children = []
                for field, value in ast.iter_fields(node):
                    if field in _UNSEEN_FIELDS or (node is root and field == "name"):
                        continue
                    parts = value if isinstance(value, list) else [value]
                    nodes = [it for it in parts if isinstance(it, ast.AST)]
                    children += [it for it in nodes if not _is_text(it)]
                    if not nodes and value not in (None, []):
                        is_name = field in ("arg", "name") and not isinstance(node, ast.keyword)
                        yield names.setdefault(value, f"#{len(names)}") if is_name else repr(value)
                stack += reversed(children)

    def _name(self, node: ast.Name, names: dict[str, str]) -> str:
        scopes = self._reader.module.scopes
        if not scopes.bindings(node):
            return node.id
        return "text" if scopes.is_of_text(node) else names.setdefault(node.id, f"#{len(names)}")


def _own_texts(
    node: ast.AST, module: PythonModule, names: dict[tuple[ast.AST | None, str], str]
) -> Iterator[str]:
    """The kind of a node, and what it says itself; ``names`` are local variables, in their order."""
    yield type(node).__name__
    scopes = module.scopes
    if isinstance(node, ast.arg):
        yield names.setdefault((scopes.function_of(node), node.arg), f"#{len(names)}")
        return
    if isinstance(node, ast.Name) and scopes.bindings(node) and not scopes.is_of_text(node):
        yield names.setdefault((scopes.function_of(node), node.id), f"#{len(names)}")
        return
    for field, value in ast.iter_fields(node):
        if field not in _UNSEEN_FIELDS and not isinstance(value, (ast.AST, list)):
            yield repr(value)


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is only a text, such as a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)

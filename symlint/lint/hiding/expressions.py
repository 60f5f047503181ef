"""The expressions of a configuration that are secrets as they are written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.hcl import nodes
from symlint.hcl.walk import children, walk
from symlint.lint.hiding.names import is_secret_name
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.nodes import Expression, Node
    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.declarations import (
        Declaration,
        Module,
        OutputDeclaration,
        VariableDeclaration,
    )

_READING: Final = ("file", "filebase64", "templatefile", "fileexists", "fileset")
"""Functions whose first argument is a path."""


class SecretExpressions:
    """The secret expressions of the modules that one root module calls, itself included.

    Secret is what a variable or output that says so (``sensitive``, ``ephemeral``) is given, what is
    given to ``sensitive()``, what has the name of a secret, and what these are when they are nothing
    but a name of something else.
    """

    def __init__(self, called: CalledModules, inputs: Inputs, named: Named) -> None:
        self._called: Final = called
        self._inputs: Final = inputs
        self._named: Final = named
        self._found: dict[tuple[str, int, int], Expression] = {}
        self._open: list[tuple[Expression, Module]] = []
        self._variables: set[tuple[str, str]] = set()

    def find(self) -> Iterable[Expression]:
        """All of them, each once."""
        for module in self._called.modules.values():
            for variable in module.variables.values():
                if is_secret_variable(variable):
                    self._take_variable(variable, module)
            for output in module.outputs.values():
                value = output.expression("value")
                if value is not None and _says_so(output):
                    self._open.append((value, module))
            for body in module.bodies:
                self._open += ((found, module) for found in self._named.within(body))
        while self._open:
            expression, module = self._open.pop()
            key = (expression.source.path, expression.start, expression.end)
            if key not in self._found:
                self._found[key] = expression
                self._follow(expression, module)
        return self._found.values()

    def is_secret(self, variable: VariableDeclaration, module: Module) -> bool:
        """Whether a variable of one of the modules has turned out to be secret."""
        return (module.directory, variable.name) in self._variables

    def _follow(self, expression: Expression, module: Module) -> None:
        """Take what an expression is that only names something else."""
        while type(expression) is nodes.Parenthesis:
            expression = expression.expression
        if type(expression) is not nodes.Traversal or not expression.steps:
            return
        step = expression.steps[0]
        name = step.name if type(step) is nodes.AttributeStep else None
        if expression.root == "local" and name in module.locals:
            self._open.append((module.locals[name].attribute.value, module))
        elif expression.root == "var" and name in module.variables:
            self._take_variable(module.variables[name], module)

    def _take_variable(self, variable: VariableDeclaration, module: Module) -> None:
        """Take the default of a variable, and what it is given."""
        if (module.directory, variable.name) in self._variables:
            return
        self._variables.add((module.directory, variable.name))
        default = variable.expression("default")
        if default is not None:
            self._open.append((default, module))
        if module is self._called.root:
            for path in self._inputs.files:
                self._take_given(path, variable.name, module)
        for call in self._called.calls.get(module.directory, ()):
            given = call.expression(variable.name)
            caller = self._caller(call)
            if given is not None and caller is not None:
                self._open.append((given, caller))

    def _take_given(self, path: str, name: str, module: Module) -> None:
        parsed = self._called.cache.parse(path)
        attribute = None if isinstance(parsed, ReadProblem) else parsed.body.attribute(name)
        if attribute is not None:
            self._open.append((attribute.value, module))

    def _caller(self, call: Declaration) -> Module | None:
        return self._called.modules.get(os.path.dirname(call.block.source.path))


def is_secret_variable(variable: VariableDeclaration) -> bool:
    """Whether the value of a variable must not be shown: it says so, or its name does."""
    return _says_so(variable) or is_secret_name(variable.name)


def _says_so(declaration: VariableDeclaration | OutputDeclaration) -> bool:
    """Whether ``sensitive`` or ``ephemeral`` is anything but false."""
    for name in ("sensitive", "ephemeral"):
        said = declaration.expression(name)
        if said is not None and getattr(said, "value", None) not in (False, "false"):
            return True
    return False


class Named:
    """What has the name of a secret in a file, found once for all that read the file."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[nodes.Body, tuple[Expression, ...]]] = {}

    def within(self, body: nodes.Body) -> tuple[Expression, ...]:
        """What has the name of a secret, and what is given to ``sensitive``."""
        known = self._known.get(id(body))
        if known is None:
            # The body is kept beside it, so that no other one gets its identity.
            known = self._known[id(body)] = (body, tuple(_named(body)))
        return known[1]


def _named(body: nodes.Body) -> Iterator[Expression]:
    for node in walk(body):
        if isinstance(node, nodes.Attribute):
            if is_secret_name(node.name):
                yield node.value
        elif isinstance(node, nodes.ObjectItem):
            key = getattr(node.key, "value", None)
            if isinstance(key, str) and is_secret_name(key):
                yield node.value
        elif isinstance(node, nodes.Call) and node.name == "sensitive":
            yield from node.arguments


def literals(expression: Expression) -> Iterator[nodes.Literal]:
    """The texts and numbers that an expression is made of; not those that only choose among others.

    A path that a function reads, a condition, an index and the names of an object's attributes are
    not part of the value.
    """
    stack: list[Node] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Literal):
            if node.value is not None and not isinstance(node.value, bool):
                yield node
        elif isinstance(node, nodes.Conditional):
            stack += (node.then, node.otherwise)
        elif isinstance(node, nodes.For):
            stack.append(node.value)
        elif isinstance(node, nodes.Index):
            stack.append(node.collection)
        elif isinstance(node, nodes.ObjectItem):
            stack.append(node.value)
        elif isinstance(node, nodes.Call):
            stack += node.arguments[1:] if node.name in _READING else node.arguments
        elif not isinstance(node, (nodes.Traversal, nodes.Binary, nodes.Unary)):
            stack.extend(children(node))

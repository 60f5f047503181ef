"""The expressions of a configuration that are secrets as they are written."""

from __future__ import annotations

import os
import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.hcl.walk import children, walk
from symlint.lint.hiding.names import is_secret_name
from symlint.named_tuple import NamedTuple
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


class Secret(NamedTuple):
    """An expression whose value is secret; ``said`` where the configuration says so, not a name."""

    expression: Expression
    said: bool


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
        self._found: dict[tuple[str, int, int], Secret] = {}
        self._open: list[tuple[Expression, Module, bool]] = []
        self._variables: dict[tuple[str, str], bool] = {}

    def find(self) -> Iterable[Secret]:
        """All of them, each once."""
        for module in self._called.modules.values():
            for variable in module.variables.values():
                if is_secret_variable(variable):
                    self._take_variable(variable, module, _says_so(variable))
            for output in module.outputs.values():
                value = output.expression("value")
                if value is not None and _says_so(output):
                    self._open.append((value, module, True))
            named = self._named.within(module)
            self._open += ((it.expression, module, it.said) for it in named)
        while self._open:
            expression, module, said = self._open.pop()
            key = (expression.source.path, expression.start, expression.end)
            if key not in self._found or (said and not self._found[key].said):
                self._found[key] = Secret(expression, said)
                self._follow(expression, module, said)
        return self._found.values()

    def is_secret(self, variable: VariableDeclaration, module: Module) -> bool:
        """Whether a variable of one of the modules has turned out to be secret."""
        return (module.directory, variable.name) in self._variables

    def _follow(self, expression: Expression, module: Module, said: bool) -> None:
        """Take what an expression is that only names something else."""
        while type(expression) is nodes.Parenthesis:
            expression = expression.expression
        if type(expression) is not nodes.Traversal or not expression.steps:
            return
        step = expression.steps[0]
        name = step.name if type(step) is nodes.AttributeStep else None
        if expression.root == "local" and name in module.locals:
            self._open.append((module.locals[name].attribute.value, module, said))
        elif expression.root == "var" and name in module.variables:
            self._take_variable(module.variables[name], module, said)

    def _take_variable(self, variable: VariableDeclaration, module: Module, said: bool) -> None:
        """Take the default of a variable, and what it is given."""
        key = (module.directory, variable.name)
        if key in self._variables and (self._variables[key] or not said):
            return
        self._variables[key] = said
        default = variable.expression("default")
        if default is not None:
            self._open.append((default, module, said))
        if module is self._called.root:
            for path in self._inputs.files:
                self._take_given(path, variable.name, module, said)
        for call in self._called.calls.get(module.directory, ()):
            given = call.expression(variable.name)
            caller = self._caller(call)
            if given is not None and caller is not None:
                self._open.append((given, caller, said))

    def _take_given(self, path: str, name: str, module: Module, said: bool) -> None:
        parsed = self._called.cache.parse(path)
        attribute = None if isinstance(parsed, ReadProblem) else parsed.body.attribute(name)
        if attribute is not None:
            self._open.append((attribute.value, module, said))

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
    """What has the name of a secret in a module, found once for all root modules that call it."""

    def __init__(self, names: frozenset[str]) -> None:
        """``names`` are further names of secrets: of inputs of modules."""
        self._names: Final = names
        self._found: Final[dict[Module, tuple[Secret, ...]]] = {}

    def within(self, module: Module) -> tuple[Secret, ...]:
        """What has the name of a secret, and what is given to ``sensitive``."""
        found = self._found.get(module)
        if found is None:
            found = tuple(secret for body in module.bodies for secret in self._in_file(body))
            self._found[module] = found
        return found

    def _in_file(self, body: nodes.Body) -> tuple[Secret, ...]:
        return body.once((_named, self._names), lambda: tuple(_named(body, self._names)))


def _named(body: nodes.Body, names: frozenset[str]) -> Iterator[Secret]:
    for node in walk(body):
        kind = type(node)
        if kind is nodes.Traversal or kind is nodes.Literal:
            continue
        if isinstance(node, nodes.Attribute):
            if is_secret_name(node.name) or node.name in names:
                yield Secret(node.value, said=False)
        elif isinstance(node, nodes.ObjectItem):
            key = getattr(node.key, "value", None)
            if isinstance(key, str) and is_secret_name(key):
                yield Secret(node.value, said=False)
        elif isinstance(node, nodes.Call) and node.name == "sensitive":
            for argument in node.arguments:
                yield Secret(argument, said=True)
        elif isinstance(node, nodes.Block) and is_store(node):
            for attribute in node.body.attributes.values():
                if attribute.name in _STORED:
                    yield Secret(attribute.value, said=False)


_STORED: Final = (
    "content", "content_base64", "data", "data_json", "data_json_wo", "value", "value_wo",
)  # fmt: skip  # as many a line as fit
"""Arguments in which resources that store secrets, and mostly nothing else, have them."""

_STORES: Final = re.compile(
    r"\w*_(?:secret(?:_v\d|_version)?|secret_[a-z_]*|sensitive_file|password|credentials?)"
)


def is_store(block: nodes.Block) -> bool:
    """Whether a block is a resource that stores a secret, going by its type."""
    if block.type != "resource" or not block.labels:
        return False
    kind = block.labels[0].value
    if kind == "aws_ssm_parameter":
        return getattr(attribute_value(block, "type"), "value", None) == "SecureString"
    return _STORES.fullmatch(kind) is not None and not kind.startswith("sym_")


def attribute_value(block: nodes.Block, name: str) -> Expression | None:
    """The expression of an argument of a block, or None."""
    attribute = block.body.attribute(name)
    return None if attribute is None else attribute.value


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

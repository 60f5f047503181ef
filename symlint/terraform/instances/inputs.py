"""Values for root variables from outside: variable files, options and the environment.

https://developer.hashicorp.com/terraform/language/values/variables#assigning-values-to-root-module-variables
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes, parse
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.source.text import Range, SourceFile
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.modules.constants import ConstantScope, not_constants
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.value import Value, string, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.budget import Budget
    from symlint.hcl.nodes import Expression
    from symlint.terraform.functions.files import Files
    from symlint.terraform.instances.options import EvaluationOptions
    from symlint.terraform.modules.declarations import Module, VariableDeclaration
    from symlint.terraform.modules.loader import FileCache

_ENVIRONMENT_PREFIX: Final = "TF_VAR_"
_STEPS_PER_PROBLEM: Final = 200
"""What it costs to find a mistake in an input, and to show it."""

_TOO_MANY_PROBLEMS: Final = (
    "its variable files have more mistakes than symlint takes note of: some may be missed"
)


class Inputs(NamedTuple):
    """The values by variable name, what was wrong with them, and the files that were read."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    unreadable: tuple[ReadProblem, ...] = ()


def automatic_files(directory: str) -> list[str]:
    """The variable files that Terraform reads by itself, lowest precedence first.

    It passes over a ``terraform.tfvars`` that is a link to nothing, but stops at ``*.auto.tfvars``.
    """
    try:
        names = os.listdir(directory)
    except OSError:
        return []
    found: list[str] = [
        name
        for name in ("terraform.tfvars", "terraform.tfvars.json")
        if name in names and os.path.exists(os.path.join(directory, name))
    ]
    found += sorted(n for n in names if n.endswith((".auto.tfvars", ".auto.tfvars.json")))
    return [os.path.join(directory, name) for name in found]


def read_inputs(
    module: Module, options: EvaluationOptions, cache: FileCache, budget: Budget, files: Files
) -> Inputs:
    """All values given to root variables, those of higher precedence instead of lower ones."""
    reader = _Reader(module, cache, ConstantScope(budget, files))
    environment = options.environment or {}
    for name in sorted(environment):
        if name.startswith(_ENVIRONMENT_PREFIX):
            variable = name.removeprefix(_ENVIRONMENT_PREFIX)
            # Terraform ignores TF_VAR_ variables that no variable is declared for.
            if variable in module.variables:
                reader.text(variable, environment[name], f"<environment variable {name}>")
    for path in automatic_files(module.directory):
        reader.file(path)
    for kind, given in options.given:
        if kind == "file":
            reader.file(os.path.abspath(given))
        else:
            name, _, text = given.partition("=")
            reader.text(name.strip(), text, "<command line>")
    problems = (*reader.problems, *reader.scope.problems)
    return Inputs(reader.values, problems, tuple(reader.files), tuple(reader.unreadable))


class _Reader:
    def __init__(self, module: Module, cache: FileCache, scope: ConstantScope) -> None:
        self.module = module
        self.cache = cache
        self.scope = scope
        self.values: dict[str, Value] = {}
        self.problems: list[Problem] = []
        self.files: list[str] = []
        self.unreadable: list[ReadProblem] = []

    def file(self, path: str) -> None:
        """Take the values of one variable file."""
        parsed = self.cache.parse(path)
        if isinstance(parsed, ReadProblem):
            self.unreadable.append(parsed)
            lost = unknown("variable", "a variable file cannot be read")
            self.values.update(dict.fromkeys(self.module.variables, lost))
            return
        self.files.append(path)
        for block in parsed.body.blocks():
            self._problem(
                block.header_range,
                "a variable file holds values, not blocks",
                f"variables are declared in .tf files; write {block.type} = ... to set one",
            )
        for name, attribute in parsed.body.attributes.items():
            if name not in self.module.variables:
                self._undeclared(name, attribute.name_range, path)
            else:
                self._assign(name, attribute.value)

    def _assign(self, name: str, expression: Expression) -> None:
        for range_, mistake in not_constants(expression):
            self._problem(range_, f"a variable file {mistake}", "write the value itself")
        self.values[name] = evaluate(expression, self.scope)

    def text(self, name: str, text: str, where: str) -> None:
        """Take the value of an option or environment variable.

        Text is itself where the variable is a string, number or bool or has no type, and an
        expression otherwise.
        """
        # The source is what the user typed, in the form of a variable file.
        source = SourceFile(where, f"{name} = {text}")
        range_ = Range(source, len(source.text) - len(text), len(source.text))
        declaration = self.module.variables.get(name)
        if declaration is None:
            if self.module.complete:
                self._problem(range_, f'no variable "{name}" is declared')
            return
        if not _takes_expression(declaration):
            self.values[name] = string(text, range_)
            return
        parsed = parse(source)
        attribute = parsed.body.attribute(name)
        for problem in parsed.problems:
            self._problem(problem.range, problem.message)
        if attribute is not None:
            self._assign(name, attribute.value)

    def _undeclared(self, name: str, range_: Range, path: str) -> None:
        if not self.module.complete:
            return
        file = os.path.basename(path)
        self._problem(
            range_,
            f'{file} sets "{name}", and no such variable is declared',
            "declare the variable in the root module, or remove the value",
        )

    def _problem(self, range_: Range, message: str, help_: str = "") -> None:
        # A set of variable files after the other reads the same file, and says the same of it.
        if self.scope.budget.spend(_STEPS_PER_PROBLEM, _TOO_MANY_PROBLEMS):
            self.problems.append(Problem("input", range_, message, help=help_))


def _takes_expression(declaration: VariableDeclaration) -> bool:
    """Whether text given for the variable is parsed as an expression."""
    type_ = declaration.expression("type")
    if type_ is None:
        return False
    primitive = type(type_) is nodes.Traversal and type_.root in ("string", "number", "bool")
    return not primitive

"""What docs/python-api.md says of each class and function, from the code itself."""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING, ForwardRef

import symlint
from symlint.lint import errors
from symlint.lint.finding import Edit, Finding, Fix, Undecided
from symlint.lint.options import Options
from symlint.lint.report import Counts, Failure, Report, Suppressed
from symlint.lint.run.evaluating import Evaluation
from symlint.source.text import Position, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES = (
    *(Options, Report, Counts, Failure, Suppressed),
    *(Finding, Fix, Edit, Undecided, Range, Position, Evaluation),
    *(errors.UsageError, errors.SelectionError, errors.AddressError, errors.ConfigError),
    errors.RegistryError,
)


def reference() -> str:
    """The documented names in Markdown, each with its fields and its docstring."""
    return (
        "\n".join([*_functions(), *(_class(documented) for documented in CLASSES)]).rstrip() + "\n"
    )


def _functions() -> Iterator[str]:
    """Those of the package, from its text: the name ``symlint.lint`` stands for a package, too."""
    for node in ast.parse(inspect.getsource(symlint)).body:
        if isinstance(node, ast.FunctionDef) and node.name in symlint.__all__:
            for argument in (*node.args.args, node.args.kwarg):
                if argument and isinstance(argument.annotation, ast.Constant):
                    argument.annotation = ast.Name(str(argument.annotation.value))
            signature = f"{node.name}({ast.unparse(node.args)})"
            docstring = _as_markdown(ast.get_docstring(node) or "")
            yield f"## symlint.{node.name}\n\n```python\n{signature}\n```\n\n{docstring}\n"


def _class(documented: type) -> str:
    fields = "".join(f"- `{line}`\n" for line in _fields(documented))
    listed = f"\n{fields}" if fields else ""
    docstring = _as_markdown(inspect.getdoc(documented) or "")
    return f"## {documented.__name__}\n\n{docstring}\n{listed}"


def _fields(documented: type) -> Iterator[str]:
    if issubclass(documented, Exception):
        return
    for name, parameter in inspect.signature(documented).parameters.items():
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        yield f"{name}: {_type(documented.__annotations__[name])}{default}"
    for name, value in vars(documented).items():
        if isinstance(value, property) and value.fget and not name.startswith("_"):
            yield f"{name}: {_type(value.fget.__annotations__['return'])} (read only)"


def _type(annotation: object) -> str:
    return annotation.__forward_arg__ if isinstance(annotation, ForwardRef) else str(annotation)


def _as_markdown(docstring: str) -> str:
    """With literals and examples as Markdown has them."""
    fenced = re.sub(r"((?:^>>> .*\n?)+)", r"```python\n\1\n```\n", docstring, flags=re.MULTILINE)
    return re.sub(r"(?<!`)``(?!`)", "`", fenced).replace("\n\n```\n", "\n```\n")

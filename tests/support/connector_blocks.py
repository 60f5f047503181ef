"""Blocks of Terraform that the tests of rules about Sym's modules are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import findings
from support.writing import HERE, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule

MODULE = """
module "{name}" {{
  source  = "symopsio/{kind}/aws"
  version = "{version}"

{arguments}}}
"""

V1_ROLE = "module.runtime_connector.settings.role_arn"
V2_ROLE = "module.runtime_connector.sym_runtime_connector_role.arn"


def module(kind: str, name: str = "", version: str = "~> 2.0", **arguments: str) -> str:
    """A call of one of Sym's modules; arguments are expressions."""
    lines = "".join(f"  {key} = {value}\n" for key, value in arguments.items())
    name = name or kind.replace("-", "_")
    return MODULE.format(name=name, kind=kind, version=version, arguments=lines)


def runtime(environment: str = '"main"', **arguments: str) -> str:
    """A runtime connector of version 2."""
    return module("runtime-connector", environment=environment, **arguments)


def connector(kind: str, name: str = "", environment: str = '"main"', **arguments: str) -> str:
    """A connector that trusts the runtime connector."""
    given = {"environment": environment, "runtime_role_arns": f"[{V2_ROLE}]", **arguments}
    version = "~> 1.0" if kind == "lambda" else "~> 2.0"
    return module(f"{kind}-connector", name, version, **given)


def found(directory: Path, files: str | dict[str, str], rule: type[Rule]) -> list[Finding]:
    """What one rule finds in a configuration."""
    texts = {"main.tf": files} if isinstance(files, str) else files
    return findings(write(directory, texts), (rule,))


def lines_found(directory: Path, files: dict[str, str], rule: type[Rule]) -> list[tuple[str, int]]:
    """Where one rule finds something, relative to the configuration."""
    return [
        (it.range.path.removeprefix(f"{directory}/"), it.range.line)
        for it in found(directory, files, rule)
    ]


def marked_lines(files: dict[str, str]) -> list[tuple[str, int]]:
    """The lines that bear the mark."""
    return [
        (name, number)
        for name in sorted(files)
        for number, line in enumerate(files[name].splitlines(), 1)
        if line.endswith(HERE)
    ]

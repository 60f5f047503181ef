"""Configurations for tests, written as one text: ``--- path`` begins the next file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from symlint.graph.all_problems import problems
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.options import EvaluationOptions
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def write_files(directory: Path, text: str) -> None:
    """Write the files of ``text`` below ``directory``; the first is main.tf unless it is named."""
    files: dict[str, list[str]] = {}
    current = "main.tf"
    for line in text.splitlines(keepends=True):
        if line.startswith("--- "):
            current = line[4:].strip()
            files.setdefault(current, [])
        elif line.strip() or current in files:
            files.setdefault(current, []).append(line)
    for name, lines in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")


def configuration(directory: Path, text: str, **options: Any) -> Configuration:
    """The configuration of ``text``; ``options`` are those of ``EvaluationOptions``."""
    write_files(directory, text)
    return Configuration(str(directory), EvaluationOptions(**options))


def messages(found: Configuration) -> list[str]:
    """All problems as ``line kind: message``, with the file where it is not main.tf."""
    shown = []
    for problem in problems(Diagnosis(found)):
        name = problem.range.path.removeprefix(found.directory + "/")
        prefix = "" if name == "main.tf" else name + ":"
        shown.append(f"{prefix}{problem.range.line} {problem.kind}: {problem.message}")
    return shown


def plain(value: Value | None) -> Any:
    """Known content as plain data; what is not known as text: ``<reference>`` or ``<kind>``."""
    if value is None:
        return "<none>"
    content = value.content
    if isinstance(content, Unknown):
        return f"<{content.reference or content.kind}>"
    if isinstance(content, tuple):
        return [plain(element) for element in content]
    if isinstance(content, dict):
        return {key: plain(element) for key, element in content.items()}
    if value.object_reference is not None:
        return f"<{value.object_reference.reference}>"
    return content


def hops(value: Value | None) -> list[str]:
    """What a value was read through, the first nearest to where it is written."""
    return [] if value is None else [str(hop.reference) for hop in value.hops]


# --- one argument that is not known ---

ARGUMENT = re.compile(r"^( +\w+ *= )([^{\[(\n]*[^{\[(\s]|.*[}\])])$", re.MULTILINE)
"""An argument that is written on one line."""
MAP = re.compile(r"^(( +)\w+ += )\{\n(?:.*\n)*?\2\}$", re.MULTILINE)
"""An argument that is a map."""
LITERAL_ONLY = re.compile(
    r" +(source|version|for_each|count|depends_on|providers?|default|type|alias|aws|to) *= "
)
UNKNOWN = '\n\nvariable "unknown" {}\n'


def with_unknown(main: str) -> Iterator[tuple[str, str]]:
    """Each argument with its line, and the text in which a variable without a value replaces it."""
    for argument in (*ARGUMENT.finditer(main), *MAP.finditer(main)):
        if not LITERAL_ONLY.match(argument[0]):
            line = main.count("\n", 0, argument.start()) + 1
            changed = main[: argument.start()] + unknown(argument) + main[argument.end() :]
            yield f"{line}: {argument[0].partition(chr(10))[0].strip()}", changed


def files_of(example: str | Mapping[str, str]) -> dict[str, str]:
    """The files of an example, by relative path."""
    return {"main.tf": example} if isinstance(example, str) else dict(example)


def unknown(argument: re.Match[str]) -> str:
    """The argument, with a variable without a value instead of its own."""
    return argument[0] if LITERAL_ONLY.match(argument[0]) else f"{argument[1]}var.unknown"

"""Writing configurations for tests, and finding a place in them again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from symlint.rules._python_examples import FLOW, with_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.finding import Finding

TESTS = Path(__file__).parent.parent
FIXTURES = TESTS / "fixtures"
HERE = "# here"
"""Ends the line at which something must be found."""


def write(directory: Path, files: Mapping[str, str]) -> Path:
    """Files by relative path; the directory of ``main.tf``."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def read(directory: Path) -> dict[str, str]:
    """The files of a folder and of those in it, by relative path."""
    return {
        path.relative_to(directory).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def base(name: str) -> dict[str, str]:
    """The files of a correct configuration: a folder of ``tests/bases`` or ``tests/fixtures``."""
    folder = TESTS / "bases" / name
    return read(folder if folder.is_dir() else FIXTURES / name)


def base_text(name: str) -> str:
    """The ``main.tf`` of a correct configuration."""
    return base(name)["main.tf"]


def flow_with(code: str, arguments: str = "", params: str = "") -> dict[str, str]:
    """The files of ``sym_flow.iam``: with code behind its reducers, more arguments, more parameters."""
    main = FLOW.replace("  params {}\n", f"{arguments}  params {{\n{params}  }}\n")
    return with_code(f"\nfrom sym.sdk.integrations import okta\n\n{code}", main)


def replaced(text: str, old: str, new: str) -> str:
    """The text with a piece replaced that stands in it once."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def marked(root: Path) -> tuple[str, int]:
    """The file, relative to ``root``, and the line that bear the mark."""
    (found,) = marked_lines(read(root))
    return found


def marked_lines(files: Mapping[str, str]) -> list[tuple[str, int]]:
    """The files and lines that bear the mark."""
    return [
        (name, number)
        for name in sorted(files)
        if ".tf" in name
        for number, line in enumerate(files[name].splitlines(), 1)
        if line.endswith(HERE)
    ]


def place(root: Path, finding: Finding) -> tuple[str, int]:
    """The file, relative to ``root``, and the line of a finding."""
    return Path(finding.range.path).relative_to(root).as_posix(), finding.range.line

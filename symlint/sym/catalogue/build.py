"""Turn the TOML files of each folder into its ``_data.py``: ``python -m symlint.sym.catalogue.build``.

Reading TOML costs 10 ms and more in a cold process, mostly for the parser's regular expressions;
a module of Python literals loads in about one. What only Python that a flow carries is compared with
is in a folder of its own, and loaded with it. With ``--check`` nothing is written and the exit status
says whether each ``_data.py`` is fresh.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from symlint.annotations import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
FOLDERS = (HERE, HERE / "sdk_api")
TARGET = "_data.py"

HEADER = '''\
# Generated from the *.toml files beside it by `python -m symlint.sym.catalogue.build`.
# fmt: off
# ruff: noqa -- generated: lines are as the pretty-printer leaves them
"""The catalogue's tables, one function a subject; each call builds a fresh table."""

from __future__ import annotations

from symlint.annotations import Any
'''


def generate(folder: Path) -> str:
    """The text that the ``_data.py`` of ``folder`` must have. Raises tomllib.TOMLDecodeError."""
    parts = [HEADER]
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        lines = "".join(f"        {line}\n" for line in _entries(_frozen(table)))
        parts.append(f"\n\ndef {path.stem}() -> dict[str, Any]:\n    return {{\n{lines}    }}\n")
    return "".join(parts)


def _entries(table: Any) -> Iterator[str]:
    """The lines of a table: one for each entry, or, where entries are tables of tables, for each
    entry of those, so that a change shows as the lines that it concerns."""
    for key, value in table.items():
        if isinstance(value, dict) and any(isinstance(item, dict) for item in value.values()):
            yield f"{key!r}: {{"
            yield from (f"    {name!r}: {item!r}," for name, item in value.items())
            yield "},"
        else:
            yield f"{key!r}: {value!r},"


def _frozen(value: object) -> object:
    """``value`` with its lists as tuples, which a compiled module holds as constants."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


def main(arguments: list[str]) -> int:
    """Write each ``_data.py``, or with ``--check`` compare it; 0 if all are (now) fresh, else 1."""
    texts = {folder / TARGET: generate(folder) for folder in FOLDERS}
    stale = [
        path
        for path, text in texts.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for path in stale:
            print(f"{path} is stale: run python -m symlint.sym.catalogue.build")
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Write the address of the repository anew, wherever it stands.

Run: ``python -m tools.address https://github.com/acme/symlint``. The address is that of
``project.urls`` in ``pyproject.toml``; every file that git knows and that repeats it is changed.
Without an argument the address is printed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def repository() -> str:
    """The address that ``pyproject.toml`` gives."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Repository"])


def files_with(text: str) -> list[Path]:
    """The files that git knows and that hold ``text``, relative to the repository."""
    command = ["git", "grep", "--files-with-matches", "-I", "-z", "--fixed-strings", "-e", text]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return [Path(name) for name in done.stdout.split("\0") if name]


def main() -> int:
    """Print the address, or replace it; returns the exit status."""
    old = repository()
    if len(sys.argv) == 1:
        print(old)
        return 0
    new = sys.argv[1].rstrip("/")
    if not re.fullmatch(r"https://[\w.-]+(/[\w.-]+)+", new):
        print(f"{new} is no address of a repository: https://host/owner/name", file=sys.stderr)
        return 2
    for path in files_with(old):
        text = (ROOT / path).read_text(encoding="utf-8")
        (ROOT / path).write_text(text.replace(old, new), encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

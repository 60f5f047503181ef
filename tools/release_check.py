"""Whether a tag may be released: ``python -m tools.release_check v1.2.3``; needs nothing but Python.

The version of ``pyproject.toml`` is that of the tag, and CHANGELOG says the day on which it is released.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def problems(tag: str, version: str, changelog: str) -> list[str]:
    """What keeps the tag from being released, in sentences."""
    found = []
    if tag != f"v{version}":
        found.append(f"The tag is {tag}, but pyproject.toml has version {version}.")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$"
    if not re.search(heading, changelog, re.MULTILINE):
        found.append(f"CHANGELOG.md has no heading '## [{version}] - YYYY-MM-DD'.")
    return found


def main() -> int:
    """Print the problems of the tag that is given; returns the exit status."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = problems(sys.argv[1], project["version"], changelog)
    print("\n".join(found) or f"{sys.argv[1]} can be released.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

"""The texts of the files that ``symlint init`` writes, and what it adds to files that are there."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.rules.address import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMIT: Final = "COMMIT"
"""Stands for the hash of a commit of symlint, which nobody can move as a tag can be moved."""

_PACKAGE: Final = f'"git+{REPOSITORY}@{COMMIT}"'

HOOK: Final = f"""\
- repo: {REPOSITORY}
  rev: {COMMIT}
  hooks:
    - id: symlint
"""

GITHUB: Final = f"""\
name: symlint
on: [pull_request]
permissions:
  contents: read
jobs:
  symlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: pipx install {_PACKAGE}
      - run: symlint --output markdown="$GITHUB_STEP_SUMMARY"
"""

GITLAB: Final = f"""\
symlint:
  image: python:3.12
  script:
    - pip install {_PACKAGE}
    - symlint --output gitlab=gl-code-quality-report.json --output junit=symlint.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: symlint.xml
"""


def configuration(variable_files: Sequence[str]) -> str:
    """The text of ``symlint.toml``; with the variable files that root modules have."""
    lines = ["# Configuration of symlint: symlint config show lists every key and its value.", ""]
    if variable_files:
        listed = ", ".join(f'"{name}"' for name in variable_files)
        lines += [
            "# Each root module is linted under each of these that it has.",
            f"variable-files = [{listed}]",
        ]
    else:
        lines += ["# Codes, names or beginnings of codes that are not to run.", "ignore = []"]
    return "\n".join([*lines, ""])


def with_hook(text: str) -> str:
    """The configuration of pre-commit with the hook behind its other repositories."""
    indent = next(
        (
            line[: line.index("-")]
            for line in text.split("\n")
            if line.lstrip().startswith("- repo:")
        ),
        "  ",
    )
    end = "" if not text or text.endswith("\n") else "\n"
    head = "" if "repos:" in text else "repos:\n"
    hook = "".join(f"{indent}{line}\n" for line in HOOK.splitlines())
    return f"{text}{end}{head}{hook}"

"""Compares symlint's verdicts with those recorded of ``terraform validate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from provider_cases import CASES, REQUIRED_NULL, VERSIONS, WHOLE

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from symlint.lint.finding import Finding

HERE = Path(__file__).parent
VERDICTS: dict[str, Verdict]
LANGUAGE = ("SYM0", "SYM10", "SYM11", "SYM12")
"""The families that say what Terraform and the provider's schema say."""
LINKS = ("SYM112", "SYM201", "SYM401", "SYM405")
"""Rules that take over where an id, or a prompt field's type, is wrong altogether."""
BY_PROVIDER = ("Implementation values must", "Invalid prompt_field.type")
"""Errors of the provider's own checks, which come with the place of the whole resource."""


class Verdict(NamedTuple):
    """What one side says: lines are those of errors in ``main.tf``."""

    valid: bool
    lines: tuple[int, ...]
    whole: bool


def recorded() -> dict[str, Verdict]:
    """Terraform's verdicts by name of the case."""
    entries = json.loads((HERE / "verdicts.json").read_text(encoding="utf-8"))
    return {
        name: Verdict(
            entry["valid"],
            tuple(error["line"] for error in entry["errors"]),
            any(error["summary"].startswith(BY_PROVIDER) for error in entry["errors"]),
        )
        for name, entry in entries.items()
    }


def symlint_errors(directory: Path, name: str) -> list[Finding]:
    """What symlint calls an error in one case, as far as Terraform could."""
    text = {**CASES, **REQUIRED_NULL, **WHOLE}[name]
    (directory / "main.tf").write_text(text, encoding="utf-8")
    for python in ("impl.py", "strategy.py"):
        (directory / python).write_text("# reviewed\n", encoding="utf-8")
    if name not in WHOLE:
        (directory / "versions.tf").write_text(VERSIONS, encoding="utf-8")
    report = lint([str(directory)], Options())
    assert not report.failures, report.failures
    return [
        finding
        for finding in report.findings
        if finding.severity == "error"
        and finding.code.startswith((*LANGUAGE, *LINKS))
        # To the provider's schema settings are a map of texts: it asks for no key in it.
        and finding.attribute != "settings.context_id"
    ]


def lines_of(finding: Finding) -> set[int]:
    """The lines of a finding and of what belongs to it."""
    return {finding.range.line, *(related.range.line for related in finding.related)}

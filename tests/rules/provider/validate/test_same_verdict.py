"""The provider's schema: the same verdict as ``terraform validate``, on the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from provider_cases import CASES, REQUIRED_NULL, STRICTER, WHOLE
from provider_comparison import lines_of, recorded, symlint_errors

if TYPE_CHECKING:
    from pathlib import Path

VERDICTS = recorded()
SAME = [name for name in (*CASES, *WHOLE) if name not in STRICTER]


def test_every_case_is_recorded() -> None:
    assert list(VERDICTS) == [*CASES, *REQUIRED_NULL, *WHOLE]
    right = sum(VERDICTS[name].valid for name in SAME)
    assert right >= 100
    assert len(SAME) - right >= 150


@pytest.mark.no_cover
@pytest.mark.parametrize("name", SAME)
def test_same_verdict(name: str, tmp_path: Path) -> None:
    verdict = VERDICTS[name]
    findings = symlint_errors(tmp_path, name)
    assert (not findings) == verdict.valid, [(it.code, it.title) for it in findings]
    if verdict.whole:
        return  # the provider's own checks name the resource, and no line in it
    for finding in findings:
        near = [line for line in verdict.lines for own in lines_of(finding) if abs(line - own) <= 1]
        assert near, (verdict.lines, finding.range.line, finding.title)


@pytest.mark.parametrize("name", [*REQUIRED_NULL, *STRICTER])
def test_what_fails_after_validate_is_found_as_well(name: str, tmp_path: Path) -> None:
    assert VERDICTS[name].valid
    assert symlint_errors(tmp_path, name)

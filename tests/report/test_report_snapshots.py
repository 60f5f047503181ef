"""Every format of one hand-made report, compared with the files in ``snapshots/``."""

import re
from pathlib import Path
from typing import Any

import pytest
from sample_report import clean_report, sample_options, sample_report
from support.snapshots import compare, left_over

from symlint.report.formats import FORMATS, render

SNAPSHOTS = Path(__file__).parent / "snapshots"

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (name, {}) for name in FORMATS},
    "text-60": ("text", {"width": 60, "show_undecided": True}),
    "text-80": ("text", {"width": 80, "show_undecided": True, "statistics": True}),
    "text-200": ("text", {"width": 200}),
    "text-color": ("text", {"width": 80, "color": True, "hyperlinks": True}),
    "text-quiet": ("text", {"quiet": True}),
    "concise-everything": ("concise", {"show_undecided": True, "statistics": True, "color": True}),
    "sarif-undecided": ("sarif", {"show_undecided": True}),
    "markdown-statistics": ("markdown", {"statistics": True}),
}


def without_code(name: str, text: str) -> str:
    """A page without its style and script, which say nothing of a report."""
    if name != "html":
        return text
    return re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", CASES)
def test_sample(name: str) -> None:
    format_name, changes = CASES[name]
    text = render(format_name, sample_report(), sample_options(**changes))
    compare(SNAPSHOTS / f"{name}.snap", without_code(format_name, text))


@pytest.mark.parametrize("name", FORMATS)
def test_clean(name: str) -> None:
    text = render(name, clean_report(), sample_options())
    compare(SNAPSHOTS / f"clean-{name}.snap", without_code(name, text))


def test_no_snapshot_is_left_over() -> None:
    wanted = {*CASES, *(f"clean-{name}" for name in FORMATS)}
    assert not left_over(SNAPSHOTS, {f"{name}.snap" for name in wanted})

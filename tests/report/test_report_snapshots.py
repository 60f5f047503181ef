"""Every format of one hand-made report, compared with the files in ``snapshots/``.

``UPDATE_SNAPSHOTS=1 pytest tests/report`` writes the files anew; read the difference before you
commit it.
"""

import os
from pathlib import Path

import pytest
from sample_report import clean_report, sample_options, sample_report

from symlint.report.formats import FORMATS, render

SNAPSHOTS = Path(__file__).parent / "snapshots"

CASES = {
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


def compare(name: str, text: str) -> None:
    path = SNAPSHOTS / f"{name}.snap"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("name", CASES)
def test_sample(name: str) -> None:
    format_name, changes = CASES[name]
    compare(name, render(format_name, sample_report(), sample_options(**changes)))


@pytest.mark.parametrize("name", FORMATS)
def test_clean(name: str) -> None:
    compare(f"clean-{name}", render(name, clean_report(), sample_options()))


def test_no_snapshot_is_left_over() -> None:
    wanted = {*CASES, *(f"clean-{name}" for name in FORMATS)}
    assert {path.stem for path in SNAPSHOTS.iterdir()} == wanted

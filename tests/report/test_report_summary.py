"""What a report says of how often something was found."""

from __future__ import annotations

import pytest
from support.hand_made import finding, range_of

from symlint.report.summary import more_found
from symlint.source.text import SourceFile


@pytest.mark.parametrize(
    ("number", "of", "expected"),
    [
        (1, "", "1 more instance of the same block"),
        (2, "", "2 more instances of the same block"),
        (1, "strategy", "1 more strategy"),
        (3, "strategy", "3 more strategies"),
        (3, "flow", "3 more flows"),
    ],
)
def test_what_else_has_the_same_finding(number: int, of: str, expected: str) -> None:
    found = finding(range_of(SourceFile("/main.tf", "a = 1\n"), "1"))
    assert more_found(found._replace(more_instances=number, more_of=of)) == expected

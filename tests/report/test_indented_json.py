"""JSON is what the standard library writes; what stands there often is written once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.effort import lines_run

from symlint.report.formats.indented_json import indented

SHARED: dict[str, Any] = {"text": "é\n\ud800", "value": [1, {"a": ()}], "none": {}}


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        "text",
        [None, True, False, 0, -1, 1.5, 10**30, ""],
        {"a": {"b": [[], {}, [{}], ["\x1b\u2028 ##[error]"]]}, "": [(1, (2,))]},
        [SHARED, SHARED, [SHARED], SHARED, {"deeper": [SHARED, SHARED]}],
    ],
)
def test_it_is_what_the_standard_library_writes(data: Any) -> None:
    assert indented(data) == json.dumps(data, indent=2)


def test_what_stands_there_often_is_written_once() -> None:
    shared = {str(number): [number] for number in range(100)}
    once = lines_run(lambda: indented([shared, shared]))
    assert lines_run(lambda: indented([shared] * 12)) < once + 10 * 30

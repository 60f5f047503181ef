"""Whether a change of one column gives more access or less, whatever the column held before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from symlint.sym.access.cells import Cell, broken, not_known
from symlint.sym.access.directions import turn
from symlint.sym.access.turns import NARROWED, NEUTRAL, OTHER_CODE, UNDECIDED, Turn

if TYPE_CHECKING:
    from symlint.sym.access.cells import Data

WIDER, LESS, SAME, OPEN = "widened", "narrowed", "neutral", "not comparable"
BY_CONDITION: Data = (
    {"if": "is_late()", "value": "member"},
    {"if": "not is_late()", "value": "admin"},
)
BY_ANOTHER: Data = ({"if": "is_early()", "value": "guests"},)
UNSAID: Data = ({"if": "is_late()", "value": None}, {"if": "not is_late()", "value": "admin"})

CHANGES: tuple[tuple[str, Data, Data, str, str], ...] = (
    ("approve", (), "member", WIDER, "every member of the organization can approve now"),
    ("approve", "guests", (), LESS, ""),
    ("approve", "member", "guests", WIDER, "guests of the Slack workspace too"),
    ("approve", "guests", "all_users", LESS, ""),
    ("approve", "admin", ("U1",), WIDER, "others than admins can approve now"),
    ("approve", "admin", {"users": "on_call()"}, WIDER, "the users that on_call() gives can"),
    ("approve", "admin", {"sees": "#ops"}, WIDER, "everybody who sees the request can approve now"),
    ("approve", "admin", BY_CONDITION, WIDER, "under some conditions, every member"),
    ("approve", BY_CONDITION, "admin", LESS, ""),
    ("approve", ("U1",), "member", WIDER, "every member of the organization can approve now"),
    ("approve", "member", ("U1",), LESS, ""),
    ("approve", ("U1",), ("U1", "U2"), WIDER, "more people can approve now: U2"),
    ("approve", ("U1", "U2"), ("U2",), LESS, ""),
    ("approve", ("U1",), ("U2",), OPEN, ""),
    ("approve", BY_CONDITION, BY_ANOTHER, WIDER, "under some conditions, everybody can approve"),
    ("approve", BY_ANOTHER, BY_CONDITION, LESS, ""),
    ("approve", BY_CONDITION, {"sees": "#ops"}, OPEN, ""),
    ("approve", ("U1",), {"sees": "#ops"}, OPEN, ""),
    ("approve", BY_CONDITION, UNSAID, OPEN, ""),
    ("self_approval", False, True, WIDER, "whoever asks can approve the request alone now"),
    ("self_approval", True, False, LESS, ""),
    ("self_approval", True, "sometimes", OPEN, ""),
    ("gates", (("a",),), (("a",), ("b",)), LESS, ""),
    ("gates", (("a",), ("b",)), (("a",),), WIDER, "approvals count now that were ignored before"),
    ("gates", (("a",),), (("b",),), OPEN, ""),
    ("gates", "always", (("a",),), OPEN, ""),
    ("automatic", "always", (("a",),), LESS, ""),
    ("automatic", (("a",),), "always", WIDER, "every request is granted now"),
    ("automatic", (("a",),), (("a",), ("b",)), WIDER, "without anybody's approval now"),
    ("how_long", "any", (3600,), LESS, ""),
    ("how_long", (3600,), "any", WIDER, "without a limit of time now"),
    ("how_long", (3600,), (1800, 7200), WIDER, "have it for 1 h can have it for 2 h now"),
    ("how_long", (3600, 7200), (3600,), LESS, ""),
    ("how_long", (1800, 3600), (3600,), SAME, ""),
    ("how_long", (), (3600,), OPEN, ""),
    ("how_long", ("1h",), (3600,), OPEN, ""),
    ("ends", ("by itself",), (), WIDER, "access does not end by itself any more"),
    ("asked_from", ("#a",), ("#a", "#b"), WIDER, "it can be asked for from #b now"),
    ("asked_by", {"members": "some"}, "everybody", WIDER, "no filter hides it"),
    ("asked_by", {"unless": (("a",),)}, "everybody", WIDER, "who was turned away can ask now"),
    ("asked_by", {"members": "x"}, {"unless": (("a",),)}, OPEN, ""),
    ("parameter", {"what": ("a",)}, {"what": ("a", "b")}, WIDER, "what can be b now"),
    ("parameter", {"what": ("a",)}, {"what": "any"}, WIDER, "what can be any text now"),
    ("parameter", {"what": "any"}, {"what": ("a",)}, LESS, ""),
    ("parameter", {"what": "a"}, {"what": "b"}, OPEN, ""),
    ("parameter", {"what": "any"}, {"who": "any"}, OPEN, ""),
    ("session", 3600, 7200, WIDER, "a session that is open in AWS lasts 2 h now"),
    ("session", 7200, 3600, LESS, ""),
    ("session", "1h", 3600, OPEN, ""),
    ("grants", "a", "b", WIDER, "the same request gives something else now"),
    ("recorded", {"logs": ("a",)}, {"logs": ()}, WIDER, "is not recorded in a any more"),
    ("recorded", {"logs": ("a", "a")}, {"logs": ("a",)}, WIDER, "recorded in a (2) any more"),
    ("recorded", {"logs": "x", "errors": "a"}, {"logs": "x", "errors": "b"}, SAME, ""),
    ("recorded", "nowhere", {"logs": ()}, OPEN, ""),
    ("environment", "a", "b", SAME, ""),
    ("a column without an order", "a", "b", OPEN, ""),
)


@pytest.mark.parametrize(("column", "before", "after", "direction", "sentence"), CHANGES)
def test_direction(column: str, before: Data, after: Data, direction: str, sentence: str) -> None:
    found = turn(column, Cell("before", value=before), Cell("after", value=after))
    assert found is not None
    assert found.direction == direction
    assert sentence in found.sentence
    assert bool(sentence) == bool(found.sentence)


KNOWN = Cell("a", value="admin", code=("1",))
CELLS: tuple[tuple[str, Cell, Cell, Turn | None], ...] = (
    ("approve", KNOWN, KNOWN, None),
    ("approve", KNOWN, KNOWN._replace(code=("2",)), OTHER_CODE),
    ("approve", not_known("why", "x"), not_known("why", "x"), None),
    ("approve", not_known("why", "x"), not_known("why not", "y"), UNDECIDED),
    ("approve", KNOWN, not_known("why"), UNDECIDED),
    ("grants", not_known("why", "x")._replace(code=("1",)), not_known("y")._replace(code=("1",)), None),
    ("approve", broken("why", "x")._replace(code=("1",)), broken("y", "x")._replace(code=("1",)), None),
    ("approve", KNOWN, KNOWN._replace(state="conditional"), NEUTRAL),
    (
        "approve",
        KNOWN,
        KNOWN._replace(state="broken", reason="it is not returned"),
        Turn("neutral", "it has no effect: it is not returned"),
    ),
    ("approve", KNOWN._replace(value="guests"), KNOWN, NARROWED),
    ("approve", KNOWN._replace(value="guests"), KNOWN._replace(code=("2",)), OTHER_CODE),
)  # fmt: skip  # one change a line


@pytest.mark.parametrize(("column", "before", "after", "expected"), CELLS)
def test_what_is_said_beside_the_value(
    column: str, before: Cell, after: Cell, expected: Turn | None
) -> None:
    assert turn(column, before, after) == expected

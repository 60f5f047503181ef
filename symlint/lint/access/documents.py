"""What is written for programs about access: inventories, locks, comparisons.

The writers give these types, and the JSON schemas are made of them (``symlint/report/access/schema.py``).
A docstring is the description in the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NotRequired, TypedDict

from symlint.lint.access.questions.answer import Verdict
from symlint.sym.access.cells import State
from symlint.sym.access.turns import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping


class PlaceDocument(TypedDict):
    """A place in a file; lines and columns count from 1."""

    path: str
    line: int
    column: int


class CellDocument(TypedDict):
    """What is said in one column: text for people, value for programs, null where nothing is known."""

    text: str
    state: State
    value: Any
    reason: str | None
    code: list[str]
    evidence: list[PlaceDocument]


class EnvironmentValue(TypedDict):
    """An environment, and whether it has a runtime."""

    name: str
    runtime: bool


class RecordedValue(TypedDict):
    """The types of the log destinations, and where errors are told; "" for nowhere."""

    logs: list[str]
    errors: str


VALUES: Final[Mapping[str, Any]] = {
    "environment": EnvironmentValue | Literal[""] | None,
    "grants": dict[str, str | None] | None,
    "parameter": dict[str, str | list[str]] | None,
    "through": dict[str, str | None] | None,
    "asked_from": list[str] | None,
    "how_long": list[int] | Literal["any", "not asked"] | None,
    "ends": list[Literal["by time", "by hand"]] | None,
    "session": int | None,
    "recorded": RecordedValue | Literal[""] | None,
}
"""What the values of a column are, where the column does not depend on code."""


class FlowDocument(TypedDict):
    """A flow; its name is its identity."""

    name: str
    label: str | None
    address: str


class TargetDocument(TypedDict):
    """A target; its type and name are its identity, and "?" a name that is not known."""

    type: str
    name: str
    label: str | None


class GrantDocument(TypedDict):
    """Whoever may ask through the flow can be given the target, which is null where there is none."""

    root: str
    variable_files: str | None
    flow: FlowDocument
    target: TargetDocument | None


class FlowNameDocument(TypedDict):
    """Which flow of the inventory."""

    root: str
    variable_files: str | None
    name: str
    address: str


class TargetNameDocument(TypedDict):
    """Which target of the inventory."""

    type: str
    name: str


class PartDocument(TypedDict):
    """What is so of some flows and targets."""

    verdict: Verdict | None
    about: str | None
    text: str
    flows: list[FlowNameDocument]
    targets: list[TargetNameDocument]


class AnswerDocument(TypedDict):
    """The answer to a question; the verdict is null where the answer is a list."""

    name: str
    question: str
    verdict: Verdict | None
    text: str
    parts: list[PartDocument]


class FailureDocument(TypedDict):
    """What keeps the inventory from being trusted."""

    path: str
    message: str


class InventoryDocument(TypedDict):
    """What symlint access --format json writes."""

    version: Literal[1]
    grants: list[GrantDocument]
    questions: list[AnswerDocument]
    doubts: int
    failures: list[FailureDocument]


class LockCellDocument(TypedDict):
    """What is said in one column, without places; with the reason where it is not known."""

    text: str
    state: State
    value: Any
    reason: NotRequired[str]
    code: NotRequired[list[str]]


class LockTargetDocument(TypedDict):
    """A target; its type and name are its identity, and "?" a name that is not known."""

    type: str
    name: str


class LockGrantDocument(TypedDict):
    """Whoever may ask through the flow can be given the target, which is null where there is none."""

    root: str
    variable_files: str | None
    flow: FlowDocument
    target: LockTargetDocument | None


class LockDocument(TypedDict):
    """What symlint access --lock writes."""

    version: Literal[1]
    grants: list[LockGrantDocument]


class ChangeDocument(TypedDict):
    """A difference of access; the target is null for what is so for all targets of the flow."""

    flow: str
    environment: str | None
    target: str | None
    column: str
    before: str | None
    after: str | None
    direction: Direction
    sentence: str | None


class DiffDocument(TypedDict):
    """What symlint diff --format json writes."""

    version: Literal[1]
    changes: list[ChangeDocument]
    unchanged: int

"""Where requests are asked: Slack channels, users and groups, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.sym.access.cells import Cell, broken, not_known
from symlint.sym.access.entailment import canonical
from symlint.sym.access.python.values import Called, Computed, Constant, Items, code_behind

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.cells import Data
    from symlint.sym.access.python.values import PythonValue

_NOTIFICATION: Final = "sym.sdk.notifications.Notification"
_SHOWN: Final = 6
_SLACK: Final = "sym.sdk.integrations.slack."


def asked(value: PythonValue, place: Place) -> Cell:
    """Where a list of notifications, or a destination, asks; one after the other where there are several."""
    return _asked(value, place)._replace(code=code_behind(value))


def _asked(value: PythonValue, place: Place) -> Cell:
    parts = value.values if isinstance(value, Items) else (value,)
    if not parts:
        return Cell("nowhere: nobody is told of a request", value=())
    cells = [_step(part, place) for part in parts]
    unknown = next((cell for cell in cells if not cell.is_known), None)
    text = ", then ".join(cell.text for cell in cells)
    evidence = tuple(it for cell in cells for it in cell.evidence)
    if unknown is not None:
        return unknown._replace(text=text, evidence=evidence)
    conditional = any(cell.state == "conditional" for cell in cells)
    return Cell(
        text,
        "conditional" if conditional else "known",
        tuple(cell.value for cell in cells),
        "",
        evidence,
    )


def _step(value: PythonValue, place: Place) -> Cell:
    """A notification, a fallback, or one destination."""
    if not isinstance(value, Called):
        return _destination(value, place)
    if value.name == _NOTIFICATION:
        return _timed(_destinations(value, place), value)
    if value.name == f"{_SLACK}fallback":
        steps = [it for key, it in value.arguments.items() if key.isdigit()]
        return _timed(_joined([_destination(it, place) for it in steps], ", then "), value)
    return _destination(value, place)


def _destinations(notification: Called, place: Place) -> Cell:
    """The destinations of a notification."""
    inner = notification.arguments.get("destinations")
    if isinstance(inner, Items) and inner.values:
        return _joined([_destination(it, place) for it in inner.values], " and ")
    if isinstance(inner, Called):
        text = f"the users that {inner.text} gives"
        value: Data = {"users": canonical(inner.text)}
        return Cell(text, "conditional", value, "", place(inner.node), inner.code)
    if isinstance(inner, Computed) and not inner.fails:
        return not_known(inner.reason, f"whom {inner.text} gives", place(inner.node))
    reason = "its destinations are computed when the code runs"
    return not_known(reason, "", place(notification.node))


def _joined(cells: list[Cell], conjunction: str) -> Cell:
    text = conjunction.join(cell.text for cell in cells)
    evidence = tuple(it for cell in cells for it in cell.evidence)
    unknown = next((cell for cell in cells if not cell.is_known), None)
    if unknown is not None:
        return unknown._replace(text=text, evidence=evidence)
    conditional = any(cell.state == "conditional" for cell in cells)
    values: Data = tuple(cell.value for cell in cells)
    return Cell(text, "conditional" if conditional else "known", values, "", evidence)


def _destination(value: PythonValue, place: Place) -> Cell:
    if isinstance(value, Computed):
        if value.fails:
            return broken(value.reason, "it fails", place(value.node))
        if value.text.startswith("event."):
            return Cell(value.text, "conditional", value.text, "", place(value.node))
        return not_known(value.reason, value.text, place(value.node))
    if not isinstance(value, Called) or not value.name.startswith(_SLACK):
        node = getattr(value, "node", None)
        return not_known("it is no destination", "", () if node is None else place(node))
    kind = value.name.removeprefix(_SLACK)
    evidence = place(value.node)
    name = value.arguments.get("name" if kind == "channel" else "identifier")
    if kind == "group":
        return _timed(_group(value.arguments.get("users"), evidence), value)
    if isinstance(name, Constant):
        return _timed(Cell(str(name.value), value=str(name.value), evidence=evidence), value)
    if isinstance(name, Computed):
        if name.fails:
            return broken(name.reason, "it fails", evidence)
        return not_known(name.reason, name.text, evidence)
    return not_known("who that is, is computed when the code runs", "", evidence)


def _group(users: PythonValue | None, evidence: tuple[Range, ...]) -> Cell:
    """A group message to some users."""
    if not isinstance(users, Items):
        return Cell("a group of users", value="a group of users", evidence=evidence)
    names = [str(it.value) for it in users.values if isinstance(it, Constant)]
    if len(names) < len(users.values) or not names:
        text = f"a group of {len(users.values)} users"
        return Cell(text, value=text, evidence=evidence)
    shown = ", ".join(names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return Cell(f"a group of {shown}{more}", value={"group": tuple(names)}, evidence=evidence)


def _timed(cell: Cell, value: Called) -> Cell:
    """The same with how long an answer is waited for."""
    timeout = value.arguments.get("timeout")
    if isinstance(timeout, (Computed, Called)):
        text = f"{cell.text} (for {timeout.text} s)"
        return cell._replace(text=text, value={"for": cell.value, "seconds": timeout.text})
    if not isinstance(timeout, Constant) or not _is_number(timeout.value):
        return cell
    waited: Data = (
        {"for": cell.value, "seconds": int(timeout.value)}
        if isinstance(timeout.value, int)
        else cell.value
    )
    return cell._replace(text=f"{cell.text} (for {timeout.value} s)", value=waited)


def _is_number(value: str | float | None) -> bool:
    """Whether it is a number of seconds to the SDK, which takes digits in a text for one, too."""
    return value.isdecimal() if isinstance(value, str) else value is not None

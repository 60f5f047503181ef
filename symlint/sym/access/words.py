"""Values of Terraform as cells: known texts, references as they are written, durations in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from symlint.sym.access.cells import Cell, digest, not_known
from symlint.sym.access.identities import identity_of
from symlint.sym.model.texts import reason_of, text_of

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

_UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def worded(value: Value, used: Range, sym: Lookup | None = None) -> Cell:
    """A value in words: its text, or the reference that it is where only that is known.

    With ``sym``, what the reference leads to is said by its name, and told apart from others.
    """
    place = (value.origin or used,)
    if value.sensitive:
        return not_known("it is sensitive", "(sensitive value)", place)
    text = text_of(value)
    if text is not None:
        return Cell(text, value=text, evidence=place)
    reference = value.reference
    # As it is written in its own module: where that is called from makes no difference.
    local = (
        None
        if reference is None
        else reference._replace(address=reference.address._replace(module=()))
    )
    written = str(local) if local is not None else place[0].text
    cell = not_known(reason_of(value), written if "\n" not in written else "", place)
    identity = None if reference is None or sym is None else identity_of(sym, reference)
    if identity is None:
        return cell
    text = f"{identity.name} ({cell.text})" if identity.name else cell.text
    return cell._replace(text=text, code=(digest(identity.text),))


def truth(value: Value) -> bool | None:
    """A bool, or a text that becomes one; None for what is not known."""
    return {"true": True, "false": False}.get(text_of(value) or "")


def seconds_of(text: str) -> int | None:
    """How long "30m" or "1h" is; None for what is no duration."""
    match = re.fullmatch(r"\s*(\d{1,9})\s*([smhdw])\w*\s*", text)
    return None if match is None else int(match[1]) * _UNITS[match[2]]


def duration(seconds: int) -> str:
    """``1 h``, ``90 min``, ``10 days``."""
    for unit, name in ((86_400, "day"), (3_600, "h"), (60, "min")):
        if seconds and seconds % unit == 0:
            number = seconds // unit
            plural = "s" if name == "day" and number != 1 else ""
            return f"{number} {name}{plural}"
    return f"{seconds} s"

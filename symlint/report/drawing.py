"""What rich draws, as text: imported where something is drawn."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType


def drawn(things: Iterable[RenderableType], width: int, *, color: bool) -> str:
    """Trees or tables beneath one another, ``width`` columns wide, without blanks at the ends of lines."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        legacy_windows=False,
    )
    for thing in things:
        console.print(thing)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())

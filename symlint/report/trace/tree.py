"""A value with elements as a tree, for people at a terminal: what is known of each element beside it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.cells import cell_width
from symlint.report.drawing import drawn
from symlint.report.summary import count
from symlint.report.trace.values import DEEPEST, MOST_LINES, inside, key_text, not_set

if TYPE_CHECKING:
    from rich.text import Text

    from symlint.report.trace.values import Writer
    from symlint.terraform.values.value import Value

    Path = tuple[str | int, ...]

_GUIDE: Final = 4
"""The columns of the lines that lead to a branch, for each level."""


def tree_lines(address: str, value: Value, writer: Writer, *, color: bool) -> list[str]:
    """The tree of a value beneath its address."""
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(writer.hide(address), "bold"), guide_style="dim")
    left = MOST_LINES
    waiting: list[tuple[Tree, Path, Value]] = [(tree, (), value)]
    while waiting:
        branch, path, current = waiting.pop()
        items = inside(current) or []
        below = []
        for name, element in items[:left]:
            here = (*path, name)
            added = branch.add(_label(name, element, here, writer))
            below.append((added, here, element))
        if len(items) > left:
            branch.add(
                Text(
                    f"... {count(len(items) - left, 'more element')}; --format json shows all",
                    "dim",
                )
            )
        left = max(left - len(items), 0)
        if unset := not_set(current):
            branch.add(Text(unset, "dim"))
        if len(path) < DEEPEST:
            waiting += reversed(below)
    return drawn([tree], writer.room, color=color).splitlines()


def _label(name: str | int, value: Value, path: Path, writer: Writer) -> Text:
    """``name = value``, and where it was written: behind it, or beneath it where there is no room."""
    from rich.text import Text

    room = writer.room - _GUIDE * len(path)
    lead = f"[{name}]" if isinstance(name, int) else key_text(name)
    items = inside(value)
    if items is None:
        found = writer.element(value, path, writer.room - room + len(lead) + len(" = "))
        text, comment = f" = {found.text}", found.comment
    else:
        empty = " = []" if isinstance(value.content, tuple) else " = {}"
        text, comment = "" if items else empty, writer.whole(value, path)
    label = Text(lead)
    label.append(text, "dim" if text.startswith(" = (") else "")
    if comment:
        fits = cell_width(f"{lead}{text}  {comment}") <= room
        label.append(("  " if fits else "\n") + writer.hide(comment), "dim")
    return label

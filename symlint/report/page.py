"""Base class of the text formats: titles, locations, notes and wrapped sentences."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import neutralise
from symlint.report.style import Painter

if TYPE_CHECKING:
    from symlint.report.options import RenderOptions
    from symlint.source.text import Range

WIDEST_PROSE: Final = 110
"""Sentences are not wider than this on a wide terminal: they are hard to read."""

_NARROWEST: Final = 30


class Page:
    """The parts of a text, for one set of options."""

    def __init__(self, options: RenderOptions) -> None:
        self.options = options
        self.painter = Painter(options.color, options.hyperlinks)
        width = options.width
        self.width = None if width is None else max(width, _NARROWEST)

    def title(self, style: str, code: str, title: str) -> list[str]:
        """``error[SYM201]: ...``."""
        from symlint.report.rules.address import rule_address

        first, *rest = self.prose(f"{style}[{code}]: ", style, neutralise(title), "title")
        address = rule_address(code)
        if address and self.painter.hyperlinks:
            first = first.replace(code, self.painter.link(code, address), 1)
        return [first, *rest]

    def arrow(self, range_: Range, gutter: int, address: str = "") -> list[str]:
        """``--> main.tf:14:14 in sym_strategy.this``."""
        from symlint.report.cells import cell_width
        from symlint.report.places import file_uri, shown_place

        place = shown_place(range_, self.options.directory)
        arrow = " " * gutter + "--> "
        uri = file_uri(range_.path) if self.painter.hyperlinks else ""
        line = self.painter.paint(arrow, "gutter") + self.painter.link(place, uri)
        if not address:
            return [line]
        where = f"in {neutralise(address)}"
        if self.width is None or cell_width(f"{arrow}{place} {where}") <= self.width:
            return [f"{line} {self.painter.paint(where, 'faint')}"]
        return [line, " " * (gutter + 4) + self.painter.paint(where, "faint")]

    def marked(self, range_: Range, label: str, style: str, note: tuple[str, str]) -> list[str]:
        """A place, its source with one mark, and a note beneath."""
        from symlint.report.snippet import Annotation, gutter_width, snippet

        annotation = Annotation(range_, label, style, "^")
        gutter = gutter_width([annotation])
        return [
            *self.arrow(range_, gutter),
            *snippet([annotation], gutter, self.width, self.painter),
            *self.note(*note, gutter),
        ]

    def note(self, key: str, text: str, gutter: int) -> list[str]:
        """``= key: text``; lines that begin with two blanks are kept as they are."""
        if not text:
            return []
        from symlint.report.remedy import CODE, remedy_parts

        lead = " " * gutter + " = "
        prefix = self.painter.paint(lead, "gutter") + self.painter.paint(f"{key}:", "key") + " "
        indent = " " * (len(lead) + len(key) + 2)
        lines: list[str] = []
        for part in remedy_parts(text):
            if part.is_code:
                lines += [CODE + line for line in part.lines]
            else:
                lines += self.wrapped(part.lines[0], len(indent))
        return [prefix + lines[0], *((indent + line).rstrip() for line in lines[1:])]

    def prose(self, prefix: str, prefix_style: str, text: str, style: str) -> list[str]:
        """A sentence after ``prefix``, wrapped; lines after the first are indented."""
        first, *rest = self.wrapped(text, len(prefix), indent=2)
        paint = self.painter.paint
        painted = [paint(line, style) if style else line for line in (first, *rest)]
        start = paint(prefix, prefix_style) if prefix else ""
        return [start + painted[0], *("  " + line for line in painted[1:])]

    def wrapped(self, text: str, prefix: int, indent: int | None = None) -> list[str]:
        """``text`` as lines, the first of which stands after ``prefix`` columns."""
        if self.width is None:
            return [text]
        width = min(self.width, WIDEST_PROSE)
        rest = width - (prefix if indent is None else indent)
        from symlint.report.cells import wrap

        return wrap(text, max(width - prefix, _NARROWEST // 2), max(rest, _NARROWEST // 2))

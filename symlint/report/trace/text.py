"""What ``symlint trace`` shows people: values, where they were written, and the path they took.

local.environment = "prod"
  --> prod.tfvars:1:15
   |
 1 | environment = "prod"
   |               ^^^^^^ written here
  --> main.tf:9:17
   |
 9 |   environment = var.environment
   |                 --------------- read as var.environment
   |
   = type: string
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.report.cells import cell_width
from symlint.report.escape import guard_log, neutralise, neutralise_lines
from symlint.report.page import Page
from symlint.report.places import shown_path, shown_place
from symlint.report.summary import count
from symlint.terraform.values.addresses import quote
from symlint.terraform.values.conversion import bits_of
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.plain import parts, type_text
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.run.evaluating import Evaluation
    from symlint.report.options import RenderOptions
    from symlint.report.snippet import Annotation
    from symlint.source.text import Range
    from symlint.terraform.trace.traces import Trace
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value

_MOST_LINES: Final = 400
"""Lines of one value; ``--format json`` shows everything."""

_MOST_MARKS: Final = 12
"""Hops that are shown in the source; of a longer path the places are listed."""

_DEEPEST: Final = 50
_WITHOUT_TERMINAL: Final = 120
"""How wide the lines of a value are in a log."""

_SHORTEST: Final = 24
"""What is shown at least of a text inside a value."""

_WIDEST_TYPE: Final = 80
_DECLARED: Final = ("computed", "data", "module", "variable")
"""Kinds of unknown values whose origin is not where they are written, but what they are of."""


def render_trace(evaluation: Evaluation, options: RenderOptions) -> str:
    """An evaluation as text; see the module's docstring."""
    page = _TracePage(options, evaluation.hidden)
    blocks = [page.trace(trace) for trace in evaluation.traces]
    blocks += [page.problem(problem) for problem in evaluation.problems]
    for failure in evaluation.failures:
        path = shown_path(failure.path, options.directory)
        text = f"{path}: {neutralise(failure.message)}"
        blocks.append(page.prose("failed: ", "failure", text, ""))
    if not evaluation.traces:
        blocks.append(["The root module has no outputs and no flows."])
    text = "\n\n".join("\n".join(map(page.without_secrets, block)) for block in blocks)
    return guard_log(text) + "\n"


class _Line(NamedTuple):
    """A line of a value, and what is to be said about it."""

    text: str
    comment: str = ""


class _TracePage(Page):
    def __init__(self, options: RenderOptions, hidden: Hidden | None) -> None:
        super().__init__(options)
        self._hidden = hidden

    def without_secrets(self, line: str) -> str:
        """A line in which no secret is said."""
        return line if self._hidden is None else self._hidden.text(line)

    def _shown(self, range_: Range) -> Range:
        return range_ if self._hidden is None else self._hidden.range(range_)

    def trace(self, trace: Trace) -> list[str]:
        """Everything about one address."""
        from symlint.report.snippet import gutter_width, snippet

        lines = self._value(trace)
        annotations = [
            it._replace(range=self._shown(it.range))
            for it in ([] if trace.sensitive else _annotations(trace))
        ]
        gutter = gutter_width(annotations) if annotations else 1
        for group in _by_file(annotations):
            lines += self.arrow(group[0].range, gutter)
            lines += snippet(group, gutter, self.width, self.painter)
        for key, text in self._notes(trace, bool(annotations)):
            lines += self.note(key, text, gutter)
        return lines

    def problem(self, problem: Problem) -> list[str]:
        """What Terraform would refuse."""
        title = self.prose("error: ", "error", neutralise(problem.message), "title")
        return title + self.marked(
            self._shown(problem.range), problem.label, "error", ("help", problem.help)
        )

    # --- the value ---

    def _value(self, trace: Trace) -> list[str]:
        """``address = value``; elements on lines of their own, with what is known of them."""
        places = {
            part.path: shown_place(part.value.origin, self.options.directory)
            for part in parts(trace.value)
            if part.value.origin is not None
        }
        room = self.width or _WITHOUT_TERMINAL
        lines = _Writer(places, room).lines(trace.value)
        address = neutralise(trace.address)
        shown = [self.painter.paint(address, "title") + " = " + lines[0].text]
        if lines[0].comment:
            shown[0] += self.painter.paint(f"  # {lines[0].comment}", "faint")
        rest = lines[1:]
        column = _comment_column(rest, room)
        for line in rest[:_MOST_LINES]:
            shown += self._commented(line, column, room)
        if len(rest) > _MOST_LINES:
            left = count(len(rest) - _MOST_LINES, "more line")
            shown.append(f"  ... {left}; --format json shows all")
        return shown

    def _commented(self, line: _Line, column: int, room: int) -> list[str]:
        """A line with its comment at ``column``; the comment beneath it where there is no room."""
        if not line.comment:
            return [line.text]
        comment, taken = f"# {line.comment}", cell_width(line.text)
        painted = self.painter.paint(comment, "faint")
        start = max(min(column, room - cell_width(comment)), 2)
        if taken + 2 <= start:
            return [line.text + " " * (start - taken) + painted]
        return [line.text, " " * start + painted]

    def _notes(self, trace: Trace, marked: bool) -> list[tuple[str, str]]:
        value = trace.value
        notes = [("type", _type(trace))]
        content = value.content
        notes += [("not known", reason) for reason in reasons_of(value)]
        if isinstance(content, Unknown) and content.reference is not None:
            notes.append(("it is", str(content.reference)))
        if not marked or len(trace.hops) > _MOST_MARKS:
            notes += self._way(trace)
        reads = dict.fromkeys(neutralise(" ".join(read.reference.split())) for read in trace.reads)
        notes.append(("made from", ", ".join(reads)))
        if trace.variable_files:
            notes.append(("under", trace.variable_files))
        return notes

    def _way(self, trace: Trace) -> list[tuple[str, str]]:
        directory = self.options.directory
        if trace.origin is None:
            return []
        notes = [("written", f"at {shown_place(trace.origin, directory)}")]
        steps = [
            f"{hop.reference} read at {shown_place(hop.range, directory)}" for hop in trace.hops
        ]
        if steps:
            notes.append(("path", "\n".join(["the value comes through", *steps])))
        return notes


def _comment_column(lines: list[_Line], room: int) -> int:
    """Where comments begin: behind the lines, if the longer half of the room is left for them."""
    most = room * 3 // 5
    texts = (cell_width(line.text) + 2 for line in lines if line.comment)
    comments = (cell_width(line.comment) + 2 for line in lines if line.comment)
    behind = max((it for it in texts if it <= most), default=2)
    return min(behind, room - max((it for it in comments if it <= most), default=0))


def _type(trace: Trace) -> str:
    if trace.type.kind == "any":
        return ""
    text = type_text(trace.type)
    return text if len(text) <= _WIDEST_TYPE else ""


def _annotations(trace: Trace) -> list[Annotation]:
    """The origin first, then each hop."""
    from symlint.report.snippet import Annotation

    if trace.origin is None:
        return []
    content = trace.value.content
    declared = trace.origin.text.startswith(("resource", "module", "data", "ephemeral", "variable"))
    if isinstance(content, Unknown):
        declared = content.kind in _DECLARED
    label = "declared here" if declared else "written here"
    found = [Annotation(trace.origin, label, "good", "^")]
    seen = {trace.origin}
    for hop in trace.hops[:_MOST_MARKS]:
        label = f"read as {hop.reference}"
        if hop.range not in seen:
            seen.add(hop.range)
            found.append(Annotation(hop.range, label, "related", "-"))
    return found


def _by_file(annotations: list[Annotation]) -> list[list[Annotation]]:
    by_path: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        by_path.setdefault(annotation.range.path, []).append(annotation)
    return list(by_path.values())


def reasons_of(value: Value) -> list[str]:
    """Why a value, or what is in it, is not known: each reason once."""
    reasons: dict[str, None] = {}
    stack: list[tuple[Value, int]] = [(value, 0)]
    for _ in range(_MOST_LINES * 4):
        if not stack:
            break
        current, depth = stack.pop()
        content = current.content
        if isinstance(content, Unknown) and not current.sensitive:
            reasons[content.reason] = None
        inside = _inside(current) if depth < _DEEPEST else None
        stack.extend((inner, depth + 1) for _, inner in reversed(inside or ()))
    return [reason for reason in reasons if reason]


def value_lines(value: Value) -> list[str]:
    """A value as somebody would write it in HCL."""
    return [line.text for line in _Writer({}, _WITHOUT_TERMINAL).lines(value)]


class _Writer:
    """Writes a value as somebody would write it in HCL."""

    def __init__(self, places: dict[tuple[str | int, ...], str], room: int) -> None:
        self.places = places
        self.room = room
        self.left = _MOST_LINES * 4

    def lines(self, value: Value) -> list[_Line]:
        return list(self._lines(value, (), "", ""))

    def _lines(self, value: Value, path: tuple[str | int, ...], lead: str, end: str) -> list[_Line]:
        """The lines of a value after ``lead``, ``end`` behind it."""
        self.left -= 1
        place = self.places.get(path, "")
        items = _inside(value)
        if items is None or self.left < 0 or len(path) > _DEEPEST:
            text, comment = _scalar(value)
            if items is not None:
                text = "..."
            if not path:
                return _whole_text(value) or [_Line(f"{lead}{text}{end}")]
            text, length = self._shortened(text, value, len(lead) + len(end))
            known = ", ".join(it for it in (length, comment or place) if it)
            return [_Line(f"{lead}{text}{end}", known)]
        opening, closing = "[]" if items and isinstance(items[0][0], int) else "{}"
        if isinstance(value.content, tuple):
            opening, closing = "[]"
        comment = "" if not path else place
        if isinstance(value.content, ObjectReference):
            comment = neutralise(str(value.content.reference)) if path else ""
        if not items:
            return [_Line(f"{lead}{opening}{closing}{end}", comment)]
        blank = " " * (len(lead) - len(lead.lstrip()))
        found = [_Line(f"{lead}{opening}", comment)]
        names = [_key(name) for name, _ in items]
        width = max((len(name) for name in names), default=0) if _aligned(names) else 0
        for (name, element), shown in zip(items, names, strict=True):
            if self.left < 0:
                found.append(_Line(f"{blank}  ..."))
                break
            if opening == "[":
                found += self._lines(element, (*path, name), f"{blank}  ", ",")
            else:
                found += self._lines(element, (*path, name), f"{blank}  {shown:<{width}} = ", "")
        found.append(_Line(f"{blank}{closing}{end}"))
        return found

    def _shortened(self, text: str, value: Value, taken: int) -> tuple[str, str]:
        """A text as the line has room for it, and how long it is where not all is shown."""
        most = max(self.room - taken, _SHORTEST)
        if len(text) <= most:
            return text, ""
        length = f"{len(value.content):,} characters" if isinstance(value.content, str) else ""
        return text[: most - 2] + ('…"' if length else "…"), length


def _whole_text(value: Value) -> list[_Line]:
    """A text of several lines, as a heredoc; nothing for any other value."""
    content = value.content
    if value.sensitive or not isinstance(content, str) or "\n" not in content.rstrip("\n"):
        return []
    lines = neutralise_lines(content.removesuffix("\n"))
    mark = "EOT" if "EOT" not in lines else "END_OF_TEXT"
    return [_Line(f"<<{mark}"), *map(_Line, lines), _Line(mark)]


def _aligned(names: list[str]) -> bool:
    """Whether equals signs stand beneath one another, as ``terraform fmt`` writes them."""
    return max(map(len, names), default=0) <= 30


def _inside(value: Value) -> list[tuple[str | int, Value]] | None:
    """The elements by index or name; None for what has none or may not be shown."""
    content = value.content
    if value.sensitive:
        return None
    if isinstance(content, tuple):
        return list(enumerate(content))
    if isinstance(content, dict):
        return list(content.items())
    if isinstance(content, ObjectReference):
        found = ((name, content.attribute(name)) for name in content.names())
        return [(name, inner) for name, inner in found if inner is not None]
    return None


def _scalar(value: Value) -> tuple[str, str]:
    """A value without elements, and what is known of it where it is not known."""
    content = value.content
    if value.sensitive:
        return "(sensitive)", ""
    if content is None:
        return "null", ""
    if isinstance(content, bool):
        return ("true" if content else "false"), ""
    if isinstance(content, str):
        return neutralise(quote(content)), ""
    if isinstance(content, Unknown):
        reference = content.reference
        return "(not known)", "" if reference is None else neutralise(str(reference))
    if isinstance(content, (tuple, dict, ObjectReference)):
        return "...", ""
    return format_number(content, bits_of(value)), ""  # type: ignore[arg-type]  # only numbers are left


def _key(name: str | int) -> str:
    text = str(name)
    plain = text.replace("-", "_").isidentifier() and not text.startswith("-")
    return text if plain and text.isprintable() else neutralise(quote(text))

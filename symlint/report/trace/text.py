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

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.cells import cell_width
from symlint.report.escape import guard_log, neutralise
from symlint.report.page import Page
from symlint.report.places import near_place, shown_path, shown_place
from symlint.report.summary import count
from symlint.report.trace.values import (
    MOST_LINES,
    WITHOUT_TERMINAL,
    Writer,
    inside,
    not_set,
    reasons_of,
)
from symlint.terraform.values.plain import parts, type_text
from symlint.terraform.values.value import Unknown

if TYPE_CHECKING:
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.run.evaluating import Evaluation
    from symlint.report.options import RenderOptions
    from symlint.report.snippet import Annotation
    from symlint.report.trace.values import Line
    from symlint.source.text import Range
    from symlint.terraform.trace.traces import Trace
    from symlint.terraform.values.problems import Problem

_MOST_MARKS: Final = 12
"""Hops that are shown in the source; of a longer path the places are listed."""

_WIDEST_TYPE: Final = 80
_DECLARED: Final = ("computed", "data", "module", "variable")
"""Kinds of unknown values whose origin is not where they are written, but what they are of."""


def render_trace(evaluation: Evaluation, options: RenderOptions, *, tree: bool = False) -> str:
    """An evaluation as text; see the module's docstring.

    What has elements is written in HCL, or drawn as a ``tree``.
    """
    page = _TracePage(options, evaluation.hidden, tree=tree)
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


class _TracePage(Page):
    def __init__(self, options: RenderOptions, hidden: Hidden | None, *, tree: bool) -> None:
        super().__init__(options)
        self._hidden = hidden
        self._tree = tree

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
        address = neutralise(trace.address)
        places = {
            part.path: near_place(part.value.origin, self.options.directory)
            for part in parts(trace.value)
            if part.value.origin is not None
        }
        room = self.width or WITHOUT_TERMINAL
        if self._tree and (inside(trace.value) or not_set(trace.value)):
            from symlint.report.trace.tree import tree_lines

            writer = Writer(places, room, self.without_secrets)
            return tree_lines(address, trace.value, writer, color=self.options.color)
        lines = Writer(places, room, self.without_secrets).lines(trace.value)
        shown = [self.painter.paint(address, "title") + " = " + lines[0].text]
        if lines[0].comment:
            shown[0] += self.painter.paint(f"  # {lines[0].comment}", "faint")
        rest = lines[1:]
        column = _comment_column(rest, room)
        for line in rest[:MOST_LINES]:
            shown += self._commented(line, column, room)
        if len(rest) > MOST_LINES:
            left = count(len(rest) - MOST_LINES, "more line")
            shown.append(f"  ... {left}; --format json shows all")
        return shown

    def _commented(self, line: Line, column: int, room: int) -> list[str]:
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
        notes += reasons_of(value)
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


def _comment_column(lines: list[Line], room: int) -> int:
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

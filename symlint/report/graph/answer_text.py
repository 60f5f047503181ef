"""What reaches something, or what a change of something touches, for people."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import guard_log, neutralise
from symlint.report.page import Page
from symlint.report.summary import count
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.lint.access.reach.answers import Answer, Found
    from symlint.report.options import RenderOptions
    from symlint.terraform.values.addresses import Address

_LONGEST_PATH: Final = 12
"""How many things of a path are shown."""


def render_answer(answer: Answer, options: RenderOptions, hide: Callable[[str], str]) -> str:
    """A block for each flow, those that are certain first."""
    page = _Answer(options, answer)
    blocks = [
        page.summary(),
        *map(page.flow, _by_flow(answer.certain)),
        *map(page.doubt, _by_flow(answer.doubtful)),
    ]
    return guard_log(hide("\n\n".join("\n".join(block) for block in blocks))) + "\n"


class _Answer(Page):
    """The parts of an answer."""

    def __init__(self, options: RenderOptions, answer: Answer) -> None:
        super().__init__(options)
        self.answer = answer

    def summary(self) -> list[str]:
        """How many flows it is about, and whom."""
        asked, certain = neutralise(self.answer.asked), self.answer.certain
        flows = count(len(_by_flow(certain)), "flow") if certain else "No flow"
        verb = "reaches" if len(_by_flow(certain)) <= 1 else "reach"
        if self.answer.question == "impact":
            line = f"A change of {asked} touches {flows if certain else 'no flow'}"
        else:
            line = f"{flows} {verb} {asked}"
        doubts = len(_by_flow(self.answer.doubtful))
        if doubts:
            line += f"; of {count(doubts, 'flow')} that is not known"
        return [f"{line}."]

    def flow(self, group: Sequence[Found]) -> list[str]:
        """A flow, with its targets, and in what way each leads there."""
        lines = [self._head(group)]
        for same in _by_path(group):
            passage = same[0].passage
            lines += [f"  {neutralise(_target(found))}" for found in same]
            if passage.because:
                lines.append(f"    {neutralise(passage.because)}")
            lines.append(f"    {neutralise(_shown(passage.path))}")
        if self.answer.question == "impact":
            lines += self._people(group)
        return lines

    def doubt(self, group: Sequence[Found]) -> list[str]:
        """A flow that perhaps leads there, and why that is not known."""
        word = "may reach it" if self.answer.question == "reaches" else "may be touched"
        lines = [f"{self._head(group)}  {self.painter.paint(word, 'warning')}"]
        for found in group:
            lines.append(f"  {neutralise(_target(found))}")
            lines.append(f"    not known: {neutralise(found.passage.because)}")
        return lines + (self._people(group) if self.answer.question == "impact" else [])

    def _head(self, group: Sequence[Found]) -> str:
        grant, files = group[0].passage.grant, group[0].variable_files
        name = self.painter.paint(neutralise(grant.flow), "bold")
        return f"{name}  {neutralise(grant.address)}{f'  ({neutralise(files)})' if files else ''}"

    def _people(self, group: Sequence[Found]) -> list[str]:
        """Who approves, and where that is asked."""
        lines = []
        for column in ("approve", "asked_in"):
            said = dict.fromkeys(it.passage.grant.cells[column].said for it in group)
            lines.append(f"  {COLUMNS[column]}: {neutralise('; or '.join(said))}")
        return lines


def _target(found: Found) -> str:
    grant = found.passage.grant
    if grant.target == "?":
        return "targets that are not known"
    return grant.target_name or "approval only"


def _shown(path: Sequence[Address]) -> str:
    """A path, its middle left out where it is long."""
    names = [str(it) for it in path]
    if len(names) > _LONGEST_PATH:
        half = _LONGEST_PATH // 2
        left_out = f"({len(names) - 2 * half} more)"
        names = [*names[:half], left_out, *names[-half:]]
    return " -> ".join(names)


def _by_path(found: Iterable[Found]) -> list[list[Found]]:
    """The targets that the same path is of, together."""
    groups: dict[tuple[tuple[Address, ...], str], list[Found]] = {}
    for it in found:
        groups.setdefault((it.passage.path, it.passage.because), []).append(it)
    return list(groups.values())


def _by_flow(found: Iterable[Found]) -> list[list[Found]]:
    groups: dict[tuple[str, str], list[Found]] = {}
    for it in found:
        groups.setdefault((it.variable_files, it.passage.grant.address), []).append(it)
    return list(groups.values())

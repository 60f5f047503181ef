"""What the parts of a page have to know of each flow: where its part is, and what stands out."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.access.questions.answer import flow_name
from symlint.named_tuple import NamedTuple
from symlint.report.html.page import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.lint.access.inventory import Inventory
    from symlint.lint.access.questions.answer import Answer, FlowName, Group, TargetName, Verdict
    from symlint.report.html.page import Saying

CONCERNS: Final = {
    "alone": "no second person",
    "untold": "nobody is told",
    "guests": "guests approve",
    "logged": "not logged",
    "broken": "cannot work",
}
"""What stands out where the question of this name is answered so that somebody should look."""

_HOPED: Final = ("logged",)
"""The questions to which "yes" is what one hopes for."""

STYLES: Final[dict[Verdict, str]] = {
    "yes": "bad", "conditional": "doubt", "unknown": "doubt", "no": "good",
}  # fmt: skip  # as many a line as fit


class Concern(NamedTuple):
    """Something of a flow that stands out: by what it is filtered, and how it is shown."""

    name: str
    html: str


class FlowIndex:
    """The flows of an inventory, with the ids of their parts."""

    def __init__(self, inventory: Inventory, answers: Iterable[Answer], say: Saying) -> None:
        self.say: Final = say
        self.groups: Final[dict[FlowName, Group]] = {
            flow_name(*group[0]): group for group in inventory.by_flow
        }
        self.ids: Final = {name: say.new_id("flow", name.name) for name in self.groups}
        self.concerns: Final[dict[FlowName, list[Concern]]] = {name: [] for name in self.groups}
        for answer in answers:
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        if answer.name not in CONCERNS:
            return
        for part in answer.parts:
            style = verdict_style(answer, part.verdict)
            if style not in ("bad", "doubt"):
                continue
            word = CONCERNS[answer.name]
            if style == "doubt":
                word += ": not known" if part.verdict == "unknown" else ", by condition"
            for name in part.flows:
                if name in self.concerns:
                    self.concerns[name].append(Concern(answer.name, mark(style, word)))

    def link(self, name: FlowName) -> str:
        """The name of a flow, which leads to its part."""
        shown = self.say.text(name.name)
        id_ = self.ids.get(name)
        return f'<a href="#{id_}">{shown}</a>' if id_ else f"<span>{shown}</span>"

    def links(self, names: Sequence[FlowName]) -> str:
        """The names of several flows."""
        return f'<div class="names">{"".join(map(self.link, names))}</div>' if names else ""

    def marks(self, names: Iterable[FlowName]) -> str:
        """What stands out of some flows, each once."""
        found = dict.fromkeys(it.html for name in names for it in self.concerns[name])
        return f'<div class="marks">{"".join(found)}</div>' if found else ""

    def words(self, names: Iterable[FlowName]) -> list[str]:
        """By what some flows are filtered."""
        return list(dict.fromkeys(it.name for name in names for it in self.concerns[name]))


def verdict_style(answer: Answer, verdict: Verdict | None) -> str:
    """How an answer is shown: whether it is what one hopes for."""
    if verdict is None:
        return "none"
    if answer.name in _HOPED:
        return {"yes": "good", "no": "bad"}.get(verdict, "doubt")
    return STYLES[verdict]


def target_title(name: TargetName) -> str:
    """Type and name of a target."""
    return f"{name.type} {name.name}"

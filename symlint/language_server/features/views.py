"""What stands beside the text: what an argument leads to, and who gets what through a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.nodes import Attribute, ObjectItem, Traversal
from symlint.hcl.walk import walk
from symlint.language_server.features.values import values_at
from symlint.named_tuple import NamedTuple
from symlint.report.escape import neutralise
from symlint.report.markup import code_span, escape_markdown
from symlint.report.summary import count
from symlint.report.trace.values import value_lines
from symlint.source.cutting import cut
from symlint.sym.access.grants import COLUMNS, grants_of
from symlint.sym.model.flows import Flow
from symlint.sym.model.strategies import Strategy
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from symlint.language_server.workspace import Snapshot
    from symlint.lint.hiding.hidden import Hidden
    from symlint.source.text import Range
    from symlint.sym.access.grants import Grant
    from symlint.sym.model.configuration import SymConfiguration

MOST_HINTS: Final = 500
"""How many expressions of a file are looked at for hints."""

MOST_LENSES: Final = 1_000
"""How many flows of a file have a line above them."""

_OF_TARGET: Final = ("grants", "parameter", "session")
"""What differs between the targets of one flow."""


class Hint(NamedTuple):
    """A text to show behind ``range``."""

    text: str
    range: Range


class Lens(NamedTuple):
    """A line above ``range``, about the flow at an address."""

    title: str
    range: Range
    address: str


# --- hints ------------------------------------------------------------------------------------------


def hints(snapshot: Snapshot, path: str, span: tuple[int, int]) -> list[Hint]:
    """What arguments in a stretch of a file lead to, and the values that come from variables.

    Where instances or root modules differ in that, nothing is said.
    """
    found: dict[Range, set[str]] = {}
    for sym in snapshot.configurations_of(path):
        for hint in (*_links(sym, path), *_values(snapshot, sym, path)):
            if span[0] <= hint.range.end and hint.range.start <= span[1]:
                found.setdefault(hint.range, set()).add(hint.text)
    ordered = sorted(found, key=lambda range_: range_.start)
    return [Hint(min(found[it]), it) for it in ordered if len(found[it]) == 1]


def _links(sym: SymConfiguration, path: str) -> Iterator[Hint]:
    for flow in sym.all(Flow):
        params, strategy = flow.params, flow.strategy
        written = None if params is None else params.argument("strategy_id")
        if written is not None and strategy is not None and written.range.path == path:
            kind = strategy.type_name or "?"
            targets = count(len(strategy.target_views), "target")
            yield Hint(f"{kind} \N{RIGHTWARDS ARROW} {targets}", written.range)
    for strategy in sym.all(Strategy):
        written = strategy.argument("targets")
        types = {target.type_name or "?" for target in strategy.target_views}
        if written is not None and types and written.range.path == path:
            yield Hint(", ".join(sorted(types)), written.range)


def _values(snapshot: Snapshot, sym: SymConfiguration, path: str) -> Iterator[Hint]:
    """The values of arguments and elements that are nothing but a variable."""
    from symlint.language_server.features.cursor import cursor_at

    file = snapshot.parsed(path)
    nodes = () if file is None else walk(file.body)
    written = (it.value for it in nodes if isinstance(it, (Attribute, ObjectItem)))
    wanted = [it for it in written if type(it) is Traversal and it.root == "var"][:MOST_HINTS]
    hidden = None
    for expression in wanted:
        assert file is not None
        cursor = cursor_at(file, expression.start)
        for _, value in values_at(sym, cursor, expression):
            content = value.content
            if value.sensitive or isinstance(content, (Unknown, ObjectReference, dict, tuple)):
                continue
            hidden = hidden or snapshot.hidden(sym)
            yield Hint(cut(hidden.text(value_lines(value)[0])), expression.range)


# --- lenses -----------------------------------------------------------------------------------------


def lenses(snapshot: Snapshot, path: str) -> list[Lens]:
    """A line above each flow of a file: what can be asked for, for how long, and who approves."""
    found: dict[tuple[str, Range], Lens] = {}
    for sym in snapshot.configurations_of(path):
        flows = [flow for flow in sym.all(Flow) if flow.header.path == path][:MOST_LENSES]
        granted: dict[str, list[Grant]] = {}
        for grant in grants_of(sym, flows):
            granted.setdefault(grant.address, []).append(grant)
        hidden = snapshot.hidden(sym) if flows else None
        for flow in flows:
            own = granted.get(str(flow.address))
            if own and hidden is not None:
                title = hidden.text(_title(own))
                lens = Lens(title, flow.header, str(flow.address))
                found.setdefault((title, flow.header), lens)
    return list(found.values())


def _title(grants: Sequence[Grant]) -> str:
    first = grants[0].cells
    targets = [grant for grant in grants if grant.target not in ("", "?")]
    parts = [count(len(targets), "target") if targets else first["grants"].said]
    parts += [first["how_long"].said] if first["how_long"].said else []
    parts.append(f"approved by {first['approve'].said}")
    parts.append(f"self-approval: {first['self_approval'].said}")
    return " \N{MIDDLE DOT} ".join(cut(part) for part in parts)


def access(snapshot: Snapshot, path: str, address: str) -> str:
    """Who gets what through a flow, column by column, as Markdown."""
    parts = []
    for sym in snapshot.configurations_of(path):
        grants = grants_of(sym, [it for it in sym.all(Flow) if str(it.address) == address])
        if grants:
            hidden = snapshot.hidden(sym)
            parts.append("\n".join(hidden.text(line) for line in _access(grants)))
    return "\n\n".join(dict.fromkeys(parts))


def _access(grants: Sequence[Grant]) -> Iterator[str]:
    first = grants[0]
    yield f"**{escape_markdown(first.label or first.flow)}** {code_span(first.address)}"
    yield ""
    for grant in grants:
        said = [grant.cells[name].said for name in _OF_TARGET]
        yield f"- {escape_markdown('; '.join(it for it in said if it and it != 'none'))}"
    for name, heading in COLUMNS.items():
        if name not in _OF_TARGET and first.cells[name].said:
            yield f"- {heading}: {escape_markdown(first.cells[name].said)}"


def diagram(snapshot: Snapshot, path: str) -> str:
    """How access is granted in the root modules of a file, as a Mermaid flow chart."""
    from symlint.graph.export import to_mermaid
    from symlint.sym.access_chains import draw_chains

    parts = []
    for sym in snapshot.configurations_of(path):
        hidden = snapshot.hidden(sym)
        parts.append(to_mermaid(draw_chains(sym), _shown_in(hidden)))
    return "\n".join(dict.fromkeys(parts))


def _shown_in(hidden: Hidden) -> Callable[[str], str]:
    """Makes a text from files one that may be shown."""
    return lambda text: neutralise(hidden.text(text))

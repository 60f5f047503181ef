"""What can be done about findings: repair them, ignore them with a reason, read what they mean."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.hcl.nodes import Attribute, Block, ObjectItem, Template, Tuple
from symlint.hcl.nodes import Literal as LiteralNode
from symlint.hcl.walk import child_at, children
from symlint.language_server.features.commands import EXPLAIN, SELECT, Command
from symlint.lint.finding import Edit
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_json_file
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from symlint.hcl.nodes import Node
    from symlint.language_server.workspace import Snapshot
    from symlint.lint.finding import Finding
    from symlint.lint.report import Report
    from symlint.lint.rule import AnyRule
    from symlint.memory import Memory
    from symlint.source.text import SourceFile
    from symlint.sym.implementation.python_module import PythonModule

Kind: TypeAlias = Literal["quickfix", "source.fixAll.symlint"]

FIX_ALL: Final[Kind] = "source.fixAll.symlint"


class Action(NamedTuple):
    """Something that the author can choose. ``command`` is run after the edits.

    ``preferred`` is what somebody would choose who does not look; of a ``deferred`` one the edits
    are worked out when it is chosen.
    """

    title: str
    kind: Kind
    edits: tuple[Edit, ...] = ()
    finding: Finding | None = None
    preferred: bool = False
    command: Command | None = None
    deferred: bool = False


def actions(
    snapshot: Snapshot,
    findings: Sequence[Finding],
    span: tuple[int, int],
    rule_of: Callable[[str], AnyRule | None],
) -> Iterator[Action]:
    """What can be done about the findings of a file that touch a stretch of it."""
    for finding in findings:
        _, start, end = finding.range
        if start <= span[1] and span[0] <= end:
            yield from _repairs(finding)
    for finding in findings:
        _, start, end = finding.range
        if start <= span[1] and span[0] <= end:
            rule = rule_of(finding.code)
            if rule is not None and rule.suppressible:
                yield from _ignores(snapshot, finding)
            yield Action(
                f"Explain {finding.code} {finding.name}",
                "quickfix",
                finding=finding,
                command=Command("Explain", EXPLAIN, (finding.code,)),
            )
    if any(it.fix is not None and it.fix.safe for it in findings):
        yield Action("Fix all that symlint can repair safely", FIX_ALL, deferred=True)


def _repairs(finding: Finding) -> Iterator[Action]:
    fix = finding.fix
    if fix is not None:
        doubt = "" if fix.safe else " (it may not be what you mean)"
        title = f"{finding.code}: {fix.description}{doubt}"
        yield Action(title, "quickfix", fix.edits, finding, preferred=fix.safe)


# --- all fixes of a file ----------------------------------------------------------------------------


def fix_all(snapshot: Snapshot, path: str) -> tuple[Edit, ...]:
    """What ``symlint --fix`` would change of a file, and of others where a fix touches several."""
    from symlint.lint.run.repair.repairing import work_out

    roots = snapshot.roots_of(path)

    def judge(texts: Mapping[str, str]) -> Report:
        report = snapshot.with_texts(texts).lint(roots)
        assert report is not None
        return report

    def look(texts: Mapping[str, str]) -> Report:
        report = judge(texts)
        return report._replace(
            findings=tuple(it for it in report.findings if it.range.path == path)
        )

    if not roots:
        return ()
    repair = work_out(look, "safe", judge)
    return tuple(edit for file in repair.files for edit in _difference(file.source, file.text))


def _difference(source: SourceFile, text: str) -> Iterator[Edit]:
    """One edit that makes a text of another: what is the same at both ends is left alone."""
    before, shortest = source.text, min(len(source.text), len(text))
    start = 0
    while start < shortest and before[start] == text[start]:
        start += 1
    same = 0
    while same < shortest - start and before[-1 - same] == text[-1 - same]:
        same += 1
    end = len(before) - same
    if start < end or len(before) != len(text):
        yield Edit(Range(source, start, end), text[start : len(text) - same])


# --- ignoring ---------------------------------------------------------------------------------------


def _ignores(snapshot: Snapshot, finding: Finding) -> Iterator[Action]:
    """Write an ignore comment, in which the author adds the reason."""
    source = finding.range.source
    line_start = _line_to_ignore(snapshot, finding.range)
    if line_start is None:
        return
    line_end = source.text.find("\n", line_start)
    line = source.text[line_start : None if line_end < 0 else line_end]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    newline = "\r\n" if line.endswith("\r") else "\n"
    comment = f"{indent}# symlint: ignore[{finding.code}] "
    place = Range(source, line_start, line_start)
    after = Range(source, line_start + len(comment), line_start + len(comment))
    yield Action(
        f"Ignore {finding.code} here, with a reason",
        "quickfix",
        (Edit(place, comment + newline),),
        finding,
        command=Command("Write the reason", SELECT, (after,)),
    )


def _line_to_ignore(snapshot: Snapshot, range_: Range) -> int | None:
    """Where the line begins above which a comment covers a place; None where there is none."""
    if is_json_file(range_.path):
        return None
    parsed = snapshot.parsed(range_.path)
    if parsed is None:
        return _line_of_statement(range_, snapshot.workspace.memory)
    found = None
    for node in _around(parsed.body, range_.start):
        start = _first_on_line(range_.source, node.start)
        if start is not None:
            found = start
    return found


def _around(body: Node, offset: int) -> Iterator[Node]:
    """What a place is in that a comment may stand above, outer ones first; nothing inside a text."""
    parent: Node = body
    while (node := child_at(children(parent), offset)) is not None:
        if type(node) in (Block, Attribute, ObjectItem) or type(parent) is Tuple:
            yield node
        if type(node) in (Template, LiteralNode):
            return
        parent = node


def _line_of_statement(range_: Range, memory: Memory) -> int | None:
    """Of Python: where the line of the innermost statement begins that a place is in."""
    from symlint.sym.implementation.python_module import PythonModule, parse

    source = range_.source
    module = parse(source.text, memory=memory, of=source.path)
    if not isinstance(module, PythonModule):
        return None
    found = module.once(_first_lines).get(range_.line)
    return None if found is None else _first_on_line(source, source.line_starts[found - 1], True)


def _first_lines(module: PythonModule) -> dict[int, int]:
    """The first line of the innermost statement that each line is in."""
    found: dict[int, int] = {}
    for node in module.nodes:
        if isinstance(node, ast.stmt) and node.end_lineno is not None:
            decorators = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(it.lineno for it in decorators)])
            found.update(dict.fromkeys(range(first, node.end_lineno + 1), first))
    return found


def _first_on_line(source: SourceFile, offset: int, begins: bool = False) -> int | None:
    """Where the line of a place begins; None where something stands before it on the line."""
    start = source.text.rfind("\n", 0, offset) + 1
    return start if begins or not source.text[start:offset].strip() else None

"""The changes that can be made to a Python file, each the replacement of a piece of its text."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

SAID_OF_A_FINDING = frozenset(
    {
        *("address", "advice", "attribute", "fix", "help_", "label", "more", "path", "reason"),
        *("related", "severity", "suggestions", "what", "why"),
    }
)
TURNED = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
EMPTY = {"bool": "False", "str": '""', "tuple": "()", "list": "[]", "dict": "{}", "int": "0"}
NOT_CODE = frozenset({"bad", "good", "sources", "since", "code", "name", "__slots__"})
OPENING = re.compile(r"[rRbBfFuU]*(\"\"\"|'''|\"|')")


class Change(NamedTuple):
    """``text[start:end]`` becomes ``new``; the statement it is in stands on ``lines``."""

    kind: str
    line: int
    lines: tuple[int, int]
    start: int
    end: int
    new: str

    def applied(self, text: str) -> str:
        """The text with the change made."""
        return text[: self.start] + self.new + text[self.end :]


def changes(text: str) -> list[Change]:
    """All changes that can be made to the text of a file, in the order of the text."""
    found = _Finder(text).found
    return sorted(set(found), key=lambda it: (it.start, it.end, it.kind, it.new))


class _Finder(ast.NodeVisitor):
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Change] = []
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._lines = text.splitlines()
        self._statement = (1, 1)
        self._returns: list[ast.expr | None] = []
        self.visit(ast.parse(text))

    # --- places ---

    def _offset(self, line: int, column: int) -> int:
        """Positions of ``ast`` count bytes of UTF-8."""
        before = self._lines[line - 1].encode()[:column] if line <= len(self._lines) else b""
        return self._starts[line - 1] + len(before.decode())

    def _span(self, node: ast.expr | ast.keyword | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._offset(node.lineno, node.col_offset)
        return start, self._offset(node.end_lineno, node.end_col_offset)

    def _source(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self.text[start:end]

    def _add(self, kind: str, start: int, end: int, new: str) -> None:
        line = self.text.count("\n", 0, start) + 1
        self.found.append(Change(kind, line, self._statement, start, end, new))

    # --- what is not looked at ---

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            outer, self._statement = self._statement, _head(node)
            super().visit(node)
            self._statement = outer
        else:
            super().visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if not names & NOT_CODE:
            self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        named = isinstance(node.target, ast.Name) and node.target.id in NOT_CODE
        if (
            node.value is not None
            and not named
            and "TypeAlias" not in self._source(node.annotation)
        ):
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name == "__repr__":
            return
        self._returns.append(node.returns)
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        for statement in node.body:
            self.visit(statement)
        self._returns.pop()

    def visit_Assert(self, node: ast.Assert) -> None:
        """What an assertion says is for the reader."""

    def visit_Raise(self, node: ast.Raise) -> None:
        if not (isinstance(node.exc, ast.Name) and node.exc.id == "NotImplementedError"):
            self.generic_visit(node)

    # --- conditions ---

    def _negate(self, test: ast.expr) -> None:
        start, end = self._span(test)
        self._add("condition negated", start, end, f"(not ({self._source(test)}))")

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self._negate(node.test)
            self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        if not isinstance(node.test, ast.Constant):
            self._negate(node.test)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        word = " and " if isinstance(node.op, ast.And) else " or "
        for dropped in node.values:
            rest = word.join(self._grouped(it) for it in node.values if it is not dropped)
            self._add("condition dropped", *self._span(node), f"({rest})")
        self.generic_visit(node)

    def _grouped(self, node: ast.expr) -> str:
        source = self._source(node)
        simple = isinstance(node, (ast.Name, ast.Call, ast.Attribute, ast.Subscript))
        return source if simple else f"({source})"

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._add("filter removed", *self._span(test), "True")
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            gap = (self._span(left)[1], self._span(right)[0])
            between = self.text[gap[0] : gap[1]]
            written = re.search(r"not\s+in|is\s+not|in|is|[=!<>]=|[<>]", between)
            if written is not None:
                at = gap[0] + written.start()
                self._add("comparison turned", at, gap[0] + written.end(), TURNED[type(operator)])
            left = right
        self.generic_visit(node)

    # --- flow ---

    def visit_Continue(self, node: ast.Continue) -> None:
        self._add("break for continue", *self._span(node), "break")

    def visit_Break(self, node: ast.Break) -> None:
        self._add("continue for break", *self._span(node), "continue")

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            new = self._empty()
            if self._source(node.value) != new:
                self._add("nothing returned", *self._span(node.value), new)
            self.visit(node.value)

    def _empty(self) -> str:
        annotation = self._returns[-1] if self._returns else None
        return (
            EMPTY.get(re.split(r"\W", self._source(annotation))[0], "None")
            if annotation
            else "None"
        )

    # --- what is said ---

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("cast", "TypeVar"):
            return
        for keyword in node.keywords:
            if keyword.arg in SAID_OF_A_FINDING:
                start, end = self._span(keyword)
                after = re.compile(r"\s*,?\s*").match(self.text, end)
                assert after is not None
                if "," not in after[0]:
                    start = len(self.text[:start].rstrip().removesuffix(","))
                    self._add("argument left out", start, end, "")
                else:
                    self._add("argument left out", start, after.end(), "")
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not (isinstance(node.value, ast.Name) and node.value.id == "Literal"):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """What stands in braces has no places of its own before Python 3.12."""
        self._change_text(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._change_text(node)
        elif type(node.value) is int:
            self._add("constant off by one", *self._span(node), str(node.value + 1))

    def _change_text(self, node: ast.expr) -> None:
        start, _ = self._span(node)
        opening = OPENING.match(self.text, start)
        if opening is not None:
            self._add("text changed", opening.end(), opening.end(), "XX")


def _head(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, without those of the statements in it."""
    end = node.end_lineno or node.lineno
    body = getattr(node, "body", None)
    if body and isinstance(body, list):
        end = max(node.lineno, body[0].lineno - 1)
    return node.lineno, end

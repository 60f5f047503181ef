"""What an ignore comment in Python covers."""

from __future__ import annotations

import ast
import io
import tokenize
from random import Random

import pytest
from support.effort import lines_run
from support.hand_made import RULES, finding, parsed, range_of

from symlint.lint.suppression.ignores import Ignore, removal
from symlint.lint.suppression.python_comments import comments
from symlint.lint.suppression.python_ignores import read_python_ignores
from symlint.lint.suppression.suppressions import Suppressions
from symlint.source.text import Range, SourceFile
from symlint.sym.implementation.code import Code
from symlint.sym.implementation.python_module import parse
from symlint.sym.implementation.stretches import Places, Stretch

HOOKS = '''\
"""Hooks of a flow."""

from sym.sdk.annotations import hook, reducer


@hook  # symlint: ignore[SYM201] the decorator
def on_request(event):
    return ApprovalTemplate.approve(
        user=event.user,
        message="one",
    )  # symlint: ignore[SYM201] the whole statement


# symlint: ignore[SYM201] the whole function
# and why
@hook
def on_approve(event):
    if event.user:
        return "two"


@reducer
# symlint: ignore[SYM201] it, too
def get_permissions(event):
    permissions = {
        "a": "three",
        # symlint: ignore[SYM202] one element
        "b": [
            "four",
        ],
        "c": "five",
    }
    return permissions  # symlint: ignore[SYM202, flow-strategy] by name


def helper(
    event,
):  # symlint: ignore[SYM202] the head
    for one in event:  # symlint: ignore[SYM401] the head
        "six"
    else:  # symlint: ignore[SYM401] a line
        "seven"; x = 1  # symlint: ignore[SYM202] both
'''


def tree_of(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def read(text: str) -> list[Ignore]:
    source = SourceFile("/x/impl.py", text)
    return [*read_python_ignores(text, tree_of(text), lambda a, b: Range(source, a, b))]


def code_in(source: SourceFile, first: int, last: int) -> Code:
    """The Python between two places of a Terraform file."""
    text = source.text[first:last]
    places = Places((Stretch(0, len(text), source, first, last),))
    return Code(text, lambda: places, Range(source, first, last), None, lambda: parse(text))


def suppressions_of(source: SourceFile) -> Suppressions:
    found = Suppressions(RULES, "2026-01-01")
    whole, text = Range(source, 0, 0), source.text
    code = Code(text, lambda: Places.of_file(source), whole, source.path, lambda: parse(text))
    found.add_code(code)
    return found


def suppressed(text: str, place: str, code: str = "SYM201") -> bool:
    source = SourceFile("/x/impl.py", text)
    found = finding(range_of(source, place), code=code)
    return suppressions_of(source).match(found) is not None


@pytest.mark.parametrize(
    ("place", "code", "expected"),
    [
        ("hook  #", "SYM201", True),
        ("on_request", "SYM201", True),
        ("ApprovalTemplate.approve", "SYM201", True),
        ('"one"', "SYM201", True),
        ("import hook", "SYM201", False),
        ("on_approve", "SYM201", True),
        ('"two"', "SYM201", True),
        ("get_permissions", "SYM201", True),
        ("reducer\n#", "SYM201", True),
        ('"three"', "SYM201", True),
        ('"three"', "SYM202", False),
        ('"b"', "SYM202", True),
        ('"four"', "SYM202", True),
        ('"five"', "SYM202", False),
        ("return permissions", "SYM401", True),
        ("return permissions", "SYM402", False),
        ("helper", "SYM202", True),
        ("event,\n)", "SYM202", True),
        ('"six"', "SYM202", False),
        ("for one", "SYM401", True),
        ('"six"', "SYM401", False),
        ('"seven"', "SYM401", False),
        ('"seven"', "SYM202", True),
        ("x = 1", "SYM202", True),
    ],
)
def test_statements_heads_and_parts(place: str, code: str, expected: bool) -> None:
    assert suppressed(HOOKS, place, code) is expected


def test_reasons_are_read() -> None:
    assert [ignore.reason for ignore in read(HOOKS)][:3] == [
        "the decorator",
        "the whole statement",
        "the whole function",
    ]


def test_a_blank_line_cuts_a_comment_off() -> None:
    assert not suppressed("# symlint: ignore[SYM201] why\n\na = 1\n", "a = 1")


def test_two_comments_of_different_tools() -> None:
    text = "import x  # pylint: skip  # symlint: ignore[SYM201] why\n"
    assert suppressed(text, "import x")


STRINGS = {
    "double": 'a = "# symlint: ignore[SYM201] x"',
    "single": "a = '# symlint: ignore[SYM201] x'",
    "escaped": 'a = "\\"# symlint: ignore[SYM201] x"',
    "raw": "a = r'\\'# symlint: ignore[SYM201] x'",
    "formatted": 'a = f"{1}# symlint: ignore[SYM201] x"',
    "bytes": 'a = b"# symlint: ignore[SYM201] x"',
    "over lines": 'a = """\n# symlint: ignore[SYM201] x\n"""',
    "with quotes": 'a = """"\'\n# symlint: ignore[SYM201] x""" ',
    "other quotes": "a = '''\\'''\n# symlint: ignore[SYM201] x'''",
    "continued": 'a = "\\\n# symlint: ignore[SYM201] x"',
    "continued, CRLF": 'a = "\\\r\n# symlint: ignore[SYM201] x"',
    "not closed": 'a = """\n# symlint: ignore[SYM201] x\n',
}


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_what_is_written_in_a_string_is_no_comment(text: str) -> None:
    assert read(text) == []
    assert [*comments(text)] == []


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_a_comment_behind_a_string_is_one(text: str) -> None:
    if tree_of(text) is not None:
        assert len(read(text + "  # symlint: ignore[SYM201] x\n")) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = HOOKS.replace("\n", end)
    assert suppressed(text, "on_approve")
    assert suppressed(text, '"one"')
    assert not suppressed(text, "import hook")
    assert [it.reason for it in read(text)] == [it.reason for it in read(HOOKS)]


def test_columns_of_the_parser_are_bytes() -> None:
    text = '\u00e4 = [\n    # symlint: ignore[SYM201] x\n    "\u00fc", "b"]\nc = 1\n'
    assert suppressed(text, '"\u00fc"')
    assert not suppressed(text, "c = 1")


def test_of_a_text_that_is_no_python_only_lines_are_covered() -> None:
    text = (
        "def f(:\n"
        "    a = (1,\n"
        "  2) # symlint: ignore[SYM201] x\n"
        "    # symlint: ignore[SYM202] y\n"
        "    b = 1\n"
        "    c = 1\n"
    )
    assert suppressed(text, "2)")
    assert not suppressed(text, "a = ")
    assert suppressed(text, "b = 1", "SYM202")
    assert not suppressed(text, "c = 1", "SYM202")


@pytest.mark.parametrize(
    "before", ["", "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n", '"""Hooks."""\n\n']
)
def test_ignore_file_covers_everything_but_only_from_the_top(before: str) -> None:
    text = before + "# symlint: ignore-file[SYM201] legacy\nimport x\n\n\ndef f():\n    y\n"
    assert suppressed(text, "y\n")
    assert suppressed(text, "import x")
    (late,) = read("import x\n# symlint: ignore-file[SYM201] legacy\n")
    assert late.mistake == "expected ignore-file before the first statement of the file"


def test_ignore_file_in_a_file_of_nothing_else() -> None:
    text = "# symlint: ignore-file[SYM201] empty on purpose\n"
    source = SourceFile("/x/impl.py", text)
    for offset in (0, len(text)):
        found = finding(Range(source, offset, offset))
        assert suppressions_of(source).match(found) is not None


def test_what_is_not_quite_an_ignore_comment_is_a_mistake() -> None:
    (ignore,) = read("a = 1  # symlint: disable=SYM201\n")
    assert ignore.mistake == "expected ignore[CODE] reason or ignore-file[CODE] reason"
    (ignore,) = read("a = 1  # symlint: ignore[SYM201] until=tomorrow\n")
    assert ignore.mistake == "expected a date such as until=2026-12-31"


REMOVALS = {
    "a = 1  # symlint: ignore[SYM201] x\nb = 1\n": "a = 1\nb = 1\n",
    "if a:\n    # symlint: ignore[SYM201] x\n    b\n": "if a:\n    b\n",
    "a = 1  # symlint: ignore[SYM201, SYM202] x\n": "a = 1  # symlint: ignore[SYM202] x\n",
}


@pytest.mark.parametrize("text", REMOVALS)
def test_what_is_removed_with_a_key(text: str) -> None:
    (ignore,) = read(text)
    gone = removal(ignore, ignore.keys[0])
    assert gone is not None
    assert text[: gone.start] + text[gone.end :] == REMOVALS[text]


def test_the_comments_of_a_heredoc_are_added_to_those_of_its_file() -> None:
    text = "a = 1 # symlint: ignore[SYM201] x\nb = <<EOT\nc = 1  # symlint: ignore[SYM202] y\nEOT\n"
    file = parsed(text)
    start, end = text.index("c = 1"), text.index("EOT\n", text.index("c = 1"))
    suppressions = Suppressions(RULES, "2026-01-01")
    suppressions.add_file(file)
    first = finding(range_of(file.source, "1"))
    assert suppressions.match(first) is not None
    for _ in range(2):
        suppressions.add_code(code_in(file.source, start, end))
        suppressions.add_code(code_in(file.source, start, end - 1))
    assert [it.reason for it in suppressions.ignores] == ["x", "y"]
    assert [suppressions.is_used(use) for use in suppressions.uses()] == [True, False]
    second = finding(range_of(file.source, "c = 1"), code="SYM202")
    assert suppressions.match(second) is not None
    assert [suppressions.is_used(use) for use in suppressions.uses()] == [True, True]


@pytest.mark.filterwarnings("ignore:invalid escape sequence")
def test_comments_are_those_that_python_reads() -> None:
    random = Random(11)
    pieces = ["#", "'", '"', "\\", "\n", "a", " ", "r", "b", '"""', "(", ")", "\r\n", "f", "="]
    compared = 0
    for _ in range(6_000):
        text = "".join(random.choices(pieces, k=random.randint(1, 12)))
        try:
            ast.parse(text)
            tokens = [*tokenize.generate_tokens(io.StringIO(text, newline="").readline)]
        except (SyntaxError, tokenize.TokenError):
            continue
        wanted = [it.string for it in tokens if it.type == tokenize.COMMENT]
        assert [text[start:end] for start, end in comments(text)] == wanted, text
        compared += bool(wanted)
    assert compared > 200


def test_comments_that_stand_in_no_file_are_left_out() -> None:
    text = "a = 1  # symlint: ignore[SYM201] x\n"
    assert [*read_python_ignores(text, ast.parse(text), lambda start, end: None)] == []


UNITS = {
    "one after another": "# symlint: ignore[SYM201] x\n",
    "before each statement": "# symlint: ignore[SYM201] x\na = 1\n",
    "before each function": "# symlint: ignore[SYM201] x\n@f\ndef g():\n    a = [\n        1]\n",
    "behind each statement": "a = (1,\n) # symlint: ignore[SYM201] x\n",
    "no comments": "'''a' # symlint:'''\n\"b\n",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_work_is_linear(unit: str) -> None:
    def effort(times: int) -> int:
        text = unit * times + "c = 1\n"
        source = SourceFile("/x/impl.py", text)

        def suppress() -> None:
            suppressions = suppressions_of(source)
            for start in range(0, len(text), 50):
                suppressions.match(finding(Range(source, start, start)))

        return lines_run(suppress)

    effort(1)  # what is done once a process
    assert effort(400) <= 4.8 * effort(100)

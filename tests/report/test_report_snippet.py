"""Carets stand beneath what they mean, whatever the line is made of."""

import re
from unicodedata import east_asian_width

import pytest
from sample_report import place
from support.effort import lines_run

from symlint.report.cells import cell_width, wrap
from symlint.report.escape import guard_log, neutralise
from symlint.report.snippet import Annotation, snippet
from symlint.report.style import Painter
from symlint.report.terminal import ColorChoice, terminal_width, wants_color, wants_hyperlinks
from symlint.source.text import Range, SourceFile


def shown(text: str, subject: str, width: int | None = 80, label: str = "") -> list[str]:
    annotation = Annotation(place(SourceFile("/a.tf", text), subject), label, "error", "^")
    return snippet([annotation], 1, width, Painter(False))


def columns(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def marked(lines: list[str]) -> str:
    """What stands above the carets."""
    source, marks = lines[1], lines[2]
    start, end = marks.index("^"), marks.rindex("^") + 1
    taken, column = "", 0
    for character in source:
        if start <= column < end:
            taken += character
        column += columns(character)
    return taken


@pytest.mark.parametrize(
    "text",
    [
        "x = wrong",
        "\tx\t= wrong",
        'name = "漢字" + wrong',
        "é = é + wrong",
        "x = \x1b[31m + wrong",
        "x = \u202e + wrong",
        "x = '\udcff' + wrong",
        "x = 1 ##[group] + wrong",
        f'x = "{"long " * 40}" + wrong + {"tail " * 40}',
        f'x = "{"漢字" * 400}" + wrong + "{"漢字" * 400}"',
        f'x = "{chr(9) * 400}" + wrong',
        f"wrong = {'x' * 1000}",
        f"{'x' * 1_000_000} = wrong",
    ],
    ids=lambda text: repr(text[:20]),
)
@pytest.mark.parametrize("width", [30, 60, 80, 200, None])
def test_caret_is_beneath_its_text(text: str, width: int | None) -> None:
    lines = shown(text, "wrong", width, "here")
    assert marked(lines) == "wrong"
    assert max(map(columns, lines)) <= (width or 170)


def test_combining_characters_take_no_column() -> None:
    lines = shown("e\u0301e\u0301 = wrong", "wrong")
    assert lines[2].index("^") == len("  | ee = ")


def test_range_past_the_line_and_at_the_end_of_file() -> None:
    source = SourceFile("/a.tf", "a = {\n  b = 1\n}")
    lines = snippet([Annotation(Range(source, 4, 15), "", "error", "^")], 1, 80, Painter(False))
    assert marked(lines) == "{"
    end = len(source.text)
    lines = snippet([Annotation(Range(source, end, end), "x", "error", "^")], 1, 80, Painter(False))
    assert lines[2] == "  |  ^ x"


def test_lines_between_are_shown_or_left_out() -> None:
    source = SourceFile("/a.tf", "a\nb\nc\nd\ne\n")
    near = [Annotation(place(source, t), "", "error", "^") for t in "ac"]
    assert snippet(near, 1, 80, Painter(False))[3] == "2 | b"
    far = [Annotation(place(source, t), "", "error", "^") for t in "ae"]
    assert snippet(far, 1, 80, Painter(False))[3] == "..."


def test_label_that_does_not_fit_stands_beneath() -> None:
    lines = shown("x = wrong", "wrong", 40, "a label that takes more than one line of the terminal")
    assert re.fullmatch(r"  \|     \^+", lines[2])
    assert " ".join(line[4:].strip() for line in lines[3:-1]) == (
        "a label that takes more than one line of the terminal"
    )


def test_neutralise_keeps_writing_and_spells_out_the_rest() -> None:
    writing = "é 漢字 \u0639\u0631\u0628\u064a \u0645\u06cc\u200c\u062e 👩\u200d🚀\u00a0x"
    assert neutralise(writing) == writing
    assert neutralise("a\tb\nc\rd\x00\x7f\x9b\u202e\u2028\ufeff\udc80\ufffe\U000e0041") == (
        "a\\tb\\nc\\rd\\x00\\x7f\\x9b\\u202e\\u2028\\ufeff\\x80\\ufffe\\U000e0041"
    )
    assert neutralise("a ##[x] ##vso[y] ##teamcity[z] ## [") == (
        "a \\x23#[x] \\x23#vso[y] \\x23#teamcity[z] ## ["
    )


def test_guard_log_spells_out_commands_only() -> None:
    assert guard_log("a::b\n  ::error::x\n::y") == "a::b\n  \\x3a:error::x\n\\x3a:y"


def test_wrap_keeps_words_and_counts_columns() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("one two three", 3, 9) == ["one", "two three"]
    assert wrap("漢字 漢字 漢字", 9) == ["漢字 漢字", "漢字"]
    assert wrap("averyveryverylongword x", 5) == ["averyveryverylongword", "x"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("e\u0301漢", 3),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 2),  # a family, joined
        ("\U0001f44d\U0001f3fd", 2),  # a thumb with a skin tone
        ("\u2764\ufe0f", 2),  # a heart as an emoji
        ("\u2764", 1),
        ("\U0001f1e9\U0001f1ea", 2),  # a flag
    ],
)
def test_columns_of_characters_that_belong_together(text: str, columns: int) -> None:
    assert cell_width(text) == columns
    assert cell_width(f"a{text}b") == columns + 2


@pytest.mark.parametrize(
    ("choice", "environment", "is_terminal", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color(
    choice: ColorChoice, environment: dict[str, str], is_terminal: bool, wanted: bool
) -> None:
    assert wants_color(choice, environment, is_terminal=is_terminal) is wanted


@pytest.mark.parametrize(
    ("environment", "is_terminal", "wanted"),
    [
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7200"}, True, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4000"}, True, False),
        ({"TERM_PROGRAM": "vscode"}, True, True),
        ({"TERM_PROGRAM": "vscode", "CI": "true"}, True, False),
        ({"TERM_PROGRAM": "vscode"}, False, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "WezTerm"}, True, False),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"FORCE_HYPERLINK": "1"}, False, True),
        ({"FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"}, True, False),
    ],
)
def test_hyperlinks(environment: dict[str, str], is_terminal: bool, wanted: bool) -> None:
    assert wants_hyperlinks(environment, is_terminal=is_terminal) is wanted


def test_terminal_width() -> None:
    assert terminal_width({"COLUMNS": "72"}, None) == 72
    assert terminal_width({"COLUMNS": "no"}, None) is None
    assert terminal_width({}, None) is None


def test_long_texts_of_odd_characters_cost_little() -> None:
    odd = "\u202e漢 " * 5_000
    cell_width("漢")  # what is imported once a process
    assert lines_run(lambda: neutralise(odd)) < 1_000
    assert lines_run(lambda: cell_width(odd)) < 1_000
    assert lines_run(lambda: wrap(odd, 80)) < 100_000
    assert all(cell_width(line) <= 80 for line in wrap("漢 a" * 500, 80))


@pytest.mark.parametrize("text", ["\u2764\ufe0f", "\U0001f44d\U0001f3fd", "漢", "e\u0301\u0301é"])
def test_marks_are_as_wide_as_characters_of_several_code_points(text: str) -> None:
    lines = shown(f'{text} = "{text}", wrong', f'"{text}"', 80, "here")
    before, marks = lines[1].partition('"')[0], lines[2]
    assert cell_width(marks[: marks.index("^")]) == cell_width(before)
    assert marks.count("^") == 4
    assert shown(f'x = "{text}", wrong', "wrong", 80, "")[2].index("^") == 4 + 4 + 4 + 2

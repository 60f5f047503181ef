"""Thousands of ignore comments: work in proportion to their number, and the right one found."""

from __future__ import annotations

import pytest
from support.effort import lines_run
from support.hand_made import RULES, finding, parsed, range_of

from symlint.hcl import parse
from symlint.lint.suppression.ignores import read_ignores, removal
from symlint.lint.suppression.suppressions import Suppressions
from symlint.source.text import Range, SourceFile
from symlint.terraform.modules.declarations import declared_at

COMMENT = "# symlint: ignore[SYM201] x\n"
UNITS = {
    "one after another": COMMENT,
    "before each argument": COMMENT + "a = 1\n",
    "before each block": COMMENT + "b {\n}\n",
    "behind each argument": "a = 1 " + COMMENT,
    "on one line": "/* symlint: ignore[SYM201] x */ ",
    "for the file": "# symlint: ignore-file[SYM201] x\n",
}


def suppress(text: str, file_name: str = "main.tf") -> None:
    """Read the comments of a file, and suppress a finding at each of its items."""
    file = parse(SourceFile(f"/x/{file_name}", text))
    suppressions = Suppressions(RULES, "2026-01-01")
    suppressions.add_file(file)
    for item in file.body.items:
        suppressions.match(finding(Range(file.source, item.start, item.end), code="SYM201"))
        declared_at(file.body, item.start)
    for use in suppressions.uses():
        suppressions.is_used(use)
        removal(use.ignore, use.key)


@pytest.mark.no_cover
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_work_is_linear_in_the_number_of_comments(unit: str) -> None:
    def effort(times: int) -> int:
        return lines_run(lambda: suppress(unit * times + "c = 1\n"))

    effort(1)  # what is done once a process
    assert effort(400) <= 4.8 * effort(100)


def test_work_is_linear_in_the_number_of_keys() -> None:
    def effort(times: int) -> int:
        text = f"a = 1 # symlint: ignore[{'SYM201, ' * times}SYM202] x\n"
        return lines_run(lambda: suppress(text))

    effort(1)
    assert effort(400) <= 4.8 * effort(100)


def test_work_is_linear_in_json() -> None:
    def effort(times: int) -> int:
        block = '{"//": "symlint: ignore[SYM201] x", "a": 1},'
        return lines_run(lambda: suppress(f'{{"locals": [{block * times}{{}}]}}', "main.tf.json"))

    effort(1)
    assert effort(400) <= 4.8 * effort(100)


def test_comments_around_and_inside_one_another_all_count() -> None:
    text = (
        "# symlint: ignore[SYM201] outer\n"
        "b {\n"
        "  a = 1 # symlint: ignore[SYM202] line\n"
        "  # symlint: ignore[SYM201] inner\n"
        "  c = 2\n"
        "}\n"
    )
    file = parsed(text)
    suppressions = Suppressions(RULES, "2026-01-01")
    suppressions.add_file(file)
    found = suppressions.match(finding(range_of(file.source, "c = 2"), code="SYM201"))
    assert found is not None
    assert found.reason == "outer"
    assert [suppressions.is_used(use) for use in suppressions.uses()] == [True, False, True]
    assert suppressions.match(finding(range_of(file.source, "c = 2"), code="SYM202")) is None
    assert suppressions.match(finding(range_of(file.source, "a = 1"), code="SYM202")) is not None


def test_a_range_that_ends_on_the_line_of_a_comment_is_covered() -> None:
    text = "a = [\n  1,\n] # symlint: ignore[SYM201] x\nb = 1\n"
    file = parsed(text)
    suppressions = Suppressions(RULES, "2026-01-01")
    suppressions.add_file(file)
    whole = Range(file.source, 0, text.index("]") + 1)
    assert suppressions.match(finding(whole, code="SYM201")) is not None
    assert suppressions.match(finding(range_of(file.source, "b = 1"), code="SYM201")) is None


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_comment_may_be_the_last_of_a_file(end: str) -> None:
    (ignore,) = read_ignores(parsed("a = 1\n" + COMMENT.rstrip() + end))
    assert ignore.one_line

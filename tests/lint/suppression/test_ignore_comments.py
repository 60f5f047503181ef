"""What an ignore comment covers, and what becomes of it."""

from __future__ import annotations

import pytest
from support.hand_made import RULES, finding, parsed, range_of

from symlint.hcl import parse
from symlint.lint.finding import Undecided
from symlint.lint.suppression.ignores import read_ignores, removal
from symlint.lint.suppression.suppressions import Suppressions
from symlint.source.text import SourceFile

BLOCKS = """\
# symlint: ignore[SYM201] agreed with the security team
resource "sym_strategy" "a" {
  targets = [
    sym_target.one.id,
    # symlint: ignore[SYM201] one element
    sym_target.two.id,
    sym_target.three.id,
  ]
}

resource "sym_strategy" "b" {
  integration_id = 1 # symlint: ignore[strategy-target-type, SYM202] two rules, one by name

  // symlint: ignore[SYM201] the whole attribute
  targets = [
    sym_target.four.id,
  ]
  name = "five"
}
"""


def suppressed(text: str, place: str, code: str = "SYM201", today: str = "2026-01-01") -> bool:
    file = parsed(text)
    suppressions = Suppressions(RULES, today)
    suppressions.add_file(file)
    return suppressions.match(finding(range_of(file.source, place), code=code)) is not None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("sym_target.one.id", True),
        ("sym_target.three.id", True),
        ('"a"', True),
        ("integration_id", True),
        ("1 #", True),
        ("sym_target.four.id", True),
        ('"five"', False),
        ('"b"', False),
    ],
)
def test_line_block_and_attribute(place: str, expected: bool) -> None:
    assert suppressed(BLOCKS, place) is expected


def test_only_the_named_rules() -> None:
    assert suppressed(BLOCKS, "integration_id", "SYM202")
    assert not suppressed(BLOCKS, "integration_id", "SYM401")
    assert not suppressed(BLOCKS, "sym_target.one.id", "SYM202")


def test_an_element_of_a_list() -> None:
    text = BLOCKS.split("\n", 1)[1]
    assert suppressed(text, "sym_target.two.id")
    assert not suppressed(text, "sym_target.three.id")
    assert not suppressed(text, "sym_target.one.id")


def test_a_finding_over_several_lines_is_covered_from_its_last_line() -> None:
    text = "a = [\n  1,\n  2,\n] # symlint: ignore[SYM201] x\nb = 1\n"
    assert suppressed(text, "[\n  1,\n  2,\n]")
    assert not suppressed(text, "1,")


@pytest.mark.parametrize(
    "comment",
    [
        "# symlint: ignore[SYM201] why",
        "// symlint: ignore[SYM201] why",
        "/* symlint: ignore[SYM201] why */",
        "/*\n * symlint: ignore[SYM201] why\n */",
        "#symlint:ignore[ SYM201 ]: why",
        "# tflint-ignore: all # symlint: ignore[SYM201] why",
        "# symlint: ignore[SYM201] why\n# and another comment\n/* and one more */",
    ],
)
def test_all_kinds_of_comments(comment: str) -> None:
    text = f"{comment}\na = 1\nb = 2\n"
    assert suppressed(text, "a = 1")
    assert not suppressed(text, "b = 2")
    ignore = read_ignores(parsed(text))[0]
    assert (ignore.reason, ignore.mistake) == ("why", "")
    assert [key.range.text for key in ignore.keys] == ["SYM201"]


def test_carriage_returns() -> None:
    text = "# symlint: ignore[SYM201] why\r\na = 1\r\nb = 2 # symlint: ignore[SYM202] so\r\n"
    assert suppressed(text, "a = 1")
    assert suppressed(text, "b = 2", "SYM202")
    assert [ignore.reason for ignore in read_ignores(parsed(text))] == ["why", "so"]


def test_a_blank_line_cuts_a_comment_off() -> None:
    assert not suppressed("# symlint: ignore[SYM201] why\n\na = 1\n", "a = 1")


def test_a_comment_inside_a_string_is_none() -> None:
    assert not suppressed('a = "# symlint: ignore[SYM201] why"\n', "a = ")


def test_prose_about_the_marker_is_no_comment_of_ours() -> None:
    text = '# write symlint: ignore[SYM201] or "symlint: ignore[SYM201]" there\na = 1\n'
    assert read_ignores(parsed(text)) == ()


def test_ignore_file_covers_everything_but_only_from_the_top() -> None:
    text = "# License\n# symlint: ignore-file[SYM201] legacy\na = 1\nb {\n  c = 2\n}\n"
    assert suppressed(text, "c = 2")
    late = read_ignores(parsed("a = 1\n# symlint: ignore-file[SYM201] legacy\n"))
    assert "before the first block" in late[0].mistake


def test_a_related_range_and_a_module_call_count() -> None:
    file = parsed(BLOCKS)
    suppressions = Suppressions(RULES)
    suppressions.add_file(file)
    here = range_of(file.source, '"five"')
    there = range_of(file.source, "sym_target.four.id")
    assert suppressions.match(finding(here)) is None
    assert suppressions.match(finding(here, related=(there,)))
    assert suppressions.match(finding(here), calls=(there,))


def test_an_expired_comment_covers_nothing() -> None:
    text = "a = 1 # symlint: ignore[SYM201] until=2026-03-01 when the migration ends\n"
    assert suppressed(text, "a = 1", today="2026-03-01")
    assert not suppressed(text, "a = 1", today="2026-03-02")
    assert read_ignores(parsed(text))[0].reason == "when the migration ends"


FORM = "expected ignore[CODE] reason or ignore-file[CODE] reason"
KEYS = "expected codes or names of rules in the brackets"
DATE = "expected a date such as until=2026-12-31"
MISTAKES = {
    "# symlint: ignore SYM201": FORM,
    "# symlint: ignore[]": KEYS,
    "# symlint: ignore[ , ]": KEYS,
    "# symlint: ignore[SYM201": FORM,
    "# symlint: disable=SYM201": FORM,
    "# symlint:": FORM,
    "# symlint: ignore[SYM201] until=tomorrow": DATE,
    "# symlint: ignore[SYM201] until=2026-02-30": DATE,
    "# symlint: ignore[SYM201] until=20260201": DATE,
    "# symlint: ignore[SYM201] until=": DATE,
    "# symlint: ignore-files[SYM201]": FORM,
}


@pytest.mark.parametrize("comment", MISTAKES)
def test_what_is_not_quite_an_ignore_comment_is_a_mistake_and_covers_nothing(comment: str) -> None:
    (ignore,) = read_ignores(parsed(f"{comment}\na = 1\n"))
    assert ignore.mistake == MISTAKES[comment]
    assert (ignore.keys, ignore.reason, ignore.until) == ((), "", "")
    assert not suppressed(f"{comment}\na = 1\n", "a = 1")


JSON = """\
{
  "//": "symlint: ignore-file[SYM402] legacy",
  "resource": {"sym_flow": {"a": {
    "//": "symlint: ignore[SYM201, flow-strategy] generated",
    "name": "one",
    "params": {"//": "symlint: ignore[SYM201] an ordinary key", "strategy_id": "two"}
  }, "b": {"name": "three"}}},
  "locals": {"//": "symlint: ignore-file[SYM201] too late", "four": 4}
}
"""


def test_comments_in_json() -> None:
    file = parse(SourceFile("/configuration/main.tf.json", JSON))
    ignores = read_ignores(file)
    assert [ignore.reason for ignore in ignores] == ["legacy", "generated", ""]
    assert ignores[2].mistake == "expected ignore-file before the first block of the file"
    suppressions = Suppressions(RULES)
    suppressions.add_file(file)

    def holds_back(text: str, code: str) -> bool:
        place = range_of(file.source, text)
        return suppressions.match(finding(place, code=code)) is not None

    assert holds_back('"one"', "SYM201")
    assert holds_back('"two"', "SYM401")
    assert not holds_back('"three"', "SYM201")
    assert holds_back("4", "SYM402")
    assert removal(ignores[1], ignores[1].keys[0]) is not None
    assert removal(ignores[0], ignores[0].keys[0]) is None


def test_syntax_errors_cannot_be_suppressed() -> None:
    assert not suppressed("a = 1 # symlint: ignore[SYM001] no\n", "a = 1", "SYM001")


def test_it_is_remembered_which_were_used() -> None:
    file = parsed(BLOCKS)
    suppressions = Suppressions(RULES)
    suppressions.add_file(file)
    suppressions.match(finding(range_of(file.source, "integration_id"), code="SYM202"))
    suppressions.add_undecided(
        Undecided("SYM201", range_of(file.source, "sym_target.four.id"), "does it fit", "unknown")
    )
    used = [(use.key.text, suppressions.is_used(use)) for use in suppressions.uses()]
    assert used == [
        ("SYM201", False),
        ("SYM201", False),
        ("strategy-target-type", False),
        ("SYM202", True),
        ("SYM201", True),
    ]


def test_what_comments_may_name() -> None:
    keys = Suppressions(RULES).known_keys()
    assert {"SYM201", "strategy-target-type", "SYM490", "SYM491"} < set(keys)
    assert not {"SYM001", "syntax-error"} & set(keys)


READ = {
    "ignore[SYM201] because": (("SYM201",), "because", ""),
    "ignore [ SYM201 , flow-strategy,x y ] - because": (
        ("SYM201", "flow-strategy", "x y"),
        "because",
        "",
    ),
    "ignore[SYM201]: agreed until=2026-12-31. Then gone": (
        ("SYM201",),
        "agreed  Then gone",
        "2026-12-31",
    ),
    "ignore[SYM201] \u2014 until = 2026-12-31": (("SYM201",), "", "2026-12-31"),
    "ignore[SYM201] notuntil=2026-12-31": (("SYM201",), "notuntil=2026-12-31", ""),
}


@pytest.mark.parametrize("text", READ)
def test_keys_reasons_and_dates(text: str) -> None:
    source = f"a = 1 # symlint: {text}\n"
    (ignore,) = read_ignores(parsed(source))
    assert (tuple(it.text for it in ignore.keys), ignore.reason, ignore.until) == READ[text]
    assert [it.range.text for it in ignore.keys] == [it.text for it in ignore.keys]
    assert ignore.mistake == ""


REMOVALS = {
    "a = 1 # symlint: ignore[SYM201] x\nb = 1\n": "a = 1\nb = 1\n",
    "a = 1\n  # symlint: ignore[SYM201] x\nb = 1\n": "a = 1\nb = 1\n",
    "# symlint: ignore[SYM201] x\nb = 1\n": "b = 1\n",
    "b = 1\n# symlint: ignore[SYM201]": "b = 1\n",
    "b = 1 # symlint: ignore[SYM201]": "b = 1",
    "/* symlint: ignore[SYM201] */ b = 1\n": " b = 1\n",
    "b = 1 /* symlint: ignore[SYM201] */\nc = 1\n": "b = 1\nc = 1\n",
    "b = 1 # symlint: ignore[SYM201, SYM202]\n": "b = 1 # symlint: ignore[SYM202]\n",
    "b = 1 # symlint: ignore[SYM202, SYM201]\n": "b = 1 # symlint: ignore[SYM202]\n",
    "b = 1 # symlint: ignore[SYM202, SYM201, SYM401]\n": "b = 1 # symlint: ignore[SYM202, SYM401]\n",
}


@pytest.mark.parametrize("text", REMOVALS)
def test_what_is_removed_with_a_key(text: str) -> None:
    (ignore,) = read_ignores(parsed(text))
    key = next(it for it in ignore.keys if it.text == "SYM201")
    gone = removal(ignore, key)
    assert gone is not None
    assert text[: gone.start] + text[gone.end :] == REMOVALS[text]

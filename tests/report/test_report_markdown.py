"""Markdown as its readers see it: parsed, then searched as GitHub and GitLab search what is rendered."""

import html
import re

import pytest
from markdown_it import MarkdownIt
from sample_report import HOSTILE_WORDS, sample_options, sample_report

from symlint.lint.finding import Finding
from symlint.lint.report import Failure, Report
from symlint.report.escape import neutralise
from symlint.report.formats import render
from symlint.report.markup import code_span, escape_html, escape_markdown

PARSER = MarkdownIt("gfm-like", {"linkify": True, "html": True})

ACTED_ON = re.compile(
    r"""
    @[A-Za-z0-9]                                # somebody is mentioned
    | \#\d+ | \bGH-\d+ | (?<![\w])[!$%&~]\w     # an issue, a merge request, a snippet, a label
    | \b[0-9a-f]{7,40}\b                        # a commit
    | \b[A-Z][A-Z0-9]+-\d+                      # a ticket
    | :[a-z0-9_+-]+:                            # a picture
    | :// | \bwww\. | mailto: | xmpp:           # an address
    | \$[^$]+\$                                 # a formula
    """,
    re.VERBOSE,
)
"""What GitHub and GitLab act on in rendered text, other than in code."""

FORGED = (
    "@team",
    "(@org/team)",
    "me@example.com",
    "#12",
    "owner/repo#1",
    "GH-12",
    "JIRA-7",
    "!12",
    "deadbeef",
    "0123abcd",
    "owner@0123abcdef",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "https://evil.example/x?a=1",
    "www.evil.example",
    "evil.example.com",
    "mailto:me@example.com",
    ":white_check_mark:",
    "$x^2$",
    "$`x`$",
    "![pixel](https://evil.example/p.png)",
    "[text](https://evil.example)",
    "[text]: https://evil.example",
    "<https://evil.example>",
    "<img src=x onerror=alert(1)>",
    "</summary></details>",
    "<!-- ",
    "-->",
    "]]>",
    "# No problems found",
    "- [x] reviewed",
    "1. first",
    "2) second",
    "+ plus",
    "=== ",
    "---",
    "> quoted",
    "    indented",
    "```",
    "~~~",
    "`",
    "``two `three",
    "`` ` ``",
    "**bold** _it_ ~~gone~~",
    "a|b",
    "&lt;b&gt; &#64;team",
    "back\\slash\\",
    "\\`",
    "$",
    "line\nbreak",
    "\u2028::error::x",
    "\u202eevil",
    "nbsp\u00a0@team",
    "\uff20team 漢字",
    "[^1]: note",
    "[!WARNING]",
    "<!-- -->@team",
    "a\ufeffb",
    'say "@team"',
    "it's (fine), e.g. this: 3 of 12!",
)


def texts(markdown: str) -> tuple[str, str, set[str]]:
    """What is shown outside of code, what is shown, and the kinds of tokens."""
    outside, shown, kinds = [], [], set()
    for token in PARSER.parse(markdown):
        for one in token.children or [token]:
            kinds.add(one.type)
            if one.type in ("text", "text_special"):
                outside.append(one.content)
            if one.type in ("text", "text_special", "code_inline"):
                shown.append(one.content)
            if one.type == "code_inline":
                outside.append("\0")
    return "".join(outside), "".join(shown), kinds


INERT = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "code_inline"}


@pytest.mark.parametrize("text", FORGED)
@pytest.mark.parametrize("form", ["{}", "{} at the end", "in {} between", "at the end {}"])
def test_words_are_shown_and_do_nothing(text: str, form: str) -> None:
    text = form.format(text)
    outside, shown, kinds = texts(escape_markdown(text))
    assert kinds <= INERT
    assert not ACTED_ON.search(outside)
    assert shown.split() == neutralise(text).split()


@pytest.mark.parametrize("text", FORGED)
def test_words_in_html_are_shown_and_do_nothing(text: str) -> None:
    escaped = escape_html(text)
    assert set(re.findall(r"<[^>]*>", escaped)) <= {"<code>", "</code>"}
    outside = html.unescape(re.sub(r"<code>.*?</code>", "\0", escaped))
    assert not ACTED_ON.search(outside)
    assert html.unescape(re.sub(r"</?code>", "", escaped)) == neutralise(text)


def test_brackets_are_code_with_what_they_belong_to() -> None:
    assert escape_markdown("[broken: no okta_id]") == "\\[broken: no `okta_id`\\]"
    assert escape_markdown("[a[0]]") == "`[a[0]]`"
    assert escape_markdown("is_on(event.user), then") == "`is_on(event.user)`, then"


@pytest.mark.parametrize("text", ["a`b", "`", " a", "b ", " ", "``a` ", "x" * 3])
def test_code_is_what_it_was(text: str) -> None:
    (paragraph,) = [it for it in PARSER.parse(code_span(text)) if it.type == "inline"]
    assert [it.content for it in paragraph.children or ()] == [text]


def hostile_finding(text: str) -> Finding:
    line = " ".join(text.split())  # lines and what is indented have a meaning in the help
    help_ = f"{line}\n  {line}\n{line}"
    return (
        sample_report()
        .findings[0]
        ._replace(title=text, label=text, why=text, help=help_, address=text)
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("text", [*FORGED, HOSTILE_WORDS])
def test_comment_keeps_its_structure(text: str) -> None:
    harmless = render("markdown", shaped("nothing"), sample_options())
    comment = render("markdown", shaped(text), sample_options())

    def structure(markdown: str) -> list[str]:
        skipped = ("text", "text_special", "code_inline", "inline")
        return [it.type for it in PARSER.parse(markdown) if it.type not in skipped]

    assert structure(comment) == structure(harmless)
    outside, _, kinds = texts(comment)
    assert not ACTED_ON.search(outside)
    assert not kinds & {"link_open", "image", "em_open", "s_open", "heading_2"}
    inline = {
        one.content
        for token in PARSER.parse(comment)
        for one in token.children or ()
        if one.type == "html_inline"
    }
    assert inline == {"<sub>", "</sub>"}
    blocks = [it.content for it in PARSER.parse(comment) if it.type == "html_block"]
    tags = {tag for block in blocks for tag in re.findall("<[^>]*>", block)}
    own = {"<details>", "<summary>", "<b>", "</b>", "</summary>", "</details>"}
    assert own <= tags <= own | {"<code>", "</code>"}


def shaped(text: str) -> Report:
    """A report with one finding and one failure, both of ``text``."""
    failure = Failure(f"/home/user/infra/{text}", text)
    return sample_report()._replace(findings=(hostile_finding(text),), failures=(failure,))


def test_many_failures_fit_into_a_comment() -> None:
    failures = tuple(Failure(f"/x/{number}", "no such file " * 8) for number in range(5000))
    text = render("markdown", sample_report()._replace(failures=failures), sample_options())
    assert len(text) < 65_536
    assert "more failures that do not fit into a comment" in text
    assert "SYM201" in text

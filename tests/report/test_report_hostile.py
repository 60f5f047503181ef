"""Every format is read back by a strict reader, with hostile text in every place that holds text."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from sample_report import sample_options, sample_report

from symlint.lint.finding import Edit, Finding, Fix, RelatedRange, Undecided
from symlint.lint.report import Failure, Report, Suppressed
from symlint.report.escape import guard_json, neutralise
from symlint.report.formats import FORMATS, render
from symlint.source.text import Range, SourceFile
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.value import Hop

TEXTS = (
    "\x1b[31mred\x1b]0;title\x07",
    "\u202eevil\u2066\u200f\u061c",
    "a\nb\r\nc\rd\x0b\x0c\x85\u2028\u2029e",
    "\n::error::forged",
    "\r::error file=x::forged",
    " \t::stop-commands::x",
    "##[error]forged",
    "x ##VSO[task.setvariable variable=x]y",
    "##teamcity[testFailed name='x']",
    "###[group]x",
    "\r\x1b[0Ksection_start:1560896352:x\r\x1b[0K",
    "]]></failure><!-- -->&amp;<?x?>",
    "--> <b>&#x202e;</b>",
    "`code` ``` ~~~ | pipe",
    "\udcff\ud800\udfff",
    "\x00\x01\x08\x7f\x9b31m",
    "zero\u200b\u2060\ufeff\u00adwidth\u3164\u2800\u115f",
    "\ufffe\uffff\U0001ffff\U000e0041",
    "%0A%3A%2C,:=",
    '","code":"SYM000","x":"\\',
    "x" * 500 + " ##[end]",
    "漢字 ünïcode \U0001f600",
)

SHOWN = re.compile("[^\n\x20-\x7e\xa0-\U0010ffff]")
BAD = re.compile(
    "[\x80-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
COMMAND = re.compile(r"^\s*::|##\[|##vso\[|##teamcity\[", re.IGNORECASE | re.MULTILINE)


def hostile_report(text: str) -> Report:
    # A name of a file has no slash, and no surrogate that stands for no byte.
    path = f"/home/user/infra/live/{named(text)}/main.tf"
    written = f"# {text}\nname = x\n# {text}\n{text}"
    source = SourceFile(path, written)
    range_ = Range(source, 2, written.index("name = x") + 8)
    last = Range(source, len(written) - len(text), len(written))
    hop = Hop(Reference(Address((), "local", "", text)), last)
    finding = Finding(
        code="SYM201",
        name="strategy-target-type",
        severity="error",
        title=text,
        range=range_,
        label=text,
        related=(RelatedRange(last, text),),
        why=text,
        help=f"{text}\n  {text}\n{text}",
        address=text,
        attribute=text,
        path=(hop,),
        fix=Fix(text, (Edit(last, text),), safe=True),
        more_instances=1,
    )
    return sample_report()._replace(
        findings=(finding,),
        undecided=(Undecided("SYM201", last, text, text),),
        failures=(Failure(path, text), Failure("", text)),
        suppressed=(Suppressed(finding._replace(code="SYM201"), "comment", text),),
    )


def named(text: str) -> str:
    return re.sub("[/\ud800\udfff]", "", text)


def rendered(name: str, text: str, width: int | None = None) -> str:
    options = sample_options(show_undecided=True, statistics=True, width=width)
    return render(name, hostile_report(text), options)


@pytest.mark.no_cover
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("width", [None, 40])
def test_no_line_is_a_command_and_nothing_steers_the_terminal(
    name: str, text: str, width: int | None
) -> None:
    output = rendered(name, text, width)
    assert not SHOWN.search(output)
    assert not BAD.search(output)
    output.encode("utf-8")
    if name == "github":
        output = re.sub(r"^::(error|warning|notice) ", "", output, flags=re.MULTILINE)
    assert not COMMAND.search(output)


def all_texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from all_texts(key)
            yield from all_texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from all_texts(value)


def shape(data: Any) -> Any:
    """The structure of JSON without its texts, numbers and hashes."""
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    return [shape(value) for value in data] if isinstance(data, list) else type(data)


def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs)


@pytest.mark.no_cover
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
@pytest.mark.parametrize("name", ["json", "gitlab", "sarif"])
def test_json_is_read_back(name: str, text: str) -> None:
    output = rendered(name, text)
    assert output.isascii()
    data = json.loads(output, object_pairs_hook=no_duplicates)
    assert shape(data) == shape(json.loads(rendered(name, "harmless")))
    for one in all_texts(data):
        one.encode("utf-8")  # no lone surrogate, which strict readers refuse
    shown = neutralise(text)
    assert any(shown in one for one in all_texts(data))
    if name == "json":
        finding = data["findings"][0]
        assert (finding["title"], finding["label"], finding["address"]) == (shown, shown, shown)
        if text.isprintable():
            assert finding["fix"]["edits"][0]["replacement"] == text
            assert finding["path"] == f"{named(text)}/main.tf"


@pytest.mark.parametrize("text", ["##[x", "a\\##[x", '"##vso[', "###[", "##\n[", "#", "##"])
def test_data_in_json_is_unchanged(text: str) -> None:
    guarded = guard_json(json.dumps({text: [text]}))
    assert json.loads(guarded) == {text: [text]}
    assert not COMMAND.search(guarded)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_is_read_back(name: str, text: str) -> None:
    root = ElementTree.fromstring(rendered(name, text).encode())
    harmless = ElementTree.fromstring(rendered(name, "harmless").encode())
    assert sorted((it.tag, sorted(it.attrib)) for it in root.iter()) == sorted(
        (it.tag, sorted(it.attrib)) for it in harmless.iter()
    )
    messages = [it.get("message") for it in root.iter() if it.get("message")]
    shown = neutralise(text)
    assert any(message and message.startswith(shown) for message in messages)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_github_commands_are_as_many_as_there_are_findings(text: str) -> None:
    lines = rendered("github", text).split("\n")
    assert [line[: line.index(" ")] for line in lines[:-1]] == ["::error"] * 3
    for line in lines[:-1]:
        properties, _, data = line.removeprefix("::error ").partition("::")
        assert {it.partition("=")[0] for it in properties.split(",")} <= {
            "file", "line", "endLine", "col", "endColumn", "title",
        }  # fmt: skip  # as many a line as fit
        assert (
            data.replace("%0A", "\n")
            .replace("%25", "%")
            .startswith((neutralise(text), f"live/{neutralise(named(text))}/main.tf: "))
        )


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_text_has_as_many_lines_whatever_the_words_are(text: str) -> None:
    def skeleton(output: str) -> list[str]:
        return [
            line[:6] for line in output.split("\n") if re.match(r"error\[|failed:|undeci", line)
        ]

    assert skeleton(rendered("text", text)) == skeleton(rendered("text", "harmless"))
    assert len(rendered("concise", text).split("\n")) == len(
        rendered("concise", "harmless").split("\n")
    )


def test_html_of_the_summary_is_read_back() -> None:
    for text in TEXTS:
        (summary,) = re.findall(r"<summary>(.*)</summary>", rendered("markdown", text))[:1]
        plain = html.unescape(re.sub(r"</?(?:b|code)>", "", summary))
        assert plain.endswith(neutralise(text))

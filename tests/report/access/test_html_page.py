"""The page of ``symlint access --format html``: what it holds, and what it does in a browser."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
from support.pages.browser import elements, in_browser, needs_browser
from support.writing import FIXTURES

from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.questions.all_answers import answers
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.report.access import render_inventory
from symlint.report.access.layout import Layout
from symlint.report.options import RenderOptions
from symlint.report.places import shown_place

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '</td></table><script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" \\u202e'


@cache
def page(*folders: Path) -> str:
    paths = list(map(str, folders))
    inventory = take_inventory(paths, Options(), with_chains=True)
    found = answers(inventory, lint(paths).findings, lambda it: shown_place(it, str(FIXTURES)))
    options = RenderOptions(str(FIXTURES), "", "")
    return render_inventory("html", inventory, options, Layout(answers=found))


def hostile(tmp_path: Path) -> Path:
    """The shipped example with a hostile name and label."""
    root = tmp_path / "hostile"
    shutil.copytree(FIXTURES / "okta", root)
    for path in root.glob("*.tf"):
        text = path.read_text(encoding="utf-8")
        text = text.replace('"okta_access"', json.dumps(HOSTILE).replace("\\\\u", "\\u"))
        path.write_text(text, encoding="utf-8")
    return root


def test_the_page_stands_alone() -> None:
    found = elements(page(FIXTURES / "okta", FIXTURES / "aws_iam"))
    assert [tag for tag, _ in found].count("script") == 1
    for tag, attributes in found:
        assert tag not in ("link", "img", "iframe", "object", "form")
        assert not {"src", "action", "onclick", "style"} & set(attributes)
        if "href" in attributes:
            assert str(attributes["href"]).startswith("#")
    policy = next(a["content"] for tag, a in found if tag == "meta" and "content" in a)
    assert str(policy).startswith("default-src 'none'")


def test_every_link_leads_somewhere_and_every_id_is_of_one_thing() -> None:
    found = elements(page(FIXTURES / "okta", FIXTURES / "aws_iam", FIXTURES / "two_environments"))
    ids = [a["id"] for _, a in found if "id" in a]
    assert len(ids) == len(set(ids))
    links = {str(a["href"]).removeprefix("#") for tag, a in found if tag == "a"}
    assert links <= set(ids)
    flows = [a["id"] for tag, a in found if tag == "section"]
    assert set(flows) <= links
    assert "flow-okta_access" in flows
    for _, attributes in found:
        for name in ("aria-labelledby",):
            assert attributes.get(name, ids[0]) in ids


def test_text_from_files_stays_text(tmp_path: Path) -> None:
    text = page(hostile(tmp_path))
    plain = page(FIXTURES / "okta")
    tags, known = ([tag for tag, _ in elements(it)] for it in (text, plain))
    assert tags.count("script") == 1
    assert set(tags) <= {*known, "dt", "dd", "span"}
    for _, attributes in elements(text):
        assert not any(name.startswith("on") for name in attributes)
    assert "\u202e" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_what_targets_differ_in_stands_below_each_and_is_said_once() -> None:
    folder = FIXTURES / "okta"
    of_flows = re.findall(r"<dl>.*</dl>", page(folder)[page(folder).index("<section class") :])
    nested = re.compile(r"<dl>(?:(?!</?dl>).)*</dl>(?=</dd>)")
    names = [re.findall("<dt>(.*?)</dt>", nested.sub("", it)) for it in of_flows]
    assert all(len(it) == len(set(it)) for it in names)
    assert any(len(nested.findall(it)) > 1 for it in of_flows)


ACCESS = "const group = groups.find(it => it.name === 'access');"
SHOWN = "return all('#grants-table tbody tr:not([hidden])').length + ' ' + group.count.textContent"


@needs_browser
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (SHOWN, "4 4 of 4 grants"),
        ("group.search.value = 'BILLING iam'; group.filter();" + SHOWN, "1 1 of 4 grants"),
        ("group.search.value = 'nothing'; group.filter();" + SHOWN, "0 0 of 4 grants"),
        (
            "group.search.value = 'okta-support'; group.filter();"
            "return all('section.flow:not([hidden])').length + ' ' + "
            "all('#targets-table tbody tr:not([hidden])').length",
            "1 1",
        ),
        ("group.choices[1].value = 'logged'; group.filter();" + SHOWN, "4 4 of 4 grants"),
        ("group.choices[1].value = 'alone'; group.filter();" + SHOWN, "0 0 of 4 grants"),
        (
            "group.choices[0].value = 'main'; group.choices[1].value = 'guests'; group.filter();"
            "group.reset();" + SHOWN,
            "4 4 of 4 grants",
        ),
        (
            "const button = all('#grants-table thead button')[1], body = button.closest('table').tBodies[0];"
            "button.click(); const first = body.rows[0].cells[1].textContent; button.click();"
            "return first + ', ' + body.rows[0].cells[1].textContent",
            "aws_iam_group main-billing, okta_group okta-support",
        ),
        (
            "const button = all('thead button').find(it => it.textContent === 'for how long');"
            "const header = button.closest('th'), body = button.closest('table').tBodies[0];"
            "button.click(); button.click();"
            "return body.rows[0].cells[header.cellIndex].textContent + header.ariaSort",
            "up to 8 h (1 h, 8 h)descending",
        ),
        ("return document.querySelector(location.hash + ' h3').textContent.slice(0, 4)", "okta"),
        (
            "group.search.value = 'iam'; group.filter(); const section = document.querySelector(location.hash);"
            "const hidden = section.hidden; follow(); return hidden + ' ' + section.hidden",
            "true false",
        ),
        (
            "location.hash = '#question-alone'; follow();"
            "return document.getElementById('question-alone').open",
            "true",
        ),
        (
            "const count = () => all('details:not([open])').length; const before = count();"
            "dispatchEvent(new Event('beforeprint')); const there = count();"
            "dispatchEvent(new Event('afterprint')); return (before > 10) + ' ' + there + ' ' + (count() === before)",
            "true 0 true",
        ),
    ],
)  # fmt: skip  # as many a line as fit
def test_it_sorts_and_filters(tmp_path: Path, script: str, expected: str) -> None:
    text = page(FIXTURES / "aws_iam", FIXTURES / "okta")
    assert in_browser(tmp_path, text, ACCESS + script, "flow-okta_access") == (expected, "")


@needs_browser
def test_a_browser_runs_nothing_of_the_files(tmp_path: Path) -> None:
    script = "return performance.getEntriesByType('resource').length + ' ' + document.images.length"
    assert in_browser(tmp_path, page(hostile(tmp_path)), script) == ("0 0", "")

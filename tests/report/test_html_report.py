"""The page of ``symlint check --format html``: findings beside who can get what, in a browser."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from sample_report import clean_report, sample_options, sample_report
from support.pages.browser import elements, in_browser, needs_browser, printed
from support.writing import FIXTURES

from symlint.cli.access import access_beside
from symlint.lint.options import Options
from symlint.lint.run import shares
from symlint.lint.run.engine import lint
from symlint.report.formats import render
from symlint.report.options import RenderOptions

if TYPE_CHECKING:
    from pathlib import Path

FINDINGS = "const group = groups.find(it => it.name === 'findings');"
SHOWN = (
    "return all('article:not([hidden])').map(it => it.dataset.code).join(' ') + ', ' + "
    "group.count.textContent"
)


@cache
def page(*names: str) -> str:
    paths = [str(FIXTURES / name) for name in names]
    report = lint(paths)
    access = access_beside(report, paths, Options(), str(FIXTURES))
    options = RenderOptions(str(FIXTURES), str(FIXTURES), "", access=access)
    return render("html", report, options)


def ids_and_links(text: str) -> tuple[list[str], set[str]]:
    found = elements(text)
    ids = [str(a["id"]) for _, a in found if "id" in a]
    return ids, {str(a["href"]).removeprefix("#") for tag, a in found if tag == "a"}


def test_everything_is_in_one_file() -> None:
    text = page("broken", "okta")
    found = elements(text)
    assert [tag for tag, _ in found].count("script") == 1
    for tag, attributes in found:
        assert tag not in ("link", "img", "iframe", "object", "form")
        assert not {"src", "action", "onclick", "style"} & set(attributes)
    headings = re.findall(r'<h2 id="[\w-]+">(.*?)</h2>', text)
    assert headings == [
        "Findings", "Questions", "Grants", "Targets", "Flows", "What leads to what",
        "How to read this", "Rules",
    ]  # fmt: skip  # as many a line as fit


def test_every_link_leads_somewhere() -> None:
    ids, links = ids_and_links(page("broken", "okta"))
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert {"rule-SYM201", "rule-SYM609", "question-broken"} <= set(ids)


def test_a_link_to_a_finding_outlives_lines_above_it(tmp_path: Path) -> None:
    text = page("broken")
    (id_,) = re.findall(r'<article id="(SYM201-[0-9a-f]{10})"', text)
    folder = tmp_path / "broken"
    folder.mkdir()
    for path in (FIXTURES / "broken").iterdir():
        code = path.read_text(encoding="utf-8")
        (folder / path.name).write_text("\n\n" + code, encoding="utf-8")
    moved = render("html", lint([str(folder)]), RenderOptions(str(tmp_path), str(tmp_path), ""))
    assert f'<article id="{id_}"' in moved


def test_a_finding_has_its_source_its_remedy_and_its_rule() -> None:
    text = page("broken")
    article = text[text.index('<article id="SYM401-') :].partition("</article>")[0]
    assert "    strategy_id = sym_strategy.iam.name" in article
    assert '<span class="error">^^^^^' in article
    assert "<dt>why</dt><dd>Terraform accepts this." in article
    assert "symlint --fix does this" in article
    assert '<a href="#rule-SYM401">SYM401</a>' in article
    assert "broken/access.tf:51:19 in sym_flow.iam" in article


def test_hostile_text_stays_text() -> None:
    text = render("html", sample_report(), sample_options(show_undecided=True))
    tags = [tag for tag, _ in elements(text)]
    assert tags.count("script") == 1
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_what_is_not_a_finding_is_there_too() -> None:
    text = render("html", sample_report(), sample_options(show_undecided=True))
    assert "This report cannot be trusted:" in text
    assert "no such file" in text
    assert "does the label fit?" in text
    assert "Findings that are not reported" in text
    assert "does the label fit?" not in render("html", sample_report(), sample_options())
    assert "No problems were found." in render("html", clean_report(), sample_options())


def test_what_linting_took_is_not_there_for_the_inventory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "STEPS_PER_ROOT", 100)
    paths = [str(FIXTURES / "okta")]
    report = lint(paths)._replace(work=1_000_000_000)
    access = access_beside(report, paths, Options(), str(FIXTURES))
    assert access is not None
    messages = [it.message for it in access.inventory.failures]
    assert "it grants too much to list all of it" in messages


def test_where_nothing_uses_sym_there_is_no_inventory(tmp_path: Path) -> None:
    report = lint([str(FIXTURES / "okta")])
    assert access_beside(report, [str(tmp_path)], Options(), str(tmp_path)) is not None
    (tmp_path / "main.tf").write_text('locals {\n  a = "b"\n}\n', encoding="utf-8")
    assert access_beside(report, [str(tmp_path)], Options(), str(tmp_path)) is None


@needs_browser
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (SHOWN, "SYM201 SYM401 SYM609 SYM301 SYM302, 5 of 5 findings"),
        (
            "group.choices[0].value = 'warning'; group.filter();" + SHOWN,
            "SYM301 SYM302, 2 of 5 findings",
        ),
        ("group.choices[1].value = 'SYM609'; group.filter();" + SHOWN, "SYM609, 1 of 5 findings"),
        (
            "group.search.value = 'okta_group TARGET'; group.filter();" + SHOWN,
            "SYM201, 1 of 5 findings",
        ),
        (
            "group.order.value = 'code place'; group.sort();" + SHOWN,
            "SYM201 SYM301 SYM302 SYM401 SYM609, 5 of 5 findings",
        ),
        (
            "group.order.value = 'place'; group.sort();" + SHOWN,
            "SYM301 SYM302 SYM201 SYM401 SYM609, 5 of 5 findings",
        ),
        (
            "group.choices[0].value = 'note'; group.filter();"
            "location.hash = '#' + all('article')[0].id; follow();" + SHOWN,
            "SYM201 SYM401 SYM609 SYM301 SYM302, 5 of 5 findings",
        ),
        (
            "location.hash = '#rule-SYM201'; follow();"
            "return document.getElementById('rule-SYM201').open",
            "true",
        ),
        ("return performance.getEntriesByType('resource').length", "0"),
        ("return getComputedStyle(document.body).backgroundColor", "rgb(255, 255, 255)"),
    ],
)
def test_it_sorts_and_filters(tmp_path: Path, script: str, expected: str) -> None:
    assert in_browser(tmp_path, page("broken"), FINDINGS + script) == (expected, "")


@needs_browser
def test_a_browser_runs_nothing_of_the_files(tmp_path: Path) -> None:
    text = render("html", sample_report(), sample_options(show_undecided=True))
    script = "return performance.getEntriesByType('resource').length + ' ' + document.images.length"
    assert in_browser(tmp_path, text, script) == ("0 0", "")


@needs_browser
def test_it_is_dark_where_the_browser_is(tmp_path: Path) -> None:
    script = "return getComputedStyle(document.body).backgroundColor"
    dark = ["--blink-settings=preferredColorScheme=0"]
    assert in_browser(tmp_path, page("broken"), script, options=dark) == ("rgb(20, 24, 28)", "")


@needs_browser
def test_it_has_no_line_that_is_too_long_for_a_narrow_window(tmp_path: Path) -> None:
    script = "return document.documentElement.scrollWidth <= innerWidth"
    narrow = ["--window-size=500,900"]
    assert in_browser(tmp_path, page("broken", "okta"), script, options=narrow) == ("true", "")


@needs_browser
def test_it_prints(tmp_path: Path) -> None:
    assert printed(tmp_path, page("broken")).stat().st_size > 10_000

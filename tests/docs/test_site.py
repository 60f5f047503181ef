"""The documentation site is built, every link of its pages leads somewhere, and it loads nothing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.pages.browser import in_browser, needs_browser

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site. Warnings (a link that leads nowhere, an anchor that there is not) are failures."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "zensical.toml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [program, "build", "--strict"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return folder / "build" / "site"


def test_every_page_is_there(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    names = {
        page.with_name("index.md" if page.name == "README.md" else page.name) for page in pages
    }
    built = {path.relative_to(site).with_suffix(".md") for path in site.rglob("*.html")}
    assert names <= built


def test_every_page_is_in_the_navigation() -> None:
    text = (ROOT / "zensical.toml").read_text(encoding="utf-8")
    listed = set(re.findall(r'"([\w/-]+\.md)"', text))
    assert listed == {path.name for path in (ROOT / "docs").glob("*.md")} | {"rules/README.md"}


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        loads = re.findall(
            r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]*)',
            page.read_text("utf-8"),
        )
        assert not [url for url in loads if re.match(r"(https?:)?//", url)], page


@needs_browser
def test_the_keyboard_reaches_code_that_scrolls(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path, dirs_exist_ok=True)
    script = """
      const blocks = [...document.querySelectorAll("pre, pre > code")];
      const scrolls = (it) => it.scrollWidth > it.clientWidth && getComputedStyle(it).overflowX != "visible";
      return blocks.map((it) => (scrolls(it) ? "scrolls " : "stays ") + it.tabIndex).join();
    """
    text = (site / "index.html").read_text("utf-8")
    title, _ = in_browser(tmp_path, text, script, options=("--window-size=400,800",))
    assert set(title.split(",")) == {"scrolls 0", "stays -1"}


def test_links_are_called_what_they_lead_to() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        found = re.findall(r"\[[\w./-]+\.md\]\(", page.read_text("utf-8"))
        assert not found, f"{page.name}: write the title of the page in the place of {found}"

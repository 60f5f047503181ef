"""CHANGELOG belongs to the version, and one place says where the repository is."""

import re
import tomllib
from pathlib import Path

from symlint.version import __version__
from tools.address import files_with, repository

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"https://git\.[\w.-]+/[\w./-]*?symlint\b")


def test_the_changelog_begins_with_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(
        r"^## \[(.*?)\] - (not yet released|\d{4}-\d\d-\d\d)$", text, re.MULTILINE
    )
    assert headings[0][0] == __version__
    kinds = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_every_address_is_that_of_the_project() -> None:
    for path in files_with(repository().rsplit("/", 1)[0]):
        found = ADDRESS.findall((ROOT / path).read_text(encoding="utf-8"))
        assert set(found) <= {repository()}, path


def test_the_urls_of_the_project_agree() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert all(url.startswith(repository()) for url in urls.values())

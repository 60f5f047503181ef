"""The package list of pyproject.toml is written by hand; here it is compared with the tree."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def packages_below(folder: str, name: str) -> set[str]:
    return {
        ".".join([name, *init.parent.relative_to(ROOT / folder).parts])
        for init in (ROOT / folder).rglob("__init__.py")
    }


def test_every_package_is_listed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    in_tree = packages_below("symlint", "symlint") | packages_below("rules", "symlint.rules")
    assert sorted(settings["packages"]) == sorted(in_tree)


def test_data_files_of_the_catalogue_are_listed() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]["package-data"]
    suffixes = {path.suffix for path in (ROOT / "symlint").rglob("*") if path.is_file()}
    assert suffixes <= {".py", ".pyc", ".toml", ".typed"}
    folders = {path.parent for path in (ROOT / "symlint").rglob("*.toml")}
    tables = {".".join(path.relative_to(ROOT).parts): ["*.toml"] for path in folders}
    assert data == {"symlint": ["py.typed"], "symlint.rules": ["_found/*.txt"], **tables}


RECIPES = [ROOT / "README.md", ROOT / "action.yml", *(ROOT / "docs").glob("*.md")]
OWN = ("<owner>/symlint@<commit>", "git.example.com", "pypi.example.com")
"""Addresses that nobody can own: no name of GitHub's, and a domain that is reserved for examples."""


def test_actions_are_pinned_by_their_hash() -> None:
    used = [line for path in RECIPES for line in re.findall(r"uses: (.*)", path.read_text("utf-8"))]
    assert len(used) >= 5
    for address in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", address) or address.startswith(OWN)


def test_nobody_else_can_own_the_address_of_this_repository() -> None:
    for path in (*RECIPES, ROOT / ".pre-commit-hooks.yaml"):
        text = path.read_text("utf-8")
        addresses = re.findall(r"(?:repo: |git\+|uses: |--index-url\s+)(\S+)", text)
        for address in addresses:
            trusted = ("actions/", "github/codeql-action/")
            assert address.startswith(trusted) or any(it in address for it in OWN), address
        assert not re.search(r"\bpip[x]? install symlint\b", text)

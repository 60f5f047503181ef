"""The package list of pyproject.toml is written by hand; here it is compared with the tree."""

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
    assert data == {"symlint": ["py.typed"], "symlint.sym.catalogue": ["*.toml"]}

"""What modules ask of the provider, and the versions that they may run with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import CATALOGUE, configuration
from support.writing import write

from symlint.sym.provider.forms import nearest_form
from symlint.sym.provider.versions import is_sym_provider, plain_address, read_requirements
from symlint.sym.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.provider.versions import ProviderRequirements

ENTRY = "terraform {{\n  required_providers {{\n    {0}\n  }}\n}}\n"
SYM = 'sym = {{\n source = "symopsio/sym"\n version = "{0}"\n}}\n'
LOCK = 'provider "registry.terraform.io/symopsio/sym" {{\n  version = "{0}"\n}}\n'


def requirements(directory: Path, files: dict[str, str]) -> ProviderRequirements:
    return read_requirements(configuration(write(directory, files)))


def entry(text: str) -> str:
    return ENTRY.format(text)


def test_every_module_is_asked_once(tmp_path: Path) -> None:
    call = 'module "{0}" {{\n  source = "./m"\n  {1}\n}}\n'
    never = 'module "never" {\n  source = "./never"\n  count  = 0\n}\n'
    files = {
        "main.tf": entry(SYM.format("~> 3.0"))
        + call.format("a", "")
        + call.format("b", "count = 2")
        + never,
        "m/main.tf": entry(SYM.format(">= 2.0")),
        "never/main.tf": entry(SYM.format("< 3.5")),
    }
    found = requirements(tmp_path, files)
    assert [it.text for it in found.all] == ["~> 3.0", ">= 2.0", "< 3.5"]
    (versions,) = found.addresses.values()
    assert str(versions.selected) == "3.4.2"
    assert str(versions.lowest) == "3.0.0"
    assert [str(it) for it in versions.judged] == ["3.4.2"]
    bounding = versions.bounding
    assert bounding is not None
    assert (bounding.text, bounding.range.text) == ("~> 3.0", '"~> 3.0"')


ENTRIES = {
    'sym = ">= 2.0"': [("sym", "symopsio/sym", ">= 2.0", '">= 2.0"')],
    'sym = { version = ">= 2.0" }': [("sym", "symopsio/sym", ">= 2.0", '">= 2.0"')],
    'sym = { source = "symopsio/sym" }': [("sym", "symopsio/sym", None, "sym")],
    'x = { source = "SymOpsIO/Sym" }': [("x", "symopsio/sym", None, "x")],
    'x = { version = "1.0" }': [],
    'sym = { source = "example/sym" }': [],
    'x = { source = "mirror.example/symopsio/sym", version = "x" }': [
        ("x", "mirror.example/symopsio/sym", "x", '"x"')
    ],
    'sym = ">= 2.0"\n x = { source = "mirror.example/symopsio/sym" }\n y = { source = "symopsio/sym" }': [
        ("sym", "symopsio/sym", ">= 2.0", '">= 2.0"'),
        ("x", "mirror.example/symopsio/sym", None, "x"),
        ("y", "symopsio/sym", None, "y"),
    ],
    'x = { source = "mirror.example/symopsio/sym" }\n sym = ">= 2.0"': [
        ("x", "mirror.example/symopsio/sym", None, "x"),
        ("sym", "mirror.example/symopsio/sym", ">= 2.0", '">= 2.0"'),
    ],
}


@pytest.mark.parametrize("text", ENTRIES)
def test_entries_and_their_addresses(tmp_path: Path, text: str) -> None:
    found = requirements(tmp_path, {"main.tf": entry(text)})
    assert [(it.name, it.address, it.text, it.range.text) for it in found.all] == ENTRIES[text]


def test_an_entry_without_a_source_is_what_the_first_with_one_is(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "./m"\n}\n'
    inner = 'x = { source = "mirror.example/symopsio/sym" }\n sym = ">= 2.0"'
    found = requirements(
        tmp_path, {"main.tf": entry('sym = "> 1"') + call, "m/main.tf": entry(inner)}
    )
    assert [it.address for it in found.all] == [
        "symopsio/sym",
        "mirror.example/symopsio/sym",
        "mirror.example/symopsio/sym",
    ]
    assert [str(it.constraint) for it in found.addresses.values()] == ["> 1", ">= 2.0"]


def test_provider_blocks_ask_too(tmp_path: Path) -> None:
    blocks = (
        'provider "sym" {\n  version = "~> 2.0"\n}\n'
        'provider "other" {\n  version = "~> 1.0"\n}\n'
        'provider "mirror" {\n  version = "~> 3.0"\n}\n'
        'provider "sym" {\n  alias = "b"\n  version = var.x\n}\n'
        'provider "sym" {\n  alias = "c"\n}\n'
    )
    source = 'mirror = { source = "mirror.example/symopsio/sym" }'
    found = requirements(tmp_path, {"main.tf": entry(source) + blocks})
    assert [(it.name, it.address, it.text) for it in found.all] == [
        ("mirror", "mirror.example/symopsio/sym", None),
        ("sym", "mirror.example/symopsio/sym", "~> 2.0"),
        ("mirror", "mirror.example/symopsio/sym", "~> 3.0"),
    ]


LOCKS = {
    LOCK.format("3.2.0"): "3.2.0",
    LOCK.format("2.1.0"): "3.6.0",
    LOCK.format("x"): "3.6.0",
    LOCK.replace("registry.terraform.io/", "").format("3.2.0"): "3.2.0",
    'provider "other/other/other" {\n  version = "3.2.0"\n}\n': "3.6.0",
    'provider "a/b" {\n  hashes = []\n}\n' + LOCK.format("3.2.0"): "3.2.0",
    'provider "a" "b" {\n  version = "1.0.0"\n}\n' + LOCK.format("3.2.0"): "3.2.0",
    'provider "a/b" {\n  version = "x"\n}\n' + LOCK.format("3.2.0"): "3.2.0",
    "": "3.6.0",
}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_file_decides_where_it_is_admitted(tmp_path: Path, lock: str) -> None:
    files = {"main.tf": entry(SYM.format("~> 3.0")), ".terraform.lock.hcl": lock}
    versions = requirements(tmp_path, files).addresses["symopsio/sym"]
    assert str(versions.selected) == LOCKS[lock]
    assert str(versions.lowest) == (LOCKS[lock] if versions.locked else "3.0.0")


SELECTED = {
    'sym = { source = "symopsio/sym" }': ("3.6.0", 1, "0.2.0"),
    SYM.format("~> 3.0"): ("3.6.0", 1, "3.0.0"),
    SYM.format("> 99"): (None, 0, None),
    SYM.format("x"): (None, 64, None),
    SYM.format("= 3.0.0-rc1"): ("3.0.0-rc1", 1, "3.0.0-rc1"),
    "": (None, 64, None),
}


@pytest.mark.parametrize("text", SELECTED)
def test_the_versions_that_are_judged(tmp_path: Path, text: str) -> None:
    files = {"main.tf": entry(text) + 'resource "sym_flow" "x" {\n}\n'}
    sym = configuration(write(tmp_path, files))
    root = sym.terraform.root
    (declaration,) = root.module.all_resources
    versions = read_requirements(sym).versions_for(root, declaration)
    assert versions is not None
    selected, judged, lowest = SELECTED[text]
    assert (None if versions.selected is None else str(versions.selected)) == selected
    assert len(versions.judged) == judged
    assert (None if versions.lowest is None else str(versions.lowest)) == lowest


NAMES = {
    "": "symopsio/sym",
    "provider = sym": "symopsio/sym",
    "provider = sym.alias": "symopsio/sym",
    'provider = "sym.alias"': "symopsio/sym",
    "provider = other": None,
    "provider = mirror": "mirror.example/symopsio/sym",
}


@pytest.mark.parametrize("argument", NAMES)
def test_the_provider_of_a_block(tmp_path: Path, argument: str) -> None:
    mirror = 'mirror = {\n source = "mirror.example/symopsio/sym"\n}\n'
    other = 'other = {\n source = "example/other"\n}\n'
    text = entry(SYM.format("~> 3.0") + mirror + other)
    text += f'resource "sym_flow" "x" {{\n  {argument}\n}}\n'
    sym = configuration(write(tmp_path, {"main.tf": text}))
    root = sym.terraform.root
    (declaration,) = root.module.all_resources
    versions = read_requirements(sym).versions_for(root, declaration)
    addresses = set() if versions is None else {it.address for it in versions.requirements}
    assert addresses == ({NAMES[argument]} - {None})


def test_the_form_to_report_of_an_argument_that_no_version_has() -> None:
    forms = CATALOGUE.provider.resources["sym_strategy"].arguments["integration_id"]
    assert [str(it.until) for it in forms] == ["0.4.4", "1.0.0", "1.3.0", "None"]
    for version, expected in (("2.0.0", 2), ("1.3.0", 2), ("0.2.0", 0), ("0.9.0", 0)):
        assert nearest_form(forms[:3], (parse_version(version),)) is forms[expected]
    assert nearest_form(forms[2:], (parse_version("0.2.0"),)) is forms[2]


def test_addresses() -> None:
    assert plain_address(" registry.terraform.io/SymOpsIO/sym ") == "symopsio/sym"
    known = ("symopsio/sym", "symops.io/com/sym", "mirror.example/symopsio/sym")
    assert all(is_sym_provider(it, CATALOGUE.provider) for it in known)
    unknown = ("example/sym", "a/b/symopsio/sym", "x/symopsio/symbol", "xsymopsio/sym", "sym")
    assert not any(is_sym_provider(it, CATALOGUE.provider) for it in unknown)

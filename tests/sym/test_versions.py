"""Versions and constraints. The expectations were read off Terraform 1.11.4: ``required_version``
against itself, modules from a registry and providers from a mirror that offer a few versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symlint.sym.versions import (
    ANY_MODULE,
    ConstraintError,
    VersionError,
    parse_constraint,
    parse_version,
    within,
)

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.versions import Version

MODULE_VERSIONS = ["1.0.3", "1.0.6", "2.0.0-alpha", "2.0.0", "2.0.2", "2.1.0-beta1"]
PROVIDER_VERSIONS = [
    *("1.0.0", "1.14.1", "2.0.0-alpha", "2.0.0", "2.1.3", "3.0.0", "3.6.0"),
    *("3.7.0-beta1", "4.0.0-beta1"),
]

# required_version -> whether Terraform 1.11.4 satisfies it
CORE = {
    "1.11.4": True,
    "= 1.11.4": True,
    "~> 1": True,
    "~> 0": True,
    "~> 0.11": False,
    "~> 1.0": True,
    "~> 1.11": True,
    "~> 1.11.0": True,
    "~> 1.11.5": False,
    "~> 1.11.4.0": False,
    "~> 1.11.4.1": False,
    "~>1.11": True,
    " >=1 , <2 ": True,
    "!= 1.11.4": False,
    "!=1.11": True,
    "> 1.11.3": True,
    ">1.11.4": False,
    "=v1.11.4": True,
    "v1.11.4": True,
    "1.11.4+meta": True,
    "<= 1.11": False,
    "<= 1.11.4": True,
    "< 2": True,
    "1.11": False,
    "1": False,
    "1.11.4.0": True,
    ">= 01.2": True,
    "~> 1.11.4, != 1.11.4": False,
    ">=1.0.0,<2.0.0": True,
}

# version of a module -> the version that Terraform installs
MODULE = {
    "~> 1": "2.0.2",
    "~> 1.0": "1.0.6",
    "~> 2": "2.0.2",
    "~> 1.0.0": "1.0.6",
    ">= 1": "2.0.2",
    "": "2.0.2",
    "< 2": "1.0.6",
    "2.0.0-alpha": "2.0.0-alpha",
    "~> 2.0.0-alpha": None,
    ">= 2.0.0-alpha": "2.0.2",
    "<= 2.0.0-alpha": "1.0.6",
    "< 2.0.0-beta": "1.0.6",
    "> 2.0.0-alpha, < 2.0.1": "2.0.0",
    "v1.0.6": "1.0.6",
    "1.0.6.0": "1.0.6",
    "= 1": None,
    "2": "2.0.0",
    "~> 2.1.0-beta1": None,
    ">= 2.1.0-beta1": None,
    "2.1.0-beta1": "2.1.0-beta1",
    "!= 2.0.2": "2.0.0",
    "~> 0": "2.0.2",
}

PROVIDER = {
    "~> 1": "1.14.1",
    "~> 2": "2.1.3",
    "~> 0": None,
    "~> 3.0": "3.6.0",
    "~> 3.0.0": "3.0.0",
    ">= 1": "3.6.0",
    "< 2": "1.14.1",
    "<= 3": "3.0.0",
    "2": "2.0.0",
    "2.0": "2.0.0",
    "= 3": "3.0.0",
    "!= 3.6.0": "3.0.0",
    "> 3": "3.6.0",
    "> 3.0": "3.6.0",
    "~> 2.0.0-alpha": "2.0.0",
    "2.0.0-alpha": "2.0.0-alpha",
    ">= 2.0.0-alpha": "3.6.0",
    "> 3.6.0": None,
    "> 3.6.0-alpha": "3.6.0",
    "3.7.0-beta1": "3.7.0-beta1",
    "~> 3.7.0-beta1": None,
    "< 2.0.0": "1.14.1",
    ">= 1.0, <= 2.0": "2.0.0",
    "< 3.0.0-beta": "2.1.3",
    "!= 2": "3.6.0",
    "~>1": "1.14.1",
    ">= 2.0.0-alpha, != 2.0.0-alpha": "3.6.0",
    "<= 2.0.0-alpha": "1.14.1",
    "3.6.0+x": None,
    ">= 4.0.0-beta1": None,
}

INVALID = [
    *("== 1.11.4", " ", ",", ">= 1.0,", "=> 1.0", "^1.0", "1.x", "*", ">= 1.0 < 2.0", "latest"),
    *("> = 1.0", ">= 99999999999999999999", "1..2", "-1", "~>", "1.0-", "1.0+", "1.0 beta"),
]


def known(texts: list[str]) -> list[Version]:
    return [parse_version(text) for text in texts]


@pytest.mark.parametrize(("text", "satisfied"), CORE.items())
def test_required_version_as_terraform_reads_it(text: str, satisfied: bool) -> None:
    assert parse_constraint(text).admits(parse_version("1.11.4")) is satisfied


@pytest.mark.parametrize(("text", "expected"), MODULE.items())
def test_module_version_as_terraform_selects_it(text: str, expected: str | None) -> None:
    newest = parse_constraint(text).newest(known(MODULE_VERSIONS))
    assert (str(newest) if newest else None) == expected


@pytest.mark.parametrize(("text", "expected"), PROVIDER.items())
def test_provider_version_as_terraform_selects_it(text: str, expected: str | None) -> None:
    newest = parse_constraint(text, "provider").newest(known(PROVIDER_VERSIONS))
    assert (str(newest) if newest else None) == expected


@pytest.mark.parametrize("dialect", ["module", "provider"])
@pytest.mark.parametrize("text", INVALID)
def test_invalid_constraints(text: str, dialect: str) -> None:
    with pytest.raises(ConstraintError, match="not a"):
        parse_constraint(text, dialect)  # type: ignore[arg-type]  # parametrized as plain text


@pytest.mark.parametrize("text", ["v3.6.0", "3.6.0.0", "~> 3.6.0.0", ""])
def test_invalid_for_providers_alone(text: str) -> None:
    parse_constraint(text, "module")
    with pytest.raises(ConstraintError):
        parse_constraint(text, "provider")


@pytest.mark.parametrize(
    "text", ["", "v", "1.a", "one", "1.2.3-", "1.0-a..b", "\u0663.\u0660", "1" * 300]
)
def test_invalid_versions(text: str) -> None:
    with pytest.raises(VersionError):
        parse_version(text)


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        ("~> 1.0.0", "1", True),
        ("~> 1.1.0", "1", False),
        ("~> 1.0.0", "1.0", True),
        ("~> 1.0.0", "1.1", False),
        ("~> 1.0", "1", True),
        ("~> 1.0.0.1", "1.0.0", False),
        ("~> 1.0.0.1", "1.0.0.9", True),
        ("~> 1.0.0.1", "1.0.1.9", False),
        ("~> 1.0.0.0.1", "1.0.0.0.2", True),
        ("~> 1.0.0.0.1", "1.0.0.1.2", False),
    ],
)
def test_versions_of_few_and_many_numbers(text: str, version: str, expected: bool) -> None:
    assert parse_constraint(text).admits(parse_version(version)) is expected


def test_messages_of_what_is_invalid() -> None:
    with pytest.raises(VersionError, match=r"^'1\.a' is not a version$"):
        parse_version("1.a")
    parse_version(str(2**63 - 1))
    with pytest.raises(VersionError, match=r"^'9223372036854775808' is not a version: a number is"):
        parse_version(str(2**63))
    parse_version("1." * 127 + "10")
    with pytest.raises(VersionError):
        parse_version("1." * 127 + "100")
    messages = {
        ">= 1.0,": "'>= 1.0,' is not a version constraint: a part of it is empty",
        "> 1,^1.0": "'> 1,^1.0' is not a version constraint: '^1.0' is not an operator and a version",
        "~> v3.6": (
            "'~> v3.6' is not a provider version constraint: 'v3.6' must have at most three numbers"
            " and no leading v"
        ),
    }
    for text, message in messages.items():
        with pytest.raises(ConstraintError, match=f"^{re.escape(message)}$"):
            parse_constraint(text, "provider")


def test_texts() -> None:
    version = parse_version(" v1.2.3-beta.1+build ")
    assert str(version) == "1.2.3-beta.1+build"
    assert repr(version) == "Version('1.2.3-beta.1+build')"
    assert (version.segments, version.prerelease) == ((1, 2, 3), "beta.1")
    assert version.metadata == "build"
    constraint = parse_constraint(" ~> 1.0, 2 ")
    assert str(constraint) == "~> 1.0, 2"
    assert repr(constraint) == "Constraint('~> 1.0, 2', module)"
    assert [str(it) for it in constraint.terms] == ["~> 1.0", "= 2"]
    assert repr(parse_constraint("> 2").admitted(known(MODULE_VERSIONS[:3]))) == (
        "Admitted( and newer)"
    )
    admitted = parse_constraint("~> 1.0").admitted(known(MODULE_VERSIONS))
    assert repr(admitted) == "Admitted(1.0.3, 1.0.6)"


def test_order() -> None:
    ascending = [
        *("0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2"),
        *("1.0.0-beta.11", "1.0.0-rc1", "1.0.0", "1.0.1", "1.0.10", "1.1", "1.1.0.1", "2"),
    ]
    versions = known(ascending)
    assert sorted([*versions[1::2], *versions[::2]]) == versions
    assert parse_version("1") == parse_version("v1.0.0") == parse_version("1.0.0.0+build")
    assert hash(parse_version("1")) == hash(parse_version("1.0.0"))
    assert parse_version("1.2").release == (1, 2, 0)
    assert parse_version("1").release == (1, 0, 0)


def test_intersection() -> None:
    both = parse_constraint(">= 1.0.4") & parse_constraint("< 2.0")
    assert str(both) == ">= 1.0.4, < 2.0"
    assert [str(it) for it in both.among(known(MODULE_VERSIONS))] == ["1.0.6"]
    assert str(ANY_MODULE & both) == str(both)
    with pytest.raises(ValueError, match="cannot be joined"):
        both & parse_constraint("~> 1.0", "provider")


@pytest.mark.parametrize(
    ("text", "since", "until", "expected"),
    [
        (">= 1.0", "2.0.0", None, True),
        ("~> 1.0", "2.0.0", None, False),
        ("~> 1", "2.0.0", None, True),
        ("< 2.0.0", "2.0.0", None, False),
        ("<= 2.0.0", "2.0.0", None, True),
        ("<= 2.0.0", "2.0.1", None, False),
        (">= 2.0", None, "2.0.0", False),
        (">= 1.9, < 2.0", None, "2.0.0", True),
        ("1.0.5", "1.0.5", "1.0.6", True),
        ("1.0.5, != 1.0.5", None, None, False),
        (">= 1.0.1, <= 1.0.2, != 1.0.1, != 1.0.2", None, None, False),
        (">= 1.0.1, <= 1.0.3, != 1.0.1, != 1.0.2", None, None, True),
        ("> 1.0, < 1.0.1", None, None, False),
        ("2.0.0-alpha", None, None, False),
        (">= 2.0.0-alpha", "2.0.0", "2.0.1", True),
        ("> 3, < 2", None, None, False),
        ("~> 1.0.0", "1.0.9", None, True),
        ("~> 1.0.0", "1.1.0", None, False),
        ("~> 1.2", "1.9.0", "2.0.0", True),
        (">= 1.0.0.1", None, "1.0.1", False),
        (">= 1.0.0.0", None, "1.0.1", True),
        ("< 1.0.0.1", "1.0.0", None, True),
        ("= 1.0.0.1", None, None, False),
        ("> 1.0.0", "1.0.1", "1.0.2", True),
        ("> 1.0.0", None, "1.0.1", False),
        ("> 1.0.0-alpha", "1.0.0", "1.0.1", True),
        ("~> 1.0.0-alpha", None, None, False),
        ("~> 0.1.0-alpha", None, None, False),
        ("~> 0.1.0.1", None, None, False),
        ("~> 0.1", "0.9.9", "1.0.0", True),
        ("~> 0.1", "1.0.0", None, False),
        ("~> 1.2.3", "1.2.9", "1.3.0", True),
        ("~> 1.2.3", "1.3.0", None, False),
        ("~> 1.2.3", None, "1.2.3", False),
        ("!= 1.0.0-alpha, = 1.0.0", None, None, True),
        ("!= 1.0.1, = 1.0.0", None, None, True),
        ("<= 1.0.0-alpha, >= 1.0.0", None, None, False),
        ("<= 1.0.0.5, > 1.0.0", None, None, False),
        ("<= 1.0.0.5, >= 1.0.0", None, None, True),
        ("!= 1.0.0.1, >= 1.0.0, < 1.0.1", None, None, True),
    ],
)
def test_reaches(text: str, since: str | None, until: str | None, expected: bool) -> None:
    limits = [None if it is None else parse_version(it) for it in (since, until)]
    assert parse_constraint(text).reaches(*limits) is expected


def test_reaches_follows_the_dialect() -> None:
    two = parse_version("2.0.0")
    assert parse_constraint("~> 1", "module").reaches(since=two)
    assert not parse_constraint("~> 1", "provider").reaches(since=two)


@pytest.mark.parametrize(
    ("text", "since", "until", "expected"),
    [
        ("~> 1.0", "2.0.0", None, "none"),
        ("~> 2.0", "2.0.0", None, "all"),
        (">= 1.0", "2.0.0", None, "some"),
        (">= 2.0", None, "2.0.0", "none"),
        (">= 2.0", "2.0.0", "2.1.0", "some"),  # newer ones are admitted too
        ("2.0.2", "2.0.0", "2.1.0", "all"),
        ("~> 1.0.3", None, "1.0.6", "some"),
        ("1.0.3", "1.0.6", None, "none"),
        (">= 1.0", None, None, "all"),
        (">= 9", "2.0.0", None, "unknown"),
        ("~> 3.1", "2.0.0", None, "unknown"),
    ],
)
def test_share(text: str, since: str | None, until: str | None, expected: str) -> None:
    admitted = parse_constraint(text).admitted(known(MODULE_VERSIONS[:5]))
    limits = [None if it is None else parse_version(it) for it in (since, until)]
    assert admitted.share(*limits) == expected


def test_releases_that_are_not_published_yet_are_within_the_constraint() -> None:
    published = known(["1.0.0", "1.0.3"])
    for text, expected in (("~> 1.0", "all"), (">= 1.0", "some"), (">= 1.0, < 2.0", "all")):
        admitted = parse_constraint(text).admitted(published)
        assert admitted.beyond
        assert admitted.share(until=parse_version("2.0.0")) == expected


def test_admitted() -> None:
    admitted = parse_constraint(">= 1.0.6").admitted(known(MODULE_VERSIONS))
    assert [str(it) for it in admitted.known] == ["1.0.6", "2.0.0", "2.0.2"]
    assert admitted.beyond
    assert str(admitted.newest) == "2.0.2"
    assert str(admitted.oldest) == "1.0.6"
    assert not parse_constraint("~> 1.0").admitted(known(MODULE_VERSIONS)).beyond
    nothing = ANY_MODULE.admitted([])
    assert (nothing.newest, nothing.oldest, nothing.beyond) == (None, None, False)


def test_within_takes_a_prerelease_for_its_release() -> None:
    two = parse_version("2.0.0")
    assert within(parse_version("2.0.0-alpha"), two, None)
    assert not within(parse_version("2.0.0-alpha"), None, two)
    assert within(two, None, None)


numbers = st.lists(st.integers(0, 4), min_size=1, max_size=3).map(
    lambda parts: ".".join(map(str, parts))
)
terms = st.tuples(st.sampled_from(["", "=", "!=", ">", ">=", "<", "<=", "~>"]), numbers).map(
    lambda it: f"{it[0]} {it[1]}"
)


@pytest.mark.no_cover
@given(
    st.lists(terms, min_size=1, max_size=4).map(",".join),
    st.sampled_from(["module", "provider"]),
    numbers,
    numbers,
)
def test_reaches_agrees_with_trying_versions(
    text: str, dialect: str, since: str, until: str
) -> None:
    """Versions up to 6.6.6 stand for all: no number of a constraint is larger than 4."""
    constraint = parse_constraint(text, dialect)  # type: ignore[arg-type]  # drawn as plain text
    low, high = parse_version(since), parse_version(until)
    grid = [parse_version(f"{a}.{b}.{c}") for a in range(7) for b in range(7) for c in range(7)]
    tried = any(constraint.admits(it) and low <= it < high for it in grid)
    assert constraint.reaches(low, high) is tried


@pytest.mark.terraform
@pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")
@pytest.mark.parametrize(
    "text", ["~> 1", "~> 1.11.0", "~> 1.11.4.0", "1.11", "= v1.11.4", "<= 1.11"]
)
def test_required_version_against_terraform(text: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        f'terraform {{\n  required_version = "{text}"\n}}\n', encoding="utf-8"
    )
    quiet = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    version = subprocess.run(
        ["terraform", "version"],
        capture_output=True,
        encoding="utf-8",
        env=quiet,
        check=True,
    ).stdout.split()[1]
    ran = subprocess.run(
        ["terraform", f"-chdir={tmp_path}", "init", "-backend=false", "-no-color"],
        capture_output=True,
        env=quiet,
        check=False,
    )
    assert parse_constraint(text).admits(parse_version(version)) is (ran.returncode == 0)

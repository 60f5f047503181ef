"""A run says of every Terraform file that it looked at it, or why it did not."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.configurations import write_files

from symlint import lint
from symlint.lint.errors import ConfigError
from symlint.lint.options import Options
from symlint.lint.run.engine import lint as lint_with
from symlint.lint.run.shares import Shares
from symlint.source import directories
from symlint.source.file_names import is_configuration_file

if TYPE_CHECKING:
    from symlint.lint.report import Counts

SYM = 'resource "sym_runtime" "main" {\n  name = "main"\n}\n'
OTHER = 'resource "aws_vpc" "main" {}\n'
CALL = 'module "m{}" {{\n  {}\n  source = "{}"\n}}\n'
SWITCHES = ("", "count = 0", "count = var.on ? 1 : 0", "for_each = {}", "for_each = var.unset")
PLACES = ("a", "b", "a/c", "a/.hidden/x", "b/.terraform/modules/m", "old", "old/x", "kept/y")


def files_below(base: Path) -> int:
    return sum(
        is_configuration_file(name)
        for path, _, names in os.walk(base)
        if ".git" not in Path(path).parts
        for name in names
    )


def accounted(counts: Counts) -> int:
    return counts.files + sum(number for _, number in counts.skipped_files)


def plant(base: Path, seed: int) -> None:
    """Write a tree in which modules call one another in any way, some of them not at all."""
    dice = random.Random(seed)
    chosen = sorted(dice.sample(PLACES, dice.randint(2, len(PLACES))))
    texts = [f"--- {place}/main.tf\n{dice.choice((SYM, OTHER))}" for place in chosen]
    for place in chosen:
        for number in range(dice.randint(0, 3)):
            source = os.path.relpath(dice.choice(chosen), place)
            source = source if source.startswith("..") else f"./{source}"
            name = dice.choice(("calls.tf", "override.tf", "more.tf"))
            texts.append(f"--- {place}/{name}\n")
            texts.append(CALL.format(number % 2, dice.choice(SWITCHES), source))
        if dice.random() < 0.3:
            texts.append(f'--- {place}/more.tf.json\n{{"locals": {{"a": 1}}}}\n')
        if dice.random() < 0.2:
            texts.append(f"--- {place}/broken.tf\nlocals {{\n")
    if dice.random() < 0.5:
        texts.append("--- .gitignore\nold/\nmore.tf\n")
    if dice.random() < 0.4:
        texts.append('--- symlint.toml\nexclude = ["b/", "**/calls.tf"]\n')
    if dice.random() < 0.3:
        texts.append('--- a/symlint.toml\nexclude = ["c/"]\n')
    write_files(base, "\n".join(texts))
    (base / ".git").mkdir()
    if dice.random() < 0.3:
        (base / "link").symlink_to(base / chosen[0], target_is_directory=True)


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(60))
def test_every_file_is_looked_at_or_skipped_for_a_reason(tmp_path: Path, seed: int) -> None:
    plant(tmp_path, seed)
    for all_modules in (False, True):
        report = lint(tmp_path, all_modules=all_modules, select="SYM001")
        assert accounted(report.counts) == files_below(tmp_path)
        assert report.counts.all_counted
    links = [("linked", 1)] if (tmp_path / "link").is_symlink() else []
    assert list(report.counts.skipped_folders) == links
    broken = {
        f.range.path
        for f in lint(tmp_path, all_modules=True, isolated=True).findings
        if f.code == "SYM001"
    }
    names = [it.name for it in tmp_path.iterdir() if not it.name.startswith(".")]
    for path in (p for n in names for p in (tmp_path / n).rglob("broken.tf")):
        parts = set(path.relative_to(tmp_path).parts)
        ignored = (tmp_path / ".gitignore").exists() and "old" in parts
        if not parts & {".hidden", ".terraform", "link"} and not ignored:
            assert str(path) in broken


def test_reasons(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
{SYM}
--- terraform.tfvars
--- other/main.tf
{OTHER}
--- other/more.tf.json
{{}}
--- half/more.tf
locals {{
--- half/more.tofu
--- .terraform/modules/m/main.tf
--- .terraform/modules/m/.git/x.tf
--- .hidden/a/main.tf
--- ignored/a/main.tf
--- excluded/main.tf
{SYM}
--- half/main.tf
{SYM}
--- half/generated.tf
locals {{
--- .gitignore
ignored
--- symlint.toml
exclude = ["excluded/", "generated.tf"]
""",
    )
    (tmp_path / ".git").mkdir()
    report = lint(tmp_path, select="SYM001")
    assert not report.findings
    counts = report.counts
    assert (counts.files, counts.modules, counts.skipped_modules) == (3, 2, 1)
    assert counts.variable_files == 1
    assert dict(counts.skipped_files) == {
        "without_sym": 2,
        "excluded": 2,
        "dot_terraform": 1,
        "hidden": 1,
        "git_ignored": 1,
        "replaced": 1,
    }


def test_a_file_is_counted_once(tmp_path: Path) -> None:
    """Though two root modules under two configuration files call its module."""
    call = CALL.format("", "count = 0", "../shared")
    write_files(
        tmp_path,
        f"--- a/main.tf\n{call}--- b/main.tf\n{call}--- b/symlint.toml\n--- shared/main.tf\n{SYM}",
    )
    counts = lint(tmp_path).counts
    assert (counts.files, counts.modules) == (3, 3)
    counts = lint([tmp_path, tmp_path / "b", tmp_path / "shared"]).counts
    assert (counts.files, counts.modules) == (3, 3)


def test_what_an_override_file_leads_elsewhere_is_a_root(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
{CALL.format("", "", "./old")}
--- override.tf
{CALL.format("", "", "./new")}
--- old/main.tf
locals {{
--- new/main.tf
{SYM}
""",
    )
    report = lint(tmp_path)
    assert {f.range.path for f in report.findings if f.code == "SYM001"} == {
        str(tmp_path / "old" / "main.tf")
    }
    assert report.counts.files == 4


def test_a_named_file_is_looked_at_whoever_calls_its_module(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- live/main.tf
{CALL.format("", "count = 0", "../m")}
--- live/override.tf
{CALL.format("", "", "../other")}
--- other/main.tf
{SYM}
--- m/main.tf
locals {{
""",
    )
    (tmp_path / ".git").mkdir()
    report = lint(tmp_path / "m" / "main.tf")
    assert [f.code for f in report.findings] == ["SYM001"]
    excluded = lint_with([str(tmp_path / "m" / "main.tf")], Options(exclude=("m/", "**/m/**")))
    assert dict(excluded.counts.skipped_files) == {"excluded": 1}


def test_more_directories_than_are_looked_into_are_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, "".join(f"--- d{number}/main.tf\n{SYM}" for number in range(9)))
    monkeypatch.setattr(directories, "MAXIMUM_DIRECTORIES", 5)
    report = lint(tmp_path)
    assert report.exit_status == 3
    assert [(it.path, it.message) for it in report.failures] == [
        (
            str(tmp_path),
            "only 5 directories are looked into, and there are at least 5 more here; "
            "lint parts of them, one after the other",
        )
    ]
    assert report.counts.files == 4
    assert dict(report.counts.skipped_folders) == {"unreadable": 5}
    # Which they are does not depend on the file system.
    assert {Path(it.range.path).parent.name for it in report.findings} <= {"d0", "d1", "d2", "d3"}
    monkeypatch.chdir(tmp_path)
    (failure,) = lint(tmp_path / "d7" / "main.tf").failures
    assert failure.message.startswith("only 5 directories are looked into")


def test_a_directory_that_cannot_be_read_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, f"{SYM}--- a/main.tf\n{SYM}--- a/closed/main.tf\n{SYM}")
    scan = os.scandir

    def refusing(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("symlint.source.directories.os.scandir", refusing)
    report = lint(tmp_path)
    assert report.exit_status == 3
    assert [(it.path, it.message) for it in report.failures] == [
        (str(tmp_path / "a" / "closed"), "the directory cannot be read: permission denied")
    ]
    assert dict(report.counts.skipped_folders) == {"unreadable": 1}
    # Nobody looks into what is excluded; and a directory that is closed calls no module.
    assert not lint_with([str(tmp_path)], Options(exclude=("**/closed",))).failures
    assert not lint(tmp_path / "a" / "main.tf").failures
    (alone,) = lint(tmp_path / "a" / "closed").failures
    assert alone.message == "the directory cannot be read: permission denied"


def test_a_tree_too_deep_to_be_read_is_a_failure(tmp_path: Path) -> None:
    write_files(tmp_path, SYM)
    names = [f"{number:04}-".ljust(200, "x") for number in range(25)]
    descriptors = [os.open(tmp_path, os.O_RDONLY)]
    for name in names:
        os.mkdir(name, dir_fd=descriptors[-1])
        descriptors.append(os.open(name, os.O_RDONLY, dir_fd=descriptors[-1]))
    try:
        report = lint(tmp_path)
    finally:
        for name, descriptor in zip(reversed(names), reversed(descriptors[:-1]), strict=True):
            os.rmdir(name, dir_fd=descriptor)
        for descriptor in descriptors:
            os.close(descriptor)
    assert report.exit_status == 3
    assert report.counts.files == 1
    (failure,) = report.failures
    assert failure.message == "the directory cannot be read: file name too long"


@pytest.mark.no_cover
def test_more_patterns_than_can_be_compared_are_a_failure(tmp_path: Path) -> None:
    hostile = "\n".join("*a" * 100 for _ in range(4000))
    write_files(tmp_path, f"{SYM}--- ab/main.tf\n{SYM}--- .git/HEAD\nx\n--- .gitignore\n{hostile}")
    report = lint(tmp_path)
    assert report.exit_status == 3
    (failure,) = report.failures
    assert failure.path == str(tmp_path)
    assert failure.message.startswith("the .gitignore files have more patterns than can be")
    assert report.counts.files == 2
    (tmp_path / "symlint.toml").write_text(
        "preview = true\nexclude = [" + ", ".join(f'"{it}"' for it in hostile.split()) + "]",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"symlint\.toml:2: these are more patterns"):
        lint(tmp_path)


def test_what_is_skipped_is_counted_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, SYM + "".join(f"--- .x/d{n}/main.tf\n{SYM}" for n in range(9)))
    monkeypatch.setattr(directories, "MAXIMUM_COUNTED", 5)
    counts = lint(tmp_path).counts
    assert dict(counts.skipped_files) == {"hidden": 4}
    assert not counts.all_counted


def test_paths_that_lie_in_one_another_are_counted_once(tmp_path: Path) -> None:
    for name in ("a", "a-b", "a/b", "a/b-c"):
        write_files(tmp_path, f"--- {name}/main.tf\n{SYM}\n--- {name}/.hidden.tf\n{SYM}")
    whole = lint(tmp_path, isolated=True).counts
    names = (".", "a/b", "a", "a-b", "a/b-c", "a", ".")
    assert lint([tmp_path / name for name in names], isolated=True).counts == whole
    assert lint([tmp_path / name for name in ("a-b", "a/b", "a")], isolated=True).counts == whole


def test_directories_that_are_very_deep_are_not_looked_into(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(directories.MAXIMUM_DEPTH + 2):
        folder = folder / "a"
        folder.mkdir()
        (folder / "main.tf").write_text("# sym_", encoding="utf-8")
    report = lint(tmp_path)
    assert report.counts.modules == directories.MAXIMUM_DEPTH
    assert [failure.message for failure in report.failures] == [
        "what lies more than 100 levels below this directory is not looked into "
        "(directories left out: 1); lint it by its own path"
    ]


@pytest.mark.parametrize("settings", ["", '--- c/symlint.toml\nfail-on = "note"\n'])
def test_root_modules_beyond_what_a_run_can_look_at_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    monkeypatch.setattr("symlint.lint.run.shares.FEWEST_ROOTS", 2)
    monkeypatch.setattr("symlint.lint.run.engine.Shares", lambda spent: Shares(0, spent=spent))
    shared = 'module "m" {\n  source = "../called"\n}\n'
    roots = "".join(f"--- {name}/main.tf\n{SYM}{shared}" for name in "abcd")
    write_files(tmp_path, f"{roots}--- called/main.tf\n{SYM}{settings}")
    report = lint_with([str(tmp_path)], Options(list_files=True))
    [failure] = report.failures
    assert report.exit_status == 3
    assert failure.message == (
        "2 root modules are not looked at: there are too many for one run; name some of the folders"
    )
    assert accounted(report.counts) == 5
    skipped = {(Path(it.path).parent.name, it.reason) for it in report.files if it.reason}
    assert skipped == {("c", "too_many"), ("d", "too_many")}

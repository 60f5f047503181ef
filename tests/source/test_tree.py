"""What a run may read: judged by where a path really leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.effort import lines_run

from symlint.source.tree import Tree, leads_out_of_repository, lies_in, project_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two folders, and one beside it."""
    root = tmp_path / "repository"
    for folder in (root / ".git", root / "live", root / "modules" / "x", tmp_path / "outside"):
        folder.mkdir(parents=True)
    for file in (
        root / ".git" / "config",
        root / "live" / "main.tf",
        tmp_path / "outside" / "s.tf",
    ):
        file.write_text("", encoding="utf-8")
    return root


def test_the_repository_of_a_folder_is_inside_and_what_git_keeps_there_is_not(
    repository: Path,
) -> None:
    tree = Tree([str(repository / "live")])
    for inside in ("live/main.tf", "modules/x", "live/there-is-no-such-file.tf", "live/../modules"):
        assert tree.holds(str(repository / inside)), inside
    for outside in (".git", ".git/config", "live/../.git/config", "../outside/s.tf", "..", "a\0b"):
        assert not tree.holds(str(repository / outside)), outside
    assert not tree.holds("/etc/hostname")
    assert not tree.holds(f"{repository}-beside/main.tf")


def test_a_path_is_where_its_links_lead(repository: Path, tmp_path: Path) -> None:
    tree = Tree([str(repository)])
    (repository / "file.tf").symlink_to(tmp_path / "outside" / "s.tf")
    (repository / "folder").symlink_to(tmp_path / "outside")
    (repository / "git").symlink_to(".git")
    (repository / "again.tf").symlink_to("file.tf")
    (repository / "within.tf").symlink_to("live/main.tf")
    (repository / "loop").symlink_to("loop")
    for outside in ("file.tf", "again.tf", "folder", "folder/s.tf", "git/config", "folder/../x"):
        assert not tree.holds(str(repository / outside)), outside
    assert tree.real_path(str(repository / "within.tf")) == str(repository / "live" / "main.tf")
    assert not tree.holds(str(repository / "loop")), "it leads nowhere"


def test_what_is_named_is_inside_unless_it_leads_out_of_its_repository(
    repository: Path, tmp_path: Path
) -> None:
    link = repository / "link"
    link.symlink_to(tmp_path / "outside")
    tree = Tree()
    assert not tree.include(str(link))
    assert not tree.holds(str(link / "s.tf"))
    tree.include_file(str(link / "s.tf"))
    assert not tree.holds(str(tmp_path / "outside" / "s.tf"))
    tree.include_file(str(tmp_path / "outside" / "s.tf"))
    assert tree.holds(str(tmp_path / "outside" / "s.tf"))
    assert not tree.holds(str(tmp_path / "outside" / "t.tf"))
    assert tree.include(str(tmp_path / "outside"))
    assert tree.holds(str(link / "t.tf"))


def test_a_link_that_is_named_outside_of_a_repository_is_followed(tmp_path: Path) -> None:
    (tmp_path / "releases" / "1").mkdir(parents=True)
    (tmp_path / "current").symlink_to("releases/1")
    tree = Tree([str(tmp_path / "current")])
    assert tree.holds(str(tmp_path / "current" / "main.tf"))
    assert tree.holds(str(tmp_path / "releases" / "1" / "main.tf"))
    assert not tree.holds(str(tmp_path / "releases" / "2" / "main.tf"))


def test_without_a_repository_the_modules_that_are_called_are_inside(tmp_path: Path) -> None:
    root, module, other = (tmp_path / it for it in ("live", "modules/x", "modules/y"))
    for folder in (root, module, other):
        folder.mkdir(parents=True)
    (root / "link").symlink_to("../modules/y")
    tree = Tree([str(root)])
    assert not tree.holds(str(module / "impl.py"))
    assert tree.enter(str(root), str(module))
    assert tree.holds(str(module / "impl.py"))
    assert not tree.enter(str(root), str(root / "link")), "a link out of what is known so far"
    assert not tree.holds(str(other))
    assert tree.enter(str(module), str(other))
    assert tree.enter(str(root), str(root / "link")), "by now it leads to a module that is called"
    assert not tree.enter(str(root), "/"), "then everything would be inside"


def test_in_a_repository_a_call_leads_nowhere_outside(repository: Path, tmp_path: Path) -> None:
    root = str(repository / "live")
    tree = Tree([root])
    assert tree.enter(root, str(repository / "modules" / "x"))
    assert not tree.enter(root, str(tmp_path / "outside"))
    assert not tree.holds(str(tmp_path / "outside" / "s.tf"))


def test_the_project_of_a_path(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    monkeypatch.chdir(tmp_path)
    assert project_folder(str(repository / "live")) == str(repository)
    assert project_folder(str(repository / "live" / "main.tf")) == str(repository)
    assert project_folder(str(outside)) == str(outside)
    assert project_folder(str(outside / "s.tf")) == str(tmp_path)
    monkeypatch.chdir(repository)
    assert project_folder(str(outside / "s.tf")) == str(outside)


def test_where_a_name_leads_out(repository: Path, tmp_path: Path) -> None:
    (repository / "folder").symlink_to(tmp_path / "outside")
    (repository / "hook").symlink_to(".git/config")
    (repository / "within").symlink_to("live")
    top = str(repository)
    (tmp_path / "folder").symlink_to("outside")
    for name in ("folder", "folder/new.json", "hook"):
        assert not lies_in(f"{top}/{name}", top)
        assert leads_out_of_repository(f"{top}/{name}")
    for name in ("within", "within/new.json", "live", "new.json"):
        assert lies_in(f"{top}/{name}", top)
        assert not leads_out_of_repository(f"{top}/{name}")
    for path in (
        f"{top}/.git/config",
        str(tmp_path / "outside"),
        str(tmp_path / "folder" / "s.tf"),
    ):
        assert not leads_out_of_repository(path), "no link of a repository is on the way"
    (tmp_path / "outside" / ".git").mkdir()
    assert leads_out_of_repository(f"{top}/folder"), "though a repository is there as well"


def test_a_folder_takes_no_longer_the_deeper_it_is(repository: Path) -> None:
    tree, folder, lines = Tree([str(repository)]), repository, []
    (repository / "b").touch()

    def ask() -> None:
        assert tree.holds(str(folder / "main.tf"))
        assert tree.repository(str(folder)) == str(repository)
        assert tree.has(("a", "b"), str(folder))
        assert not tree.has(("c",), str(folder))

    for number in range(20):
        folder = folder / f"folder{number}"
        folder.mkdir()
        lines.append(lines_run(ask))
    assert lines[5] == lines[-1], lines


def test_files_are_looked_for_up_to_the_repository(repository: Path) -> None:
    live = repository / "live"
    (repository.parent / "a").touch()
    assert not Tree().has(("a",), str(live))
    assert not Tree().has(("a",), str(repository.parent / "outside"))
    assert Tree().has(("a",), str(repository.parent))
    (repository / "a").touch()
    assert Tree().has(("b", "a"), str(live))

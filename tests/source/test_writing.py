"""Writing a file whole, and never through a link that somebody may have planted."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from symlint.source.writing import write_atomically, write_output

if TYPE_CHECKING:
    from collections.abc import Callable

WRITERS = (write_atomically, write_output)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / ".git" / "config").write_text("kept", encoding="utf-8")
    (root / "own").write_text("kept", encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("kept", encoding="utf-8")
    return root


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("link", "target", "written"),
    [
        ("link", "../outside/file", "link"),
        ("link", "../outside/new", "link"),
        ("link", ".git/config", "link"),
        ("link", "own", "link"),
        ("folder", "../outside", "folder/file"),
        ("folder", "../outside", "folder/new"),
    ],
)
def test_no_link_of_a_repository_is_written_through(
    repository: Path, write: Callable[[str, bytes], None], link: str, target: str, written: str
) -> None:
    (repository / link).symlink_to(target)
    with pytest.raises(OSError, match="symbolic link") as caught:
        write(str(repository / written), b"changed")
    assert caught.value.strerror
    files = [it for it in repository.parent.rglob("*") if it.is_file() and not it.is_symlink()]
    assert {it.read_text(encoding="utf-8") for it in files} == {"kept"}
    assert len(files) == 3


@pytest.mark.parametrize("write", WRITERS)
def test_nor_one_into_another_repository(
    repository: Path, write: Callable[[str, bytes], None]
) -> None:
    (repository.parent / "outside" / ".git").mkdir()
    (repository / "folder").symlink_to("../outside")
    with pytest.raises(OSError, match="leads out of the repository"):
        write(str(repository / "folder" / "new"), b"changed")


def test_in_the_topmost_folder_devices_are_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    write_output("dev/stdout", b"")


@pytest.mark.parametrize("write", WRITERS)
def test_nor_one_below_the_current_folder(
    repository: Path, write: Callable[[str, bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository.parent / "outside"
    (folder / "link").symlink_to("file")
    monkeypatch.chdir(folder)
    with pytest.raises(OSError, match="symbolic link"):
        write("link", b"changed")
    write("file", b"changed")
    assert (folder / "file").read_bytes() == b"changed"


@pytest.mark.parametrize("write", WRITERS)
def test_other_links_and_places_are_the_users_own(
    repository: Path, write: Callable[[str, bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository.parent / "outside"
    (folder / "link").symlink_to("file")
    monkeypatch.chdir(repository)
    write("../outside/link", b"changed")
    assert (folder / "link").is_symlink()
    assert (folder / "file").read_bytes() == b"changed"
    write(str(folder / "new"), b"new")
    assert (folder / "new").read_bytes() == b"new"


def test_a_repair_follows_a_link_inside_the_repository_and_none_out_of_it(repository: Path) -> None:
    (repository / "link").symlink_to("own")
    write_atomically(str(repository / "link"), b"repaired", follow=True)
    assert (repository / "link").is_symlink()
    assert (repository / "own").read_bytes() == b"repaired"
    for target in ("../outside/file", ".git/config"):
        (repository / "link").unlink()
        (repository / "link").symlink_to(target)
        with pytest.raises(OSError, match="leads out of the repository"):
            write_atomically(str(repository / "link"), b"changed", follow=True)


def test_a_device_is_written_to(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_output("/dev/stdout", b"report")
    write_output(os.devnull, b"report")
    assert capfdbinary.readouterr().out == b"report"


def test_owner_mode_and_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    owner = (12345, 54321) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.chown(path, *owner)
    attributes = {}
    try:
        os.setxattr(path, "user.note", b"kept")
        attributes = {"user.note": b"kept"}
    except OSError:
        pass  # this file system has none
    write_atomically(str(path), b"after")
    status = path.stat()
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(status.st_mode) == 0o640
    assert (status.st_uid, status.st_gid) == owner
    assert {name: os.getxattr(path, name) for name in attributes} == attributes


def test_new_content_of_a_private_file_is_never_public(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "main.tf"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o600)
    modes = []
    chmod = os.chmod

    def watched(name: str, mode: int) -> None:
        modes.append(stat.S_IMODE(Path(name).stat().st_mode))
        chmod(name, mode)

    monkeypatch.setattr(os, "chmod", watched)
    write_atomically(str(path), b"after")
    assert modes == [0o600]


def test_who_may_not_give_files_away_writes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    path = tmp_path / "main.tf"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "chown", refuse)
    write_atomically(str(path), b"after")
    assert path.read_bytes() == b"after"

"""Reading files: every way in which one cannot be read is a problem with a message."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from symlint.source.files import MAX_FILE_SIZE, ReadProblem, read_file, source_from_bytes
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from pathlib import Path


def problem(path: object) -> ReadProblem:
    result = read_file(str(path))
    assert isinstance(result, ReadProblem)
    return result


def text(data: bytes) -> str:
    result = source_from_bytes("/f.tf", data)
    assert isinstance(result, SourceFile)
    return result.text


def test_text_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_bytes('a = 1\r\n\tb = "é"\n'.encode())
    result = read_file(path)
    assert isinstance(result, SourceFile)
    assert result.text == 'a = 1\r\n\tb = "é"\n'
    assert result.path == str(path)


def test_path_is_made_absolute_without_following_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real.tf").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "link.tf").symlink_to("real.tf")
    monkeypatch.chdir(tmp_path)
    result = read_file("link.tf")
    assert isinstance(result, SourceFile)
    assert result.path == str(tmp_path / "link.tf")


def test_one_byte_order_mark_is_left_out() -> None:
    mark = b"\xef\xbb\xbf"
    assert text(mark + b"a = 1") == "a = 1"
    assert text(mark + mark + b"a = 1") == "\ufeffa = 1"


def test_bytes_that_are_not_utf8_become_lone_surrogates() -> None:
    assert text(b'"\xff"') == '"\udcff"'


def test_empty_file() -> None:
    assert text(b"") == ""


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "no.tf"
    assert problem(path) == ReadProblem(str(path), "the file does not exist", "missing")


def test_path_with_a_nul_character() -> None:
    assert problem("a\0b").kind == "missing"


def test_folder(tmp_path: Path) -> None:
    result = problem(tmp_path)
    assert (result.kind, result.message) == ("directory", "expected a file, found a directory")


def test_file_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("", encoding="utf-8")
    result = problem(tmp_path / "main.tf" / "x.tf")
    assert (result.kind, result.message) == (
        "unreadable",
        "the file cannot be read: not a directory",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_text("a = 1\n", encoding="utf-8")
    path.chmod(0)
    result = problem(path)
    assert (result.kind, result.message) == (
        "unreadable",
        "the file cannot be read: permission denied",
    )


def test_permission_denied_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    result = problem(tmp_path / "main.tf")
    assert (result.kind, result.message) == (
        "unreadable",
        "the file cannot be read: permission denied",
    )


def test_symbolic_link_loop(tmp_path: Path) -> None:
    (tmp_path / "a.tf").symlink_to("b.tf")
    (tmp_path / "b.tf").symlink_to("a.tf")
    assert problem(tmp_path / "a.tf").kind == "unreadable"


def test_named_pipe_does_not_block(tmp_path: Path) -> None:
    path = tmp_path / "pipe.tf"
    os.mkfifo(path)
    assert problem(path).kind == "not a file"


def test_device() -> None:
    assert problem(os.devnull).kind == "not a file"


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.tf")
        assert problem(tmp_path / "s.tf").kind in ("unreadable", "not a file")


def test_binary_file() -> None:
    result = source_from_bytes("/f.tf", b"a = 1\n\0")
    assert result == ReadProblem("/f.tf", "the file is binary: it contains NUL bytes", "binary")


def test_ten_megabytes_are_too_large(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_bytes(b"# x\n" * 2_500_000)
    result = problem(path)
    assert result.kind == "too large"
    assert result.message == "the file is larger than 5 MB, the most that is read"


def test_the_bound_itself_is_allowed() -> None:
    assert len(text(b" " * MAX_FILE_SIZE)) == MAX_FILE_SIZE
    assert isinstance(source_from_bytes("/f.tf", b" " * (MAX_FILE_SIZE + 1)), ReadProblem)

"""Questions without a server: a snapshot of files, and places in them by what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.language_server.workspace import Settings, Snapshot, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from symlint.lint.finding import Edit, Finding
    from symlint.source.text import Range


def snapshot_of(path: Path, *changes: tuple[str, str], settings: Settings = Settings()) -> Snapshot:  # noqa: B008 - it never changes
    """The files as they are when one is open, with some of its texts replaced by others."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return Snapshot(Workspace(settings), {str(path): text})


def offset_of(snapshot: Snapshot, path: Path, text: str, into: int = 0) -> int:
    """Where a text stands that occurs once, or ``into`` characters behind its beginning."""
    source = snapshot.text(str(path))
    assert source is not None
    assert source.text.count(text) == 1, text
    return source.text.index(text) + into


def findings_of(snapshot: Snapshot, path: Path) -> tuple[Finding, ...]:
    """The findings in one file."""
    report = snapshot.lint(snapshot.roots_of(str(path)))
    assert report is not None
    return tuple(it for it in report.findings if it.range.path == str(path))


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text after edits."""
    for edit in sorted(edits, key=lambda it: it.range.start, reverse=True):
        text = text[: edit.range.start] + edit.replacement + text[edit.range.end :]
    return text


def place(range_: Range | None) -> tuple[str, int, str] | None:
    """The name of the file, the line and the text of a range."""
    if range_ is None:
        return None
    return range_.path.rpartition("/")[2], range_.line, range_.text

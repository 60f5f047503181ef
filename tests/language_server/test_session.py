"""When the session lints, and what it does where that fails."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from support.language_server.opened import copy, write

from symlint.language_server import session as session_module
from symlint.language_server.session import BusyError, Session, Shown
from symlint.language_server.workspace import Snapshot, Workspace

if TYPE_CHECKING:
    from pathlib import Path


def opened(session: Session, path: Path, text: str | None = None, version: int = 1) -> None:
    """Open or change a file."""
    written = path.read_text(encoding="utf-8") if text is None else text
    session.documents.put(str(path), path.as_uri(), written, version, saved=text is None)


def codes(found: Shown | None, path: Path) -> list[str]:
    """The codes of what was found in a file."""
    assert found is not None
    return [it.code for it in found.findings.get(str(path), ())]


def test_only_the_newest_text_is_linted(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    text = path.read_text(encoding="utf-8")
    published: list[Shown] = []

    async def work() -> None:
        session = Session(Workspace(), published.append, delay=0.01)
        opened(session, path)
        session.saved(str(path))
        for number in range(20):
            wrong = text.replace("sym_strategy.iam.id", f"sym_strategy.iam.name{number}")
            opened(session, path, wrong, number + 2)
            session.changed(str(path))
        opened(session, path, text.replace("sym_strategy.iam.id", "sym_strategy.iam.name"), 99)
        session.changed(str(path))
        assert codes(await session.found(str(path)), path) == ["SYM401"]
        session.close()

    asyncio.run(work())
    assert len(published) == 1


def test_so_much_text_is_kept_for_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "main.tf", "")
    other = write(tmp_path / "other.tf", "#" * 90)
    end = threading.Event()
    answers: list[Any] = []
    monkeypatch.setattr(session_module, "MOST_CHARACTERS", 150)

    async def work() -> None:
        session = Session(Workspace(), lambda _: None, delay=99)
        opened(session, other)
        first = asyncio.ensure_future(session.ask(lambda _: end.wait()))
        await asyncio.sleep(0)
        questions = []
        for version in range(9):
            opened(session, path, f"# {version:07}\n", version)
            session.changed(str(path))
            questions += [asyncio.ensure_future(session.ask(lambda _: 1)) for _ in range(2)]
            await asyncio.sleep(0)
        end.set()
        answers.extend(await asyncio.gather(*questions, return_exceptions=True))
        assert await first
        assert await session.ask(lambda _: 2) == 2
        session.close()

    asyncio.run(work())
    assert answers[:12] == [1] * 12  # 90 characters and six times ten
    assert all(isinstance(it, BusyError) for it in answers[12:])


def test_what_does_not_concern_sym_is_left_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf", 'resource "aws_s3_bucket" "x" {\n  bucket = var.missing\n}\n'
    )
    published: list[Shown] = []

    async def work() -> None:
        session = Session(Workspace(), published.append, delay=0)
        opened(session, path)
        session.saved(str(path))
        assert await session.found(str(path)) is None
        session.close()

    asyncio.run(work())
    assert [it.findings for it in published] == [{}]


def test_a_crash_is_said_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    published: list[Shown] = []

    def crash(*_: Any) -> None:
        raise RuntimeError("out of order")

    async def work() -> None:
        session = Session(Workspace(), published.append, delay=0)
        opened(session, path)
        with monkeypatch.context() as patch:
            patch.setattr(Snapshot, "lint", crash)
            session.saved(str(path))
            found = await session.found(str(path))
        assert found is not None
        assert "out of order" in found.failures[0].message
        session.saved(str(path))
        found = await session.found(str(path))
        assert found is not None
        assert found.failures == ()
        session.close()

    asyncio.run(work())
    assert len(published) == 2


@pytest.mark.parametrize(("methods", "status"), [(["shutdown", "exit"], 0), (["exit"], 1)])
def test_a_client_that_leaves_without_a_word(methods: list[str], status: int) -> None:
    told = [{"id": 1, "method": "initialize", "params": {"capabilities": {}}}]
    told += [{"id": 2, "method": it} if it == "shutdown" else {"method": it} for it in methods]
    texts = [json.dumps({"jsonrpc": "2.0", **it}) for it in told]
    sent = "".join(f"Content-Length: {len(it)}\r\n\r\n{it}" for it in texts)
    command = [sys.executable, "-m", "symlint", "lsp"]
    done = subprocess.run(command, input=sent.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (status, b"")

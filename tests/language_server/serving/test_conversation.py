"""Every request has one answer, whatever is wrong with it."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from support.language_server.opened import write
from support.language_server.wire import INITIALIZE, PATIENCE, framed, served, talked

from symlint.language_server.serving import conversation, start
from symlint.language_server.serving.output import Output
from symlint.language_server.session import BusyError
from symlint.language_server.workspace import Settings

if TYPE_CHECKING:
    from pathlib import Path

PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED, INTERNAL, FAILED = -32002, -32800, -32603, -32803

PLACE = {"textDocument": {"uri": "file:///nowhere/a.tf"}, "position": {"line": 0, "character": 0}}


def hover(id_: Any, **params: Any) -> dict[str, Any]:
    """A question about a place."""
    return {"id": id_, "method": "textDocument/hover", "params": {**PLACE, **params}}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, None),
        ({"textDocument": {"uri": None}}, INVALID_PARAMS),
        ({"textDocument": {"uri": 5}}, INVALID_PARAMS),
        ({"textDocument": {}}, INVALID_PARAMS),
        ({"textDocument": []}, INVALID_PARAMS),
        ({"position": {"line": -1, "character": 0}}, INVALID_PARAMS),
        ({"position": {"line": "0", "character": 0}}, INVALID_PARAMS),
        ({"position": {"line": True, "character": 0}}, INVALID_PARAMS),
        ({"position": {"line": 0.5, "character": 0}}, INVALID_PARAMS),
        ({"position": {"line": 1.0, "character": 0}}, None),
        ({"position": {"line": 2**80, "character": 0}}, INVALID_PARAMS),
        ({"position": {"line": 2**31 - 1, "character": 2**31 - 1}}, None),
    ],
)
def test_params(params: dict[str, Any], code: int | None) -> None:
    wire = talked(hover(1, **params))
    assert wire.codes == [code]
    assert wire.answers[0]["id"] == 1


def test_params_that_are_none() -> None:
    without = {"id": 1, "method": "textDocument/hover"}
    wire = talked(without, {**without, "params": []}, {**without, "params": "x"})
    assert wire.codes == [INVALID_PARAMS] * 3
    assert "$.params" in wire.answers[0]["error"]["message"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("symlint.nothing", []),
        ("symlint.explain", None),
        ("symlint.explain", [5]),
        ("symlint.explain", ["SYM201", "SYM202"]),
        ("symlint.trace", ["file:///a.tf", -1, 0]),
        ("symlint.trace", ["file:///a.tf", "0", 0]),
        ("symlint.select", [5]),
        ("symlint.chooseVariableFiles", [5]),
        ("symlint.chooseVariableFiles", [[5]]),
    ],
)
def test_arguments_of_commands(command: str, arguments: list[Any] | None) -> None:
    params = {"command": command, "arguments": arguments}
    wire = talked({"id": 1, "method": "workspace/executeCommand", "params": params})
    assert wire.codes == [INVALID_PARAMS]


@pytest.mark.parametrize(
    ("message", "id_", "code"),
    [
        ({"id": 1, "method": "textDocument/formatting", "params": {}}, 1, NO_METHOD),
        ({"id": 1, "method": "a/b"}, 1, NO_METHOD),
        ({"id": 1, "method": "$/a"}, 1, NO_METHOD),
        ({"id": 1, "method": "textDocument/didOpen", "params": {}}, 1, NO_METHOD),
        ({"id": 1, "method": "initialize", "params": {"capabilities": {}}}, 1, INVALID_REQUEST),
        (hover(None), None, INVALID_REQUEST),
        (hover(1.5), None, INVALID_REQUEST),
        (hover([1]), None, INVALID_REQUEST),
        (hover(True), None, INVALID_REQUEST),
        (hover("a"), "a", None),
        ({"id": 1, "method": 5}, 1, INVALID_REQUEST),
        ({"id": 1}, 1, INVALID_REQUEST),
        ({"method": 5}, None, INVALID_REQUEST),
        ({}, None, INVALID_REQUEST),
        ({**hover(1), "jsonrpc": "1.0"}, 1, INVALID_REQUEST),
        (b"[]", None, INVALID_REQUEST),
        (b'[{"jsonrpc": "2.0", "id": 1, "method": "a"}]', None, INVALID_REQUEST),
        (b"5", None, INVALID_REQUEST),
        (b"", None, PARSE_ERROR),
        (b'{"a', None, PARSE_ERROR),
        (b'{"a": "\xff"}', None, PARSE_ERROR),
        (b"[" * 100_000, None, PARSE_ERROR),
    ],
)
def test_what_is_no_request(message: Any, id_: Any, code: int | None) -> None:
    wire = talked(message)
    assert (wire.answers[0]["id"], wire.codes) == (id_, [code])


def test_what_needs_no_answer_has_none() -> None:
    place = {"uri": "file:///nowhere/a.tf", "version": 1}
    wire = talked(
        {"method": "a/b"},
        {"method": "textDocument/hover", "params": PLACE},
        {"method": "textDocument/didOpen", "params": {}},
        {"method": "textDocument/didChange", "params": {"textDocument": place, "contentChanges": [{"text": "a"}]}},
        {"method": "$/cancelRequest", "params": {"id": [1]}},
        {"method": "$/cancelRequest"},
        {"id": 5, "result": None},
        {"id": 5, "error": {"code": "x"}},
        hover(1),
        answers=1,
    )  # fmt: skip  # a message a line
    assert wire.codes == [None]
    (log,) = [
        it["params"]["message"] for it in wire.heard if it.get("method") == "window/logMessage"
    ]
    assert log.startswith("textDocument/didOpen: ")


def test_the_order_of_a_conversation() -> None:
    said = framed(hover(0), {"method": "textDocument/didOpen", "params": {}}, INITIALIZE)
    said += framed({"id": 1, "method": "shutdown"}, hover(2), {"method": "exit"}, hover(3))
    wire = served(said, 0)
    assert [it["id"] for it in wire.answers] == [0, "first", 1, 2]
    assert wire.codes == [NOT_INITIALIZED, None, None, INVALID_REQUEST]


def test_a_request_that_nobody_waits_for() -> None:
    server = start.new_server(Settings())
    server.protocol.fm.features["textDocument/hover"] = lambda _: asyncio.sleep(PATIENCE)
    cancel = {"method": "$/cancelRequest", "params": {"id": 1}}
    wire = served(framed(INITIALIZE, hover(1), hover(1), cancel), 3, server)
    assert wire.codes == [None, CANCELLED, CANCELLED]


def test_only_so_many_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_MOST_WAITING", 0)
    wire = talked(hover(1))
    assert wire.codes == [FAILED]


def test_what_cannot_wait_is_refused() -> None:
    def refuse(_: Any) -> None:
        raise BusyError("later")

    server = start.new_server(Settings())
    server.protocol.fm.features["textDocument/hover"] = refuse
    wire = served(framed(INITIALIZE, hover(1)), 2, server)
    assert wire.answers[1]["error"] == {"code": FAILED, "message": "later"}


def test_what_cannot_be_sent_is_a_crash() -> None:
    server = start.new_server(Settings())
    server.protocol.fm.features["textDocument/hover"] = lambda _: object()
    wire = served(framed(INITIALIZE, hover(1)), 2, server)
    assert wire.codes == [None, INTERNAL]


def test_a_crash_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.tf", "")
    server = start.new_server(Settings())

    def crash(*_: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(server.session, "ask", crash)
    said = framed(INITIALIZE, hover(1, textDocument={"uri": path.as_uri()}))
    wire = served(said, 2, server)
    (_, answer) = wire.answers
    assert answer["error"].keys() == {"code", "message"}
    assert answer["error"]["code"] == INTERNAL
    assert "out of order" in answer["error"]["message"]
    assert "\n" not in answer["error"]["message"]


def test_a_reader_that_has_left() -> None:
    class Gone:
        def write(self, data: bytes) -> int:
            raise BrokenPipeError

    output: Any = Output(Gone())  # type: ignore[arg-type]  # that is all that is asked of it
    output.write(b"a")
    assert output.is_closed


def test_what_is_running_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    monkeypatch.setattr(start, "_PATIENCE", 0.0)
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    start.leave(7)
    assert left == [7]
    end.set()
    thread.join()
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    with pytest.raises(SystemExit) as stopped:
        start.leave(0)
    assert stopped.value.code == 0
    assert "concurrent" in sys.modules

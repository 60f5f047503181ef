"""Messages made at random, one series for each number: each request has one answer, and none crashes."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, Any, Final

import pytest
from support.language_server import opened
from support.language_server.wire import INITIALIZE, framed, served
from support.processes.measuring import first_measured

from symlint.language_server.serving.start import new_server
from symlint.language_server.workspace import Settings

if TYPE_CHECKING:
    from pathlib import Path

CODES: Final = {None, -32600, -32601, -32602, -32800, -32803}
JUNK: Final[tuple[Any, ...]] = (
    None, True, -1, 0, 1.5, 2**31 - 1, 2**31, 10**30, "", "x", "\ud83d", "\x00", [], [1], {}, {"a": []},
    "file:///a%00b", "file://[", "../..", "file:///etc/passwd", "untitled:1",
)  # fmt: skip  # as many a line as fit
PIECES: Final = (
    "a",
    "\n",
    "\r",
    "\r\n",
    '"',
    "{",
    "}",
    "\ud83d",
    "\ude00",
    "\N{ROCKET}",
    "#",
    " = var.x",
    "\ufeff",
)


def place(generator: random.Random) -> dict[str, int]:
    """A position, which may be nowhere."""
    numbers = (0, 1, 2, 3, 7, 20, 99, 2**31 - 1)
    return {"line": generator.choice(numbers), "character": generator.choice(numbers)}


def some_params(generator: random.Random, uri: str) -> dict[str, Any]:
    """What any method takes, right for the most part."""
    range_ = {"start": place(generator), "end": place(generator)}
    text = "".join(generator.choices(PIECES, k=3))
    changes = [{"range": range_, "text": text}, {"range": range_, "text": ""}]
    return {
        "textDocument": {"uri": uri, "version": 3, "languageId": "terraform", "text": text},
        "position": place(generator),
        "range": range_,
        "context": {"diagnostics": [], "includeDeclaration": True},
        "contentChanges": changes[: generator.randrange(3)],
        "newName": generator.choice(("good", "", "1", text)),
        "query": text,
        "uri": generator.choice(("symlint:/rules/SYM201.md", uri)),
        "files": [{"oldUri": uri, "newUri": uri + "x"}],
        "title": "x",
        "data": {"uri": uri},
        "changes": [],
        "id": generator.randrange(9),
    }


def some_command(generator: random.Random, uri: str) -> dict[str, Any]:
    """A command, with arguments of some other one perhaps."""
    names = (
        "explain",
        "access",
        "graph",
        "trace",
        "variableFiles",
        "chooseVariableFiles",
        "select",
    )
    arguments: list[list[Any]] = [
        ["SYM201"], [uri, "sym_flow.aws_iam"], [uri], [uri, 3, 9], [[]], [{"uri": uri}], [],
    ]  # fmt: skip  # as many a line as fit
    name = f"symlint.{generator.choice(names)}"
    return {"command": name, "arguments": generator.choice(arguments)}


def spoiled(generator: random.Random, params: Any) -> Any:
    """The same with something else in one place."""
    params = copy.deepcopy(params)
    inner: Any = params
    while True:
        key = generator.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if not isinstance(inner[key], dict | list) or not inner[key] or generator.random() < 0.3:
            inner[key] = generator.choice(JUNK)
            return params
        inner = inner[key]


def some_messages(generator: random.Random, uris: list[str], count: int) -> list[dict[str, Any]]:
    """Requests, each with a number of its own, and messages that want no answer."""
    features = new_server(Settings()).protocol.fm.features
    methods = sorted(features.keys() - {"initialize", "shutdown", "exit"})
    methods += ["workspace/executeCommand", "$/cancelRequest", "textDocument/formatting", "x"]
    methods += ["textDocument/didChange"] * 5
    found: list[dict[str, Any]] = []
    for number in range(count):
        method, uri = generator.choice(methods), generator.choice(uris)
        make = some_command if method == "workspace/executeCommand" else some_params
        params: Any = make(generator, uri)
        if generator.random() < 0.3:
            params = spoiled(generator, params)
        message: dict[str, Any] = {"method": method, "params": params}
        if generator.random() < 0.05:
            del message["params"]
        told = "/did" in method or method.startswith("$") or method == "initialized"
        if not told or generator.random() < 0.05:
            message["id"] = number
        found.append(message)
    return found


@pytest.mark.parametrize("seed", first_measured(range(3)))
def test_each_request_has_one_answer(tmp_path: Path, seed: int) -> None:
    generator = random.Random(seed)
    folder = opened.copy(tmp_path, "aws_iam")
    paths = sorted(it for it in folder.iterdir() if it.suffix in (".tf", ".py"))
    uris = [it.as_uri() for it in paths]
    messages: list[dict[str, Any]] = [
        {
            "method": "textDocument/didOpen",
            "params": {
                "textDocument": {
                    "uri": it.as_uri(),
                    "languageId": "terraform",
                    "version": 1,
                    "text": it.read_text(encoding="utf-8"),
                }
            },
        }
        for it in paths
    ]
    messages += some_messages(generator, uris, 60)
    asked = [it["id"] for it in messages if "id" in it]
    wire = served(framed(INITIALIZE, *messages), 1 + len(asked))
    assert sorted(it["id"] for it in wire.answers[1:]) == asked
    wrong = [it for it in wire.answers if it.get("error", {}).get("code") not in CODES]
    assert wrong == []
    crashes = [it for it in wire.heard if "crashed" in str(it)]
    assert crashes == []

"""Mistakes in JSON are reported in Terraform's words, whatever Python's own decoder says."""

from __future__ import annotations

import json

import pytest
from function_evaluation import FilesScope, run

from symlint.terraform.values.value import string


@pytest.mark.parametrize(
    ("text", "said", "place", "told"),
    [
        ("[1,]", "Expecting value", 3, "']' looking for beginning of value"),
        (
            '{"a":1,}',
            "Expecting property name enclosed in double quotes",
            7,
            "'}' looking for beginning of object key string",
        ),
        # Since Python 3.13:
        (
            "[1, ]",
            "Illegal trailing comma before end of array",
            2,
            "']' looking for beginning of value",
        ),
        (
            '{"a":1 , }',
            "Illegal trailing comma before end of object",
            7,
            "'}' looking for beginning of object key string",
        ),
    ],
)
def test_a_comma_before_the_end(
    text: str, said: str, place: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(decoder: json.JSONDecoder, refused: str) -> None:
        raise json.JSONDecodeError(said, refused, place)

    monkeypatch.setattr(json.JSONDecoder, "raw_decode", refuse)
    _, messages = run("jsondecode(var.text)", FilesScope({"var.text": string(text)}))
    assert len(messages) == 1
    assert messages[0].endswith(f"invalid character {told}")

"""The rules about integrations, secrets and streams survive configurations that lack a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.service_rules import RULES
from support.writing import FIXTURES, write

from symlint.rules.integrations._examples import BY_HAND
from symlint.rules.logs._examples import DATA_STREAM, FIREHOSE

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "okta": (FIXTURES / "okta" / "main.tf").read_text(encoding="utf-8"),
    "Firehose": FIREHOSE,
    "data stream": DATA_STREAM,
    "context": BY_HAND,
}
UNTYPED = ("[]", "null", "{}", '""', "1", "each.value", "module.nowhere.x", "var.nowhere")


@pytest.mark.no_cover
@pytest.mark.parametrize("name", TEXTS)
def test_no_lost_line_makes_a_rule_crash(tmp_path: Path, name: str) -> None:
    lines = TEXTS[name].splitlines()
    for index in range(len(lines)):
        text = "\n".join((*lines[:index], *lines[index + 1 :]))
        findings(write(tmp_path, {"main.tf": text}), RULES)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", TEXTS)
def test_no_odd_value_makes_a_rule_crash(tmp_path: Path, name: str) -> None:
    lines = TEXTS[name].splitlines()
    for index, line in enumerate(lines):
        argument, equals, _ = line.partition(" = ")
        if not equals:
            continue
        for value in UNTYPED:
            text = "\n".join((*lines[:index], f"{argument} = {value}", *lines[index + 1 :]))
            findings(write(tmp_path, {"main.tf": text}), RULES)

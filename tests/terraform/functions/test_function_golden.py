"""Every function against what Terraform 1.11 computed; see ``record_functions.py``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from function_evaluation import GOLDEN, load, verdict

FAMILIES = sorted(path.stem for path in GOLDEN.glob("*.json"))

OTHER_WORDS = frozenset(
    {
        # The position in the template is told in other words than Terraform's.
        'templatefile("hello.tftpl", {})',
        'templatefile("hello.tftpl", {name = null})',
        'templatefile("list.tftpl", {xs = "x"})',
        'templatefile("bare.tftpl", {xs = null})',
        'templatefile("recursive.tftpl", {})',
        "templatestring(local.template, {})",
        "templatestring(local.broken, {})",
        # The evaluator's own message.
        "core::nosuch(1)",
    }
)
"""Calls that are refused as they must be, with a message that differs from Terraform's."""


@pytest.mark.no_cover
@pytest.mark.parametrize("family", FAMILIES)
def test_no_result_is_wrong(family: str) -> None:
    verdicts = {case["expression"]: verdict(case) for case in load(family)}
    wrong = {
        text: said
        for text, said in verdicts.items()
        if said not in ("right", "unknown")
        and not (said.startswith("other message") and text in OTHER_WORDS)
    }
    assert wrong == {}


def test_nearly_all_results_are_known() -> None:
    count = Counter(verdict(case) == "unknown" for family in FAMILIES for case in load(family))
    assert count.total() >= 2000
    assert count[True] <= 0.02 * count.total()


@pytest.mark.recorded
@pytest.mark.terraform
@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform on PATH")
@pytest.mark.parametrize("recorder", ["record_functions.py", "record_scripts.py"])
def test_terraform_still_says_so(recorder: str) -> None:
    command = [sys.executable, str(Path(__file__).parent / recorder), "--check"]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout[-3000:]

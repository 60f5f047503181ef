"""The evaluator against what Terraform 1.11 recorded; see ``golden/record.py``."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from golden_comparison import GOLDEN, load, verdict

GROUPS = sorted(path.stem for path in (GOLDEN / "recorded").glob("*.json"))


@pytest.mark.parametrize("group", GROUPS)
def test_no_value_is_wrong_and_nearly_all_are_known(group: str) -> None:
    cases = load(GOLDEN / "recorded" / f"{group}.json")
    verdicts = {case["expression"]: verdict(group, case) for case in cases}
    wrong = {text: said for text, said in verdicts.items() if said not in ("right", "undecided")}
    undecided = [text for text, said in verdicts.items() if said == "undecided"]
    assert wrong == {}
    assert len(undecided) <= 0.02 * len(cases), undecided


def test_there_are_cases_of_everything() -> None:
    assert sum(len(load(GOLDEN / "recorded" / f"{group}.json")) for group in GROUPS) >= 1000


@pytest.mark.recorded
@pytest.mark.terraform
@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform on PATH")
def test_terraform_still_says_so() -> None:
    command = [sys.executable, str(GOLDEN / "record.py"), "--check"]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout[-3000:]

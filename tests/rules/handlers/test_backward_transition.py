"""SYM626: hooks go forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.writing import write

from symlint.rules._python_examples import with_code
from symlint.rules.handlers.backward_transition import BackwardTransition

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("hook", "method", "backward"),
    [
        ("on_prompt", "approve", False),
        ("on_request", "approve", False),
        ("on_approve", "escalate", False),
        ("on_approve", "approve", False),
        ("on_approve", "deny", False),
        ("on_deny", "request", False),
        ("after_escalate", "ignore", False),
        ("on_approve", "request", True),
        ("after_escalate", "approve", True),
        ("on_deescalate", "escalate", True),
        ("after_request", "prompt", True),
    ],
)
def test_directions(tmp_path: Path, hook: str, method: str, backward: bool) -> None:
    code = f"\n@hook\ndef {hook}(event):\n    return ApprovalTemplate.{method}()\n"
    found = findings(write(tmp_path, with_code(code)), (BackwardTransition,))
    assert [(it.title, it.range.text) for it in found] == (
        [(f"{hook} goes back to {method}", f"ApprovalTemplate.{method}()")] if backward else []
    )


def test_helpers_and_dropped_results_are_left_alone(tmp_path: Path) -> None:
    code = "\n@hook\ndef after_escalate(event):\n    a = ApprovalTemplate.approve()\n    helper()\n"
    code += "def helper():\n    return ApprovalTemplate.approve()\n"
    assert findings(write(tmp_path, with_code(code)), (BackwardTransition,)) == []

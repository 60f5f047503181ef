"""What the commands print for the fixtures, in ``snapshots/``, one file for each command line.

Each begins with the command, the folder it ran in, and the status that it ended with.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.snapshots import compare, left_over
from support.writing import FIXTURES, TESTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]

SNAPSHOTS = Path(__file__).parent / "snapshots"
FOLDERS = ("aws_iam", "aws_sso", "lambda", "multi_tenant", "okta", "quickstart", "two_environments")
BASES = ("access", "custom", "google", "legacy")
COMMANDS = {
    **{f"chains-{it}": (it, "graph", "--chains", "-f", "mermaid") for it in (*FOLDERS, *BASES)},
    **{f"graph-{it}": (it, "graph", "-f", "mermaid") for it in ("okta", "two_environments")},
    "graph-dot": ("okta", "graph", "--around", "sym_strategy.okta"),
    "graph-json": ("okta", "graph", "-f", "json", "--around", "sym_flow.okta"),
    "chains-dot": ("lambda", "graph", "--chains"),
    "chains-json": ("lambda", "graph", "--chains", "-f", "json"),
    "chains-around": ("two_environments", "graph", "--chains", "--around", "sym_flow.main"),
    "graph-nothing": ("okta", "graph", "--around", "sym_flow.nothing"),
    "trace-outputs": ("quickstart/environments/prod", "trace"),
    "trace-strategy": ("aws_iam", "trace", "sym_flow.iam.params[0].strategy_id"),
    "trace-json": ("aws_iam", "trace", "sym_flow.iam.params[0].strategy_id", "-f", "json"),
    "trace-targets": ("okta", "trace", "sym_strategy.okta.targets"),
    "trace-tenants": ("multi_tenant", "trace", "module.access"),
    "trace-tree": ("multi_tenant", "trace", "module.access", "-f", "tree"),
    "trace-flow-tree": ("okta", "trace", "sym_flow.okta", "-f", "tree"),
    "trace-module": ("quickstart/environments/prod", "trace", "module.sym_runtime"),
    "trace-nothing": ("okta", "trace", "local.nothing"),
    "trace-mistyped": ("okta", "trace", "sym_flow.okat"),
    **{f"access-{it}": (it, "access") for it in (*FOLDERS, *BASES, "broken")},
    "access-json": ("aws_iam", "access", "-f", "json"),
    "access-csv": (".", "access", "-f", "csv"),
    "access-markdown": ("okta", "access", "-f", "markdown"),
    "access-by-target": (".", "access", "--by", "target", "okta", "aws_iam"),
    "access-by-approver": (".", "access", "--by", "approver", "okta", "aws_iam"),
    "access-nothing": ("okta", "access", "--flow", "nothing"),
    "broken": ("broken",),
    "broken-undecided": ("broken", "--show-undecided", "--statistics"),
    "broken-concise": ("broken", "-f", "concise", "--fail-on", "never"),
    "broken-file": ("broken", "environment.tf"),
    "broken-selected": ("broken", "--select", "SYM2,SYM401", "--ignore", "SYM202"),
    "broken-diff": ("broken", "--fix", "--diff"),
    "everything": (".", "-q", "--fail-on", "error"),
    "no-such-path": (".", "nowhere"),
    "no-such-option": (".", "--colour"),
    "no-such-rule": (".", "explain", "SYM999"),
    "mistyped-rule": (".", "explain", "flow-stratgy"),
    "mistyped-code": (".", "--select", "SYM2O1"),
    "config-schema": ("broken", "config", "schema"),
    "config-show": ("broken", "config", "show"),
    "baseline": ("broken", "baseline", "create"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_output(symlint: Run, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, *arguments = COMMANDS[name]
    root = tmp_path / "fixtures"
    shutil.copytree(TESTS / "bases" if folder in BASES else FIXTURES, root)
    monkeypatch.chdir(root / folder)
    # Where comments stand depends on the length of paths, which are absolute where they lead upwards.
    monkeypatch.setenv("COLUMNS", "300" if folder == "quickstart/environments/prod" else "100")
    result = symlint(*arguments)
    text = f"{folder} $ {' '.join(('symlint', *arguments))}\n(status {result.exit_code})\n"
    text += result.output.replace(str(tmp_path), "/tmp")
    compare(SNAPSHOTS / f"{name}.txt", re.sub(r"\d+(\.\d+)? m?s\b", "0.1 s", text))


def test_no_snapshot_is_left_over() -> None:
    assert not left_over(SNAPSHOTS, {f"{name}.txt" for name in COMMANDS})

"""Record what Terraform says of the golden cases, or compare with what is recorded.

    python tests/terraform/expressions/golden/record.py            record all groups
    python tests/terraform/expressions/golden/record.py operators  record some
    python tests/terraform/expressions/golden/record.py --check    compare, and exit with 1 at a difference

A group is a file ``cases/NAME.txt``; its results are in ``recorded/NAME.json``. A case is a line
with an expression, or several lines between ``<<<`` and ``>>>``; lines that begin with ``#`` are
comments. In groups whose name begins with ``constraints`` a case is ``TYPE := VALUE``: the
value of a variable of that type. Expressions can use what ``preamble.tf`` declares. Needs
``terraform`` 1.11 on PATH; works without network.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BATCH = 300


class Number(str):
    """A JSON number with all its digits."""

    __slots__ = ()


def read_cases(path: Path) -> list[str]:
    """The cases of a group, in order, without duplicates."""
    cases: list[str] = []
    block: list[str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if block is not None:
            if line == ">>>":
                cases.append("\n".join(block))
                block = None
            else:
                block.append(line)
        elif line == "<<<":
            block = []
        elif line.strip() and not line.startswith("#"):
            cases.append(line)
    return list(dict.fromkeys(cases))


def dump(value: Any) -> str:
    """JSON with numbers as they were read."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(k)}: {dump(v)}" for k, v in sorted(value.items())) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    return json.dumps(value)


def load(text: str) -> Any:
    """JSON with numbers as ``Number``."""
    return json.loads(text, parse_int=Number, parse_float=Number)


def run(directory: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run terraform in a directory."""
    environment = {
        **os.environ,
        "TF_CLI_CONFIG_FILE": os.devnull,
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
    }
    return subprocess.run(
        ["terraform", *arguments],
        cwd=directory,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def configuration(group: str, index: int, case: str) -> str:
    """The file that makes terraform evaluate one case, as the output ``case_INDEX``."""
    value = f"(\n{case}\n)"
    declaration = ""
    if group.startswith("constraints"):
        type_, _, default = case.partition(":=")
        declaration = f'variable "case_{index}" {{\n  type = {type_}\n  default = {default}\n}}\n'
        value = f"var.case_{index}"
    elif "<<" in case:
        value = case
    # In a tuple, because null outputs are left out; sensitive, because some values are.
    return (
        f'{declaration}output "case_{index}" {{\n  sensitive = true\n  value = [\n{value}\n]\n}}\n'
    )


def failing(output: str) -> set[int]:
    """The indexes of the cases that terraform's JSON messages complain about."""
    found = set()
    for line in output.splitlines():
        if not line.startswith("{"):
            continue
        message = json.loads(line)
        diagnostics = message.get("diagnostics") or [message.get("diagnostic") or {}]
        for diagnostic in diagnostics:
            infinite = re.search(
                r"output value \"case_(\d+)\": cannot", diagnostic.get("detail", "")
            )
            if infinite:
                found.add(int(infinite.group(1)))
            name = (diagnostic.get("range") or {}).get("filename", "")
            match = re.search(r"case_(\d+)\.tf", name)
            if match and diagnostic.get("severity") == "error":
                found.add(int(match.group(1)))
    return found


def record_batch(group: str, cases: list[str]) -> list[dict[str, Any]]:
    """The results of some cases, evaluated in one run of terraform."""
    results: list[dict[str, Any]] = [{"expression": case, "error": True} for case in cases]
    pending = set(range(len(cases)))
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        (root / "preamble.tf").write_text(
            (HERE / "preamble.tf").read_text(encoding="utf-8"), encoding="utf-8"
        )
        files = HERE / "files"
        if files.is_dir():
            for source in files.rglob("*"):
                if source.is_file():
                    target = root / "files" / source.relative_to(files)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(source.read_bytes())
        for index, case in enumerate(cases):
            (root / f"case_{index}.tf").write_text(
                configuration(group, index, case), encoding="utf-8"
            )
        run(directory, "init", "-input=false")
        while pending:
            validated = run(directory, "validate", "-json")
            failed = failing(json.dumps(json.loads(validated.stdout)))
            if not failed:
                planned = run(directory, "plan", "-json", "-input=false", "-out=plan")
                failed = failing(planned.stdout)
                if not failed:
                    if planned.returncode:
                        raise RuntimeError(planned.stdout[-3000:])
                    break
            for index in failed & pending:
                (root / f"case_{index}.tf").unlink()
            if not failed & pending:
                raise RuntimeError(validated.stdout[-3000:])
            pending -= failed
        if pending:
            plan = load(run(directory, "show", "-json", "plan").stdout)
            for index in pending:
                results[index] = result(cases[index], plan, f"case_{index}")
    return results


def result(case: str, plan: Any, name: str) -> dict[str, Any]:
    """The value and type of one output of a plan."""
    change = plan["output_changes"][name]
    planned = plan["planned_values"]["outputs"].get(name, {})
    found: dict[str, Any] = {"expression": case}
    unknown = change["after_unknown"]
    if unknown is True:
        return {**found, "unknown": True}
    found["json"] = change["after"][0]
    if planned.get("type"):
        found["type"] = planned["type"][1][0]
    if contains_true(unknown):
        found["unknown"] = unknown[0]
    return found


def contains_true(value: Any) -> bool:
    """Whether something in ``after_unknown`` is unknown."""
    if isinstance(value, dict):
        return any(map(contains_true, value.values()))
    return any(map(contains_true, value)) if isinstance(value, list) else bool(value)


def record(group: str) -> str:
    """The recorded results of a group as the text of its file."""
    cases = read_cases(HERE / "cases" / f"{group}.txt")
    results: list[dict[str, Any]] = []
    for start in range(0, len(cases), BATCH):
        results += record_batch(group, cases[start : start + BATCH])
    return "[\n" + ",\n".join(map(dump, results)) + "\n]\n"


def main() -> int:
    """Record or compare the groups named on the command line, or all."""
    arguments = sys.argv[1:]
    check = "--check" in arguments
    groups = [name for name in arguments if not name.startswith("-")]
    groups = groups or sorted(path.stem for path in (HERE / "cases").glob("*.txt"))
    status = 0
    for group in groups:
        path = HERE / "recorded" / f"{group}.json"
        text = record(group)
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{group}: {len(load(text))} cases recorded")
        elif text != path.read_text(encoding="utf-8"):
            status = 1
            old = {case["expression"]: case for case in load(path.read_text(encoding="utf-8"))}
            for case in load(text):
                if old.get(case["expression"]) != case:
                    print(f"{group}: {case['expression']}\n  is {dump(case)}")
        else:
            print(f"{group}: as recorded")
    return status


if __name__ == "__main__":
    sys.exit(main())

"""Record what Terraform says of the cases beside this file.

    python tests/terraform/checks/validate_cases/record.py [NAME_PART]

writes ``recorded.json``: for every case whether Terraform accepts it, the stage at which it was
asked (``validate``, or ``plan`` for what only planning finds), and place and summary of each of
its errors. Needs ``terraform`` 1.11 on PATH; works offline.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RECORDED = HERE / "recorded.json"


def read_cases() -> dict[str, dict[str, str]]:
    """The files of each case by name, from all ``cases_*.txt``."""
    cases: dict[str, dict[str, str]] = {}
    for path in sorted(HERE.glob("cases_*.txt")):
        for part in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, text = part.partition("\n")
            files: dict[str, str] = {}
            current = "main.tf"
            for line in text.splitlines(keepends=True):
                if line.startswith("--- "):
                    current = line[4:].strip()
                else:
                    files[current] = files.get(current, "") + line
            if name in cases:
                raise ValueError(f"two cases are called {name}")
            cases[name] = files
    return cases


def _terraform(directory: Path, *arguments: str) -> str:
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    command = ["terraform", f"-chdir={directory}", *arguments]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    return done.stdout


def _errors(diagnostics: list[dict[str, Any]]) -> list[list[Any]]:
    found = []
    for diagnostic in diagnostics:
        # ``init`` ends with an error that only says that there have been errors.
        if diagnostic.get("severity") != "error" or "encountered problems" in diagnostic["summary"]:
            continue
        place = diagnostic.get("range") or {}
        line = place.get("start", {}).get("line", 0)
        found.append([place.get("filename", ""), line, diagnostic["summary"]])
    return found


def _streamed(output: str) -> list[list[Any]]:
    """The errors in the output of a command that prints one JSON document per line."""
    records = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return _errors([record["diagnostic"] for record in records if "diagnostic" in record])


def record(files: dict[str, str], scratch: Path) -> dict[str, Any]:
    """What Terraform says of one case."""
    directory = Path(tempfile.mkdtemp(dir=scratch))
    try:
        for name, text in files.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        everything = "\n".join(files.values())
        if "module" in everything or "backend" in everything or "cloud" in everything:
            errors = _streamed(_terraform(directory, "init", "-backend=false", "-json"))
            if errors:
                return {"stage": "init", "errors": errors}
        answer = json.loads(_terraform(directory, "validate", "-json"))
        errors = _errors(answer["diagnostics"])
        if errors or "data " in everything or "backend" in everything:
            return {"stage": "validate", "errors": errors}
        plan = _streamed(_terraform(directory, "plan", "-json", "-input=false", "-lock=false"))
        if any("No value for required" in summary for _, _, summary in plan):
            return {"stage": "validate", "errors": []}
        return {"stage": "plan", "errors": plan}
    finally:
        shutil.rmtree(directory)


def main() -> None:
    """Record all cases, or those whose names contain the argument; keep the others."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    cases = read_cases()
    old = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    recorded = {name: old[name] for name in cases if name in old}
    with tempfile.TemporaryDirectory() as scratch:
        for name, files in cases.items():
            if wanted in name and (wanted or name not in recorded):
                recorded[name] = record(files, Path(scratch))
    lines = ",\n".join(f" {json.dumps(n)}: {json.dumps(recorded[n])}" for n in cases)
    RECORDED.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

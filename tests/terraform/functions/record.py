"""Record what Terraform computes for the expressions in ``cases``, or compare with the record.

    python tests/terraform/functions/record.py [--check] [FAMILY ...]

Every line of ``cases/FAMILY.txt`` that is neither empty nor a comment is an expression. The record,
``golden/FAMILY.json``, is a list of ``{"expression", "json", "type"}``: the value as JSON text with
numbers as Terraform writes them and the type as Terraform's JSON describes it; or of
``{"expression", "error"}`` for what Terraform refuses. Needs terraform 1.11 on the PATH; the
expressions see the directory ``files`` and the local values of ``LOCALS``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CASES, GOLDEN, FILES = HERE / "cases", HERE / "golden", HERE / "files"

LOCALS = {
    "template": r'"Hello, $${name}!"',
    "loop": r'"%%{ for x in xs ~}$${x};%%{ endfor ~}"',
    "number": "12",
    "broken": r'"$${"',
    "nulls": "null",
    "secret": 'sensitive("s3cret")',
    "secrets": '["a", sensitive("b")]',
}
"""Local values that the expressions may use."""

ENVIRONMENT = {
    **os.environ,
    "TF_CLI_CONFIG_FILE": os.devnull,
    "CHECKPOINT_DISABLE": "1",
    "NO_COLOR": "1",
}


class _Number(str):
    """A number as Terraform wrote it."""


def dump(value: Any) -> str:
    """Compact JSON with the text of numbers unchanged and keys in order."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(dump, value)) + "]"
    if isinstance(value, dict):
        items = (f"{json.dumps(key)}:{dump(item)}" for key, item in sorted(value.items()))
        return "{" + ",".join(items) + "}"
    return json.dumps(value)


def read_cases(family: str) -> list[str]:
    """The expressions of one family."""
    lines = (CASES / f"{family}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def terraform(directory: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run terraform in a directory."""
    command = ["terraform", *arguments]
    return subprocess.run(
        command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def record(expressions: list[str]) -> list[dict[str, str]]:
    """What Terraform says about each expression."""
    with tempfile.TemporaryDirectory() as directory:
        shutil.copytree(FILES, directory, dirs_exist_ok=True)
        assignments = "\n".join(f"  {name} = {value}" for name, value in LOCALS.items())
        Path(directory, "locals.tf").write_text("locals {\n" + assignments + "\n}\n", "utf-8")
        errors = _errors(directory, expressions)
        valid = [index for index in range(len(expressions)) if index not in errors]
        values = _values(directory, expressions, valid)
    return [
        {"expression": expression, "error": errors[index]}
        if index in errors
        else {"expression": expression, **values[index]}
        for index, expression in enumerate(expressions)
    ]


def _write(directory: str, expressions: list[str], wanted: list[int]) -> None:
    lines = []
    for index in wanted:
        lines += [
            f'output "o{index}" {{',
            f"  value = [{expressions[index]}]",
            "  sensitive = true",
            "}",
        ]
    Path(directory, "main.tf").write_text("\n".join(lines) + "\n", "utf-8")


def _errors(directory: str, expressions: list[str]) -> dict[int, str]:
    """Terraform's message for each expression that it refuses, by index."""
    _write(directory, expressions, list(range(len(expressions))))
    errors: dict[int, str] = {}
    for line in terraform(directory, "plan", "-json").stdout.splitlines():
        diagnostic = json.loads(line).get("diagnostic")
        if diagnostic is None or diagnostic["severity"] != "error":
            continue
        place = diagnostic.get("range")
        if place is None or place["filename"] != "main.tf":
            raise SystemExit(f"unexpected diagnostic: {diagnostic}")
        message = diagnostic["detail"].partition("\ngoroutine ")[0]  # the stack of a panic
        errors.setdefault((place["start"]["line"] - 1) // 4, message)
    return errors


def _values(directory: str, expressions: list[str], wanted: list[int]) -> dict[int, dict[str, str]]:
    _write(directory, expressions, wanted)
    applied = terraform(directory, "apply", "-auto-approve", "-no-color")
    if applied.returncode:
        names = ", ".join(sorted(set(re.findall(r'"(o\d+)"', applied.stderr))))
        raise SystemExit(f"terraform apply failed: {names or applied.stderr}")
    text = terraform(directory, "output", "-json").stdout
    outputs = json.loads(text, parse_float=_Number, parse_int=_Number)
    return {
        index: {
            "json": dump(outputs[f"o{index}"]["value"][0]),
            "type": json.dumps(outputs[f"o{index}"]["type"][1][0]),
        }
        for index in wanted
    }


def main(arguments: list[str]) -> int:
    """Record or check; the exit status is 1 when the record and Terraform disagree."""
    check = "--check" in arguments
    families = [argument for argument in arguments if not argument.startswith("-")]
    families = families or sorted(path.stem for path in CASES.glob("*.txt"))
    status = 0
    for family in families:
        found = record(read_cases(family))
        path = GOLDEN / f"{family}.json"
        text = json.dumps(found, indent=1, ensure_ascii=True) + "\n"
        if check and path.read_text("utf-8") != text:
            print(f"{family}: Terraform disagrees with the record")
            status = 1
        elif not check:
            path.write_text(text, "utf-8")
        refused = sum("error" in entry for entry in found)
        print(f"{family}: {len(found)} expressions, {refused} refused")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Record what Terraform computes for the expressions in ``cases``, or compare with the record.

    python tests/terraform/functions/record_functions.py [--check] [FAMILY ...]

Every line of ``cases/FAMILY.txt`` that is neither empty nor a comment is an expression. The record,
``golden/FAMILY.json``, is a list of ``{"expression", "json", "type"}``: the value as JSON text with
numbers as Terraform writes them and the type as Terraform's JSON describes it; or of
``{"expression", "error"}`` for what Terraform refuses. Needs terraform 1.11 on the PATH; the
expressions see the directory ``files`` and the local values of ``LOCALS``. Without a family it
also records ``signatures.json``, the functions that Terraform has, and ``graphemes.json``: how
every character behaves where Terraform counts characters (see ``record_graphemes``).
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
        command,
        cwd=directory,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
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


def record_signatures() -> dict[str, Any]:
    """Terraform's functions by name, without their descriptions and the ``core::`` copies."""
    text = terraform(str(HERE), "metadata", "functions", "-json").stdout
    signatures = json.loads(text)["function_signatures"]
    return {
        name: _without_descriptions(signature)
        for name, signature in sorted(signatures.items())
        if "::" not in name
    }


def _without_descriptions(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_descriptions(item) for key, item in value.items() if key != "description"
        }
    return list(map(_without_descriptions, value)) if isinstance(value, list) else value


def record_graphemes() -> dict[str, list[list[int]]]:
    """Ranges of characters by how many characters Terraform counts in three strings.

    The key has three digits: the length of "a" and the character, of the character and "a", and
    of an emoji, a joiner and the character. Ranges that give 222 are left out.
    """
    codes = [code for code in range(0x20, 0x20000) if not 0xD800 <= code <= 0xDFFF]
    codes += range(0xE0000, 0xE1000)
    expression = (
        'jsonencode([for c in jsondecode(file("characters.json")) : join("", [length("a${c}"), '
        'length("${c}a"), length("\\U0001F44D\\u200d${c}")])])'
    )
    with tempfile.TemporaryDirectory() as directory:
        characters = Path(directory, "characters.json")
        characters.write_text(json.dumps(list(map(chr, codes))), "utf-8")
        text = _values(directory, [expression], [0])[0]["json"]
    ranges: dict[str, list[list[int]]] = {}
    for code, key in zip(codes, json.loads(json.loads(text)), strict=True):
        if key == "222":
            continue
        found = ranges.setdefault(key, [])
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ranges


def _store(path: Path, found: Any, check: bool) -> bool:
    """Write the record, or compare with it; false when it differs."""
    text = json.dumps(found, indent=1, ensure_ascii=True) + "\n"
    if not check:
        path.write_text(text, "utf-8")
    return path.read_text("utf-8") == text


def main(arguments: list[str]) -> int:
    """Record or check; the exit status is 1 when the record and Terraform disagree."""
    check = "--check" in arguments
    families = [argument for argument in arguments if not argument.startswith("-")]
    status = 0
    if not families:
        families = sorted(path.stem for path in CASES.glob("*.txt"))
        for name, found in (
            ("signatures", record_signatures()),
            ("graphemes", record_graphemes()),
        ):
            if not _store(HERE / f"{name}.json", found, check):
                print(f"{name}: Terraform disagrees with the record")
                status = 1
    for family in families:
        recorded = record(read_cases(family))
        if not _store(GOLDEN / f"{family}.json", recorded, check):
            print(f"{family}: Terraform disagrees with the record")
            status = 1
        refused = sum("error" in entry for entry in recorded)
        print(f"{family}: {len(recorded)} expressions, {refused} refused")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Record which files Terraform says that patterns of ``fileset`` match.

    python tests/source/record_filesets.py

The record, ``golden/filesets.json``, has for each pattern the paths of ``TREE`` that it matches, and
null where Terraform refuses it. Needs terraform 1.11 on the PATH.
"""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden" / "filesets.json"

TREE = (
    "a/a/ab/f", "a/ab/b/f.a", "a/b", "ab/a.b/a/b/c", "ab/f", "b/a]b/fa", "b/a[b/a-b", "b/ac/A/f",
    "ba", "a b/ab", "aab/abc/1", "*", "A", "a.b", "a]b", "f", "1/a/b/ab/b/f", "-", "!b", "{a}", "a,b",
    "^b", "fa", "fb", "ff", ".f", "é", "éa/b",
)  # fmt: skip  # as many a line as fit
"""The files below the directory that is asked for."""

_PIECES = (
    "a", "b", "ab", "f", "*", "*", "**", "?", "/", "/", "**/", "/**", "[ab]", "[!a]", "[^b]",
    "[a-c]", "[]]", "[^^]", "{a,b}", "{f,ab}", "{a*,b}", "{,a}", "{", "}", ",", "\\*", "\\{", ".",
    "./", "../", "[z-a]", "[a-", "é", "-", "1", " ", "!", "***", "{a,{b,f}}", "[&&b]", "[.-9]",
    "{[ab],f}", "{*,a}",
)  # fmt: skip  # as many a line as fit


def patterns(seed: int, count: int) -> list[str]:
    """Random patterns."""
    choose = random.Random(seed)
    return ["".join(choose.choices(_PIECES, k=choose.randint(1, 6))) for _ in range(count)]


def plant(top: Path) -> None:
    """Make the tree."""
    for path in TREE:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text("", encoding="utf-8")


def ask_terraform(top: Path, asked: list[str]) -> Any:
    """What ``fileset("t", ...)`` gives for each pattern in a directory with the tree ``t``."""
    plant(top / "t")
    texts = [json.dumps(it).replace("${", "$${").replace("%{", "%%{") for it in asked]
    sets = ",\n".join(f'try([for x in fileset("t", {text}) : x], null)' for text in texts)
    (top / "main.tf").write_text(f"locals {{\n  found = [\n{sets}\n  ]\n}}\n", encoding="utf-8")
    said = subprocess.run(
        ["terraform", "console"],
        input="jsonencode(local.found)\n",
        cwd=top,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(json.loads(said.stdout))


def main() -> None:
    """Write the record: what matches something, and some of the rest."""
    asked = list(dict.fromkeys(patterns(1, 3000)))
    with tempfile.TemporaryDirectory() as directory:
        said = ask_terraform(Path(directory), asked)
    found = {
        it: paths
        for n, (it, paths) in enumerate(zip(asked, said, strict=True))
        if paths or n % 10 == 0
    }
    text = ",\n".join(f"{json.dumps(it)}: {json.dumps(paths)}" for it, paths in found.items())
    GOLDEN.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

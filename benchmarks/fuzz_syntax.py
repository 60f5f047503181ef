"""Compare the native parser's verdict with an independent judge on broken configuration files.

Takes every ``*.tf`` file under the given folders, makes variants of them with one random edit
each, and asks both symlint's parser and the judge whether the variant is valid HCL. Prints every
disagreement and a summary; exits with 1 if disagreements exceed ``--allow`` per variant.

    python benchmarks/fuzz_syntax.py --variants 20000 --seed 1 path/to/terraform

Judges: ``pygohcl`` (HashiCorp's own parser in a Python wheel; fast) or ``terraform``
(``terraform fmt -``; a process for each variant). With ``pygohcl``, ``--confirm`` asks
``terraform`` about each disagreement too.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from symlint.hcl import parse
from symlint.source.files import source_from_bytes
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

# What HCL gives a meaning to, and some text that it does not.
SNIPPETS = [
    *"\"'{}[]()<>=!?:.,*/%+-&|~^;`\\$#\n\t\r @0a_é\u0301\u00a0\ufeff",
    *("${", "%{", "$${", "%%{", "~}", "${~", "<<EOT\n", "<<-EOT\n", "EOT\n", "/*", "*/", "//"),
    *("=>", "==", "!=", "<=", ">=", "&&", "||", "...", "::", "[*]", ".*", ".0", "[0]", '["a"]'),
    *(
        "for",
        "in",
        "if",
        "else",
        "endif",
        "endfor",
        "true",
        "null",
        "\\n",
        "\\u00e9",
        "\\U0001f600",
    ),
    *("\r\n", '"', '""', "1.5e3", "1e", " a = 1 ", "b {}", "%{if a}", "%{ endif }", "\n\n"),
]


def edited(text: str, rng: random.Random) -> tuple[str, str]:
    """``text`` after one random edit, and the edit in words."""
    at = rng.randrange(len(text) + 1)
    kind = rng.choice(("insert", "insert", "delete", "replace", "line", "twice", "cut", "swap"))
    if kind == "insert":
        snippet = rng.choice(SNIPPETS)
        return text[:at] + snippet + text[at:], f"insert {snippet!r} at {at}"
    if kind == "delete":
        length = rng.choice((1, 1, 1, 2, 3, 8))
        return text[:at] + text[at + length :], f"delete {text[at : at + length]!r} at {at}"
    if kind == "replace":
        snippet = rng.choice(SNIPPETS)
        return text[:at] + snippet + text[
            at + 1 :
        ], f"replace {text[at : at + 1]!r} at {at} by {snippet!r}"
    if kind == "cut":
        return text[:at], f"cut at {at}"
    if kind == "swap":
        return text[:at] + text[at : at + 2][::-1] + text[at + 2 :], f"swap two characters at {at}"
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at) + 1 or len(text)
    if kind == "line":
        return text[:start] + text[end:], f"delete the line {text[start:end]!r}"
    return text[:end] + text[start:end] + text[end:], f"repeat the line {text[start:end]!r}"


def pygohcl_verdict(data: bytes) -> str:
    """Why HashiCorp's parser refuses ``data``; "" if it accepts."""
    import pygohcl

    try:
        pygohcl.loadb(data)
    except pygohcl.HCLParseError as error:
        return str(error)
    except pygohcl.HCLInternalError as error:
        return f"(judge failed) {error}"
    return ""


def terraform_verdict(data: bytes) -> str:
    """Why ``terraform fmt`` refuses ``data``; "" if it accepts."""
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    command = ["terraform", "fmt", "-no-color", "-"]
    result = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    return result.stderr.decode(errors="replace") if result.returncode else ""


def our_verdict(data: bytes) -> str:
    """Why symlint's parser refuses ``data``; "" if it accepts. Checks what always holds, too."""
    source = source_from_bytes("/variant.tf", data)
    if not isinstance(source, SourceFile):
        return source.message
    parsed = parse(source)
    for problem in parsed.problems:
        assert 0 <= problem.range.start <= problem.range.end <= len(source.text), problem
    return "; ".join(
        f"{problem.range.line}:{problem.range.column} {problem.message}"
        for problem in parsed.problems
    )


def texts(folders: list[str], limit: int) -> Iterator[tuple[str, str]]:
    """The paths and texts of the Terraform files under ``folders``, none longer than ``limit``."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.tf")):
            if path.is_file() and 0 < path.stat().st_size <= limit:
                yield str(path), path.read_bytes().decode("utf-8", "surrogateescape")


def main() -> int:
    """Run the comparison; returns the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("folders", nargs="+")
    arguments.add_argument("--variants", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--judge", choices=("pygohcl", "terraform"), default="pygohcl")
    arguments.add_argument("--confirm", action="store_true")
    arguments.add_argument("--max-size", type=int, default=20_000, help="of a file, in bytes")
    arguments.add_argument("--allow", type=float, default=1 / 5_000)
    options = arguments.parse_args()

    judge = pygohcl_verdict if options.judge == "pygohcl" else terraform_verdict
    files = list(texts(options.folders, options.max_size))
    if not files:
        print("no *.tf files found", file=sys.stderr)
        return 2
    rng = random.Random(options.seed)
    disagreements = accepted = 0
    started = time.perf_counter()
    for _ in range(options.variants):
        path, text = rng.choice(files)
        variant, edit = edited(text, rng)
        data = variant.encode("utf-8", "surrogateescape")
        ours, theirs = our_verdict(data), judge(data)
        accepted += not theirs
        if bool(ours) != bool(theirs):
            disagreements += 1
            print(f"{path}: {edit}\n  ours:   {ours or 'accepts'}\n  theirs: {theirs or 'accepts'}")
            if options.confirm and options.judge != "terraform":
                print(f"  terraform: {terraform_verdict(data).strip() or 'accepts'}")
    print(
        f"{options.variants} variants of {len(files)} files, seed {options.seed}: the judge accepts "
        f"{accepted}, {disagreements} disagreements, {time.perf_counter() - started:.0f} s"
    )
    return int(disagreements > options.allow * options.variants)


if __name__ == "__main__":
    sys.exit(main())

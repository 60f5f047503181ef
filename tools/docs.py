"""Writes what the documentation says about rules and options from the rules and options themselves.

``python -m tools.docs`` writes ``docs/rules/``, ``docs/screenshots/`` and the generated parts of the README and
of the pages in ``docs/``; with ``--check`` nothing is written and the exit status says whether anything would
change. A generated part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from click.testing import CliRunner

from symlint.cli.group import group
from symlint.lint.registry import load_rules
from symlint.lint.settings.show import config_schema
from symlint.report.access.schema import SCHEMAS, json_schema
from symlint.report.escape import json_text
from symlint.report.rules.examples import FOUND
from symlint.report.rules.page import rule_page, rules_index, rules_rows
from tools.python_api import reference
from tools.rule_index import rule_index
from tools.screenshots import SCREENSHOTS, screenshot

ROOT = Path(__file__).parent.parent
RULES = ROOT / "docs" / "rules"
INDEX = ROOT / "rules" / "_index.py"
PICTURES = ROOT / "docs" / "screenshots"
FOUND_FOLDER = ROOT / "rules" / FOUND
SNAPSHOTS = ROOT / "tests" / "rules" / "snapshots"
PART = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    """Write or check; returns the exit status."""
    check = "--check" in sys.argv[1:]
    if not check:
        # First, because all that is run for the documentation runs the rules in it.
        INDEX.write_text(rule_index(load_rules().rules), encoding="utf-8")
    wanted = wanted_files()
    stale = [
        path
        for path in sorted([*RULES.glob("*.md"), *PICTURES.glob("*"), *FOUND_FOLDER.glob("*.txt")])
        if path not in wanted
    ]
    changed = [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if check:
        for path in (*changed, *stale):
            print(f"{path.relative_to(ROOT)} is out of date; run: make docs")
        return 1 if changed or stale else 0
    for path in stale:
        path.unlink()
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def wanted_files() -> dict[Path, str]:
    """Every generated file, and every file with generated parts, with its text."""
    rules = load_rules().rules
    found = {rule: found_text(rule.code) for rule in rules}
    wanted = {RULES / f"{rule.code}.md": rule_page(rule, text) for rule, text in found.items()}
    wanted |= {FOUND_FOLDER / f"{rule.code}.txt": text for rule, text in found.items() if text}
    wanted[RULES / "README.md"] = rules_index(rules)
    wanted[INDEX] = rule_index(rules)
    for name in SCHEMAS:
        wanted[ROOT / "docs" / "schemas" / f"{name}.json"] = json_text(json_schema(name)) + "\n"
    wanted |= {PICTURES / f"{name}.svg": screenshot(name) for name in SCREENSHOTS}
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        if path.exists():
            text = path.read_text(encoding="utf-8")
            filled = PART.sub(lambda part: f"{part[1]}\n{generated(part[2])}\n{part[3]}", text)
            if filled != text or PART.search(text):
                wanted[path] = filled
    return wanted


def found_text(code: str) -> str:
    """The first finding of a rule in its bad example, from what the tests hold of it; or ""."""
    snapshot = SNAPSHOTS / f"{code}.txt"
    if not snapshot.exists():
        return ""
    text = snapshot.read_text(encoding="utf-8")
    blocks = re.split(r"\n\n(?=(?:error|warning|note)\[)", text.rstrip("\n"))
    return next(block for block in blocks if f"[{code}]: " in block) + "\n"


_RUNS = {
    "access": ("access", "tests/fixtures/okta"),
    "diff": ("diff", "tests/fixtures/okta_before.lock.json", "tests/fixtures/okta"),
}
"""What is run for the parts of these names."""


def generated(name: str) -> str:
    """The text of one generated part. Raises KeyError for a name that there is not."""
    if name == "help" or name.startswith("help-"):
        arguments = [*name.split("-")[1:], "--help"]
        result = CliRunner().invoke(group, arguments, prog_name="symlint", terminal_width=88)
        return f"```text\n{result.output}```\n"
    if name in _RUNS or name.startswith("lint-"):
        words = _RUNS.get(name) or (f"tests/fixtures/{name.removeprefix('lint-')}",)
        result = CliRunner().invoke(group, words, prog_name="symlint", env={"COLUMNS": "100"})
        return f"```console\n$ symlint {' '.join(words)}\n{result.output}```\n"
    if name == "rules":
        return rules_rows(load_rules().rules, "docs/rules/")
    if name == "config-keys":
        return _config_keys()
    if name == "python-api":
        return reference()
    raise KeyError(name)


def _config_keys() -> str:
    rows = [
        f"| `{name}` | {schema['description']} |"
        for name, schema in config_schema()["properties"].items()
    ]
    return "\n".join(["| key | meaning |", "| --- | --- |", *rows]) + "\n"


if __name__ == "__main__":
    sys.exit(main())

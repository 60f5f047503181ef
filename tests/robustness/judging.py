"""Lints a hostile input in every way that matters, and says what must not have happened."""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree import ElementTree

from robustness.commands import ask
from robustness.confined import confined
from robustness.surroundings import CANARY, OUTSIDE

if TYPE_CHECKING:
    from robustness.confined import Confine, Outcome
    from robustness.tree import Tree

MOST_SECONDS: Final = 10
MOST_MEGABYTES: Final = 512
CRASH: Final = re.compile(
    r"Traceback \(most recent|this is a bug|please report|crashed", re.IGNORECASE
)
COMMAND: Final = re.compile(r"^[^\S\n]*(?:::|##\[|##vso\[|##teamcity\[).*", re.MULTILINE)
"""A line that a CI system takes for a command."""

FORMATS: Final = (
    "text",
    "sarif",
    "gitlab",
    "markdown",
    "junit",
    "checkstyle",
    "concise",
    "github",
    "html",
)


MORE_TO_DO: Final = "too much work to find out"
"""What --fix says when it has not tried all repairs: it may find more to do the next time."""


class Verdict(NamedTuple):
    """What was wrong, and what the most expensive run took."""

    faults: list[str]
    seconds: float
    megabytes: float


def judge(tree: Tree, seed: int, scratch: Path, confine: Confine = confined) -> Verdict:
    """Lint a tree below ``scratch``: as JSON, in one way more, and with --fix on a share of them."""
    rng = random.Random(seed)
    directory = planted(tree, scratch)
    reading = [["check", str(directory), "--format", "json"]]
    if rng.random() < 0.3:
        reading.append(
            ["check", str(directory), "--format", rng.choice(FORMATS), "--show-undecided"]
        )
    if rng.random() < 0.1:
        reading.append(
            ["graph", str(directory), "--format", rng.choice(("dot", "mermaid", "json"))]
        )
    if rng.random() < 0.1:
        reading.append(
            ["trace", rng.choice(("local.a", "output.x", "sym_target.t")), str(directory)]
        )
    before = _contents(scratch)
    faults: list[str] = []
    outcomes = []
    for arguments in reading:
        outcome = _symlint(arguments, scratch, confine)
        outcomes.append(outcome)
        found = [*_faults(outcome, arguments), *_misses(outcome, arguments, tree)]
        faults += [f"{' '.join(arguments[:1] + arguments[2:])}: {fault}" for fault in found]
    if random.Random(f"ask {seed}").random() < 0.4:
        outcome, found = _answered(random.Random(f"asked {seed}"), directory, confine)
        outcomes.append(outcome)
        faults += found
    if _contents(scratch) != before:
        faults.append("reading has changed a file")
    if rng.random() < 0.25:
        fix = random.Random(f"fix {seed}").choice(("--fix", "--fix=all"))
        harm = repaired_wrongly(directory, scratch, outcomes, fix, confine)
        faults += [f"check {fix}: {fault}" for fault in harm]
    return Verdict(faults, max(it.seconds for it in outcomes), max(it.megabytes for it in outcomes))


def _answered(rng: random.Random, directory: Path, confine: Confine) -> tuple[Outcome, list[str]]:
    """How a command ends that is one of many, and what is wrong with it."""
    from symlint.cli.main import main

    with tempfile.TemporaryDirectory(prefix="asked-") as results:
        asked = ask(rng, directory, sorted(_contents(directory)), Path(results))
        outcome = confine(
            lambda: main(asked.arguments),
            str(directory),
            2 * MOST_SECONDS,
            str(asked.standard_input or os.devnull),
        )
    shown = shlex.join(asked.arguments)[:300].replace(str(directory), "DIR")
    faults = [*_faults(outcome, asked.arguments), *_unreadable(outcome, asked.arguments)]
    return outcome, [f"{shown!r}: {fault}" for fault in faults]


def _unreadable(outcome: Outcome, arguments: list[str]) -> list[str]:
    """What is wrong with an output that programs read."""
    form = arguments[arguments.index("--format") + 1] if "--format" in arguments else ""
    if outcome.status not in (0, 1, 3) or not outcome.output or "--help" in arguments:
        return []
    try:
        if form in ("json", "sarif", "gitlab"):
            json.loads(outcome.output)
        elif form in ("junit", "checkstyle"):
            ElementTree.fromstring(outcome.output.encode())
    except (ValueError, ElementTree.ParseError) as error:
        return [f"the output is no {form}: {error}"]
    return []


def planted(tree: Tree, scratch: Path) -> Path:
    """Write a tree below ``scratch``, and beside it what must not be read; returns its folder."""
    for name in ("tree", "outside"):
        shutil.rmtree(scratch / name, ignore_errors=True)
    for name, text in OUTSIDE.items():
        path = scratch / "outside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    directory = scratch / "tree"
    directory.mkdir()
    # The root of a repository, so that what is beside it is outside.
    if not {".git", ".git/HEAD"} & {*tree.files, *tree.links, *tree.pipes}:
        (directory / ".git").mkdir()
    tree.write(directory)
    return directory


def _symlint(arguments: list[str], scratch: Path, confine: Confine) -> Outcome:
    from symlint.cli.main import main

    return confine(lambda: main(arguments), str(scratch), 2 * MOST_SECONDS)


def _faults(outcome: Outcome, arguments: list[str]) -> list[str]:
    """What no run may do, whatever it reads."""
    both = outcome.output + outcome.errors
    faults = []
    if outcome.status is None:
        faults.append(
            f"ended by {signal.Signals(outcome.signal).name} after {outcome.seconds:.1f} s"
        )
    elif outcome.status not in (0, 1, 2, 3):
        faults.append(f"exit status {outcome.status}")
    if outcome.seconds > MOST_SECONDS:
        faults.append(f"took {outcome.seconds:.1f} s")
    if outcome.megabytes > MOST_MEGABYTES:
        faults.append(f"took {outcome.megabytes:.0f} MB")
    for what, pattern in (("crashed", CRASH), ("planted secret shown", re.compile(CANARY))):
        if found := pattern.search(both):
            faults.append(f"{what}: {_around(both, found.start())}")
    # A patch is for programs; where a CI system reads it, it is made harmless.
    if not {"github", "--diff"} & {*arguments} and (found := COMMAND.search(both)):
        faults.append(f"a line like a command: {found[0][:80]!r}")
    return faults


def _misses(outcome: Outcome, arguments: list[str], tree: Tree) -> list[str]:
    """What a run must say: valid JSON, failures and exit status 3 together, the planted mistake."""
    if outcome.status == 2 and not tree.configured and arguments[0] == "check":
        return [f"exit status 2: {outcome.errors[-200:]!r}"]
    if arguments[0] != "check" or arguments[3] != "json" or outcome.status not in (0, 1, 3):
        return []
    try:
        report: dict[str, Any] = json.loads(outcome.output)
    except ValueError as error:
        return [f"the output is no JSON: {error}"]
    faults = []
    if (outcome.status == 3) != bool(report["summary"]["failures"]):
        faults.append(f"exit status {outcome.status}, {report['summary']['failures']} failures")
    beacon = any(
        it["code"] == "SYM201" and it["path"].endswith("beside/main.tf")
        for it in report["findings"]
    )
    if not beacon and outcome.status != 3 and not tree.configured:
        faults.append("the planted mistake was not found, and nothing is said of it")
    return faults


def repaired_wrongly(
    directory: Path,
    scratch: Path,
    outcomes: list[Outcome],
    fix: str = "--fix",
    confine: Confine = confined,
) -> list[str]:
    """What --fix does wrong: break a file, write outside, write again when run again."""
    outside = _contents(scratch / "outside")
    before = _contents(directory)
    arguments = ["check", str(directory), fix, "--format", "json"]
    fixed = _symlint(arguments, scratch, confine)
    after = _contents(directory)
    outcomes.append(fixed)
    faults = _faults(fixed, arguments)
    changed = sorted(name for name in before if before[name] != after.get(name))
    if set(before) != set(after):
        faults.append(f"made or removed {sorted(set(before) ^ set(after))[:3]}")
    faults += [
        f"{name!r} does not parse any more"
        for name in changed
        if _parses(name, before[name], scratch, confine)
        and not _parses(name, after.get(name, b""), scratch, confine)
    ]
    if changed:
        again = _symlint(arguments, scratch, confine)
        twice = _contents(directory)
        outcomes.append(again)
        faults += [
            f"{name!r} is changed by a second --fix"
            for name in after
            if twice.get(name) != after[name] and MORE_TO_DO not in fixed.errors
        ]
    if _contents(scratch / "outside") != outside:
        faults.append("something outside of the tree was written")
    return faults


def _parses(name: str, data: bytes, scratch: Path, confine: Confine) -> bool:
    """Whether a file has no syntax errors."""
    from symlint.hcl import parse
    from symlint.source.files import source_from_bytes
    from symlint.source.text import SourceFile

    def look() -> None:
        source = source_from_bytes(f"/{name}", data)
        if not isinstance(source, SourceFile) or parse(source).problems:
            raise SystemExit(1)

    return confine(look, str(scratch), MOST_SECONDS).status == 0


def _contents(directory: Path) -> dict[str, bytes]:
    """The regular files below a directory; links are not followed."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 60) : at + 240].split())

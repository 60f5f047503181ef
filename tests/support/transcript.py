"""Everything that rules say of a configuration, as a text for a snapshot."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from support.checking import all_rules, configuration
from support.mistakes import build_wrong
from support.snapshots import compare
from support.writing import write

from symlint.lint.finding import Finding, Undecided
from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support.mistakes import Mistake

    from symlint.lint.rule import Rule
    from symlint.source.text import Range

FAR = ("deep", "passed", "local")
LONGEST = 100


def transcript(root: Path, rules: tuple[type[Rule], ...] = (), *, brief: bool = False) -> str:
    """Each finding, each undecided question with its reason, and how many questions passed.

    A finding in full, or where ``brief`` its place and title.
    """
    sym = configuration(root)
    outcomes = [(rule.code, it) for rule in rules or all_rules() for it in rule().check(sym)]
    found = sorted((it for _, it in outcomes if isinstance(it, Finding)), key=Finding.sort_key)
    undecided = (it for _, it in outcomes if isinstance(it, Undecided))
    passed = Counter(code for code, it in outcomes if not isinstance(it, Finding | Undecided))
    lines = [
        *(line for it in found for line in list(_finding(it, root))[: 2 if brief else None]),
        *(
            f"{it.code} undecided {_at(it.range, root)}: {it.question} {it.reason}"
            for it in undecided
        ),
        *(f"{code} passed {count}" for code, count in sorted(passed.items())),
    ]
    return "\n".join(f"  {line}" for line in lines or ["nothing"])


def transcript_of_run(root: Path, codes: str) -> str:
    """Each finding of a run of symlint whose code begins so, in full."""
    report = lint([str(root)], Options())
    found = [it for it in report.findings if it.code.startswith(codes)]
    return "\n".join(f"  {line}" for it in found for line in _finding(it, root))


def transcripts(
    directory: Path,
    cases: Mapping[str, str | Mapping[str, str]],
    *rules: type[Rule],
) -> dict[str, str]:
    """What rules say of each configuration; a text is its ``main.tf``."""
    texts = {}
    for number, (name, files) in enumerate(cases.items()):
        given = {"main.tf": files} if isinstance(files, str) else files
        texts[name] = transcript(write(directory / str(number), given), rules)
    return texts


def transcripts_of_mistakes(directory: Path, mistakes: Mapping[str, Mistake]) -> dict[str, str]:
    """What the rule says of each mistake: written in place, and farther away where it can be."""
    texts = {}
    for number, (name, mistake) in enumerate(mistakes.items()):
        about = tuple(it for it in all_rules() if it.code == mistake.code)
        far = next((it for it in FAR if it in mistake.placements), "root")
        for placement in dict.fromkeys(("root", far)):
            root = build_wrong(directory / str(number), mistake, placement)
            texts[f"{name} ({placement})"] = transcript(root, about)
    return texts


def compare_transcript(test_file: str, *transcripts: Mapping[str, str]) -> None:
    """What rules say is what the snapshot that belongs to a file of tests holds."""
    path = Path(test_file)
    folder = path.parent / "snapshots"
    folder.mkdir(exist_ok=True)
    text = "\n".join(f"{name}\n{said}\n" for texts in transcripts for name, said in texts.items())
    compare(folder / f"{path.stem.removeprefix('test_')}.txt", text)


def _finding(it: Finding, root: Path) -> Iterator[str]:
    subject = " ".join(filter(None, (it.address, it.attribute)))
    yield f"{it.code} {it.severity} {_at(it.range, root)} {subject}".rstrip()
    yield f"  {it.title}"
    yield f"  ^ {it.label}"
    for other in it.related:
        yield f"  {_at(other.range, root)}: {other.label}"
    yield f"  why: {it.why}"
    yield from (f"  help: {line}" for line in it.help.splitlines())
    if it.fix is not None:
        yield f"  {'safe' if it.fix.safe else 'unsafe'} fix: {it.fix.description}"
        for edit in it.fix.edits:
            yield f"    {_at(edit.range, root)} -> {edit.replacement!r}"
    for hop in it.path:
        yield f"  path: {hop.reference} {_at(hop.range, root)}"


def _at(range_: Range, root: Path) -> str:
    """The place of a range and its text, the beginning of it where it is long."""
    path = Path(range_.path)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    first, more, _ = range_.text.partition("\n")
    shown = first[:LONGEST] + ("..." if more or len(first) > LONGEST else "")
    return f"{name}:{range_.line}:{range_.column} `{shown}`"

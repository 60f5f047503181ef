"""A run that finds again what earlier runs have made of texts says what a run without them says."""

import random
import shutil
from pathlib import Path

import pytest
from support.writing import FIXTURES

import symlint
from symlint.hcl import parse
from symlint.lint.options import Options
from symlint.lint.report import Report
from symlint.lint.run.engine import lint
from symlint.memory import Memory
from symlint.source.text import SourceFile
from symlint.terraform.modules import loader

STEPS = 20


def said(report: Report) -> tuple[object, ...]:
    """Everything that a report says, ranges as places."""
    return (
        [
            (it.code, it.title, it.range.path, it.range.sort_key(), it.help)
            for it in report.findings
        ],
        [(it.code, it.range.sort_key(), it.question, it.reason) for it in report.undecided],
        report.failures,
        len(report.suppressed),
        report.counts,
        report.exit_status,
        report.work,
    )


def change(rng: random.Random, root: Path, originals: dict[Path, str]) -> None:
    """Change one file of a folder: a line is lost, repeated, moved or spoilt, or all is as before."""
    path = rng.choice(sorted(originals))
    lines = originals[path].splitlines(keepends=True)
    at = rng.randrange(len(lines))
    match rng.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, rng.choice(lines))
        case 2:
            lines[at] = lines[at].replace(rng.choice('"=.{('), "", 1)
        case 3:
            lines[at] = lines[at].replace("aws_iam", "okta")
        case 4:
            path.unlink(missing_ok=True)
            return
    path.write_text("".join(lines), encoding="utf-8")


@pytest.mark.no_cover
@pytest.mark.parametrize("fixture", ["aws_iam", "okta", "multi_tenant"])
@pytest.mark.parametrize("most", [1_000_000, 3_000])
def test_warm_runs_say_what_cold_ones_say(fixture: str, most: int, tmp_path: Path) -> None:
    root = tmp_path / fixture
    shutil.copytree(FIXTURES / fixture, root)
    files = [it for it in root.rglob("*") if it.suffix in (".tf", ".py", ".tfvars")]
    originals = {path: path.read_text(encoding="utf-8") for path in files}
    rng, memory, options = random.Random(f"{fixture} {most}"), Memory(most), Options(isolated=True)
    for _ in range(STEPS):
        change(rng, root, originals)
        warm = lint([str(root)], options, memory=memory)
        assert said(warm) == said(lint([str(root)], options))


def test_only_what_has_changed_is_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FIXTURES / "aws_iam", tmp_path / "root")
    parsed: list[str] = []

    def counting(source: SourceFile, _parser: str) -> object:
        parsed.append(Path(source.path).name)
        return parse(source)

    monkeypatch.setattr(loader, "parse", counting)
    flow = tmp_path / "root" / "flow.tf"
    symlint.lint(tmp_path / "root")
    assert sorted(parsed) == sorted(path.name for path in (tmp_path / "root").glob("*.tf"))
    parsed.clear()
    symlint.lint(tmp_path / "root")
    assert parsed == []
    symlint.lint(tmp_path / "root", overlays={str(flow): flow.read_text(encoding="utf-8") + "\n"})
    assert parsed == ["flow.tf"]


def test_what_was_used_least_lately_is_forgotten() -> None:
    memory, asked = Memory(10), list[str]()

    def answer(question: str, characters: int) -> str:
        def worked_out() -> str:
            asked.append(question)
            return question

        return memory.once(question, characters, worked_out)

    for question in ("a", "b", "a", "c", "a", "b"):
        assert answer(question, 4) == question
    assert asked == ["a", "b", "c", "b"]
    assert answer("too long", 100) == "too long"
    assert answer("too long", 100) == "too long"
    assert asked == ["a", "b", "c", "b", "too long"]

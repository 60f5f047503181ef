"""A run that finds again what earlier runs have made of texts says what a run without them says."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.writing import FIXTURES

import symlint
from symlint.hcl import parse
from symlint.hcl.nodes import Node
from symlint.hcl.walk import walk
from symlint.lint.hiding import expressions
from symlint.lint.options import Options
from symlint.lint.report import Report
from symlint.lint.run.engine import lint
from symlint.memory import Memory
from symlint.source.text import SourceFile
from symlint.source.tree import Tree
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


OTHERS = {
    "more.tf": """
variable "kind" {
  type = string
}
resource "sym_target" "more" {
  type     = var.kind
  name     = "more"
  settings = { iam_group = "more" }
}
output "of_opentofu" {
  value = base64gunzip("")
}
resource "sym_strategy" "more" {
  type           = "aws_iam"
  name           = "more"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.more.id]
}
""",
    "terraform.tfvars": 'kind = "aws_iam_group"\n',
    "more.tf.json": '{"output": {"more": {"value": "${sym_strategy.more.id}"}}}\n',
    ".terraform.lock.hcl": """
provider "registry.terraform.io/symopsio/sym" {
  version = "3.7.0"
}
""",
    "symlint.toml": 'ignore = ["SYM905"]\n',
}
EDITS = {
    "flow.tf": ("sym_strategy.iam.id", "sym_target.billing.id"),
    "more.tf": ("name     = ", "# symlint: ignore[SYM201] why\n  name = "),
    "more.tf.json": ("more.id", "moor.id"),
    "impl.py": ("approve_deny", "password = 'sesame open', approve_deny"),
    "terraform.tfvars": ("aws_iam_group", "okta_group"),
    ".terraform.lock.hcl": ("registry.terraform.io", "registry.opentofu.org"),
    "symlint.toml": ("SYM905", "SYM401"),
}
"""Of each kind of file a text in it, and what that becomes."""


def test_a_warm_run_sees_an_edit_of_every_kind_of_file(tmp_path: Path) -> None:
    root, memory = tmp_path / "root", Memory()
    shutil.copytree(FIXTURES / "aws_iam", root)
    for name, text in OTHERS.items():
        (root / name).write_text(text, encoding="utf-8")
    before = said(lint([str(root)], memory=memory))
    for name, (old, new) in EDITS.items():
        path = root / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new), encoding="utf-8")
        edited = said(lint([str(root)], memory=memory))
        assert edited != before, name
        assert edited == said(lint([str(root)])), name
        path.write_text(text, encoding="utf-8")
        assert said(lint([str(root)], memory=memory)) == before, name


def test_what_a_text_alone_decides_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FIXTURES / "aws_iam", tmp_path / "root")
    asked: list[str] = []

    def counting(node: Node) -> Iterator[Node]:
        asked.append(Path(node.source.path).name)
        return walk(node)

    monkeypatch.setattr(expressions, "walk", counting)
    memory, flow = Memory(), tmp_path / "root" / "flow.tf"
    # What is secret is looked for where something is said.
    text = flow.read_text(encoding="utf-8").replace("sym_strategy.iam.id", "sym_target.billing.id")
    flow.write_text(text, encoding="utf-8")
    lint([str(tmp_path / "root")], memory=memory)
    assert sorted(asked) == sorted(path.name for path in (tmp_path / "root").glob("*.tf"))
    asked.clear()
    flow.write_text(f"{text}# changed\n", encoding="utf-8")
    lint([str(tmp_path / "root")], memory=memory)
    assert asked == ["flow.tf"]


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


def test_a_text_takes_little_beside_what_is_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "main.tf"
    path.write_text("# " + "x" * 998, encoding="utf-8")
    parsed: list[str] = []

    def noted(source: SourceFile, parser: str) -> object:
        parsed.append(source.path)
        return parse(source)

    monkeypatch.setattr(loader, "parse", noted)
    memory = Memory(1_300)
    for _ in range(2):
        loader.FileCache(memory=memory, tree=Tree([str(tmp_path)])).parse(str(path))
    assert len(parsed) == 1

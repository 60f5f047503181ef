"""python-hcl2 as the second parser, and as the referee of the first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from referee import facts

from symlint.hcl import parse
from symlint.hcl.nodes import Comment
from symlint.hcl.python_hcl2 import MAX_CHARACTERS
from symlint.source.files import read_file
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from symlint.hcl import ParsedFile

FIXTURES = Path(__file__).parent.parent / "fixtures"

SAMPLE = """\
# leading
resource "sym_flow" "a" {
  for_each = { for k, v in var.x : k => v... if v.on }
  label    = "a-${each.key}-$${b}-%{ if var.y ~} c %{ else }d%{ endif }"
  params {
    strategy_id = sym_strategy.a[each.key].id
    neg         = [-1, -12, !var.z, -(1 + 2) * 3]
    cond        = a ? b : c ? d : e
    splats      = concat(a[*].b[0].c, a.*.b.c, x[y].z[*].w)
    calls       = provider::sym::f(1.5, "x\\n\\u00e9", g([1, 2]...), {
      a       = 1, "b" : 2
      (c)     = null
      d.e     = true
    })
    long = (
      a == b
      && c != d # why
      || e >= f
    )
    legacy = a.0.b
    list = [
      for v in y :
      v.id
    ]
    s = "%{ for i, x in y }${x}%{ endfor }"
  }
  one { a = 1 }
  empty {}
  policy = <<-EOT
    ${jsonencode(var.p)}
  EOT
  after = local.z
}
"""


def second(text: str) -> ParsedFile:
    return parse(SourceFile("/x.tf", text), "python-hcl2")


def test_it_is_the_other_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    # python-hcl2 knows no "${~"; the native parser does.
    assert second('a = "${~ b ~}"\n').problems
    assert not parse(SourceFile("/x.tf", 'a = "${~ b ~}"\n')).problems


def test_the_trees_agree_on_a_sample() -> None:
    source = SourceFile("/x.tf", SAMPLE)
    ours, theirs = parse(source), parse(source, "python-hcl2")
    assert ours.problems == theirs.problems == ()
    assert facts(theirs.body) == facts(ours.body)
    assert len(facts(ours.body)) > 100
    assert [comment.range for comment in theirs.comments] == [
        comment.range for comment in ours.comments
    ]
    assert all(isinstance(comment, Comment) for comment in theirs.comments)


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.rglob("*.tf")), ids=lambda path: str(path.relative_to(FIXTURES))
)
def test_the_trees_agree_on_the_fixtures(path: Path) -> None:
    source = read_file(path)
    assert isinstance(source, SourceFile)
    ours, theirs = parse(source), parse(source, "python-hcl2")
    if not ours.problems and not theirs.problems:
        assert facts(theirs.body) == facts(ours.body)


def test_references_inside_heredocs_are_read() -> None:
    source = SourceFile("/x.tf", "a = <<-E\n  x ${b.c}\n  E\nd = 1\n")
    assert repr(second(source.text).body.attributes["a"].value.parts) == repr(  # type: ignore[union-attr]  # a heredoc with parts
        parse(source).body.attributes["a"].value.parts  # type: ignore[union-attr]  # the same
    )


@pytest.mark.parametrize(
    ("text", "message", "found"),
    [
        ("a = \n", None, "\n"),
        ("a = [1 2]\n", 'expected "," or "]" or a newline, found "2"', "2"),
        ("a {\n", None, ""),
        ("a = §\n", None, "§"),
        ("a = 1\na = 2\n", 'expected each argument once, found "a" set a second time', "a"),
        ('a "${b}" {}\n', "expected a block label without template sequences, found one", '"${b}"'),
        (
            'a = "%{ if b }"\n',
            'expected "%{endif}" to close the directive, found the end of the string',
            "%{ if b }",
        ),
        (
            "a = " + "[" * 2000 + "]" * 2000 + "\n",
            "expected at most 150 levels of nesting, found more: nested too deeply",
            "",
        ),
        (
            "a = 1" + " + 1" * 2000 + "\n",
            "expected at most 150 levels of nesting, found more: nested too deeply",
            "",
        ),
        ("a = \udcff\n", None, "\udcff"),
    ],
)
def test_problems(text: str, message: str | None, found: str) -> None:
    result = second(text)
    (problem,) = result.problems
    assert problem.range.text == found
    assert problem.message == message or message is None
    assert "found" in problem.message
    assert problem.message.isprintable()
    assert result.body.complete == ("a second time" in problem.message)


@pytest.mark.parametrize("text", ["", "\n", "# a", "a = 1", "a = 1\r\nb {}\r\n"])
def test_small_files(text: str) -> None:
    result = second(text)
    assert result.problems == ()
    assert facts(result.body) == facts(parse(SourceFile("/x.tf", text)).body)


def test_json_files_are_read_the_same() -> None:
    source = SourceFile("/x.tf.json", '{"locals": {"a": 1}}')
    assert len(parse(source, "python-hcl2").body.items) == 1


def run(code: str, **environment: str) -> str:
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return result.stdout


PARSE = (
    "from symlint.hcl import parse; from symlint.source.text import SourceFile;"
    "print(len(parse(SourceFile('/x.tf', 'a = 1'), 'python-hcl2').body.items))"
)


def test_the_grammar_is_cached_in_the_users_folder(tmp_path: Path) -> None:
    assert run(PARSE, XDG_CACHE_HOME=str(tmp_path)) == "1\n"
    (cached,) = (tmp_path / "symlint").iterdir()
    assert cached.name.startswith("python-hcl2-")
    before = cached.stat().st_mtime_ns
    assert run(PARSE, XDG_CACHE_HOME=str(tmp_path)) == "1\n"
    assert cached.stat().st_mtime_ns == before
    assert (tmp_path / "symlint").stat().st_mode & 0o077 == 0


def test_without_a_cache_folder_it_works(tmp_path: Path) -> None:
    (tmp_path / "symlint").write_text("a file where the folder should be", encoding="utf-8")
    assert run(PARSE, XDG_CACHE_HOME=str(tmp_path)) == "1\n"


def test_a_folder_that_others_may_write_to_is_not_trusted(tmp_path: Path) -> None:
    folder = tmp_path / "symlint"
    folder.mkdir()
    folder.chmod(0o777)
    assert run(PARSE, XDG_CACHE_HOME=str(tmp_path)) == "1\n"
    assert list(folder.iterdir()) == []


def test_it_is_imported_only_when_asked_for() -> None:
    code = (
        "import sys; from symlint.hcl import parse; from symlint.source.text import SourceFile;"
        "parse(SourceFile('/x.tf', 'a = 1'));"
        "print([m for m in ('hcl2', 'lark', 'json', 'decimal', 'dataclasses', 'unicodedata', 'inspect') if m in sys.modules])"
    )
    assert run(code) == "[]\n"


def test_a_text_that_would_take_too_long_is_one_problem() -> None:
    text = "a = 1\n" * (MAX_CHARACTERS // 6 + 1)
    result = parse(SourceFile("/x/main.tf", text), "python-hcl2")
    assert [problem.message for problem in result.problems] == [
        "expected at most 100,000 characters, which is what python-hcl2 can read in reasonable time, "
        "found more: use the native parser"
    ]
    assert (result.body.items, result.body.complete) == ((), False)

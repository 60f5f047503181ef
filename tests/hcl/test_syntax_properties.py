"""What holds for every text: no exception, ranges inside the text, children inside parents."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from symlint.hcl import ParsedFile, parse
from symlint.hcl.nodes import Attribute, Block, Call, SplatItem, Traversal
from symlint.hcl.walk import children
from symlint.source.text import SourceFile

FRAGMENTS = [
    *("a", "b.c", "_x-1", "é", "for", "in", "if", "true", "null", "0", "1.5e3", '"s"', '"', "\\n"),
    *("{", "}", "[", "]", "(", ")", "=", ":", "?", ",", ".", "*", "...", "=>", "::", "==", "&&"),
    *("${", "%{", "~}", "$${", "%{if a}", "%{else}", "%{endif}", "%{for v in a}", "%{endfor}"),
    *("<<E\n", "<<-E\n", "E\n", "\n", "\r\n", "\r", " ", "\t", "#c\n", "/*", "*/", "//", "-", "!"),
    *("'", ";", "§", "\udcff", "\x00", "\ufeff", "a = 1\n", 'a "b" {\n', "x = [\n", "}\n"),
]
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join) | st.text(max_size=60)


def check(parsed: ParsedFile) -> None:
    length = len(parsed.source.text)
    for problem in parsed.problems:
        assert 0 <= problem.range.start <= problem.range.end <= length
        assert problem.message.isprintable()
        assert "found" in problem.message
    starts = [problem.range.start for problem in parsed.problems]
    assert starts == sorted(starts)
    assert (parsed.body.start, parsed.body.end) == (0, length)
    stack = [parsed.body]
    while stack:
        node = stack.pop()
        position = node.start
        for child in children(node):
            assert position <= child.start <= child.end <= node.end, (node, child)
            position = child.end
            stack.append(child)  # type: ignore[arg-type]  # any node
        if isinstance(node, Attribute):
            assert node.start < node.name_end < node.value.start
        elif isinstance(node, Traversal):
            assert node.start < node.root_end <= node.end
        elif isinstance(node, Block):
            assert node.start < node.header_end <= node.body.start
        elif isinstance(node, Call):
            assert node.start < node.name_end < node.end
        elif isinstance(node, SplatItem):
            assert node.start == node.end
    if not parsed.body.complete:
        assert parsed.problems
    position = 0
    for comment in parsed.comments:
        assert position <= comment.start < comment.end <= length
        position = comment.end


@pytest.mark.no_cover
@settings(max_examples=400, deadline=None)
@given(texts)
@example("a = <<E\nx\n")
@example('a = "${"')
@example("a {\n b = <<E\n${\n")
@example("x=a[b")
@example("<<E")
def test_native(text: str) -> None:
    check(parse(SourceFile("/x.tf", text)))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_python_hcl2(text: str) -> None:
    check(parse(SourceFile("/x.tf", text), "python-hcl2"))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_same_text_same_tree(text: str) -> None:
    first, second = (parse(SourceFile("/x.tf", text)) for _ in range(2))
    assert repr(first) == repr(second)


VALID = """\
resource "sym_flow" "a" {
  label = "x ${var.a["b"]} y"
  params {
    ids = [for k, v in local.t : v.id if k != "z"]
    text = <<-EOT
      a ${f(1, -2)} b
      %{ for x in y ~}
      ${x}
      %{ endfor ~}
    EOT
  }
}
"""


@pytest.mark.no_cover
@pytest.mark.parametrize("cut", range(len(VALID)))
def test_every_prefix_of_a_valid_file(cut: int) -> None:
    check(parse(SourceFile("/x.tf", VALID[:cut])))


@pytest.mark.no_cover
@pytest.mark.parametrize("cut", range(len(VALID)))
def test_every_valid_file_without_one_character(cut: int) -> None:
    check(parse(SourceFile("/x.tf", VALID[:cut] + VALID[cut + 1 :])))

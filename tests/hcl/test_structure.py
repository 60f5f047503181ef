"""Bodies, blocks, labels and comments with their ranges."""

from __future__ import annotations

import pytest
from trees import block, body_shape, parsed, shape

from symlint.hcl.nodes import Attribute

TEXT = """\
# leading
resource "sym_flow" name { // the flow
  label = "x" /* inline */

  params {
    k = 1
  }
  one { line = true }
  empty {}
}
"""


def test_shape() -> None:
    assert body_shape(parsed(TEXT).body) == [
        (
            "resource",
            ["sym_flow", "name"],
            [
                ("label", "x"),
                ("params", [], [("k", 1)]),
                ("one", [], [("line", True)]),
                ("empty", [], []),
            ],
        )
    ]


def test_ranges() -> None:
    result = parsed(TEXT)
    assert result.body.range.text == TEXT
    resource = block(result.body, "resource")
    assert resource.range.text == TEXT.partition("\n")[2].rstrip("\n")
    assert resource.header_range.text == 'resource "sym_flow" name'
    assert resource.type_range.text == "resource"
    assert [label.range.text for label in resource.labels] == ['"sym_flow"', "name"]
    assert resource.body.range.text.startswith(" // the flow\n")
    assert resource.body.range.text.endswith("  empty {}\n")
    attribute = resource.body.attributes["label"]
    assert attribute.range.text == 'label = "x"'
    assert attribute.name_range.text == "label"
    one = block(resource.body, "one")
    assert one.range.text == "one { line = true }"
    assert one.body.range.text == " line = true "
    assert block(resource.body, "empty").body.range.text == ""


def test_comments() -> None:
    assert [comment.range.text for comment in parsed(TEXT).comments] == [
        "# leading",
        "// the flow",
        "/* inline */",
    ]


def test_comments_without_their_line_ends() -> None:
    comments = parsed("# a\r\n// b\n/* c\r\n*/ # d").comments
    assert [comment.range.text for comment in comments] == ["# a", "// b", "/* c\r\n*/", "# d"]


@pytest.mark.parametrize("text", ["", "\n", "\r\n", "# only", " \t", "/**/"])
def test_files_without_items(text: str) -> None:
    result = parsed(text)
    assert result.problems == ()
    assert result.body.items == ()
    assert result.body.complete
    assert result.body.range.text == text


def test_crlf_and_tabs() -> None:
    result = parsed("a {\r\n\tb = [\r\n\t\t1,\r\n\t]\r\n}\r\n")
    assert not result.problems
    inner = block(result.body, "a").body.attributes["b"]
    assert inner.range.start_position[:2] == (2, 2)
    assert shape(inner.value) == [1]


def test_labels_are_cooked() -> None:
    (item,) = parsed('a "x\\ty\\u00e9" {}\n').body.blocks("a")
    assert [label.value for label in item.labels] == ["x\tyé"]


def test_blocks_by_type() -> None:
    body = parsed("a {}\nb {}\na {}\nc = 1\n").body
    assert [item.start for item in body.blocks("a")] == [0, 10]
    assert len(list(body.blocks())) == 3
    assert body.attribute("a") is None


def test_columns_count_code_points() -> None:
    attribute = parsed('a = "😀é" # x\nb = 1\n').body.items[0]
    assert isinstance(attribute, Attribute)
    assert attribute.range.end_position[:2] == (1, 9)

"""Names that ``for`` and ``dynamic`` bind. A place is ``|`` in a text that occurs once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.language_server.asking import applied, place, snapshot_of
from support.language_server.opened import write

from symlint.language_server.features.completing.completion import completion
from symlint.language_server.features.definition import definition
from symlint.language_server.features.hover import hover
from symlint.language_server.features.references import highlights, references
from symlint.language_server.features.renaming.rename import RenameError, name_at, rename

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import SourceFile

TEXT = """\
locals {
  groups = {
    admins  = { id = "00g1ADMINS0000000001" }
    support = { id = "00g1SUPPORT000000002" }
  }
  ids   = { for key, group in local.groups : key => group.id if key != "support" }
  pairs = [for outer in [1, 2] : [for outer in [outer] : outer]]
  odd   = [for /* it */ commented in [1] : commented]
  names = "%{for name in ["a", "b"]}<${name}>%{endfor}"
}

resource "sym_target" "groups" {
  for_each = local.groups
  type     = "okta_group"
  name     = each.key
}

resource "sym_flow" "okta" {
  name = "okta"

  params {
    dynamic "prompt_field" {
      for_each = { urgency = ["low", "high"] }
      iterator = field

      content {
        name           = field.key
        allowed_values = field.value
      }
    }

    dynamic "prompt_field" {
      for_each = ["reason"]

      content {
        name = prompt_field.value
        type = "string"
      }
    }
  }
}
"""


def at(tmp_path: Path, piece: str, *change: tuple[str, str]) -> tuple[Snapshot, SourceFile, int]:
    """The files, the open one, and where ``|`` stands in a piece of it."""
    path = write(tmp_path / "main.tf", TEXT)
    snapshot = snapshot_of(path, *change)
    source = snapshot.text(str(path))
    assert source is not None
    assert source.text.count(piece.replace("|", "")) == 1, piece
    return snapshot, source, source.text.index(piece.replace("|", "")) + piece.index("|")


@pytest.mark.parametrize(
    ("piece", "declared", "read"),
    [
        ("=> gr|oup.id", (6, "group"), [6]),
        ("for key, gr|oup in", (6, "group"), [6]),
        (": k|ey => group", (6, "key"), [6, 6]),
        ("in [outer] : out|er]", (7, "outer"), [7]),
        ("in [out|er] :", (7, "outer"), [7]),
        ("<${na|me}>", (9, "name"), [9]),
        ("fi|eld.key", (24, "field"), [27, 28]),
        ("iterator = fi|eld", (24, "field"), [27, 28]),
        ("prompt_f|ield.value", (32, "prompt_field"), [36]),
    ],
)
def test_where_a_name_is_bound_and_read(
    tmp_path: Path, piece: str, declared: tuple[int, str], read: list[int]
) -> None:
    snapshot, source, offset = at(tmp_path, piece)
    found = [place(it) for it in definition(snapshot, source, offset)]
    assert found == [("main.tf", *declared)]
    named = [it.line for it in references(snapshot, source, offset)]
    assert sorted(named) == sorted([declared[0], *read])
    marked = highlights(snapshot, source, offset)
    assert [it.line for it, written in marked if written] == [declared[0]]


def test_the_same_name_further_inside_is_another_one(tmp_path: Path) -> None:
    snapshot, source, offset = at(tmp_path, "[for outer in [1, 2] : [for out|er in")
    starts = [it.start for it in references(snapshot, source, offset)]
    assert [source.text[it - 3 : it] for it in starts] == ["or ", " : "]


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("=> group.i|d", [(3, '"00g1ADMINS0000000001"')]),
        ("field.k|ey", [(23, "urgency")]),
        ("= field.va|lue", [(23, '["low", "high"]')]),
        ("each.k|ey", [(3, "admins"), (4, "support")]),
    ],
)
def test_what_is_behind_a_name_leads_to_where_it_is_written(
    tmp_path: Path, piece: str, expected: list[tuple[int, str]]
) -> None:
    found = definition(*at(tmp_path, piece))
    assert [(it.line, it.text) for it in found] == expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (": k|ey => group", ['key = "admins"']),
        ("for k|ey, group", ['key = "admins"']),
        ("group.i|d if", ['group.id = "00g1ADMINS0000000001"']),
        ("<${na|me}>", ['in `[0]`:\n\n```hcl\nname = "a"\n```', 'name = "b"']),
        ("field.k|ey", ['field.key = "urgency"']),
        ("prompt_field.va|lue", ['prompt_field.value = "reason"']),
    ],
)
def test_values_in_each_turn(tmp_path: Path, piece: str, expected: list[str]) -> None:
    found = hover(*at(tmp_path, piece))
    assert found is not None
    for text in expected:
        assert text in found.markdown


def test_what_a_condition_leaves_out_is_not_shown(tmp_path: Path) -> None:
    found = hover(*at(tmp_path, "group.i|d if"))
    assert found is not None
    assert "00g1SUPPORT000000002" not in found.markdown
    condition = hover(*at(tmp_path, "if k|ey !="))
    assert condition is not None


def test_another_name(tmp_path: Path) -> None:
    snapshot, source, offset = at(tmp_path, "=> gr|oup.id")
    found = name_at(snapshot, source, offset)
    assert found is not None
    assert found.text == "group"
    text = applied(source.text, rename(snapshot, source, offset, "it"))
    assert "{ for key, it in local.groups : key => it.id if" in text
    snapshot, source, offset = at(tmp_path, "fi|eld.key")
    text = applied(source.text, rename(snapshot, source, offset, "question"))
    assert "iterator = question" in text
    assert "= question.key" in text
    assert "= question.value" in text


@pytest.mark.parametrize(
    ("piece", "name", "why"),
    [
        ("=> gr|oup.id", "key", "means something else"),
        ("=> gr|oup.id", "local", "means something else"),
        ("=> gr|oup.id", "no good", "A name is"),
        ("prompt_f|ield.value", "field", "type of the blocks"),
        (": comment|ed]", "other", "by hand"),
    ],
)
def test_names_that_cannot_be(tmp_path: Path, piece: str, name: str, why: str) -> None:
    with pytest.raises(RenameError, match=why):
        rename(*at(tmp_path, piece), name)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("=> group.id", "=> group.", ["id"]),
        ("name           = field.key", "name           = field.", ["key", "value"]),
        ("=> group.id", "=> ", ["group", "key"]),
        ("name     = each.key", "name     = each.value.", ["id"]),
    ],
)
def test_what_can_be_written(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    found = completion(*at(tmp_path, new + "|", (old, new)))
    assert {it.label for it in found} >= set(expected)

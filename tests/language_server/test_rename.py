"""Another name, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.language_server.asking import applied, offset_of, snapshot_of
from support.language_server.opened import copy, two_roots, write

from symlint.language_server.features.renaming.files import edits_for_file
from symlint.language_server.features.renaming.rename import RenameError, name_at, rename

if TYPE_CHECKING:
    from pathlib import Path


def renamed(path: Path, text: str, into: int, name: str) -> dict[str, str]:
    """The texts of the files that change, by the end of their paths."""
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    offset = offset_of(snapshot, path, text, into)
    assert name_at(snapshot, source, offset) is not None
    edits = rename(snapshot, source, offset, name)
    paths = sorted({edit.range.path for edit in edits})
    found = {}
    for changed in paths:
        own = [edit for edit in edits if edit.range.path == changed]
        before = own[0].range.source.text
        found["/".join(changed.split("/")[-2:])] = applied(before, own)
    return found


def test_a_resource_keeps_its_state(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    before = path.read_text(encoding="utf-8")
    found = renamed(path, "sym_target.billing.id", 13, "invoices")
    moved = "moved {\n  from = sym_target.billing\n  to   = sym_target.invoices\n}\n"
    block = (
        before[before.index('resource "sym_target" "billing"') :].partition("\n}\n")[0] + "\n}\n"
    )
    expected = before.replace(block, block + "\n" + moved)
    expected = expected.replace('"sym_target" "billing"', '"sym_target" "invoices"')
    expected = expected.replace("sym_target.billing.id", "sym_target.invoices.id")
    assert found == {"aws_iam/flow.tf": expected}


def test_an_input_is_renamed_in_all_callers(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "modules" / "target" / "main.tf"
    found = renamed(path, 'variable "group"', 12, "okta_group")
    assert set(found) == {"dev/main.tf", "prod/main.tf", "target/main.tf"}
    assert "  okta_group    = each.value" in found["dev/main.tf"]
    assert "group_id = var.okta_group" in found["target/main.tf"]
    assert "moved" not in found["target/main.tf"]


def test_a_root_variable_is_renamed_in_variable_files(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'variable "name" {}\nresource "sym_target" "x" {\n  name = var.name\n}\n',
    )
    write(tmp_path / "terraform.tfvars", 'name = "x"\n')
    found = renamed(path, "var.name", 5, "label")
    assert [text for name, text in found.items() if name.endswith("tfvars")] == ['label = "x"\n']


def test_what_an_import_block_names_is_renamed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'import {\n  to = sym_target.x\n  id = "a:b"\n}\nresource "sym_target" "x" {}\n',
    )
    (text,) = renamed(path, '"x"', 1, "y").values()
    assert "to = sym_target.y\n" in text


@pytest.mark.parametrize(
    ("text", "into", "name", "why"),
    [
        ("sym_target.billing.id", 13, "log_reader", "already"),
        ("sym_target.billing.id", 13, "1 x", "A name is letters"),
        ('"aws_iam_group"\n  name  = aws_iam_group.billing', 3, "x", "nothing here"),
    ],
)
def test_what_cannot_be(tmp_path: Path, text: str, into: int, name: str, why: str) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    with pytest.raises(RenameError, match=why):
        rename(snapshot, source, offset_of(snapshot, path, text, into), name)


def test_a_file_is_named_by_its_new_name(tmp_path: Path) -> None:
    flow = copy(tmp_path, "aws_iam") / "flow.tf"
    old = flow.with_name("impl.py")
    snapshot = snapshot_of(flow)
    (edit,) = edits_for_file(snapshot, str(old), str(flow.with_name("approvals.py")))
    text = flow.read_text(encoding="utf-8")
    assert applied(text, [edit]) == text.replace("impl.py", "approvals.py")
    assert edits_for_file(snapshot, str(old), str(tmp_path / "impl.py")) == []
    assert edits_for_file(snapshot, str(flow.with_name("l.py")), str(old)) == []

"""SYM106: a file that cannot be looked at is a question that is not decided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

RULES = rules_of("SYM106")
OUTSIDE = "the file is outside of the configuration"
QUESTION = "is there such a file?"
READS = {
    'file("../impl.py")': OUTSIDE,
    'file("~/impl.py")': OUTSIDE,
    'filesha256("${path.module}/../impl.py")': OUTSIDE,
    'templatefile("../impl.tpl", {})': OUTSIDE,
    "file(local.outside)": OUTSIDE,
    'file("${var.folder}/impl.py")': "the variable has no value",
    'try(file("../impl.py"), "")': OUTSIDE,
    'file("impl.py")': None,
    'file("${path.module}/impl.py")': None,
    '"../impl.py"': None,
}
NAMES = 'variable "folder" {}\n\nlocals {\n  outside = "../impl.py"\n  text = %s\n}\n'


@pytest.mark.parametrize("expression", READS)
def test_a_file_that_cannot_be_looked_at_is_undecided(tmp_path: Path, expression: str) -> None:
    reason = READS[expression]
    expected = [] if reason is None else [("SYM106", QUESTION, reason)]
    files = {"main.tf": NAMES % expression, "impl.py": ""}
    root = write(tmp_path / "root", files)
    assert undecided(root, RULES) == expected
    assert findings(root, RULES) == []


def test_in_a_module_however_often_it_is_called(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "one" {\n  source   = "./one"\n  for_each = toset(["a", "b"])\n}\n',
        "one/main.tf": 'locals {\n  text = file("../impl.py")\n}\n',
    }
    assert undecided(write(tmp_path, files), RULES) == [("SYM106", QUESTION, OUTSIDE)]


def test_in_json(tmp_path: Path) -> None:
    document = json.dumps({"locals": {"text": '${file("../impl.py")}'}})
    root = write(tmp_path, {"main.tf.json": document})
    assert undecided(root, RULES) == [("SYM106", QUESTION, OUTSIDE)]


def test_the_files_of_each_instance_are_looked_at_where_they_are_read(tmp_path: Path) -> None:
    text = 'locals {\n  texts = [for name in ["a"] : file("${path.module}/${name}.py")]\n}\n'
    root = write(tmp_path, {"main.tf": text, "a.py": ""})
    assert undecided(root, RULES) == []
    assert findings(root, RULES) == []

"""Rules are found where they are written."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import symlint.rules
from symlint.lint.errors import RegistryError
from symlint.lint.registry import _names_in, load_rules

if TYPE_CHECKING:
    from pathlib import Path

OWN_RULE = '''
from symlint.lint.rule import Rule
from symlint.lint.run.engine import lint  # what a rule module imports is no rule of it

class _Shared(Rule):
    """What the rules of this folder share."""

class Ours(_Shared):
    """Everything is named after its team."""
    code = "ACME001"
    name = "acme-team-name"
    severity = "warning"
    bad = ""
    good = ""
    def check(self, configuration):
        return iter(())
'''


def test_all_rules_are_complete_and_in_code_order() -> None:
    rules = load_rules()
    codes = [rule.code for rule in rules]
    assert codes == sorted(codes)
    assert len(codes) > 10
    for rule in rules:
        assert rule.code.startswith("SYM")
        assert rule.__doc__


def test_the_modules_are_those_that_pkgutil_finds() -> None:
    expected = {(info.name, info.ispkg) for info in pkgutil.iter_modules(symlint.rules.__path__)}
    assert _names_in(symlint.rules.__path__) == expected


def test_modules_in_a_zip_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rules.zip", "w") as archive:
        archive.writestr("pack/one.py", "")
        archive.writestr("pack/two.py", "")
        archive.writestr("pack/three/__init__.py", "")
    found = _names_in([f"{tmp_path}/rules.zip/pack"])
    assert found == {("one", False), ("two", False), ("three", True)}


def test_rules_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "naming.py").write_text(OWN_RULE, encoding="utf-8")
    (tmp_path / "_helpers.py").write_text("raise AssertionError", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    added = set(load_rules([str(tmp_path)])) - set(load_rules())
    assert [rule.code for rule in added] == ["ACME001"]


def test_plugins_are_off_unless_named(tmp_path: Path) -> None:
    package = tmp_path / "acme_rules.py"
    package.write_text(OWN_RULE, encoding="utf-8")
    metadata = tmp_path / "acme_rules-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text(
        "[symlint.rules]\nacme = acme_rules\n", encoding="utf-8"
    )
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from symlint.lint.registry import load_rules\n"
        "assert load_rules().find('ACME001') is None\n"
        "assert 'acme_rules' not in sys.modules\n"
        "assert load_rules(plugins=['acme']).find('ACME001')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)


OURS = r"^rule symlint_user_rules\.broken\.Ours"
CODES = "a code is capital letters and at least three digits"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("raise RuntimeError('no\\nway')", r"broken.py failed: RuntimeError: no$"),
        ("raise KeyError", r"broken.py failed: KeyError$"),
        ("raise SystemExit(1)", r"broken.py failed: SystemExit: 1$"),
        ("def", r"broken.py failed: SyntaxError: "),
        (OWN_RULE.replace('name = "acme-team-name"', ""), f"{OURS} has no name$"),
        (OWN_RULE.replace('bad = ""', "").replace('good = ""', ""), f"{OURS} has no bad, no good$"),
        (OWN_RULE.replace("ACME001", "acme1"), f"{OURS} has the code 'acme1': {CODES}$"),
        (OWN_RULE.replace("ACME001", "ACME01"), f"{OURS} has the code 'ACME01': {CODES}$"),
        (OWN_RULE.replace("ACME001", "acme001"), f"{OURS} has the code 'acme001': {CODES}$"),
        (
            OWN_RULE.replace("ACME001", "\u00c4CME001"),
            f"{OURS} has the code '\u00c4CME001': {CODES}$",
        ),
        (
            OWN_RULE.replace('    """Everything is named after its team."""\n', ""),
            f"{OURS} has no docstring$",
        ),
        (
            OWN_RULE.replace("Everything is named after its team.", " "),
            f"{OURS} has no docstring$",
        ),
        (
            OWN_RULE.replace("ACME001", "SYM001"),
            r"^two rules are called sym001: .*[^_]\bsymlint_user_rules\.broken\.Ours",
        ),
    ],
)
def test_a_rule_that_cannot_be_used_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "broken.py").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=message):
        load_rules([str(tmp_path)])


def test_missing_plugins_and_folders_are_errors(tmp_path: Path) -> None:
    with pytest.raises(RegistryError) as caught:
        load_rules(plugins=["nowhere"])
    assert str(caught.value) == "there is no rule plug-in nowhere; installed: none"
    assert (caught.value.key, caught.value.value) == ("plugins", "nowhere")
    folder = str(tmp_path / "nowhere")
    with pytest.raises(RegistryError) as caught:
        load_rules([folder])
    assert str(caught.value) == f"the rules folder {folder} does not exist"
    assert (caught.value.key, caught.value.value) == ("rules", folder)


def test_plugins_that_cannot_be_used_are_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme_broken.py").write_text("raise KeyError('x')", encoding="utf-8")
    metadata = tmp_path / "acme_broken-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: acme-broken\nVersion: 1.0\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text(
        "[symlint.rules]\nbroken = acme_broken\ndump = json:dumps\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    for name, message in (
        ("broken", "plug-in broken failed: KeyError: 'x'"),
        ("dump", "plug-in dump does not name a module"),
        ("dumb", "there is no rule plug-in dumb; did you mean dump?"),
        ("x", "there is no rule plug-in x; installed: broken, dump"),
    ):
        with pytest.raises(RegistryError) as caught:
            load_rules(plugins=[name])
        assert str(caught.value) == message

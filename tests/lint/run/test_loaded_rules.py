"""The rules and facts of a run are loaded once, however many configuration files there are."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint import lint
from symlint.lint.run import setup
from symlint.lint.settings import config_file
from symlint.lint.suppression import baseline

if TYPE_CHECKING:
    from types import ModuleType

    import pytest

FLOW = 'resource "sym_target" "t" {\n  type  = "acme_thing"\n  name  = "x"\n  label = "x"\n}\n'
OWN = "[catalogue.targets.acme_thing]\ntitle = 'Acme thing'\n"


def test_once_for_all_configuration_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = {"rules": 0, "facts": 0}
    rules, facts = setup.known_rules, setup.shipped_and_own_facts

    def counting_rules(*arguments: object) -> object:
        loaded["rules"] += 1
        return rules(*arguments)  # type: ignore[arg-type]  # what they are is not asked here

    def counting_facts(*arguments: object) -> object:
        loaded["facts"] += 1
        return facts(*arguments)  # type: ignore[arg-type]  # what they are is not asked here

    monkeypatch.setattr(setup, "known_rules", counting_rules)
    monkeypatch.setattr(setup, "shipped_and_own_facts", counting_facts)
    for number in range(5):
        write_files(tmp_path, f"--- d{number}/main.tf\n{FLOW}--- d{number}/symlint.toml\n")
    for name in ("own", "same"):
        write_files(tmp_path, f"--- {name}/main.tf\n{FLOW}--- {name}/symlint.toml\n{OWN}")
    report = lint(tmp_path)
    assert loaded == {"rules": 1, "facts": 2}
    # What one adds to the catalogue holds for its own modules alone.
    unknown = {f.range.path for f in report.findings if "acme_thing" in f.title}
    assert unknown == {str(tmp_path / f"d{number}" / "main.tf") for number in range(5)}


def counted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[str]:
    """Count the calls of a function: their first arguments as text."""
    calls: list[str] = []
    function = getattr(module, name)

    def counting(*arguments: object) -> object:
        calls.append(str(arguments[0]))
        return function(*arguments)

    monkeypatch.setattr(module, name, counting)
    return calls


def test_what_configuration_files_choose_alike_is_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = counted(monkeypatch, setup, "chosen_rules")
    for number in range(5):
        write_files(tmp_path, f"--- d{number}/main.tf\n{FLOW}--- d{number}/symlint.toml\n")
    write_files(tmp_path, f'--- other/main.tf\n{FLOW}--- other/symlint.toml\nignore = ["SYM2"]\n')
    findings = lint(tmp_path).findings
    assert len(chosen) == 2  # as without any, and as in other/
    others = [it for it in findings if it.range.path == str(tmp_path / "other" / "main.tf")]
    assert len(findings) > len(others) * 5


def test_a_project_file_is_parsed_once_for_all_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = counted(monkeypatch, config_file, "_parse")
    write_files(tmp_path, "--- shared.toml\n[tool.symlint]\nignore = ['SYM2']\n--- .git/HEAD\n")
    write_files(tmp_path, "--- unrelated.toml\n[tool.symlint_too]\n")
    for number in range(5):
        write_files(tmp_path, f"--- a{number}/main.tf\n{FLOW}--- b{number}/main.tf\n{FLOW}")
        (tmp_path / f"a{number}" / "pyproject.toml").symlink_to(tmp_path / "shared.toml")
        (tmp_path / f"b{number}" / "pyproject.toml").symlink_to(tmp_path / "unrelated.toml")
    report = lint(tmp_path)
    assert len(parsed) == 2
    assert {Path(it.range.path).parent.name[0] for it in report.findings} == {"b"}


def test_a_baseline_of_many_configuration_files_is_read_and_gone_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = counted(monkeypatch, baseline, "read_baseline")
    looked_for = counted(monkeypatch, os.path, "lexists")
    gone = [
        {"file": f"gone{it}.tf", "code": "SYM201", "address": "", "attribute": ""} for it in "ab"
    ]
    kept = {"file": "d3/main.tf", "code": "SYM101", "address": "sym_flow.f", "attribute": ""}
    unknown = {**gone[0], "code": "X001"}
    entries = json.dumps({"version": 1, "findings": [*gone, kept, unknown]})
    write_files(tmp_path, f"--- shared.json\n{entries}\n")
    for number in range(5):
        settings = f"--- d{number}/symlint.toml\nbaseline = '../shared.json'\n"
        write_files(tmp_path, f"--- d{number}/main.tf\n{FLOW}--- .git/HEAD\n{settings}")
    stale = [it for it in lint(tmp_path).findings if it.code == "SYM906"]
    assert len(read) == 1
    assert sum("gone" in path for path in looked_for) == 2
    assert sorted(it.title.split()[5] for it in stale) == ["d3/main.tf,", "gonea.tf,", "goneb.tf,"]

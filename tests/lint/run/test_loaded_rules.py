"""The rules and facts of a run are loaded once, however many configuration files there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint import lint
from symlint.lint.run import setup

if TYPE_CHECKING:
    from pathlib import Path

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
    write_files(tmp_path, f"--- own/main.tf\n{FLOW}--- own/symlint.toml\n{OWN}")
    report = lint(tmp_path)
    assert loaded == {"rules": 1, "facts": 2}
    # What one adds to the catalogue holds for its own modules alone.
    unknown = {f.range.path for f in report.findings if "acme_thing" in f.title}
    assert unknown == {str(tmp_path / f"d{number}" / "main.tf") for number in range(5)}

"""A module of many files that many root modules call: each file is looked at once for all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from symlint.lint.options import Options
from symlint.lint.run.engine import _open_again, lint
from symlint.lint.run.roots.trying import Trier
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FILES = 40


def tree(path: Path, roots: int) -> str:
    (path / "m").mkdir(parents=True)
    for number in range(FILES):
        (path / f"m/f{number}.tf").write_text("locals {}\n", encoding="utf-8")
    environment = 'resource "sym_environment" "this" {\n  name = "main"\n}\n'
    (path / "m/main.tf").write_text(environment, encoding="utf-8")
    for number in range(roots):
        (path / f"r{number}").mkdir()
        call = 'module "m" {\n  source = "../m"\n}\n'
        (path / f"r{number}/main.tf").write_text(call, encoding="utf-8")
    return str(path)


def test_a_further_root_module_does_not_ask_for_each_file_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    text = FileCache.text

    def counting(cache: FileCache, path: str) -> object:
        asked["all"] += 1
        return text(cache, path)

    monkeypatch.setattr(FileCache, "text", counting)
    counts = []
    for roots in (2, 12):
        asked.clear()
        lint([tree(tmp_path / str(roots), roots)], Options(jobs=1))
        counts.append(asked["all"])
    assert counts[0] > FILES
    assert counts[1] - counts[0] < 10 * FILES


def test_a_process_tells_once_what_it_has_read(tmp_path: Path) -> None:
    options = Options(jobs=1)
    runs = _open_again((tree(tmp_path, 2),), options, {})
    for run, _ in runs:
        run.cache._counted.clear()
    trier = Trier(runs)
    items = [(0, directory) for directory in sorted(runs[0][1])]
    first, second = (trier((100_000, 1_000_000), item) for item in items)
    assert first is not None
    assert second is not None
    assert len(first.read) == 1 + FILES + 1
    assert len(second.read) == 1

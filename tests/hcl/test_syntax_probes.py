"""The verdict on 439 small sources is Terraform's own.

``syntax_probes.json`` was made with ``terraform fmt -`` of Terraform 1.11.4; the sources are
bytes written as Latin-1.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from symlint.hcl import parse
from symlint.source.files import source_from_bytes
from symlint.source.text import SourceFile

PROBES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "syntax_probes.json").read_text(encoding="ascii")
)
CATEGORIES = {
    category: list(probes)
    for category, probes in itertools.groupby(
        sorted(PROBES, key=lambda probe: str(probe["category"])), lambda probe: probe["category"]
    )
}


def test_there_are_enough() -> None:
    assert len(PROBES) == 439
    assert sum(probe["accepted"] for probe in PROBES) == 317


@pytest.mark.parametrize("category", CATEGORIES)
def test_verdict(category: str) -> None:
    wrong = []
    for probe in CATEGORIES[category]:
        source = source_from_bytes("/probe.tf", probe["source_latin1"].encode("latin-1"))
        problems = parse(source).problems if isinstance(source, SourceFile) else (source,)
        if bool(problems) == probe["accepted"]:
            wrong.append((probe["name"], probe["source_latin1"], problems))
    assert wrong == []

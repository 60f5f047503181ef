"""What means the same is no difference, however it is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from access_changes import rows, shown
from okta_access import OKTA
from retail_access import RETAIL
from rewriting import REWRITINGS, moved
from support.writing import base
from team_access import TEAMS

from symlint.lint.access.comparison import compare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from access_changes import Files

    from symlint.lint.access.rows import Row

WRITTEN_HERE = {"okta_here": OKTA, "retail": RETAIL, "teams": TEAMS}
CALLING = ("multi_tenant", "quickstart", "retail", "teams")
"""Those whose modules would have to be found from elsewhere if they were in one."""
NAMES = (
    "access", "aws_iam", "aws_sso", "custom", "github", "google", "lambda", "legacy", "multi_tenant", "okta",
    "onelogin", "quickstart", "two_environments", *WRITTEN_HERE,
)  # fmt: skip  # as many a line as fit


@cache
def files_of(name: str) -> Files:
    return WRITTEN_HERE[name] if name in WRITTEN_HERE else base(name)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Row, ...]]:
    folder = tmp_path_factory.mktemp("before")
    return cache(lambda name: rows(folder / name, files_of(name)))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "rewrite"),
    [
        (name, rewrite)
        for name in NAMES
        for rewrite in REWRITINGS
        if rewrite is not moved or name not in CALLING
    ],
)
def test_a_rewriting_is_no_difference(
    tmp_path: Path,
    before: Callable[[str], tuple[Row, ...]],
    name: str,
    rewrite: Callable[[Files], Files],
) -> None:
    comparison = compare(before(name), rows(tmp_path / "x", rewrite(files_of(name))))
    assert shown(comparison) == []
    assert comparison.unchanged == len(before(name)) > 0

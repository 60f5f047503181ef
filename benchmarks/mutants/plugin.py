"""A pytest plug-in: runs the tests named in a file, in its order, and tells how each went.

``SYMLINT_TESTS`` is a file of node ids, one a line; without it all tests run. ``SYMLINT_TIMES`` is the
file that outcomes and seconds are written to.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_times: dict[str, float] = {}
_failed: set[str] = set()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that are wanted, in the order in which they are wanted."""
    path = os.environ.get("SYMLINT_TESTS")
    if path:
        wanted = Path(path).read_text(encoding="utf-8").splitlines()
        place = {node: index for index, node in enumerate(wanted)}
        items[:] = sorted(
            (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
        )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the seconds of a test; note what fails."""
    _times[report.nodeid] = _times.get(report.nodeid, 0.0) + report.duration
    if report.failed:
        _failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the file, in the process that hears of all tests."""
    path = os.environ.get("SYMLINT_TIMES")
    if path and not hasattr(session.config, "workerinput"):
        told = {"times": _times, "failed": sorted(_failed)}
        Path(path).write_text(json.dumps(told), encoding="utf-8")

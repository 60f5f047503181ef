"""What all tests have in common: an environment in which nothing changes what symlint does."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import re
import sys
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

HEEDED: Final = re.compile(
    r"CI|GITHUB_\w+|GITLAB_CI|TF_BUILD|TEAMCITY_VERSION|NO_COLOR|FORCE_COLOR|COLUMNS|LINES"
    r"|SYMLINT_\w+|_SYMLINT_COMPLETE|TF_VAR_.*|TF_WORKSPACE|TF_DATA_DIR|TF_CLI_ARGS.*"
)
"""The variables that symlint or terraform would heed, in this process or in one that a test starts."""

for _name in filter(HEEDED.fullmatch, tuple(os.environ)):
    del os.environ[_name]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect the tests, and look through what they consist of for garbage never.

    Each of 16,000 tests is some dozens of objects that stay. Python's searches for garbage while they
    are made, and those in the tests, most of which would look at nothing else, took a seventh of the
    time of all tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_finish() -> None:
    """Import all modules where coverage is measured.

    Of one that a test imports first which does not count (``no_cover``), the lines that run on import
    would never count.
    """
    if "coverage" not in sys.modules or sys.modules["coverage"].Coverage.current() is None:
        return
    import symlint

    for module in pkgutil.walk_packages(symlint.__path__, "symlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test that does not count (``no_cover``) without a trace function.

    In a process of pytest-xdist, pytest-cov 7.1 has begun to measure twice, and ends one of both: the
    other goes on, ten times as slow, and what it measures is lost.
    """
    if item.get_closest_marker("no_cover") is None:
        return (yield)
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(trace)

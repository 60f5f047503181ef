"""Where the time of one run of symlint goes; run by ``run_time.py`` in a process of its own.

Prints a JSON object: milliseconds by phase. Evaluation happens on demand inside of rules, and
parsing inside of loading, so each phase is counted without the phases inside of it.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.lint.options import ParserName

STARTED = time.perf_counter()
LOADED = (
    "symlint.cli.commands.check",
    "symlint.hcl",
    "symlint.lint.run.config_run",
    "symlint.report.formats.text",
    "symlint.terraform.expressions.evaluate",
    "symlint.terraform.modules.loader",
)
"""What a run imports on its way."""


class Stopwatch:
    """Time by phase; an inner phase interrupts the outer one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._running: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time of the block for ``name``."""
        self._switch()
        self._running.append(name)
        try:
            yield
        finally:
            self._switch()
            self._running.pop()

    def _switch(self) -> None:
        now = time.perf_counter()
        if self._running:
            name = self._running[-1]
            self.spent[name] = self.spent.get(name, 0.0) + now - self._since
        self._since = now

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, counted for ``name``."""

        def call(*arguments: Any, **options: Any) -> Any:
            with self.phase(name):
                return function(*arguments, **options)

        return call


def main() -> None:
    """Lint the path given as the first argument with the parser given as the second."""
    path, parser = sys.argv[1:3]
    watch = Stopwatch()
    with watch.phase("imports"):
        for name in LOADED:
            import_module(name)
        from symlint.lint.registry import load_rules
        from symlint.lint.run.engine import Options, lint

        load_rules()
    instrument(watch, sys.modules)
    with watch.phase("engine and rules"):
        report = lint([path], Options(parser=cast("ParserName", parser)))
    milliseconds = {name: seconds * 1000 for name, seconds in watch.spent.items()}
    milliseconds["total"] = (time.perf_counter() - STARTED) * 1000
    print(json.dumps({"phases": milliseconds, "findings": len(report.findings)}))


def instrument(watch: Stopwatch, modules: dict[str, Any]) -> None:
    """Count parsing and evaluation wherever a module of symlint calls them."""
    hcl, evaluation = modules["symlint.hcl"], modules["symlint.terraform.expressions.evaluate"]
    replaced = {
        id(hcl.parse): watch.timed("parsing", hcl.parse),
        id(evaluation.evaluate): watch.timed("evaluation", evaluation.evaluate),
    }
    for name, module in list(modules.items()):
        if not name.startswith("symlint"):
            continue
        for attribute, value in list(vars(module).items()):
            if id(value) in replaced and module is not evaluation:
                setattr(module, attribute, replaced[id(value)])


if __name__ == "__main__":
    main()

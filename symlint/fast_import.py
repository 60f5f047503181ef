"""Imports the modules of symlint in half of the time that Python takes for it.

A clean run imports some hundreds of small modules, and finding one takes longer than running it: an
empty one takes 0.28 million instructions with Python's own finder, 0.11 with this one (the time of
both: ``python -m benchmarks.imports``). It asks for exactly one file, and takes its compiled form where
that is up to date. Whatever is not as expected it leaves to Python's finder.
"""

from __future__ import annotations

import os
import sys
from _frozen_importlib import ModuleSpec  # importlib.machinery has these, but is not yet imported
from _frozen_importlib_external import MAGIC_NUMBER, SourceFileLoader
from marshal import loads
from os import sep

TYPE_CHECKING = False  # importing typing would take longer than all that is imported here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType
else:
    ModuleType = type(sys)

_OPTIMIZED = f".opt-{sys.flags.optimize}" if sys.flags.optimize else ""
_COMPILED = f".{sys.implementation.cache_tag}{_OPTIMIZED}.pyc"
_CHECKED_BY_TIME = (0).to_bytes(4, "little")
"""The flags of a compiled file that knows time and size of its source."""
_AT_ONCE = 100_000
"""How many bytes are read at once: more than compiled files have."""
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def import_fast() -> None:
    """From here on, find the modules of symlint in this way. To be called by a program."""
    if sys.pycache_prefix is None and _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


class _Module(ModuleType):
    """A module that says what it has not without an error message.

    Each ``from module import name`` asks the module for its ``__path__``. Before Python 3.12, that one is
    missing is written into an error that nobody reads, which took 7 % of a clean run.
    """

    __getattribute__ = object.__getattribute__


_new_module: type[ModuleType] = _Module if sys.version_info < (3, 12) else ModuleType


class _Loader(SourceFileLoader):
    """Runs code that has been read. Everything else is as with any source file."""

    code: CodeType | None = None

    def read(self, compiled: str) -> bool:
        """Read the code from a compiled file; false unless it is that of the source as it is now."""
        try:
            source, data = self.path_stats(self.path), _read(compiled)
        except OSError:
            return False
        time, size = int(source["mtime"]) & 0xFFFFFFFF, source["size"] & 0xFFFFFFFF
        known = time.to_bytes(4, "little") + size.to_bytes(4, "little")
        if data[:16] != MAGIC_NUMBER + _CHECKED_BY_TIME + known:
            return False
        code: CodeType = loads(memoryview(data)[16:])
        if code.co_filename != self.path:
            return False  # in an environment that was moved it names files that are no longer there
        self.code = code
        return True

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module that has what Python would ask it for before it sets it."""
        module = _new_module(spec.name)
        module.__dict__.update(
            __loader__=self,
            __package__=spec.parent,
            __file__=spec.origin,
            __cached__=spec.cached,
        )
        if spec.submodule_search_locations is not None:
            module.__path__ = spec.submodule_search_locations
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Run the module; for a second time, as ``importlib.reload`` does, as Python would."""
        code, self.code = self.code, None
        if code is None:
            super().exec_module(module)
        else:
            exec(code, module.__dict__)


class _Finder:
    """Finds compiled modules that are up to date."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to load a module or package of symlint; None for all others."""
        if path is None or not name.startswith("symlint."):
            return None
        folder, last = path[0], name.rpartition(".")[2]
        source = f"{folder}{sep}{last}.py"
        compiled = f"{folder}{sep}__pycache__{sep}{last}{_COMPILED}"
        loader = _Loader(name, source)
        within = None
        if not loader.read(compiled):
            folder = f"{folder}{sep}{last}"
            within = [folder]
            source = f"{folder}{sep}__init__.py"
            compiled = f"{folder}{sep}__pycache__{sep}__init__{_COMPILED}"
            loader = _Loader(name, source)
            if not loader.read(compiled):
                return None
        spec = ModuleSpec(name, loader, origin=source)
        spec.submodule_search_locations = within
        spec.cached = compiled
        spec.has_location = True
        return spec


def _read(path: str) -> bytes:
    """What a file holds: with fewer calls of the operating system than ``open`` makes."""
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, _AT_ONCE)
        while len(data) % _AT_ONCE == 0 and (more := os.read(file, _AT_ONCE)):
            data += more
    finally:
        os.close(file)
    return data

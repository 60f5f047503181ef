"""Which modules may read a file of Python, as far as a search in their text tells."""

from __future__ import annotations

import os
import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.file_names import PYTHON_SUFFIX, VARIABLE_FILE_SUFFIXES
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from symlint.terraform.modules.loader import FileCache

_LONGEST: Final = 4_096
"""Characters of a path that are looked at."""

_MODULE: Final = "${path.module}/"
_is_read: Final = re.compile(r'\b(?:file\(|implementation\s*=)\s*\\?"$').search
_READ_BEFORE: Final = 40
"""Characters before a path that say whether it is read as it is written."""


class PythonReaders:
    """Finds the modules that may read some files of Python.

    Those are modules in whose text, or in whose variable files, there is a path that may be that of
    such a file, or one whose last part Terraform makes: ``"${each.key}.py"``. Whether it leads there is
    for evaluation to say.
    """

    def __init__(
        self, paths: Iterable[str], cache: FileCache, is_root: Callable[[str], bool]
    ) -> None:
        """``is_root`` says whether no other module calls that of a directory."""
        self._cache = cache
        self._is_root = is_root
        self._wanted: Final[dict[str, list[str]]] = {}
        for path in paths:
            self._wanted.setdefault(os.path.basename(path), []).append(path)
        self._real: Final[dict[str, frozenset[str]]] = {}

    def among(self, directories: Iterable[str]) -> set[str]:
        """Those of some directories whose modules may read one of the files."""
        return {directory for directory in directories if self._may_read(directory)}

    def _may_read(self, directory: str) -> bool:
        return any(
            self._may_be(path, is_read, directory)
            for text in self._texts(directory)
            for path, is_read in _paths(text)
        )

    def _texts(self, directory: str) -> Iterator[str]:
        names = self._cache.names(directory)
        found = [] if isinstance(names, ReadProblem) else [*names]
        try:
            listed = sorted(os.listdir(directory))
        except OSError:
            listed = []
        found += (name for name in listed if name.endswith(VARIABLE_FILE_SUFFIXES))
        for name in found:
            source = self._cache.source(os.path.join(directory, name))
            if not isinstance(source, ReadProblem):
                yield source.text

    def _may_be(self, path: str, is_read: bool, directory: str) -> bool:
        """Whether a path in the text of a module may be that of one of the files."""
        name = path.rpartition("/")[2]
        if name == PYTHON_SUFFIX or any(mark in name for mark in "}*%"):
            return True
        wanted = self._wanted.get(name)
        if wanted is None:
            return False
        in_module = path.removeprefix(_MODULE)
        if "$" not in in_module and (path != in_module or (is_read and self._is_root(directory))):
            if name not in self._real:
                self._real[name] = frozenset(map(os.path.realpath, wanted))
            return os.path.realpath(os.path.join(directory, in_module)) in self._real[name]
        last = os.path.normpath(path.rpartition("}")[2].lstrip("/"))
        parts = [part for part in last.split(os.sep) if part != os.pardir]
        return any(it.endswith(os.path.join(os.sep, *parts)) for it in wanted)


def _paths(text: str) -> Iterator[tuple[str, bool]]:
    """What may be a path of Python in a text, and whether it is read as it is written."""
    found = text.find(PYTHON_SUFFIX)
    while found >= 0:
        end = found + len(PYTHON_SUFFIX)
        first = max(found - _LONGEST, 0)
        start = max(text.rfind('"', first, found), text.rfind("\n", first, found), first - 1) + 1
        yield text[start:end], _is_read(text[max(start - _READ_BEFORE, 0) : start]) is not None
        found = text.find(PYTHON_SUFFIX, end)

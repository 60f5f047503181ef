"""What a run looks at: the files of modules, variable files, and the Python that Terraform carries."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.run.roots.gathered import Gathered
from symlint.lint.suppression.marker import MARKER
from symlint.source.file_names import LOCK_FILE, PYTHON_SUFFIX
from symlint.source.files import ReadProblem, outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from symlint.hcl.results import ParsedFile
    from symlint.lint.run.paths import Paths
    from symlint.lint.suppression.suppressions import Suppressions
    from symlint.source.text import Range
    from symlint.sym.implementation.code import Code
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.modules.loader import FileCache

_NOT_READ: Final = ("unreadable", "not a file", "too large")
"""Problems with files of Python that no rule tells of."""


class LookedAt:
    """What has been looked at so far; ``gathered`` takes note of it, and of what could not be.

    ``suppressions`` get the comments of each file, if these count.
    """

    def __init__(self, paths: Paths, cache: FileCache, suppressions: Suppressions | None) -> None:
        self._paths: Final = paths
        self._cache: Final = cache
        self._suppressions: Final = suppressions
        self.gathered = Gathered()
        self.files: Final[dict[str, ParsedFile]] = {}
        self.codes: Final[dict[Code, None]] = {}
        self.called: dict[str, bool] = {}
        """The modules of the configurations that were looked at of late, and whether each is faultless."""
        self.modules: Final[set[str]] = set()
        """The directories of modules whose files were looked at, here or in another process."""
        self._here: Final[set[str]] = set()
        self._faultless: Final[dict[Module, bool]] = {}

    def fail(self, path: str, message: str) -> None:
        """Take note of something that keeps the run from being trusted."""
        self.gathered.fail(path, message)

    def look_at_files(self, configuration: Configuration) -> None:
        """Take note of the files of all modules, and of those that cannot be read."""
        for problem in configuration.inputs.unreadable:
            self.fail(problem.path, problem.message)
        lock = os.path.join(configuration.directory, LOCK_FILE)
        if not self._cache.tree.holds(lock):
            self.fail(lock, outside(lock).message)
        for path in configuration.inputs.files:
            self.gathered.variable_files.add(path)
            self._look_at_file(path, complete=True)
        for directory, module in configuration.called.modules.items():
            self.called[directory] = self._is_faultless(module)
            if directory in self._here:
                continue
            self._here.add(directory)
            if directory in self.modules:
                for path in self._files(directory):
                    self.look_again(path)
            for path in self._new_files(directory):
                self._look_at_file(path, complete=module.complete)

    def _is_faultless(self, module: Module) -> bool:
        """Whether a module has no syntax error: one that hides nothing leaves it complete."""
        found = self._faultless.get(module)
        if found is None:
            files = [self._cache.parse(body.source.path) for body in module.bodies]
            wrong = any(isinstance(file, ReadProblem) or file.problems for file in files)
            found = self._faultless[module] = module.complete and not wrong
        return found

    def _new_files(self, directory: str) -> Iterator[str]:
        """The files of a module; none where it has been looked at, or is not to be."""
        if directory in self.modules or self._paths.is_foreign(directory):
            return
        self.modules.add(directory)
        self.gathered.modules[directory] = None
        yield from self._files(directory)

    def _files(self, directory: str) -> Iterator[str]:
        names = self._cache.names(directory)
        for name in () if isinstance(names, ReadProblem) else names:
            path = os.path.join(directory, name)
            if not self._paths.is_excluded(path):
                yield path

    def look_back(self, called: Mapping[str, bool], variable_files: Iterable[str]) -> None:
        """Take note of files that were looked at in an earlier run, and are as they were then.

        ``called`` are modules, and whether each is faultless. Only what has ignore comments or syntax
        errors is parsed.
        """
        for path in variable_files:
            self._look_at_file(path, complete=True)
        for directory, faultless in called.items():
            module = None if faultless else self._cache.module(directory)
            complete = faultless or (module is not None and module.complete)
            for path in self._new_files(directory):
                source = self._cache.source(path)
                if isinstance(source, ReadProblem) or not faultless or MARKER in source.text:
                    self._look_at_file(path, complete=complete)
                else:
                    self.gathered.looked_at.add(path)

    def _look_at_file(self, path: str, *, complete: bool) -> None:
        file = self._cache.parse(path)
        if isinstance(file, ReadProblem):
            self.fail(file.path, file.message)
            return
        self._take(file)
        self.gathered.looked_at.add(path)
        if not complete:
            self.gathered.incomplete.add(path)

    def look_again(self, path: str) -> None:
        """Look at a file that another process, or an earlier run, has looked at."""
        file = self._cache.parse(path)
        if not isinstance(file, ReadProblem):
            self._take(file)

    def _take(self, file: ParsedFile) -> None:
        self.files[file.source.path] = file
        if self._suppressions is not None:
            self._suppressions.add_file(file)

    def look_at_python(self, sym: SymConfiguration) -> dict[str, list[Range]]:
        """Take note of the Python that a configuration carries; returns what carries each file."""
        from symlint.sym.implementation.carried import implementations

        carriers: dict[str, list[Range]] = {}
        made: list[Range] = []
        new: dict[Code, None] = {}
        for carried in sym.once(implementations):
            code, missing = carried.code, carried.missing
            if missing is not None and missing.kind in _NOT_READ:
                self.fail(missing.path, missing.message)
            if code is None or self._paths.is_foreign(carried.used.path):
                continue
            new[code] = None
            if not code.files and code.place(0, 0) is None:
                made += (carried.used, code.whole)
            for path in [source.path for source in code.files]:
                if not self._paths.is_foreign(path):
                    carriers.setdefault(path, []).extend((carried.used, code.whole))
        for path in self._paths.files if made else ():
            # What templatefile and the like have made of a file stands at the expression.
            if path.endswith(PYTHON_SUFFIX) and path not in carriers and self._cache.was_read(path):
                carriers[path] = made
        if self._suppressions is not None:
            self._take_comments(new, self._suppressions)
        self.codes.update(new)
        self.gathered.python_files.update(carriers)
        return carriers

    def _take_comments(self, codes: Iterable[Code], suppressions: Suppressions) -> None:
        for code in codes:
            ignores = suppressions.add_code(code)
            self.gathered.python_ignores += ignores or ()
            if ignores is not None and code.module is None:
                # It may have been for what nobody could look for.
                paths = (code.whole.path, *(source.path for source in code.files))
                self.gathered.incomplete.update(paths)

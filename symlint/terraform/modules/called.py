"""The modules that a root module calls, directly or not, as far as their code is here."""

from __future__ import annotations

import os
from collections import deque
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.files import ReadProblem
from symlint.terraform.modules.declarations import is_local_source
from symlint.terraform.modules.file_access import ModuleFiles
from symlint.terraform.modules.manifest import read_manifest

if TYPE_CHECKING:
    from symlint.budget import Budget
    from symlint.terraform.modules.declarations import Module, ModuleCall
    from symlint.terraform.modules.known import ModuleInterfaces
    from symlint.terraform.modules.loader import FileCache

MAXIMUM_MODULE_DEPTH: Final = 60

TOO_DEEP: Final = f"modules call one another more than {MAXIMUM_MODULE_DEPTH} deep: what is deeper was not looked at"
TOO_MANY: Final = "it calls too many modules: not all of them were looked at"

_STEPS_PER_MODULE: Final = 300
_CHARACTERS_PER_STEP: Final = 16
"""What going through the text of a module once more costs, in steps of the budget."""

_STEPS_PER_LINKED_MODULE: Final = 8_000
_STEPS_PER_LINKED_FILE: Final = 1_000
_STEPS_PER_LINKED_CHARACTER: Final = 12
"""What reading a module costs whose directory has this name by a symbolic link."""

_TERRAGRUNT_FILES: Final = ("terragrunt.hcl", "terragrunt.hcl.json", "root.hcl")


class CalledModules:
    """Finds, reads and parses the modules that are called; ``root`` is the root module.

    All at once and not when evaluation comes to them: parsing must not happen deep inside of
    other work, where the interpreter's stack is nearly full.
    """

    def __init__(
        self,
        root: Module,
        cache: FileCache,
        interfaces: ModuleInterfaces | None,
        budget: Budget,
    ) -> None:
        self.root: Final = root
        self.cache: Final = cache
        self.interfaces: Final = interfaces
        self.modules: Final[dict[str, Module]] = {}
        """The root module and all that is called, by directory."""
        self.calls: Final[dict[str, dict[ModuleCall, None]]] = {}
        """The blocks that call a module, by its directory."""
        self.outside: Final[dict[ModuleCall, None]] = {}
        """The calls of modules whose code is here, but where nothing may be read."""
        self._manifest = read_manifest(root.directory, cache)
        self._files: dict[str, ModuleFiles] = {}
        self._local: dict[str, bool] = {}
        self._directories: dict[tuple[str, str], str] = {}
        self._linked: dict[str, bool] = {}
        self._left_out: set[str] = set()
        self._budget: Final = budget
        self._load()

    def _load(self) -> None:
        seen = {self.key(self.root, ())}
        waiting = deque([(self.root, tuple[str, ...]())])
        while waiting:
            module, names = waiting.popleft()
            self.modules.setdefault(module.directory, module)
            for name, call in module.calls.items():
                path = (*names, name)
                directory = self.directory(module.directory, call, path)
                if directory is None and self._leads_out(call, path):
                    self.outside[call] = None
                child = None if directory is None else self._read(directory)
                if child is None:
                    continue
                key = self.key(child, path)
                if key not in seen:
                    if not self._affordable(child, path):
                        self._left_out.add(child.directory)
                        continue
                    seen.add(key)
                    waiting.append((child, path))
                self.calls.setdefault(child.directory, {})[call] = None

    def _read(self, directory: str) -> Module | None:
        """The module of a directory; None where there is none, or reading it is too much.

        Where links give the same files many names, they are read as often.
        """
        if directory in self.modules or not self._is_linked(directory):
            return self.cache.module(directory)
        if not self._can_read_again(directory):
            self._left_out.add(directory)
            return None
        module = self.cache.module(directory)
        characters = 0 if module is None else module.characters
        self._budget.spend_what_is_left(_STEPS_PER_LINKED_CHARACTER * characters)
        return module

    def _can_read_again(self, directory: str) -> bool:
        if not self._budget.spend(_STEPS_PER_LINKED_MODULE, TOO_MANY):
            return False
        names = self.cache.names(directory)
        files = 0 if isinstance(names, ReadProblem) else len(names)
        if self._budget.spend(_STEPS_PER_LINKED_FILE * files, TOO_MANY):
            return True
        self._budget.lose()
        return False

    def _is_linked(self, directory: str) -> bool:
        """Whether a symbolic link is on the way to a directory from that of the root module."""
        found = self._linked.get(directory)
        if found is None:
            top, resolve = self.root.directory, self.cache.tree.resolve
            written = os.path.join(resolve(top), os.path.relpath(directory, top))
            found = self._linked[directory] = resolve(directory) != os.path.normpath(written)
        return found

    def _affordable(self, module: Module, path: tuple[str, ...]) -> bool:
        """Whether a module that is called can be looked at."""
        if len(path) > MAXIMUM_MODULE_DEPTH:
            self._budget.give_up(TOO_DEEP)
            return False
        steps = _STEPS_PER_MODULE + module.characters // _CHARACTERS_PER_STEP
        return self._budget.spend(steps, TOO_MANY)

    def key(self, module: Module, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """What the meaning of a module's own calls depends on: its directory, and the calls that
        lead to it where ``terraform init`` has installed something below them.
        """
        return module.directory, names if ".".join(names) in self._manifest.callers else ()

    def directory(self, caller: str, call: ModuleCall, names: tuple[str, ...]) -> str | None:
        """The directory of a called module; None when its code is not here or not looked at.

        ``names`` are the names of the calls from the root module down to this one.
        """
        found = self._directory(caller, call, names)
        return None if found in self._left_out and found not in self.modules else found

    def _directory(self, caller: str, call: ModuleCall, names: tuple[str, ...]) -> str | None:
        source = call.source
        if source is None:
            return None
        if is_local_source(source):
            return self.local_directory(caller, source)
        if self._is_known(source, call.version):
            return None
        return self._manifest.directory(names, source)

    def _is_known(self, source: str, version: str | None) -> bool:
        """Whether the interface of a module is known: then its code is not looked at.

        What is known holds before and after ``terraform init`` alike, and says more of the outputs
        than the code does, most of which a provider computes.
        """
        interfaces = self.interfaces
        return interfaces is not None and interfaces.outputs(source, version) is not None

    def local_directory(self, caller: str, source: str) -> str | None:
        """The directory that a local source leads to from that of the caller.

        None where there is one that may not be read; what is not there is for others to report.
        """
        directory = self._directories.get((caller, source))
        if directory is None:
            directory = os.path.normpath(os.path.join(caller, source))
            self._directories[caller, source] = directory
        found = self._local.get(directory)
        if found is None:
            found = self.cache.tree.enter(caller, directory) or not os.path.lexists(directory)
            self._local[directory] = found
        return directory if found else None

    def _leads_out(self, call: ModuleCall, names: tuple[str, ...]) -> bool:
        """Whether it is for its place that the code of a called module is not looked at."""
        if call.source is None or call.is_local:
            return call.source is not None
        return not self._is_known(call.source, call.version) and self._manifest.leads_out(names)

    @cached_property
    def opentofu(self) -> bool:
        """Whether the configuration is OpenTofu's."""
        from symlint.terraform.modules.opentofu import is_opentofu

        return is_opentofu(self.modules.values(), self.root.directory, self.cache)

    @cached_property
    def terragrunt(self) -> bool:
        """Whether Terragrunt runs the configuration: it may write provider blocks into it."""
        return self.cache.tree.has(_TERRAGRUNT_FILES, self.root.directory)

    def files(self, directory: str) -> ModuleFiles:
        """The files that functions may read in the module of a directory."""
        found = self._files.get(directory)
        if found is None:
            found = ModuleFiles(directory, self.root.directory, self.cache, self._budget)
            self._files[directory] = found
        return found

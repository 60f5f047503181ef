"""The modules that a root module calls, directly or not, as far as their code is here."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Final

from symlint.source.directories import is_at_or_above, top_directory
from symlint.terraform.modules.file_access import ModuleFiles
from symlint.terraform.modules.manifest import read_manifest

if TYPE_CHECKING:
    from symlint.terraform.modules.declarations import Module, ModuleCall
    from symlint.terraform.modules.known import ModuleInterfaces
    from symlint.terraform.modules.loader import FileCache

MAXIMUM_MODULE_DEPTH: Final = 60
_TERRAGRUNT_FILES: Final = ("terragrunt.hcl", "terragrunt.hcl.json", "root.hcl")


class CalledModules:
    """Finds, reads and parses the modules that are called; ``root`` is the root module.

    All at once and not when evaluation comes to them: parsing must not happen deep inside of
    other work, where the interpreter's stack is nearly full.
    """

    def __init__(
        self, root: Module, cache: FileCache, interfaces: ModuleInterfaces | None = None
    ) -> None:
        self.root: Final = root
        self.cache: Final = cache
        self.interfaces: Final = interfaces
        self.modules: Final[dict[str, Module]] = {}
        """The root module and all that is called, by directory."""
        self.calls: Final[dict[str, dict[ModuleCall, None]]] = {}
        """The blocks that call a module, by its directory."""
        self._manifest = read_manifest(root.directory)
        self._tree = top_directory(root.directory)
        self._files: dict[str, ModuleFiles] = {}
        self._real_paths: dict[str, str] = {}
        self._load()

    def _load(self) -> None:
        seen: set[tuple[str, tuple[str, ...]]] = set()
        stack: list[tuple[Module, tuple[str, ...]]] = [(self.root, ())]
        while stack:
            module, names = stack.pop()
            key = self.key(module, names)
            if key in seen or len(names) > MAXIMUM_MODULE_DEPTH:
                continue
            seen.add(key)
            self.modules.setdefault(module.directory, module)
            for name, call in module.calls.items():
                directory = self.directory(module.directory, call, (*names, name))
                child = None if directory is None else self.cache.module(directory)
                if child is not None:
                    self.calls.setdefault(child.directory, {})[call] = None
                    stack.append((child, (*names, name)))

    def key(self, module: Module, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """What the meaning of a module's own calls depends on: its directory, and the calls that
        lead to it where ``terraform init`` has installed something below them.
        """
        return module.directory, names if ".".join(names) in self._manifest.callers else ()

    def directory(self, caller: str, call: ModuleCall, names: tuple[str, ...]) -> str | None:
        """The directory of a called module; None when its code is not here or not looked at.

        ``names`` are the names of the calls from the root module down to this one.
        """
        source = call.source
        if source is None:
            return None
        if call.is_local:
            return os.path.normpath(os.path.join(caller, source))
        interfaces = self.interfaces
        if interfaces is not None and interfaces.outputs(source, call.version) is not None:
            # What is known of the module holds before and after `terraform init` alike, and says
            # more of its outputs than the code does, most of which a provider computes.
            return None
        return self._manifest.directory(names, source)

    @cached_property
    def opentofu(self) -> bool:
        """Whether the configuration is OpenTofu's."""
        from symlint.terraform.modules.opentofu import is_opentofu

        return is_opentofu(self.modules.values(), self.root.directory, self._tree)

    @cached_property
    def terragrunt(self) -> bool:
        """Whether Terragrunt runs the configuration: it may write provider blocks into it."""
        return is_at_or_above(_TERRAGRUNT_FILES, self.root.directory, self._tree)

    def files(self, directory: str) -> ModuleFiles:
        """The files that functions may read in the module of a directory."""
        found = self._files.get(directory)
        if found is None:
            found = ModuleFiles(directory, self.root.directory, self._tree)
            self._files[directory] = found
        return found

    def real_path(self, directory: str) -> str:
        """The path of a directory without symbolic links."""
        found = self._real_paths.get(directory)
        if found is None:
            found = self._real_paths[directory] = os.path.realpath(directory)
        return found

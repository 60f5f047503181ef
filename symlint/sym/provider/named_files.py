"""Files that arguments name by their paths, and that the provider reads when it applies."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.model.link_resolution import last_resource_hop
from symlint.terraform.values.equality import equal

if TYPE_CHECKING:
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.values.value import Value

_MAKERS: Final = ("local_file", "local_sensitive_file")
"""The resources that make a file, and name it by ``filename``."""


def is_file(sym: Lookup, module: ModuleNames, value: Value, path: str) -> bool | None:
    """Whether there is the file that a path names; None where that is not known.

    Where the module has a file of that name itself, where the path leads to is the question of
    ``module-file-path``.
    """
    files = module.files
    if path.startswith("~"):
        return None
    there = files.exists(path)
    if there is not False:
        return there
    own = os.path.relpath(files.module_directory, files.root_directory)
    if files.exists(f"{own}/{path}"):
        return True
    return None if last_resource_hop(value) is not None or _is_made(sym, value) else False


def _is_made(sym: Lookup, value: Value) -> bool:
    """Whether a resource makes the file, or may make it."""
    return any(
        name is None or _may_be(name, value)
        for module in sym.module_instances
        for kind in _MAKERS
        for instance in module.resources(kind)
        for name in (instance.attribute("filename"),)
    )


def _may_be(name: Value, value: Value) -> bool:
    """Whether two paths may be of one file: ``build/impl.py``, ``./build/impl.py``."""
    one, other = name.string, value.string
    if one is not None and other is not None:
        return os.path.normpath(one) == os.path.normpath(other)
    return equal(name, value) is not False


def near_file(module: ModuleNames, path: str) -> str | None:
    """The Python file beside the one that is missing whose name is close; None if none is."""
    from symlint.source.close_names import close_name

    directory, name = os.path.split(path)
    beside = module.files.matching(directory or ".", "*.py")
    return None if beside is None else close_name(name, beside)

"""OpenTofu: whether a configuration is its, and the registry that it knows instead of Terraform's.

Some of what Terraform refuses is right in OpenTofu. Most of its configurations do not show whose
they are, and need nothing that Terraform has not.
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.file_names import LOCK_FILE, is_opentofu_file
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.modules.loader import FileCache

_REGISTRIES: Final = ("registry.terraform.io/", "registry.opentofu.org/")
_VERSION_FILE: Final = ".opentofu-version"


def without_default_host(address: str) -> str:
    """An address without the host that Terraform or OpenTofu adds to those that have none."""
    return address.removeprefix(_REGISTRIES[0]).removeprefix(_REGISTRIES[1])


def is_opentofu(modules: Iterable[Module], root: str, cache: FileCache) -> bool:
    """Whether a file of the modules, or one beside or above the root module, says so."""
    return (
        any(map(_says_so, modules))
        or _is_locked(root, cache)
        # The file from which version managers read the version of OpenTofu.
        or cache.tree.has((_VERSION_FILE,), root)
    )


def _says_so(module: Module) -> bool:
    """Whether a module has OpenTofu's files, encrypts its state, or repeats providers."""
    return (
        any(is_opentofu_file(body.source.path) for body in module.bodies)
        or any(any(block.body.blocks("encryption")) for block in module.terraform_blocks)
        or any(it.alias and "for_each" in it.attributes for it in module.providers.values())
    )


def _is_locked(root: str, cache: FileCache) -> bool:
    """Whether ``tofu init`` has written the dependency lock file."""
    source = cache.read(os.path.join(root, LOCK_FILE))
    return not isinstance(source, ReadProblem) and _REGISTRIES[1] in source.text

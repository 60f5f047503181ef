"""What the name of a file says of it: the only place that knows extensions of configurations.

Terraform reads ``.tf`` files. OpenTofu reads those and ``.tofu`` files, and takes a ``.tofu`` file
instead of the ``.tf`` file of the same name (its ``internal/configs/parser_config_dir.go``).
Variable files have the same names for both.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

CONFIGURATION_SUFFIXES: Final = (".tf", ".tf.json", ".tofu", ".tofu.json")
LOCK_FILE: Final = ".terraform.lock.hcl"
VARIABLE_FILE_SUFFIXES: Final = (".tfvars", ".tfvars.json")
_OPENTOFU_SUFFIXES: Final = (".tofu", ".tofu.json")
PYTHON_SUFFIX: Final = ".py"
_OVERRIDES: Final = ("override.tf", "override.tofu")


def is_configuration_file(name: str) -> bool:
    """Whether Terraform or OpenTofu reads a file of this name as configuration.

    Editors' backup files are left out as they do (``configs.IsIgnoredFile``).
    """
    if not name.endswith(CONFIGURATION_SUFFIXES):
        return False
    return not (name.startswith(".") or name.endswith("~") or (name[0] == "#" and name[-1] == "#"))


def is_other_file(path: str) -> bool:
    """Whether a file of this path is neither Terraform's, with what is beside that, nor Python."""
    return not path.endswith(
        (*CONFIGURATION_SUFFIXES, *VARIABLE_FILE_SUFFIXES, PYTHON_SUFFIX, LOCK_FILE)
    )


def is_json_file(path: str) -> bool:
    """Whether a file of this name or path is read in JSON syntax."""
    return path.endswith(".json")


def is_override_file(path: str) -> bool:
    """Whether a configuration file of this name or path overrides the others."""
    for ending in _OVERRIDES:
        name, found, rest = path.removesuffix(".json").rpartition(ending)
        if found and not rest:
            return not name or name[-1] in "_/\\"
    return False


def is_opentofu_file(path: str) -> bool:
    """Whether a configuration file is one that OpenTofu reads and Terraform does not."""
    return path.endswith(_OPENTOFU_SUFFIXES)


def read_together(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the configuration files in a directory that are read, in name order."""
    ordered = sorted(names)
    replaced = {opentofu_replaces(name) for name in ordered}
    return tuple(name for name in ordered if name not in replaced)


def opentofu_replaces(path: str) -> str | None:
    """The Terraform file that an OpenTofu file is read instead of; None for other files."""
    for suffix in _OPENTOFU_SUFFIXES:
        if path.endswith(suffix):
            return path.removesuffix(suffix) + suffix.replace(".tofu", ".tf")
    return None

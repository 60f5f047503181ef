"""The configuration file: finding it, and reading it strictly.

``symlint.toml``, ``.symlint.toml``, or ``[tool.symlint]`` in ``pyproject.toml``, in the first folder
that has one, from a linted path up to the root of its repository. Outside a
repository only the linted folder itself is looked at: a file further up could be anybody's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.lint.errors import ConfigError

if TYPE_CHECKING:
    from symlint.lint.settings.config import Config
    from symlint.lint.settings.toml_lines import KeyPath

FILE_NAMES: Final = ("symlint.toml", ".symlint.toml")
_PYPROJECT: Final = "pyproject.toml"
_LARGEST: Final = 1_000_000


def find_config(path: str) -> str | None:
    """The configuration file for a linted path, or None. Raises ConfigError when there are two."""
    directory = os.path.abspath(path)
    if not os.path.isdir(directory):
        directory = os.path.dirname(directory)
    top = repository_root(directory) or directory
    while True:
        found = _in_directory(directory)
        if found is not None or directory == top:
            return found
        directory = os.path.dirname(directory)


def nested_config(directory: str, top: str) -> str | None:
    """The nearest configuration file from ``directory`` up to below ``top``, or None.

    Raises ConfigError when there are two in one folder.
    """
    while directory != top:
        found = _in_directory(directory)
        if found is not None:
            return found
        parent = os.path.dirname(directory)
        if parent == directory:
            break
        directory = parent
    return None


def repository_root(directory: str) -> str | None:
    """The nearest folder, from ``directory`` upwards, that holds ``.git``; None without one."""
    while True:
        if os.path.lexists(os.path.join(directory, ".git")):
            return directory
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent


def load_config(path: str) -> Config:
    """Read one configuration file. Raises ConfigError."""
    import tomllib

    from symlint.lint.settings.values import read_table

    text = _read(path)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _not_toml(path, error) from error
    table: object = document
    for name in _inside(path):
        table = table.get(name, {}) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        raise ConfigError(path, None, "tool.symlint must be a table")
    config = read_table(table, path, text, _inside(path))
    _check_version(config)
    return config


def config_error(
    config: Config, key: KeyPath, problem: str, string: str | None = None
) -> ConfigError:
    """A mistake in the value of ``key``, or in ``string`` there, that shows when it is used."""
    from symlint.lint.settings.toml_lines import TomlLines

    path = config.path or ""
    line = TomlLines(_read(path)).line((*_inside(path), *key), string)
    return ConfigError(path, line, problem)


def _inside(path: str) -> tuple[str, ...]:
    """The key of a configuration file under which symlint's keys stand."""
    return ("tool", "symlint") if os.path.basename(path) == _PYPROJECT else ()


def _in_directory(directory: str) -> str | None:
    found = [path for name in FILE_NAMES if os.path.isfile(path := os.path.join(directory, name))]
    pyproject = os.path.join(directory, _PYPROJECT)
    if os.path.isfile(pyproject) and _has_section(pyproject):
        found.append(pyproject)
    if len(found) > 1:
        names = " and ".join(os.path.basename(path) for path in found)
        raise ConfigError(
            found[0], None, f"two configuration files in one folder: {names}; keep one"
        )
    return found[0] if found else None


def _has_section(path: str) -> bool:
    """Whether a ``pyproject.toml`` configures symlint; one that is no TOML is not our business."""
    try:
        text = _read(path)
    except ConfigError:
        return False
    if "symlint" not in text:
        return False
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool")
    except (tomllib.TOMLDecodeError, RecursionError):
        return "[tool.symlint" in text
    return isinstance(tool, dict) and "symlint" in tool


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(path, None, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, None, "is not UTF-8") from error
    if len(text) > _LARGEST:
        raise ConfigError(path, None, f"is larger than {_LARGEST:,} characters")
    return text


def _not_toml(path: str, error: Exception) -> ConfigError:
    import re

    message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(place.group(1)) if place else None
    message = re.sub(r" \(at [^)]*\)$", "", message)
    return ConfigError(path, line, f"is not valid TOML: {message}")


def _check_version(config: Config) -> None:
    if config.required_version is None:
        return
    from symlint.sym.versions import ConstraintError, parse_constraint, parse_version
    from symlint.version import __version__

    try:
        constraint = parse_constraint(config.required_version)
    except ConstraintError as error:
        raise config_error(config, ("required-version",), str(error)) from error
    if not constraint.admits(parse_version(__version__)):
        raise config_error(
            config,
            ("required-version",),
            f"this configuration is for symlint {constraint}; this is symlint {__version__}",
        )

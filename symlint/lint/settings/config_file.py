"""The configuration file: finding it, and reading it strictly.

``symlint.toml``, ``.symlint.toml``, or ``[tool.symlint]`` in ``pyproject.toml``, in the first folder
that has one, from a linted path up to the root of its repository. Outside a
repository only the linted folder itself is looked at: a file further up could be anybody's.
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.lint.errors import ConfigError
from symlint.source.files import ReadProblem, read_data
from symlint.source.links import Links
from symlint.source.tree import leads_out_of_repository, lies_in, repository_root

if TYPE_CHECKING:
    from symlint.lint.settings.config import Config
    from symlint.lint.settings.toml_lines import KeyPath

FILE_NAMES: Final = ("symlint.toml", ".symlint.toml")
_PYPROJECT: Final = "pyproject.toml"
_LARGEST: Final = 1_000_000
_LEADS_OUT: Final = (
    "is a symbolic link that leads out of the repository, and is not read; name the file that it "
    "leads to with --config"
)


class Known:
    """What was found in the folders that were looked into, so that none is looked into twice."""

    def __init__(self) -> None:
        self.inside: Final[dict[str, str | None]] = {}
        """The configuration file of a folder."""
        self.nested: Final[dict[tuple[str, str], str | None]] = {}
        """The nearest one from a folder up to below another one."""
        self.links: Final = Links()
        self.sections: Final[dict[tuple[int, int | str], bool]] = {}
        """Whether a ``pyproject.toml`` configures symlint, by the identity of the file: links may give
        it many names."""
        self.documents: Final[dict[str, dict[str, Any]]] = {}
        """What the texts of configuration files say."""


def find_config(path: str, known: Known | None = None) -> str | None:
    """The configuration file for a linted path, or None. Raises ConfigError when there are two.

    ``known`` is added to.
    """
    known = known or Known()
    directory = os.path.abspath(path)
    if leads_out_of_repository(directory) or not os.path.isdir(directory):
        directory = os.path.dirname(directory)
    top = repository_root(directory) or directory
    while True:
        found = _in_directory(directory, top, known)
        if found is not None or directory == top:
            return found
        directory = os.path.dirname(directory)


def nested_config(directory: str, top: str, known: Known | None = None) -> str | None:
    """The nearest configuration file from ``directory`` up to below ``top``, or None.

    ``known`` is added to. Raises ConfigError when there are two in one folder.
    """
    known = known or Known()
    passed: list[tuple[str, str]] = []
    found = None
    while found is None and directory != top:
        if (directory, top) in known.nested:
            found = known.nested[directory, top]
            break
        passed.append((directory, top))
        found = _in_directory(directory, top, known)
        parent = os.path.dirname(directory)
        if parent == directory:
            break
        directory = parent
    known.nested.update(dict.fromkeys(passed, found))
    return found


def load_config(path: str, known: Known | None = None) -> Config:
    """Read one configuration file; ``known`` is added to. Raises ConfigError."""
    from symlint.lint.settings.values import read_table

    known = known or Known()
    text = _read(path, known.links)
    document = known.documents.get(text)
    if document is None:
        document = known.documents[text] = _parse(path, text)
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


def key_lines(config: Config) -> dict[str, int | None]:
    """The line of each key that a configuration file sets."""
    from symlint.lint.settings.toml_lines import TomlLines

    if config.path is None:
        return {}
    lines = TomlLines(_read(config.path))
    return {key: lines.line((*_inside(config.path), key)) for key in config.keys}


def _inside(path: str) -> tuple[str, ...]:
    """The key of a configuration file under which symlint's keys stand."""
    return ("tool", "symlint") if os.path.basename(path) == _PYPROJECT else ()


def _in_directory(directory: str, top: str, known: Known) -> str | None:
    if directory not in known.inside:
        known.inside[directory] = _look_into(directory, top, known)
    return known.inside[directory]


def _look_into(directory: str, top: str, known: Known) -> str | None:
    paths = (os.path.join(directory, name) for name in (*FILE_NAMES, _PYPROJECT))
    there = [path for path in paths if os.path.exists(path) and not os.path.isdir(path)]
    for path in there:
        if os.path.islink(path) and not lies_in(path, top):
            raise ConfigError(path, None, _LEADS_OUT)
    found = [it for it in there if os.path.basename(it) != _PYPROJECT or _has_section(it, known)]
    if len(found) > 1:
        names = " and ".join(os.path.basename(path) for path in found)
        raise ConfigError(
            found[0], None, f"two configuration files in one folder: {names}; keep one"
        )
    return found[0] if found else None


def _has_section(path: str, known: Known) -> bool:
    """Whether a ``pyproject.toml`` configures symlint; one that is no TOML is not our business."""
    if leads_out_of_repository(path, known.links):
        return False
    try:
        status = os.stat(path)
    except OSError:
        return False
    file = (status.st_dev, status.st_ino or path)
    if file not in known.sections:
        known.sections[file] = _says_section(path, known)
    return known.sections[file]


def _says_section(path: str, known: Known) -> bool:
    try:
        text = _read(path, known.links)
    except ConfigError:
        return False
    if "symlint" not in text:
        return False
    try:
        document = _parse(path, text)
    except ConfigError:
        return "[tool.symlint" in text
    tool = document.get("tool")
    if not isinstance(tool, dict) or "symlint" not in tool:
        return False
    known.documents[text] = document
    return True


def _parse(path: str, text: str) -> dict[str, Any]:
    import tomllib

    from symlint.lint.settings.toml_lines import MOST_PARTS, too_long_key

    if (line := too_long_key(text)) is not None:
        raise ConfigError(path, line, f"a key has more than {MOST_PARTS} names")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(path, text, error) from error


def _read(path: str, links: Links | None = None) -> str:
    if leads_out_of_repository(path, links):
        raise ConfigError(path, None, _LEADS_OUT)
    data = read_data(path, _LARGEST)
    if isinstance(data, ReadProblem):
        raise ConfigError(path, None, data.message)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ConfigError(path, None, "is not UTF-8") from error


def _not_toml(path: str, text: str, error: Exception) -> ConfigError:
    import re
    import tomllib

    if isinstance(error, RecursionError):
        return ConfigError(path, None, "is not valid TOML: nested too deeply")
    if not isinstance(error, tomllib.TOMLDecodeError):
        digits = re.search(r"[0-9_]{4000}", text)
        line = 1 + text.count("\n", 0, digits.start()) if digits else None
        return ConfigError(path, line, "a number has too many digits")
    message = str(error)
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    if place is None:
        message = message.removesuffix(" (at end of document)")
        return ConfigError(path, 1 + text.count("\n"), f"is not valid TOML at its end: {message}")
    problem = f"is not valid TOML at column {place[2]}: {message[: place.start()]}"
    return ConfigError(path, int(place[1]), problem)


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

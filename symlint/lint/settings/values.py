"""Checks the values of a configuration file; every mistake is a ``ConfigError`` with its line."""

from __future__ import annotations

import os
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Any, Final, cast
from symlint.lint.errors import ConfigError
from symlint.lint.finding import SEVERITIES
from symlint.lint.settings.config import Config, Override
from symlint.lint.settings.keys import ASSERTION_KEYS, EXPECT_KEYS, KEYS, MOST_JOBS, OVERRIDE_KEYS
from symlint.lint.settings.toml_lines import TomlLines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import NoReturn

    from symlint.lint.options import Jobs
    from symlint.lint.settings.keys import Key, KeyKind
    from symlint.lint.settings.toml_lines import KeyPath
    from symlint.source.text import Range, SourceFile
    from symlint.sym.assertion import Assertion


class _File:
    """The file being read, and where in it."""

    def __init__(self, path: str, text: str, inside: KeyPath) -> None:
        self._path: Final = path
        self._text: Final = text
        self._inside: Final = inside

    def refuse(self, key: KeyPath, problem: str, string: str | None = None) -> NoReturn:
        line = self._lines.line((*self._inside, *key), string)
        raise ConfigError(self._path, line, problem)

    @cached_property
    def _lines(self) -> TomlLines:
        return TomlLines(self._text)

    @cached_property
    def _source(self) -> SourceFile:
        from symlint.source.text import SourceFile

        return SourceFile(self._path, self._text)

    def place(self, key: KeyPath) -> Range:
        """The line of a key."""
        from symlint.source.text import Range

        source = self._source
        line = self._lines.line((*self._inside, *key)) or 1
        start = source.line_starts[line - 1]
        return Range(source, start, start + len(source.line(line)))


def read_table(table: Mapping[str, Any], path: str, text: str, inside: KeyPath) -> Config:
    """The configuration that ``table`` holds; it stands under the key ``inside`` of ``text``.

    Raises ConfigError for an unknown key or a value of the wrong kind.
    """
    file = _File(path, text, inside)
    values = _read_keys(table, KEYS, file, ())
    directory = os.path.dirname(path)
    if (baseline := values.get("baseline")) is not None:
        values["baseline"] = os.path.normpath(os.path.join(directory, baseline))
    if folders := values.get("rules"):
        values["rules"] = tuple(
            os.path.normpath(os.path.join(directory, folder)) for folder in folders
        )
    fields = {key.field: values[key.name] for key in KEYS if key.name in values}
    return Config(path=path, directory=directory, keys=tuple(table), **fields)


def _read_keys(
    table: Mapping[str, Any], keys: tuple[Key, ...], file: _File, at: KeyPath
) -> dict[str, Any]:
    known = {key.name: key for key in keys}
    values: dict[str, Any] = {}
    for name, value in table.items():
        key = known.get(name)
        if key is None:
            file.refuse((*at, name), _unknown_key(name, tuple(known)))
        values[name] = _READERS[key.kind](value, key, file, (*at, name))
    return values


def _unknown_key(name: str, known: tuple[str, ...]) -> str:
    from symlint.source.close_names import close_name

    suggestion = close_name(name, known)
    hint = f"did you mean {suggestion}?" if suggestion else f"known are {', '.join(known)}"
    return f"unknown key {name!r}; {hint}"


def _strings(value: object, key: Key, file: _File, at: KeyPath) -> tuple[str, ...]:
    if not isinstance(value, list):
        file.refuse(at, f"{key.name} must be an array of strings, such as {key.example}")
    for element in value:
        if not isinstance(element, str) or not element.strip():
            file.refuse(at, f"{key.name} must hold only strings that are not empty")
    return tuple(value)


def _string(value: object, key: Key, file: _File, at: KeyPath) -> str:
    if not isinstance(value, str) or not value.strip():
        file.refuse(at, f"{key.name} must be a string, such as {key.example}")
    return value


def _boolean(value: object, key: Key, file: _File, at: KeyPath) -> bool:
    if not isinstance(value, bool):
        file.refuse(at, f"{key.name} must be true or false")
    return value


def _choice(value: object, key: Key, file: _File, at: KeyPath) -> str:
    return _one_of(value, key.choices, key.name, file, at)


def _one_of(value: object, choices: tuple[str, ...], what: str, file: _File, at: KeyPath) -> str:
    if isinstance(value, str) and value in choices:
        return value
    problem = f"{what} must be {', '.join(choices[:-1])} or {choices[-1]}"
    if not isinstance(value, str):
        file.refuse(at, problem)
    from symlint.source.close_names import close_name

    suggestion = close_name(value, choices)
    hint = f"; did you mean {suggestion}?" if suggestion else ""
    return file.refuse(at, f"{problem}, not {value!r}{hint}", value)


def _severities(value: object, key: Key, file: _File, at: KeyPath) -> dict[str, str]:
    table = _table(value, key, file, at)
    return {
        selector: _one_of(
            severity, SEVERITIES, f"the severity of {selector}", file, (*at, selector)
        )
        for selector, severity in table.items()
    }


def _table(value: object, key: Key, file: _File, at: KeyPath) -> dict[str, Any]:
    if not isinstance(value, dict):
        example = key.example.partition("\n")[0].removeprefix("# ")
        file.refuse(at, f"{key.name} must be a table, such as {example}")
    return value


def _variable_files(
    value: object, key: Key, file: _File, at: KeyPath
) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        file.refuse(at, f"{key.name} must be an array, such as {key.example}")
    sets: list[tuple[str, ...]] = []
    for element in value:
        files = element if isinstance(element, list) else [element]
        if not files or not all(isinstance(name, str) and name.strip() for name in files):
            file.refuse(at, f"{key.name} must hold file names or arrays of file names")
        sets.append(tuple(files))
    return tuple(sets)


def _overrides(value: object, key: Key, file: _File, at: KeyPath) -> tuple[Override, ...]:
    if not isinstance(value, list):
        file.refuse(at, f"{key.name} must be an array of tables: [[overrides]]")
    overrides: list[Override] = []
    for number, table in enumerate(value):
        where: KeyPath = (*at, number)
        values = _read_keys(_table(table, key, file, where), OVERRIDE_KEYS, file, where)
        if not values.get("paths"):
            file.refuse(where, 'overrides need paths, such as paths = ["sandbox/**"]')
        if len(values) == 1:
            file.refuse(where, "overrides need ignore or severity: this one changes nothing")
        overrides.append(Override(**values))
    return tuple(overrides)


def _assertions(value: object, key: Key, file: _File, at: KeyPath) -> tuple[Assertion, ...]:
    from symlint.sym.assertion import Assertion

    if not isinstance(value, list):
        file.refuse(at, f"{key.name} must be an array of tables: [[assert]]")
    assertions: list[Assertion] = []
    for number, table in enumerate(value):
        where: KeyPath = (*at, number)
        values = _read_keys(_table(table, key, file, where), ASSERTION_KEYS, file, where)
        for needed in ("name", "expect"):
            if needed not in values:
                example = next(it.example for it in ASSERTION_KEYS if it.name == needed)
                file.refuse(where, f"an assertion needs {needed}, such as {example}")
        for name in ("flows", "targets", "setting"):
            values.setdefault(name, {})
        fields = {name.replace("-", "_"): it for name, it in values.items()}
        assertions.append(Assertion(**fields, place=file.place((*where, "name"))))
    return tuple(assertions)


def _patterns(value: object, key: Key, file: _File, at: KeyPath) -> dict[str, tuple[str, ...]]:
    """Patterns by word: one, or several of which one must match."""
    found = {}
    for word, patterns in _table(value, key, file, at).items():
        if key.choices and word not in key.choices:
            file.refuse((*at, word), _unknown_key(word, key.choices))
        listed = patterns if isinstance(patterns, list) else [patterns]
        if not listed or not all(isinstance(it, str) for it in listed):
            file.refuse((*at, word), f"{word} must be a pattern or an array of patterns")
        found[word] = tuple(listed)
    return found


def _expectations(value: object, key: Key, file: _File, at: KeyPath) -> dict[str, Any]:
    values = _read_keys(_table(value, key, file, at), EXPECT_KEYS, file, at)
    if not values:
        file.refuse(at, f"{key.name} must say something, such as {key.example}")
    return values


def _choices(value: object, key: Key, file: _File, at: KeyPath) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(_one_of(it, key.choices, key.name, file, at) for it in listed)


def _limit(value: object, key: Key, file: _File, at: KeyPath) -> int:
    from symlint.sym.access.words import seconds_of

    sign, limit = (value[:2], value[2:]) if isinstance(value, str) else ("", "")
    seconds = seconds_of(limit) if sign == "<=" else None
    if seconds is None:
        file.refuse(at, f"{key.name} must be a limit, such as {key.example}")
    return seconds


def _jobs(value: object, key: Key, file: _File, at: KeyPath) -> Jobs:
    if value == "auto":
        return "auto"
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_JOBS:
        return value
    return file.refuse(at, f"{key.name} must be auto or a number from 1 to {MOST_JOBS}")


_READERS = cast(
    "Mapping[KeyKind, Callable[[object, Key, _File, KeyPath], Any]]",
    {
        "selectors": _strings,
        "globs": _strings,
        "paths": _strings,
        "names": _strings,
        "path": _string,
        "version": _string,
        "boolean": _boolean,
        "choice": _choice,
        "severities": _severities,
        "variable-files": _variable_files,
        "catalogue": _table,
        "overrides": _overrides,
        "assertions": _assertions,
        "name": _string,
        "patterns": _patterns,
        "expectations": _expectations,
        "choices": _choices,
        "limit": _limit,
        "jobs": _jobs,
    },
)

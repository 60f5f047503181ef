"""What ``config show`` and ``config init`` say, and the JSON schema of a configuration file."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any
from symlint.lint.settings.config_file import key_lines
from symlint.lint.settings.keys import (
    ASSERTION_KEYS,
    EXPECT_KEYS,
    KEYS,
    MOST_JOBS,
    OVERRIDE_KEYS,
    Key,
)
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.options import Options
    from symlint.lint.settings.config import Config


class Effective(NamedTuple):
    """The value of one key as a run would use it.

    ``origin`` is "default", "command line", or the file and line that sets it; where the command
    line adds to a file both, separated by " + ".
    """

    key: str
    value: object
    origin: str


_ADDING = ("ignore", "exclude", "rules", "plugins")


def effective_settings(config: Config, options: Options) -> tuple[Effective, ...]:
    """The effective value of every key, in the order of the documentation."""
    lines = key_lines(config)
    return tuple(_effective(key, config, options, lines) for key in KEYS)


def _effective(
    key: Key, config: Config, options: Options, lines: Mapping[str, int | None]
) -> Effective:
    field = key.field
    value = getattr(config, field)
    if key.name == "assert":
        value = tuple({it.name: getattr(one, it.field) for it in ASSERTION_KEYS} for one in value)
    origins = []
    if key.name in config.keys:
        line = lines.get(key.name)
        origins.append(f"{config.path}:{line}" if line else f"{config.path}")
    wanted = getattr(options, field, None)
    if key.name == "baseline" and not options.use_baseline:
        return Effective(key.name, None, "command line")
    if key.name == "select" and options.profile and wanted is None:
        return Effective(key.name, None, "command line" if value else "default")
    if wanted:
        if key.name in _ADDING:
            value = (*value, *wanted)
        elif key.name == "severity":
            value = {**value, **wanted}
        else:
            value, origins = wanted, []
        origins.append("command line")
    return Effective(key.name, value, " + ".join(origins) or "default")


def starter_text() -> str:
    """A configuration file in which every key is explained and commented out."""
    lines = ["# Configuration of symlint. Every key is optional; these are examples.", ""]
    for key in KEYS:
        lines += _wrapped(key.description)
        lines += [line if line.startswith("#") else f"# {line}" for line in key.example.split("\n")]
        lines.append("")
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return [f"## {line}" for line in wrap(text, 92)]


def config_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of ``symlint.toml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "symlint configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _property(key) for key in KEYS},
    }


def _property(key: Key) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": key.description, **_kind_schema(key)}
    if key.default not in (None, (), {}):
        schema["default"] = key.default
    return schema


def _kind_schema(key: Key) -> dict[str, Any]:
    text = {"type": "string", "pattern": r"\S"}
    severity = {"enum": ["error", "warning", "note"]}
    files = {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}]}
    number = {"type": "integer", "minimum": 1, "maximum": MOST_JOBS}
    match key.kind:
        case "boolean":
            return {"type": "boolean"}
        case "choice":
            return {"enum": list(key.choices)}
        case "path" | "version" | "name":
            return text
        case "severities":
            return {"type": "object", "additionalProperties": severity}
        case "variable-files":
            return {"type": "array", "items": files}
        case "catalogue":
            return {"type": "object"}
        case "overrides":
            properties = {inner.name: _property(inner) for inner in OVERRIDE_KEYS}
            override = {
                "type": "object",
                "additionalProperties": False,
                "required": ["paths"],
                "minProperties": 2,
                "properties": properties,
            }
            return {"type": "array", "items": override}
        case "assertions":
            properties = {inner.name: _property(inner) for inner in ASSERTION_KEYS}
            assertion = {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "expect"],
                "properties": properties,
            }
            return {"type": "array", "items": assertion}
        case "patterns":
            patterns = {
                "anyOf": [
                    {"type": "string"},
                    {"type": "array", "items": {"type": "string"}, "minItems": 1},
                ]
            }
            if not key.choices:
                return {"type": "object", "additionalProperties": patterns}
            words = dict.fromkeys(key.choices, patterns)
            return {"type": "object", "additionalProperties": False, "properties": words}
        case "expectations":
            properties = {inner.name: _property(inner) for inner in EXPECT_KEYS}
            return {
                "type": "object",
                "additionalProperties": False,
                "minProperties": 1,
                "properties": properties,
            }
        case "choices":
            choice = {"enum": list(key.choices)}
            return {"anyOf": [choice, {"type": "array", "items": choice}]}
        case "jobs":
            return {"anyOf": [{"const": "auto"}, number]}
        case "limit":
            return {"type": "string", "pattern": r"^<=\s*[0-9]+\s*[smhdw]"}
        case _:
            return {"type": "array", "items": text}

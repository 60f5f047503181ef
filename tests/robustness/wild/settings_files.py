"""Configuration files by chance: every key that there is, with any value."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from robustness.expressions import TEXTS
from robustness.surroundings import PATTERNS, bent

import symlint.sym.catalogue

if TYPE_CHECKING:
    from random import Random

KEYS: Final = (
    *("select", "ignore", "profile", "preview", "severity", "fail-on", "exclude", "variable-files"),
    *("baseline", "required-version", "catalogue", "overrides", "slect", "", "a.b", "é", '"'),
)
TABLES: Final = (
    *("strategies", "targets", "integrations", "modules", "secrets", "log_destinations", "resources"),
    *("provider", "settings", "versions", "inputs", "outputs", "x", "targets.t", "targets.t.settings"),
    *("targets.t.settings.k", "modules.m.inputs", "strategies.s.integration"),
)  # fmt: skip  # as many a line as fit
WORDS: Final = (
    *("SYM2", "SYM201", "flow-strategy", "all", "recommended", "strict", "error", "warning", "note"),
    *("never", "SYM999", "x", "", " ", "main.tf", "*.tf", "**", "a/b", "../x", "/dev/null", ">= 1"),
    *("~> 0.1", "okta", "string", "required", "sym", "\u202e", "::error::x", "\ud83d", "\n"),
)  # fmt: skip  # as many a line as fit


def toml(rng: Random, size: int) -> str:
    """The text of a configuration file."""
    lines = [_pair(rng, rng.choice(KEYS), 2) for _ in range(rng.choice((0, 1, 1, 2, 4)))]
    for _ in range(rng.choice((0, 0, 1, 2, min(size // 80, 300)))):
        if rng.random() < 0.5:
            lines += ["[[overrides]]", f"paths = {_strings(rng)}"]
            lines += [f"ignore = {_strings(rng)}"] if rng.random() < 0.7 else []
        else:
            header = (
                "catalogue." + rng.choice(TABLES) + rng.choice(("", "", str(rng.randrange(99))))
            )
            lines += [rng.choice((f"[{header}]", f"[{header}]", f"[[{header}]]", f"[{header}"))]
        lines += [_pair(rng, rng.choice((*KEYS, "type", "required", "name")), 2)]
    text = "\n".join(lines) + "\n"
    return text if rng.random() < 0.9 else text[: rng.randrange(len(text) + 1)]


def catalogue(rng: Random) -> str:
    """A configuration file with an entry of symlint's own catalogue, of which one part is odd."""
    subject = rng.choice(sorted(_catalogue()))
    name = rng.choice(sorted(_catalogue()[subject]))
    entry = _catalogue()[subject][name]
    for _ in range(rng.choice((0, 1, 1, 2))):
        entry = bent(rng, entry)
    name = rng.choice((name, name, "mine"))
    return f"[catalogue.{subject}]\n{json.dumps(name)} = {_inline(entry)}\n"


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    [folder] = symlint.sym.catalogue.__path__
    paths = sorted(Path(folder).glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_inline(part)}" for key, part in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return '""' if value is None else json.dumps(value)


def _pair(rng: Random, key: str, depth: int) -> str:
    bare = key.replace("-", "").isalpha() and key.isascii()
    written = key if bare and rng.random() < 0.9 else json.dumps(key)
    return f"{written} = {_value(rng, key, depth)}"


def _strings(rng: Random) -> str:
    words = (*WORDS, *PATTERNS, *TEXTS[:8])
    return "[" + ", ".join(_string(rng, rng.choice(words)) for _ in range(rng.randint(0, 3))) + "]"


def _string(rng: Random, text: str) -> str:
    if rng.random() < 0.1:
        return rng.choice((f"'{text}'", f'"""{text}"""', f"'''\n{text}'''", f'"{text}"'))
    return json.dumps(text)


def _value(rng: Random, key: str, depth: int) -> str:
    if key in ("select", "ignore", "exclude") and rng.random() < 0.7:
        return _strings(rng)
    if depth and rng.random() < 0.3:
        pairs = (
            _pair(rng, rng.choice((*WORDS[:7], *KEYS)), depth - 1) for _ in range(rng.randint(0, 3))
        )
        return "{ " + ", ".join(pairs) + " }"
    if depth and rng.random() < 0.3:
        return "[" + ", ".join(_value(rng, key, depth - 1) for _ in range(rng.randint(0, 3))) + "]"
    return rng.choice(
        (
            *(_string(rng, rng.choice(WORDS)), _string(rng, rng.choice(WORDS)), _strings(rng)),
            *("true", "false", "0", "-1", "1.5", "nan", "inf", "1979-05-27T07:32:00Z", "07:32:00"),
            *("0xff", "1_000", "[]", "{}", "", "=", '"', "'''", "9" * 30, _string(rng, "x" * 300)),
        )
    )

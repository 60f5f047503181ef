"""Broken configurations by chance: examples and fixtures, also in JSON, with mistakes typed into them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symlint.hcl import nodes
from symlint.hcl.native.parser import parse_native
from symlint.lint.registry import load_rules
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    Files = dict[str, str]

TESTS = Path(__file__).parent.parent
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_PIECE = re.compile(r'"[^"\n]*"|[A-Za-z_][\w.-]*|[{}\[\](),=:]|\d+')
_ODD = (
    '"', "'", "{", "}", "[", "]", "(", ")", "=", ":", ",", ".", "${", "%{", "$${", "\\", "\n", "#", "//", "/*",
    "*/", "<<EOT\n", "é", "\u202e", " ", "0", "-", "_", "null", "true", "jsonencode(", "[0]", '["x"]', "\t", "\r\n",
)  # fmt: skip  # as many a line as fit


def examples() -> Iterator[Files]:
    """The bad and the good example of every rule."""
    for rule in load_rules():
        for example in (rule.bad, rule.good):
            files = {"main.tf": example} if isinstance(example, str) else dict(example)
            yield {name: text for name, text in files.items() if isinstance(text, str)}


def folders() -> Iterator[Files]:
    """The configurations of ``tests/fixtures`` and ``tests/bases``."""
    for folder in sorted((*(TESTS / "fixtures").iterdir(), *(TESTS / "bases").iterdir())):
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
        yield {
            str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in paths
            if path.suffix in (".tf", ".tfvars", ".py", ".json", ".hcl")
        }


def mistyped(files: Files, random: Random, mistakes: int) -> Files:
    """The files with so many small changes: what somebody types, and what nobody does."""
    changed = dict(files)
    names = [name for name in sorted(files) if ".tf" in name]
    for _ in range(mistakes):
        name = random.choice(names)
        changed[name] = _mistyped(changed[name], random)
    return changed


def _mistyped(text: str, random: Random) -> str:
    words = list(_NAME.finditer(text))
    pieces = list(_PIECE.finditer(text))
    if not words or not pieces:
        return text
    word, piece, other = random.choice(words), random.choice(pieces), random.choice(pieces)
    place = random.randrange(len(text))
    lines = text.splitlines(keepends=True)
    match random.randrange(12):
        case 0 | 1 | 2 | 3:
            return _put(text, word, _misspelt(word[0], random))
        case 4:
            return _put(text, piece, other[0])
        case 5:
            return _put(text, piece, "")
        case 6:
            return text[:place] + random.choice(_ODD) + text[place:]
        case 7:
            return text[:place] + text[place + 1 :]
        case 8:
            number = random.randrange(len(lines))
            return "".join([*lines[:number], lines[number], *lines[number:]])
        case 9:
            number = random.randrange(len(lines))
            return "".join([*lines[:number], *lines[number + 1 :]])
        case 10:
            return _put(text, piece, piece[0].strip('"') if '"' in piece[0] else f'"{piece[0]}"')
        case _:
            number = random.randrange(len(lines))
            line = lines[number]
            found = _NAME.search(line)
            copy = line if found is None else _put(line, found, _misspelt(found[0], random))
            return "".join([*lines[:number], copy, *lines[number:]])


def _put(text: str, match: re.Match[str], replacement: str) -> str:
    return text[: match.start()] + replacement + text[match.end() :]


def _misspelt(word: str, random: Random) -> str:
    place = random.randrange(len(word))
    match random.randrange(5):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[:place] + random.choice("aest_-1") + word[place:]
        case 2:
            return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        case 3:
            return word.swapcase()
        case _:
            return word.replace("_", "-") if "_" in word else word + "s"


# --- JSON ---


def in_json(files: Files) -> Files:
    """The same configuration in JSON syntax; files that cannot be written so stay as they are."""
    return dict(_json_file(name, text) for name, text in files.items())


def _json_file(name: str, text: str) -> tuple[str, str]:
    if not name.endswith((".tf", ".tfvars")):
        return name, text
    parsed = parse_native(SourceFile(name, text))
    if parsed.problems:
        return name, text
    return f"{name}.json", json.dumps(_body(parsed.body), indent=2) + "\n"


def _body(body: nodes.Body) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in body.items:
        if isinstance(item, nodes.Attribute):
            found[item.name] = _argument(item)
            continue
        place = found
        *above, last = (item.type, *(label.value for label in item.labels))
        for key in above:
            place = place.setdefault(key, {})
        before, inner = place.get(last), _body(item.body)
        place[last] = (
            inner if before is None else [*(before if type(before) is list else [before]), inner]
        )
    return found


def _argument(attribute: nodes.Attribute) -> Any:
    value = attribute.value
    if attribute.name not in ("depends_on", "provider", "ignore_changes", "type", "to", "from"):
        return _value(value)
    if isinstance(value, nodes.Tuple):
        return [element.range.text for element in value.elements]
    return value.range.text if isinstance(value, nodes.Traversal | nodes.Call) else _value(value)


def _value(value: nodes.Expression) -> Any:
    if isinstance(value, nodes.Tuple):
        return [_value(element) for element in value.elements]
    if isinstance(value, nodes.Literal):
        if isinstance(value.value, str):
            return value.value.replace("${", "$${").replace("%{", "%%{")
        return value.value if not isinstance(value.value, Decimal) else float(value.value)
    text = value.range.text
    if isinstance(value, nodes.Object) and all(_is_plain(item.key) for item in value.items):
        return {_value(item.key): _value(item.value) for item in value.items}
    if isinstance(value, nodes.Template) and text.startswith('"'):
        inner = text[1:-1]
        if "\\" not in inner and '"' not in inner:
            return inner
    return f"${{{text}}}"


def _is_plain(key: nodes.Expression) -> bool:
    return isinstance(key, nodes.Literal) and isinstance(key.value, str)

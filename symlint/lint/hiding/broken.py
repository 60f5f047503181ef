"""Secrets in files that have syntax errors, as far as text says what they are."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import Attribute
from symlint.hcl.walk import walk
from symlint.lint.hiding.expressions import is_secret_variable
from symlint.lint.hiding.names import is_secret_name
from symlint.lint.suppression.marker import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.results import ParsedFile
    from symlint.terraform.modules.declarations import Module

_ENTRY: Final = re.compile(r'^[ \t]*"?([\w-]+)"?[ \t]*[=:][ \t]*', re.MULTILINE)
_VARIABLE: Final = re.compile(
    r'^[ \t]*variable[ \t]+"?([\w-]+)"?[ \t]*\{(?:.*\n?)(?:(?![ \t]*\}|\w).*\n?)*', re.MULTILINE
)
_DEFAULT: Final = re.compile(r"\bdefault[ \t]*=[ \t]*")
_SAYS_SO: Final = re.compile(r"\b(?:sensitive|ephemeral)[ \t]*=[ \t]*(?!false)")
_WORD: Final = re.compile(r"[^\s\"'=,{}\[\]()]{4,}")
_IGNORE: Final = re.compile(rf"(?:#|//)[ \t]*{MARKER}.*")
_REFERENCE: Final = re.compile(
    r"(?:var|local|module|data|each|path|self)\.|(?:sensitive|ephemeral)\Z"
)


def inputs_in(parsed: ParsedFile, root: Module) -> Iterator[tuple[int, int]]:
    """All of a variable file but the names in it and what is surely no secret."""
    text, position = parsed.source.text, 0
    variables = root.variables
    kept = [
        (attribute.start, attribute.end)
        for name, attribute in parsed.body.attributes.items()
        if name in variables and not is_secret_variable(variables[name])
    ]
    kept += (match.span() for match in _ENTRY.finditer(text) if match[1] in variables)
    for start, end in sorted([*kept, (len(text), len(text))]):
        if position < start:
            yield position, start
        position = max(position, end)


def secrets_in(parsed: ParsedFile) -> Iterator[tuple[int, int]]:
    """The defaults of secret variables, and the values of arguments with the name of a secret.

    Those that could be parsed are left out: more is known of them.
    """
    text = parsed.source.text
    known = {node.value.start for node in walk(parsed.body) if isinstance(node, Attribute)}
    for match in _VARIABLE.finditer(text):
        default = _DEFAULT.search(text, match.start(), match.end())
        if default is None or default.end() in known:
            continue
        if is_secret_name(match[1]) or _SAYS_SO.search(match[0]):
            yield default.end(), match.end()
    for match in _ENTRY.finditer(text):
        if is_secret_name(match[1]) and match.end() not in known:
            end = text.find("\n", match.end())
            yield match.end(), end if end >= 0 else len(text)


def words(text: str) -> list[str]:
    """What a message may quote of a text that could not be parsed; ignore comments are no part of it."""
    found = _WORD.findall(_IGNORE.sub("", text))
    return [word for word in found if not _REFERENCE.match(word)]

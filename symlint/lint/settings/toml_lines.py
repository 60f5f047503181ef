"""Line numbers of the keys and strings of a TOML file, which ``tomllib`` does not provide.

Read only for the message of an error, in a time that is proportional to the text; it need not judge.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

KeyPath: TypeAlias = tuple[str | int, ...]
"""The path to a value: table and key names, and the index in an array of tables."""

# A string that does not end is one to the end of its line, or of the text.
_TOKEN = (
    r'(?P<string>"""(?:\\.|[^\\])*?(?:"{3,5}|\\?\Z)|\'\'\'.*?(?:\'{3,5}|\Z)'
    r'|"(?:\\.|[^"\\\n])*+"?|\'[^\'\n]*+\'?)'
    r"|(?P<comment>\#[^\n]*)|(?P<newline>\n)|(?P<open>[\[{])|(?P<close>[\]}])"
    r"|(?P<equals>=)|(?P<dot>\.)|(?P<bare>[A-Za-z0-9_-]+)|(?P<other>[^\n])"
)

MOST_PARTS: Final = 32
"""The most names that a dotted key may have; ``tomllib`` needs the square of it in memory."""


def too_long_key(text: str) -> int | None:
    """The line, from 1, of a dotted key of more than MOST_PARTS names; None without one."""
    if not any(line.count(".") >= MOST_PARTS for line in text.split("\n")):
        return None
    for _, tokens in _statements(text):
        parts = 1
        for number, (kind, _, line) in enumerate(tokens):
            if kind == "dot":
                parts += 1
            elif number and tokens[number - 1][0] != "dot":
                parts = 1
            if parts > MOST_PARTS:
                return line
    return None


class TomlLines:
    """The lines of the keys of a TOML text, and of the strings in their values."""

    __slots__ = ("_keys", "_strings")

    def __init__(self, text: str) -> None:
        self._keys: dict[KeyPath, int] = {}
        self._strings: dict[KeyPath, list[tuple[str, int]]] = {}
        self._read(text)

    def line(self, path: KeyPath, string: str | None = None) -> int | None:
        """The line, from 1, of the key at ``path``, or of ``string`` within its value.

        Where ``path`` itself is not written out (it is in an inline table) the line of the
        longest part of it that is; None when not even its first key is.
        """
        while path and path not in self._keys:
            path = path[:-1]
        if not path:
            return None
        for text, line in self._strings.get(path, ()):
            if text == string:
                return line
        return self._keys[path]

    def _read(self, text: str) -> None:
        table: KeyPath = ()
        counts: dict[KeyPath, int] = {}
        for line, tokens in _statements(text):
            kinds = [kind for kind, _, _ in tokens]
            if kinds[0] == "open":
                names = _names(tokens)
                table = _table_path(names, counts, kinds[:2] == ["open", "open"])
                for length in range(1, len(table) + 1):
                    self._keys.setdefault(table[:length], line)
            elif "equals" in kinds:
                equals = kinds.index("equals")
                path = (*table, *_names(tokens[:equals]))
                for length in range(len(table) + 1, len(path) + 1):
                    self._keys.setdefault(path[:length], line)
                self._strings[path] = [(_unquoted(text), at) for _, text, at in tokens[equals:]]


_Token: TypeAlias = tuple[str, str, int]


def _statements(text: str) -> Iterator[tuple[int, list[_Token]]]:
    """The first line and the tokens of each header and each key with its value."""
    import re

    line = 1
    depth = 0
    tokens: list[_Token] = []
    for match in re.compile(_TOKEN, re.DOTALL).finditer(text):
        kind = match.lastgroup or ""
        token = match.group()
        if kind == "newline" and depth == 0 and tokens:
            yield tokens[0][2], tokens
            tokens = []
        elif kind in ("string", "open", "close", "equals", "dot", "bare"):
            tokens.append((kind, token, line))
        depth += (kind == "open") - (kind == "close")
        line += token.count("\n")
    if tokens:
        yield tokens[0][2], tokens


def _names(tokens: list[_Token]) -> tuple[str, ...]:
    return tuple(_unquoted(text) for kind, text, _ in tokens if kind in ("bare", "string"))


def _unquoted(text: str) -> str:
    for quote in ('"""', "'''", '"', "'"):
        if text.startswith(quote):
            return text[len(quote) : -len(quote)]
    return text


def _table_path(names: tuple[str, ...], counts: dict[KeyPath, int], array: bool) -> KeyPath:
    """The path of a table header, with the indexes of the arrays of tables in it."""
    path: KeyPath = ()
    for number, name in enumerate(names):
        path = (*path, name)
        last = number == len(names) - 1
        if last and array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path

"""Changes of real files: what a person, a merge or an enemy may make of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from robustness.expressions import TEXTS, expression

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from robustness.tree import Tree

TOKENS: Final = (
    *"\"'{}[]()<>=!?:.,*/%+-&|~^;`\\$#\n\t\r @0a_\u00e9\u0301\u00a0\ufeff\u2028\u0085",
    *("${", "%{", "$${", "~}", "<<EOT\n", "<<-EOT\n", "EOT\n", "/*", "*/", "//", "=>", "==", "..."),
    *(
        "[*]",
        ".*",
        "[0]",
        "for",
        "in",
        "if",
        "else",
        "endif",
        "null",
        "\\u00e9",
        "\r\n",
        '""',
        "::",
    ),
    *(
        " a = 1 ",
        "b {}",
        ' dynamic "x" {\n',
        "count = 3\n",
        "for_each = {}\n",
        "provider = sym.x\n",
    ),
    *("# symlint: ignore[SYM201] x\n", "# symlint: ignore-file[all]\n", "lifecycle {}\n", "1e9"),
)
"""What HCL gives a meaning to, and some text that it does not."""

WORD: Final = re.compile(r"[A-Za-z_][\w-]*")
VALUE: Final = re.compile(r"(?<== )[^\n{]+$", re.MULTILINE)
STRING: Final = re.compile(r'"[^"\n]*"')
BLOCK: Final = re.compile(r"^\w.*\{\n(?:.*\n)*?\}\n", re.MULTILINE)


def mutate(rng: Random, tree: Tree, size: int) -> None:
    """Change a few files of a tree, each a few times."""
    for name in rng.sample(sorted(tree.files), min(len(tree.files), rng.randint(1, 3))):
        text = tree.files[name].decode("utf-8", "replace")
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8, 30))):
            text = rng.choice(CHANGES)(rng, text, size)[: 20 * size + 20_000]
        tree.files[name] = text.encode("utf-8", "surrogatepass")
        if rng.random() < 0.05:
            tree.files[name] = _noise(rng, tree.files[name])


def insert(rng: Random, text: str, _: int) -> str:
    """Put a token somewhere."""
    at = rng.randrange(len(text) + 1)
    token: str = rng.choice(TOKENS)
    return text[:at] + token + text[at:]


def delete(rng: Random, text: str, _: int) -> str:
    """Leave out a piece."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 2, 5, 20, 200)) :]


def cut(rng: Random, text: str, _: int) -> str:
    """Leave out the rest."""
    return text[: rng.randrange(len(text) + 1)] if rng.random() < 0.2 else text


def move_line(rng: Random, text: str, _: int) -> str:
    """Move, repeat or leave out a line."""
    lines = text.splitlines(keepends=True) or [""]
    line = lines[rng.randrange(len(lines))]
    if rng.random() < 0.5:
        lines.remove(line)
    if rng.random() < 0.7:
        lines.insert(rng.randrange(len(lines) + 1), line)
    return "".join(lines)


def misspell(rng: Random, text: str, _: int) -> str:
    """Change a letter of a word, everywhere or once."""
    words = WORD.findall(text)
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(len(word))
    wrong = (
        word[:at]
        + rng.choice(("", word[at] * 2, "_", "-", "x", word[at].swapcase()))
        + word[at + 1 :]
    )
    return text.replace(word, wrong, rng.choice((1, 1, -1)))


def swap_words(rng: Random, text: str, _: int) -> str:
    """Write one word for another."""
    words = WORD.findall(text)
    return text.replace(rng.choice(words), rng.choice(words), 1) if words else text


def replace_value(rng: Random, text: str, size: int) -> str:
    """Write a hostile expression for a value."""
    return _replaced(rng, VALUE, text, expression(rng, size))


def replace_string(rng: Random, text: str, size: int) -> str:
    """Write something odd into a string."""
    inner = rng.choice((*TEXTS, "x" * rng.randint(1, max(1, size)), "${local.a}", "a\n b"))
    return _replaced(rng, STRING, text, f'"{inner}"')


def unquote(rng: Random, text: str, _: int) -> str:
    """Take the quotes of a string away, or the string itself."""
    found = list(STRING.finditer(text))
    if not found:
        return text
    match = rng.choice(found)
    inner = str(match[0])[1:-1] if rng.random() < 0.5 else ""
    return text[: match.start()] + inner + text[match.end() :]


def repeat_block(rng: Random, text: str, size: int) -> str:
    """Write a block again, under the same name or under other ones."""
    found = BLOCK.findall(text)
    if not found:
        return text
    block: str = rng.choice(found)
    times = min(rng.choice((1, 2, 10, 100, 1000)), max(1, size // len(block)))
    if rng.random() < 0.3:
        return text + block * times
    labels = block.split("{", 1)[0]
    renamed = re.sub(r'"([^"]*)" *$', r'"\1_\0" ', labels)
    return text + "".join(
        renamed.replace("\0", str(i)) + block[len(labels) :] for i in range(times)
    )


CHANGES: Final[tuple[Callable[[Random, str, int], str], ...]] = (
    *(insert, insert, delete, cut, move_line, move_line, misspell, misspell, swap_words),
    *(replace_value, replace_value, replace_string, unquote, repeat_block),
)


def _replaced(rng: Random, pattern: re.Pattern[str], text: str, new: str) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = rng.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def _noise(rng: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), rng.choice((1, 3, 50)))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)

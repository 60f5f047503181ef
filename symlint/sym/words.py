"""Wording of messages: nouns for resource kinds, quoting, and lists of alternatives."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCAL_NAME: Final = "sym"
"""What modules usually call the Sym provider."""

MOST_NAMES: Final = 50
"""How many alternatives a message lists."""

NOUNS: Final = {
    "sym_environment": "environment",
    "sym_error_logger": "error logger",
    "sym_flow": "flow",
    "sym_flows_filter": "flows filter",
    "sym_integration": "integration",
    "sym_log_destination": "log destination",
    "sym_runtime": "runtime",
    "sym_secret": "secret",
    "sym_secrets": "secrets source",
    "sym_strategy": "strategy",
    "sym_target": "target",
}
"""The kinds of the Sym provider, as its documentation calls them."""


def noun(kind: str) -> str:
    """``target`` for ``sym_target``; the resource type itself for kinds of other providers."""
    return NOUNS.get(kind, kind)


def with_article(phrase: str) -> str:
    """``an integration``, ``a target``, ``an SSO connector``, ``a GCP connector``."""
    first = phrase.split(" ", 1)[0]
    spelt_out = len(first) > 1 and first.isupper()
    return (
        f"an {phrase}"
        if phrase[:1] in ("AEFHILMNORSX" if spelt_out else "aeioAEIO")
        else (f"a {phrase}")
    )


def quoted(text: str) -> str:
    """A text as it is written in a configuration, where it holds nothing special."""
    return f'"{text}"'


def shown(text: str, limit: int = 48) -> str:
    """A text from a file as it may stand in a title: on one line and not too long."""
    beginning = text[: limit + 1]
    line = "".join(letter if letter.isprintable() else " " for letter in beginning)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def either(names: Iterable[str], conjunction: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``; of very many only some."""
    *first, last = names
    if len(first) > MOST_NAMES:
        first, last = first[:MOST_NAMES], f"{len(first) + 1 - MOST_NAMES} others"
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def mentions(name: str, word: str) -> bool:
    """Whether ``word`` is one of the parts of an identifier, in singular or plural.

    >>> mentions("sym_targets_by_name", "target")
    True
    """
    parts = name.lower().replace("-", "_").split("_")
    return all(part in parts or part + "s" in parts for part in word.lower().split())


def side_named(names: Iterable[str | None], here: str, there: str) -> str | None:
    """Which of two environments the names of something mention: "here", "there", or None."""
    known = [name for name in names if name]
    is_here = any(mentions(name, here.replace("-", " ")) for name in known)
    is_there = any(mentions(name, there.replace("-", " ")) for name in known)
    return None if is_here == is_there else ("here" if is_here else "there")

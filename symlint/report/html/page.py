"""One page: everything is in the file, and its policy lets nothing be asked for from elsewhere.

Without scripts, on paper and in a screen reader it says the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.escape import guard_log, neutralise
from symlint.report.html.script import SCRIPT
from symlint.report.html.style import STYLE
from symlint.report.places import shown_path, shown_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from symlint.lint.report import Failure
    from symlint.source.text import Range

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

_MOST_KEPT: Final = 4_096
"""Of so many texts it is kept how they are said."""


class Saying:
    """Text from files as HTML: without secrets, and harmless; and the ids of a page."""

    def __init__(self, hide: Callable[[str], str], directory: str) -> None:
        self.hide: Final = hide
        self.directory: Final = directory
        self._ids: dict[str, int] = {}
        self._said: Final = lru_cache(_MOST_KEPT)(lambda text: escape(neutralise(hide(text))))
        """Thousands of grants say the same."""

    def text(self, text: str) -> str:
        """A text on one line."""
        return self._said(text)

    def path(self, path: str) -> str:
        """A path relative to where the run was."""
        return self.text(shown_path(path, self.directory))

    def place(self, range_: Range) -> str:
        """``path:line:column``."""
        return self.text(shown_place(range_, self.directory))

    def new_id(self, *words: str) -> str:
        """An id that is made of words, and that nothing else on the page has."""
        plain = [re.sub(r"\W+", "-", self.hide(it), flags=re.ASCII).strip("-") for it in words]
        id_ = "-".join(it[:60] for it in plain if it)
        while (number := self._ids.get(id_, 0)) > 0:
            self._ids[id_] = number + 1
            id_ = f"{id_}-{number + 1}"
        self._ids[id_] = 1
        return id_


def page(
    title: str, heading: str, about: Iterable[str], sections: Mapping[str, Sequence[str]]
) -> str:
    """A page of sections by their headings; those without content are left out.

    ``about`` and the contents are HTML.
    """
    shown = {name: content for name, content in sections.items() if content}
    ids = {name: name.lower().replace(" ", "-") for name in shown}
    links = "".join(f'<a href="#{id_}">{escape(name)}</a>' for name, id_ in ids.items())
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<header><h1>{escape(heading)}</h1>",
        *about,
        f'</header>\n<nav aria-label="Parts of this page">{links}</nav>\n<main>',
    ]
    for name, content in shown.items():
        parts.append(f'<h2 id="{ids[name]}">{escape(name)}</h2>')
        parts += content
    parts.append(f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")
    return guard_log("\n".join(parts))


def failures(say: Saying, found: Iterable[Failure], what: str) -> list[str]:
    """What keeps ``what`` from being trusted."""
    items = [
        f"<li>{say.path(it.path)}{': ' if it.path else ''}{say.text(it.message)}</li>"
        for it in found
    ]
    if not items:
        return []
    return [
        f'<div role="alert"><p class="broken">{escape(what)} cannot be trusted:</p>',
        f"<ul>{''.join(items)}</ul></div>",
    ]


def controls(
    group: str, what: str, choices: Mapping[tuple[str, str], Mapping[str, str]], order: str = ""
) -> str:
    """A line of controls that filter what belongs to ``group``.

    ``choices`` has for each key of the items, with its label, the values with their words; all of
    them, and ``order``, are HTML.
    """
    parts = [
        f'<div class="controls" data-group="{group}" role="search" aria-label="Filter {what}" hidden>',
        '<label>Search<input type="search"></label>',
    ]
    for (key, label), values in choices.items():
        options = "".join(
            f'<option value="{value}">{word}</option>' for value, word in values.items()
        )
        parts.append(
            f'<label>{label}<select data-key="{key}"><option value="">any</option>{options}'
            "</select></label>"
        )
    parts.append(order)
    parts.append(
        f'<button type="button">Show all</button><output data-what="{what}" aria-live="polite">'
        "</output></div>"
    )
    return "".join(parts)


def table(id_: str, caption: str, headings: Iterable[str], rows: Iterable[str]) -> list[str]:
    """A table that sorts by each column; ``rows`` are HTML."""
    head = "".join(
        f'<th scope="col"><button type="button">{escape(it)}</button></th>' for it in headings
    )
    return [
        f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{id_}-caption">',
        f'<table id="{id_}"><caption id="{id_}-caption">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>",
        *rows,
        "</tbody></table></div>",
    ]


def mark(style: str, word: str) -> str:
    """A word in a frame; ``style`` is bad, doubt, good or none."""
    return f'<span class="mark {style}">{word}</span>'

"""Hidden: takes what is secret out of everything that a run says."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.hiding.names import PLACEHOLDER
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from symlint.lint.hiding.texts import SecretTexts
    from symlint.source.text import Range

MARK: Final = "*"
"""What stands in a source line in place of each character of a secret: all places stay right."""

_MOST_SAID: Final = 1_000
"""Of so many sentences it is known what they are without secrets; then it begins anew."""

SourceKey = tuple[str, str]
"""A path and the text there: a file may have one on disk and another in an editor."""

_SHOWN: Final = re.compile(r"[^\s*]")


class Hidden:
    """The secrets of a run: where they stand, and what they are.

    ``tokens`` is what tokens look like that are secret wherever they stand.
    """

    def __init__(
        self,
        places: Mapping[SourceKey, Iterable[tuple[int, int]]],
        texts: SecretTexts | None,
        tokens: re.Pattern[str] | None = None,
    ) -> None:
        self.places: Final = places
        self.texts: Final = texts
        self.tokens: Final = tokens
        self._masked: dict[int, tuple[SourceFile, SourceFile]] = {}
        self._said: dict[str, str] = {}
        """Sentences that rules say of many things, without secrets."""

    def __repr__(self) -> str:
        return "Hidden(...)"

    # --- sentences ---

    def text(self, text: str) -> str:
        """A sentence without secrets."""
        known = self._said.get(text)
        if known is None:
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            known = self._said[text] = self._hide(text)
        return known

    def _hide(self, text: str) -> str:
        if self.tokens is not None and not text.isspace():
            text = self.tokens.sub(PLACEHOLDER, text)
        return text if self.texts is None else self.texts.hide(text)

    # --- sources ---

    def source(self, source: SourceFile) -> SourceFile:
        """A file with a mark for each character of a secret in it."""
        known = self._masked.get(id(source))
        if known is None:
            # The file is kept beside it, so that no other one gets its identity.
            known = self._masked[id(source)] = (source, self._masked_source(source))
        return known[1]

    def _masked_source(self, source: SourceFile) -> SourceFile:
        text = source.text
        spans = list(self.places.get((source.path, text), ()))
        if self.tokens is not None:
            spans += (match.span() for match in self.tokens.finditer(text))
        if self.texts is not None:
            spans += self.texts.places(text)
        if not spans:
            return source
        parts: list[str] = []
        taken = 0
        for start, end in sorted(spans):
            if end > taken:
                first = max(start, taken)
                parts += (text[taken:first], _SHOWN.sub(MARK, text[first:end]))
                taken = end
        return SourceFile(source.path, "".join((*parts, text[taken:])))

    def range(self, range_: Range) -> Range:
        """The same place in what is shown of its file."""
        return range_._replace(source=self.source(range_.source))


def joined(hidden: Sequence[Hidden]) -> Hidden:
    """What hides all that each of some hides."""
    from symlint.lint.hiding.texts import SecretTexts

    places: dict[SourceKey, set[tuple[int, int]]] = {}
    for one in hidden:
        for key, spans in one.places.items():
            places.setdefault(key, set()).update(spans)
    texts = SecretTexts(text for one in hidden if one.texts for text in one.texts.texts)
    return Hidden(places, texts, hidden[0].tokens)

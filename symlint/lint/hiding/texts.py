"""Finds secret texts in sentences, however a sentence writes them."""

from __future__ import annotations

import re
from binascii import b2a_base64
from bisect import bisect_left

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.hiding.names import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_TEXTS: Final = 5_000
"""With more secrets than that, whatever a sentence quotes, and each word that is none, is hidden."""

_MOST_STEPS: Final = 5_000_000
"""Comparisons that a run may take; after them, too."""

_MOST_CHARACTERS: Final = 2_000_000_000
"""Characters of files that are searched for secrets, times secrets: a second or two."""

_KEY: Final = 3
"""Characters by which the texts are found; one with fewer is no secret that anybody would guess."""

_HEAD: Final = 12
"""Characters of a text that are enough to recognise it where it is cut."""

_STRONG: Final = re.compile(r"(?=.*[\d\W])(?=.*\w).{8,}", re.DOTALL)
_PART: Final = re.compile(r"(?=[A-Za-z]*\d)\w{8,}")
_WORD: Final = re.compile(r"[A-Za-z]+\d{0,2}(?:[_ -]\w+)*")
_PIECE: Final = re.compile(r"""(")[^"]+(")|[^\s"',;:()]+""")
_STRING: Final = re.compile(r'"([^"\n]*)"')
_IN_NO_NAME: Final = re.compile(r"[^A-Za-z0-9]")
_NO_WORD: Final = re.compile(r"[\d/@=]")
_CUT: Final = re.compile(r"…|\.\.\.")


class SecretTexts:
    """The texts of secrets.

    Capital letters make no difference. One that looks like nothing else is found anywhere. One that
    may be a word of a sentence or a name is found where it stands by itself, and one of less than three
    characters where it is quoted. Of a text that is cut with an ellipsis the beginning is found.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_key: dict[str, dict[int, set[str]]] = {}
        self.texts: Final = tuple(dict.fromkeys(text for text in texts if text.strip()))
        self.too_many = len(self.texts) > MOST_TEXTS
        for text in self.texts[:MOST_TEXTS]:
            for form in _forms(text):
                self._add(_folded(form))
        self._words: Final = frozenset(map(_folded, self.texts))
        short = "|".join(re.escape(it) for it in sorted(self._words) if len(it.strip()) < _KEY)
        self._short: Final = re.compile(f'"({short})"', re.IGNORECASE) if short else None
        lines = (line.strip() for text in self.texts for line in text.splitlines())
        self._strong: Final = tuple(filter(is_strong, dict.fromkeys(lines)))
        self._characters = _MOST_CHARACTERS
        self._steps = _MOST_STEPS

    def __bool__(self) -> bool:
        return bool(self._by_key or self._short)

    def __repr__(self) -> str:
        return "SecretTexts(...)"

    def _add(self, form: str) -> None:
        if len(form) < _KEY:
            return
        lengths = self._by_key.setdefault(form[:_KEY], {})
        lengths.setdefault(len(form), set()).add(form)
        if len(form) > _HEAD:
            lengths.setdefault(_HEAD, set()).add(form[:_HEAD] + "\0")

    def hide(self, text: str) -> str:
        """A sentence without the secrets."""
        if self.too_many:
            return _PIECE.sub(self._without, text)
        if self._short is not None:
            text = self._short.sub(f'"{PLACEHOLDER}"', text)
        parts: list[str] = []
        taken = 0
        for start, end in self._spans(_folded(text)):
            parts += (text[taken:start], PLACEHOLDER)
            taken = end
        return "".join((*parts, text[taken:])) if taken else text

    def places(self, source: str) -> Iterator[tuple[int, int]]:
        """Where secrets that look like nothing else stand in a file, in no order.

        All that stands in quotes, where looking for each of them takes too long.
        """
        self._characters -= len(source) * len(self._strong)
        if self._characters < 0 or self.too_many:
            yield from (match.span(1) for match in _STRING.finditer(source))
        for secret in () if self._characters < 0 else self._strong:
            start = source.find(secret)
            while start >= 0:
                yield start, start + len(secret)
                start = source.find(secret, start + len(secret))

    def _without(self, piece: re.Match[str]) -> str:
        word = piece[0]
        if piece[1]:
            return f'"{PLACEHOLDER}"'
        known = _folded(word).rstrip(".") in self._words
        return PLACEHOLDER if known or _NO_WORD.search(word) else word

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the secrets are, in order."""
        by_key = self._by_key
        cuts = [match.start() for match in _CUT.finditer(text)] if by_key else []
        end = 0
        for start in range(len(text) - _KEY + 1) if by_key else ():
            lengths = by_key.get(text[start : start + _KEY])
            if lengths is not None and start >= end:
                found = self._longest(text, start, lengths) or self._beginning(
                    text, start, lengths, cuts
                )
                if found:
                    end = start + found
                    yield start, end

    def _longest(self, text: str, start: int, lengths: dict[int, set[str]]) -> int:
        self._steps -= len(lengths)
        self.too_many = self.too_many or self._steps < 0
        for length in sorted(lengths, reverse=True):
            if length > len(text) - start:
                continue
            candidate = text[start : start + length]
            if candidate in lengths[length] and (
                is_strong(candidate) or _stands_alone(text, start, start + length)
            ):
                return length
        return 0

    def _beginning(
        self, text: str, start: int, lengths: dict[int, set[str]], cuts: list[int]
    ) -> int:
        """How much of a text stands here that is cut with an ellipsis; 0 for none."""
        found = _cut_end(text, start) - start if _is_head(text, start, lengths) else 0
        for cut in cuts[bisect_left(cuts, start + _KEY) :]:
            piece = text[start:cut]
            longer = [forms for length, forms in lengths.items() if length > len(piece)]
            self._steps -= sum(map(len, longer))
            if not any(form.startswith(piece) for forms in longer for form in forms):
                break
            found = max(found, len(piece))
        return found


def _folded(text: str) -> str:
    """A text without the difference of capital letters: names are made of texts in many ways."""
    folded = text.lower()
    return folded if len(folded) == len(text) else text


def is_strong(text: str) -> bool:
    """Whether a text looks like nothing else: it is no word or name, and not short."""
    return _STRONG.fullmatch(text) is not None and not _WORD.fullmatch(text)


def _is_head(text: str, start: int, lengths: dict[int, set[str]]) -> bool:
    """Whether a text begins here that is cut before its end."""
    head = text[start : start + _HEAD]
    return head + "\0" in lengths.get(_HEAD, ()) and _cut_end(text, start) > start


def _cut_end(text: str, start: int) -> int:
    """The end of a word or quoted text that ends with an ellipsis; ``start`` where none does."""
    for mark in ("…", "..."):
        end = text.find(mark, start, start + 200)
        if end >= 0 and '"' not in text[start:end]:
            return end
    return start


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether neither a name nor an address goes on before or behind a word."""
    before = text[start - 1 : start]
    after = text[end : end + 2]
    if before.isalnum() or before in ("_", "-", "."):
        return False
    if after[:1].isalnum() or after[:1] in ("_", "-"):
        return False
    return not (after[:1] == "." and after[1:].isalnum())


def _forms(text: str) -> Iterator[str]:
    """What messages make of a text: its lines, its parts, its escapes, and names like it.

    And what ``base64encode`` makes of it: of what only a name says is secret, no value is marked.
    """
    forms = {text, text.strip(), " ".join(text.split()), *text.splitlines()}
    forms.add(b2a_base64(text.encode("utf-8", "surrogatepass"), newline=False).decode("ascii"))
    for form in tuple(forms):
        escaped = form.encode("unicode_escape").decode("ascii")
        forms |= {escaped, form.replace("\\", "\\\\").replace('"', '\\"'), *_PART.findall(form)}
        forms |= {_IN_NO_NAME.sub(mark, form).strip(mark) for mark in "-_"}
    for form in forms:
        if form.strip():
            yield form

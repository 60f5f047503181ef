"""What functions on strings make of a text of which only pieces are known.

Each gives the pieces of the result, or None where they are not known.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.terraform.values.texts import characters_of, never_has, pieces_of
from symlint.terraform.values.unknowns import concatenation
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.terraform.functions.calls import Call
    from symlint.terraform.values.value import Piece

Pieces: TypeAlias = "tuple[Piece, ...]"


def or_pieces(
    known: Callable[[Call], Value], pieces: Callable[[Call, Pieces], Pieces | None], index: int = 0
) -> Callable[[Call], Value]:
    """A function of the text at ``index``: ``known``, or ``pieces`` where it is not known."""

    def compute(call: Call) -> Value:
        given = call.arguments[index]
        if not given.is_unknown:
            return known(call)
        result = pieces(call, pieces_of(given))
        return call.derived() if result is None else concatenation(result, call.origin)

    return compute


def trimmed(
    pieces: Sequence[Piece], cut: str, left: bool = True, right: bool = True
) -> Pieces | None:
    """Without the characters of ``cut`` at its ends."""
    kept = list(pieces)
    for end, wanted in ((0, left), (-1, right)):
        while wanted and kept:
            piece = kept[end]
            if isinstance(piece, Value):
                if not never_has(piece, cut):
                    return None
                break
            rest = piece.rstrip(cut) if end else piece.lstrip(cut)
            if rest:
                kept[end] = rest
                break
            del kept[end]
    return tuple(kept)


def without_prefix(pieces: Pieces, prefix: str) -> Pieces | None:
    """Without ``prefix``, if it begins so."""
    if not prefix or not pieces:
        return pieces
    first = pieces[0]
    if isinstance(first, Value):
        return pieces if never_has(first, prefix[0]) else None
    if first.startswith(prefix):
        return (first[len(prefix) :], *pieces[1:])
    return None if prefix.startswith(first) and len(pieces) > 1 else pieces


def without_suffix(pieces: Pieces, suffix: str) -> Pieces | None:
    """Without ``suffix``, if it ends so."""
    if not suffix or not pieces:
        return pieces
    last = pieces[-1]
    if isinstance(last, Value):
        return pieces if never_has(last, suffix[-1]) else None
    if last.endswith(suffix):
        return (*pieces[:-1], last[: -len(suffix)])
    return None if suffix.endswith(last) and len(pieces) > 1 else pieces


def changed(pieces: Pieces, change: Callable[[str], str]) -> Pieces | None:
    """With every character changed for itself."""
    results: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            results.append("".join(map(change, piece)))
            continue
        characters = characters_of(piece)
        if characters is None or any(change(it) != it for it in characters):
            return None
        results.append(piece)
    return tuple(results)


def split(pieces: Pieces, separator: str) -> list[list[Piece]] | None:
    """The pieces of each of the texts between ``separator``."""
    texts: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, str):
            first, *rest = piece.split(separator)
            texts[-1].append(first)
            texts.extend([it] for it in rest)
        elif never_has(piece, separator):
            texts[-1].append(piece)
        else:
            return None
    return texts


def replaced(pieces: Pieces, old: str, new: str) -> Pieces | None:
    """With ``new`` for each ``old``."""
    texts = split(pieces, old) if old else None
    if texts is None:
        return None
    first, *rest = texts
    return tuple(first) + tuple(piece for text in rest for piece in (new, *text))

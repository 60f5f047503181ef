"""Which ignore comments cover a place, looked up without going through all of them."""

from __future__ import annotations

from bisect import bisect_right

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.lint.suppression.ignores import Cover, Ignore
    from symlint.source.text import Range


class Stretch:
    """A stretch of a file and the comments that cover just it, in source order."""

    __slots__ = ("cover", "first", "ignores", "last", "one_line")

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        (self.first, self.last), self.one_line = cover
        self.ignores: list[Ignore] = []


class Stretches:
    """What the ignore comments of one file cover."""

    __slots__ = ("_bounds", "_by_cover", "_covering")

    def __init__(self, ignores: Iterable[Ignore]) -> None:
        self._by_cover: dict[Cover, Stretch] = {}
        for ignore in ignores:
            cover = ignore.cover
            if cover not in self._by_cover:
                self._by_cover[cover] = Stretch(cover)
            self._by_cover[cover].ignores.append(ignore)
        # The stretches that cover the text from each bound up to the next one.
        self._bounds: list[int] = []
        self._covering: list[tuple[Stretch, ...]] = []
        self._sweep()

    def _sweep(self) -> None:
        begin: dict[int, list[Stretch]] = {}
        end: dict[int, list[Stretch]] = {}
        for stretch in self._by_cover.values():
            begin.setdefault(stretch.first, []).append(stretch)
            end.setdefault(stretch.last, []).append(stretch)
        current: dict[Stretch, None] = {}
        for bound in sorted({*begin, *end}):
            for stretch in end.get(bound, ()):
                current.pop(stretch, None)
            current.update(dict.fromkeys(begin.get(bound, ())))
            self._bounds.append(bound)
            self._covering.append(tuple(current))

    def around(self, range_: Range) -> Iterator[Stretch]:
        """The stretches in which a range begins, and the lines that it ends on."""
        for stretch in self._at(range_.start):
            yield stretch
        for stretch in self._at(range_.end - 1):
            if stretch.one_line and not stretch.first <= range_.start < stretch.last:
                yield stretch

    def _at(self, offset: int) -> tuple[Stretch, ...]:
        index = bisect_right(self._bounds, offset)
        return self._covering[index - 1] if index else ()

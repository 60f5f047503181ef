"""How long it takes to define a named tuple, with ``typing`` and with symlint, in turn.

python -m benchmarks.named_tuples
"""

from __future__ import annotations

import typing
from timeit import timeit

from symlint import named_tuple

ROUNDS = 200


def of_typing() -> None:
    """Define one with ``typing``."""

    class Place(typing.NamedTuple):
        path: str
        line: int
        column: int = 1
        note: str | None = None


def of_symlint() -> None:
    """Define the same with symlint."""

    class Place(named_tuple.NamedTuple):
        path: str
        line: int
        column: int = 1
        note: str | None = None


def main() -> None:
    """Print the shortest time of each."""
    best = {of_typing: 1.0, of_symlint: 1.0}
    for _ in range(ROUNDS):
        for define in best:
            best[define] = min(best[define], timeit(define, number=1))
    for define, seconds in best.items():
        print(f"{define.__name__}: {seconds * 1e6:.0f} microseconds")


if __name__ == "__main__":
    main()

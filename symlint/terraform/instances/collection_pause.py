"""A context manager that pauses Python's cyclic garbage collector."""

from __future__ import annotations

import gc


class CollectionPause:
    """Pauses Python's search for garbage cycles, and takes it up again.

    Syntax trees and values are kept, and each search looks at all of them: with ten thousand
    module instances the searches would take longer than everything else.
    """

    __slots__ = ("_enabled",)

    def __enter__(self) -> None:
        self._enabled = gc.isenabled()
        gc.disable()

    def __exit__(self, *_exception: object) -> None:
        if self._enabled:
            gc.enable()

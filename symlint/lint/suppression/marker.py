"""What every ignore comment begins with: a text without it has none, and is not looked at."""

from __future__ import annotations

from symlint.annotations import Final

MARKER: Final = "symlint:"

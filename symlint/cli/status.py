"""Exit statuses."""

from __future__ import annotations

from symlint.annotations import Final

CLEAN: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
UNTRUSTED: Final = 3
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141

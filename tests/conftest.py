"""Property tests try the same values everywhere; ``pytest --hypothesis-profile default`` tries new ones."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

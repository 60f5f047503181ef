"""``python -m symlint``."""

from __future__ import annotations

from symlint.cli.main import main

if __name__ == "__main__":
    main()

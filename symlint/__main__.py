"""``python -m symlint``."""

import sys

# Python has put the current folder before all others. What is there is linted, and never imported.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]

from symlint.cli.main import main

if __name__ == "__main__":
    main()

"""Make a virtual environment with pip in it.

Run: ``python3 tools/environment.py FOLDER``. Any Python that symlint runs on will do if it has
``ensurepip`` or pip: Debian keeps each of the two in a package of its own.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import venv
from pathlib import Path


def make_environment(folder: Path) -> Path:
    """Make the environment in place of what is in ``folder``; returns its Python."""
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    venv.create(folder, clear=True, symlinks=True, with_pip=has_ensurepip)
    python = folder / "bin" / "python"
    if not has_ensurepip:
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
        subprocess.run([*pip, "install", "-qq", "pip"], check=True)
    return python


if __name__ == "__main__":
    try:
        make_environment(Path(sys.argv[1]))
    except subprocess.CalledProcessError:
        sys.exit("No virtual environment could be made: install pip (Debian: python3-pip).")

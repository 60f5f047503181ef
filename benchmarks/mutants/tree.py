"""A copy of the project in a folder of its own: what is changed there hurts nobody."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def copy_tree(target: Path) -> Path:
    """Copy what git knows, and new files; in the copy ``symlint.rules`` is importable as it is."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        source = ROOT / name
        if source.is_file():
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
    (target / "symlint" / "rules").symlink_to(target / "rules")
    return target


def environment(tree: Path) -> dict[str, str]:
    """The environment in which Python imports the copy, and no test writes beside it."""
    return {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
    }


def hear_interrupts() -> None:
    """Hear them in a process to be started: one in the background inherits them as ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)

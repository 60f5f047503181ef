"""Texts held by files: ``make snapshots`` writes them anew; read the difference before you commit.

Two commits that change the same snapshot are merged by writing it anew.
"""

import os
from difflib import unified_diff
from pathlib import Path


def compare(path: Path, text: str) -> None:
    """``text`` is what the file at ``path`` holds; with ``UPDATE_SNAPSHOTS`` set it is put there."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode())
    assert path.exists(), f"there is no {path.name}; write it with: make snapshots"
    held = path.read_bytes().decode()
    difference = unified_diff(held.splitlines(), text.splitlines(), path.name, "now", lineterm="")
    assert text == held, "\n".join(difference)


def left_over(folder: Path, wanted: set[str]) -> set[str]:
    """The names in a folder of snapshots that no test asks for; removed when writing anew."""
    extra = {path.name for path in folder.iterdir()} - wanted
    if os.environ.get("UPDATE_SNAPSHOTS"):
        for name in extra:
            (folder / name).unlink()
        return set()
    return extra

"""Record which paths git says that patterns of a ``.gitignore`` file ignore.

    python tests/source/record_gitignore.py

The record, ``golden/gitignore.json``, has for each pattern the paths of ``TREE`` that it ignores.
Needs git on the PATH.
"""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "gitignore.json"

TREE = (
    "a/a/ab/f", "a/ab/b/f.a", "a/b", "ab/a.b/a/b/c", "ab/f", "b/a]b/fa", "b/a[b/a-b", "b/a\\b/*",
    "b/ac/A/f", "ba", "a b/ab", "aab/abc/1", "*/a", "A", "a.b", "a]b", "f", "1/a/b/ab/b/f", "-", "!b",
)  # fmt: skip  # as many a line as fit
"""The files of the tree in which git is asked."""

_PIECES = (
    "a", "b", "ab", "f", "*", "*", "**", "?", "/", "/", "/", "**/", "/**", "[ab]", "[!a]", "[^b]",
    "[a-c]", "[]]", "[\\]]", "[a\\-c]", "[[:alpha:]]", "[", "]", "\\", "\\*", "\\a", "-", ".", "1",
    " ", "!", "[a", "[-a]", "[z-a]", "[a-]", "[[:x:]]", "[[]", "***", "\\/", "\\!",
)  # fmt: skip  # as many a line as fit


def patterns(seed: int, count: int) -> list[str]:
    """Random patterns without those that are blank or comments."""
    choose = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        pattern = "".join(choose.choices(_PIECES, k=choose.randint(1, 6)))
        if pattern.strip() and pattern not in found:
            found.append(pattern)
    return found


DIRECTORIES = sorted({str(it) for path in TREE for it in Path(path).parents} - {"."})
"""The directories of the tree."""


def plant(top: Path) -> None:
    """Make a repository of git with the tree."""
    for path in TREE:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text("", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", str(top)], check=True)


def ignored_by_git(top: Path, pattern: str) -> list[str]:
    """The paths of a planted tree that git ignores because of one pattern."""
    (top / ".gitignore").write_text(pattern + "\n", encoding="utf-8")
    said = subprocess.run(
        ["git", "-c", "core.ignorecase=false", "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join([*DIRECTORIES, *TREE]) + "\0",
        cwd=top,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert said.returncode in (0, 1), said.stderr
    return sorted(filter(None, said.stdout.split("\0")))


def main() -> None:
    """Write the record."""
    with tempfile.TemporaryDirectory() as directory:
        plant(Path(directory))
        said = {it: ignored_by_git(Path(directory), it) for it in patterns(1, 2000)}
    found = {it: paths for n, (it, paths) in enumerate(said.items()) if paths or n % 20 == 0}
    GOLDEN.parent.mkdir(exist_ok=True)
    text = ",\n".join(f"{json.dumps(it)}: {json.dumps(paths)}" for it, paths in found.items())
    GOLDEN.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

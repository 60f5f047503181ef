"""``symlint lsp`` where its library is not installed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_without_pygls_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['pygls'] = sys.modules['lsprotocol'] = None\n", encoding="utf-8"
    )
    result = subprocess.run(
        [sys.executable, "-m", "symlint", "lsp"],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == (
        "symlint: the language server needs pygls; run: pip install 'symlint[lsp]'\n"
    )

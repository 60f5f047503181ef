"""Drawing with Graphviz: the one place that starts another program, and only when asked to."""

from __future__ import annotations

import re

from symlint.annotations import Final

TIMEOUT: Final = 60
"""Seconds that Graphviz may take."""


class DrawingError(Exception):
    """Graphviz is not there, or cannot draw the picture; the text is a sentence for the user."""


def to_svg(dot: str) -> str:
    """What Graphviz makes of a text in its language. Raises DrawingError."""
    import shutil
    import subprocess

    program = shutil.which("dot")
    if program is None:
        raise DrawingError("--format svg needs Graphviz, and there is no program dot on PATH.")
    try:
        result = subprocess.run(
            [program, "-Tsvg"], input=dot.encode(), capture_output=True, check=True, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        raise DrawingError(f"Graphviz did not draw the graph within {TIMEOUT} seconds.") from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise DrawingError(f"Graphviz cannot draw the graph: {_reason(error)}.") from None
    svg = result.stdout.decode("utf-8", "replace")
    # The address of a DTD: a picture must lead nowhere.
    return re.sub(r"<!DOCTYPE\s[^>]*>\s*", "", svg, count=1)


def _reason(error: Exception) -> str:
    from subprocess import CalledProcessError

    if not isinstance(error, CalledProcessError):
        return getattr(error, "strerror", None) or str(error)
    lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
    said = "".join(it for it in (lines or [""])[0] if it.isprintable()).rstrip(".")
    return said or f"dot ended with status {error.returncode}"

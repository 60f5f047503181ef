"""The parts of a remedy: sentences, and code to paste."""

from __future__ import annotations

from symlint.named_tuple import NamedTuple
from symlint.report.escape import neutralise_lines

CODE = "  "
"""How a line of code begins in the help of a finding."""


class Part(NamedTuple):
    """One sentence, or the lines of one piece of code, each neutralised."""

    lines: list[str]
    is_code: bool


def remedy_parts(help_: str) -> list[Part]:
    """The sentences of the help of a finding and the code between them; code without its indent."""
    parts: list[Part] = []
    for line in neutralise_lines(help_.strip("\n")):
        is_code = bool(parts) and (line.startswith(CODE) or not line.strip())
        shown = line.removeprefix(CODE) if is_code else line
        if is_code and parts[-1].is_code:
            parts[-1].lines.append(shown)
        else:
            parts.append(Part([shown], is_code))
    return parts

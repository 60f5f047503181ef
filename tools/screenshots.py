"""Pictures of the terminal for the documentation: rich draws what a real run prints.

rich's own frame loads a font from elsewhere; this one uses the reader's.
"""

from __future__ import annotations

import io
import re
import shlex

from click.testing import CliRunner
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from symlint.cli.group import group

WIDTH = 96
SCREENSHOTS = {
    "findings": ("tests/fixtures/broken",),
    "access": ("access", "tests/fixtures/okta"),
    "trace": (
        "trace",
        'module.access["pear"].sym_integration.sso.external_id',
        "tests/fixtures/multi_tenant",
    ),
}
"""What is run for the picture of this name."""

FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: {char_height}px; \
line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#292929" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def screenshot(name: str) -> str:
    """The picture of this name as SVG; the same output gives the same bytes."""
    words = SCREENSHOTS[name]
    environment = {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "FORCE_HYPERLINK": "0"}
    output = (
        CliRunner().invoke(group, words, prog_name="symlint", env=environment, color=True).output
    )
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {shlex.join(('symlint', *words))}", style="bold"))
    console.print(Text.from_ansi(output.rstrip("\n")))
    drawn = console.export_svg(code_format=FRAME, theme=SVG_EXPORT_THEME, unique_id=name)
    return re.sub(r" +$", "", drawn, flags=re.MULTILINE)

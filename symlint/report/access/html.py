"""The access inventory as one page: questions and answers, tables that sort and filter, flows, a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.report.html.access_sections import access_sections, summary
from symlint.report.html.page import Saying, failures, page

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions


def render(inventory: Inventory, options: RenderOptions, layout: Layout) -> str:
    """An inventory as a page of HTML."""
    say = Saying(inventory.hide, options.directory)
    roots = ", ".join(dict.fromkeys(say.path(root.directory) for root in inventory.roots))
    about = [
        f'<p>{summary(inventory)}</p><p class="faint">Read from {roots} by symlint {say.text(options.version)}.</p>',
        *failures(say, inventory.failures, "This inventory"),
    ]
    sections = access_sections(inventory, layout.answers, say, layout.columns)
    return page("Access inventory", "Who can get what", about, sections)

"""Parts of what an editor shows as Markdown: nothing that comes from a file is markup in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.report.markup import code_block, code_span, escape_markdown
from symlint.report.places import file_uri, relative_path
from symlint.report.trace.values import AFTER_APPLY, UNKNOWN, reasons_of, value_lines
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.lint.hiding.hidden import Hidden
    from symlint.source.text import Range
    from symlint.terraform.values.value import Hop, Value

MOST_LINES: Final = 20
"""Lines of one value."""

MOST_HOPS: Final = 8
"""Steps of the path of one value."""

_MOST_REASONS: Final = 3


def paragraphs(parts: Iterable[str]) -> str:
    """Parts with a blank line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def code(texts: Iterable[str]) -> str:
    """Words in a row, each as code."""
    return ", ".join(map(code_span, texts))


def link(range_: Range, top: str) -> str:
    """A link to a place: the file, as seen from a folder, and the line."""
    line = range_.line
    shown = escape_markdown(f"{relative_path(range_.path, top)}:{line}")
    return f"[{shown}](<{file_uri(range_.path)}#L{line}>)"


def value(name: str, found: Value, hidden: Hidden) -> str:
    """A value as it would be written in HCL."""
    lines = [hidden.text(line) for line in value_lines(found)]
    if isinstance(found.content, ObjectReference):
        # Of a resource, what somebody has written: the provider decides the rest.
        lines = [line for line in lines if not _is_open(line)]
        if lines == ["{", "}"]:
            lines = [AFTER_APPLY]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = ["  ..."]
    lines[0] = f"{name} = {lines[0]}"
    return "\n".join(code_block(lines, "hcl"))


def _is_open(line: str) -> bool:
    return (
        line.startswith("  ")
        and line.endswith((f"= {UNKNOWN}", f"= {AFTER_APPLY}"))
        and line[2] != " "
    )


def origin(found: Value, hidden: Hidden, top: str) -> str:
    """Why a value is not known, and the way that it took, each step as a link."""
    return "\n".join(_origin(found, hidden, top))


def _origin(found: Value, hidden: Hidden, top: str) -> Iterator[str]:
    content = found.content
    reasons = () if isinstance(content, ObjectReference) else reasons_of(found)[:_MOST_REASONS]
    for key, reason in reasons:
        yield f"- {key}: {escape_markdown(hidden.text(reason))}"
    if isinstance(content, Unknown) and content.reference is not None:
        yield f"- it is {code_span(hidden.text(str(content.reference)))}"
    if found.sensitive or found.origin is None or not os.path.isabs(found.origin.path):
        return
    yield f"- written at {link(found.origin, top)}"
    for hop in found.hops[:MOST_HOPS]:
        yield _hop(hop, hidden, top)
    if len(found.hops) > MOST_HOPS:
        yield f"- and {len(found.hops) - MOST_HOPS} more steps"


def _hop(hop: Hop, hidden: Hidden, top: str) -> str:
    return f"- read as {code_span(hidden.text(str(hop.reference)))} at {link(hop.range, top)}"

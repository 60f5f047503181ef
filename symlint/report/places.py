"""Paths and places as output shows them."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING
from symlint.report.escape import neutralise

if TYPE_CHECKING:
    from symlint.source.text import Range

_URI_SAFE = "/-._~!$&'()*+,;=@"
"""Characters that stand for themselves in the path of a URI (RFC 3986, ``pchar`` without ":")."""


def relative_path(path: str, directory: str) -> str:
    """``path`` relative to ``directory`` when inside it, otherwise unchanged; ``/`` separates."""
    inside = directory if directory.endswith(os.sep) else directory + os.sep
    shown = path.removeprefix(inside) if path != directory else "."
    return shown.replace(os.sep, "/") if os.sep != "/" else shown


def shown_path(path: str, directory: str) -> str:
    """``relative_path``, neutralised."""
    return neutralise(relative_path(path, directory))


def shown_place(range_: Range, directory: str) -> str:
    """``path:line:column`` of the beginning of a range."""
    place = range_.start_position
    return f"{shown_path(range_.path, directory)}:{place.line}:{place.column}"


def near_place(range_: Range, directory: str) -> str:
    """``shown_place`` with a path that may lead upwards, where that is shorter."""
    place = shown_place(range_, directory)
    try:
        path = os.path.relpath(range_.path, directory)
    except ValueError:  # on another drive
        return place
    position = range_.start_position
    near = f"{shown_path(path, directory)}:{position.line}:{position.column}"
    return near if os.path.isabs(range_.path) and len(near) < len(place) else place


def file_uri(path: str) -> str:
    """The ``file:`` URI of an absolute path."""
    from urllib.parse import quote

    slashed = path.replace(os.sep, "/")
    if not slashed.startswith("/"):
        slashed = "/" + slashed  # C:/folder
    return "file://" + quote(os.fsencode(slashed), safe=_URI_SAFE + ":")


def relative_uri(path: str, directory: str) -> str | None:
    """``path`` as a URI reference relative to ``directory``; None when it is not inside."""
    from urllib.parse import quote

    shown = relative_path(path, directory)
    if os.path.isabs(shown):
        return None
    return quote(os.fsencode(shown), safe=_URI_SAFE)

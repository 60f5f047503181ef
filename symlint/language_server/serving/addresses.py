"""Addresses of files, as editors write them."""

from __future__ import annotations

import os
from urllib.parse import quote, unquote, urlsplit

from pygls import uris


def path_of(uri: str) -> str | None:
    """The absolute path of a file; None for what is none, or is on another machine."""
    try:
        parts = urlsplit(uri)
        path = _path(uri, unquote(parts.path, errors="surrogateescape"), parts.netloc)
        os.fsencode(path)
    except ValueError:  # UnicodeError is one
        return None
    return os.path.abspath(path) if parts.scheme == "file" and path and "\0" not in path else None


def _path(uri: str, path: str, host: str) -> str:
    if os.name == "nt":
        return uris.to_fs_path(uri) or ""
    return path if host.lower() in ("", "localhost") else ""


def uri_of(path: str) -> str:
    """The address of a file; bytes that are no text stay what they are."""
    if os.name == "nt":
        return uris.from_fs_path(path) or ""
    return f"file://{quote(os.fsencode(os.path.abspath(path)).replace(b'//', b'/'))}"

"""``.terraform/modules/modules.json``: where ``terraform init`` has put module code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.opentofu import without_default_host

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAXIMUM_SIZE: Final = 5_000_000


class ManifestEntry(NamedTuple):
    """One installed module: ``source`` in full form, ``version`` and absolute ``directory``."""

    source: str
    version: str | None
    directory: str


class Manifest(NamedTuple):
    """The installed modules by the names of the calls that lead to them, joined by dots.

    ``callers`` are the modules below which something is installed, in the same form.
    """

    entries: Mapping[str, ManifestEntry]
    callers: frozenset[str] = frozenset()

    def entry(self, names: tuple[str, ...], source: str) -> ManifestEntry | None:
        """What is installed for a call; None when nothing is, or another source was then."""
        found = self.entries.get(".".join(names))
        if found is None or not _same_source(found.source, source):
            return None
        return found

    def directory(self, names: tuple[str, ...], source: str) -> str | None:
        """The directory of the code installed for a call, or None."""
        found = self.entry(names, source)
        return None if found is None else found.directory


EMPTY: Final = Manifest({})


def _same_source(installed: str, written: str) -> bool:
    """Whether a source of the manifest is the one written.

    Registry sources stand in the manifest with their default host, and without it in older
    versions; for others Terraform normalises what is written, so that only a registry source
    is known to have changed.
    """

    def normal(source: str) -> str:
        return without_default_host(source).removeprefix("git::")

    if normal(installed) == normal(written):
        return True
    return not (_is_registry(written) or _is_registry(installed))


def _is_registry(source: str) -> bool:
    parts = source.split("//")[0].split("/")
    return "::" not in source and "." not in parts[0] and len(parts) == 3


def read_manifest(root: str) -> Manifest:
    """The manifest of a root module; empty when there is none or it cannot be read."""
    path = os.path.join(root, ".terraform", "modules", "modules.json")
    try:
        if os.path.getsize(path) > _MAXIMUM_SIZE:
            return EMPTY
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError):
        return EMPTY
    import json

    try:
        records = json.loads(text)["Modules"]
        entries = dict(_entries(root, records))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return EMPTY
    parts = [key.split(".") for key in entries]
    callers = {".".join(names[:end]) for names in parts for end in range(len(names))}
    return Manifest(entries, frozenset(callers))


def _entries(root: str, records: list[dict[str, str]]) -> list[tuple[str, ManifestEntry]]:
    found = []
    for record in records:
        key, directory = record["Key"], record["Dir"]
        if key:
            absolute = os.path.normpath(os.path.join(root, directory))
            entry = ManifestEntry(record.get("Source", ""), record.get("Version"), absolute)
            found.append((key, entry))
    return found

"""``.terraform/modules/modules.json``: where ``terraform init`` has put module code."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.terraform.modules.opentofu import without_default_host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.modules.loader import FileCache

_DEEPEST: Final = 100
"""Calls inside of one another that a key may name; more than are followed anyway."""


class ManifestEntry(NamedTuple):
    """One installed module: ``source`` in full form, ``version`` and absolute ``directory``."""

    source: str
    version: str | None
    directory: str


class Manifest(NamedTuple):
    """The installed modules by the names of the calls that lead to them, joined by dots.

    ``callers`` are the modules below which something is installed, in the same form. ``outside`` are
    the calls whose code lies where nothing may be read; None where the manifest itself does.
    """

    entries: Mapping[str, ManifestEntry]
    callers: frozenset[str] = frozenset()
    outside: frozenset[str] | None = frozenset()

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

    def leads_out(self, names: tuple[str, ...]) -> bool:
        """Whether what is installed for a call lies where nothing may be read."""
        return self.outside is None or ".".join(names) in self.outside


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


def read_manifest(root: str, cache: FileCache) -> Manifest:
    """The manifest of a root module; empty when there is none or it cannot be read.

    Entries are passed over that are not of the form in which Terraform writes them, or that lead out
    of ``.terraform`` or of what may be read: ``terraform init`` puts code nowhere else.
    """
    data = os.path.join(root, ".terraform")
    if not os.path.lexists(data):
        return EMPTY
    source = cache.read(os.path.join(data, "modules", "modules.json"))
    if isinstance(source, ReadProblem):
        return EMPTY if source.kind != "outside" else Manifest({}, outside=None)
    import json

    try:
        document = json.loads(source.text)
    except (ValueError, RecursionError):
        return EMPTY
    records = document.get("Modules") if isinstance(document, dict) else None
    if not isinstance(records, list):
        return EMPTY
    found = filter(None, (_entry(record, root) for record in records))
    entries: dict[str, ManifestEntry] = {}
    outside: set[str] = set()
    for key, entry in found:
        inside = entry.directory.startswith(os.path.join(data, ""))
        if inside and cache.tree.holds(entry.directory):
            entries[key] = entry
        else:
            outside.add(key)
    parts = [key.split(".") for key in entries]
    callers = {".".join(names[:end]) for names in parts for end in range(len(names))}
    return Manifest(entries, frozenset(callers), frozenset(outside))


def _entry(record: object, root: str) -> tuple[str, ManifestEntry] | None:
    """The key and the entry that a record is; None for one that Terraform would not write."""
    fields = record if isinstance(record, dict) else {}
    key, directory = fields.get("Key"), fields.get("Dir")
    source, version = fields.get("Source", ""), fields.get("Version")
    if not (isinstance(key, str) and isinstance(directory, str) and isinstance(source, str)):
        return None
    if not key or key.count(".") >= _DEEPEST or not isinstance(version, str | None):
        return None
    return key, ManifestEntry(source, version, os.path.normpath(os.path.join(root, directory)))

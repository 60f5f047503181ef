"""Validates a user's catalogue entries: names they refer to, patterns, version constraints."""

from __future__ import annotations

from collections.abc import Mapping

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.patterns import OwnPattern
from symlint.sym.catalogue.records import CatalogueError, Record
from symlint.sym.versions import ConstraintError, parse_constraint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.records import Path


def check_additions(catalogue: Catalogue) -> None:
    """Read every entry that a user has added or changed. Raises CatalogueError."""
    for subject, entries in catalogue.additions.items():
        table = getattr(catalogue, "environment_keys" if subject == "environment" else subject)
        for name in entries:
            _check_entry(catalogue, table[name], (subject, name))


def _check_entry(catalogue: Catalogue, record: Record, path: Path) -> None:
    """Raise CatalogueError if ``record``, or a record in it, names something that the catalogue
    does not have, or holds a pattern or constraint that cannot be read."""
    for where, inner in _records(record, path):
        for key, known in _names(catalogue).items():
            value = getattr(inner, key, None)
            named = (value,) if isinstance(value, str) else value or ()
            for name in named:
                if name not in known:
                    raise CatalogueError(f"{name!r} is not in the catalogue", (*where, key))
        if hasattr(inner, "pattern"):
            _check_pattern(inner.pattern, (*where, "pattern"))
        if hasattr(inner, "constraint"):
            _check_constraint(inner.constraint, (*where, "constraint"))


def _names(catalogue: Catalogue) -> dict[str, Collection[str]]:
    """Field that holds names -> the names that there are."""
    return {
        "target_types": catalogue.targets,
        "target_type": catalogue.targets,
        "integration_types": catalogue.integrations,
        "integration_type": catalogue.integrations,
        "connector": catalogue.modules,
        "made_by": catalogue.modules,
        "granted_by": catalogue.modules,
        "session_resources": catalogue.sessions,
        "format": catalogue.formats,
        "formats": catalogue.formats,
        "reference": catalogue.provider.resources,
    }


def _records(value: object, path: Path) -> Iterator[tuple[Path, Record]]:
    """``value`` and what is in it, so far as they are records, each with its path."""
    if isinstance(value, Record):
        yield path, value
        for key, _, _ in value.FIELDS:
            yield from _records(getattr(value, key), (*path, key))
    elif isinstance(value, tuple):
        for item in value:
            yield from _records(item, path)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _records(item, (*path, str(name)))


def _check_pattern(pattern: str, path: Path) -> None:
    try:
        _ = OwnPattern(pattern).program
    except ValueError as error:
        raise CatalogueError(f"is not a regular expression of RE2: {error}", path) from None


def _check_constraint(constraint: str, path: Path) -> None:
    try:
        parse_constraint(constraint, "provider")
    except ConstraintError as error:
        raise CatalogueError(str(error), path) from None

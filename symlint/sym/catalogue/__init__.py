"""What symlint knows about Sym, as data.

The TOML files of this package are the source: one per subject, each entry with its own source.
``python -m symlint.sym.catalogue.build`` turns them into ``_data.py``, which loads in a fraction
of the time; a test holds that it is fresh. A new type or module is a new entry there, and no code.

>>> catalogue = load_catalogue()
>>> catalogue.strategies["aws_iam"].target_types
('aws_iam_group',)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.catalogue.catalogue import EXTENSIBLE, Catalogue
from symlint.sym.catalogue.records import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Catalogue", "CatalogueError", "load_catalogue"]


def load_catalogue(extra: Mapping[str, object] | None = None) -> Catalogue:
    """The catalogue, with a user's own entries ``extra`` if there are any.

    ``extra`` has the shape of the TOML files, keyed by subject: ``{"strategies": {"my_strategy":
    {...}}}``. An entry changes the shipped one of its name key by key; ``like = "name"`` makes a
    new entry start as a copy of a shipped one. Raises CatalogueError, whose ``key`` is the path of
    the key at fault.
    """
    checked: dict[str, Mapping[str, object]] = {}
    for subject, entries in (extra or {}).items():
        if subject not in EXTENSIBLE:
            known = ", ".join(EXTENSIBLE)
            raise CatalogueError(f"cannot be added to; subjects are {known}", (subject,))
        if not isinstance(entries, dict):
            raise CatalogueError("must be a table", (subject,))
        checked[subject] = entries
    catalogue = Catalogue(checked)
    if checked:
        catalogue.check()
    return catalogue

"""What symlint knows about Sym, as data.

The TOML files of this package are the source: one per subject, each entry with its own source.
``python -m symlint.sym.catalogue.build`` turns them into ``_data.py``, which loads in a fraction
of the time; a test holds that it is fresh. A new type or module is a new entry there, and no code.

Where a fact comes from is said by keys:

* ``P/file``: the provider, symopsio/terraform-provider-sym, below ``sym/provider/`` (``P@v1.14.1``:
  at that tag); ``E/folder``: symopsio/examples; ``DEMO``, ``START``, ``Q-name``, ``walkthrough``:
  Sym's demo, starter, quickstart and walkthrough repositories.
* ``RC`` ``IC`` ``SC`` ``LC`` ``SMA`` ``KFA`` ``KDA`` ``KFC`` ``KDC`` ``DDC`` ``GCP``: the repositories
  of the modules, by initials, each read at every tag; ``M-sym/name``: their deprecated twins.
* ``CLI/file`` and ``SDK/file``: sym-flow-cli 8.1.0 and sym-sdk 0.61.0 from PyPI; ``DOC:page``: a page
  below docs.symops.com/docs; ``SEED``: the page about the AWS IAM access strategy there.
* ``R12``: the number of the check, in the list that the rules were made from, which uses the fact.

>>> catalogue = load_catalogue()
>>> catalogue.strategies["aws_iam"].target_types
('aws_iam_group',)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from symlint.sym.catalogue.catalogue import EXTENSIBLE, Catalogue
from symlint.sym.catalogue.records import CatalogueError

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
        if not isinstance(entries, Mapping):
            raise CatalogueError("must be a table", (subject,))
        checked[subject] = entries
    if not checked:
        return _shipped()
    from symlint.sym.catalogue.check import check_additions

    catalogue = Catalogue(checked, _shipped())
    check_additions(catalogue)
    return catalogue


@cache
def _shipped() -> Catalogue:
    """The catalogue without additions: one for all that ask, since it never changes."""
    return Catalogue({})

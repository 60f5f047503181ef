"""What versions of the provider have is found out once for all blocks."""

from __future__ import annotations

from support.effort import lines_run

from symlint.sym.catalogue import load_catalogue
from symlint.sym.provider.forms import FormsByVersion


def test_what_each_block_asks_is_worked_out_once() -> None:
    provider = load_catalogue().provider
    schema = provider.resources["sym_flow"]
    versions = provider.versions
    forms, argument = FormsByVersion(), schema.arguments["params"]

    def ask() -> None:
        existing = forms.having(schema, versions)
        assert existing
        assert forms.fitting(argument, existing, ("block",))

    first = lines_run(ask)
    assert lines_run(ask) < 20 < first

"""Python's search for garbage is rare while there is much to keep, and as before after it."""

import gc

import pytest

from symlint.terraform.instances.collection_pause import RareCollection


@pytest.mark.parametrize(("before", "within"), [(700, 20_000), (50_000, 50_000), (0, 0)])
def test_the_search_is_rare_and_then_as_it_was(before: int, within: int) -> None:
    kept = gc.get_threshold()
    gc.set_threshold(before, 10, 10)
    try:
        with RareCollection():
            assert gc.get_threshold()[0] == within
        assert gc.get_threshold() == (before, 10, 10)
    finally:
        gc.set_threshold(*kept)

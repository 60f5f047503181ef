"""Links are followed as the operating system follows them, and each is followed once."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symlint.source.links import MOST_LINKS, Links, links_of, real_path

NAMES = st.sampled_from(("a", "b", "c", "d", ".", "..", ""))
PATHS = st.lists(NAMES, min_size=1, max_size=6).map("/".join)


@pytest.mark.no_cover
@given(st.lists(st.tuples(PATHS, PATHS), max_size=8), st.lists(PATHS, min_size=1, max_size=5))
def test_as_realpath_does(links: list[tuple[str, str]], paths: list[str]) -> None:
    with TemporaryDirectory() as folder:
        top = os.path.realpath(folder)
        (Path(top) / "a" / "b").mkdir(parents=True)
        for name, target in links:
            place = os.path.normpath(f"{top}/x/{name}").replace(f"{top}/x", top)
            try:
                if target and place.startswith(f"{top}/") and not os.path.lexists(place):
                    Path(place).symlink_to(target)
            except OSError:
                continue
        known = Links()
        for path in paths:
            found = known.resolve(f"{top}/{path}")
            try:
                exists = Path(f"{top}/{path}").stat() is not None
            except OSError:
                exists = False
            if exists:
                assert found == os.path.realpath(f"{top}/{path}")
            elif found is not None:
                assert found == Links().resolve(f"{top}/{path}"), (
                    "what was asked before decides nothing"
                )


def test_a_chain_of_links_is_followed_as_far_as_the_system_does(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"l{number}").symlink_to(f"l{number + 1}")
    (tmp_path / "l1500").write_text("", encoding="utf-8")
    links = Links()
    for number in (0, 1000, 1500 - MOST_LINKS - 1):
        assert links.resolve(str(tmp_path / f"l{number}")) is None
        with pytest.raises(OSError, match="Too many levels"):
            (tmp_path / f"l{number}").stat()
    for number in (1500 - MOST_LINKS, 1499, 1500):
        assert links.resolve(str(tmp_path / f"l{number}")) == str(tmp_path / "l1500")
        (tmp_path / f"l{number}").stat()


def test_links_into_links_cost_as_much_as_they_are_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "l0").mkdir()
    for number in range(1, 30):
        (tmp_path / f"l{number}").symlink_to(f"l{number - 1}/../" * 400 + f"l{number - 1}")
    looked = [0]
    islink = os.path.islink

    def counted(path: str) -> bool:
        looked[0] += 1
        return islink(path)

    monkeypatch.setattr(os.path, "islink", counted)
    links = Links()
    for number in range(30):
        assert links.resolve(str(tmp_path / f"l{number}")) == str(tmp_path / "l0")
    assert looked[0] < 50


@pytest.mark.parametrize("path", ["/a\0b", "/" + "a/" * 500_000, "/\ud800"])
def test_where_no_file_can_be(path: str) -> None:
    links = Links()
    assert links.resolve(path) in (None, path)
    assert real_path(path) == path
    assert links_of(path) == ()


def test_the_links_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "one").symlink_to("folder")
    (tmp_path / "folder" / "two").symlink_to("nowhere")
    top = str(tmp_path)
    assert links_of(f"{top}/one/two") == (f"{top}/one/two", f"{top}/one")
    assert links_of(f"{top}/folder/two") == (f"{top}/folder/two",)
    assert links_of(f"{top}/folder") == ()

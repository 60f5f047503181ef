"""Addresses of files."""

from __future__ import annotations

import pytest

from symlint.language_server.serving.addresses import path_of, uri_of

pytestmark = pytest.mark.skipif("os.name == 'nt'")


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.tf", "/a/b.tf"),
        ("FILE:///a/b.tf", "/a/b.tf"),
        ("file://localhost/a/b.tf", "/a/b.tf"),
        ("file:///a/../b%20c.tf", "/b c.tf"),
        ("file:///a;b.tf?x#y", "/a;b.tf"),
        ("file:///%C3%A9%FF.tf", "/\N{LATIN SMALL LETTER E WITH ACUTE}\udcff.tf"),
    ],
)
def test_files(uri: str, path: str) -> None:
    assert path_of(uri) == path


@pytest.mark.parametrize(
    "uri",
    [
        "", "http://x/a.tf", "untitled:Untitled-1", "file://host/share/a.tf", "file:///a%00.tf", "file://[",
        "file:", "//", "file:///\ud83d.tf", "symlint:/rules/SYM201.md", "http://[", "file://[::1/x",
    ],
)  # fmt: skip  # as many a line as fit
def test_what_is_no_file_here(uri: str) -> None:
    assert path_of(uri) is None


def test_there_and_back() -> None:
    for path in ("/a/b c.tf", "/\N{ROCKET};?#%.tf", "/\udcff.tf"):
        assert path_of(uri_of(path)) == path
    assert uri_of("//a") == "file:///a"

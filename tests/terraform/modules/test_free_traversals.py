"""Which names in an expression are free, in the order in which they stand."""

from __future__ import annotations

import pytest
from support.static_scope import expression

from symlint.terraform.modules.references import free_traversals


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b * -c", ["a", "b", "c"]),
        ('f(a, {(b) = c, d = [e[g]]}, "${h} ${"x"}")', ["a", "b", "c", "e", "g", "h"]),
        ("[for x in x : x if y]", ["x", "y"]),
        ("{for k, v in a : k => [for k in v : k + b] if v} + k", ["a", "b", "k"]),
        ('"%{ for k, x in a }${k}${x}${b}%{ endfor }${x}"', ["a", "b", "x"]),
        ('"%{ if a }%{ for x in x }${x}%{ endfor }%{ else }${x}%{ endif }"', ["a", "x", "x"]),
        ("each.value + a", ["a"]),
    ],
)
def test_names_that_nothing_binds(text: str, names: list[str]) -> None:
    found = free_traversals(expression(text), frozenset(("each",)))
    assert [traversal.root for traversal in found] == names

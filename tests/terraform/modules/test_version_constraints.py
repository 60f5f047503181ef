"""Which constraints are well formed, with and without the pattern of Terraform."""

from __future__ import annotations

import re

import pytest

from symlint.terraform.modules import versions

_PATTERN = re.compile(r"\s*(?:=|!=|>=|<=|>|<|~>)?\s*(?:" + versions._PART + r")\s*")


@pytest.mark.parametrize("numbers", ["1", "1.2.3", "v1.2", "1.", ".1", "", "1 .2", "²", "1.2-beta"])
@pytest.mark.parametrize("operator", ["", "=", "==", "!=", ">= ", " ~>  ", "~", "><", "=\t"])
def test_a_simple_constraint_is_judged_as_by_the_pattern(operator: str, numbers: str) -> None:
    constraint = f"{operator}{numbers}"
    expected = None if _PATTERN.fullmatch(constraint) else constraint
    assert versions.malformed_part(constraint) == expected

"""Which rules run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.hand_made import RULES, rule

from symlint.lint.errors import RegistryError, SelectionError
from symlint.lint.registry import RuleSet
from symlint.lint.selection import select_rules

if TYPE_CHECKING:
    from symlint.lint.finding import Severity


def codes(**wishes: object) -> list[str]:
    return [chosen.code for chosen in select_rules(RULES, **wishes).rules]  # type: ignore[arg-type]  # keyword arguments are passed through as written in the tests


def test_by_default_the_recommended_stable_rules_run() -> None:
    assert codes() == ["SYM001", "SYM201", "SYM202", "SYM401", "SYM402"]


def test_strict_adds_the_rules_of_that_profile() -> None:
    assert codes(profile="strict") == [*codes(), "SYM490"]


def test_preview_adds_rules_in_preview() -> None:
    assert "SYM491" in codes(preview=True)
    assert "SYM491" not in codes(select=["SYM4"])
    assert "SYM491" in codes(select=["SYM491"])


def test_select_replaces_the_profile_and_takes_names_and_beginnings() -> None:
    assert codes(select=["flow-strategy", "sym2"]) == ["SYM001", "SYM201", "SYM202", "SYM401"]


def test_what_cannot_be_suppressed_always_runs() -> None:
    assert codes(select=["SYM402"]) == ["SYM001", "SYM402"]
    assert codes(select=["all"], ignore=["SYM"]) == ["SYM001"]
    with pytest.raises(SelectionError) as caught:
        codes(ignore=["flow-style", " syntax-error "])
    assert str(caught.value) == (
        "SYM001 (syntax-error) cannot be ignored: "
        "without it, a run could pass without reading every file"
    )
    assert caught.value.selector == " syntax-error "


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (["SYM2"], ["SYM201"], ["SYM202"]),
        (["SYM201"], ["SYM2"], ["SYM201"]),
        (["SYM201"], ["SYM201"], []),
        (["SYM"], ["SYM4"], ["SYM201", "SYM202"]),
        (["recommended", "SYM49"], ["SYM2", "SYM4"], ["SYM490"]),
    ],
)
def test_the_closer_selector_wins(
    select: list[str], ignore: list[str], expected: list[str]
) -> None:
    assert codes(select=select, ignore=ignore) == ["SYM001", *expected]


def test_a_selector_that_selects_nothing_is_an_error_with_a_suggestion() -> None:
    for selector, suggestion, message in (
        ("flow-stratgy", "flow-strategy", "'flow-stratgy'; did you mean flow-strategy?"),
        ("recomended", "recommended", "'recomended'; did you mean recommended?"),
        ("al", "all", "'al'; did you mean all?"),
        ("\x1b[31m", None, "'?[31m'; symlint rules lists all rules"),
    ):
        with pytest.raises(SelectionError) as caught:
            codes(ignore=[selector])
        assert caught.value.suggestion == suggestion
        assert str(caught.value) == f"no rule matches {message}"
    with pytest.raises(SelectionError):
        codes(select=[""])


def test_severities_the_closer_selector_wins() -> None:
    selection = select_rules(RULES, severity={"SYM401": "note", "SYM4": "error", "SYM": "warning"})
    assert selection.severities["SYM401"] == "note"
    assert selection.severities["SYM402"] == "error"
    assert selection.severities["SYM201"] == "warning"
    for order in (("recommended", "SYM4", "SYM401"), ("SYM401", "SYM4", "recommended")):
        levels: dict[str, Severity] = {"recommended": "note", "SYM4": "error", "SYM401": "warning"}
        found = select_rules(RULES, severity={it: levels[it] for it in order}).severities
        assert [found[code] for code in ("SYM401", "SYM402", "SYM201")] == [
            "warning",
            "error",
            "note",
        ]
        assert found["SYM491"] == "error"
    later = select_rules(RULES, severity={"SYM401": "note", "flow-strategy": "error"}).severities
    assert later == {"SYM401": "error"}
    with pytest.raises(SelectionError):
        select_rules(RULES, severity={"SYM8": "note"})


def test_two_rules_with_one_code_or_name_are_refused() -> None:
    with pytest.raises(RegistryError, match="two rules are called sym201"):
        RuleSet([*RULES, rule("SYM201", "other")])
    with pytest.raises(RegistryError, match="two rules are called flow-strategy"):
        RuleSet([*RULES, rule("SYM499", "flow-strategy")])


def test_rules_are_found_by_code_or_name_in_any_case() -> None:
    assert RULES.find("sym401") is RULES.find("Flow-Strategy")
    assert RULES.find("SYM4") is None

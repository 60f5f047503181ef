"""Which rules run, and how severe each is: selectors, profiles and overrides.

A selector is a code (``SYM201``), a name (``flow-strategy``), the beginning of codes (``SYM2``,
``SYM``), a profile (``recommended``, ``strict``) or ``all``. Where ``select`` and ``ignore`` meet
in one rule the closer selector wins: a code or name over a longer beginning over a shorter one
over a profile; of two equally close ones ``ignore``.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import SelectionError
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.lint.finding import Severity
    from symlint.lint.registry import RuleSet
    from symlint.lint.rule import AnyRule

PROFILES: Final = ("recommended", "strict")

_EXACT: Final = 1000
"""How close an exact selector is; a beginning is as close as it is long, a profile 0."""


class Selection(NamedTuple):
    """The rules to run, in code order, and the severities that differ from the rules' own."""

    rules: tuple[AnyRule, ...]
    severities: Mapping[str, Severity]


def select_rules(
    rules: RuleSet,
    *,
    profile: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    preview: bool = False,
    severity: Mapping[str, Severity] | None = None,
) -> Selection:
    """Choose from ``rules``; without ``select`` the profile's (by default ``recommended``).

    Rules in preview run with ``preview`` or when named exactly. Rules that cannot be suppressed
    always run. Raises SelectionError for a selector that selects nothing.
    """
    wanted = _closeness(rules, select if select is not None else (profile or "recommended",))
    unwanted = _closeness(rules, ignore)
    for selector in ignore:
        check_ignored(rules, selector)
    chosen = tuple(
        rule
        for rule in rules
        if not rule.suppressible
        or (
            wanted.get(rule.code, -1) > unwanted.get(rule.code, -1)
            and (preview or rule.state != "preview" or wanted[rule.code] == _EXACT)
        )
    )
    return Selection(chosen, resolve_severities(rules, severity or {}))


def resolve_severities(rules: RuleSet, severities: Mapping[str, Severity]) -> dict[str, Severity]:
    """Severities by code, from severities by selector; the closer selector wins, then the later."""
    found: dict[str, tuple[int, Severity]] = {}
    for selector in distinct(severities):
        severity = severities[selector]
        for code, closeness in _matches(rules, selector):
            if code not in found or closeness >= found[code][0]:
                found[code] = closeness, severity
    return {code: severity for code, (_, severity) in found.items()}


def distinct(selectors: Iterable[str]) -> tuple[str, ...]:
    """The selectors without those that one after them says again."""
    found: dict[str, str] = {}
    for selector in selectors:
        key = selector_key(selector)
        found.pop(key, None)
        found[key] = selector
    return tuple(found.values())


def selected_codes(rules: RuleSet, selector: str) -> tuple[str, ...]:
    """The codes that a selector selects. Raises SelectionError when there are none."""
    return tuple(code for code, _ in _matches(rules, selector))


def _closeness(rules: RuleSet, selectors: Iterable[str]) -> dict[str, int]:
    closest: dict[str, int] = {}
    for selector in distinct(selectors):
        for code, closeness in _matches(rules, selector):
            closest[code] = max(closeness, closest.get(code, -1))
    return closest


def selector_key(selector: str) -> str:
    return selector.strip().lower()


def _matches(rules: RuleSet, selector: str) -> list[tuple[str, int]]:
    key = selector_key(selector)
    if key == "all" or key in PROFILES:
        return [
            (rule.code, 0)
            for rule in rules
            if key != "recommended" or rule.profile == "recommended"
        ]
    exact = rules.find(key)
    if exact is not None:
        return [(exact.code, _EXACT)]
    found = [(rule.code, len(key)) for rule in rules if key and rule.code.lower().startswith(key)]
    if not found:
        raise _nothing_selected(rules, selector)
    return found


def _nothing_selected(rules: RuleSet, selector: str) -> SelectionError:
    from symlint.source.close_names import close_name

    suggestion = _longest_code_in(rules, selector) or close_name(
        selector.strip(), (*rules.keys(), *PROFILES, "all")
    )
    hint = f"did you mean {suggestion}?" if suggestion else "symlint rules lists all rules"
    shown = "".join(character if character.isprintable() else "?" for character in selector)
    return SelectionError(selector, f"no rule matches {shown!r}; {hint}", suggestion)


def _longest_code_in(rules: RuleSet, selector: str) -> str | None:
    """The code that a selector has more digits than (``SYM2011``), or lacks the letters of (``201``)."""
    key = selector_key(selector).upper()
    found = [rule.code for rule in rules if key.startswith(rule.code) or f"SYM{key}" == rule.code]
    return max(found, key=len, default=None)


def check_ignored(rules: RuleSet, selector: str) -> None:
    """Raises SelectionError for a rule that cannot be ignored."""
    rule = rules.find(selector_key(selector))
    if rule is not None and not rule.suppressible:
        raise SelectionError(
            selector,
            f"{rule.code} ({rule.name}) cannot be ignored: "
            "without it, a run could pass without reading every file",
        )

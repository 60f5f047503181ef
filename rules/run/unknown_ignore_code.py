"""Checks that every code in an ignore comment is the code or name of a rule."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import Edit, Fix
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule
from symlint.rules.run._examples import SOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.run_rule import Run

_LETTERS: Final = 3


class UnknownIgnoreCode(RunRule):
    """Every code in an ignore comment is the code or name of a rule.

    A mistyped code suppresses nothing. Neither does the beginning of codes (`SYM2`), which would suppress
    what nobody has seen yet, nor the code of a rule that cannot be suppressed, such as that for syntax
    errors.
    """

    code = "SYM902"
    name = "unknown-ignore-code"
    severity = "warning"
    about = ("suppressions.any",)
    bad = SOUND.replace("var.environment\n", "var.environment # symlint: ignore[SYM10] legacy\n")
    good = SOUND

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each code that no rule has."""
        from symlint.source.close_names import CloseNames

        known = CloseNames(run.suppressions.known_keys())
        for _, key, rule in run.suppressions.uses():
            if rule is not None and rule.suppressible:
                continue
            suggestion = None
            begun = "" if rule is not None else _begun(run, key.text)
            if begun:
                title = f'"{key.text}" is the beginning of codes, not a code'
            elif rule is None:
                title = f'there is no rule "{key.text}"'
                suggestion = known.to(key.text)
            else:
                title = f"{rule.code} ({rule.name}) cannot be suppressed"
            yield Location.of_range(key.range, attribute=key.text).finding(
                self,
                title,
                label=f"did you mean {suggestion}?" if suggestion else "",
                why="The comment suppresses nothing.",
                help_=begun
                or (
                    "symlint rules lists all codes and names"
                    if rule is None
                    else "fix the file, or add it to exclude in symlint.toml"
                ),
                fix=None
                if suggestion is None
                else Fix(f"write {suggestion}", (Edit(key.range, suggestion),), safe=False),
            )


def _begun(run: Run, key: str) -> str:
    """What to do about the beginning of codes; "" for anything else."""
    codes = (it for it in run.suppressions.known_keys() if it.upper().startswith(key.upper()))
    first = next((it for it in codes if it.isupper()), None)
    if first is None or len(key) < _LETTERS:
        return ""
    return f"write the code of each finding, as in ignore[{first}]"

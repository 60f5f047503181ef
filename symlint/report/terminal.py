"""Detects colour, hyperlink support and width of the terminal from the environment."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

_CI_VARIABLES: Final = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL")
"""Azure Pipelines sets TF_BUILD; it, TeamCity and Jenkins do not set CI."""

ColorChoice: TypeAlias = Literal["auto", "always", "never"]

_LINKING_PROGRAMS: Final = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio")
_LINKING_TERMINALS: Final = ("xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty")
_VTE_WITH_LINKS: Final = 5000
_MULTIPLEXERS: Final = ("screen", "tmux", "linux", "dumb")


def wants_color(choice: ColorChoice, environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether to colour: the choice, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, then the terminal.

    https://no-color.org and https://force-color.org: a variable that is empty is not set;
    ``FORCE_COLOR=0`` is a "no".
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        value = environment.get(name)
        if value:
            return value.lower() not in ("0", "false")
    return is_terminal and environment.get("TERM") != "dumb"


def wants_hyperlinks(environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether the terminal is known to follow OSC 8 hyperlinks; ``FORCE_HYPERLINK`` decides."""
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    terminal = environment.get("TERM", "")
    if not is_terminal or environment.get("CI") or terminal.startswith(_MULTIPLEXERS):
        return False
    if environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS or terminal in _LINKING_TERMINALS:
        return True
    version = environment.get("VTE_VERSION", "")
    if _whole_number(version) >= _VTE_WITH_LINKS:
        return True
    return bool(environment.get("WT_SESSION") or environment.get("KONSOLE_VERSION"))


def in_ci(environment: Mapping[str, str]) -> bool:
    """Whether a CI system reads the output, and may take a part of it for a command."""
    return any(environment.get(name) for name in _CI_VARIABLES)


def terminal_width(environment: Mapping[str, str], descriptor: int | None) -> int | None:
    """Columns: ``COLUMNS`` where set, else those of the terminal; None for anything else."""
    from os import get_terminal_size

    columns = _whole_number(environment.get("COLUMNS", ""))
    if columns:
        return columns
    if descriptor is None:
        return None
    try:
        return get_terminal_size(descriptor).columns or None
    except OSError:
        return None


def _whole_number(text: str) -> int:
    """The number that a variable of the environment is; 0 for what is none, or none that is meant."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

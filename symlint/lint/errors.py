"""Exceptions for wrong options, selectors, addresses, configuration files and rules."""

from __future__ import annotations


class TimeLimitReachedError(BaseException):
    """The time that a run may take is over; raised wherever the run is at that moment.

    No ``Exception``, so that whoever keeps going after a crash does not keep going after this.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"stopped after {seconds:g} seconds, the most that --timeout allows")


class UsageError(ValueError):
    """Wrong usage; the message is one line, and says what to do about it."""


class SelectionError(UsageError):
    """A selector that selects nothing.

    ``suggestion`` is the one close code or name, or None.
    """

    def __init__(self, selector: str, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.selector = selector
        self.suggestion = suggestion


class AddressError(UsageError):
    """An address that nothing has.

    ``suggestion`` is the address that may have been meant, or None.
    """

    def __init__(self, address: str, message: str, suggestion: str | None = None) -> None:
        hint = f"; did you mean {suggestion}?" if suggestion else ""
        super().__init__(f"{message}{hint}")
        self.address = address
        self.suggestion = suggestion


class ConfigError(UsageError):
    """A configuration file that cannot be used.

    ``path`` is absolute; ``line`` counts from 1 and is None where it is not known; ``problem`` is
    the message without the place.
    """

    def __init__(self, path: str, line: int | None, problem: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class RegistryError(UsageError):
    """Rules that cannot be loaded: two with one code, a plug-in that fails to import.

    ``key`` and ``value`` are the key of the configuration file that asks for what is not there, and
    what it says; "" where the rules themselves are wrong.
    """

    def __init__(self, message: str, key: str = "", value: str = "") -> None:
        super().__init__(message)
        self.key = key
        self.value = value

"""The parser and the emitter of libyaml, of which Terraform's YAML is a translation.

PyYAML has them compiled. Where it was installed without its compiled part nothing is known of
YAML: its parser in Python takes other texts, and a hundred times longer.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.terraform.functions.calls import NotKnownError

try:
    from yaml import _yaml
except ImportError:
    _yaml = None  # type: ignore[assignment]  # a module where it is there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import StringIO

    from yaml.error import MarkedYAMLError

    from symlint.terraform.functions.calls import Call, FunctionError

_STEPS_PER_EVENT: Final = 20


def events(call: Call, text: str) -> Iterator[Any]:
    """The events of a text, which spend the budget.

    Raises FunctionError where the text is no YAML, NotKnownError where Terraform's parser may see
    it otherwise, or without libyaml.
    """
    if _yaml is None:
        raise _missing(call)
    from yaml.error import MarkedYAMLError, YAMLError

    try:
        parser = _yaml.CParser(text)
        while (event := parser.get_event()) is not None:
            call.spend(_STEPS_PER_EVENT)
            yield event
    except UnicodeEncodeError:
        raise NotKnownError(call.unknown("it has half of a character")) from None
    except MarkedYAMLError as error:
        if error.problem == "exceeded maximum nesting depth":
            raise too_deep(call) from None
        # Inside of brackets, Terraform's parser takes a colon before another bracket or a comma,
        # and ends a scalar before a question mark.
        in_brackets = "?" in text and ("[" in text or "{" in text)
        if in_brackets or error.problem == "found unexpected ':'":
            raise NotKnownError(call.unknown("it has brackets that are not read here")) from None
        raise _refused(call, error) from None
    except YAMLError:
        raise call.error("control characters are not allowed") from None


def emitter(call: Call, stream: StringIO) -> Any:
    """What writes events to a stream. Raises NotKnownError without libyaml."""
    if _yaml is None:
        raise _missing(call)
    return _yaml.CEmitter(stream, allow_unicode=True)


def placed(call: Call, line: int, column: int, message: str) -> FunctionError:
    """The error at a place, which Terraform does not name in the first line."""
    return call.error(f"on line {line}, column {column + 1}: {message}" if line else message)


def too_deep(call: Call) -> NotKnownError:
    """What to raise for more levels than are looked at."""
    return NotKnownError(call.unknown("it nests too deeply", kind="budget"))


def _missing(call: Call) -> NotKnownError:
    return NotKnownError(call.unknown("PyYAML is installed here without libyaml"))


def _refused(call: Call, error: MarkedYAMLError) -> FunctionError:
    """Where and why the parser stopped, as Terraform says it."""
    from yaml.scanner import ScannerError

    message = error.problem or "invalid YAML syntax"
    mark = error.problem_mark
    if mark is not None and mark.line:
        if isinstance(error, ScannerError):
            return placed(call, mark.line + 1, 0, message)
        return placed(call, mark.line, mark.column, message)
    mark = error.context_mark
    return call.error(message) if mark is None else placed(call, mark.line, mark.column, message)

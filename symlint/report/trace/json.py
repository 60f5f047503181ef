"""What ``symlint trace --format json`` writes; ``docs/trace.md`` describes the shape.

``version`` counts up when a key goes away or changes its meaning; keys may be added at any time.
The text is ASCII; numbers have all their digits.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.report.escape import guard_json, neutralise, without_surrogates
from symlint.report.places import relative_path
from symlint.terraform.values.plain import Digits, parts, plain_data, type_data, value_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.run.evaluating import Evaluation
    from symlint.report.options import RenderOptions
    from symlint.source.text import Position, Range
    from symlint.terraform.trace.traces import Trace
    from symlint.terraform.values.plain import Part
    from symlint.terraform.values.value import Hop

VERSION: Final = 1

_MOST_HOPS: Final = 50_000
"""The most hops of one document: some 20 MB of text."""


def render_trace_json(evaluation: Evaluation, options: RenderOptions) -> str:
    """An evaluation as one JSON object, indented."""
    document = trace_document(evaluation, options.directory)
    if evaluation.hidden is not None:
        document = _without_secrets(document, evaluation.hidden)
    return json_text(document) + "\n"


def _without_secrets(data: Any, hidden: Hidden) -> Any:
    if isinstance(data, dict):
        return {name: _without_secrets(element, hidden) for name, element in data.items()}
    if isinstance(data, list):
        return [_without_secrets(element, hidden) for element in data]
    if not isinstance(data, str):
        return data
    text = hidden.text(data)
    return data if text == data else text


def trace_document(evaluation: Evaluation, directory: str) -> dict[str, Any]:
    """An evaluation as plain data; paths are relative to ``directory`` where they are inside."""
    ways = _Ways(directory)
    values = [_trace(trace, directory, ways) for trace in evaluation.traces]
    return {
        "version": VERSION,
        "root": _path(evaluation.directory, directory),
        "values": values,
        **({"hops_left_out": ways.left_out} if ways.left_out else {}),
        "problems": [
            {
                "message": neutralise(problem.message),
                "help": neutralise(problem.help),
                **_place(problem.range, directory),
            }
            for problem in evaluation.problems
        ],
        "failures": [
            {"path": _path(failure.path, directory), "message": neutralise(failure.message)}
            for failure in evaluation.failures
        ],
    }


class _Ways:
    """Writes the hops of values, as long as they are not too many."""

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._room = _MOST_HOPS
        self.left_out = 0

    def of(self, hops: Sequence[Hop]) -> list[dict[str, Any]]:
        """The hops, or nothing where there is no room for all of them."""
        if len(hops) > self._room:
            self.left_out += len(hops)
            return []
        self._room -= len(hops)
        directory = self._directory
        return [{"reference": str(hop.reference), **_place(hop.range, directory)} for hop in hops]


def _trace(trace: Trace, directory: str, ways: _Ways) -> dict[str, Any]:
    value = trace.value
    return {
        "address": trace.address,
        "variable_files": trace.variable_files or None,
        "value": plain_data(value, Digits),
        "known": trace.known,
        "sensitive": trace.sensitive,
        "type": type_data(trace.type),
        "origin": _optional_place(trace.origin, directory),
        "hops": ways.of(trace.hops),
        "reads": [
            {"reference": read.reference, **_place(read.range, directory)} for read in trace.reads
        ],
        "parts": [_part(part, directory, ways) for part in parts(value)],
    }


def _part(part: Part, directory: str, ways: _Ways) -> dict[str, Any]:
    value = part.value
    return {
        "path": list(part.path),
        "type": type_data(value_type(value)),
        "origin": _optional_place(value.origin, directory),
        "hops": ways.of(value.hops),
    }


def _optional_place(range_: Range | None, directory: str) -> dict[str, Any] | None:
    return None if range_ is None else _place(range_, directory)


def _place(range_: Range, directory: str) -> dict[str, Any]:
    return {
        "path": _path(range_.path, directory),
        "start": _position(range_.start_position),
        "end": _position(range_.end_position),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _path(path: str, directory: str) -> str:
    return relative_path(path, directory)


# --- JSON text ----------------------------------------------------------------------------------


def json_text(data: Any) -> str:
    """Plain data as indented ASCII JSON, ``Digits`` as numbers."""
    pieces: list[str] = []
    _write(data, pieces, "\n")
    return "".join(pieces)


def _write(data: Any, pieces: list[str], line: str) -> None:
    if type(data) is Digits:
        pieces.append(data)
    elif isinstance(data, dict) and data:
        separator = "{"
        for name, element in data.items():
            pieces.append(f"{separator}{line}  {_quoted(name)}: ")
            _write(element, pieces, line + "  ")
            separator = ","
        pieces.append(line + "}")
    elif isinstance(data, list) and data:
        separator = "["
        for element in data:
            pieces.append(f"{separator}{line}  ")
            _write(element, pieces, line + "  ")
            separator = ","
        pieces.append(line + "]")
    else:
        pieces.append(_quoted(data))


def _quoted(data: Any) -> str:
    """What is no collection; no command to a CI system stands in it."""
    import json

    return guard_json(json.dumps(without_surrogates(data) if isinstance(data, str) else data))

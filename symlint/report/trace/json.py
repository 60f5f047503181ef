"""What ``symlint trace --format json`` writes; ``docs/trace.md`` describes the shape.

``version`` counts up when a key goes away or changes its meaning; keys may be added at any time.
The text is ASCII; numbers have all their digits.
"""

from __future__ import annotations

from functools import partial

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.report.escape import guard_json, neutralise, without_surrogates
from symlint.report.formats.indented_json import indented, leaf
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
    from symlint.terraform.values.value import Hop, Value

VERSION: Final = 1

_MOST_HOPS: Final = 50_000
"""The most hops of one document: some 20 MB of text."""


def render_trace_json(evaluation: Evaluation, options: RenderOptions) -> str:
    """An evaluation as one JSON object, indented."""
    text = indented(_document(evaluation, options.directory), partial(_leaf, evaluation.hidden))
    return guard_json(text) + "\n"


def _leaf(hidden: Hidden | None, data: Any) -> str:
    """What is no collection, without secrets; ``Digits`` as numbers."""
    if not isinstance(data, str):
        return leaf(data)
    text = data if hidden is None else hidden.text(data)
    return data if type(data) is Digits and text == data else leaf(without_surrogates(text))


def _document(evaluation: Evaluation, directory: str) -> dict[str, Any]:
    """An evaluation as plain data; paths are relative to ``directory`` where they are inside."""
    places = _Places(directory)
    ways = _Ways(places)
    values = [_trace(trace, places, ways, evaluation.hidden) for trace in evaluation.traces]
    return {
        "version": VERSION,
        "root": relative_path(evaluation.directory, directory),
        "values": values,
        **({"hops_left_out": ways.left_out} if ways.left_out else {}),
        "problems": [
            {
                "message": neutralise(problem.message),
                "help": neutralise(problem.help),
                **places.at(problem.range),
            }
            for problem in evaluation.problems
        ],
        "failures": [
            {"path": relative_path(failure.path, directory), "message": neutralise(failure.message)}
            for failure in evaluation.failures
        ],
    }


class _Places:
    """Says where things are, as seen from a folder; thousands of values may be written in one place."""

    def __init__(self, directory: str) -> None:
        self._directory: Final = directory
        self._known: Final[dict[tuple[int, int, int], dict[str, Any]]] = {}

    def at(self, range_: Range) -> dict[str, Any]:
        """The file and the positions of a range."""
        # The values that are shown keep their files.
        key = (id(range_.source), range_.start, range_.end)
        if key not in self._known:
            self._known[key] = {
                "path": relative_path(range_.path, self._directory),
                "start": _position(range_.start_position),
                "end": _position(range_.end_position),
            }
        return self._known[key]

    def of(self, value: Value) -> dict[str, Any] | None:
        """Where a value was written."""
        return None if value.origin is None else self.at(value.origin)


class _Ways:
    """Writes the hops of values, as long as they are not too many."""

    def __init__(self, places: _Places) -> None:
        self._places: Final = places
        self._room = _MOST_HOPS
        self.left_out = 0

    def of(self, hops: Sequence[Hop]) -> list[dict[str, Any]]:
        """The hops, or nothing where there is no room for all of them."""
        if len(hops) > self._room:
            self.left_out += len(hops)
            return []
        self._room -= len(hops)
        places = self._places
        return [{"reference": str(hop.reference), **places.at(hop.range)} for hop in hops]


def _keys_hidden(data: Any, hidden: Hidden | None) -> Any:
    """Plain data with no secret among its keys; the same object where there was none."""
    if hidden is None or not isinstance(data, (dict, list)):
        return data
    if isinstance(data, list):
        elements = [_keys_hidden(it, hidden) for it in data]
        changed = any(new is not old for new, old in zip(elements, data, strict=True))
        return elements if changed else data
    found = {hidden.text(key): _keys_hidden(it, hidden) for key, it in data.items()}
    same = all(found.get(key) is it for key, it in data.items())
    return data if same else found


def _trace(trace: Trace, places: _Places, ways: _Ways, hidden: Hidden | None) -> dict[str, Any]:
    value = trace.value
    return {
        "address": trace.address,
        "variable_files": trace.variable_files or None,
        "value": _keys_hidden(plain_data(value, Digits), hidden),
        "known": trace.known,
        "sensitive": trace.sensitive,
        "type": _keys_hidden(type_data(trace.type), hidden),
        "origin": places.of(value),
        "hops": ways.of(trace.hops),
        "reads": [{"reference": read.reference, **places.at(read.range)} for read in trace.reads],
        "parts": [_part(part, places, ways, hidden) for part in parts(value)],
    }


def _part(part: Part, places: _Places, ways: _Ways, hidden: Hidden | None) -> dict[str, Any]:
    value = part.value
    return {
        "path": list(part.path),
        "type": _keys_hidden(type_data(value_type(value)), hidden),
        "origin": places.of(value),
        "hops": ways.of(value.hops),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}

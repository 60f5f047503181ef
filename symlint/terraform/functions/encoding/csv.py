"""``csvdecode``: comma-separated values as Go's ``encoding/csv`` reads them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.types import ANY, STRING, list_of, object_of
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STEPS_PER_FIELD: Final = 8
_QUOTE_ERROR: Final = 'extraneous or missing " in quoted-field'


class _CSVError(Exception):
    """What is wrong, with the line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"CSV parse error on line {line}: {problem}")


def _lines(text: str) -> list[str]:
    """The lines with their ends, which are line feeds."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    if not lines[-1]:
        lines.pop()
    return [
        line[:-2] + "\n" if line.endswith("\r\n") else line.removesuffix("\r") for line in lines
    ]


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the lines they begin on."""
    lines = _lines(text)
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line in ("\n", ""):
            continue
        start = number
        fields: list[str] = []
        position: int | None = 0
        while position is not None:
            line = lines[number - 1]
            if line.startswith('"', position):
                field, position, number = _quoted_field(position + 1, lines, number)
                fields.append(field)
                continue
            comma = line.find(",", position)
            field = line[position:].removesuffix("\n") if comma < 0 else line[position:comma]
            if '"' in field:
                raise _CSVError(number, 'bare " in non-quoted-field')
            fields.append(field)
            position = None if comma < 0 else comma + 1
        yield start, fields


def _quoted_field(position: int, lines: list[str], number: int) -> tuple[str, int | None, int]:
    """A field after its opening quote, where the next one begins, and the line that it ends on."""
    pieces: list[str] = []
    line = lines[number - 1]
    while True:
        quote = line.find('"', position)
        if quote < 0:
            pieces.append(line[position:])
            if number >= len(lines):
                raise _CSVError(number, _QUOTE_ERROR)
            line, position = lines[number], 0
            number += 1
            continue
        pieces.append(line[position:quote])
        position = quote + 2
        following = line[quote + 1 : quote + 2]
        if following == '"':
            pieces.append('"')
        elif following == ",":
            return "".join(pieces), position, number
        elif following == "" or line[quote + 1 :] == "\n":
            return "".join(pieces), None, number
        else:
            raise _CSVError(number, _QUOTE_ERROR)


def _csv_decode(call: Call) -> Value:
    text = call.text(0)
    call.spend(len(text) + _STEPS_PER_FIELD * (text.count(",") + text.count("\n")))
    try:
        return _table(call, text)
    except _CSVError as error:
        raise call.error(str(error)) from None


def _table(call: Call, text: str) -> Value:
    records = _records(text)
    first = next(records, None)
    if first is None:
        raise call.error("missing header line")
    headers = [normalized(name) for name in first[1]]
    seen: set[str] = set()
    for name in headers:
        if name in seen:
            raise call.error(f"duplicate column name {quoted(name)}")
        seen.add(name)
    columns = sorted((name, index) for index, name in enumerate(headers))
    type_ = object_of(dict.fromkeys(headers, STRING))
    rows: list[Value] = []
    for line, fields in records:
        if len(fields) != len(headers):
            raise _CSVError(line, "wrong number of fields")
        cells = {
            name: Value(STRING, normalized(fields[index]), call.origin) for name, index in columns
        }
        rows.append(Value(type_, cells, call.origin))
    return call.value(list_of(type_), tuple(rows))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "csvdecode": Function(_csv_decode, (Parameter("str", STRING),), ANY),
}

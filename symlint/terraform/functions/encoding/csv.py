"""``csvdecode``: comma-separated values as Go's ``encoding/csv`` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.types import ANY, STRING, list_of, object_of
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        rest: str | None = line
        while rest is not None:
            if not rest.startswith('"'):
                field, comma, after = rest.partition(",")
                if '"' in field:
                    raise _CSVError(number, 'bare " in non-quoted-field')
                fields.append(field if comma else field.removesuffix("\n"))
                rest = after if comma else None
                continue
            field, rest, number = _quoted_field(rest[1:], lines, number)
            fields.append(field)
        yield start, fields


def _quoted_field(rest: str, lines: list[str], number: int) -> tuple[str, str | None, int]:
    """A field after its opening quote, what follows its comma, and the line that it ends on."""
    pieces: list[str] = []
    while True:
        content, quote, after = rest.partition('"')
        pieces.append(content)
        if not quote:
            if number >= len(lines):
                raise _CSVError(number, _QUOTE_ERROR)
            rest = lines[number]
            number += 1
        elif after.startswith('"'):
            pieces.append('"')
            rest = after[1:]
        elif after.startswith(","):
            return "".join(pieces), after[1:], number
        elif after in ("", "\n"):
            return "".join(pieces), None, number
        else:
            raise _CSVError(number, _QUOTE_ERROR)


def _csv_decode(call: Call) -> Value:
    text = call.text(0)
    call.spend(len(text))
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
    for index, name in enumerate(headers):
        if name in headers[:index]:
            raise call.error(f"duplicate column name {quoted(name)}")
    type_ = object_of(dict.fromkeys(headers, STRING))
    rows: list[Value] = []
    for line, fields in records:
        if len(fields) != len(headers):
            raise _CSVError(line, "wrong number of fields")
        call.spend(len(fields) + 1)
        cells = {
            name: Value(STRING, normalized(field), call.origin)
            for name, field in sorted(zip(headers, fields, strict=True))
        }
        rows.append(Value(type_, cells, call.origin))
    return call.value(list_of(type_), tuple(rows))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "csvdecode": Function(_csv_decode, (Parameter("str", STRING),), ANY),
}

"""``regex``, ``regexall``, and ``replace`` with a pattern."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.re2.matching import (
    Match,
    PatternError,
    Program,
    UnsupportedPatternError,
    compile_pattern,
)
from symlint.terraform.values.sizes import STEPS_PER_PART, steps_of_text
from symlint.terraform.values.types import ANY, STRING, Type, list_of, object_of, tuple_of
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEPS_PER_CHARACTER: Final = 4
_NAME_CHARACTERS: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
)


def _program(call: Call, pattern: str) -> Program:
    """The compiled pattern. Raises PatternError; NotKnownError for one that is not supported."""
    try:
        return compile_pattern(pattern, call.spend)
    except UnsupportedPatternError as error:
        reason = f"the regular expression is not supported here: {error}"
        raise NotKnownError(call.unknown(reason)) from None


def _searching_program(call: Call) -> Program:
    """The program of the first argument, whose groups must have names all or none."""
    try:
        program = _program(call, call.text(0))
    except PatternError as error:
        raise call.error(f"invalid regexp pattern: {error.code} in {error.expression}", 0) from None
    if any(program.groups) and not all(program.groups):
        raise call.error(
            "invalid regexp pattern: cannot mix both named and unnamed capture groups", 0
        )
    return program


def _result_type(program: Program) -> Type:
    groups = program.groups
    if not groups:
        return STRING
    if groups[0]:
        return object_of(dict.fromkeys(groups, STRING))
    return tuple_of([STRING] * len(groups))


def _result(call: Call, program: Program, text: str, match: Match, type_: Type) -> Value:
    for start, end in zip(match[::2], match[1::2], strict=True):
        call.spend(STEPS_PER_PART + (end - start) // 2)
    if not program.groups:
        return Value(STRING, normalized(text[match[0] : match[1]]), call.origin)
    groups = [
        Value(STRING, None if start < 0 else normalized(text[start:end]), call.origin)
        for start, end in zip(match[2::2], match[3::2], strict=True)
    ]
    if program.groups[0]:
        return Value(type_, dict(zip(program.groups, groups, strict=True)), call.origin)
    return Value(type_, tuple(groups), call.origin)


def _first(call: Call) -> Value:
    program = _searching_program(call)
    text = call.text(1)
    match = program.search(text, 0, call.spend)
    if match is None:
        raise call.error("pattern did not match any part of the given string")
    return _result(call, program, text, match, _result_type(program))


def _all(call: Call) -> Value:
    program = _searching_program(call)
    text, type_ = call.text(1), _result_type(program)
    matches = program.find_all(text, call.spend)
    results = tuple(_result(call, program, text, match, type_) for match in matches)
    return call.value(list_of(type_), results)


def replace_matches(call: Call, pattern: str) -> Value:
    """``replace`` with the pattern between the slashes of its second argument."""
    try:
        program = _program(call, pattern)
    except PatternError as error:
        raise call.error(f"error parsing regexp: {error}") from None
    text = call.text(0)
    call.spend(len(call.text(2)) * _STEPS_PER_CHARACTER)
    template = _parts(call.text(2), program)
    pieces: list[str] = []
    end = 0
    for match in program.find_all(text, call.spend):
        call.spend(STEPS_PER_PART + len(template))
        pieces.append(text[end : match[0]])
        for part in template:
            piece = part if isinstance(part, str) else text[match[2 * part] : match[2 * part + 1]]
            call.spend(steps_of_text(piece))
            pieces.append(piece)
        end = match[1]
    return call.string("".join(pieces) + text[end:])


def _parts(template: str, program: Program) -> list[str | int]:
    """What the template of a replacement consists of: texts, and groups by number.

    ``$1`` and ``${name}`` are groups, ``$$`` is a dollar sign.
    """
    parts: list[str | int] = []
    numbers = _numbers(program)
    position = 0
    while True:
        dollar = template.find("$", position)
        if dollar < 0:
            return [*parts, template[position:]]
        parts.append(template[position:dollar])
        if template.startswith("$", dollar + 1):
            parts.append("$")
            position = dollar + 2
            continue
        name, position = _group_name(template, dollar)
        if not name:
            parts.append("$")
        elif name in numbers:
            parts.append(numbers[name])


def _group_name(template: str, dollar: int) -> tuple[str, int]:
    """The name after a dollar sign and where the text goes on; "" for a dollar sign by itself."""
    braces = template.startswith("{", dollar + 1)
    begin = dollar + 1 + braces
    end = begin
    while end < len(template) and (
        template[end] in _NAME_CHARACTERS or (template[end] > "\x7f" and template[end].isalnum())
    ):
        end += 1
    if braces and not template.startswith("}", end):
        return "", dollar + 1
    return template[begin:end], end + braces if end > begin else dollar + 1


def _numbers(program: Program) -> dict[str, int]:
    """The numbers of groups by their names and by themselves."""
    count = len(program.groups)
    named = {group: count - index for index, group in enumerate(reversed(program.groups))}
    return {**named, **{str(number): number for number in range(count + 1)}}


_PARAMETERS: Final = (Parameter("pattern", STRING), Parameter("string", STRING))

FUNCTIONS: Final[Mapping[str, Function]] = {
    "regex": Function(_first, _PARAMETERS, ANY),
    "regexall": Function(_all, _PARAMETERS, list_of(ANY)),
}

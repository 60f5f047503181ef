"""``regex``, ``regexall``, and ``replace`` with a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.re2.matching import (
    Match,
    PatternError,
    Program,
    UnsupportedPatternError,
    compile_pattern,
)
from symlint.terraform.values.types import ANY, STRING, Type, list_of, object_of, tuple_of
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME_CHARACTERS: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
)


def _program(call: Call, pattern: str) -> Program:
    """The compiled pattern. Raises PatternError; NotKnownError for one that is not supported."""
    call.spend(len(pattern))
    try:
        return compile_pattern(pattern)
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
    text, template = call.text(0), call.text(2)
    pieces: list[str] = []
    end = 0
    for match in program.find_all(text, call.spend):
        expanded = _expand(template, program, text, match)
        call.spend(len(expanded) + 1)
        pieces.append(text[end : match[0]] + expanded)
        end = match[1]
    return call.string("".join(pieces) + text[end:])


def _expand(template: str, program: Program, text: str, match: Match) -> str:
    """The template of a replacement with its ``$1``, ``${name}`` and ``$$`` filled in."""
    pieces: list[str] = []
    position = 0
    while True:
        dollar = template.find("$", position)
        if dollar < 0:
            return "".join(pieces) + template[position:]
        pieces.append(template[position:dollar])
        if template.startswith("$", dollar + 1):
            pieces.append("$")
            position = dollar + 2
            continue
        name, position = _group_name(template, dollar)
        if not name:
            pieces.append("$")
            continue
        for group in _groups_named(name, program):
            start, end = match[2 * group], match[2 * group + 1]
            pieces.append(text[start:end] if start >= 0 else "")


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


def _groups_named(name: str, program: Program) -> list[int]:
    """The group that a name or number stands for, if there is one."""
    if name.isascii() and name.isdigit() and (len(name) == 1 or name[0] != "0"):
        number = int(name) if len(name) < 9 else len(program.groups) + 1
        return [number] if number <= len(program.groups) else []
    return [index for index, group in enumerate(program.groups, 1) if group == name][:1]


_PARAMETERS: Final = (Parameter("pattern", STRING), Parameter("string", STRING))

FUNCTIONS: Final[Mapping[str, Function]] = {
    "regex": Function(_first, _PARAMETERS, ANY),
    "regexall": Function(_all, _PARAMETERS, list_of(ANY)),
}

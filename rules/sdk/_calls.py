"""What the rules about uses of the SDK share: which thing is used, and how calls fit their signatures."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Literal
from symlint.lint.finding import PASSED
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.sdk_api.api import Parameter, SdkApi
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule

INTEGRATIONS = "sym.sdk.integrations."


class Mismatch(NamedTuple):
    """Why a call does not fit what it calls; ``node`` is the argument at fault, None for "missing".

    "unknown": an argument by a name that no parameter has. "surplus": more arguments by position than
    parameters. "twice": a parameter given by position and by name. "missing": ``names`` are not given.
    """

    kind: Literal["unknown", "surplus", "twice", "missing"]
    node: ast.keyword | ast.expr | None
    names: tuple[str, ...]


def one_question(findings: Iterable[Finding]) -> Iterator[Outcome]:
    """The findings of one text of Python; that it passed where there are none."""
    found = False
    for finding in findings:
        found = True
        yield finding
    if not found:
        yield PASSED


def api_of(one: Implementation) -> SdkApi:
    """What the SDK offers."""
    return one.view.sym.catalogue.sdk_api


def used(api: SdkApi, module: PythonModule, node: ast.expr) -> str | None:
    """The canonical name of the thing of the SDK that an expression surely is; None for others."""
    meaning = module.meanings.of(node)
    return api.resolve(meaning) if meaning is not None and meaning.startswith("sym.") else None


def shown(name: str) -> str:
    """What a thing of the SDK is called in messages, as it is in code: "okta.list_groups"."""
    if name.startswith(INTEGRATIONS):
        return name.removeprefix(INTEGRATIONS)
    *_, owner, last = name.removesuffix(".__init__").split(".")
    return f"{owner}.{last}" if owner[:1].isupper() else last


def mismatch(call: ast.Call, parameters: Iterable[Parameter]) -> Mismatch | None:
    """The first reason why a call surely fails with a TypeError; None where it fits or may fit."""
    all_ = tuple(parameters)
    by_position = [it.name for it in all_ if it.kind == "either"]
    by_name = [it.name for it in all_ if it.kind in ("either", "keyword")]
    kinds = {it.kind for it in all_}
    positional = [it for it in call.args if not isinstance(it, ast.Starred)]
    complete = len(positional) == len(call.args)
    named = {it.arg: it for it in call.keywords if it.arg is not None}
    for name, keyword in named.items():
        if name not in by_name and "**" not in kinds:
            return Mismatch("unknown", keyword, (name,))
    if len(positional) > len(by_position) and "*" not in kinds:
        required = [it.name for it in all_ if not it.optional and it.kind == "keyword"]
        missing = tuple(name for name in required if name not in named)
        return Mismatch("surplus", positional[len(by_position)], missing)
    given = by_position[: len(positional)]
    for name in given if complete else ():
        if name in named:
            return Mismatch("twice", named[name], (name,))
    if complete and len(named) == len(call.keywords):
        there = {*given, *named}
        missing = tuple(
            it.name
            for it in all_
            if not it.optional and it.kind in ("either", "keyword") and it.name not in there
        )
        return Mismatch("missing", None, missing) if missing else None
    return None


def free_names(call: ast.Call, parameters: Iterable[Parameter]) -> tuple[str, ...]:
    """The parameters that can be given by name and are not."""
    named = [it for it in parameters if it.kind in ("either", "keyword")]
    unpacked = any(isinstance(it, ast.Starred) for it in call.args)
    positional = [it.name for it in named if it.kind == "either"]
    given = {*positional[: 0 if unpacked else len(call.args)], *(it.arg for it in call.keywords)}
    return tuple(it.name for it in named if it.name not in given)


def call_of(what: str, parameters: Iterable[Parameter]) -> str:
    """How a function is called: "okta.is_user_in_group(user, group_id=...)"."""
    given = [
        f"{it.name}=..." if it.kind == "keyword" else f"{'*' * (it.kind == '*')}{it.name}"
        for it in parameters
        if it.kind == "*" or not it.optional
    ]
    return f"{what}({', '.join(given)})"

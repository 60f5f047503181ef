"""The functions that fetch the options of prompt fields, and the fields that want them."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef
    from symlint.sym.model.flows import Flow, PromptField


class Prefetch(NamedTuple):
    """A call of ``prefetch``; ``field`` is None where it is not known for which field.

    ``node`` is the argument, or the whole call; ``function`` what it decorates, if it does.
    """

    field: str | None
    node: ast.expr
    function: FunctionDef | None = None


def prefetches(module: PythonModule) -> tuple[Prefetch, ...]:
    """All of a text, in its order: decorators, bare ones among them, and other uses."""
    found = {
        it.decorator: Prefetch(None, it.decorator, it.function)
        for it in module.handlers
        if it.decoration == "prefetch"
    }
    for call in module.calls:
        if call in found or module.meanings.decoration(call) == "prefetch":
            name = _field_name(call)
            text = None if name is None else module.meanings.text(name)
            function = found[call].function if call in found else None
            found[call] = Prefetch(text, call if name is None else name, function)
    return tuple(found.values())


def prefetched_fields(flow: Flow) -> Iterator[tuple[str | None, PromptField]]:
    """The fields whose options are fetched; without a name where that, or whether, is not known."""
    for field in flow.prompt_fields:
        entry = flow.sym.catalogue.provider.prompt_field_types.get(field.type.string or "")
        if entry is not None and "prefetch" in entry.not_applicable:
            continue
        asks = field.value("prefetch")
        if asks.is_unknown or asks.content in (True, "true"):
            yield None if asks.is_unknown or field.symbolic else field.name.string, field


def _field_name(call: ast.Call) -> ast.expr | None:
    """What is given as the name of the field."""
    if call.args:
        return None if isinstance(call.args[0], ast.Starred) else call.args[0]
    return next((it.value for it in call.keywords if it.arg == "field_name"), None)

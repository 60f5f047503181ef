"""What connectors may do in AWS: the inputs that limit it, and the targets that it concerns."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.intent.sources import wrong_source
from symlint.sym.model.link_resolution import last_resource_hop
from symlint.sym.model.strategies import Strategy
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.catalogue.module_parts import Scope
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Target
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.value import Value


class Managed(NamedTuple):
    """A target, one value of the setting that a connector's scope is about, and that connector."""

    strategy: Strategy
    target: Target
    connector: SymModule
    scope: Scope
    value: Value


def managed(sym: Lookup, kind: str) -> Iterator[Managed]:
    """All targets that a connector with a scope of one kind has to manage, each value once.

    Left out are values that are something else altogether, which another rule says.
    """
    seen = set()
    for strategy in sym.all(Strategy):
        connector = strategy.connector
        scope = None if connector is None else connector.entry.scope
        if connector is None or scope is None or scope.kind != kind:
            continue
        for target in dict.fromkeys(strategy.target_views):
            value = target.setting(scope.setting)
            if target.type_name != scope.target_type or value is None:
                continue
            if (target, connector) not in seen:
                seen.add((target, connector))
                setting = connector.catalogue.targets[scope.target_type].settings[scope.setting]
                for leaf in leaves(value):
                    if wrong_source(target, setting, leaf) is None:
                        yield Managed(strategy, target, connector, scope, leaf)


def scope_value(connector: SymModule, scope: Scope) -> Value | None:
    """What a connector's scope input is, the module's default included; None if not known."""
    argument = connector.argument(scope.input)
    if argument is not None and not argument.value.is_null:
        return argument.value
    if not connector.complete:
        return None
    form = connector.entry.inputs[scope.input][-1]
    if form.required:
        return None
    from symlint.sym.model.decoding import value_of_json

    default = form.default
    return value_of_json(list(default) if isinstance(default, tuple) else default, connector.header)


def read_from(value: Value) -> Reference | None:
    reference = value.reference
    if reference is not None:
        return reference
    hop = last_resource_hop(value)
    return None if hop is None else hop.reference


def matches(text: str, pattern: str) -> bool:
    """Whether a pattern of IAM matches: ``*`` is any text, ``?`` any letter."""
    import re

    parts = (".*" if it == "*" else "." if it == "?" else re.escape(it) for it in _runs(pattern))
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _runs(pattern: str) -> Iterator[str]:
    """The letters of a pattern, with only one ``*`` of several in a row."""
    last = ""
    for letter in pattern:
        if letter != "*" or last != "*":
            yield letter
        last = letter

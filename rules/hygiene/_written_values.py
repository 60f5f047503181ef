"""The values that are written in Sym's resources, modules and provider blocks."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.lint.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Value

Written: TypeAlias = "tuple[Location, Value, bool]"
"""The value of an argument, and whether the argument is a secret."""


def written_values(configuration: SymConfiguration) -> tuple[Written, ...]:
    """The values of the arguments of Sym's resources, modules and provider blocks."""
    return configuration.once_for("written_values", lambda: tuple(_written(configuration)))


def _written(configuration: SymConfiguration) -> Iterator[Written]:
    for view in configuration.views:
        entry = getattr(view, "entry", None)
        settings = {} if entry is None else entry.settings
        for name in configuration.catalogue.provider.resources[view.kind].arguments:
            argument = view.argument(name)
            if argument is None or name == "implementation":
                continue
            place = Location.of_argument(view, name)
            for key, value in (argument.value.items or {}).items():
                setting = settings.get(key) if name == "settings" else None
                if setting is None or setting.reference is None:
                    yield place.of_key(key, value), value, False
            yield place, argument.value, False
    for module in configuration.modules:
        for name, forms in module.entry.inputs.items():
            argument = module.argument(name)
            if argument is not None:
                yield Location.of_argument(module, name), argument.value, forms[-1].secret
    yield from _of_providers(configuration)


def _of_providers(configuration: SymConfiguration) -> Iterator[Written]:
    from symlint.sym.aws.provider_configurations import provider_blocks

    arguments = configuration.catalogue.provider.block.arguments
    for address, body in provider_blocks(configuration, "sym"):
        for name in arguments:
            value, written = body.attribute(name), body.configured(name)
            if value is not None and written is not None:
                used = written.value.range
                place = Location(address, name, used, used)
                yield place.of_element(value), value, False

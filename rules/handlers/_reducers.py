"""What rules share about reducers: which there must be, and which name was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.implementation.python_module import Handler


def needed_reducers(sdk: Sdk, kind: str) -> tuple[str, ...]:
    """The reducers of which the code of a resource must have one, the one to write first."""
    needed = [name for name, it in sdk.handlers.items() if kind in it.needed_by]
    return (
        *needed,
        *(
            name
            for name, it in sdk.handlers.items()
            if it.status == "deprecated" and set(it.replaced_by) & set(needed)
        ),
    )


def meant_handler(sdk: Sdk, handler: Handler) -> str | None:
    """The name that a handler with an unknown one was meant to have; None for a known name."""
    entry = sdk.handlers.get(handler.name)
    if entry is not None:
        return next(iter(entry.replaced_by), None) if entry.status == "dead" else None
    from symlint.source.close_names import close_name

    names = [name for name, it in sdk.handlers.items() if it.decorator == handler.decoration]
    if handler.decoration == "hook":
        names += [f"{prefix}{step}" for prefix in sdk.hook_prefixes for step in sdk.hook_steps]
    return None if handler.name in names else close_name(handler.name, names)

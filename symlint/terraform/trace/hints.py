"""What to say of an address that nothing has: what there is, and what may have been meant."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.close_names import close_name
from symlint.terraform.trace.address import (
    UnknownAddressError,
    name_at,
    resource_kind,
    written,
)
from symlint.terraform.values.addresses import key_suffix

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.trace.address import Step
    from symlint.terraform.values.addresses import InstanceKey, UnknownKey

_MOST_NAMES: Final = 12
_FIRST_WORDS: Final = ("module", "local", "var", "output", "data")


def prefix_of(module: ModuleInstance) -> str:
    """What stands before addresses inside of a module: ``module.a["x"].``."""
    return "".join(f"{step}." for step in module.path)


def described(module: ModuleInstance) -> str:
    """A module in a sentence."""
    return "the root module" if module.is_root else ".".join(map(str, module.path))


def declared_names(module: ModuleInstance, root: str) -> Collection[str]:
    """The names that can follow ``var``, ``local``, ``output`` or ``module``."""
    of = module.module
    found: dict[str, Collection[str]] = {
        "var": of.variables, "local": of.locals, "output": of.outputs, "module": of.calls,
    }  # fmt: skip  # as many a line as fit
    return found.get(root, ())


def missing_name(what: str, prefix: str, known: Iterable[str]) -> UnknownAddressError:
    """Only the kind of something is given: ``local``."""
    found = list(known)
    suggestion = f"{prefix}.{found[0]}" if len(found) == 1 else None
    return UnknownAddressError(
        f"{prefix}: the name of the {what} is missing" + _listed(found), suggestion
    )


def unknown_name(
    message: str, prefix: str, name: str, known: Iterable[str], rest: Iterable[Step]
) -> UnknownAddressError:
    """``prefix.name`` is wrong; ``rest`` is what follows it in the address."""
    found = list(known)
    meant = close_name(name, found)
    if meant is not None:
        return UnknownAddressError(message, f"{prefix}.{meant}{written(rest)}")
    return UnknownAddressError(message + _listed(found))


def unknown_key(
    shown: str, key: str | int | UnknownKey, known: Iterable[InstanceKey], rest: Iterable[Step]
) -> UnknownAddressError:
    """An instance that something does not have."""
    keys = [other for other in known if other is not None]
    if not keys:
        return UnknownAddressError(f"{shown} has no instances")
    message = f"{shown} has no instance {key_suffix(key)}" + _listed(map(key_suffix, keys))
    words = [other for other in keys if isinstance(other, str)]
    meant = close_name(key, words) if isinstance(key, str) else None
    if meant is None:
        return UnknownAddressError(message)
    return UnknownAddressError(message, shown + key_suffix(meant) + written(rest))


def unknown_resource(
    module: ModuleInstance, kind: ResourceKind, rest: Sequence[Step], steps: Sequence[Step]
) -> UnknownAddressError:
    """``steps`` name no resource; ``rest`` are those that should be its type and name."""
    before = "" if kind == "resource" else f"{kind}."
    prefix = prefix_of(module)
    known = [before + ".".join(key) for key in module.module.of_kind(kind)]
    if len(rest) < 2:
        return _one_word(module, before + written(rest).lstrip("."), known)
    wanted = before + written(rest[:2]).lstrip(".")
    message = f"{described(module)} declares no {wanted}"
    meant = close_name(wanted, known) if name_at(rest, 1) is not None else None
    if meant is not None:
        return UnknownAddressError(message, prefix + meant + written(rest[2:]))
    word = name_at(steps, 0) or ""
    meant = close_name(word, _FIRST_WORDS)
    if meant is not None and meant != word:
        return UnknownAddressError(message, prefix + meant + written(steps[1:]))
    alike = [name for name in known if name.startswith(wanted.partition(".")[0] + ".")]
    return UnknownAddressError(message + _listed(alike))


def _one_word(module: ModuleInstance, word: str, resources: Iterable[str]) -> UnknownAddressError:
    """A name without its kind, or a resource type without a name."""
    found = [
        f"{root}.{word}"
        for root in ("output", "local", "var", "module")
        if word in declared_names(module, root)
    ]
    found += [name for name in resources if name.startswith(f"{word}.")]
    message = f"{word!r} alone is no address"
    prefix = prefix_of(module)
    if len(found) == 1:
        return UnknownAddressError(message, prefix + found[0])
    return UnknownAddressError(message + _listed([prefix + name for name in found], "there is"))


def elsewhere(
    configuration: Configuration, steps: Sequence[Step], error: UnknownAddressError
) -> UnknownAddressError:
    """``error``, with the called modules that declare what the root module does not."""
    if error.suggestion is not None or name_at(steps, 0) == "module":
        return error
    found: dict[str, None] = {}
    rest = written(steps).lstrip(".")
    for module in configuration.modules():
        if not module.is_root and _declares(module, steps):
            path = "".join(f"module.{step.name}." for step in module.path)
            found[path + rest] = None
    if len(found) == 1:
        return UnknownAddressError(error.message, next(iter(found)))
    return UnknownAddressError(error.message + _listed(found, "there is")) if found else error


def _declares(module: ModuleInstance, steps: Sequence[Step]) -> bool:
    root, name = name_at(steps, 0), name_at(steps, 1)
    if root in ("var", "local", "output", "module"):
        return name in declared_names(module, root)
    kind, rest = resource_kind(steps)
    return (name_at(rest, 0), name_at(rest, 1)) in module.module.of_kind(kind)


def _listed(names: Iterable[str], words: str = "it has") -> str:
    """``; it has a, b and others``."""
    found = list(names)
    if not found:
        return ""
    others = " and others" if len(found) > _MOST_NAMES else ""
    return f"; {words} {', '.join(found[:_MOST_NAMES])}{others}"

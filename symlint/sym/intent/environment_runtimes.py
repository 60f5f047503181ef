"""Whether an environment runs on the runtime that is called like it, or is meant not to."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.roles.runtime import environments_of, runtime_role
from symlint.sym.intent.connectors.environment_names import (
    environment_text,
    environments_of_connectors,
)

if TYPE_CHECKING:
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup

_SHARED: Final = frozenset((
    "shared", "common", "global", "central", "core", "sym", "runtime", "default", "primary", "hub",
    "platform", "infra", "infrastructure", "ops", "security", "management", "mgmt", "admin",
    "tools", "tooling", "services", "nonprod", "lower",
))  # fmt: skip  # as many a line as fit
"""Words in the name of a runtime that is there for more than one environment."""

_BEGINNING: Final = 3
"""So many letters at the beginning make two words forms of one: stage, staging."""


class OtherRuntime(NamedTuple):
    """An environment that runs on a ``runtime`` of another name.

    ``own`` is the runtime connector that has the name of the environment, if there is one.
    """

    environment: Environment
    runtime: SymModule
    own: SymModule | None


def other_runtime(sym: SymConfiguration, environment: Environment) -> OtherRuntime | str | None:
    """The runtime of another name on which an environment runs; None where that is meant, or not so.

    A text is the reason why it is not known.
    """
    role = runtime_role(environment)
    runtime = None if role is None else role.connector
    if runtime is None or environment.is_data:
        return None
    name, other = environment.name.string, environment_text(runtime)
    if name is None or other is None:
        return "one of the two names is not known"
    slug = sym.catalogue.formats["slug"]
    if not slug.matches(name) or not slug.matches(other):
        return None  # That they are no names at all is said of each.
    if environment.symbolic or runtime.symbolic or _alike(name, other):
        return None
    called = sym.once(_by_environment).get(name, [])
    found = OtherRuntime(environment, runtime, called[0] if len(called) == 1 else None)
    if found.own is None and _is_explained(sym, found, name, other):
        return None
    return None if _is_about_connectors(sym, found, other) else found


def _alike(one: str, other: str) -> bool:
    """Whether one name is part of the other, or a word of one is a form of a word of the other."""
    here, there = _words(one), _words(other)
    plain, stem = "".join(here), "".join(there)
    return (
        plain in stem
        or stem in plain
        or any(a[:_BEGINNING] == b[:_BEGINNING] for a in here for b in there)
        or any(_is_short_for(a, b) or _is_short_for(b, a) for a in here for b in there)
    )


def _is_short_for(short: str, word: str) -> bool:
    """Whether a word is made of letters of another, and begins like it: ``prd``, ``production``."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)


def _words(name: str) -> list[str]:
    import re

    return re.findall(r"[a-z0-9]+", name.lower())


def _is_explained(sym: SymConfiguration, found: OtherRuntime, name: str, other: str) -> bool:
    """Whether something says that the runtime is not for this environment alone."""
    environment, runtime = found.environment, found.runtime
    steps = (*environment.address.module, *runtime.address.module)
    keys = (*(it.key for it in steps), environment.address.key, runtime.address.key)
    return (
        len(environments_of(sym, runtime)) > 1
        or any(isinstance(key, (str, int)) for key in keys)
        or not _SHARED.isdisjoint(_words(other))
    )


def _is_about_connectors(sym: SymConfiguration, found: OtherRuntime, other: str) -> bool:
    """Whether connectors that trust the runtime disagree with it, too: that is said of them."""
    return any(text != other for text in environments_of_connectors(sym, found.runtime))


def _by_environment(sym: Lookup) -> dict[str | None, list[SymModule]]:
    """The runtime connectors by their ``environment``."""
    found: dict[str | None, list[SymModule]] = {}
    for runtime in sym.runtime_connectors:
        found.setdefault(environment_text(runtime), []).append(runtime)
    return found

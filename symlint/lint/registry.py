"""Finds the rules: those of ``symlint.rules``, and the user's own where configured.

A run chooses from the index of symlint's rules (``rules/_index.py``, which ``make docs`` writes) and
imports what it runs. Nothing registers itself. A rule is any class of a rule module that derives from ``Rule`` and has
a code; modules whose name begins with ``_`` hold what rules share.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from symlint.annotations import TYPE_CHECKING
from symlint.lint.errors import RegistryError
from symlint.lint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType

    from symlint.lint.rule import AnyRule, ListedRule

ENTRY_POINT_GROUP = "symlint.rules"
USER_RULES = "symlint_user_rules"
"""The package that modules in a folder of the user's seem to be in."""


class RuleSet:
    """Rules in code order, found by code or name. Never changed."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        """Raises RegistryError when two rules share a code or name."""
        self.rules: tuple[AnyRule, ...] = tuple(sorted(rules, key=lambda rule: rule.code))
        self._by_key: dict[str, AnyRule] = {}
        for rule in self.rules:
            for key in (rule.code.lower(), rule.name.lower()):
                other = self._by_key.setdefault(key, rule)
                if other is not rule:
                    raise RegistryError(
                        f"two rules are called {key}: {_qualified(other.load())} "
                        f"and {_qualified(rule.load())}"
                    )

    def __iter__(self) -> Iterator[AnyRule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def find(self, key: str) -> AnyRule | None:
        """The rule of this code or name (in any case), or None."""
        return self._by_key.get(key.lower())

    def keys(self) -> tuple[str, ...]:
        """All codes and names, for suggestions."""
        return tuple(key for rule in self.rules for key in (rule.code, rule.name))


class LoadedRules(RuleSet):
    """Rules that are all imported."""

    if TYPE_CHECKING:
        rules: tuple[type[Rule], ...]

        def __iter__(self) -> Iterator[type[Rule]]: ...
        def find(self, key: str) -> type[Rule] | None: ...


def list_rules(folders: Sequence[str] = (), plugins: Sequence[str] = ()) -> RuleSet:
    """All rules of symlint, of the modules in ``folders``, and of the named entry points.

    Those of symlint are not imported. The others run the user's own code.
    Raises RegistryError for a plug-in that is missing, fails to import, or claims a taken code.
    """
    listed: tuple[ListedRule, ...] = import_module("symlint.rules._index").RULES
    return RuleSet((*listed, *_added_rules(folders, plugins)))


def load_rules(folders: Sequence[str] = (), plugins: Sequence[str] = ()) -> LoadedRules:
    """The same rules, all imported; the index is not asked. Raises RegistryError as ``list_rules``."""
    own = (rule for module in _own_modules() for rule in rules_of_module(module))
    return LoadedRules((*own, *_added_rules(folders, plugins)))


def _added_rules(folders: Sequence[str], plugins: Sequence[str]) -> list[type[Rule]]:
    """The rules of the modules in ``folders``, and of the named entry points."""
    rules: list[type[Rule]] = []
    for folder in folders:
        for module in folder_modules(folder):
            rules += rules_of_module(module)
    for plugin in plugins:
        rules += rules_of_module(_entry_point_module(plugin))
    return rules


def rules_of_module(module: ModuleType) -> Iterator[type[Rule]]:
    """The rules that a module defines. Raises RegistryError for one that is not complete."""
    for value in vars(module).values():
        if (
            isinstance(value, type)
            and issubclass(value, Rule)
            and value.__module__ == module.__name__
            and hasattr(value, "code")
        ):
            check_complete(value)
            yield value


def is_shipped(rule: type[Rule]) -> bool:
    """Whether a rule is one of symlint's, not one of the user's own or of a plug-in."""
    return rule.__module__.startswith("symlint.rules.")


def check_complete(rule: type[Rule]) -> None:
    """Raises RegistryError when a rule lacks something that every rule has."""
    missing = [
        attribute
        for attribute in ("name", "severity", "bad", "good")
        if not hasattr(rule, attribute)
    ]
    # Python leaves docstrings out where it is asked to (-OO).
    with_docstrings = sys.flags.optimize < 2
    if with_docstrings and (not (rule.__doc__ or "").strip() or rule.__doc__ == Rule.__doc__):
        missing.append("docstring")
    if missing:
        raise RegistryError(f"rule {_qualified(rule)} has no {', no '.join(missing)}")
    letters = rule.code.rstrip("0123456789")
    if not (letters.isascii() and letters.isupper() and len(rule.code) - len(letters) >= 3):
        raise RegistryError(
            f"rule {_qualified(rule)} has the code {rule.code!r}: "
            "a code is capital letters and at least three digits"
        )


def _own_modules() -> Iterator[ModuleType]:
    return _modules_of(import_module("symlint.rules"))


def _modules_of(package: ModuleType) -> Iterator[ModuleType]:
    """The modules of a package and of the packages in it, in name order."""
    for name, is_package in sorted(_names_in(package.__path__)):
        if not name.startswith("_"):
            module = import_module(f"{package.__name__}.{name}")
            if is_package:
                yield from _modules_of(module)
            else:
                yield module


def _names_in(folders: Iterable[str]) -> set[tuple[str, bool]]:
    """The names of the modules in a package's folders, and whether each is a package itself.

    ``pkgutil`` knows this too, and is asked where there are no folders (in a zip file); but it
    imports ``inspect`` for it, which takes longer than all the rest of this module.
    """
    folders = list(folders)
    try:
        found = [entry for folder in folders for entry in os.scandir(folder)]
    except OSError:
        from pkgutil import iter_modules

        return {(info.name, info.ispkg) for info in iter_modules(folders)}
    folders_found = (entry.name for entry in found if entry.is_dir())
    packages = {(name, True) for name in folders_found if not name.startswith("_")}
    modules = {(entry.name[:-3], False) for entry in found if entry.name.endswith(".py")}
    return (packages | modules) - {("__init__", False)}


def folder_modules(folder: str) -> Iterator[ModuleType]:
    """The modules ``*.py`` of a folder, executed, in name order.

    Raises RegistryError when the folder does not exist or a module fails.
    """
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    if not Path(folder).is_dir():
        raise RegistryError(f"the rules folder {folder} does not exist", "rules", folder)
    for path in sorted(Path(folder).glob("*.py")):
        if path.name.startswith("_"):
            continue
        spec = spec_from_file_location(f"{USER_RULES}.{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:
            raise RegistryError(f"{path} failed: {describe_exception(error)}") from error
        yield module


def _entry_point_module(name: str) -> ModuleType:
    from importlib.metadata import entry_points
    from types import ModuleType

    points = entry_points(group=ENTRY_POINT_GROUP)
    if name not in points.names:
        from symlint.source.close_names import close_name

        meant = close_name(name, points.names)
        installed = ", ".join(sorted(points.names)) or "none"
        hint = f"did you mean {meant}?" if meant else f"installed: {installed}"
        raise RegistryError(f"there is no rule plug-in {name}; {hint}", "plugins", name)
    try:
        module = points[name].load()
    except (Exception, SystemExit) as error:
        raise RegistryError(f"plug-in {name} failed: {describe_exception(error)}") from error
    if not isinstance(module, ModuleType):
        raise RegistryError(f"plug-in {name} does not name a module")
    return module


def describe_exception(error: BaseException) -> str:
    """The type of an exception and the first line of its message."""
    message = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _qualified(rule: type[Rule]) -> str:
    return f"{rule.__module__}.{rule.__qualname__}"

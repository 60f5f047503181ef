"""The rules, severities and catalogue of a run, from its options and configuration file."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import ConfigError, SelectionError, UsageError
from symlint.lint.selection import (
    check_ignored,
    distinct,
    resolve_severities,
    select_rules,
    selected_codes,
    selector_key,
)
from symlint.lint.settings.config import DEFAULT
from symlint.lint.settings.config_file import Known, config_error
from symlint.named_tuple import NamedTuple
from symlint.source.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.finding import Severity
    from symlint.lint.options import Options
    from symlint.lint.registry import RuleSet
    from symlint.lint.rule import AnyRule
    from symlint.lint.settings.config import Config
    from symlint.lint.settings.globs import PathGlobs
    from symlint.lint.settings.toml_lines import KeyPath
    from symlint.sym.catalogue import Catalogue
    from symlint.sym.catalogue.interfaces import CatalogueInterfaces, CatalogueSchema


class PathRules(NamedTuple):
    """What is different for some paths, by code."""

    paths: PathGlobs
    ignored: frozenset[str]
    severities: Mapping[str, Severity]


def known_rules(config: Config, options: Options) -> RuleSet:
    """All rules that a run knows, the user's own included.

    Raises ConfigError for a folder or plug-in that is not there or not trusted, RegistryError for
    rules that cannot be loaded.
    """
    from symlint.lint.errors import RegistryError
    from symlint.lint.registry import list_rules

    folders, plugins = tuple(map(os.path.abspath, options.rules)), options.plugins
    if options.trust_config:
        folders, plugins = (*config.rules, *folders), (*config.plugins, *plugins)
    _refuse_code(config, "rules", config.rules, folders)
    _refuse_code(config, "plugins", config.plugins, plugins)
    try:
        return list_rules(tuple(dict.fromkeys(folders)), tuple(dict.fromkeys(plugins)))
    except RegistryError as error:
        if error.key and config.path is not None:
            raise config_error(config, (error.key,), str(error), error.value) from error
        raise


def _refuse_code(
    config: Config, key: str, asked: tuple[str, ...], trusted: tuple[str, ...]
) -> None:
    """Raises ConfigError where a configuration file names code that the command line does not."""
    for name in asked:
        if name not in trusted:
            shown = os.path.relpath(name) if key == "rules" else name
            option = f"--rules {shown}" if key == "rules" else f"--plugin {shown}"
            problem = (
                f"{key} would run the Python code of {shown}, and whoever can change this file could "
                f"have any code run; where you trust it, add {option} or --trust-config"
            )
            raise config_error(config, (key,), problem, name)


class Chosen(NamedTuple):
    """The rules that run, in code order, and what the user said of their severities."""

    rules: tuple[AnyRule, ...]
    severities: Mapping[str, Severity]
    overrides: tuple[PathRules, ...]


def chosen_rules(rules: RuleSet, config: Config, options: Options) -> Chosen:
    """The rules that the options and the configuration file choose together.

    Raises SelectionError for a selector of the options that selects nothing, ConfigError for one
    of the configuration file.
    """
    _check_selectors(rules, config)
    by_file = options.select is None and options.profile is None
    select = config.select if by_file else options.select
    selection = select_rules(
        rules,
        profile=options.profile or config.profile,
        select=select,
        ignore=(*config.ignore, *options.ignore),
        preview=config.preview if options.preview is None else options.preview,
        severity={**config.severity, **options.severity},
    )
    if not any(rule.suppressible for rule in selection.rules):
        _refuse_no_rule(rules, select, config if by_file else DEFAULT)
    return Chosen(selection.rules, selection.severities, _path_rules(rules, config))


def _refuse_no_rule(rules: RuleSet, select: tuple[str, ...] | None, config: Config) -> None:
    """Raises UsageError where no rule is left but those that always run, and others were asked for."""
    asked = [code for it in select or () for code in selected_codes(rules, it)]
    if asked and all(not rule.suppressible for rule in rules if rule.code in asked):
        return
    if select is not None and config.select is not None:
        raise config_error(config, ("select",), "select and ignore leave no rule to run")
    raise UsageError("no rule is left to run: select and ignore leave none")


def _path_rules(rules: RuleSet, config: Config) -> tuple[PathRules, ...]:
    if not config.overrides:
        return ()
    from symlint.lint.settings.globs import path_globs
    from symlint.source.path_patterns import Work

    work = Work()
    return tuple(
        PathRules(
            path_globs(config, ("overrides", number, "paths"), override.paths, work),
            frozenset(
                code
                for selector in distinct(override.ignore)
                for code in selected_codes(rules, selector)
            ),
            resolve_severities(rules, override.severity),
        )
        for number, override in enumerate(config.overrides)
    )


def _check_selectors(rules: RuleSet, config: Config) -> None:
    """Raises ConfigError, with its line, for a selector of the file that selects nothing."""
    selectors: list[tuple[KeyPath, str]] = [(("select",), s) for s in config.select or ()]
    selectors += [(("ignore",), selector) for selector in config.ignore]
    selectors += [(("severity", selector), selector) for selector in config.severity]
    for number, override in enumerate(config.overrides):
        at: KeyPath = ("overrides", number)
        selectors += [((*at, "ignore"), selector) for selector in override.ignore]
        selectors += [((*at, "severity", selector), selector) for selector in override.severity]
    checked = set()
    for key, selector in selectors:
        # The same selectors may be there a thousand times.
        question = (key == ("ignore",), selector_key(selector))
        if question in checked:
            continue
        checked.add(question)
        try:
            selected_codes(rules, selector)
            if key == ("ignore",):
                check_ignored(rules, selector)
        except SelectionError as error:
            raise config_error(config, key, str(error), selector) from error


def configured_baseline(config: Config, tree: Tree) -> str | None:
    """The path of the baseline that the configuration file names, or None.

    Raises ConfigError for one that lies neither in ``tree`` nor in the project of the file.
    """
    path = config.baseline
    if path is None or tree.holds(path) or Tree([config.path or ""]).holds(path):
        return path
    problem = "the baseline lies outside of the repository; only the option --baseline may name it"
    raise config_error(config, ("baseline",), problem)


class Facts(NamedTuple):
    """What is known about Sym, and what of it the evaluator wants to know."""

    catalogue: Catalogue
    schema: CatalogueSchema
    interfaces: CatalogueInterfaces


def shipped_and_own_facts(config: Config) -> Facts:
    """The catalogue with the additions of the configuration file, if it has any.

    Raises ConfigError for an addition that the catalogue cannot take.
    """
    from symlint.sym.catalogue import CatalogueError, load_catalogue
    from symlint.sym.catalogue.interfaces import CatalogueInterfaces, CatalogueSchema

    try:
        catalogue = load_catalogue(config.catalogue)
    except CatalogueError as error:
        raise config_error(config, ("catalogue", *error.key), f"catalogue.{error}") from error
    return Facts(catalogue, CatalogueSchema(catalogue), CatalogueInterfaces(catalogue))


MOST_BYTES: Final = 4_000_000
"""How large all configuration files below the linted paths may be together."""

_TOO_MANY_BYTES: Final = (
    f"with this one, the configuration files here have more than {MOST_BYTES // 1_000_000} MB, the most "
    "that is read in one run; lint parts of the tree, one after the other"
)


class Loaded:
    """The rules and facts of a run, which are loaded once for all configuration files that add the same."""

    def __init__(self, known: Known | None = None) -> None:
        """``known`` is what was found where configuration files were looked for."""
        self._rules: dict[tuple[tuple[str, ...], tuple[str, ...]], RuleSet] = {}
        self._chosen: dict[tuple[object, ...], Chosen] = {}
        self._facts: dict[str, Facts] = {}
        self._bytes = 0
        self._known: Final = known or Known()

    def config(self, path: str) -> Config:
        """A configuration file of one folder among others; links may give one file many names.

        Raises ConfigError, also where all that were asked for are too large together.
        """
        from symlint.lint.settings.config_file import load_config

        self._bytes += os.path.getsize(path) if os.path.isfile(path) else 0
        if self._bytes > MOST_BYTES:
            raise ConfigError(path, None, _TOO_MANY_BYTES)
        return load_config(path, self._known)

    def rules(self, config: Config, options: Options) -> RuleSet:
        """``known_rules``."""
        key = (config.rules, config.plugins)
        if key not in self._rules:
            self._rules[key] = known_rules(config, options)
        return self._rules[key]

    def chosen(self, config: Config, options: Options) -> Chosen:
        """``chosen_rules``; of configuration files that choose the same, worked out once."""
        rules = self.rules(config, options)
        if config.overrides:
            return chosen_rules(rules, config, options)
        severity = tuple(config.severity.items())
        key = (rules, config.select, config.ignore, config.profile, config.preview, severity)
        if key not in self._chosen:
            self._chosen[key] = chosen_rules(rules, config, options)
        return self._chosen[key]

    def facts(self, config: Config) -> Facts:
        """``shipped_and_own_facts``."""
        key = repr(config.catalogue) if config.catalogue else ""
        if key not in self._facts:
            self._facts[key] = shipped_and_own_facts(config)
        return self._facts[key]

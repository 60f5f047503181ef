"""What rules say of a configuration."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from symlint.lint.finding import Finding, Undecided
from symlint.lint.options import Options
from symlint.lint.registry import load_rules
from symlint.lint.run.engine import lint
from symlint.lint.run_rule import RunRule
from symlint.sym.catalogue import load_catalogue
from symlint.sym.catalogue.interfaces import CatalogueInterfaces, CatalogueSchema
from symlint.sym.model.configuration import SymConfiguration
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.options import EvaluationOptions

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.rule import Rule

CATALOGUE = load_catalogue()


def configuration(directory: Path) -> SymConfiguration:
    """A configuration as the engine opens it."""
    options = EvaluationOptions(
        schema=CatalogueSchema(CATALOGUE), interfaces=CatalogueInterfaces(CATALOGUE)
    )
    return SymConfiguration(Configuration(str(directory), options), CATALOGUE)


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """All rules about configurations, those in preview among them."""
    return tuple(rule for rule in load_rules() if not issubclass(rule, RunRule))


@cache
def rules_of(*codes: str) -> tuple[type[Rule], ...]:
    """The rules about configurations whose codes begin so."""
    return tuple(rule for rule in all_rules() if rule.code.startswith(codes))


CORE = rules_of("SYM201", "SYM301", "SYM302", "SYM303", "SYM401", "SYM402")
STRATEGY_RULES = rules_of("SYM20", "SYM21")


def findings(directory: Path, rules: tuple[type[Rule], ...] = CORE) -> list[Finding]:
    """What the rules find in a configuration, each text once, by place."""
    sym = configuration(directory)
    found = [it for rule in rules for it in rule().check(sym) if isinstance(it, Finding)]
    unique = {(it.code, it.title, it.range.sort_key()): it for it in found}
    return sorted(unique.values(), key=Finding.sort_key)


def undecided(directory: Path, rules: tuple[type[Rule], ...]) -> list[tuple[str, str, str]]:
    """Code, question and reason of what the rules cannot decide."""
    sym = configuration(directory)
    outcomes = [it for rule in rules for it in rule().check(sym)]
    return [(it.code, it.question, it.reason) for it in outcomes if isinstance(it, Undecided)]


def facts(found: list[Finding]) -> list[tuple[str, str, str]]:
    """Code, severity and title of findings."""
    return [(it.code, it.severity, it.title) for it in found]


def linted(directory: Path, prefixes: tuple[str, ...] = ("SYM12", "SYM13")) -> list[Finding]:
    """What a run of symlint finds with the rules of these families."""
    report = lint([str(directory)], Options())
    assert not report.failures
    return [it for it in report.findings if it.code.startswith(prefixes)]

"""Checks that a module under ``symopsio`` exists."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit, Fix
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.versions._examples import MAIN
from symlint.rules.versions._modules import INIT_STOPS, MODULES
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration


class UnknownModuleSource(Rule):
    """A module under `symopsio` is one that Sym has published.

    The rule reports a name that is close to that of one of Sym's modules.

    **Not flagged.** Other names: they may be newer than symlint.
    """

    code = "SYM139"
    name = "unknown-module-source"
    severity = "error"
    fixable = True
    sources = (MODULES,)
    bad = configuration(
        MAIN.replace("symopsio/runtime-connector/aws", "symopsio/runtime-conector/aws")
    )
    good = configuration(MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each call of a module below symopsio is of one that is known."""
        from symlint.sym.provider.versions import plain_address

        catalogue = configuration.catalogue
        known = catalogue.module_addresses
        registry = [address for address in known if address.count("/") == 2 and "." not in address]
        for module in configuration.module_instances:
            for declaration in module.module.calls.values():
                source = declaration.source
                if source is None or catalogue.module_for(source) is not None:
                    continue
                plain = plain_address(source)
                namespace, _, rest = plain.partition("/")
                if rest.count("/") != 1 or "." in plain or ":" in plain:
                    continue
                if namespace != "symopsio" and not rest.startswith(_names(registry)):
                    continue
                from symlint.source.close_names import close_name

                meant = close_name(plain, registry)
                expression = declaration.source_expression
                if meant is not None and expression is not None and _is_close(plain, meant):
                    yield self._unknown(shown(source), meant, expression.range)

    def _unknown(self, source: str, meant: str, range_: Range) -> Finding:
        return Location.of_range(range_, attribute="source").finding(
            self,
            f"there is no module {source}",
            label="not in the registry",
            why=INIT_STOPS,
            help_=f'did you mean "{meant}"?',
            fix=Fix(f'write "{meant}"', (Edit(range_, f'"{meant}"'),), safe=True),
        )


def _names(addresses: list[str]) -> tuple[str, ...]:
    """The names of Sym's modules, each followed by a slash."""
    return tuple({f"{address.split('/')[1]}/" for address in addresses})


def _is_close(source: str, meant: str) -> bool:
    """Whether two addresses differ by a typing mistake in one of their parts."""
    from symlint.source.close_names import close_name

    parts = [(one, other) for one, other in zip(source.split("/"), meant.split("/"), strict=True)]
    different = [pair for pair in parts if pair[0] != pair[1]]
    return len(different) == 1 and close_name(different[0][0], (different[0][1],)) is not None

"""Checks what has no instances: blocks whose ``count`` or ``for_each`` is empty, modules so called.

What switches a block off is nearly always a variable, and values beside it are empty for the same
reason. So rules see such a block where all variables are unknown: first the root module and what it
calls, then each module in which something is still without instances as if it were a root module.
Of what they say there only what is about these blocks counts; the rest has been judged already.
"""

from __future__ import annotations

from functools import partial

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.run.judging.checking import Checked, check_configuration
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from symlint.lint.rule import AnyRule
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.existing import TextWithoutInstances
    from symlint.terraform.modules.declarations import Module


class Judged(NamedTuple):
    """What rules said, and the configuration that they said it of."""

    sym: SymConfiguration
    checked: Checked

    @property
    def configuration(self) -> Configuration:
        """The configuration in Terraform's terms."""
        return self.sym.terraform


class AbsentBlocks:
    """Checks the blocks without instances of one root module, under any variable files."""

    def __init__(self, rules: Iterable[AnyRule], catalogue: Catalogue) -> None:
        # What Terraform refuses in them is found for any input, with all other modules.
        self._rules: Final = tuple(rule for rule in rules if not rule.evaluates_all)
        self._catalogue: Final = catalogue
        self._known: dict[str, Judged] = {}

    def check(
        self, configuration: Configuration, is_relevant: Callable[[str], bool]
    ) -> Iterator[Judged]:
        """What rules say of the blocks without instances in the modules that are relevant."""
        from symlint.terraform.instances.existing import Existing

        modules = [
            module for path, module in configuration.called.modules.items() if is_relevant(path)
        ]
        existing = Existing(configuration)
        if configuration.budget.instances_left_out:
            return
        absent = existing.text_without(modules)
        if not absent.directories:
            return
        judged = self._judged(configuration, configuration.called.root)
        yield _about_absent(judged, absent, existing.has)
        existing.add(judged.configuration)
        absent = existing.text_without(modules)
        for directory in absent.directories:
            judged = self._judged(configuration, configuration.called.modules[directory])
            yield _about_absent(judged, absent, partial(existing.has_block, directory))

    def _judged(self, configuration: Configuration, module: Module) -> Judged:
        from symlint.sym.model.configuration import SymConfiguration

        found = self._known.get(module.directory)
        if found is None:
            opened = configuration.open_ended(module)
            sym = SymConfiguration(opened, self._catalogue)
            found = Judged(sym, check_configuration(sym, self._rules))
            self._known[module.directory] = found
        return found


def _about_absent(
    judged: Judged, absent: TextWithoutInstances, exists: Callable[[str], bool]
) -> Judged:
    """Only what is about absent blocks: by address, or by place where there is none."""
    checked = judged.checked
    findings = [
        finding
        for finding in checked.findings
        if (not exists(finding.address) if finding.address else absent.covers(finding.range))
    ]
    undecided = [question for question in checked.undecided if absent.covers(question.range)]
    return judged._replace(
        checked=checked._replace(findings=findings, undecided=undecided, passed=0)
    )

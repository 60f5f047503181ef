"""Runs the examples of rules: a ``bad`` one must be found, a ``good`` one must be left alone.

>>> faults = check_examples(MyRule)
>>> assert not faults
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Literal
from symlint.lint.options import Options
from symlint.lint.registry import folder_modules, rules_of_module
from symlint.lint.run.config_run import lint_under
from symlint.lint.settings.config import DEFAULT
from symlint.lint.settings.config_file import find_config, load_config
from symlint.named_tuple import NamedTuple
from symlint.source.writing import write_output

if TYPE_CHECKING:
    from symlint.lint.report import Report
    from symlint.lint.rule import Example, Rule
    from symlint.lint.settings.config import Config


class ExampleFault(NamedTuple):
    """An example of a rule that does not do what it is there for."""

    code: str
    example: Literal["bad", "good"]
    message: str


class Tested(NamedTuple):
    """The rules of a folder, in code order, and what is wrong with their examples."""

    rules: tuple[type[Rule], ...]
    faults: tuple[ExampleFault, ...]


def check_folder(folder: str) -> Tested:
    """Run the examples of all rules in the modules of a folder.

    Raises RegistryError when the folder or a rule in it cannot be used.
    """
    folder = os.path.abspath(folder)
    found = [rule for module in folder_modules(folder) for rule in rules_of_module(module)]
    rules = tuple(sorted(found, key=lambda rule: rule.code))
    codes = frozenset(rule.code for rule in rules)
    faults = (fault for rule in rules for fault in check_examples(rule, folder, codes))
    return Tested(rules, tuple(faults))


def check_examples(
    rule: type[Rule], folder: str | None = None, beside: frozenset[str] = frozenset()
) -> tuple[ExampleFault, ...]:
    """What is wrong with the examples of a rule; nothing is as it should be.

    ``folder`` is where the rule is loaded from when it is not one of symlint's own. That a rule of the
    codes ``beside`` crashes is said of the examples of that rule.
    """
    faults: list[ExampleFault] = []
    bad = _without_crashes(lint_example(rule.bad, rule, folder), beside - {rule.code})
    if not any(finding.code == rule.code for finding in bad.findings):
        others = _listed(bad)
        found = f"; it found{others}" if others else ""
        faults.append(ExampleFault(rule.code, "bad", f"the rule finds nothing in it{found}"))
    good = _without_crashes(lint_example(rule.good, rule, folder), beside - {rule.code})
    if good.findings or good.failures:
        faults.append(ExampleFault(rule.code, "good", f"expected no findings, got{_listed(good)}"))
    if bad.failures:
        faults.append(ExampleFault(rule.code, "bad", f"failed:{_listed(bad)}"))
    return tuple(faults)


def _without_crashes(report: Report, others: frozenset[str]) -> Report:
    """The report without the failures that are those of other rules alone."""
    import re

    kept = []
    for failure in report.failures:
        codes = re.findall(r"\brule ([A-Z]+[0-9]{3,}) \(", failure.message)
        if not codes or not others.issuperset(codes):
            kept.append(failure)
    return report._replace(failures=tuple(kept))


def lint_example(example: Example, rule: type[Rule], folder: str | None = None) -> Report:
    """The report on one example, written into a folder of its own: all stable rules, and ``rule``."""
    from tempfile import TemporaryDirectory

    folders = () if folder is None else (folder,)
    options = Options(select=("all", rule.code), all_modules=True, rules=folders)
    with TemporaryDirectory(prefix="symlint-example-") as directory:
        return lint_example_in(directory, example, DEFAULT, options)


def lint_example_in(directory: str, example: Example, config: Config, options: Options) -> Report:
    """The report on one example, written into ``directory``.

    A ``symlint.toml`` among its files counts in the place of ``config``, but for rules that it names.
    """
    write_example(example, directory)
    own = find_config(directory)
    if own is not None:
        config = load_config(own)._replace(rules=config.rules, plugins=config.plugins)
    return lint_under([directory], config, options)


def write_example(example: Example, directory: str) -> None:
    """Write the files of an example below a directory. Raises ValueError for paths outside it.

    Their lines count as the page of the rule shows them: without the empty one that begins a text.
    """
    files = {"main.tf": example} if isinstance(example, str) else example
    for name, text in files.items():
        path = os.path.normpath(os.path.join(directory, name))
        if os.path.commonpath((path, directory)) != directory:
            raise ValueError(f"the example's file {name} is outside its folder")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_output(path, text.lstrip("\n").encode("utf-8"))


def _listed(report: Report) -> str:
    lines = [
        f"\n  {finding.code} {finding.name}, {os.path.basename(finding.range.path)} line "
        f"{finding.range.line}: {finding.title}"
        for finding in report.findings
    ]
    lines += [f"\n  {failure.message}" for failure in report.failures]
    return "".join(lines)

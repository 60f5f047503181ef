"""Evaluating addresses of a configuration: what ``symlint.evaluate`` and ``symlint trace`` do."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.lint.errors import AddressError
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.options import Options, OptionsDict
    from symlint.lint.report import Failure
    from symlint.lint.run.opening import Opened
    from symlint.terraform.trace.traces import Trace
    from symlint.terraform.values.problems import Problem


_STEPS_PER_TRACE: Final = 500
_STEPS_PER_PART: Final = 120
"""What it costs to show a value, and each value in it, in steps of the budget."""
_TOO_MANY: Final = "there are too many values to show all of them"


class Evaluation(NamedTuple):
    """The values of addresses.

    ``directory`` is that of the root module, absolute. Values are as they are; ``hidden`` knows what
    of their sources may be shown. ``problems`` are what Terraform would refuse, as far as evaluation
    has met it; ``failures`` are what could not be read, and what was given up because it is too much
    work.
    """

    directory: str
    traces: tuple[Trace, ...]
    problems: tuple[Problem, ...] = ()
    failures: tuple[Failure, ...] = ()
    hidden: Hidden | None = None

    @property
    def exit_status(self) -> int:
        """3 when something could not be read or was given up, 1 when a value is in error, else 0."""
        if self.failures:
            return 3
        return int(any(trace.in_error for trace in self.traces))

    def data(self) -> dict[str, Any]:
        """The values by address as plain data, with the markers of ``docs/trace.md``.

        Of an address with one value for each of several sets of variable files, the last.
        """
        return {trace.address: trace.data for trace in self.traces}


def evaluate_path(
    path: str | os.PathLike[str],
    address: str | Iterable[str] | None,
    **options: Unpack[OptionsDict],
) -> Evaluation:
    """What ``symlint.evaluate`` does."""
    from symlint.lint.run.api import options_of

    addresses = [address] if isinstance(address, str) or address is None else list(address)
    return evaluate(os.fspath(path), addresses, options_of(options))


def evaluate(
    path: str, addresses: Sequence[str | None], options: Options, *, or_flows: bool = False
) -> Evaluation:
    """The values of addresses, None for all outputs, under each set of variable files.

    With ``or_flows``, None stands for the flows where there are no outputs.
    Raises UsageError: where the path has not one root module, for an address that nothing has
    (``AddressError``), for a configuration file that cannot be used.
    """
    from symlint.graph.all_problems import static_problems
    from symlint.lint.hiding.showing import said_failure
    from symlint.lint.run.opening import hidden_of, open_configurations
    from symlint.terraform.checks.diagnosis import Diagnosis

    opened = open_configurations(path, options._replace(all_modules=True))
    traces: list[Trace] = []
    problems: dict[Problem, None] = {}
    failures: dict[Failure, None] = {}
    for one in opened:
        found = _trace(one, addresses, len(opened) > 1)
        if or_flows and not found:
            found = _trace(one, _flows(one), len(opened) > 1)
        traces += found
        configuration = one.configuration
        met = (*configuration.inputs.problems, *configuration.evaluation.problems)
        problems.update(dict.fromkeys(met))
        if any(trace.in_error for trace in found):
            problems.update(dict.fromkeys(static_problems(Diagnosis(configuration))))
        failures.update(dict.fromkeys(one.failures()))
    ordered = sorted(problems, key=lambda it: (it.range.sort_key(), it.kind, it.message))
    directory = opened[0].configuration.directory
    hidden = hidden_of(opened)
    shown = tuple(said_failure(failure, hidden) for failure in failures)
    return Evaluation(directory, tuple(traces), tuple(ordered), shown, hidden)


def _flows(opened: Opened) -> list[str]:
    from symlint.sym.model.configuration import SymConfiguration

    sym = SymConfiguration(opened.configuration, opened.catalogue)
    return [str(flow.address) for flow in sym.flows]


def _trace(opened: Opened, addresses: Sequence[str | None], several: bool) -> list[Trace]:
    from symlint.terraform.trace.address import UnknownAddressError
    from symlint.terraform.trace.traces import Expressions, trace
    from symlint.terraform.values.plain import parts_of

    found: list[Trace] = []
    budget = opened.configuration.budget
    expressions = Expressions(opened.configuration)
    for address in addresses:
        try:
            traces = trace(opened.configuration, address, expressions)
        except UnknownAddressError as error:
            raise AddressError(address or "", error.message, error.suggestion) from error
        files = opened.variable_files if several else ""
        for one in traces:
            work = _STEPS_PER_TRACE + parts_of(one.value) * _STEPS_PER_PART
            if not budget.spend(work, _TOO_MANY) and found:
                return found
            found.append(one._replace(variable_files=files))
    return found

"""The last steps to a report: words are rid of secrets, and the baseline takes what was known before."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.report import Suppressed
from symlint.lint.run.judging.checking import check_run
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.report import Failure
    from symlint.lint.run.judging.outcomes import Outcomes
    from symlint.lint.run.roots.gathered import Gathered
    from symlint.lint.run_rule import Run
    from symlint.lint.suppression.baseline import Baseline


class Said(NamedTuple):
    """What rules have said, in order, in words that say no secrets; ``hidden`` knows these."""

    findings: Sequence[Finding]
    suppressed: Sequence[Suppressed]
    undecided: Sequence[Undecided]
    failures: Sequence[Failure]
    hidden: Hidden | None


def said(gathered: Gathered, hide: Callable[[], Hidden], *, always: bool) -> Said:
    """What rules have said; ``hide`` is asked where there is something to say, or ``always``."""
    collection = gathered.collection
    found = Said(
        [*collection.findings()],
        collection.suppressed(),
        collection.undecided(),
        sorted(gathered.failures),
        None,
    )
    if not collection and not found.failures and not always:
        return found
    from symlint.lint.hiding import showing

    hidden = hide()
    return Said(
        [showing.said_finding(it, hidden) for it in found.findings],
        [showing.said_suppressed(it, hidden) for it in found.suppressed],
        [showing.said_undecided(it, hidden) for it in found.undecided],
        [showing.said_failure(it, hidden) for it in found.failures],
        hidden,
    )


def after_baseline(
    before: Said,
    baseline: Baseline,
    run: Run,
    outcomes: Outcomes,
    looked_at: Iterable[str],
    said_gone: set[tuple[str, str]],
) -> Said:
    """The same without the findings that a baseline knows, and with what rules say of the baseline.

    ``looked_at`` are the paths of the files whose entries may be stale. ``said_gone`` are the baselines
    and codes for which has been said what there is of files that are gone, and is added to.
    """
    from symlint.lint.suppression.baseline import apply_baseline

    open_to_it = [it for it in before.findings if outcomes.is_suppressible(it.code)]
    gone = {code for code in run.judged if (baseline.path, code) not in said_gone}
    if any(rule.after_baseline for rule in outcomes.selection.rules):
        said_gone.update((baseline.path, code) for code in gone)
    applied = apply_baseline(baseline, open_to_it, looked_at, gone)
    stale = tuple(item for item in applied.stale if item.entry.code in run.judged)
    last = check_run(run._replace(stale=stale), outcomes.selection.rules, after_baseline=True)
    suppressed = {id(finding) for finding in applied.suppressed}
    remaining = [finding for finding in before.findings if id(finding) not in suppressed]
    remaining += filter(None, map(outcomes.adjusted, last.findings))
    return before._replace(
        findings=sorted(remaining, key=lambda finding: finding.sort_key()),
        suppressed=(
            *before.suppressed,
            *(Suppressed(finding, "baseline", "") for finding in applied.suppressed),
        ),
        failures=(*before.failures, *last.failures),
    )

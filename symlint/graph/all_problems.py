"""Everything that Terraform would refuse in a configuration, dependency cycles included.

The checks of ``symlint.terraform`` look at one module after the other; what depends on what is
asked of the reference graph, which stands above them.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.graph.cycles import find_cycles
from symlint.terraform.instances.collection_pause import CollectionPause

if TYPE_CHECKING:
    from symlint.terraform.checks.diagnosis import Diagnosis
    from symlint.terraform.values.problems import Problem


def problems(diagnosis: Diagnosis) -> tuple[Problem, ...]:
    """All problems, by place."""
    found = dict.fromkeys(diagnosis.problems)
    found.update(dict.fromkeys(_cycles(diagnosis)))
    return tuple(sorted(found, key=lambda it: (it.range.sort_key(), it.kind, it.message)))


def static_problems(diagnosis: Diagnosis) -> tuple[Problem, ...]:
    """The problems that can be seen without evaluating anything."""
    return (*diagnosis.static_problems, *_cycles(diagnosis))


def _cycles(diagnosis: Diagnosis) -> tuple[Problem, ...]:
    with CollectionPause():
        return find_cycles(diagnosis.configuration)

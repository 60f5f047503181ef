"""Everything that Terraform would refuse in a configuration, dependency cycles included.

The checks of ``symlint.terraform`` look at one module after the other; what depends on what is
asked of the reference graph, which stands above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.graph.reference_graph import ReferenceGraph
from symlint.terraform.instances.collection_pause import CollectionPause

if TYPE_CHECKING:
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.values.problems import Problem


def problems(
    configuration: Configuration, graph: ReferenceGraph | None = None
) -> tuple[Problem, ...]:
    """All problems, by place; ``graph`` is that of the configuration, where there is one."""
    found = dict.fromkeys(configuration.problems)
    found.update(dict.fromkeys(_cycles(configuration, graph)))
    return tuple(sorted(found, key=lambda it: (it.range.sort_key(), it.kind, it.message)))


def static_problems(configuration: Configuration) -> tuple[Problem, ...]:
    """The problems that can be seen without evaluating anything."""
    return (*configuration.static_problems, *_cycles(configuration, None))


def _cycles(configuration: Configuration, graph: ReferenceGraph | None) -> tuple[Problem, ...]:
    with CollectionPause():
        return (graph or ReferenceGraph(configuration)).cycles

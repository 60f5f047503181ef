"""The references in the declarations of one module, read from its syntax tree."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.nodes import AttributeStep, IndexStep
from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.references import free_traversals, named_by
from symlint.terraform.modules.sites import sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.nodes import Traversal
    from symlint.source.text import Range
    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.modules.references import Named
    from symlint.terraform.modules.sites import Owner


class WrittenReference(NamedTuple):
    """A traversal in the argument ``role`` of ``owner``, and what it names."""

    owner: Owner
    role: str
    named: Named
    traversal: Traversal

    @property
    def range(self) -> Range:
        """Where it is written."""
        return self.traversal.range

    @property
    def path(self) -> tuple[str | int, ...]:
        """The attributes and keys that it takes of what it names, a module's instance key left out."""
        steps = self.traversal.steps[self.named.steps :]
        if self.named.kind == "module" and steps and type(steps[0]) is IndexStep:
            steps = steps[1:]
        taken: list[str | int] = []
        for step in steps:
            if type(step) is AttributeStep:
                taken.append(step.name)
            elif type(step) is IndexStep:
                taken.append(step.key if isinstance(step.key, (str, int)) else str(step.key))
        return tuple(taken)


def read_references(module: Module) -> Iterator[WrittenReference]:
    """Every reference of a module, block by block; what they name may not be declared."""
    for site in sites(module):
        for traversal in free_traversals(site.expression, site.bound):
            named = named_by(traversal)
            if named is not None:
                yield WrittenReference(site.owner, site.role, named, traversal)

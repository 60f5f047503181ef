"""Checks that the file of an implementation is there and has code in it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.rules._examples import configuration
from symlint.rules._python import carried
from symlint.rules._python_examples import FLOW
from symlint.rules.provider._schema import (
    GUIDE_3,
    REGISTRY,
    SchemaRule,
    argument_of,
    location_of,
    name_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem


class ImplementationFile(SchemaRule):
    """The file of an implementation is there, and there is code in it.

    The provider reads the `implementation` of a strategy, and that of a flow before version 3, from the path
    that it is given: without the file, the apply fails. An empty file is applied without a word, and Sym
    finds nothing to call in it.

    **Not flagged.** A file that is not there for `file(...)`: that is Terraform's own error. Files outside
    of the configuration, and those that a `local_file` makes, are undecided.
    """

    code = "SYM601"
    name = "implementation-file"
    kinds = ("file",)
    sources = (GUIDE_3, f"{REGISTRY}/resources/strategy")
    bad = configuration(
        FLOW.replace('file("${path.module}/impl.py")', '"${path.module}/approval.py"'),
        provider="~> 2.0",
    )
    good = configuration(
        FLOW.replace('file("${path.module}/impl.py")', '"${path.module}/impl.py"'),
        provider="~> 2.0",
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each file is there, and is one of code."""
        yield from super().check(configuration)
        for one in carried(configuration):
            if one.missing is not None and one.missing.kind == "binary":
                yield self._without_code(one, "no Python: it contains NUL characters")
            elif one.code is not None and not one.code.text.strip() and not _is_null(one):
                yield self._without_code(one, "empty")
            elif one.code is not None:
                yield PASSED

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """The path of a file that is not there."""
        from symlint.sym.provider.named_files import near_file

        del sym
        path = None if problem.value is None else problem.value.string
        near = None if path is None else near_file(problem.place.module, path)
        place = location_of(problem, followed=True)
        return place.finding(
            self,
            f"{argument_of(problem)} names no file",
            label="there is no such file",
            related=place.use(name_of(problem)),
            why="The provider reads the file during the apply, which fails.",
            help_=f"did you mean {near}?" if near else "write the path of an existing file",
        )

    def _without_code(self, one: Implementation, what: str) -> Finding:
        place = one.value.origin or one.used
        related = () if place == one.used else (RelatedRange(one.used, "used here"),)
        return Location.of_range(place, one.address, one.attribute).finding(
            self,
            f"the code of {one.attribute} is {what}",
            label="no code",
            related=related,
            why="The apply takes it as it is. When somebody asks for access, Sym finds nothing to call in it.",
            help_="write the code, or name another file",
        )


def _is_null(one: Implementation) -> bool:
    """Whether it stands for nothing at all, which is what ``strategy-implementation`` says."""
    return one.role == "strategy" and one.value.content == ""

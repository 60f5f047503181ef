"""What is wrong with a configuration as Terraform itself would say; rules turn it into findings."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.source.cutting import cut

if TYPE_CHECKING:
    from symlint.source.text import Range

ProblemKind: TypeAlias = Literal[
    "undeclared",  # a reference to something that is not declared (SYM101)
    "cycle",  # a dependency cycle (SYM102)
    "duplicate",  # declared twice (SYM103)
    "module-call",  # a module that cannot be found, calls itself, or escapes (SYM104)
    "module-argument",  # unsupported or missing argument of a module call (SYM105)
    "expression",  # Terraform would refuse to evaluate it: bad operand, function error (SYM106)
    "type",  # a value that does not fit the declared type (SYM107)
    "validation",  # a variable validation that is known to fail (SYM108)
    "structure",  # a block or meta-argument in the wrong place or form (SYM109)
    "attribute",  # an attribute that an object value surely lacks (SYM110)
    "module-attribute",  # an attribute that an output of a known module surely lacks (SYM304)
    "missing",  # an output or instance that is not there, for try and can; see the static checks
    "input",  # a variable file that sets something undeclared or malformed (SYM111)
]


class RelatedRange(NamedTuple):
    """Another place that belongs to a problem or finding, and what it has to do with it."""

    range: Range
    label: str


class Problem(NamedTuple):
    """One mistake that Terraform would refuse, with its evidence.

    ``message`` states the fact: lower case, no full stop. ``label`` stands beside the range in
    the shown source. ``help`` is imperative. ``certain`` is false where something was lost to a
    syntax error, so that nothing may be concluded from an absence. ``suggestion`` is the unique
    close name of the right kind that would replace the text of ``range``. ``opentofu`` where
    OpenTofu accepts it: no mistake in a configuration that is OpenTofu's.
    """

    kind: ProblemKind
    range: Range
    message: str
    label: str = ""
    help: str = ""
    related: tuple[RelatedRange, ...] = ()
    suggestion: str | None = None
    opentofu: bool = False

    def brief(self) -> Problem:
        """The problem with what is too long in it cut at the end."""
        message, label, help_ = cut(self.message), cut(self.label), cut(self.help)
        return self._replace(message=message, label=label, help=help_)

"""What is wrong with a block by the schema of the Sym provider, before it is put in words."""

from __future__ import annotations

from types import MappingProxyType

from symlint.annotations import TYPE_CHECKING, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.versions import within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Argument, PromptFieldType, Schema
    from symlint.sym.provider.blocks import Place
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version
    from symlint.terraform.values.value import Value

SchemaProblemKind: TypeAlias = Literal[
    "unknown-type",  # a resource type that no version has
    "unknown-argument",  # an argument, block or key that no version has
    "missing",  # a required argument that is not there, or null
    "form",  # an argument written as a block, or a block as an argument
    "label",  # a nested block with a label
    "dynamic",  # a dynamic block that lacks its for_each or content
    "repeated",  # more nested blocks of a kind than there may be
    "type",  # a known value that does not convert to the argument's type
    "unavailable",  # a type, argument or value that other versions have
    "newer",  # one that some admitted versions do not have yet
    "content",  # a path where Python code is wanted, or the other way round
    "file",  # the path of a Python file that is not there
]

Written: TypeAlias = Literal["attribute", "block", "key"]


class SchemaProblem(NamedTuple):
    """One contradiction between a block and the provider's schema.

    ``range`` is the text to change. ``subject`` is what the catalogue knows of the thing that
    ``name`` names: the form of the argument that would be right, or the one that other versions
    have. ``candidates`` are names that may have been meant, ``given`` the arguments of the body and
    where their names stand. ``use`` is where a value is used,
    perhaps far from where it is written; ``part`` leads from the value to what is wrong in it.
    ``history`` are all forms of an argument over the versions.
    """

    kind: SchemaProblemKind
    place: Place
    name: str
    range: Range
    versions: ProviderVersions
    judged: tuple[Version, ...]
    written: Written = "attribute"
    subject: Argument | Schema | PromptFieldType | None = None
    candidates: tuple[str, ...] = ()
    value: Value | None = None
    use: Range | None = None
    part: tuple[object, ...] = ()
    detail: str = ""
    history: tuple[Argument, ...] = ()
    given: Mapping[str, Range] = MappingProxyType({})

    def is_given(self, name: str) -> bool:
        """Whether an argument stands beside the one that is wrong; an override file may repeat it."""
        return name in self.given and self.given[name].path == self.range.path

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two problems, of two instances of a block, the same one."""
        return (self.kind, self.range.sort_key(), self.place.path, self.name, self.detail)

    @property
    def attribute(self) -> str:
        """The argument in Terraform's terms: "params.strategy_id"."""
        return f"{self.place.path}{self.name}"

    @property
    def tolerated(self) -> bool:
        """Whether an older version would do, which the constraint also admits.

        Terraform chooses the newest, unless a lock file that is not here pins the older one.
        """
        form, versions = self.subject, self.versions
        if form is None or versions.locked is not None or versions.bounding is None:
            return False
        if self.written == "key":
            return False
        if self.kind == "unavailable":
            return any(within(it, form.since, form.until) for it in versions.admitted.known)
        older = [_form_at(self.history, version) for version in versions.admitted.known]
        if self.kind == "content":
            content = getattr(form, "content", None)
            return any(it is not None and it.content not in (content, None) for it in older)
        if self.kind == "form":
            return any(it is not None and it.form == self.written for it in older)
        if self.kind != "missing":
            return False
        unknown = form.since is not None and versions.constraint.reaches(until=versions.known[0])
        return unknown or any(it is None or not it.required for it in older)

    @property
    def is_removed(self) -> bool:
        """Whether the thing existed before all versions that the configuration may run with."""
        until = None if self.subject is None else self.subject.until
        return until is not None and all(version >= until for version in self.judged)


class UndecidedQuestion(NamedTuple):
    """A question about a block that cannot be answered."""

    kind: SchemaProblemKind
    range: Range
    question: str
    reason: str


class SchemaReport(NamedTuple):
    """All that the schema says about a configuration; ``blocks`` is how many were looked at."""

    problems: tuple[SchemaProblem, ...]
    undecided: tuple[UndecidedQuestion, ...]
    blocks: int


def _form_at(forms: tuple[Argument, ...], version: Version) -> Argument | None:
    return next((it for it in forms if within(version, it.since, it.until)), None)

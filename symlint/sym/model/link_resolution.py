"""Resolves the value of an id argument to the resource that it refers to.

Terraform passes ids as plain strings, so neither it nor the provider notices when a reference
leads to the wrong thing. ``resolve_link`` says what a value is by its path: the references
that it was read from, not the text that it happens to be.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.model.views import WRONG, Link, LinkOutcome, LinkTarget, QuotedAddress, Subject
from symlint.sym.words import mentions, noun
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from symlint.source.text import Range
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.addresses import Address, Reference
    from symlint.terraform.values.value import Hop, Value


class Resolver:
    """Resolves the values of one argument; see ``resolve_link``."""

    __slots__ = ("argument", "subject_of", "target")

    def __init__(
        self, target: LinkTarget, argument: Range, subject_of: Callable[[Reference], Subject | None]
    ) -> None:
        self.target: Final = target
        self.argument: Final = argument
        self.subject_of: Final = subject_of

    def resolve(self, value: Value) -> Link:
        """Say where ``value`` leads."""
        unknown = value.unknown
        if unknown is not None and unknown.alternatives and unknown.reference is None:
            links = tuple(self.resolve(it) for it in unknown.alternatives)
            # What is left out under a condition, or falls back to nothing, is meant to be.
            given = tuple(it for it in links if not it.is_absent)
            if len(given) == 1:
                return given[0]
            return self._link("alternatives", value)._replace(alternatives=given or links)
        if value.is_null or value.content == "":
            return self._link("null", value, value.origin)
        reference = value.reference
        if reference is not None:
            return self._of_reference(value, reference)
        if unknown is not None:
            return self._unknown(value, unknown.reason)
        if value.string is not None:
            return self._of_text(value, value.string)
        return self._link("wrong_type", value, value.origin)

    def _link(self, outcome: LinkOutcome, value: Value, range_: Range | None = None) -> Link:
        return Link(outcome, value, self.target, range_ or self.argument, self.argument)

    def _of_reference(self, value: Value, reference: Reference) -> Link:
        """Where a value leads that is not known itself, but of which it is known what it is."""
        subject = self.subject_of(reference)
        reason = value.unknown.reason if value.unknown is not None else ""
        if subject is None:
            return self._unknown(value, reason)
        outcome = _judge(subject, self.target)
        if outcome in WRONG:
            # What it was read from before may be wrong already: the external_id of an
            # integration, which happens to be an output of a module.
            hop = last_resource_hop(value)
            through = None if hop is None else self.subject_of(hop.reference)
            if through is not None and _judge(through, self.target) in WRONG:
                subject, outcome = through, _judge(through, self.target)
        range_ = self._mistake_range(value, subject, outcome) or self.argument
        return Link(outcome, value, self.target, range_, self.argument, subject, reason)

    def _unknown(self, value: Value, reason: str) -> Link:
        """Where a value leads that is not known, and that may be the wrong part of something.

        The name of a strategy is no id, whatever the variable that it is made from may hold.
        """
        hop = last_resource_hop(value)
        subject = None if hop is None else self.subject_of(hop.reference)
        if subject is None or _judge(subject, self.target) != "wrong_attribute":
            return self._link("unknown", value)._replace(reason=reason)
        range_ = self._mistake_range(value, subject, "wrong_attribute")
        return self._link("wrong_attribute", value, range_)._replace(subject=subject)

    def _of_text(self, value: Value, text: str) -> Link:
        """What a known text is: an argument of a resource, an address in quotes, a literal."""
        hop = last_resource_hop(value)
        if hop is not None:
            subject = self.subject_of(hop.reference)
            if subject is not None and (outcome := _judge(subject, self.target)) != "unknown":
                range_ = self._mistake_range(value, subject, outcome)
                return self._link(outcome, value, range_)._replace(subject=subject)
        quoted = quoted_address(text)
        if quoted is not None:
            return self._link("quoted_address", value, value.origin)._replace(quoted=quoted)
        range_ = _other_part(value, self.target) or mistake_from(
            value, value.origin, 0, "name", self.target
        )
        return self._link("identifier" if is_uuid(text) else "literal", value, range_)

    def _mistake_range(self, value: Value, subject: Subject, outcome: LinkOutcome) -> Range | None:
        owner = subject.owner.address
        if outcome == "ok":
            return read_at(value, owner)
        word = str((subject.path or ("",))[-1])
        if subject.kind not in self.target.kinds:
            word = noun(subject.kind)
        range_ = mistake_range(value, owner, word, self.target)
        if subject.view is not None and range_ == subject.view.header:
            # An element of a repeated block, which a "for" passes on: that it does is the mistake.
            return value.hops[0].whole if value.hops else self.argument
        return range_


def resolve_link(
    value: Value,
    target: LinkTarget,
    argument: Range,
    subject_of: Callable[[Reference], Subject | None],
) -> Link:
    """Say where ``value``, written or used at ``argument``, leads.

    ``subject_of`` knows what a reference denotes.
    """
    return Resolver(target, argument, subject_of).resolve(value)


def _judge(subject: Subject, target: LinkTarget) -> LinkOutcome:
    path = subject.path
    if subject.kind in target.kinds:
        if path == (target.attribute,):
            return "ok"
        if not path:
            return "whole_resource"
        return "wrong_attribute" if isinstance(path[0], str) else "unknown"
    if target.attribute == "id" and any(kind in target.kinds for kind in subject.holds):
        return "identifier"
    if subject.kind.startswith("sym_") or subject.gives or subject.kind == "module":
        return "wrong_kind"
    # Another provider's resource may well hold an id that it was given (a parameter store, a
    # terraform_data); what it calls its own id, ARN or name is certainly none of Sym's.
    if subject.kind and (not path or path[0] in ("id", "arn", "name")):
        return "unknown" if subject.kind in _CARRIERS else "wrong_kind"
    return "unknown"


_CARRIERS: Final = frozenset(("terraform_data", "terraform_remote_state", "external", "http"))


# --- the text to change -------------------------------------------------------------------------


def last_resource_hop(value: Value) -> Hop | None:
    """The last time on its path that the value was read from a resource or data source.

    Locals, variables and outputs only pass a value on; what follows is their business.
    """
    for hop in reversed(value.hops):
        if hop.reference.address.kind in ("resource", "data"):
            return hop
    return None


def read_at(value: Value, owner: Address) -> Range | None:
    """Where a value was last read from ``owner``; else where it was written."""
    for hop in reversed(value.hops):
        if hop.reference.address == owner:
            return hop.whole
    return value.origin


def taken_at(value: Value, owner: Address, path: Sequence[str]) -> Range | None:
    """Where the last step of ``path`` was taken of what ``owner`` gave; else where that was read.

    What passes on the whole of it does not say what is wanted of it.
    """
    for hop in reversed(value.hops):
        if hop.reference.address == owner:
            return hop.whole
        if path and hop.steps[-1:] == (path[-1],):
            return hop.whole
    return value.origin


def mistake_range(value: Value, owner: Address, word: str, target: LinkTarget) -> Range | None:
    """The text to change where ``value`` was read from ``owner`` and ought to be ``target``.

    That is where the owner was read, unless a name further on says what it carries: in
    ``strategy_id = var.target_id`` the mistake is there, and not where the variable got the id of
    a target. ``word`` is what the value really is.
    """
    hops = value.hops
    for index in range(len(hops) - 1, -1, -1):
        if hops[index].reference.address == owner:
            range_ = hops[index].whole
            return mistake_from(value, range_, index + 1, word, target)
    return value.origin


def mistake_from(
    value: Value, range_: Range | None, start: int, word: str, target: LinkTarget
) -> Range | None:
    """The last of the places from ``range_`` on that openly pass on ``word``; see ``mistake_range``.

    An attribute that was taken of a whole resource far from it was chosen there:
    ``environment_id = var.environment.name``.
    """
    for hop in reversed(value.hops[start:]):
        if word != target.attribute and hop.steps[-1:] == (word,):
            return hop.whole
    expected = [noun(kind) for kind in target.kinds]
    for hop in value.hops[start:]:
        path = hop.reference.path
        name = str(path[0]) if hop.reference.address.kind == "module" and path else None
        name = name or hop.reference.address.name
        says_so = bool(word) and mentions(name, word)
        if word in ("name", "label"):
            says_so = says_so and not mentions(name, target.attribute)
        elif any(mentions(name, it) for it in expected):
            says_so = False
        if not says_so:
            break
        range_ = hop.range
    return range_


_OTHER_PARTS: Final = ("arn", "label", "name", "path", "slug", "type")


def _other_part(value: Value, target: LinkTarget) -> Range | None:
    """Where a text was taken as another part of an object: ``source_id = var.secret.path``."""
    if not value.hops:
        return None
    hop = value.hops[-1]
    part = (hop.steps or ("",))[-1]
    if part not in _OTHER_PARTS or part == target.attribute:
        return None
    return None if any(mentions(part, noun(kind)) for kind in target.kinds) else hop.whole


# --- texts --------------------------------------------------------------------------------------


def is_uuid(text: str) -> bool:
    """Whether a text has the shape of the ids that the provider exports."""
    parts = text.split("-")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and all(
        digit in "0123456789abcdefABCDEF" for part in parts for digit in part
    )


def quoted_address(text: str) -> QuotedAddress | None:
    """The address of a Sym resource or of a module's output that a text spells out, or None."""
    if "." not in text:
        return None
    bare = text.strip()
    for opening in ("${", "$${"):
        if bare.startswith(opening) and bare.endswith("}"):
            bare = bare[len(opening) : -1].strip()
    if any(character.isspace() for character in bare):
        return None
    steps = [step.partition("[")[0] for step in bare.split(".")]
    if not all(step.replace("-", "_").isidentifier() for step in steps) or len(steps) < 2:
        return None
    if steps[0] == "data":
        steps = steps[1:]
    if steps[0] in ("module", "var", "local") and len(steps) >= 2 and len(text) < 200:
        return QuotedAddress(bare, steps[0], steps[1])
    if len(steps) >= 2 and steps[0].startswith("sym_"):
        return QuotedAddress(bare, steps[0], steps[1])
    return None


ListState: TypeAlias = Literal["known", "partial", "unknown", "absent", "not_a_list"]


class LinkList(NamedTuple):
    """Where the elements of a list lead.

    ``known`` when ``links`` are all elements; ``partial`` when there may be other ones, or when a
    link stands for several elements.
    """

    state: ListState
    links: tuple[Link, ...]
    value: Value
    argument: Range
    reason: str = ""

    @property
    def leaves(self) -> Iterator[Link]:
        """Where each element leads, conditions taken apart."""
        for link in self.links:
            yield from link.branches


_STEPS_PER_LINK: Final = 70
"""What it costs of the budget to follow an element of a list, in steps."""


def link_list(sym: Lookup, value: Value, argument: Range, reference: str) -> LinkList:
    """Resolve every element of ``value`` as ``SymConfiguration.resolve`` does one value."""
    if value.is_null:
        return LinkList("absent", (), value, argument)
    unknown = value.unknown
    if value.elements is None and (
        unknown is None or value.type.kind in ("string", "number", "bool")
    ):
        return LinkList("not_a_list", (sym.resolve(value, argument, reference),), value, argument)
    elements = tuple(possible_elements(value))
    if not sym.terraform.budget.spend(len(elements) * _STEPS_PER_LINK):
        return LinkList("unknown", (), value, argument, "it has too many elements")
    links = tuple(sym.resolve(it, argument, reference) for it in elements)
    if unknown is None:
        return LinkList("known", links, value, argument)
    if links:
        return LinkList("partial", links, value, argument, unknown.reason)
    whole = sym.resolve(value, argument, reference)
    if unknown.reference is not None and whole.outcome not in ("unknown", "wrong_kind"):
        return LinkList("not_a_list", (whole,), value, argument)
    return LinkList("unknown", (), value, argument, unknown.reason)


def possible_elements(value: Value) -> Iterator[Value]:
    """The elements that a list surely or possibly has, as far as they are known."""
    unknown = value.unknown
    if unknown is None:
        yield from value.elements or ()
        return
    if unknown.element is not None:
        yield unknown.element
    for alternative in unknown.alternatives:
        yield from possible_elements(alternative)

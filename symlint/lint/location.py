"""Location: the address, argument and source range of a finding, and the edits of its fix.

>>> place = Location.of_argument(flow, "environment_id")
>>> yield place.finding(self, "...", why="...", help_=place.advice("sym_environment.main.id"))
"""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final, Protocol
from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.addresses import quote

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Severity
    from symlint.lint.rule import Rule
    from symlint.source.text import Range
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.views import Link, Lookup, View
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Hop, Value


_MOST_ELEMENTS: Final = 100
"""Of how many elements the path is known that the whole list has come."""


class Arguments(Protocol):
    """A block, a nested block, or a map in its place: what has arguments by name."""

    def value(self, name: str) -> Value:
        """The value of an argument; null where it is not given."""

    def range(self, name: str) -> Range:
        """The expression of an argument; the header where it is not given."""


class Block(Arguments, Protocol):
    """A resource, or a call of a module."""

    @property
    def address(self) -> Address:
        """The address of the instance."""

    @property
    def header(self) -> Range:
        """The type and labels of the block."""


def rewriting(range_: Range, expression: str, *, safe: bool) -> Fix | None:
    """Write an expression in place of a text; None where it cannot be written."""
    from symlint.lint.replacement import expression_in_place

    text = expression_in_place(range_, expression)
    return None if text is None else Fix(f"write {expression}", (Edit(range_, text),), safe=safe)


def renaming(range_: Range, name: str, *, safe: bool) -> Fix | None:
    """Write a name in place of the one that is a key, a label or a step; None where it cannot be."""
    from symlint.lint.replacement import name_in_place

    text = name_in_place(range_, name)
    return None if text is None else Fix(f"write {name}", (Edit(range_, text),), safe=safe)


class Location(NamedTuple):
    """The argument that a finding is about, and the text of it to change.

    ``address`` and ``attribute`` name the argument in Terraform's terms. ``range`` is the smallest
    text to change: often far from ``used``, the expression that uses the value. ``element`` is
    the expression of one element of ``used`` where that is known. ``value`` is what the argument
    is, None where it is not given or not what the finding is about. ``written`` is where a right
    value is written that is used wrongly at ``range``.
    """

    address: str
    attribute: str
    range: Range
    used: Range
    value: Value | None = None
    element: Range | None = None
    written: Range | None = None

    # --- making one ---

    @classmethod
    def of_range(cls, range_: Range, address: str = "", attribute: str = "") -> Location:
        """A text that stands for itself: a version constraint, a comment, a source address."""
        return cls(address, attribute, range_, range_)

    @classmethod
    def of_block(cls, block: Block, attribute: str = "") -> Location:
        """The header of a block: for what is missing in it, or wrong with all of it."""
        return cls(str(block.address), attribute, block.header, block.header)

    @classmethod
    def of_argument(
        cls, block: Block, name: str, inner: Arguments | None = None, path: str = ""
    ) -> Location:
        """An argument of a block, at the text that its value was written as.

        ``inner`` is the nested block that has the argument, and ``path`` its name:
        "params.prompt_field". The header stands in for an argument that is not given.
        """
        arguments = inner or block
        value, used = arguments.value(name), arguments.range(name)
        attribute = f"{path}.{name}" if path else name
        return cls(str(block.address), attribute, value.origin or used, used, value)

    @classmethod
    def of_setting(cls, view: View, key: str, value: Value | None = None) -> Location:
        """One element of ``settings``: where its value was written, else its expression or the map.

        ``value`` is the value in question where the setting may have several.
        """
        from symlint.sym.model.settings import item_ranges, setting_range

        written = item_ranges(view.sym, view.settings, key)
        return cls(
            str(view.address),
            f"settings.{key}",
            setting_range(view, key, value),
            view.range("settings"),
            view.setting(key) if value is None else value,
            None if written is None else written[1],
        )

    @classmethod
    def of_link(cls, view: View, link: Link, attribute: str) -> Location:
        """A reference of ``view``, at the text that makes it lead where it leads."""
        return cls(str(view.address), attribute, link.range, link.argument, link.value)

    @classmethod
    def of_name(cls, block: Block, argument: Argument, path: str = "") -> Location:
        """The name of an argument: for one that ought not to be given, whatever its value is."""
        attribute = f"{path}.{argument.name}" if path else argument.name
        return cls(str(block.address), attribute, argument.name_range, argument.name_range)

    def of_element(self, value: Value) -> Location:
        """The same argument, at one of the values in it."""
        whole = self.value
        if whole is not None and whole.hops:
            first = islice(whole.elements or (), _MOST_ELEMENTS)
            if any(it is value for it in first):
                value = value.with_hops(whole.hops)
        return self._replace(range=value.origin or self.used, value=value)

    def of_key(self, key: str, value: Value) -> Location:
        """One element of the map that the argument is."""
        return self.of_element(value)._replace(attribute=f"{self.attribute}.{key}")

    def at_origin(self) -> Location:
        """The same text as what stands for itself: it may be changed wherever it is used."""
        return self._replace(used=self.range)

    def where_chosen(self) -> Location:
        """The same argument, where a value that is another resource's own was chosen.

        What was read from a resource is right there, and wrong where it is used.
        """
        from symlint.sym.model.link_resolution import last_resource_hop

        hop = None if self.value is None else last_resource_hop(self.value)
        return self if hop is None else self._replace(range=self.used)

    def where_taken(self, sym: Lookup) -> Location:
        """The same argument, where the output of a module was chosen that is right by itself."""
        from symlint.sym.intent.misuse import taken_from_output

        if self.in_place or self.value is None:
            return self
        return self.at(taken_from_output(sym, self.value))

    def where_misused(self, sym: Lookup) -> Location:
        """The same argument, where a text was chosen that is right for what others use it for.

        For values that are something else than what is wanted, not for those that are misspelt.
        """
        from symlint.sym.intent.misuse import misused_at

        value = self.value
        if self.in_place or value is None or value.origin != self.range:
            return self
        range_ = misused_at(sym, value)
        return self if range_ is None else self._replace(range=range_, written=value.origin)

    def at(self, range_: Range | None) -> Location:
        """The same argument, with other text to change; as it is where none is given."""
        return self if range_ is None else self._replace(range=range_)

    # --- asking it ---

    @property
    def name(self) -> str:
        """The last part of the attribute: the name of the argument or setting."""
        return self.attribute.rpartition(".")[2]

    @property
    def in_place(self) -> bool:
        """Whether the text to change stands in the expression that uses it, and not elsewhere."""
        return self.range.is_within(self.used)

    @property
    def path(self) -> tuple[Hop, ...]:
        """The path of the value, where it is more than the reference at the text itself."""
        hops = () if self.value is None else self.value.hops
        return hops if any(not hop.range.is_within(self.range) for hop in hops) else ()

    def use(self, name: str = "") -> tuple[RelatedRange, ...]:
        """Where a value that is written somewhere else is used: "used as ``name`` here"."""
        places = []
        if self.written is not None:
            places.append(RelatedRange(self.written, "the value is written here"))
        if not self.in_place:
            label = f"used as {name or self.name} here"
            places.append(RelatedRange(self.element or self.used, label))
        return tuple(places)

    def annotated(self, label: str) -> RelatedRange:
        """The text as evidence for what is wrong elsewhere."""
        return RelatedRange(self.range, label)

    # --- repairing it ---

    def advice(self, expression: str) -> str:
        """What to write, in words: with the argument's name where the text stands in it."""
        return f"write {self.name} = {expression}" if self.in_place else f"write {expression}"

    def write(self, expression: str, *, safe: bool) -> Fix | None:
        """Write an expression in place of the text; None elsewhere, for others may read it there."""
        if not self.in_place:
            return None
        return rewriting(self.range, expression, safe=safe)

    def quote(self, text: str, *, safe: bool) -> Fix | None:
        """Write a text in place of another one in quotes; None for what is no such text.

        JSON that is written as a text is none: only a part of it is meant.
        """
        written = self.range.text
        if not written.startswith('"') or "\n" in written or '\\"' in written:
            return None
        return self.write(quote(text), safe=safe)

    def rename(self, name: str, *, safe: bool) -> Fix | None:
        """Write a name in place of the one that is a key, a label or a step; None where it cannot be."""
        return renaming(self.range, name, safe=safe)

    # --- reporting it ---

    def finding(
        self,
        rule: Rule,
        title: str,
        *,
        label: str = "",
        related: tuple[RelatedRange, ...] = (),
        why: str = "",
        help_: str = "",
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of ``rule`` about the argument, with its address and path filled in."""
        return rule.finding(
            title,
            self.range,
            label=label,
            related=related,
            why=why,
            help_=help_,
            address=self.address,
            attribute=self.attribute,
            path=self.path,
            fix=fix,
            severity=severity,
        )

"""The value that an address has, where it was written, and the path that it took."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any
from symlint.named_tuple import NamedTuple
from symlint.terraform.trace.address import UnknownAddressError, read_address

if TYPE_CHECKING:
    from symlint.hcl.nodes import Node
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.values.types import Type
    from symlint.terraform.values.value import Hop, Value


class Read(NamedTuple):
    """A reference in the expression that made a value."""

    reference: str
    range: Range


class Trace(NamedTuple):
    """The value of one address; the properties say what is asked most often.

    ``reads`` is what the expression at the value's origin refers to, in source order.
    ``variable_files`` names the set of variable files, where there are several.
    """

    address: str
    value: Value
    reads: tuple[Read, ...] = ()
    variable_files: str = ""

    @property
    def data(self) -> Any:
        """The value as plain data, with the markers of ``docs/trace.md`` for what is not known."""
        from symlint.terraform.values.plain import plain_data

        return plain_data(self.value)

    @property
    def known(self) -> bool:
        """Whether the value is known with everything in it."""
        from symlint.terraform.values.plain import is_known

        return is_known(self.value)

    @property
    def sensitive(self) -> bool:
        """Whether the value, or something in it, must not be shown."""
        from symlint.terraform.values.plain import holds_sensitive

        return holds_sensitive(self.value)

    @property
    def in_error(self) -> bool:
        """Whether the value, or something in it, is missing because Terraform would refuse it."""
        from symlint.terraform.values.plain import is_in_error

        return is_in_error(self.value)

    @property
    def type(self) -> Type:
        """Terraform's type of the value, ``any`` where that is not known."""
        from symlint.terraform.values.plain import value_type

        return value_type(self.value)

    @property
    def origin(self) -> Range | None:
        """Where the value was written; None for what is not written anywhere."""
        return self.value.origin

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The path from the origin: what was read, and where, the first nearest to the origin."""
        return self.value.hops


def trace(
    configuration: Configuration,
    address: str | None = None,
    expressions: Expressions | None = None,
) -> tuple[Trace, ...]:
    """The values of an address, or of all outputs of the root module.

    There are several where a block on the path has several instances and the address does not say
    which. ``expressions`` are those of the configuration, for who asks more than once.
    Raises UnknownAddressError where nothing has the address.
    """
    index = expressions or Expressions(configuration)
    if address is None:
        outputs = configuration.root.outputs().items()
        found = tuple(Trace(f"output.{name}", value) for name, value in outputs)
    else:
        found = _found(configuration, address)
    return tuple(one._replace(reads=index.reads(one.origin)) for one in found)


def _found(configuration: Configuration, address: str) -> tuple[Trace, ...]:
    from symlint.terraform.trace.hints import elsewhere
    from symlint.terraform.trace.walk import Walker

    steps = read_address(address)
    try:
        found = tuple(Walker(configuration).in_module(configuration.root, steps))
    except UnknownAddressError as error:
        raise elsewhere(configuration, steps, error) from error
    return tuple(Trace(name, value) for name, value in found)


class Expressions:
    """The expressions of the files that have been read, by place."""

    def __init__(self, configuration: Configuration) -> None:
        self._files = configuration.cache.parsed_files
        self._index: dict[str, dict[tuple[int, int], Node]] = {}

    def reads(self, origin: Range | None) -> tuple[Read, ...]:
        """What the expression at ``origin`` refers to; nothing where it is a plain reference."""
        from symlint.hcl.nodes import Traversal
        from symlint.terraform.modules.references import free_traversals

        node = None if origin is None else self._at(origin)
        if node is None or type(node) is Traversal:
            return ()
        found = (traversal.range for traversal in free_traversals(node))
        return tuple(Read(range_.text, range_) for range_ in found)

    def _at(self, origin: Range) -> Node | None:
        from symlint.hcl.walk import walk

        path = origin.path
        known = self._index.get(path)
        if known is None:
            known = self._index[path] = {}
            parsed = self._files.get(path)
            for node in () if parsed is None else walk(parsed.body):
                known.setdefault((node.start, node.end), node)
        return known.get((origin.start, origin.end))

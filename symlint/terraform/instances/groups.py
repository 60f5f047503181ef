"""All instances of one block, and what the block's address means without a key."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Generic, Protocol, TypeVar
from symlint.terraform.instances.expansion import SINGLE, repetition_for_key
from symlint.terraform.values.addresses import UNKNOWN_KEY
from symlint.terraform.values.types import ANY, Type, list_of, map_of
from symlint.terraform.values.value import Value, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.terraform.instances.expansion import Expansion, Repetition
    from symlint.terraform.values.addresses import InstanceKey


class Instance(Protocol):
    """An instance of a resource or module call."""

    @property
    def repetition(self) -> Repetition:
        """Its key, and what ``each`` and ``count`` are in it."""

    @property
    def value(self) -> Value:
        """The whole instance as a value."""


_T_co = TypeVar("_T_co", bound=Instance, covariant=True)


class _Probes(Generic[_T_co]):
    """Instances that may exist, of a block of which not all keys are known."""

    __slots__ = ("_known", "_make")

    def __init__(self, make: Callable[[Repetition], _T_co]) -> None:
        self._make: Final = make
        self._known: Final[dict[InstanceKey, _T_co]] = {}

    def at(self, key: str | int, expansion: Expansion, element: Value | None) -> _T_co:
        found = self._known.get(key)
        if found is None:
            repetition = repetition_for_key(expansion.mode, key, expansion.reason, element)
            found = self._known[key] = self._make(repetition)
        return found


class InstanceGroup(Generic[_T_co]):
    """All instances of one block in one module instance.

    ``value`` is what the block's address means without an instance key.
    """

    __slots__ = ("_instances", "_probes", "_single", "_value", "expansion")

    def __init__(self, expansion: Expansion, make: Callable[[Repetition], _T_co]) -> None:
        self.expansion: Final = expansion
        self._single: _T_co | None = None
        self._instances: dict[InstanceKey, _T_co] | None = None
        self._probes: _Probes[_T_co] | None = None
        self._value: Value | None = None
        # Most blocks have one instance, in each of perhaps ten thousand instances of their module.
        if expansion is SINGLE:
            self._single = make(SINGLE.repetitions[0])
            return
        self._instances = {it.key: make(it) for it in expansion.repetitions}
        if UNKNOWN_KEY in self._instances:
            self._probes = _Probes(make)

    @property
    def instances(self) -> Mapping[InstanceKey, _T_co]:
        """The instances by key."""
        if self._single is not None:
            return {None: self._single}
        return self._instances or {}

    def at(self, key: object) -> _T_co | None:
        """The instance with a key; None when there is none, or no such key can exist.

        Where not all keys are known, an instance is made that may exist.
        """
        expansion = self.expansion
        if expansion.mode == "single" or not isinstance(key, (str, int)):
            return None
        if expansion.mode == "count" and isinstance(key, str):
            return None
        if expansion.mode == "for_each" and isinstance(key, int):
            key = str(key)
        instances = self._instances or {}
        found = instances.get(key)
        if found is None and self._probes is not None:
            element = instances[UNKNOWN_KEY].repetition.each_value
            found = self._probes.at(key, expansion, element)
        return found

    @property
    def value(self) -> Value:
        """The single instance, or the tuple or object of all instances."""
        if self._single is not None:
            return self._single.value
        if self._value is None:
            self._value = self._whole()
        return self._value

    def _whole(self) -> Value:
        expansion = self.expansion
        values: list[Value] = [instance.value for instance in self.instances.values()]
        if expansion.mode == "single":
            return values[0] if values else unknown("condition", expansion.reason)
        if not expansion.complete:
            element = values[0]
            if len(values) > 1:
                element = unknown("condition", expansion.reason, alternatives=tuple(values))
            type_ = list_of(ANY) if expansion.mode == "count" else map_of(ANY)
            return unknown(
                "condition", expansion.reason, type_=type_, element=element, not_null=True
            )
        if expansion.mode == "count":
            return Value(Type("tuple", elements=(ANY,) * len(values)), tuple(values))
        content = {str(key): i.value for key, i in self.instances.items()}
        attributes = tuple((key, ANY) for key in content)
        return Value(Type("object", attributes=attributes), content)

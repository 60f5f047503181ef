"""symlint's ``NamedTuple`` does what that of ``typing`` does."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from symlint import named_tuple


class Ours(named_tuple.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    note: str | None = None

    @property
    def text(self) -> str:
        """As people write it."""
        return f"{self.line}:{self.column}"

    def moved(self) -> Ours:
        """One line on."""
        return self._replace(line=self.line + 1)


class Theirs(typing.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    note: str | None = None

    @property
    def text(self) -> str:
        """As people write it."""
        return f"{self.line}:{self.column}"

    def moved(self) -> Theirs:
        """One line on."""
        return self._replace(line=self.line + 1)


class Long(named_tuple.NamedTuple):
    """More fields than constructors are ready for."""

    a: int
    b: int = 2
    c: int = 3
    d: int = 4
    e: int = 5
    f: int = 6
    g: int = 7
    h: int = 8
    i: int = 9
    j: int = 10
    k: int = 11
    m: int = 12
    n: int = 13
    o: int = 14


class NoFields(named_tuple.NamedTuple):
    """Nothing but its type."""


CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    ((3,), {}),
    ((3, 4, "x"), {}),
    ((), {"line": 3}),
    ((3,), {"note": "x"}),
    ((), {"note": "x", "line": 1}),
)


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_a_value_is_the_same_tuple(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours = Ours(*given, **named)
    theirs: Any = Theirs(*given, **named)  # equal, though of another type

    assert tuple(ours) == tuple(theirs)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.line, ours.column, ours.note) == (theirs.line, theirs.column, theirs.note)
    assert ours.text == theirs.text
    assert ours.moved() == theirs.moved()
    assert ours._asdict() == theirs._asdict()
    assert type(ours.moved()) is Ours


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1, 2, "x", 4), {}), ((1,), {"line": 2}), ((1,), {"other": 2})],
)
def test_what_does_not_fit_is_a_type_error(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_the_class_says_the_same_of_itself() -> None:
    for name in ("_fields", "__match_args__", "__doc__", "__slots__"):
        assert getattr(Ours, name, None) == getattr(Theirs, name, None), name
    assert Ours.__module__ == __name__


def test_nothing_can_be_set() -> None:
    place = Ours(1)
    for name in ("line", "other"):
        with pytest.raises(AttributeError):
            setattr(place, name, 2)


def test_a_field_that_is_not_there_cannot_be_replaced() -> None:
    with pytest.raises(TypeError, match="Ours has no field other"):
        Ours(1)._replace(other=2)  # type: ignore[call-arg]  # what is tested


def test_it_can_be_copied_and_sent_to_another_process() -> None:
    place = Ours(1, note="x")

    assert copy.deepcopy(place) == place
    assert pickle.loads(pickle.dumps(place)) == place
    assert type(pickle.loads(pickle.dumps(place))) is Ours


def test_it_matches_by_position_and_takes_no_fields_at_all() -> None:
    match Ours(1, 2):
        case Ours(line, column):
            assert (line, column) == (1, 2)
    assert NoFields() == ()
    assert repr(NoFields()) == "NoFields()"


def test_a_class_may_have_many_fields() -> None:
    given = tuple(range(1, 15))

    assert Long(1) == Long(*given) == Long(a=1, o=14) == Long(1, n=13) == given
    assert Long(0, 1, o=2)._replace(h=3) == (0, 1, 3, 4, 5, 6, 7, 3, 9, 10, 11, 12, 13, 2)


@pytest.mark.parametrize(
    ("given", "named"), [((), {"b": 1}), ((1,), {"a": 1}), ((1,), {"x": 1}), ((1,) * 15, {})]
)
def test_many_fields_have_one_value_each(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="__new__"):
        Long(*given, **named)

"""Frozen records and the strict reading of tables into them.

A record class lists its fields once, in ``FIELDS``: the key in the TOML table, the reader of its
value, and the default. Reading never guesses: an unknown key, a missing one, and a value of the
wrong kind each raise :class:`CatalogueError` with the path of the key. Records are written out by
hand with ``__slots__`` because the catalogue stands on the start-up path of every run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from symlint.annotations import TYPE_CHECKING, Any, ClassVar, TypeVar
from symlint.sym.versions import VersionError, in_order, parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.sym.versions import Version

    Path = tuple[str, ...]
    Reader = Callable[[object, Path], Any]
    Fields = tuple[tuple[str, Reader, object], ...]

V = TypeVar("V")

REQUIRED: Any = object()
"""The default of a field that has none."""

ITS_NAME: Any = object()
"""The default of a field that is the name of the entry where it is not given."""

NOTHING: Mapping[str, Any] = MappingProxyType({})
"""An empty table."""


class CatalogueError(ValueError):
    """A catalogue table is not as it must be.

    ``message`` says what is wrong, ``key`` is the path of the key at fault from the subject down,
    such as ``("strategies", "my_strategy", "target_types")``.
    """

    def __init__(self, message: str, key: Path) -> None:
        super().__init__(message, key)
        self.message = message
        self.key = key

    def __str__(self) -> str:
        return f"{'.'.join(self.key)}: {self.message}" if self.key else self.message


class Record:
    """An immutable entry of the catalogue."""

    __slots__ = ()

    FIELDS: ClassVar[Fields] = ()
    NAMED: ClassVar[bool] = False
    """Whether the key of the entry in its table is kept as ``name``."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __repr__(self) -> str:
        shown = (("name",) if self.NAMED else ()) + tuple(field[0] for field in self.FIELDS)
        pairs = ", ".join(f"{key}={getattr(self, key)!r}" for key in shown)
        return f"{type(self).__name__}({pairs})"


R = TypeVar("R", bound=Record)  # not its name: Python 3.14 imports ast to keep one


def read(cls: type[R], value: object, path: Path) -> R:
    """Read the table ``value`` into a record of ``cls``.

    Raises CatalogueError on an unknown, missing or unreadable key.
    """
    if not isinstance(value, dict):
        raise CatalogueError("must be a table", path)
    record = cls.__new__(cls)
    put = object.__setattr__
    if cls.NAMED:
        put(record, "name", path[-1])
    seen = 0
    for key, reader, default in cls.FIELDS:
        if key in value:
            seen += 1
            put(record, key, reader(value[key], (*path, key)))
        elif default is REQUIRED:
            raise CatalogueError(f"lacks the key {key!r}", path)
        elif default is ITS_NAME:
            put(record, key, path[-1])
        else:
            put(record, key, default)
    if seen < len(value):
        known = [field[0] for field in cls.FIELDS]
        unexpected = next(key for key in value if key not in known)
        raise CatalogueError(
            f"is not a key of this table; known keys: {', '.join(known)}", (*path, str(unexpected))
        )
    return record


# --- readers ------------------------------------------------------------------------------------


def text(value: object, path: Path) -> str:
    """A string."""
    if not isinstance(value, str):
        raise CatalogueError("must be a string", path)
    return value


def flag(value: object, path: Path) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise CatalogueError("must be true or false", path)
    return value


def number(value: object, path: Path) -> int:
    """A whole number that is not negative."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CatalogueError("must be a whole number", path)
    return value


def texts(value: object, path: Path) -> tuple[str, ...]:
    """A list of strings; a string stands for a list of one."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise CatalogueError("must be a list of strings", path)
    return tuple(value)


def anything(value: object, path: Path) -> object:
    """Any TOML value, as it stands."""
    return value


def version(value: object, path: Path) -> Version:
    """A version such as "2.0.0"."""
    try:
        return parse_version(text(value, path))
    except VersionError as error:
        raise CatalogueError(str(error), path) from None


def versions(value: object, path: Path) -> tuple[Version, ...]:
    """A list of versions, in ascending order."""
    read_versions = tuple(version(item, path) for item in texts(value, path))
    if read_versions != in_order(set(read_versions)):
        raise CatalogueError("must be in ascending order, without duplicates", path)
    return read_versions


def one_of(*choices: str) -> Reader:
    """A reader of one of ``choices``."""

    def read_choice(value: object, path: Path) -> str:
        if value not in choices:
            raise CatalogueError(f"must be one of {', '.join(map(repr, choices))}", path)
        return str(value)

    return read_choice


def record_of(cls: type[R]) -> Reader:
    """A reader of one record."""

    def read_record(value: object, path: Path) -> R:
        return read(cls, value, path)

    return read_record


class LazyTable(Mapping[str, V]):
    """A table whose items are read when they are first asked for, in the order of the file.

    A run asks for a fifth of what the catalogue has.
    """

    __slots__ = ("_path", "_raw", "_read", "_read_item")

    def __init__(
        self, read_item: Callable[[object, Path], V], raw: Mapping[str, object], path: Path
    ) -> None:
        self._read_item = read_item
        self._raw = raw
        self._path = path
        self._read: dict[str, V] = {}

    def __getitem__(self, name: str) -> V:
        item = self._read.get(name)
        if item is None:
            item = self._read[name] = self._read_item(self._raw[name], (*self._path, name))
        return item

    def __contains__(self, name: object) -> bool:
        return name in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __repr__(self) -> str:
        return f"LazyTable({', '.join(self._raw)})"


def list_of(cls: type[R]) -> Reader:
    """A reader of a list of records; a single table stands for a list of one."""

    def read_records(value: object, path: Path) -> tuple[R, ...]:
        if isinstance(value, dict):
            return (read(cls, value, path),)
        if not isinstance(value, (list, tuple)):
            raise CatalogueError("must be a list of tables", path)
        return tuple(read(cls, item, (*path, str(at))) for at, item in enumerate(value))

    return read_records


def table_of(cls: type[R]) -> Reader:
    """A reader of a table whose values are records."""
    return lambda value, path: LazyTable(partial(read, cls), checked_table(value, path), path)


def table_of_lists(cls: type[R]) -> Reader:
    """A reader of a table whose values are a record or a list of records, each with the key of
    the table as its ``name``; records with ``since`` and ``until`` are forms over time."""
    read_item = partial(_read_forms, cls)
    return lambda value, path: LazyTable(read_item, checked_table(value, path), path)


def _read_forms(cls: type[R], value: object, path: Path) -> tuple[R, ...]:
    items = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(read(cls, item, path) for item in items)


def text_table(value: object, path: Path) -> Mapping[str, tuple[str, ...]]:
    """A table of strings or of lists of strings; each value becomes a tuple."""
    table = checked_table(value, path)
    return MappingProxyType(
        {str(key): texts(item, (*path, str(key))) for key, item in table.items()}
    )


def checked_table(value: object, path: Path) -> dict[str, object]:
    """A table, whatever is in it."""
    if not isinstance(value, dict):
        raise CatalogueError("must be a table", path)
    return value


# --- what every entry carries -------------------------------------------------------------------

strength = one_of("enforced", "documented", "observed", "inferred")
"""How far a fact can be trusted: ``enforced`` by code, schema or policy; ``documented``;
``observed`` in real configurations only; ``inferred``, that is, doubtful."""

PROVENANCE: Fields = (
    ("source", texts, ()),
    ("strength", strength, "documented"),
)

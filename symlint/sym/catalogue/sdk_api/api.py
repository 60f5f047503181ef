"""The API of the SDK: what a dotted name leads to, and how functions and classes are called."""

from __future__ import annotations

from functools import cache

from symlint.annotations import TYPE_CHECKING, Any
from symlint.named_tuple import NamedTuple
from symlint.sym.catalogue.records import (
    NOTHING,
    REQUIRED,
    CatalogueError,
    LazyTable,
    Record,
    checked_table,
    flag,
    one_of,
    table_of,
    text,
    texts,
)

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping

    from symlint.sym.catalogue.records import Path


class Parameter(NamedTuple):
    """A parameter of a function, or a field of a model."""

    name: str
    kind: str
    """"either" by position or by name; "keyword" by name alone; "*" takes all further positional
    arguments, "**" all further ones by name."""
    optional: bool
    type: str
    """As in a stub file: "list[User]"; empty if the SDK does not say."""


class Signature(NamedTuple):
    """How something is called."""

    parameters: tuple[Parameter, ...]
    returns: str
    """As in a stub file: "list[User]"; empty if the SDK does not say."""

    def parameter(self, name: str) -> Parameter | None:
        """The parameter that can be given by ``name``."""
        named = (it for it in self.parameters if it.kind in ("either", "keyword"))
        return next((it for it in named if it.name == name), None)


class SdkFunction(Record):
    """A function, a method (without its first parameter) or a property; ``name`` is dotted."""

    __slots__ = ("abstract", "final", "kind", "name", "text")
    NAMED = True
    FIELDS = (
        ("text", text, REQUIRED),
        ("kind", one_of("function", "method", "classmethod", "staticmethod", "property"), "method"),
        ("abstract", flag, False),
        ("final", flag, False),
    )
    name: str
    text: str
    """Its signature as in a stub file: "(user: User, *, group_id: str) -> bool"."""
    kind: str
    abstract: bool
    final: bool

    @property
    def signature(self) -> Signature:
        """Its signature, taken apart."""
        return _signature(self.text)


class SdkClass(Record):
    """A class; ``name`` is dotted."""

    __slots__ = ("bases", "fields", "kind", "name", "values")
    NAMED = True
    FIELDS = (
        ("kind", one_of("model", "enum", "class"), "class"),
        ("bases", texts, ()),
        ("fields", texts, ()),
        ("values", lambda value, path: _text_table(value, path), NOTHING),
    )
    name: str
    kind: str
    """A "model" is made of its fields, all by name; an "enum" is its values."""
    bases: tuple[str, ...]
    """All classes of the SDK that it derives from, the nearest first."""
    fields: tuple[str, ...]
    """Of a model, as parameters in a stub file, inherited ones included: "timeout: int | None = ..."."""
    values: Mapping[str, str]
    """Of an enumeration: member -> value."""


def _text_table(value: object, path: Path) -> Mapping[str, str]:
    """A table of strings."""
    if not isinstance(value, dict) or not all(isinstance(it, str) for it in value.values()):
        raise CatalogueError("must be a table of strings", path)
    return value


def _modules(value: object, path: Path) -> Mapping[str, Mapping[str, str]]:
    return LazyTable(_text_table, checked_table(value, path), path)


class SdkApi(Record):
    """What a version of the SDK offers.

    Names are dotted. Of several names for one thing (``sym.sdk.User``, ``sym.sdk.event.User``) the
    *canonical* one is that of the documentation (``sym.sdk.user.User``).
    """

    __slots__ = ("classes", "functions", "imports", "modules", "version")
    FIELDS = (
        ("version", text, REQUIRED),
        ("modules", _modules, REQUIRED),
        ("imports", _text_table, REQUIRED),
        ("classes", table_of(SdkClass), REQUIRED),
        ("functions", table_of(SdkFunction), REQUIRED),
    )
    version: str
    modules: Mapping[str, Mapping[str, str]]
    """Module -> its names -> what they are, by canonical name. Packages have their modules."""
    imports: Mapping[str, str]
    """Name -> the module that it is customarily imported from, where only one thing has the name."""
    classes: Mapping[str, SdkClass]
    functions: Mapping[str, SdkFunction]
    """Functions and methods; those that a class inherits are at the class that defines them."""

    def resolve(self, name: str) -> str | None:
        """The canonical name of what ``name`` leads to; None if the SDK has no such thing.

        What is not of the SDK, and what functions and constants have, keeps its name.
        """
        first, *rest = name.split(".")
        found: str | None = first
        for part in rest:
            if found is None:
                break
            found = self._attribute(found, part)
        return found

    def function(self, name: str) -> SdkFunction | None:
        """The function or method that ``name`` leads to."""
        return self.functions.get(self.resolve(name) or "")

    def cls(self, name: str) -> SdkClass | None:
        """The class that ``name`` leads to."""
        return self.classes.get(self.resolve(name) or "")

    def fields(self, cls: SdkClass) -> tuple[Parameter, ...]:
        """The fields of a model: the parameters of its constructor, all of them keyword-only."""
        return _signature(f"(*, {', '.join(cls.fields)})").parameters if cls.fields else ()

    def derives(self, name: str, base: str) -> bool:
        """Whether ``name`` leads to the class with the canonical name ``base``, or to one below."""
        cls = self.cls(name)
        return cls is not None and base in (cls.name, *cls.bases)

    def _attribute(self, owner: str, name: str) -> str | None:
        """The canonical name of ``name`` in what is canonically ``owner``."""
        if owner in self.modules:
            return self.modules[owner].get(name)
        cls = self.classes.get(owner)
        if cls is None:
            return f"{owner}.{name}"
        for holder in (owner, *cls.bases):
            if f"{holder}.{name}" in self.functions:
                return f"{holder}.{name}"
        if name in cls.values or any(it.name == name for it in self.fields(cls)):
            return f"{owner}.{name}"
        return None


class SdkHistory(Record):
    """When names of the SDK came, and which are gone."""

    __slots__ = ("came", "gone", "source")
    FIELDS = (
        ("came", _text_table, REQUIRED),
        ("gone", _text_table, REQUIRED),
        ("source", texts, ()),
    )
    came: Mapping[str, str]
    """Canonical name -> the version that it came with."""
    gone: Mapping[str, str]
    """Name -> the version from which on it is certainly gone."""
    source: tuple[str, ...]

    def gone_since(self, name: str) -> str | None:
        """The version from which on ``name``, or a module that it is in, is certainly gone."""
        while name:
            if name in self.gone:
                return self.gone[name]
            name = name.rpartition(".")[0]
        return None


@cache
def _signature(written: str) -> Signature:
    import ast

    function: Any = ast.parse(f"def _{written}: ...").body[0]
    returns = "" if function.returns is None else ast.unparse(function.returns)
    return Signature(tuple(_parameters(function.args)), returns)


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    bare = len(arguments.args) - len(arguments.defaults)
    for at, it in enumerate(arguments.args):
        yield _parameter(it, "either", at >= bare)
    if arguments.vararg:
        yield _parameter(arguments.vararg, "*", True)
    for it, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(it, "keyword", default is not None)
    if arguments.kwarg:
        yield _parameter(arguments.kwarg, "**", True)


def _parameter(it: ast.arg, kind: str, optional: bool) -> Parameter:
    import ast

    return Parameter(it.arg, kind, optional, ast.unparse(it.annotation) if it.annotation else "")

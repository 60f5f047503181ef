"""``NamedTuple``: as that of ``typing``, made in a seventh of the time.

``typing.NamedTuple`` compiles every annotation of a class and then its constructor. A run makes some
130 such classes before it reads the first file, which took 15 % of its time.
Fields are read from the annotations that ``from __future__ import annotations`` leaves as texts.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter as field_property
    from types import FunctionType

    class Common:
        """The methods that all named tuples have."""

        def __repr__(self):
            fields = ", ".join(map("{}={!r}".format, self._fields, self))
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):
            return tuple(self)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, /, **changes):
            changed = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return changed

    # Copied into each class. In one that all derive from, Python would look for each of 90 special methods.
    COMMON = {name: it for name, it in vars(Common).items() if type(it) is FunctionType}

    class NamedTupleType(type):
        """Turns the body of a class into a named tuple."""

        def __new__(cls, name, _bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = tuple(namespace.pop(field) for field in fields if field in namespace)
            namespace = COMMON | namespace
            namespace |= {
                "__slots__": (),
                "__new__": constructor(fields, defaults),
                "__match_args__": fields,
                "_fields": fields,
            }
            namespace |= {field: field_property(i, None) for i, field in enumerate(fields)}
            return type(name, (tuple,), namespace)

    new = tuple.__new__
    # Compiling one from text takes as long as making several classes.
    CONSTRUCTORS = (
        lambda _: new(_, ()),
        lambda _, a: new(_, (a,)),
        lambda _, a, b: new(_, (a, b)),
        lambda _, a, b, c: new(_, (a, b, c)),
        lambda _, a, b, c, d: new(_, (a, b, c, d)),
        lambda _, a, b, c, d, e: new(_, (a, b, c, d, e)),
        lambda _, a, b, c, d, e, f: new(_, (a, b, c, d, e, f)),
        lambda _, a, b, c, d, e, f, g: new(_, (a, b, c, d, e, f, g)),
        lambda _, a, b, c, d, e, f, g, h: new(_, (a, b, c, d, e, f, g, h)),
        lambda _, a, b, c, d, e, f, g, h, i: new(_, (a, b, c, d, e, f, g, h, i)),
        lambda _, a, b, c, d, e, f, g, h, i, j: new(_, (a, b, c, d, e, f, g, h, i, j)),
        lambda _, a, b, c, d, e, f, g, h, i, j, k: new(_, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda _, a, b, c, d, e, f, g, h, i, j, k, m: new(_, (a, b, c, d, e, f, g, h, i, j, k, m)),
    )

    def longer(_):
        """For any number of fields; somewhat slower."""
        return new(_, tuple(locals().values())[1:])

    def constructor(fields, defaults):
        """The ``__new__`` of a class: code that has been compiled, with the fields as its parameters."""
        count = len(fields)
        model = CONSTRUCTORS[count] if count < len(CONSTRUCTORS) else longer
        code = model.__code__.replace(
            co_qualname="__new__",
            co_argcount=1 + count,
            co_nlocals=1 + count,
            co_varnames=("_cls", *fields),
        )
        return FunctionType(code, {"new": new}, "__new__", defaults)

    NamedTuple = type.__new__(NamedTupleType, "NamedTuple", (), {})

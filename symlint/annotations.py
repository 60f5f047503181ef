"""What annotations are made of, as ``typing`` has it, which takes 4 % of a clean run to import.

Annotations are texts (``from __future__ import annotations``), and nothing reads them when symlint runs:
a type checker gets the names from ``typing``, and at run time there is something of each name that can
stand where it stands. Where annotations are read at run time, ``typing`` itself is imported.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any as Any
    from typing import ClassVar as ClassVar
    from typing import Final as Final
    from typing import Generic as Generic
    from typing import Literal as Literal
    from typing import NoReturn as NoReturn
    from typing import Protocol as Protocol
    from typing import TextIO as TextIO
    from typing import TypeAlias as TypeAlias
    from typing import TypeGuard as TypeGuard
    from typing import TypeVar as TypeVar
    from typing import cast as cast
else:

    class Form:
        """A type, or the beginning of one: ``Literal["a", "b"] | None``."""

        def __getitem__(self, _):
            return self

        def __or__(self, _):
            return self

        __ror__ = __or__

    Any = ClassVar = Final = Literal = NoReturn = TextIO = TypeAlias = TypeGuard = Form()

    class Generic:
        """What a generic class derives from."""

        def __class_getitem__(cls, _):
            return cls

    class Protocol(Generic):
        """What a protocol derives from; nothing is ever made of it."""

    def TypeVar(*_, **__):  # noqa: N802 - that of typing is a class
        return Any

    def cast(_, value):
        return value

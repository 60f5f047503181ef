"""What a configuration is evaluated with."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.modules.known import ModuleInterfaces, Schema

GivenInput: TypeAlias = tuple[Literal["file", "value"], str]
"""``("file", path)`` for -var-file, ``("value", "name=value")`` for -var."""


class EvaluationOptions(NamedTuple):
    """What a configuration is evaluated with.

    ``given`` are the variable files and values of the command line, in its order. ``environment``
    is where ``TF_VAR_`` variables are looked for; None when they are not asked for.
    ``workspace`` is None when it is not known. ``defaults`` is false when root variables that are
    not set count as unknown instead of having their default; with ``any_input`` all variables of
    all modules do, and modules are opaque to one another, as for ``terraform validate``.
    """

    given: tuple[GivenInput, ...] = ()
    environment: Mapping[str, str] | None = None
    workspace: str | None = None
    schema: Schema | None = None
    interfaces: ModuleInterfaces | None = None
    defaults: bool = True
    any_input: bool = False


NO_OPTIONS: Final = EvaluationOptions()

"""Addresses: the names of things in a configuration, through modules and instances."""

from __future__ import annotations

from symlint.annotations import Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple


class UnknownKey:
    """The instance key of something whose ``count`` or ``for_each`` is not known.

    An instance with this key is symbolic: it stands for every instance that may exist.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN_KEY"


UNKNOWN_KEY: Final = UnknownKey()

InstanceKey: TypeAlias = str | int | UnknownKey | None
"""None: the thing has neither ``count`` nor ``for_each``."""

Kind: TypeAlias = Literal[
    "resource", "data", "module", "variable", "local", "output", "provider", "each", "count", "path",
    "terraform", "self", "ephemeral",
]  # fmt: skip  # as many a line as fit


def quote(text: str) -> str:
    """``text`` as a quoted HCL string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def is_identifier(text: str) -> bool:
    """Whether a text can be a name in Terraform's language."""
    return bool(text) and text.replace("-", "_").isidentifier() and text[0] != "-"


def key_suffix(key: InstanceKey) -> str:
    """``[0]``, ``["a"]``, ``[?]`` for an unknown key, or nothing."""
    if key is None:
        return ""
    if isinstance(key, UnknownKey):
        return "[?]"
    return f"[{quote(key)}]" if isinstance(key, str) else f"[{key}]"


class ModuleStep(NamedTuple):
    """One module call on the path from the root module, and the instance of it."""

    name: str
    key: InstanceKey = None

    def __str__(self) -> str:
        return f"module.{self.name}{key_suffix(self.key)}"


ModulePath: TypeAlias = tuple[ModuleStep, ...]
"""The calls from the root module (the empty path) to a module instance."""


class Address(NamedTuple):
    """The address of one thing: ``module.a["x"].sym_target.b[0]``, ``module.a.local.c``.

    ``type`` is the resource type for resources, data sources and ephemeral resources, and empty
    otherwise. For a module call ``module`` is the path of the calling module.
    """

    module: ModulePath
    kind: Kind
    type: str
    name: str
    key: InstanceKey = None

    @property
    def local_name(self) -> str:
        """The address as it is written inside its own module."""
        prefix = {"variable": "var", "each": "each", "resource": ""}.get(self.kind, self.kind)
        parts = [part for part in (prefix, self.type, self.name) if part]
        return ".".join(parts) + key_suffix(self.key)

    def __str__(self) -> str:
        return ".".join([*map(str, self.module), self.local_name])

    def without_key(self) -> Address:
        """The address of the block that declares the instance."""
        return self._replace(key=None)

    def without_keys(self) -> Address:
        """The address of that block as it is written, in modules without keys."""
        if not self.module:
            return self if self.key is None else self._replace(key=None)
        path = tuple(ModuleStep(step.name) for step in self.module)
        return self._replace(module=path, key=None)


class Reference(NamedTuple):
    """An attribute of something with an address: ``sym_target.x`` + ``("id",)``.

    An empty path is the whole object. A path element is an attribute name, an index, or
    ``UNKNOWN_KEY`` for an index that is not known.
    """

    address: Address
    path: tuple[str | int | UnknownKey, ...] = ()

    def __str__(self) -> str:
        text = str(self.address)
        for step in self.path:
            if isinstance(step, str) and step.replace("-", "_").isidentifier():
                text += f".{step}"
            else:
                text += key_suffix(step)
        return text

    def step(self, key: str | int | UnknownKey) -> Reference:
        """The reference to one attribute or element of what this one refers to."""
        return Reference(self.address, (*self.path, key))

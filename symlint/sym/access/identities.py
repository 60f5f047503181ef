"""What the thing is that a value will be read from, whatever its label in the configuration is.

The id of a permission set is not known before Terraform runs, but its name is written: the same
permission set under another label is no difference, and another one under the same label is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.model.texts import text_of
from symlint.terraform.values.addresses import key_suffix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.hcl import nodes
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.bodies import ConfiguredBody
    from symlint.terraform.instances.module_instance import ModuleCallInstance, ModuleInstance
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address, Reference
    from symlint.terraform.values.value import Value

_NAMING: Final = re.compile(r"(\w+_)?(name|environment|namespace|identifier|prefix|id)|path")
_SHOWN: Final = ("name", "function_name", "display_name", "identifier")
_ALIAS: Final = re.compile(r"[\w-]+\.[\w-]+")
_COMMENT: Final = re.compile(r"(?:#|//).*")
_WORD: Final = re.compile(r"[\w.*-]+")
_LABELS: Final = re.compile(r"\b((?:data\.)?[a-z0-9]+_\w+|module|local|var)\.[\w-]+")


class Identity(NamedTuple):
    """What something is: ``name`` as its author calls it, "" without one; ``text`` to compare it by."""

    name: str
    text: str


def identity_of(sym: Lookup, reference: Reference) -> Identity | None:
    """What a reference leads to; None where nothing but its label tells it from others of its kind."""
    address = reference.address
    module = sym.terraform.module(address.module)
    if module is None or address.kind not in ("resource", "data", "module"):
        return None
    key = (identity_of, address.module, address.kind, address.type)
    found = sym.once_for(key, lambda: _identities(module, address.kind, address.type))
    identity = found.get(address)
    if identity is None:
        return None
    path = "".join(f".{step}" for step in reference.path)
    return identity._replace(text=f"{identity.text}{path}")


def name_of(sym: Lookup, address: Address) -> str:
    """What the author calls the thing at an address, others may be called the same; "" without a name."""
    module = sym.terraform.module(address.module)
    things = () if module is None else _things(module, address.kind, address.type)
    thing = next((it for it in things if it.address == address), None)
    identity = None if thing is None else _identity(thing)
    return "" if identity is None else identity.name


def _identities(module: ModuleInstance, kind: str, type_: str) -> Mapping[Address, Identity]:
    """The things of one kind in a module that can be told apart without their labels."""
    found = {it.address: _identity(it) for it in _things(module, kind, type_)}
    count = Counter(it.text for it in found.values() if it is not None)
    return {address: it for address, it in found.items() if it is not None and count[it.text] == 1}


def _things(
    module: ModuleInstance, kind: str, type_: str
) -> Iterator[ResourceInstance | ModuleCallInstance]:
    if kind == "module":
        yield from module.module_calls()
    elif kind == "data":
        yield from module.data_sources(type_)
    else:
        yield from module.resources(type_)


def _identity(thing: ResourceInstance | ModuleCallInstance) -> Identity | None:
    from symlint.terraform.instances.module_instance import ModuleCallInstance

    address = thing.address
    if isinstance(thing, ModuleCallInstance):
        given = {name: thing.argument(name) for name in thing.declaration.attributes}
        kept = {name: text for name, text in _known(given).items() if _NAMING.fullmatch(name)}
        # A folder is where it is seen from; what is in it is named like it.
        source = thing.source or ""
        source = source if not source.startswith(".") else source.rpartition("/")[2]
        parts = [f"module {source}", *_sorted(kept)]
    elif address.kind == "data":
        # All that it says is what it is looked up by.
        kept = {}
        parts = [f"data {address.type}", *sorted(_said(thing))]
        kept = _known(thing.attributes())
    else:
        kept = {k: v for k, v in _known(thing.attributes()).items() if _NAMING.fullmatch(k)}
        parts = [address.type, *_sorted(kept)]
    if not kept and address.kind != "data":
        return None
    for name in ("provider", "providers"):
        written = thing.block.body.attribute(name)
        if written is not None:
            parts.append(f"{name}={' '.join(_ALIAS.findall(written.value.range.text))}")
    name = next((kept[it] for it in _SHOWN if it in kept), "")
    return Identity(name, "; ".join(parts) + key_suffix(address.key))


def _said(body: ConfiguredBody, prefix: str = "") -> Iterator[str]:
    """All that a body says, with labels left out of what is not known; blocks as JSON has them, too."""
    for name, value in body.attributes().items():
        written = body.configured(name)
        assert written is not None
        yield from _parts(f"{prefix}{name}", value, written)
    for block in body.blocks():
        yield from _said(block, f"{prefix}{block.type}.")


def _parts(name: str, value: Value, written: nodes.Attribute) -> Iterator[str]:
    """What an attribute says, part by part."""
    content = value.content
    if isinstance(content, dict):
        for key, part in content.items():
            yield from _parts(f"{name}.{key}", part, written)
    elif isinstance(content, tuple):
        for part in content:
            yield from _parts(name, part, written)
    else:
        text = _plain(value)
        yield f"{name}={_words(written) if text is None else text}"


def _known(values: Mapping[str, Value | None]) -> dict[str, str]:
    texts = {name: None if value is None else _plain(value) for name, value in values.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _plain(value: Value) -> str | None:
    return None if value.sensitive else text_of(value)


def _sorted(texts: Mapping[str, str]) -> list[str]:
    return [f"{name}={text}" for name, text in sorted(texts.items())]


def _words(written: nodes.Attribute) -> str:
    """The names in an expression: they are the same however it is laid out."""
    text = _COMMENT.sub("", written.value.range.text)
    return " ".join(_WORD.findall(_LABELS.sub(r"\1.*", text)))

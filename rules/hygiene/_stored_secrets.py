"""The values that a configuration itself puts into the secrets that Sym reads."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.location import Location
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

_VALUES: Final = ("secret_string", "secret_string_wo", "secret_binary")


def stored_values(sym: SymConfiguration) -> Iterator[tuple[Location, Value]]:
    """The texts that are put into secrets, where each is written: those of JSON one by one.

    A value that Terraform writes once and then leaves alone (``ignore_changes``) is none: what
    stands there is replaced by hand.
    """
    from symlint.sym.aws.external import external_read, external_resources
    from symlint.sym.aws.stores import store_types
    from symlint.sym.model.decoding import decoded_json

    read = None
    for kind in store_types(sym):
        for version in external_resources(sym, f"{kind}_version"):
            read = _read_by_sym(sym) if read is None else read
            of = version.attribute("secret_id")
            secret = None if of is None else external_read(sym, of, kind)
            if secret is None or secret.address not in read or _is_left_alone(version):
                continue
            for name in _VALUES:
                value, written = version.attribute(name), version.configured(name)
                if value is None or written is None:
                    continue
                used = written.value.range
                place = Location(str(version.address), name, used, used, value)
                decoded = decoded_json(value, version, sym.terraform)
                parts = value.content if decoded is None else decoded.content
                each = parts.values() if isinstance(parts, dict) else (value,)
                for leaf in (leaf for it in each for leaf in leaves(it)):
                    yield place.of_element(leaf), leaf


def _read_by_sym(sym: SymConfiguration) -> frozenset[Address]:
    from symlint.sym.aws.stores import stored_secret

    values = ((it, leaf) for it in sym.secrets for leaf in leaves(it.value("path")))
    found = (stored_secret(secret, value) for secret, value in values)
    return frozenset(it.instance.address for it in found if it is not None)


def _is_left_alone(version: ResourceInstance) -> bool:
    """Whether changes of the value are ignored."""
    for lifecycle in version.block.body.blocks("lifecycle"):
        ignored = lifecycle.body.attribute("ignore_changes")
        if ignored is not None and ("secret_" in ignored.range.text or "all" in ignored.range.text):
            return True
    return False

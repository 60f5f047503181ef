"""Other readers of a runtime role's name or ARN, which might attach policies to the role."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.addresses import Address

_ROLE: Final = "aws_iam_role"
_DOCUMENT: Final = "aws_iam_policy_document"


def unexplained_use(sym: Lookup, role: RuntimeRole) -> str | None:
    """What reads the name or ARN of a role and is not known to leave its permissions alone.

    Given as a reason; None where there is nothing such. Sym's resources and modules use the role,
    other roles trust it, and the resources that attach policies are looked at for themselves.
    """
    if role.connector is not None:
        start = role.connector.address
        entry: RegistryModule | None = role.connector.entry
    elif role.resource is not None:
        start, entry = role.resource, None
    else:
        return "the role is managed elsewhere"
    return sym.once_for((unexplained_use, start), lambda: _unexplained(sym, start, entry))


def _unexplained(sym: Lookup, start: Address, entry: RegistryModule | None) -> str | None:
    ours = sym.once(_own_modules)
    # A policy document only says what a role may do; what attaches the document has the effect.
    readers = sym.graph.consumers(
        start, by=lambda edge: _concerns(edge.path, entry), through=_is_document
    )
    for reader in readers:
        if reader in ours or reader.type.startswith("sym_") or reader.type == _ROLE:
            continue
        terraform = sym.terraform
        if terraform.is_off(reader) and terraform.without_defaults.is_off(reader):
            continue
        known = sym.catalogue.external_resources.get(reader.type)
        if known is not None and known.role_argument is not None:
            continue
        if reader.kind == "output":
            return "the configuration passes its role on to others"
        return f"{reader.local_name} uses its role"
    return None


def _own_modules(sym: Lookup) -> frozenset[Address]:
    """The calls of Sym's modules, without instance keys."""
    return frozenset(module.address.without_keys() for module in sym.modules)


def _concerns(path: tuple[str | int, ...], entry: RegistryModule | None) -> bool:
    """Whether what is read of a runtime connector has its role's name or ARN in it."""
    if entry is None or not path:
        return True
    forms = entry.outputs.get(str(path[0]), ())
    if any(form.resource == _ROLE for form in forms):
        return True
    shown = tuple(map(str, path))
    for thing in ("role_arn", "role_name"):
        for known in entry.paths_to(thing):
            length = min(len(shown), len(known.path))
            if shown[:length] == known.path[:length]:
                return True
    return False


def _is_document(address: Address) -> bool:
    return address.kind == "data" and address.type == _DOCUMENT

"""Who else gets hold of a runtime's role, and might attach policies to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.terraform.values.addresses import Address, ModuleStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.graph.edges import Edge
    from symlint.sym.aws.runtime_roles import RuntimeRole
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.configuration import SymConfiguration

_ROLE: Final = "aws_iam_role"
_DOCUMENT: Final = "aws_iam_policy_document"


def unexplained_use(sym: SymConfiguration, role: RuntimeRole) -> str | None:
    """What reads the name or ARN of a role and is not known to leave its permissions alone.

    Given as a reason; None where there is nothing such. Sym's resources and modules use the role,
    other roles trust it, and the resources that attach policies are looked at for themselves.
    """
    if role.connector is not None:
        start = _keyless(role.connector.address)
        entry: RegistryModule | None = role.connector.entry
    elif role.resource is not None:
        start, entry = _keyless(role.resource), None
    else:
        return "the role is made elsewhere"
    ours = {_keyless(module.address) for module in sym.modules}
    for reader in _readers(sym, start, entry):
        if reader in ours or reader.type.startswith("sym_") or reader.type == _ROLE:
            continue
        known = sym.catalogue.external_resources.get(reader.type)
        if known is not None and known.role_argument is not None:
            continue
        if reader.kind == "output":
            return "the configuration passes its role on to others"
        return f"{reader.local_name} uses its role"
    return None


def _readers(
    sym: SymConfiguration, start: Address, entry: RegistryModule | None
) -> Iterator[Address]:
    """The things with an effect of their own that the role at ``start`` reaches."""
    readers: dict[Address, list[Edge]] = {}
    for edge in sym.structure.edges:
        readers.setdefault(edge.target, []).append(edge)
    queue = [edge.source for edge in readers.get(start, ()) if _concerns(edge.path, entry)]
    inside = (*start.module, ModuleStep(start.name))
    for target, edges in readers.items():
        if target.kind == "output" and target.module == inside and start.kind == "module":
            paths = ((edge, (target.name, *edge.path)) for edge in edges if edge.attribute)
            queue += [edge.source for edge, path in paths if _concerns(path, entry)]
    seen: set[Address] = set()
    while queue:
        reader = queue.pop()
        if reader in seen:
            continue
        seen.add(reader)
        if _passes_on(reader, sym.structure.transparent):
            queue += [edge.source for edge in readers.get(reader, ())]
        else:
            yield reader


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


def _passes_on(address: Address, transparent: frozenset[Address]) -> bool:
    if address.kind == "output":
        return bool(address.module)
    if address.kind == "data" and address.type == _DOCUMENT:
        return True
    return address.kind in ("local", "variable") or address in transparent


def _keyless(address: Address) -> Address:
    path = tuple(ModuleStep(step.name) for step in address.module)
    return address._replace(module=path, key=None)

"""Resolves the value of an argument that takes a role name to a runtime role.

AWS wants the name of a role where a policy is attached, and its ARN where the role is assumed.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.aws.external import external_named, external_read
from symlint.sym.aws.roles.runtime import RuntimeRole, Trust, runtimes_by_role_name
from symlint.sym.model.link_resolution import read_at

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.aws.external import ExternalRead
    from symlint.sym.model.modules import OutputRead
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.value import Value

ROLE = "aws_iam_role"


def role_by_name(sym: Lookup, value: Value, argument: Range) -> Trust:
    """What a value, used at ``argument``, is that ought to be the name of a runtime's role.

    ``role`` of the answer is given for the wrong attributes of a role, too; it is None for a name
    of which it is not known whose it is.
    """
    read = sym.output_read(value)
    if read is not None:
        return _of_output(value, read, read.range or value.origin or argument)
    external = external_read(sym, value, ROLE)
    if external is not None:
        return _of_resource(value, external, external.range or argument)
    range_ = value.origin or argument
    reference = value.reference
    if reference is not None:
        address, path = reference.address, reference.path
        ours = address.type.startswith("sym_") and address.kind == "resource"
        if ours and path in ((), ("id",), ("name",)):
            place = read_at(value, address) or range_
            return Trust("wrong_resource", value, place, text=address.local_name)
        return Trust("unknown", value, range_)
    text = value.string
    if text is None:
        return Trust("unknown", value, range_)
    if not sym.catalogue.formats["iam_role_name"].matches(text):
        return Trust("not_an_arn", value, range_, _named_role(sym, text), None, text)
    return Trust("role", value, range_, _called(sym, value, text), None, text)


def _of_output(value: Value, read: OutputRead, range_: Range) -> Trust:
    gives = read.gives
    if read.module.kind == "runtime":
        role = RuntimeRole(read.module)
        if gives == "role_name":
            return Trust("role", value, range_, role, read)
        if gives is None and not read.is_whole and not read.is_of_role:
            return Trust("unknown", value, range_, role, read)
        return Trust("wrong_output", value, range_, role, read, read.text)
    known = gives is not None or read.is_whole
    return Trust("wrong_module" if known else "unknown", value, range_, None, read, read.text)


def _of_resource(value: Value, read: ExternalRead, range_: Range) -> Trust:
    role = RuntimeRole(resource=read.address)
    if read.path in (("name",), ("id",)):
        return Trust("role", value, range_, role)
    if read.path and not isinstance(read.path[0], str):
        return Trust("unknown", value, range_)
    text = ".".join((read.local_name, *map(str, read.path)))
    return Trust("wrong_attribute", value, range_, role, text=text)


def _called(sym: Lookup, value: Value, text: str) -> RuntimeRole | None:
    """The role of this name; None where it is not known which that is."""
    made = _made_with_name(sym, text)
    if made is not None:
        return made
    declared = external_named(sym, value, ROLE)
    return None if declared is None else RuntimeRole(resource=declared.address)


def _named_role(sym: Lookup, text: str) -> RuntimeRole | None:
    """The role whose ARN or path a text is, going by the name at its end."""
    return _made_with_name(sym, text.rpartition("/")[2])


def _made_with_name(sym: Lookup, name: str) -> RuntimeRole | None:
    found = sym.once(runtimes_by_role_name).get(name, [])
    return RuntimeRole(found[0]) if len(found) == 1 else None

"""Which AWS role Sym's runtime acts with, and which one a connector trusts.

A flow reaches AWS through two roles: the runtime's role, made by a runtime connector, assumes the
role of a connector. That works only if the connector trusts the very role that the flow's
environment runs with, so both ends are traced to what makes the role.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.sym.model.environments import Environment
from symlint.sym.model.integrations import Integration
from symlint.sym.model.link_resolution import possible_elements
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.source.text import Range
    from symlint.sym.model.environments import Runtime
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.sym.model.views import Link, Lookup
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value


_STEPS_PER_ROLE: Final = 100
"""What it takes to follow a role that a connector trusts, and to compare it, in steps of the budget."""


class RuntimeRole(NamedTuple):
    """A role, by what makes it: a runtime connector, a resource, or its ARN alone."""

    connector: SymModule | None = None
    resource: Address | None = None
    arn: str | None = None

    def same_as(self, other: RuntimeRole) -> bool | None:
        """Whether both are one role; None where that is not known."""
        if self.connector is not None and other.connector is not None:
            if self.connector.symbolic or other.connector.symbolic:
                return None
            return self.connector is other.connector
        if self.arn is not None and other.arn is not None:
            return self.arn == other.arn
        if self.resource is not None and other.resource is not None:
            one, two = self.resource, other.resource
            if one == two:
                return True
            apart = one.without_keys() != two.without_keys() or "[?]" not in f"{one}{two}"
            return False if apart and one.kind == two.kind == "resource" else None
        if self.arn is not None or other.arn is not None:
            return self._named(other)
        resource = self.resource or other.resource
        return False if resource is not None and resource.kind == "resource" else None

    def _named(self, other: RuntimeRole) -> bool | None:
        """Whether an ARN can be that of a runtime connector's role: by the role's name."""
        arn = self.arn or other.arn or ""
        connector = self.connector or other.connector
        if connector is None:
            return None
        name = role_name(connector)
        return None if name is None else (None if arn.endswith("/" + name) else False)

    @property
    def description(self) -> str:
        """``module.runtime``, ``aws_iam_role.runtime`` or the ARN."""
        if self.connector is not None:
            return self.connector.local_name
        if self.resource is not None:
            return self.resource.without_key().local_name
        return self.arn or ""


def role_name(connector: SymModule) -> str | None:
    """The name of the role that a module makes, as its ``environment`` decides; None if unknown."""
    from symlint.sym.model.creations import made_by

    names = (it.name for it in made_by(connector) if it.creation.resource == "aws_iam_role")
    return next(names, None)


def runtime_role(environment: Environment) -> RuntimeRole | None:
    """The AWS role that flows of an environment act with; None where that is not known."""
    link = environment.runtime_link
    if link.outcome != "ok":
        return None
    made = role_of_module(environment.sym, link)
    runtime = environment.runtime
    return made if made is not None or runtime is None else role_of_runtime(runtime)


def role_of_runtime(runtime: Runtime) -> RuntimeRole | None:
    """The AWS role that a runtime acts with; None where that is not known."""
    return role_of_context(runtime.sym, runtime.context_link)


def role_of_context(sym: Lookup, link: Link) -> RuntimeRole | None:
    """The role of a permission context that a link leads to; None where that is not known."""
    view = link.view
    made = role_of_module(sym, link)
    if made is None and isinstance(view, Integration):
        source = view.settings_source
        if source is not None:
            return RuntimeRole(source.module) if source.module.kind == "runtime" else None
        role = view.setting("role_arn")
        return None if role is None else role_of_value(sym, role, view.range("settings"))
    return made


def role_of_module(sym: Lookup, link: Link) -> RuntimeRole | None:
    """The role of the runtime connector that an output belongs to."""
    subject = link.subject
    if link.outcome != "ok" or subject is None:
        return None
    module = sym.module_around(subject.owner.address)
    return RuntimeRole(module) if module is not None and module.kind == "runtime" else None


def role_of_value(sym: Lookup, value: Value, argument: Range) -> RuntimeRole | None:
    """The role whose ARN a value, used at ``argument``, is; None where that is not known."""
    trust = trust_of(sym, value, argument)
    return trust.role if trust.outcome == "role" else None


# --- what a connector trusts --------------------------------------------------------------------

TrustOutcome: TypeAlias = Literal[
    "role",  # the ARN of a role: ``role`` says which
    "wrong_output",  # another output of a runtime connector: its role's name, its settings
    "wrong_module",  # an output of another of Sym's modules
    "wrong_attribute",  # another attribute of an aws_iam_role
    "wrong_resource",  # a resource of the Sym provider
    "not_an_arn",  # a text that is no ARN of a role
    "unknown",
]


class Trust(NamedTuple):
    """One element of ``runtime_role_arns``. ``range`` is the text to change if it is wrong."""

    outcome: TrustOutcome
    value: Value
    range: Range
    role: RuntimeRole | None = None
    read: OutputRead | None = None
    text: str = ""
    """What was read instead: ``sym_runtime_connector_role.name``, the literal."""


def trusted_roles(sym: Lookup, module: SymModule) -> tuple[Trust, ...]:
    """The runtime roles that may assume the role of a connector; empty where they are not known."""
    return sym.once_for((trusted_roles, module.address), lambda: tuple(_trust(sym, module)))


def _trust(sym: Lookup, module: SymModule) -> Sequence[Trust]:
    name = module.entry.trust_input
    argument = None if name is None else module.argument(name)
    if argument is None:
        return ()
    found = []
    for element in possible_elements(argument.value):
        for value in _meant(element):
            if not sym.terraform.budget.spend(_STEPS_PER_ROLE):
                return ()
            found.append(trust_of(sym, value, argument.range))
    return found


def _meant(value: Value) -> Iterator[Value]:
    """The values that one may be; what it falls back to for nothing is left out."""
    choices = leaves(value)
    for choice in choices:
        if len(choices) == 1 or (not choice.is_null and choice.content != ""):
            yield choice


def trust_of(sym: Lookup, value: Value, argument: Range) -> Trust:
    """What a value, used at ``argument``, is that ought to be the ARN of a runtime's role."""
    read = sym.output_read(value)
    range_ = (None if read is None else read.range) or value.origin or argument
    if read is not None:
        gives = read.gives
        if read.module.kind == "runtime":
            role = RuntimeRole(read.module)
            if gives == "role_arn":
                return Trust("role", value, range_, role, read)
            known = gives is not None or read.is_whole or read.is_of_role
            outcome: TrustOutcome = "wrong_output" if known else "unknown"
            return Trust(outcome, value, range_, role, read, read.text)
        if gives is None and not read.is_whole:
            return Trust("unknown", value, range_, None, read)
        return Trust("wrong_module", value, range_, None, read, read.text)
    reference = value.reference
    if reference is None and value.hops:
        reference = next(
            (h.reference for h in reversed(value.hops) if h.reference.address.kind == "resource"),
            None,
        )
    if reference is not None:
        return _trust_of_reference(sym, value, reference, range_)
    text = value.string
    if text is None:
        return _unread(value, range_)
    if is_role_arn(text):
        return Trust("role", value, range_, RuntimeRole(arn=text), None, text)
    return Trust("not_an_arn", value, range_, None, None, text)


def _trust_of_reference(sym: Lookup, value: Value, reference: object, range_: Range) -> Trust:
    from symlint.sym.model.views import local_text
    from symlint.terraform.values.addresses import Reference

    assert isinstance(reference, Reference)
    address, path = reference.address, reference.path
    read_at = (hop.range for hop in reversed(value.hops) if hop.reference.address == address)
    range_ = next(read_at, range_)
    if address.type == "aws_iam_role" and address.kind in ("resource", "data"):
        if path == ("arn",):
            return Trust("role", value, range_, RuntimeRole(resource=address))
        if not path or isinstance(path[0], str):
            return Trust("wrong_attribute", value, range_, text=local_text(reference))
    if (
        address.type.startswith("sym_")
        and address.kind == "resource"
        and path in ((), ("id",), ("name",))
    ):
        return Trust("wrong_resource", value, range_, text=local_text(reference))
    text = value.string
    if text is not None and is_role_arn(text):
        return Trust("role", value, range_, RuntimeRole(arn=text))
    return _unread(value, range_)


def _unread(value: Value, range_: Range) -> Trust:
    """A value of which no more than its type may be known: a list or a number is no ARN."""
    other = value.type.kind not in ("any", "string") and not value.is_null
    return Trust("not_an_arn" if other else "unknown", value, range_)


def is_role_arn(text: str) -> bool:
    """Whether a text is the ARN of an IAM role, in any partition of AWS."""
    parts = text.split(":", 5)
    return (
        len(parts) == 6 and parts[0] == "arn" and parts[2] == "iam" and parts[5].startswith("role/")
    )


def environments_of(sym: Lookup, runtime: SymModule) -> frozenset[str]:
    """The names of the environments that run on the role of a runtime connector."""
    return frozenset(sym.once(_environments).get(runtime.address, ()))


def _environments(sym: Lookup) -> dict[Address, list[str]]:
    """The names of environments by the runtime connectors that make the roles they run on."""
    found: dict[Address, list[str]] = {}
    for environment in sym.all(Environment):
        role = runtime_role(environment)
        if environment.name.string is not None and role is not None and role.connector is not None:
            found.setdefault(role.connector.address, []).append(environment.name.string)
    return found


def runtimes_by_role_name(sym: Lookup) -> dict[str, list[SymModule]]:
    """The runtime connectors by the names of their roles, where these are known."""
    found: dict[str, list[SymModule]] = {}
    for runtime in sym.runtime_connectors:
        name = role_name(runtime)
        if name is not None:
            found.setdefault(name, []).append(runtime)
    return found


def _ends(arn: str) -> Iterator[str]:
    """What follows each slash of an ARN."""
    while "/" in arn:
        arn = arn.partition("/")[2]
        yield arn


def runtimes_of(sym: Lookup, connector: SymModule) -> list[SymModule]:
    """The runtime connectors that a connector belongs to."""
    roles = [trust.role for trust in trusted_roles(sym, connector) if trust.role is not None]
    direct = [role.connector for role in roles if role.connector is not None]
    if direct:
        return direct
    if roles:
        # The role of a runtime connector may be written out as an ARN.
        named = sym.once(runtimes_by_role_name)
        ends = [end for role in roles for end in _ends(role.arn or "")]
        found = {id(it) for end in ends for it in named.get(end, ())}
        return [it for it in sym.runtime_connectors if id(it) in found] if found else []
    runtimes = sym.runtime_connectors
    return list(runtimes) if len(runtimes) == 1 else []

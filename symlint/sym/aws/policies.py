"""Permissions of runtime roles: addon policies, and what attaches policies to roles.

Sym's addons make policies that open secrets and streams. They are of use only where they are
attached to the role that the runtime acts with: by the addon itself, by a resource, or by a
version 1 runtime connector.
"""

from __future__ import annotations

from functools import cached_property
from heapq import merge

from symlint.annotations import TYPE_CHECKING, Final, Generic, TypeVar
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.attachments import attachments
from symlint.sym.aws.roles.role_by_name import role_by_name
from symlint.sym.aws.roles.runtime import RuntimeRole
from symlint.sym.model.arguments import ABSENT, element
from symlint.terraform.instances.bodies import ConfiguredBody
from symlint.terraform.values.value import string

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.attachments import Attachment
    from symlint.sym.catalogue.module_parts import Addon, Grant
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

T = TypeVar("T")


class AttachedTo(NamedTuple):
    """A role that an addon's policy is attached to, and the text that says so."""

    role: RuntimeRole | None
    range: Range


class GrantInput(NamedTuple):
    """What an addon was given for one of its inputs, or has by default; where that is said."""

    value: Value
    range: Range


class AddonPolicy(NamedTuple):
    """The policy of an addon: of an addon's module, or of version 1 of a runtime connector.

    ``attached`` are the roles that it is known to be attached to. ``readable`` is false where what
    decides that is not known; ``explained`` where something other than the addon attaches it.
    ``addon`` is given for version 1 of a runtime connector.
    """

    sym: Lookup
    grant: Grant
    module: SymModule
    attached: tuple[AttachedTo, ...]
    readable: bool
    explained: bool = True
    addon: Addon | None = None

    @property
    def complete(self) -> bool:
        """Whether ``attached`` are surely all roles that it is attached to."""
        if not self.readable:
            return False
        return self.explained or not self.sym.once(Policies).is_used(self.module)

    @property
    def attached_roles(self) -> list[RuntimeRole | None]:
        """The roles that it is attached to, and None if there may be others."""
        roles = [it.role for it in self.attached]
        return roles if self.complete else [*roles, None]

    def serves(self, role: RuntimeRole) -> bool | None:
        """Whether it is attached to a role; None where that is not known."""
        answers = [None if it.role is None else it.role.same_as(role) for it in self.attached]
        if True in answers:
            return True
        return None if None in answers or not self.complete else False

    def input(self, name: str) -> GrantInput:
        """An input of the addon: given, by default, or unknown."""
        if self.addon is None:
            given = self.module.argument(name)
            if given is not None and not given.value.is_null:
                return GrantInput(given.value, given.range)
            return self._default(name)
        for parameter in self.addon.fills.get(name, ()):
            every = self.module.value("addon_params")
            own = element(every, self.addon.name)
            value = None if own is None else element(own, parameter)
            if value is not None:
                return GrantInput(value, value.origin or self.module.range("addon_params"))
        environment = self.module.environment
        if name == self.module.entry.environment_input and environment is not None:
            return GrantInput(environment.value, environment.range)
        return self._default(name)

    def _default(self, name: str) -> GrantInput:
        if name == self.grant.tag_input and self.grant.default_tag is not None:
            return GrantInput(string(self.grant.default_tag), self.module.header)
        return GrantInput(ABSENT, self.module.header)


class Access(NamedTuple):
    """Whether a role may use what an addon opens; ``answer`` is None where that is not known.

    ``policies`` surely or possibly serve the role. ``reason`` says why it is not known.
    """

    answer: bool | None
    policies: tuple[AddonPolicy, ...]
    reason: str = ""


class _ByRole(Generic[T]):
    """Things by the roles that they are about, so that not each is compared with each role.

    A thing is given with its roles, among which None stands for one that is not known.
    """

    def __init__(self, things: Iterable[tuple[T, Collection[RuntimeRole | None]]]) -> None:
        self._things: list[T] = []
        self._own: dict[Address, list[int]] = {}
        self._others: list[int] = []
        for number, (thing, roles) in enumerate(things):
            self._things.append(thing)
            keys = {_key(role) for role in roles}
            for key in keys if None not in keys else ():
                if key is not None:
                    self._own.setdefault(key, []).append(number)
            if None in keys:
                self._others.append(number)

    def of(self, role: RuntimeRole) -> Iterator[T]:
        """The things that are perhaps about a role, in order."""
        key = _key(role)
        if key is None:
            return iter(self._things)
        numbers = merge(self._own.get(key, ()), self._others)
        return (self._things[number] for number in numbers)


def _key(role: RuntimeRole | None) -> Address | None:
    """The runtime connector that makes a role; None where it cannot be told from all others."""
    connector = None if role is None else role.connector
    return None if connector is None or connector.symbolic else connector.address


class Policies:
    """The policies of a configuration, with the roles that they are attached to."""

    def __init__(self, sym: Lookup) -> None:
        self.sym: Final = sym
        self._of_addons: dict[str, tuple[AddonPolicy, ...]] = {}
        self._tags: dict[str, frozenset[str | None]] = {}
        self._about: dict[str, _ByRole[AddonPolicy]] = {}
        self._access: dict[tuple[RuntimeRole, str], Access] = {}

    def of_addon(self, module_name: str) -> tuple[AddonPolicy, ...]:
        """The policies of one addon, such as "secretsmgr-addon", in order of declaration."""
        if module_name not in self._of_addons:
            entry = self.sym.catalogue.modules.get(module_name)
            grant = None if entry is None else entry.grant
            found = () if grant is None else tuple(self._of_addon(module_name, grant))
            self._of_addons[module_name] = found
        return self._of_addons[module_name]

    def tags(self, module_name: str) -> frozenset[str | None]:
        """The tags that the policies of an addon compare, by their values."""
        if module_name not in self._tags:
            self._tags[module_name] = frozenset(
                policy.input(policy.grant.tag_value_input or "").value.string
                for policy in self.of_addon(module_name)
            )
        return self._tags[module_name]

    def _of_addon(self, module_name: str, grant: Grant) -> Iterator[AddonPolicy]:
        for module in self.sym.modules:
            if module.entry.name == module_name:
                yield self._of_module(module, grant)
            addon = module.entry.addons.get(grant.addon)
            if addon is not None:
                yield from _of_runtime(self.sym, module, addon, grant)

    def _of_module(self, module: SymModule, grant: Grant) -> AddonPolicy:
        others = self._by_others.get(module.address, [])
        own = tuple(_by_itself(self.sym, module, grant))
        return AddonPolicy(self.sym, grant, module, (*own, *others), module.complete, bool(others))

    @cached_property
    def _by_others(self) -> dict[Address, list[AttachedTo]]:
        """The roles that something else attaches the policies of addons' modules to, by module."""
        found: dict[Address, list[AttachedTo]] = {}
        for attachment in self.sym.once(attachments):
            for address in self._sources(attachment.policies):
                found.setdefault(address, []).append(AttachedTo(attachment.role, attachment.range))
        for runtime in self.sym.runtime_connectors:
            extra = runtime.value("policy_arns").items or {}
            for address in self._sources(extra.values()):
                attached = AttachedTo(RuntimeRole(runtime), runtime.range("policy_arns"))
                found.setdefault(address, []).append(attached)
        return found

    def _sources(self, policies: Iterable[Value]) -> dict[Address, None]:
        """The modules that policies are outputs of, each once."""
        reads = map(self.sym.output_read, policies)
        return {read.module.address: None for read in reads if read is not None}

    def is_used(self, module: SymModule) -> bool:
        """Whether anything at all reads an output of a module."""
        return next(self.sym.graph.uses(module.address), None) is not None

    # --- what a role may do ---

    def _perhaps_of(self, role: RuntimeRole, module_name: str) -> Iterator[AddonPolicy]:
        """The policies of an addon but for those that surely belong to other roles."""
        if module_name not in self._about:
            policies = ((it, it.attached_roles) for it in self.of_addon(module_name))
            self._about[module_name] = _ByRole(policies)
        return self._about[module_name].of(role)

    @cached_property
    def _attachments_by_role(self) -> _ByRole[Attachment]:
        return _ByRole((it, [it.role]) for it in self.sym.once(attachments))

    def access(self, role: RuntimeRole, module_name: str) -> Access:
        """Whether a role may use what an addon opens; found once, since thousands of secrets ask."""
        key = role, module_name
        if key not in self._access:
            self._access[key] = self._found_access(role, module_name)
        return self._access[key]

    def _found_access(self, role: RuntimeRole, module_name: str) -> Access:
        entry = self.sym.catalogue.modules.get(module_name)
        grant = None if entry is None else entry.grant
        if grant is None:
            return Access(None, (), "symlint does not know what opens it")
        answers = [(policy, policy.serves(role)) for policy in self._perhaps_of(role, module_name)]
        serving = tuple(policy for policy, answer in answers if answer is not False)
        if any(answer for _, answer in answers):
            return Access(True, serving)
        if serving:
            return Access(None, serving, "it is not known which role the addon is attached to")
        reason = self.other_access(role, grant.action)
        return Access(False if reason is None else None, (), reason or "")

    def other_access(self, role: RuntimeRole, action: str | None) -> str | None:
        """Why a role may be allowed an action, or any at all, by something other than an addon.

        None where surely nothing else allows it.
        """
        from symlint.sym.aws.iam_policies import may_allow
        from symlint.sym.aws.roles.uses import unexplained_use

        for attachment in self._attachments_by_role.of(role):
            same = None if attachment.role is None else attachment.role.same_as(role)
            if same is not False and any(
                may_allow(self.sym, it, attachment.instance, action) for it in attachment.policies
            ):
                where = attachment.instance.address.without_key().local_name
                return f"{where} may allow it"
        if role.connector is not None:
            reason = self._extra_policies(role.connector, action)
        else:
            reason = self._own_policies(role, action)
        return reason or unexplained_use(self.sym, role)

    def _extra_policies(self, runtime: SymModule, action: str | None) -> str | None:
        from symlint.sym.aws.iam_policies import may_allow

        if runtime.symbolic or not runtime.complete:
            return "the runtime connector is not known in full"
        extra = runtime.value("policy_arns")
        if extra.is_null:
            return None
        if extra.items is None:
            return "its policy_arns are not known"
        body = ConfiguredBody(runtime.call.block.body, runtime.call.scope)
        for policy in extra.items.values():
            if may_allow(self.sym, policy, body, action):
                return "its policy_arns may allow it"
        return None

    def _own_policies(self, role: RuntimeRole, action: str | None) -> str | None:
        from symlint.sym.aws.iam_policies import may_allow

        address = role.resource
        instance = None if address is None else self.sym.terraform.resource(address)
        if instance is None or address is None or address.kind != "resource":
            return "the role is managed elsewhere"
        if instance.symbolic or not instance.complete:
            return "the role is not known in full"
        entry = self.sym.catalogue.external_resources[address.type]
        policies = [
            part
            for name in entry.policy_arguments
            if (given := instance.attribute(name)) is not None and not given.is_null
            for part in (given.elements or (given,))
        ]
        policies += [
            given
            for block in instance.blocks("inline_policy")
            if (given := block.attribute("policy")) is not None
        ]
        if any(may_allow(self.sym, policy, instance, action) for policy in policies):
            return "the role's own policies may allow it"
        return None


def _by_itself(sym: Lookup, module: SymModule, grant: Grant) -> Iterator[AttachedTo]:
    """The role that an addon's module attaches its policy to."""
    given = module.argument(grant.role_input)
    if given is None or given.value.is_null or given.value.content == "":
        return
    trust = role_by_name(sym, given.value, given.range)
    yield AttachedTo(trust.role, trust.range)


def _of_runtime(
    sym: Lookup, runtime: SymModule, addon: Addon, grant: Grant
) -> Iterator[AddonPolicy]:
    """The policy of an addon that a version 1 runtime connector has by itself."""
    given = runtime.argument("addons")
    if given is None or given.value.is_null:
        return
    role = AttachedTo(RuntimeRole(runtime), given.range)
    elements = given.value.elements
    if elements is None:
        yield AddonPolicy(sym, grant, runtime, (), False, addon=addon)
        return
    if any(it.string == addon.name for it in elements):
        yield AddonPolicy(sym, grant, runtime, (role,), True, addon=addon)
    elif any(it.is_unknown for it in elements):
        yield AddonPolicy(sym, grant, runtime, (), False, addon=addon)

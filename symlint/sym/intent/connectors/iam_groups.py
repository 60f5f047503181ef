"""The IAM groups that targets grant, and the patterns of groups that a connector may change."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.intent.connectors.scopes import matches, read_from, scope_value

if TYPE_CHECKING:
    from symlint.sym.intent.connectors.scopes import Managed
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance


GROUP_TYPE: Final = "aws_iam_group"


class Group(NamedTuple):
    """An IAM group as far as known: ``instance`` where it is declared here."""

    name: str | None
    path: str | None
    instance: ResourceInstance | None


class Pattern(NamedTuple):
    """One element of ``group_config``; None stands for what is not known."""

    path: str | None
    name: str | None

    @property
    def text(self) -> str:
        return f"{self.path}{self.name}"


def group_patterns(it: Managed) -> tuple[Pattern, ...] | None:
    """The groups that a connector may change; None where they are not known."""
    value = scope_value(it.connector, it.scope)
    elements = None if value is None else value.elements
    if elements is None:
        return None
    found = []
    for element in elements:
        items = element.items
        if items is None:
            return None
        path, name = items.get("path"), items.get("name")
        found.append(
            Pattern(None if path is None else path.string, None if name is None else name.string)
        )
    return tuple(found)


def groups_by_name(sym: Lookup) -> dict[str, list[ResourceInstance]]:
    """The declared IAM groups by name."""
    found: dict[str, list[ResourceInstance]] = {}
    for module in sym.module_instances:
        for instance in module.resources(GROUP_TYPE):
            name = instance.attribute("name")
            if name is not None and name.string is not None:
                found.setdefault(name.string, []).append(instance)
    return found


def group_of(it: Managed, groups: dict[str, list[ResourceInstance]]) -> Group | None:
    """The group that a setting names; None where not even its name is known."""
    name = it.value.string
    reference = read_from(it.value)
    if reference is not None and reference.address.type == GROUP_TYPE:
        instance = it.target.sym.terraform.resource(reference.address)
        if reference.address.kind == "resource" and instance is not None:
            return _declared(it.target.sym, instance, name)
        return None
    if name is None:
        return None
    declared = groups.get(name, [])
    if not declared:
        return Group(name, None, None)
    return _declared(it.target.sym, declared[0], name) if len(declared) == 1 else None


def _declared(sym: Lookup, instance: ResourceInstance, name: str | None) -> Group | None:
    own = instance.attribute("name")
    name = name or (None if own is None else own.string)
    path = instance.attribute("path")
    if path is None or path.is_null:
        entry = sym.catalogue.external_resources[GROUP_TYPE]
        return Group(name, entry.defaults["path"][0], instance) if instance.complete else None
    return None if path.string is None else Group(name, path.string, instance)


def matches_any(group: Group, patterns: tuple[Pattern, ...]) -> bool | None:
    """Whether some pattern matches the group; None where that is not known."""
    answers = [_matches_one(group, pattern) for pattern in patterns]
    if True in answers:
        return True
    return None if None in answers else False


def _matches_one(group: Group, pattern: Pattern) -> bool | None:
    if pattern.path is None or pattern.name is None:
        return None
    if group.path is None:
        # A name says nothing about its path; but none that the pattern's own name rules out.
        own = pattern.name.rpartition("/")[2]
        return None if group.name is None or matches(group.name, own) else False
    if group.name is not None:
        return matches(group.path + group.name, pattern.text)
    start = pattern.text
    for wildcard in "*?":
        start = start.partition(wildcard)[0]
    if group.path.startswith(start):
        return None
    return None if start.startswith(group.path) and "/" not in start[len(group.path) :] else False


def is_group_path(text: str) -> bool:
    """Whether the module accepts a path: ``^/(.+/)?$``."""
    return text == "/" or (len(text) > 2 and text[0] == "/" and text[-1] == "/")

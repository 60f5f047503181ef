"""Static checks of references: what they name must be declared and be of use where they stand.

The rules are Terraform's (``internal/addrs/parse_ref.go`` and
``internal/terraform/evaluate_valid.go``).
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.hcl.walk import walk
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range
from symlint.terraform.modules.references import (
    first_name,
    free_traversals,
    leading_range,
    resource_name,
)
from symlint.terraform.modules.sites import sites
from symlint.terraform.values.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.source.close_names import CloseNames
    from symlint.terraform.modules.declarations import Module, ModuleCall, ResourceKind
    from symlint.terraform.modules.references import ResourceName
    from symlint.terraform.modules.sites import Site


class OutputReference(NamedTuple):
    """A reference to what must be an output of a called module: the name at step ``place``."""

    call: ModuleCall
    traversal: nodes.Traversal
    place: int
    expression: nodes.Expression


_PATH_NAMES: Final = frozenset(("module", "root", "cwd"))
_TERRAFORM_NAMES: Final = frozenset(("workspace", "applying"))
_NOUNS: Final = {
    "resource": "resource",
    "data": "data source",
    "ephemeral": "ephemeral resource",
}


class ReferenceChecker:
    """Checks the references of one module, as far as the module alone tells."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self.outputs: Final[list[OutputReference]] = []
        """What remains to be compared with the modules that are called."""
        self._candidates: dict[tuple[str, str], CloseNames] = {}
        self._names_by_type: dict[ResourceKind, dict[str, list[str]]] = {}

    def problems(self) -> Iterator[Problem]:
        """The problems of all references, in the order of the module's blocks."""
        for site in sites(self._module):
            for traversal in free_traversals(site.expression, site.bound):
                yield from self._reference(site, traversal)

    def _reference(self, site: Site, traversal: nodes.Traversal) -> Iterator[Problem]:
        root = traversal.root
        if root == "var":
            yield from self._variable(traversal)
        elif root == "local":
            yield from self._local(traversal)
        elif root == "module":
            yield from self._call(site, traversal)
        elif root in ("each", "count"):
            yield from self._repetition(site, traversal)
        elif root == "self":
            yield from self._self(site, traversal)
        elif root in ("path", "terraform", "tofu"):
            yield from self._fact(traversal)
        elif root in ("template", "lazy", "arg"):
            message = f'the name "{root}" is reserved by Terraform and cannot be used yet'
            yield Problem("structure", traversal.range, message)
        else:
            yield from self._resource(site, traversal)

    # --- values of the module ---

    def _variable(self, traversal: nodes.Traversal) -> Iterator[Problem]:
        name = first_name(traversal)
        if name is None:
            yield _incomplete(traversal, "var", "the name of a variable, as in var.name")
        elif name not in self._module.variables:
            declared = self._module.variables
            help_ = f'declare it with variable "{name}" {{}}'
            yield from self._undeclared(traversal, 0, "variable", name, declared, help_)

    def _local(self, traversal: nodes.Traversal) -> Iterator[Problem]:
        name = first_name(traversal)
        if name is None:
            yield _incomplete(traversal, "local", "the name of a local, as in local.name")
        elif name not in self._module.locals:
            help_ = f"declare it in a locals block: {name} = ..."
            declared = self._module.locals
            yield from self._undeclared(traversal, 0, "local", name, declared, help_)

    def _undeclared(
        self,
        traversal: nodes.Traversal,
        step: int,
        noun: str,
        name: str,
        declared: Iterable[str],
        help_: str,
    ) -> Iterator[Problem]:
        """The problem of the name at ``step``, unless a lost part of the module may declare it."""
        if not self._module.complete:
            return
        suggestion = self._meant((noun, ""), name, declared)
        yield Problem(
            "undeclared",
            name_range(traversal, step),
            f'{noun} "{name}" is not declared',
            label="not declared in this module",
            help=f'did you mean "{suggestion}"?' if suggestion else help_,
            suggestion=suggestion,
        )

    def _meant(self, kind: tuple[str, str], name: str, declared: Iterable[str]) -> str | None:
        """The declared name of a kind that a name is close to; a module may have many of both."""
        from symlint.source.close_names import CloseNames

        if kind not in self._candidates:
            self._candidates[kind] = CloseNames(declared)
        return self._candidates[kind].to(name)

    # --- each, count, self, path, terraform ---

    def _repetition(self, site: Site, traversal: nodes.Traversal) -> Iterator[Problem]:
        from symlint.source.close_names import close_name

        root = traversal.root
        name = first_name(traversal)
        allowed = ("key", "value") if root == "each" else ("index",)
        needed = "for_each" if root == "each" else "count"
        if name is None:
            wanted = " or ".join(f"{root}.{attribute}" for attribute in allowed)
            yield _incomplete(traversal, root, f"an attribute: {wanted}")
        elif name not in allowed:
            wanted = " and ".join(f"{root}.{attribute}" for attribute in allowed)
            yield Problem(
                "attribute",
                name_range(traversal, 0),
                f'"{root}" has no attribute "{name}"',
                help=f"there is only {wanted}",
                suggestion=close_name(name, allowed),
            )
        elif site.repetition != needed:
            yield Problem(
                "structure",
                leading_range(traversal, 1),
                f"{root}.{name} is used where there is no {needed}",
                help=_repetition_help(site, root, needed),
            )

    def _self(self, site: Site, traversal: nodes.Traversal) -> Iterator[Problem]:
        if not site.self_allowed:
            yield Problem(
                "structure",
                traversal.range,
                "self is used where it is not available",
                help="self can be used only in provisioner, connection and postcondition blocks;"
                " refer to another argument's value by what it was set from",
            )

    def _fact(self, traversal: nodes.Traversal) -> Iterator[Problem]:
        root = traversal.root
        allowed = _PATH_NAMES if root == "path" else _TERRAFORM_NAMES
        name = first_name(traversal)
        if root == "tofu":
            message = '"tofu" is a name that only OpenTofu knows'
            help_ = "write terraform: both know it"
            yield Problem("structure", traversal.range, message, help=help_, opentofu=True)
        if name is None:
            yield _incomplete(traversal, root, "an attribute")
        elif name not in allowed:
            wanted = ", ".join(f"{root}.{attribute}" for attribute in sorted(allowed))
            from symlint.source.close_names import close_name

            yield Problem(
                "attribute",
                name_range(traversal, 0),
                f'"{root}" has no attribute "{name}"',
                help=f"there is only {wanted}",
                suggestion=close_name(name, allowed),
            )

    # --- resources ---

    def _resource(self, site: Site, traversal: nodes.Traversal) -> Iterator[Problem]:
        named = resource_name(traversal)
        if named is None:
            yield _not_a_resource(traversal)
            return
        declared = self._module.of_kind(named.kind)
        declaration = declared.get((named.type, named.name))
        if declaration is None:
            yield from self._undeclared_resource(traversal, named)
            return
        own = (site.owner.kind, site.owner.type, site.owner.name)
        if own == (named.kind, named.type, named.name) and not site.whole:
            yield _self_reference(traversal, named)
        elif declaration.complete and not site.whole:
            yield from _instance_key(
                traversal, named.steps, declaration.repeated, declaration.local_name, True
            )

    def _undeclared_resource(
        self, traversal: nodes.Traversal, named: ResourceName
    ) -> Iterator[Problem]:
        if not self._module.complete:
            return
        noun = _NOUNS[named.kind]
        same_type = self._names(named.kind).get(named.type, [])
        suggestion = self._meant((named.kind, named.type), named.name, same_type)
        if suggestion is not None or same_type:
            range_ = name_range(traversal, named.steps - 1)
        else:
            range_ = leading_range(traversal, named.steps)
        yield Problem(
            "undeclared",
            range_,
            f'{noun} "{named.type}" "{named.name}" is not declared',
            label="not declared in this module",
            help=self._resource_help(named, suggestion),
            suggestion=suggestion,
        )

    def _names(self, kind: ResourceKind) -> dict[str, list[str]]:
        """The names of the resources of each type."""
        found = self._names_by_type.get(kind)
        if found is None:
            found = self._names_by_type[kind] = {}
            for type_name, name in sorted(self._module.of_kind(kind)):
                found.setdefault(type_name, []).append(name)
        return found

    def _resource_help(self, named: ResourceName, suggestion: str | None) -> str:
        if suggestion is not None:
            return f'did you mean "{suggestion}"?'
        module = self._module
        key = (named.type, named.name)
        if named.kind == "resource" and key in module.data:
            return f"there is a data source of this name: data.{named.type}.{named.name}"
        if named.kind == "data" and key in module.resources:
            return f"there is a resource of this name: {named.type}.{named.name}"
        by_type = self._names(named.kind)
        type_name = self._meant((named.kind, ""), named.type, by_type)
        if type_name is not None and type_name != named.type:
            return f'did you mean the type "{type_name}"?'
        names = by_type.get(named.type)
        if names:
            listed = ", ".join(names[:6]) + (", ..." if len(names) > 6 else "")
            return f"declared {_NOUNS[named.kind]}s of this type: {listed}"
        return f"declare it: {_declaration(named)} {{ ... }}"

    # --- modules ---

    def _call(self, site: Site, traversal: nodes.Traversal) -> Iterator[Problem]:
        name = first_name(traversal)
        if name is None:
            yield _incomplete(traversal, "module", "the name of a module call, as in module.name")
            return
        call = self._module.calls.get(name)
        if call is None:
            help_ = f'call the module: module "{name}" {{ source = ... }}'
            declared = self._module.calls
            yield from self._undeclared(traversal, 0, "module", name, declared, help_)
            return
        if site.whole or not call.complete:
            return
        yield from _second_key(traversal, call)
        steps = traversal.steps
        lacking = tuple(_instance_key(traversal, 1, call.repeated, f"module.{name}", False))
        if lacking and not is_tried(site.expression, traversal):
            yield from lacking
        place = 2 if len(steps) > 1 and type(steps[1]) is nodes.IndexStep else 1
        if (place == 2) == (call.repeated is not None) and len(steps) > place:
            self.outputs.append(OutputReference(call, traversal, place, site.expression))


def _second_key(traversal: nodes.Traversal, call: ModuleCall) -> Iterator[Problem]:
    """Whether two keys follow a call: Terraform takes the first one for that of an instance.

    So the second one cannot name an output, and nothing can follow an output in brackets.
    """
    keys = traversal.steps[1:3]
    if len(keys) < 2 or any(type(key) is not nodes.IndexStep for key in keys):
        return
    wanted = 2 if call.repeated else 1
    help_ = f"write {leading_range(traversal, wanted).text}.<output>"
    yield Problem(
        "expression",
        traversal.steps[wanted].range,
        "an output of a module that is read further is read by a dot, not by brackets",
        help=help_,
    )


def is_tried(expression: nodes.Expression, traversal: nodes.Traversal) -> bool:
    """Whether a reference stands in an argument of ``try`` or ``can``.

    What a module lacks is an error of evaluating there, and not one of the configuration.
    """
    return any(
        type(node) is nodes.Call
        and node.name.removeprefix("core::") in ("try", "can")
        and node.start <= traversal.start < node.end
        for node in walk(expression)
    )


# --- parts of references --------------------------------------------------------------------------


def name_range(traversal: nodes.Traversal, step: int) -> Range:
    """The range of the name at ``step``, without its dot: what a suggestion replaces."""
    node = traversal.steps[step]
    text = traversal.source.text
    start = node.start
    while start < node.end and text[start] in ". \t\r\n":
        start += 1
    return Range(traversal.source, start, node.end)


def _incomplete(traversal: nodes.Traversal, root: str, wanted: str) -> Problem:
    message = f'"{root}" alone is not a reference'
    return Problem("expression", traversal.range, message, help=f"it needs {wanted}")


def _not_a_resource(traversal: nodes.Traversal) -> Problem:
    if traversal.steps or traversal.root in ("data", "resource", "ephemeral"):
        message = f"{traversal.root} must be followed by a type and a name"
        return Problem("expression", traversal.range, message)
    return Problem(
        "expression",
        traversal.range,
        f'"{traversal.root}" is neither a value nor a complete reference',
        help=f'for a string, put quotes around it: "{traversal.root}"',
    )


def _self_reference(traversal: nodes.Traversal, named: ResourceName) -> Problem:
    kind: ProblemKind = "cycle"
    what = f"{_NOUNS[named.kind]} {named.type}.{named.name}"
    return Problem(
        kind,
        leading_range(traversal, named.steps),
        f"{what} refers to itself",
        help="use what the argument is set from, or a local, in both places",
    )


def _instance_key(
    traversal: nodes.Traversal, place: int, repeated: str | None, name: str, is_resource: bool
) -> Iterator[Problem]:
    """Whether a key stands where there are instances, and none where there is one only."""
    step = traversal.steps[place] if len(traversal.steps) > place else None
    if repeated is None and type(step) is nodes.IndexStep and is_resource:
        yield Problem(
            "expression",
            step.range,
            f"{name} has neither count nor for_each, so it has no instance key",
            help="remove the key",
        )
    elif repeated is not None and type(step) is nodes.AttributeStep:
        if not is_resource and repeated == "for_each":
            # Attributes of a map of instances are their keys: module.m.key is module.m["key"].
            return
        example = f"{name}[0]" if repeated == "count" else f'{name}["key"]'
        if is_resource or repeated == "count":
            yield Problem(
                "expression",
                leading_range(traversal, place),
                f"{name} has {repeated}, so its attributes belong to its instances",
                help=f"write {example} for one instance, {name}[*] for all of a count"
                if repeated == "count"
                else f"write {example} for one instance, values({name})[*] for all",
            )


def _repetition_help(site: Site, root: str, needed: str) -> str:
    kind = site.owner.kind
    if kind not in ("resource", "data", "ephemeral", "module"):
        return f"{root} can be used in blocks with {needed} only"
    if site.role in ("count", "for_each") and not site.bound:
        return f"{root} cannot be used in {site.role} itself"
    if site.repetition is not None:
        other = "count.index" if site.repetition == "count" else "each.key and each.value"
        return f"the block has {site.repetition}: use {other}"
    return f"add {needed} to the block, or remove the reference"


def _declaration(named: ResourceName) -> str:
    return f'{named.kind} "{named.type}" "{named.name}"'

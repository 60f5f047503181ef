"""Static checks of ``terraform``, ``provider``, ``moved``, ``import``, ``removed`` and ``check``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.source.file_names import is_override_file
from symlint.terraform.checks.structure import duplicate_block
from symlint.terraform.modules.declarations import literal_text
from symlint.terraform.modules.references import resource_name
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.modules.declarations import Declaration, Module, ProviderConfiguration

_REQUIREMENT_KEYS: Final = ("source", "version", "configuration_aliases")


def check_terraform(module: Module) -> Iterator[Problem]:
    """The problems of a module's settings."""
    backends: list[nodes.Block] = []
    for block in module.terraform_blocks:
        version = block.body.attribute("required_version")
        if version is not None:
            yield from check_constraint(version.value, "required_version", prerelease=False)
        for required in block.body.blocks("required_providers"):
            for attribute in required.body.attributes.values():
                yield from _requirement(attribute)
        backends += [b for b in block.body.blocks() if b.type in ("backend", "cloud")]
    first_of: dict[str, nodes.Block] = {}
    for block in backends:
        # An override file may have one of its own, which is taken instead.
        path = block.source.path
        first = first_of.setdefault(path if is_override_file(path) else "", block)
        if block.type != first.type:
            yield Problem(
                "structure",
                block.header_range,
                "there can be either a backend or a cloud block",
                related=(RelatedRange(first.header_range, "the other one"),),
            )
        elif block is not first:
            yield duplicate_block(block, first)


def check_constraint(
    expression: nodes.Expression, what: str, prerelease: bool = True
) -> Iterator[Problem]:
    """Whether an expression is a constant version constraint in a form that Terraform reads."""
    from symlint.terraform.modules.versions import has_prerelease, malformed_part

    text = literal_text(expression)
    if text is None:
        if type(expression) is not nodes.Literal:
            message = f"{what} must be a constant string"
            yield Problem("structure", expression.range, message, opentofu=what == "version")
        return
    part = malformed_part(text)
    if part is not None:
        shown = part.strip()
        yield Problem(
            "structure",
            expression.range,
            f'{what} is not a version constraint: "{shown}"' if shown else f"{what} is empty",
            help='write for example "~> 1.2" or ">= 1.2.0, < 2.0.0"',
        )
    elif not prerelease and has_prerelease(text):
        yield Problem("structure", expression.range, f"{what} cannot name a prerelease")


def _requirement(attribute: nodes.Attribute) -> Iterator[Problem]:
    value = attribute.value
    title = f'the version of provider "{attribute.name}"'
    if type(value) is not nodes.Object:
        yield from check_constraint(value, title)
        return
    for item in value.items:
        key = literal_text(item.key)
        if key is not None and key not in _REQUIREMENT_KEYS:
            yield Problem(
                "structure",
                item.key.range,
                f'required_providers has no argument "{key}"',
                help="a provider has source, version and configuration_aliases",
            )
        elif key == "version":
            yield from check_constraint(item.value, title)
        elif key == "source":
            yield from _source(item.value)


def _source(expression: nodes.Expression) -> Iterator[Problem]:
    text = literal_text(expression)
    parts = [] if text is None else text.split("/")
    named = all(part and not any(c in part for c in " \t:?#@") for part in parts)
    if text is None or not 1 <= len(parts) <= 3 or not named:
        yield Problem(
            "structure",
            expression.range,
            "the source of a provider must be a constant of the form host/namespace/type",
            help='write for example "symopsio/sym"',
        )


def check_provider(provider: ProviderConfiguration) -> Iterator[Problem]:
    """The reserved names in a provider block."""
    for name in ("count", "for_each", "depends_on", "source"):
        attribute = provider.attributes.get(name)
        if attribute is not None:
            message = f'"{name}" cannot be used in a provider block'
            opentofu = name == "for_each"
            yield Problem("structure", attribute.name_range, message, opentofu=opentofu)
    for block in provider.block.body.blocks():
        if block.type in ("lifecycle", "locals"):
            message = f'a provider block cannot contain a "{block.type}" block'
            yield Problem("structure", block.header_range, message)
    version = provider.attributes.get("version")
    if version is not None:
        yield from check_constraint(version.value, "version")


# --- changes of state -----------------------------------------------------------------------------


def check_history(module: Module) -> Iterator[Problem]:
    """The problems of ``moved``, ``import`` and ``removed`` blocks."""
    for block in module.moved:
        yield from _moved(module, block)
    imported: dict[str, nodes.Attribute] = {}
    for block in module.imports:
        yield from _import(block, imported)
    for block in module.removed:
        yield from _removed(module, block)


def _address(expression: nodes.Expression) -> nodes.Traversal | None:
    """The traversal that is an address, or None when the expression is no plain reference."""
    return expression if type(expression) is nodes.Traversal else None


def _moved(module: Module, block: nodes.Block) -> Iterator[Problem]:
    ends = [block.body.attribute(name) for name in ("from", "to")]
    found = []
    for attribute in ends:
        if attribute is None:
            continue
        traversal = _address(attribute.value)
        if traversal is None or _is_attribute(traversal):
            yield _not_an_address(attribute)
            continue
        found.append(traversal)
    if len(found) != 2:
        return
    start, end = found
    if (start.root == "module" and _is_module(start)) != (end.root == "module" and _is_module(end)):
        yield Problem(
            "structure",
            block.header_range,
            "a module can only be moved to a module, and a resource to a resource",
        )
        return
    named, target = resource_name(start), resource_name(end)
    if named is None or target is None or len(start.steps) > named.steps:
        return
    if named[:3] == target[:3] and len(end.steps) == target.steps:
        yield Problem("structure", block.header_range, "from and to of the block are the same")
    elif named[:3] != target[:3] and (named.type, named.name) in module.of_kind(named.kind):
        declared = module.of_kind(named.kind)[named.type, named.name]
        yield Problem(
            "structure",
            block.header_range,
            f"{declared.local_name} is moved, but is still declared",
            help="remove the old block, or the moved block",
            related=(RelatedRange(declared.range, "still declared here"),),
        )


def _is_module(traversal: nodes.Traversal) -> bool:
    """Whether an address that begins with ``module`` ends with a module."""
    steps = list(traversal.steps)
    while steps:
        steps.pop(0)
        if steps and type(steps[0]) is nodes.IndexStep:
            steps.pop(0)
        if not steps:
            return True
        step = steps.pop(0)
        if type(step) is not nodes.AttributeStep or step.name != "module":
            return False
    return True


def _is_attribute(traversal: nodes.Traversal) -> bool:
    named = resource_name(traversal)
    if named is None:
        return False
    rest = traversal.steps[named.steps :]
    return len(rest) > 1 or (len(rest) == 1 and type(rest[0]) is not nodes.IndexStep)


def _not_an_address(attribute: nodes.Attribute) -> Problem:
    return Problem(
        "structure",
        attribute.value.range,
        f'"{attribute.name}" must be the address of a resource or module, without quotes',
    )


def _import(block: nodes.Block, imported: dict[str, nodes.Attribute]) -> Iterator[Problem]:
    attributes = block.body.attributes
    if "id" not in attributes and "identity" not in attributes and block.body.complete:
        yield Problem("structure", block.header_range, 'the "import" block has no "id"')
    to = attributes.get("to")
    if to is None:
        return
    traversal = _address(to.value)
    if traversal is None:
        return
    if traversal.root == "data" or _is_attribute(traversal):
        yield Problem("structure", to.value.range, "only managed resources can be imported")
        return
    text = "".join(traversal.source.text[traversal.start : traversal.end].split())
    first = imported.setdefault(text, to)
    if first is not to:
        yield Problem(
            "duplicate",
            to.value.range,
            f"{text} is imported more than once",
            related=(RelatedRange(first.value.range, "the first import"),),
        )


def _removed(module: Module, block: nodes.Block) -> Iterator[Problem]:
    attribute = block.body.attribute("from")
    if attribute is None:
        return
    traversal = _address(attribute.value)
    if traversal is None or _is_attribute(traversal):
        yield _not_an_address(attribute)
        return
    if any(type(step) is nodes.IndexStep for step in traversal.steps):
        yield Problem(
            "structure",
            attribute.value.range,
            "a removed block accepts only whole resources and modules, without instance keys",
        )
        return
    declared: Declaration | None = None
    named = resource_name(traversal)
    if named is not None:
        declared = module.of_kind(named.kind).get((named.type, named.name))
    elif traversal.root == "module" and len(traversal.steps) == 1:
        step = traversal.steps[0]
        declared = module.calls.get(step.name) if type(step) is nodes.AttributeStep else None
    if declared is not None:
        yield Problem(
            "structure",
            block.header_range,
            "the removed block names something that is still declared",
            help="remove the declaration, or the removed block",
            related=(RelatedRange(declared.range, "still declared here"),),
        )


# --- checks and conditions ------------------------------------------------------------------------


def check_check(check: Declaration) -> Iterator[Problem]:
    """The problems of a ``check`` block."""
    if check.complete and next(check.block.body.blocks("assert"), None) is None:
        yield Problem("structure", check.range, f'check "{check.name}" has no assert block')
    data = list(check.block.body.blocks("data"))
    for block in data[1:]:
        yield duplicate_block(block, data[0])


def check_conditions(module: Module) -> Iterator[Problem]:
    """Conditions that look at nothing of the configuration, so that they can never change."""
    from symlint.terraform.modules.references import free_traversals

    blocks: list[nodes.Block] = []
    for output in module.outputs.values():
        blocks.extend(output.block.body.blocks("precondition"))
    for check in module.checks.values():
        blocks.extend(check.block.body.blocks("assert"))
    for resource in module.all_resources:
        for lifecycle in resource.block.body.blocks("lifecycle"):
            blocks += [b for b in lifecycle.body.blocks() if b.type.endswith("condition")]
    for block in blocks:
        condition = block.body.attribute("condition")
        if condition is not None and next(free_traversals(condition.value), None) is None:
            yield Problem(
                "structure",
                condition.value.range,
                "the condition refers to nothing, so it always has the same result",
            )

"""Static checks of module calls: sources, arguments and providers."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.terraform.checks.meta_arguments import check_depends_on, check_repetition
from symlint.terraform.checks.settings_blocks import check_constraint
from symlint.terraform.modules.declarations import literal_text
from symlint.terraform.modules.provider_references import passed_providers, provider_reference
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.terraform.modules.declarations import Module, ModuleCall

_MOST_NAMES: Final = 8
"""How many variables are listed that are not set."""


class Interface:
    """What a called module can be given; one for all calls of it."""

    def __init__(self, module: Module) -> None:
        from symlint.source.close_names import CloseNames

        self.module: Final = module
        self.required: Final = [it for it in module.variables.values() if it.required]
        self.names: Final = CloseNames(module.variables)


def check_call(call: ModuleCall, child: Interface | None) -> Iterator[Problem]:
    """The problems of one module call; ``child`` is the called module where its code is here."""
    yield from check_repetition(call)
    yield from check_depends_on(call)
    yield from _source(call)
    for block in call.block.body.blocks():
        message = f'a "module" block cannot contain a "{block.type}" block'
        opentofu = block.type == "lifecycle"
        yield Problem("structure", block.header_range, message, opentofu=opentofu)
    yield from _providers(call)
    if child is not None:
        yield from _arguments(call, child)
        yield from _child_providers(call, child.module)


# --- source and version ---------------------------------------------------------------------------


def _source(call: ModuleCall) -> Iterator[Problem]:
    attribute = call.attributes.get("source")
    if attribute is None:
        return
    text = literal_text(attribute.value)
    if text is None:
        yield Problem(
            "structure",
            attribute.value.range,
            "the source of a module must be a constant string",
            help="Terraform reads it before it evaluates anything",
            opentofu=True,
        )
        return
    if not call.is_local and not _is_remote_source(text):
        yield Problem(
            "module-call",
            attribute.value.range,
            f'"{text}" is not a module source' if text else "the source of the module is empty",
            help=f'for a local directory, write "./{text}"' if text else "",
        )
    version = call.attributes.get("version")
    if version is None:
        return
    yield from check_constraint(version.value, "version")
    if call.is_local:
        yield Problem(
            "structure",
            version.name_range,
            "a local module has no version",
            help="remove version",
            related=(RelatedRange(attribute.value.range, "the source is a directory"),),
        )


def _is_remote_source(source: str) -> bool:
    """Whether a source that is not local can be one of a registry or of a remote kind.

    https://developer.hashicorp.com/terraform/language/modules/sources
    """
    if not source or source != source.strip():
        return False
    if any(mark in source for mark in ("::", "://", "@", ":")) or source.startswith(("/", "~")):
        return True
    package = source.partition("//")[0].partition("?")[0]
    parts = package.split("/")
    if "." in parts[0]:
        # A host: of a registry, or one that Terraform knows (github.com, bitbucket.org, S3, GCS).
        return len(parts) > 1
    return len(parts) == 3 and all(parts)


# --- arguments ------------------------------------------------------------------------------------


def _arguments(call: ModuleCall, child: Interface) -> Iterator[Problem]:
    variables = child.module.variables
    if not child.module.complete:
        return
    given = {attribute.name: attribute for attribute in call.arguments}
    for name, attribute in given.items():
        if name not in variables:
            unset = islice((it for it in variables if it not in given), _MOST_NAMES)
            yield _unsupported(call, attribute, unset, child.names.to(name, given))
    if not call.complete:
        return
    for variable in child.required:
        name = variable.name
        if name not in given:
            yield Problem(
                "module-argument",
                call.range,
                f'module "{call.name}" is not given "{name}", which has no default',
                help=f"set {name} = ...",
                related=(RelatedRange(variable.range, "the variable"),),
            )
    for name, attribute in given.items():
        declared = variables.get(name)
        value = attribute.value
        null = type(value) is nodes.Literal and value.value is None
        if null and declared is not None and declared.required and not declared.nullable:
            yield Problem(
                "module-argument",
                value.range,
                f'"{name}" is null, and the variable is not nullable',
                related=(RelatedRange(declared.range, "the variable"),),
            )


def _unsupported(
    call: ModuleCall,
    attribute: nodes.Attribute,
    unset: Iterable[str],
    suggestion: str | None,
) -> Problem:
    name = attribute.name
    listed = ", ".join(unset)
    help_ = f"variables that are not set: {listed}" if listed else "remove the argument"
    return Problem(
        "module-argument",
        attribute.name_range,
        f'module "{call.name}" has no variable "{name}"',
        label="no such variable",
        help=f'did you mean "{suggestion}"?' if suggestion else help_,
        related=(RelatedRange(call.range, f"the module is in {call.source}"),),
        suggestion=suggestion,
    )


# --- providers ------------------------------------------------------------------------------------


def _providers(call: ModuleCall) -> Iterator[Problem]:
    attribute = call.attributes.get("providers")
    if attribute is None:
        return
    value = attribute.value
    if type(value) is not nodes.Object:
        yield Problem(
            "structure",
            value.range,
            "providers must be a literal map",
            help="write providers = { name = name.alias }",
        )
        return
    seen: dict[tuple[str, str | None], nodes.ObjectItem] = {}
    for item in value.items:
        inner = provider_reference(item.key)
        if inner is None:
            message = "the keys of providers are names of providers: name or name.alias"
            yield Problem("structure", item.key.range, message)
            continue
        first = seen.setdefault(inner, item)
        if first is not item:
            yield Problem(
                "duplicate",
                item.key.range,
                "a provider is passed to the module twice",
                related=(RelatedRange(first.key.range, "the first time"),),
            )


def _child_providers(call: ModuleCall, child: Module) -> Iterator[Problem]:
    passed = {inner for inner, _ in passed_providers(call)}
    for requirement in child.provider_requirements.values():
        for alias in requirement.configuration_aliases:
            name, _, suffix = alias.partition(".")
            if (name, suffix) not in passed and call.complete:
                yield Problem(
                    "module-argument",
                    call.range,
                    f'module "{call.name}" is not passed the provider {alias} that it needs',
                    help=f"set providers = {{ {alias} = ... }}",
                    related=(RelatedRange(requirement.attribute.range, "needed here"),),
                )
    yield from _repeated_with_provider(call, child)


def _repeated_with_provider(call: ModuleCall, child: Module) -> Iterator[Problem]:
    """Modules with configured providers of their own cannot be repeated or made to wait."""
    meta = next(
        (call.attributes[n] for n in ("count", "for_each", "depends_on") if n in call.attributes),
        None,
    )
    if meta is None:
        return
    for provider in child.providers.values():
        settings = [name for name in provider.attributes if name != "alias"]
        if settings or next(provider.block.body.blocks(), None) is not None:
            yield Problem(
                "structure",
                meta.name_range,
                f'module "{call.name}" configures a provider itself, so it cannot have {meta.name}',
                help="configure the provider in the root module and pass it with providers",
                related=(RelatedRange(provider.range, "configured here"),),
            )
            return

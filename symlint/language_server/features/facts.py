"""What the catalogue says of types, settings, arguments and modules, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.language_server.features.markdown import code, paragraphs
from symlint.report.markup import code_span, escape_markdown
from symlint.sym.words import noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.module_parts import ModuleInput, ModuleOutput
    from symlint.sym.catalogue.provider import Argument, PromptFieldType
    from symlint.sym.catalogue.types import (
        IntegrationType,
        LogDestinationType,
        SecretsType,
        Setting,
        StrategyType,
        TargetType,
    )
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.modules.declarations import VariableDeclaration


def types_of(catalogue: Catalogue, resource: str) -> Mapping[str, object]:
    """The values that ``type`` can have in a resource, with what is known of each."""
    return {
        "sym_strategy": catalogue.strategies,
        "sym_target": catalogue.targets,
        "sym_integration": catalogue.integrations,
        "sym_secrets": catalogue.secrets,
        "sym_log_destination": catalogue.log_destinations,
    }.get(resource, {})


def type_facts(catalogue: Catalogue, resource: str, name: str) -> str:
    """What a value of ``type`` means; "" where nothing is known of it."""
    if resource == "sym_strategy" and name in catalogue.strategies:
        return _strategy(catalogue, catalogue.strategies[name])
    if resource == "sym_target" and name in catalogue.targets:
        return _target(catalogue, catalogue.targets[name])
    kinds: Mapping[str, Mapping[str, IntegrationType | SecretsType | LogDestinationType]] = {
        "sym_integration": catalogue.integrations,
        "sym_secrets": catalogue.secrets,
        "sym_log_destination": catalogue.log_destinations,
    }
    found = kinds.get(resource, {}).get(name)
    if found is None:
        return ""
    title = f"**{escape_markdown(found.title)}** {noun(resource)}"
    external = getattr(found, "external_id", None)
    return paragraphs(
        [
            title,
            f"`external_id`: {escape_markdown(external.description)}" if external else "",
            settings_list(found.settings.values()),
        ]
    )


def _strategy(catalogue: Catalogue, found: StrategyType) -> str:
    parts = [f"**{escape_markdown(found.title)}** strategy"]
    if found.target_types:
        parts.append(f"Grants targets of type {code(found.target_types)}.")
    if found.integration_types:
        needed = "works" if found.integration_required else "may work"
        parts.append(f"It {needed} through an integration of type {code(found.integration_types)}.")
    if found.connector is not None and found.connector in catalogue.modules:
        source = catalogue.modules[found.connector].current_source.address
        parts.append(f"Its connector is {code_span(source)}.")
    if found.implementation == "required":
        parts.append("It needs an `implementation`.")
    return paragraphs([*parts, settings_list(found.settings.values())])


def _target(catalogue: Catalogue, found: TargetType) -> str:
    parts = [f"**{escape_markdown(found.title)}** target"]
    if found.grants:
        parts.append(f"Who asks for it becomes or gets: {escape_markdown(found.grants)}.")
    granting = catalogue.strategies_granting(found.name)
    if granting:
        parts.append(f"Strategies of type {code(granting)} grant it.")
    return paragraphs([*parts, settings_list(found.settings.values())])


def settings_list(settings: Iterable[Setting]) -> str:
    """The keys of ``settings``, those that are required first."""
    ordered = sorted(settings, key=lambda it: not it.required)
    lines = [
        f"- {code_span(it.name)}{_required(it.required)}{_also(it.description)}" for it in ordered
    ]
    return "\n".join(["Settings:", "", *lines]) if lines else ""


def _required(required: bool) -> str:
    return " (required)" if required else ""


def _also(description: str) -> str:
    return f": {escape_markdown(description)}" if description else ""


def setting_facts(catalogue: Catalogue, found: Setting) -> str:
    """What a key of ``settings`` takes."""
    parts = [
        f"Setting {code_span(found.name)}{_required(found.required)}{_also(found.description)}"
    ]
    if found.allowed:
        parts.append(f"One of {code(found.allowed)}.")
    if found.format is not None and found.format in catalogue.formats:
        format_ = catalogue.formats[found.format]
        described = escape_markdown(format_.description)
        parts.append(f"It is {described}, such as {code_span(format_.example)}.")
    if found.reference is not None:
        parts.append(f"It is the `id` of a {code_span(found.reference)}.")
    return paragraphs(parts)


def argument_facts(found: Argument, kinds: tuple[str, ...] = ()) -> str:
    """What an argument of a resource of Sym's takes; ``kinds`` are those that it may lead to."""
    form = "Block" if found.form == "block" else "Argument"
    type_ = f" {code_span(found.type)}" if found.type else ""
    parts = [
        f"{form} {code_span(found.name)}{type_}{_required(found.required)}{_also(found.description)}"
    ]
    if kinds:
        parts.append(f"It is the `id` of a {' or '.join(map(code_span, kinds))}.")
    if found.allowed:
        parts.append(f"One of {code(found.allowed)}.")
    return paragraphs(parts)


def prompt_type_facts(catalogue: Catalogue, found: PromptFieldType) -> str:
    """What a type of a prompt field means."""
    parts = [f"Prompt field of type {code_span(found.name)}"]
    if found.format is not None and found.format in catalogue.formats:
        parts.append(
            f"Its values are {escape_markdown(catalogue.formats[found.format].description)}."
        )
    if found.not_applicable:
        parts.append(f"Without effect: {code(found.not_applicable)}.")
    return paragraphs(parts)


def input_facts(found: ModuleInput) -> str:
    """What an input of a module of Sym's takes."""
    parts = [
        f"Input {code_span(found.name)} {code_span(found.type)}"
        f"{_required(found.required)}{_also(found.description)}"
    ]
    if found.allowed:
        parts.append(f"One of {code(found.allowed)}.")
    if found.default is not None:
        parts.append(f"Its default is {code_span(str(found.default))}.")
    return paragraphs(parts)


def output_facts(found: ModuleOutput) -> str:
    """What an output of a module of Sym's is."""
    parts = [f"Output {code_span(found.name)}{_also(found.description)}"]
    if found.resource is not None:
        parts.append(f"It is a {code_span(found.resource)}.")
    if found.keys:
        parts.append(f"Keys: {code(found.keys)}.")
    return paragraphs(parts)


def module_facts(found: SymModule) -> str:
    """What a module of Sym's is, and in which version it is called."""
    newest = found.newest
    version = "" if newest is None else f"Terraform chooses version {code_span(str(newest))}."
    outputs = {} if newest is None else found.entry.outputs_at(newest)
    given = f"Outputs: {code(outputs)}." if outputs else ""
    return paragraphs([f"**{escape_markdown(found.title)}** of Sym", version, given])


def variable_facts(found: VariableDeclaration) -> str:
    """What an input of a module is, by its declaration."""
    type_, described = found.expression("type"), found.expression("description")
    shown = "" if type_ is None else f" {code_span(' '.join(type_.range.text.split()))}"
    text = getattr(described, "value", "")
    return f"Input {code_span(found.name)}{shown}{_required(found.required)}{_also(text if isinstance(text, str) else '')}"

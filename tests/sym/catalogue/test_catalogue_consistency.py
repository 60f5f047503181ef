"""The shipped catalogue agrees with itself, and every fact in it has a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from symlint.sym.catalogue import Catalogue, load_catalogue
from symlint.sym.catalogue.records import Record
from symlint.sym.versions import parse_constraint, parse_version, within

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUE = load_catalogue()
SUBJECTS = (
    *("strategies", "targets", "integrations", "secrets", "log_destinations", "formats"),
    *("modules", "references", "environment_keys", "sessions", "external_resources"),
)
MODULES = tuple(CATALOGUE.modules.values())


def everything() -> Iterator[tuple[str, Record]]:
    """Every record of the catalogue with its path."""
    for subject in SUBJECTS:
        for name, record in getattr(CATALOGUE, subject).items():
            yield from below(f"{subject}.{name}", record)
    yield from below("provider", CATALOGUE.provider)
    yield from below("sdk", CATALOGUE.sdk)


def below(path: str, value: object) -> Iterator[tuple[str, Record]]:
    if isinstance(value, Record):
        yield path, value
        for key, _, _ in value.FIELDS:
            yield from below(f"{path}.{key}", getattr(value, key))
    elif isinstance(value, tuple):
        for item in value:
            yield from below(path, item)
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from below(f"{path}.{key}", item)


def test_every_rule_is_fed() -> None:
    """Each rule of the reference that needs facts of the catalogue is named as a source there;
    the others compare values of a configuration with one another."""
    named = {
        int(match)
        for _, record in everything()
        for source in getattr(record, "source", ())
        for match in re.findall(r"\bR(\d+)\b", source)
    }
    compare_only = {6, 18, 23, 34, 42, 69}
    assert sorted(set(range(1, 70)) - named - compare_only) == []


def test_every_entry_has_a_source() -> None:
    entries = [(f"{s}.{n}", it) for s in SUBJECTS for n, it in getattr(CATALOGUE, s).items()]
    for group in ("resources", "data_sources", "blocks", "prompt_field_types", "special_fields"):
        entries += getattr(CATALOGUE.provider, group).items()
    for group in ("decorators", "handlers", "integrations"):
        entries += getattr(CATALOGUE.sdk, group).items()
    entries += [(it.address, it) for it in CATALOGUE.provider.addresses]
    assert [path for path, it in entries if not it.source] == []


def test_records_declare_what_they_hold() -> None:
    for cls in {type(record) for _, record in everything()}:
        fields = {field[0] for field in cls.FIELDS} | ({"name"} if cls.NAMED else set())
        assert set(cls.__slots__) == fields == set(cls.__annotations__), cls


@pytest.mark.parametrize("strategy", CATALOGUE.strategies.values(), ids=lambda it: it.name)
def test_strategies_name_what_exists(strategy: Any) -> None:
    assert set(strategy.target_types or ()) <= set(CATALOGUE.targets)
    assert set(strategy.integration_types or ()) <= set(CATALOGUE.integrations)
    assert set(strategy.session_resources) <= set(CATALOGUE.sessions)
    if strategy.connector:
        module = CATALOGUE.modules[strategy.connector]
        assert (module.context, module.external_id) == (strategy.context, strategy.external_id)
        assert module.integration_type in strategy.integration_types


def test_every_target_is_granted_by_a_strategy() -> None:
    assert all(CATALOGUE.strategies_granting(name) for name in CATALOGUE.targets)
    assert CATALOGUE.strategies_granting("aws_sso_group") == ("aws_sso",)


def test_names_of_other_entries_exist() -> None:
    formats, modules = set(CATALOGUE.formats), set(CATALOGUE.modules)
    resources = set(CATALOGUE.provider.resources)
    record: Any  # each kind of record has fields of its own
    for path, record in everything():
        if getattr(record, "format", None):
            assert record.format in formats, path
        assert set(getattr(record, "formats", ())) <= formats, path
        for key in ("granted_by", "made_by", "connector", "module"):
            named = getattr(record, key, None)
            if isinstance(named, str) and not path.startswith("sdk"):
                assert named in modules, path
        if isinstance(getattr(record, "reference", None), str):
            assert record.reference in resources, path
        for kind in getattr(record, "integration_types", None) or ():
            assert kind in CATALOGUE.integrations, path


def argument_path(schema: Any, path: tuple[str, ...]) -> Any:
    """The forms of the argument at ``path``, or None."""
    forms = schema.arguments.get(path[0])
    if forms is None or len(path) == 1 or path[1] == "*":
        return forms
    block = next((form.block for form in forms if form.block), None)
    if block:
        return argument_path(CATALOGUE.provider.blocks[block], path[1:])
    return forms if any(form.type == "map(string)" for form in forms) else None


@pytest.mark.parametrize("reference", CATALOGUE.references.values(), ids=lambda it: it.name)
def test_references_name_what_exists(reference: Any) -> None:
    provider = CATALOGUE.provider
    forms = argument_path(provider.resources[reference.resource], reference.path)
    assert forms
    assert set(reference.to) <= set(provider.resources) | set(CATALOGUE.external_resources)
    if reference.data_source and reference.to[0].startswith("sym_"):
        assert set(reference.to) <= set(provider.data_sources)
    if reference.path[-1] != "*" and reference.path[0] != "settings":
        newest = forms[-1]
        assert (newest.type == "list(string)") == (reference.many == "list")
        assert newest.required is not reference.optional or reference.literal
    dotted = ".".join((reference.resource, *(step for step in reference.path if step != "*")))
    assert dotted == reference.name


def test_schemas_name_what_exists() -> None:
    provider = CATALOGUE.provider
    for schema in (*provider.resources.values(), *provider.blocks.values()):
        assert set(schema.used_by) <= set(CATALOGUE.references)
        for name in (*schema.at_least_one_true, *schema.identity):
            assert name.partition(".")[0] in schema.arguments
        for edge in schema.used_by:
            assert schema.name in CATALOGUE.references[edge].to
        for forms in schema.arguments.values():
            for form in forms:
                assert (form.form == "block") == (form.block in provider.blocks)
                assert (form.type is None) == (form.form == "block")
    fields = set(provider.blocks["prompt_field"].arguments)
    kinds: tuple[Any, ...] = (
        *provider.prompt_field_types.values(),
        *provider.special_fields.values(),
    )
    for kind in kinds:
        assert set(kind.not_applicable) <= fields


def histories() -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
    """Path, forms over time, and the versions at which something may happen."""
    forms: tuple[Any, ...]
    for module in MODULES:
        for group in (module.inputs, module.outputs):
            for name, forms in group.items():
                yield f"{module.name}.{name}", forms, module.current_source.versions
    provider = CATALOGUE.provider
    for schemas in (provider.resources, provider.data_sources, provider.blocks):
        for schema in schemas.values():
            for name, forms in schema.arguments.items():
                yield f"{schema.name}.{name}", forms, provider.versions


def test_histories_do_not_overlap_and_meet_known_versions() -> None:
    for path, forms, versions in histories():
        for form in forms:
            for limit in (form.since, form.until):
                assert limit is None or limit in versions, path
            assert any(within(it, form.since, form.until) for it in versions), path
        for version in versions:
            assert sum(within(version, form.since, form.until) for form in forms) <= 1, path


@pytest.mark.parametrize("module", MODULES, ids=lambda it: it.name)
def test_modules_are_consistent(module: Any) -> None:
    versions = module.current_source.versions
    assert versions
    assert set(module.breaking) <= set(versions)
    used = [module.environment_input, module.trust_input, module.safelist_input]
    if module.scope:
        used.append(module.scope.input)
        assert module.scope.setting in CATALOGUE.targets[module.scope.target_type].settings
    if module.grant:
        grant = module.grant
        used += [grant.role_input, grant.tag_input, grant.tag_value_input, grant.arns_input]
        assert grant.resource in CATALOGUE.external_resources
        assert grant.addon in CATALOGUE.modules["runtime-connector"].addons
    if module.name_limit:
        used += [module.name_limit.input, module.name_limit.prefix_input]
    assert {name for name in used if name} <= set(module.inputs)
    for path in module.gives:
        forms = module.outputs[path.path[0]]
        assert any((path.since, path.until) == (it.since, it.until) for it in forms)
    if module.external_id:
        assert module.paths_to(module.external_id, versions[-1])
    for created in module.creates:
        inputs = set(re.findall(r"\{(?:title\()?(\w+)\)?\}", created.name))
        assert inputs <= set(module.inputs)
    for version in (it for source in module.sources for it in source.versions):
        assert module.inputs_at(version)["environment"].required
        assert module.outputs_at(version)


def test_removals_are_breaking() -> None:
    for module in MODULES:
        removed = {
            form.until
            for group in (module.inputs, module.outputs)
            for forms in group.values()
            for form in forms
            if form.until and not any(form.until == later.since for later in forms)
        }
        assert removed == set(module.breaking), module.name


def test_requirements_can_be_read() -> None:
    for module in MODULES:
        stated = (*module.requires, *(it for source in module.sources for it in source.requires))
        for requirement in stated:
            parse_constraint(requirement.constraint, "provider")
    runtime = CATALOGUE.modules["runtime-connector"]
    by_version = {
        version: {it.provider for it in runtime.requires_at(parse_version(version))}
        for version in ("1.0.6", "2.0.2")
    }
    assert by_version == {
        "1.0.6": {"hashicorp/aws"},
        "2.0.2": {"hashicorp/aws", "symopsio/sym"},
    }
    deprecated = next(it for it in runtime.sources if it.status == "deprecated")
    (pinned,) = runtime.requires_at(parse_version("1.0.3"), deprecated)
    assert pinned.constraint == "~> 3.0"


def test_addresses_are_unique() -> None:
    addresses = [source.address for module in MODULES for source in module.sources]
    assert len(addresses) == len(set(addresses))


def test_formats_match_their_examples() -> None:
    for shape in CATALOGUE.formats.values():
        assert shape.matches(shape.example), shape.name
        assert not shape.matches(""), shape.name


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        ("aws_account_id", "111122223333", "11112222333"),
        ("slack_workspace_id", "T0AB1", "my-workspace"),
        ("domain", "my-org.okta.com", "https://my-org.okta.com"),
        ("domain", "example.com", "www.example.com"),
        ("sym_role_arn", "arn:aws-us-gov:iam::1:role/sym/X", "arn:aws:iam::1:role/MyRole"),
        ("iam_group_name", "Admins", "arn:aws:iam::1:group/sym/Admins"),
        ("duration", "10d", "1 hour"),
        ("slug", "aws_sso-1", "Prod Access"),
        ("slack_channel", "#sym-errors", "sym-errors"),
        ("iam_path", "/", "sym/"),
        ("placeholder", "<your id>", "changed"),
        ("github_repo_name", "repo.js", "org/repo"),
    ],
)
def test_formats(shape: str, right: str, wrong: str) -> None:
    assert CATALOGUE.formats[shape].matches(right)
    assert not CATALOGUE.formats[shape].matches(wrong)


def test_environment_keys_and_sdk_agree() -> None:
    by_module = {it.sdk_module: it for it in CATALOGUE.environment_keys.values()}
    for module in CATALOGUE.sdk.integrations.values():
        if module.environment_key:
            key = by_module[module.name]
            assert (key.name, key.integration_types) == (
                module.environment_key,
                module.integration_types,
            )
        assert set(module.strategy_serves) <= set(CATALOGUE.strategies)


def test_records_are_immutable() -> None:
    strategy = CATALOGUE.strategies["aws_iam"]
    with pytest.raises(AttributeError):
        strategy.title = "other"
    with pytest.raises(AttributeError):
        del strategy.title
    with pytest.raises(TypeError):
        CATALOGUE.strategies["new"] = strategy  # type: ignore[index]  # what is tested
    assert "aws_iam" in repr(strategy)


def test_entries_are_read_once() -> None:
    catalogue = Catalogue({})
    assert catalogue.modules["iam-connector"] is catalogue.modules["iam-connector"]
    with pytest.raises(KeyError):
        catalogue.modules["no-such"]
    assert "no-such" not in catalogue.modules
    assert len(catalogue.modules) == len(list(catalogue.modules))

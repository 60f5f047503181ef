"""The shipped catalogue: complete, and consistent with itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from symlint.sym.catalogue import Catalogue, load_catalogue
from symlint.sym.catalogue.records import Record
from symlint.sym.versions import parse_constraint, parse_version, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


# --- complete: the tables of the reference, restated ----------------------------------------------


def test_strategies() -> None:
    assert {name: it.target_types for name, it in CATALOGUE.strategies.items()} == {
        "aws_iam": ("aws_iam_group",),
        "aws_sso": ("aws_sso_permission_set", "aws_sso_group"),
        "aws_lambda": ("aws_lambda_function",),
        "okta": ("okta_group",),
        "github": ("github_repo",),
        "aptible": ("aptible_role",),
        "onelogin": ("onelogin_role",),
        "tailscale": ("tailscale_group",),
        "google_group": ("google_group",),
        "boundary": ("boundary_group",),
        "custom": ("custom",),
        "http": None,
    }
    needs = {name: it.needs_runtime for name, it in CATALOGUE.strategies.items()}
    assert {name for name, needed in needs.items() if needed} == {
        "aws_iam",
        "aws_sso",
        "aws_lambda",
    }
    assert {name for name, needed in needs.items() if needed is None} == {"boundary", "http"}
    required = {name: it.required_settings for name, it in CATALOGUE.strategies.items()}
    assert {name: keys for name, keys in required.items() if keys} == {"aws_sso": ("instance_arn",)}
    assert [it.name for it in CATALOGUE.strategies.values() if not it.integration_required] == [
        "http"
    ]
    assert CATALOGUE.strategies["custom"].implementation == "required"
    assert CATALOGUE.strategies["http"].implementation is None


def test_targets() -> None:
    assert {name: it.required_settings for name, it in CATALOGUE.targets.items()} == {
        "aws_iam_group": ("iam_group",),
        "aws_sso_permission_set": ("permission_set_arn", "account_id"),
        "aws_sso_group": ("group_id",),
        "aws_lambda_function": ("arn",),
        "okta_group": ("group_id",),
        "github_repo": ("repo_name",),
        "aptible_role": ("role_id",),
        "onelogin_role": ("role_id", "privilege_level"),
        "tailscale_group": ("group_name",),
        "google_group": ("group_email", "role"),
        "boundary_group": ("group_id",),
        "custom": ("identifier",),
    }


def test_integrations() -> None:
    token = ("api_token_secret",)
    assert {name: it.required_settings for name, it in CATALOGUE.integrations.items()} == {
        "permission_context": ("cloud", "region", "role_arn"),
        "slack": (),
        "okta": token,
        "github": token,
        "pagerduty": token,
        "aptible": ("username_secret", "password_secret"),
        "onelogin": ("client_id", "client_secret"),
        "tailscale": token,
        "knowbe4": ("api_token_secret", "region"),
        "segment": ("write_key_secret",),
        "google": (
            *("type", "audience", "subject_token_type", "service_account_impersonation_url"),
            *("token_url", "credential_source", "customer_id"),
        ),
        "boundary": (),
        "custom": (),
        "jira": (),
    }
    secret = {name: it.secret_settings for name, it in CATALOGUE.integrations.items()}
    assert secret["onelogin"] == ("client_secret",)
    assert secret["custom"] == ("secret_ids_json",)
    assert CATALOGUE.integrations["custom"].settings["secret_ids_json"].encoding == "json_list"


def test_secrets_and_log_destinations() -> None:
    assert list(CATALOGUE.secrets) == ["aws_secrets_manager"]
    assert CATALOGUE.secrets["aws_secrets_manager"].required_settings == ("context_id",)
    logs = CATALOGUE.log_destinations
    assert {name: it.required_settings for name, it in logs.items()} == {
        "kinesis_firehose": ("stream_name",),
        "kinesis_data_stream": ("stream_name",),
        "segment": ("stream_name",),
        "http": ("url",),
        "datadog": (),
    }
    assert {name for name, it in logs.items() if not it.integration_required} == {"http", "datadog"}


LATEST = {
    "sym_flow": "name! label implementation! vars environment_id! params",
    "sym_strategy": "type! name! label settings integration_id targets! implementation",
    "sym_target": "type! name! label settings field_bindings",
    "sym_integration": "type! name! label external_id! settings",
    "sym_secrets": "type! name! label settings",
    "sym_secret": "path! source_id! label settings",
    "sym_runtime": "name! label context_id",
    "sym_environment": "name! label runtime_id integrations error_logger_id log_destination_ids",
    "sym_error_logger": "integration_id! destination!",
    "sym_log_destination": "type! integration_id settings",
    "sym_flows_filter": "implementation! vars integrations",
}
LATEST_BLOCKS = {
    "params": "strategy_id allow_revoke schedule_deescalation include_decision_message "
    "allow_guest_interaction additional_header_text allowed_sources prompt_field",
    "prompt_field": "name! type! required visible label default allowed_values prefetch on_change",
}
LATEST_DATA = {
    "sym_integration": "type! name! settings external_id label",
    "sym_secrets": "type! name! settings label",
    "sym_runtime": "name! label context_id",
    "sym_environment": "name! label runtime_id integrations log_destination_ids error_logger_id",
}
VERSION_1 = {
    "sym_flow": "name! label template! implementation! vars environment_id! params!",
    "sym_strategy": "type! name! label settings integration_id targets! implementation",
    "sym_environment": "name! label runtime_id! integrations error_logger_id log_destination_ids",
    "sym_runtime": "name! label context_id",
}


def described(schemas: Mapping[str, Any], version: str) -> dict[str, set[str]]:
    at = parse_version(version)
    return {
        name: {argument + "!" * form.required for argument, form in schema.arguments_at(at).items()}
        for name, schema in schemas.items()
        if within(at, schema.since, schema.until)
    }


@pytest.mark.parametrize(
    ("schemas", "version", "expected"),
    [
        ("resources", "3.6.0", LATEST),
        ("blocks", "3.6.0", LATEST_BLOCKS),
        ("data_sources", "3.6.0", LATEST_DATA),
    ],
)
def test_provider_schema(schemas: str, version: str, expected: dict[str, str]) -> None:
    found = described(getattr(CATALOGUE.provider, schemas), version)
    assert found == {name: set(arguments.split()) for name, arguments in expected.items()}


def test_provider_schema_of_version_1() -> None:
    found = described(CATALOGUE.provider.resources, "1.14.1")
    assert set(found) == set(LATEST) - {"sym_flows_filter"}
    for name, arguments in VERSION_1.items():
        assert found[name] == set(arguments.split())
    assert described(CATALOGUE.provider.blocks, "1.14.1") == {}


@pytest.mark.parametrize(
    ("resource", "argument", "before", "since"),
    [
        ("sym_strategy", "implementation", "1.8.3", "1.9.0"),
        ("sym_target", "field_bindings", "1.4.1", "1.5.0"),
        ("sym_secret", "settings", "1.3.1", "1.4.0"),
        ("sym_environment", "error_logger_id", "1.0.3", "1.0.4"),
        ("sym_environment", "log_destination_ids", "1.0.4", "1.1.0"),
        ("sym_integration", "external_id", "0.4.4", "1.0.0"),
    ],
)
def test_arguments_that_came_later(resource: str, argument: str, before: str, since: str) -> None:
    schema = CATALOGUE.provider.resources[resource]
    assert argument not in schema.arguments_at(parse_version(before))
    assert argument in schema.arguments_at(parse_version(since))


@pytest.mark.parametrize(
    ("version", "content", "form", "types"),
    [
        ("1.14.1", "path", "attribute", "string int bool duration list"),
        ("2.0.0", "path", "block", "string int bool duration"),
        ("2.1.3", "path", "block", "string int bool duration slack_user slack_user_list"),
        (
            *("3.6.0", "contents", "block"),
            "string int bool duration slack_user slack_user_list str_list int_list",
        ),
    ],
)
def test_flows_over_the_versions(version: str, content: str, form: str, types: str) -> None:
    provider, at = CATALOGUE.provider, parse_version(version)
    arguments = provider.resources["sym_flow"].arguments_at(at)
    assert arguments["implementation"].content == content
    assert arguments["params"].form == form
    assert set(provider.prompt_field_types_at(at)) == set(types.split())
    strategy = provider.resources["sym_strategy"].arguments_at(at)
    assert strategy["implementation"].content == "path"


def test_keys_of_the_params_map() -> None:
    at = parse_version("1.14.1")
    keys = {
        name
        for name, forms in CATALOGUE.provider.params_map_keys.items()
        if any(within(at, form.since, form.until) for form in forms)
    }
    assert keys == {
        *("strategy_id", "allow_revoke", "schedule_deescalation", "allow_guest_interaction"),
        *("additional_header_text", "allowed_sources_json", "prompt_fields_json"),
    }


def test_provider_addresses() -> None:
    statuses = {it.address: it.status for it in CATALOGUE.provider.addresses}
    assert statuses.pop("symopsio/sym") == "current"
    assert set(statuses.values()) == {"legacy"}
    assert str(CATALOGUE.provider.versions[-1]) == "3.6.0"


INPUTS = {
    ("runtime-connector", "1.0.6"): "environment! account_id_safelist addons addon_params "
    "custom_external_id policy_arns sym_account_ids tags",
    ("runtime-connector", "2.0.2"): "environment! account_id_safelist sym_account_id tags",
    ("iam-connector", "1.0.0"): "environment! runtime_role_arns! group_config tags",
    ("iam-connector", "2.0.0"): "environment! runtime_role_arns! group_config tags",
    (
        "sso-connector",
        "2.1.1",
    ): "environment! runtime_role_arns! sso_account_assignment_enabled tags",
    ("lambda-connector", "1.0.1"): "environment! lambda_arns! runtime_role_arns! tags",
    ("secretsmgr-addon", "1.0.0"): "environment! tag_name tags",
    ("secretsmgr-addon", "1.1.0"): "environment! tag_name tags iam_role_name",
    ("kinesis-firehose-addon", "1.0.0"): "environment! tag_name tags",
    ("kinesis-firehose-addon", "1.1.0"): "environment! tag_name tags iam_role_name",
    ("kinesis-data-stream-addon", "1.0.0"): "environment! tag_name stream_arns tags",
    ("kinesis-data-stream-addon", "1.1.0"): "environment! stream_arns tags iam_role_name",
    ("kinesis-firehose-connector", "4.0.0"): "environment! name_prefix tags",
    ("kinesis-data-stream-connector", "1.0.0"): "environment! name_prefix shard_count tags "
    "retention_period shard_level_metrics enforce_consumer_deletion encryption_type kms_key_id",
    ("datadog-connector", "2.0.1"): "environment! datadog_access_key! datadog_intake_url "
    "name_prefix tags",
    ("datadog-connector", "4.0.0"): "environment! datadog_access_key! datadog_intake_url "
    "name_prefix tags retry_duration buffering_size buffering_interval",
    ("gcp-connector", "1.0.1"): "environment! gcp_org_id! identity_pool_project_id! "
    "enable_google_group_management sym_account_id sym_runtime_arn",
    ("gcp-connector", "1.1.0"): "environment! gcp_org_id! identity_pool_project_id! "
    "enable_google_group_management sym_account_id sym_runtime_arn accessible_secrets",
}
OUTPUTS = {
    ("runtime-connector", "1.0.6"): "settings account_id",
    ("runtime-connector", "2.0.2"): "sym_runtime_connector_role sym_integration sym_runtime",
    ("iam-connector", "2.0.0"): "settings",
    ("sso-connector", "2.1.1"): "settings",
    ("lambda-connector", "1.0.1"): "settings",
    ("secretsmgr-addon", "1.1.0"): "policy_arn",
    ("kinesis-firehose-addon", "1.1.0"): "policy_arn",
    ("kinesis-data-stream-addon", "1.1.0"): "policy_arn",
    ("kinesis-firehose-connector", "4.0.0"): "firehose_role_arn firehose_bucket_arn",
    ("kinesis-data-stream-connector", "1.0.0"): "data_stream_arn data_stream_name",
    ("datadog-connector", "4.0.0"): "firehose_arn firehose_name",
    ("gcp-connector", "1.1.0"): "service_account workload_identity_pool "
    "workload_identity_pool_provider sym_integration",
}


@pytest.mark.parametrize(("module", "version"), INPUTS)
def test_module_inputs(module: str, version: str) -> None:
    inputs = CATALOGUE.modules[module].inputs_at(parse_version(version))
    described = {name + "!" * form.required for name, form in inputs.items()}
    assert described == set(INPUTS[module, version].split())


@pytest.mark.parametrize(("module", "version"), OUTPUTS)
def test_module_outputs(module: str, version: str) -> None:
    outputs = CATALOGUE.modules[module].outputs_at(parse_version(version))
    assert set(outputs) == set(OUTPUTS[module, version].split())


def test_every_module_is_tested() -> None:
    assert {module for module, _ in OUTPUTS} == set(CATALOGUE.modules)


@pytest.mark.parametrize(
    ("module", "keys"),
    [
        ("runtime-connector", "cloud region role_arn external_id account_id"),
        ("iam-connector", "cloud region role_arn account_id"),
        ("sso-connector", "cloud instance_arn region role_arn"),
        ("lambda-connector", "cloud region role_arn account_id"),
    ],
)
def test_settings_keys(module: str, keys: str) -> None:
    (settings,) = CATALOGUE.modules[module].outputs["settings"]
    assert settings.keys == tuple(keys.split())


def test_external_id_keys() -> None:
    keys = {it.context: it.external_id for it in MODULES if it.context}
    by_account = dict.fromkeys(("runtime", "iam", "lambda"), "account_id")
    assert keys == {**by_account, "sso": "instance_arn"}


@pytest.mark.parametrize(
    ("version", "role", "name", "context"),
    [
        ("1.0.6", ("settings", "role_arn"), None, None),
        (
            *("2.0.0", ("sym_runtime_connector_role", "arn")),
            *(("sym_runtime_connector_role", "name"), ("sym_integration", "id")),
        ),
    ],
)
def test_paths_to_the_runtime_role(
    version: str, role: tuple[str, ...], name: tuple[str, ...] | None, context: object
) -> None:
    runtime, at = CATALOGUE.modules["runtime-connector"], parse_version(version)
    assert runtime.paths_to("role_arn", at)[0].path == role
    assert runtime.meaning_of(role, at) == "role_arn"
    names = [it.path for it in runtime.paths_to("role_name", at)]
    contexts = [it.path for it in runtime.paths_to("context_id", at)]
    assert (names[0] if names else None, contexts[0] if contexts else None) == (name, context)
    assert runtime.meaning_of(("no", "such"), at) is None


@pytest.mark.parametrize(
    ("source", "module", "status"),
    [
        ("symopsio/iam-connector/aws", "iam-connector", "current"),
        ("registry.terraform.io/symopsio/iam-connector/aws", "iam-connector", "current"),
        ("symopsio/gcp-connector/google", "gcp-connector", "current"),
        ("symopsio/runtime-connector/sym", "runtime-connector", "deprecated"),
        ("symopsio/datadog_connector/sym", "datadog-connector", "deprecated"),
        ("terraform.symops.com/symopsio/lambda-connector/sym", "lambda-connector", "legacy"),
        ("terraform.symops.io/symops/sso-connector/aws", "sso-connector", "legacy"),
        (
            "github.com/symopsio/terraform-aws-connectors//modules/iam-connector?ref=v1",
            *("iam-connector", "legacy"),
        ),
        (
            "git::https://github.com/symopsio/terraform-aws-iam-connector.git?ref=v1.0.1",
            *("iam-connector", "current"),
        ),
        ("git@github.com:symopsio/terraform-aws-iam-connector.git", "iam-connector", "current"),
    ],
)
def test_module_for(source: str, module: str, status: str) -> None:
    found = CATALOGUE.module_for(source)
    assert found is not None
    assert (found[0].name, found[1].status) == (module, status)


@pytest.mark.parametrize("source", ["", "./iam", "hashicorp/iam-connector/aws", "symopsio/sym"])
def test_module_for_strangers(source: str) -> None:
    assert CATALOGUE.module_for(source) is None


def test_references() -> None:
    assert {name: set(it.to) for name, it in CATALOGUE.references.items()} == {
        "sym_flow.environment_id": {"sym_environment"},
        "sym_flow.params.strategy_id": {"sym_strategy"},
        "sym_strategy.targets": {"sym_target"},
        "sym_strategy.integration_id": {"sym_integration"},
        "sym_environment.runtime_id": {"sym_runtime"},
        "sym_environment.integrations": {"sym_integration"},
        "sym_environment.error_logger_id": {"sym_error_logger"},
        "sym_environment.log_destination_ids": {"sym_log_destination"},
        "sym_error_logger.integration_id": {"sym_integration"},
        "sym_runtime.context_id": {"sym_integration"},
        "sym_secret.source_id": {"sym_secrets"},
        "sym_secret.path": {"aws_secretsmanager_secret"},
        "sym_secrets.settings.context_id": {"sym_integration"},
        "sym_integration.settings": {"sym_secret"},
        "sym_log_destination.integration_id": {"sym_integration"},
        "sym_flows_filter.integrations": {"sym_integration"},
    }
    targets = [it.name for it in CATALOGUE.references_of("sym_strategy")]
    assert targets == ["sym_strategy.targets", "sym_strategy.integration_id"]


def test_sdk() -> None:
    sdk = CATALOGUE.sdk
    assert set(sdk.integrations) == {
        *("slack", "aws_lambda", "pagerduty", "knowbe4", "okta", "github", "onelogin", "google"),
        *("aws_sso", "aws_iam", "boundary", "jira", "sym", "store"),
    }
    assert sdk.handlers["get_permissions"].needed_by == ("sym_flow",)
    assert sdk.handlers["get_approvers"].status == "deprecated"
    assert {"approve", "deny", "escalate", "deescalate", "request", "prompt"} <= set(sdk.hook_steps)
    assert set(sdk.strategy_class.abstract) == {"fetch_remote_identity", "escalate", "deescalate"}


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


# --- consistent -----------------------------------------------------------------------------------


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
    for kind in (*provider.prompt_field_types.values(), *provider.special_fields.values()):
        assert set(kind.not_applicable) <= fields


def histories() -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
    """Path, forms over time, and the versions at which something may happen."""
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

"""The shipped catalogue is complete: what is known of Sym, restated as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symlint.sym.catalogue import load_catalogue
from symlint.sym.versions import parse_version, within

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE = load_catalogue()
MODULES = tuple(CATALOGUE.modules.values())


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
    offered = provider.prompt_field_types.items()
    assert {name for name, it in offered if within(at, it.since, it.until)} == set(types.split())
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

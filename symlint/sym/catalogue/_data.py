# Generated from the *.toml files beside it by `python -m symlint.sym.catalogue.build`.
# fmt: off
# ruff: noqa -- generated: lines are as the pretty-printer leaves them
"""The catalogue's tables, one function a subject; each call builds a fresh table."""

from __future__ import annotations

from typing import Any


def environment() -> dict[str, Any]:
    return {
        'slack_id': {'integration_types': ('slack',), 'sdk_module': 'slack', 'expected': True, 'source': ('E/*', 'Q-*', 'DEMO', 'R39', 'R40')},
        'aws_lambda_id': {'integration_types': ('permission_context',), 'sdk_module': 'aws_lambda', 'source': ('E/basic/aws_lambda_sdk', 'R39')},
        'pagerduty_id': {'integration_types': ('pagerduty',), 'sdk_module': 'pagerduty', 'source': ('E/basic/pagerduty_on_call', 'R39')},
        'knowbe4_id': {'integration_types': ('knowbe4',), 'sdk_module': 'knowbe4', 'source': ('E/basic/knowbe4_training', 'R39')},
        'okta_id': {'integration_types': ('okta',), 'sdk_module': 'okta', 'source': ('E/basic/okta_sdk', 'R39')},
        'github_id': {'integration_types': ('github',), 'sdk_module': 'github', 'source': ('E/basic/github_dynamic_targets', 'R39')},
        'onelogin_id': {'integration_types': ('onelogin',), 'sdk_module': 'onelogin', 'source': ('E/basic/onelogin_access_strategy', 'R39')},
        'google_id': {'integration_types': ('google',), 'sdk_module': 'google', 'source': ('E/basic/google_group_access_strategy', 'R39')},
        'aws_sso_id': {'integration_types': ('permission_context',), 'sdk_module': 'aws_sso', 'source': ('SDK/integrations/aws_sso.py', 'R39'), 'strength': 'inferred'},
        'aws_iam_id': {'integration_types': ('permission_context',), 'sdk_module': 'aws_iam', 'source': ('SDK/integrations/aws_iam.py', 'R39'), 'strength': 'inferred'},
        'boundary_id': {'integration_types': ('boundary',), 'sdk_module': 'boundary', 'source': ('SDK/integrations/boundary.py', 'R39'), 'strength': 'inferred'},
        'jira_id': {'integration_types': ('jira',), 'sdk_module': 'jira', 'source': ('SDK/integrations/jira.py', 'R39'), 'strength': 'inferred'},
    }


def external() -> dict[str, Any]:
    return {
        'aws_iam_group': {
            'name_attributes': ('name', 'id'),
            'arn_attributes': ('arn',),
            'path_argument': 'path',
            'defaults': {'path': '/'},
            'other_attributes': ('path', 'unique_id'),
            'source': ('IC/main.tf', 'R26'),
        },
        'aws_iam_role': {
            'name_attributes': ('name', 'id'),
            'arn_attributes': ('arn',),
            'path_argument': 'path',
            'tags_argument': 'tags',
            'policy_arguments': ('managed_policy_arns',),
            'defaults': {'path': '/'},
            'source': ('RC/main.tf', 'R47', 'R53', 'R54'),
        },
        'aws_secretsmanager_secret': {'name_attributes': ('name',), 'arn_attributes': ('arn', 'id'), 'tags_argument': 'tags', 'policy_arguments': ('policy',), 'source': ('SMA/main.tf', 'R50', 'R51')},
        'aws_kinesis_firehose_delivery_stream': {'name_attributes': ('name',), 'arn_attributes': ('arn',), 'tags_argument': 'tags', 'source': ('KFA/main.tf', 'E/basic/s3_log_destination', 'R60')},
        'aws_kinesis_stream': {'name_attributes': ('name',), 'arn_attributes': ('arn', 'id'), 'tags_argument': 'tags', 'source': ('KDA/main.tf', 'R61')},
        'aws_lambda_function': {'name_attributes': ('function_name', 'id'), 'arn_attributes': ('arn', 'qualified_arn'), 'tags_argument': 'tags', 'other_attributes': ('invoke_arn', 'qualified_invoke_arn', 'version', 'role'), 'source': ('LC/main.tf', 'R27')},
        'aws_ssoadmin_permission_set': {'name_attributes': ('name',), 'arn_attributes': ('arn',), 'tags_argument': 'tags', 'other_attributes': ('id', 'instance_arn'), 'source': ('E/basic/aws_sso_strategy', 'R25', 'R66')},
        'aws_ssoadmin_instances': {'other_attributes': ('identity_store_ids',), 'source': ('E/basic/aws_sso_strategy', 'R20')},
        'aws_identitystore_group': {'name_attributes': ('display_name',), 'arn_attributes': ('arn',), 'other_attributes': ('id', 'identity_store_id'), 'source': ('E/basic/aws_sso_strategy', 'R21')},
        'aws_caller_identity': {'arn_attributes': ('arn',), 'other_attributes': ('user_id',), 'source': ('E/basic/aws_sso_strategy', 'R25')},
        'aws_organizations_account': {'name_attributes': ('name',), 'arn_attributes': ('arn',), 'other_attributes': ('email',), 'source': ('R25',)},
        'okta_group': {'name_attributes': ('name',), 'source': ('E/basic/okta_access_strategy', 'R21')},
        'github_repository': {'name_attributes': ('name',), 'other_attributes': ('full_name', 'html_url', 'node_id', 'repo_id'), 'source': ('E/basic/github_access_strategy', 'R21')},
        'onelogin_roles': {'name_attributes': ('name',), 'source': ('E/basic/onelogin_access_strategy', 'R21')},
        'boundary_group': {'name_attributes': ('name',), 'source': ('DOC:boundary-access-strategy', 'R21')},
        'aws_iam_policy': {'name_attributes': ('name',), 'arn_attributes': ('arn', 'id'), 'policy_arguments': ('policy',), 'source': ('SMA/main.tf', 'R52')},
        'aws_iam_role_policy_attachment': {'role_argument': 'role', 'policy_arguments': ('policy_arn',), 'source': ('SMA/main.tf', 'R52')},
        'aws_iam_policy_attachment': {'role_argument': 'roles', 'policy_arguments': ('policy_arn',), 'source': ("Terraform's AWS provider", 'R52')},
        'aws_iam_role_policy': {'role_argument': 'role', 'policy_arguments': ('policy',), 'source': ("Terraform's AWS provider", 'R52')},
        'aws_iam_role_policy_attachments_exclusive': {'role_argument': 'role_name', 'policy_arguments': ('policy_arns',), 'source': ("Terraform's AWS provider", 'R52')},
        'aws_secretsmanager_secret_policy': {'policy_of': 'secret_arn', 'source': ("Terraform's AWS provider", 'R52')},
        'aws_kinesis_resource_policy': {'policy_of': 'resource_arn', 'source': ("Terraform's AWS provider", 'R61')},
    }


def formats() -> dict[str, Any]:
    return {
        'aws_account_id': {'description': 'an AWS account id: 12 digits', 'pattern': '\\d{12}', 'example': '111122223333', 'source': ('CLI/models/service_type.py', 'R25', 'R43')},
        'sso_instance_arn': {'description': 'the ARN of an SSO instance', 'pattern': 'arn:aws[a-z-]*:sso:::instance/\\S+', 'example': 'arn:aws:sso:::instance/ssoins-1234567890abcdef', 'source': ('CLI/models/service_type.py', 'R43')},
        'permission_set_arn': {'description': 'the ARN of a permission set', 'pattern': 'arn:aws[a-z-]*:sso:::permissionSet/[^/\\s]+/[^/\\s]+', 'example': 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef', 'source': ('E/basic/aws_sso_strategy', 'P target test', 'R25')},
        'sym_role_arn': {'description': 'the ARN of an IAM role below the path /sym/', 'pattern': 'arn:aws[a-z-]*:iam::\\d+:role/sym/\\S+', 'example': 'arn:aws:iam::111122223333:role/sym/SymIAMMain', 'source': ('RC/main.tf', 'R47'), 'strength': 'enforced'},
        'iam_role_arn': {'description': 'the ARN of an IAM role', 'pattern': 'arn:aws[a-z-]*:iam::\\d+:role/\\S+', 'example': 'arn:aws:iam::111122223333:role/sym/SymIAMMain', 'source': ('RC/main.tf', 'R45'), 'strength': 'enforced'},
        'lambda_arn': {'description': 'the ARN of a Lambda function', 'pattern': 'arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d+:function:\\S+', 'example': 'arn:aws:lambda:us-east-1:111122223333:function:grant-access', 'source': ('E/basic/aws_lambda_strategy', 'R27')},
        'iam_group_name': {'description': 'the name of an IAM group', 'pattern': '[\\w+=,.@-]+', 'example': 'CloudWatchReadOnly', 'source': ('SEED', 'R21')},
        'iam_role_name': {'description': 'the name of an IAM role', 'pattern': '[\\w+=,.@-]+', 'example': 'SymRuntimeMain', 'source': ('SMA/variables.tf', 'R53')},
        'aws_region': {'description': 'an AWS region', 'pattern': '[a-z]{2,4}(-[a-z]+)*-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\\d{1,2}', 'example': 'us-east-1', 'source': ('P/docs/resources/integration.md', 'R45')},
        'identity_store_group_id': {'description': 'the id of a group in the Identity Store: a UUID, with or without ten digits before it', 'pattern': '([0-9a-f]{10}-)?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}', 'example': '906712345a-c8f2a6d0-1b2c-4d3e-8f90-a1b2c3d4e5f6', 'source': ('E/basic/aws_sso_strategy', 'AWS/IdentityStore API: GroupId')},
        'okta_group_id': {'description': 'an Okta group id, which begins with 00g', 'pattern': '00g\\w+', 'example': '00g12345xxx', 'source': ('E/basic/okta_access_strategy',), 'strength': 'observed'},
        'github_repo_name': {'description': 'a repository name without its organization', 'pattern': '(?!.*\\.git$)[^/\\s]+', 'example': 'private-repo', 'source': ('E/basic/github_access_strategy',)},
        'github_organization': {'description': 'the name of a GitHub organization: no address', 'pattern': '[A-Za-z0-9][A-Za-z0-9_-]*', 'example': 'my-org', 'source': ('E/basic/github_access_strategy', 'CLI/models/service_type.py')},
        'tailscale_group_name': {'description': 'the name of a Tailscale group: no prefix such as group or tag', 'pattern': '(?!(group|autogroup|tag):).+', 'example': 'prod', 'source': ('E/basic/tailscale_ssh_access',), 'strength': 'observed'},
        'boundary_group_id': {'description': 'a Boundary group id, which begins with g_', 'pattern': 'g_\\w+', 'example': 'g_1234567890', 'source': ('DOC:boundary-access-strategy',)},
        'slack_workspace_id': {'description': 'a Slack workspace id: T and upper-case letters and digits', 'pattern': 'T[A-Z0-9]*', 'example': 'T123ABC', 'source': ('CLI/models/service_type.py', 'R43')},
        'slack_channel': {'description': 'a Slack channel: #name or a channel id', 'pattern': '#[^\\sA-Z.,;:!?"#@&*+=/\\\\()\\[\\]{}<>|$%^~`]{1,80}|[CG][A-Z0-9]+', 'example': '#sym-errors', 'source': ('Q-lam', 'P/docs/resources/error_logger.md', 'R41')},
        'domain': {'description': 'a domain name: no scheme, no path, no www.', 'pattern': '(?!www\\.)[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+', 'example': 'my-org.okta.com', 'source': ('CLI/helpers/code_generation/okta.py', 'R43')},
        'host': {'description': 'a domain or subdomain: no scheme, no path, no www.', 'pattern': '(?!www\\.)[A-Za-z0-9_-]+(\\.[A-Za-z0-9-]+)*', 'example': 'my-org.example.com', 'source': ('E/basic/pagerduty_on_call', 'E/basic/onelogin_access_strategy', 'CLI/models/service_type.py')},
        'bare_name': {'description': 'a plain name: no scheme, no path, no www.', 'pattern': '(?!www\\.)(?!.*://).*[^/]', 'example': 'my-org', 'source': ('E/basic/segment_log_destination', 'E/basic/tailscale_ssh_access', 'CLI/models/service_type.py')},
        'email': {'description': 'an e-mail address', 'pattern': '[^@:\\s]+@[^@:/\\s]+', 'example': 'admins@example.com', 'source': ('E/basic/google_group_access_strategy',)},
        'uuid': {'description': 'a UUID', 'pattern': '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}', 'example': '24463ef7-1d6e-402e-a365-69cb6db80c6e', 'source': ('E/basic/aptible_access_strategy',)},
        'number': {'description': 'a number, as text', 'pattern': '\\d+', 'example': '1234567', 'source': ('E/basic/onelogin_access_strategy',)},
        'duration': {'description': 'a duration: a number and m, h or d', 'pattern': '\\d+[mhd]', 'example': '30m', 'source': ('E/*', 'R37'), 'strength': 'observed'},
        'slug': {'description': 'letters, digits, - and _', 'pattern': '[A-Za-z0-9_-]+', 'example': 'prod-access', 'source': ('SDK/resource.py', 'R63'), 'strength': 'enforced'},
        'iam_path': {'description': 'an IAM path that begins and ends with /', 'pattern': '/(.+/)?', 'example': '/sym/', 'source': ('IC/variables.tf', 'R26'), 'strength': 'enforced'},
        'placeholder': {'description': 'a text that stands for a value still to be filled in', 'pattern': '(?i)change?[-_ ]?me|replace[-_ ]?me|todo|fixme|<[^<>]+>', 'example': 'CHANGEME', 'source': ('E tfvars', 'R65'), 'strength': 'observed'},
        'secret_token': {'description': 'a secret in plain text, by its well-known beginning', 'pattern': 'xox[abpr]-\\S+|gh[pousr]_\\w{20,}|github_pat_\\w{20,}|tskey-\\S+|AKIA[0-9A-Z]{16}|eyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]+', 'example': 'xoxb-123456789012-abcdefABCDEF', 'source': ('R48', 'R65'), 'strength': 'inferred'},
        'secret_key': {'description': 'a key as a machine makes it: letters and digits without a word of what stands for one', 'pattern': '(?i)(?=.{16,256}$)(?!.*(change|replace|placeholder|dummy|example|sample|your|fake|todo|terraform|manual|initial|default|update|test))(?=(\\D*\\d){3})(?=([^a-z]*[a-z]){3})[\\w+/=.-]*[a-z0-9]{16}[\\w+/=.-]*', 'example': '00aBcDeFgHiJkLmNoPqRsTuVwXyZ', 'source': ('R65',), 'strength': 'inferred'},
        'sym_org': {'description': 'a Sym organization: its id, or its short name', 'pattern': 'S-[A-Z0-9]+|[a-z0-9-]+', 'example': 'S-VJ2IYOCQ74', 'source': ('P/docs/index.md', 'E/*'), 'strength': 'observed'},
    }


def integrations() -> dict[str, Any]:
    return {
        'permission_context': {
            'title': 'permission context',
            'source': ('RC/main.tf', 'SEED', 'DOC:aws-sso-access', 'P/docs/resources/integration.md', 'R44', 'R45'),
            'external_id': {'description': 'the AWS account id, or, for AWS SSO, the ARN of the SSO instance', 'formats': ('aws_account_id', 'sso_instance_arn'), 'source': ('RC/main.tf', 'SEED', 'DOC:aws-sso-access', 'R43', 'R44')},
            'settings': {'cloud': {'required': True, 'description': 'cloud of the role', 'allowed': ('aws',), 'source': ('P/docs/resources/integration.md', 'R45')}, 'region': {'required': True, 'description': 'AWS region of the connector', 'format': 'aws_region', 'source': ('P/docs/resources/integration.md', 'R45')}, 'role_arn': {'required': True, 'description': 'ARN of the role that Sym assumes; its path is /sym/', 'format': 'sym_role_arn', 'from_resources': {'aws_iam_role': 'arn'}, 'source': ('P/docs/resources/integration.md', 'RC/main.tf', 'R45', 'R47')}, 'external_id': {'description': "external id that the role's trust policy demands; runtime contexts only", 'source': ('RC/main.tf', 'R11')}, 'account_id': {'description': 'AWS account of the role', 'format': 'aws_account_id', 'source': ('RC/main.tf', 'IC/outputs.tf', 'LC/outputs.tf', 'R11')}, 'instance_arn': {'description': 'SSO instance; SSO contexts only', 'format': 'sso_instance_arn', 'source': ('SC/outputs.tf', 'R11')}},
        },
        'slack': {
            'title': 'Slack',
            'source': ('CLI/models/service_type.py', 'E/*', 'R39', 'R43'),
            'external_id': {'description': 'the Slack workspace id: T and upper-case letters and digits', 'formats': ('slack_workspace_id',), 'source': ('CLI/models/service_type.py', 'R43')},
        },
        'okta': {
            'title': 'Okta',
            'source': ('E/basic/okta_access_strategy', 'CLI/helpers/code_generation/okta.py'),
            'external_id': {'description': 'the Okta domain, such as my-org.okta.com', 'formats': ('domain',), 'source': ('CLI/helpers/code_generation/okta.py', 'R43')},
            'settings': {'api_token_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/okta_access_strategy', 'R48')}},
        },
        'github': {
            'title': 'GitHub',
            'source': ('E/basic/github_access_strategy',),
            'external_id': {'description': 'the name of the GitHub organization', 'formats': ('github_organization',), 'source': ('E/basic/github_access_strategy', 'CLI/models/service_type.py')},
            'settings': {'api_token_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/github_access_strategy', 'R48')}},
        },
        'pagerduty': {
            'title': 'PagerDuty',
            'source': ('E/basic/pagerduty_on_call',),
            'external_id': {'description': 'the PagerDuty domain or subdomain', 'formats': ('host',), 'source': ('E/basic/pagerduty_on_call', 'CLI/models/service_type.py')},
            'settings': {'api_token_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/pagerduty_on_call', 'R48')}},
        },
        'aptible': {
            'title': 'Aptible',
            'source': ('E/basic/aptible_access_strategy', 'P test'),
            'external_id': {'description': 'the Aptible organization id', 'formats': ('uuid',), 'source': ('E/basic/aptible_access_strategy', 'CLI/models/service_type.py')},
            'settings': {'username_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/aptible_access_strategy', 'R48')}, 'password_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/aptible_access_strategy', 'R48')}},
        },
        'onelogin': {
            'title': 'OneLogin',
            'source': ('E/basic/onelogin_access_strategy', 'DEMO/onelogin_access.tf'),
            'external_id': {'description': 'the OneLogin domain', 'formats': ('host',), 'source': ('E/basic/onelogin_access_strategy', 'CLI/models/service_type.py')},
            'settings': {'client_id': {'required': True, 'description': 'API client id, in plain text', 'source': ('E/basic/onelogin_access_strategy',)}, 'client_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/onelogin_access_strategy', 'R48')}},
        },
        'tailscale': {
            'title': 'Tailscale',
            'source': ('E/basic/tailscale_ssh_access',),
            'external_id': {'description': 'the tailnet name', 'formats': ('bare_name',), 'source': ('E/basic/tailscale_ssh_access', 'CLI/models/service_type.py')},
            'settings': {'api_token_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/tailscale_ssh_access', 'R48')}},
        },
        'knowbe4': {
            'title': 'KnowBe4',
            'source': ('E/basic/knowbe4_training',),
            'external_id': {'description': 'the primary domain of the KnowBe4 account', 'formats': ('host',), 'source': ('E/basic/knowbe4_training',)},
            'settings': {'api_token_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/knowbe4_training', 'R48')}, 'region': {'required': True, 'description': 'region of the KnowBe4 account', 'allowed': ('us', 'eu', 'ca', 'uk', 'de'), 'source': ('E/basic/knowbe4_training', 'R24')}},
        },
        'segment': {
            'title': 'Segment',
            'source': ('E/basic/segment_log_destination', 'P/docs/resources/integration.md'),
            'external_id': {'description': 'the name of the Segment workspace', 'formats': ('bare_name',), 'source': ('E/basic/segment_log_destination',)},
            'settings': {'write_key_secret': {'required': True, 'secret': True, 'reference': 'sym_secret', 'source': ('E/basic/segment_log_destination', 'R48')}},
        },
        'google': {
            'title': 'Google',
            'made_by': 'gcp-connector',
            'source': ('GCP/main.tf',),
            'external_id': {'description': 'the primary domain of the Google organization', 'formats': ('domain',), 'source': ('GCP/main.tf', 'CLI/models/service_type.py')},
            'settings': {'type': {'required': True, 'source': 'GCP/main.tf'}, 'audience': {'required': True, 'source': 'GCP/main.tf'}, 'subject_token_type': {'required': True, 'source': 'GCP/main.tf'}, 'service_account_impersonation_url': {'required': True, 'source': 'GCP/main.tf'}, 'token_url': {'required': True, 'source': 'GCP/main.tf'}, 'credential_source': {'required': True, 'encoding': 'json', 'source': 'GCP/main.tf'}, 'customer_id': {'required': True, 'source': 'GCP/main.tf'}},
        },
        'boundary': {
            'title': 'Boundary',
            'open_settings': True,
            'source': ('CLI/models/service_type.py', 'DOC:boundary'),
            'strength': 'inferred',
            'external_id': {'description': 'the address of the Boundary cluster', 'source': ('CLI/models/service_type.py',)},
        },
        'custom': {
            'title': 'custom',
            'open_settings': True,
            'source': ('E/advanced/custom_integration', 'E/advanced/custom_strategy', 'E/advanced/approve_circleci_job'),
            'external_id': {'description': 'an id that the implementer chooses, unique among the integrations', 'source': ('E/advanced/custom_integration',)},
            'settings': {'secret_ids_json': {'description': 'jsonencode() of a list of sym_secret ids', 'secret': True, 'reference': 'sym_secret', 'encoding': 'json_list', 'source': ('E/advanced/custom_integration', 'R48', 'R49')}},
        },
        'jira': {'title': 'Jira', 'open_settings': True, 'source': ('SDK/integrations/jira.py',), 'strength': 'inferred'},
    }


def log_destinations() -> dict[str, Any]:
    return {
        'kinesis_firehose': {
            'title': 'Kinesis Data Firehose',
            'integration_types': ('permission_context',),
            'granted_by': 'kinesis-firehose-addon',
            'source': ('E/basic/s3_log_destination', 'E/basic/datadog_log_destination', 'R59', 'R60'),
            'settings': {'stream_name': {'required': True, 'description': 'name of the delivery stream', 'from_resources': {'aws_kinesis_firehose_delivery_stream': 'name'}, 'source': ('E/basic/s3_log_destination',)}},
        },
        'kinesis_data_stream': {
            'title': 'Kinesis Data Streams',
            'integration_types': ('permission_context',),
            'granted_by': 'kinesis-data-stream-addon',
            'source': ('P/docs/resources/log_destination.md', 'R59', 'R61'),
            'settings': {'stream_name': {'required': True, 'description': 'name of the data stream', 'from_resources': {'aws_kinesis_stream': ('name',)}, 'source': ('P/docs/resources/log_destination.md',)}},
        },
        'segment': {
            'title': 'Segment',
            'integration_types': ('segment',),
            'source': ('E/basic/segment_log_destination', 'R59'),
            'settings': {'stream_name': {'required': True, 'description': 'any unique name', 'source': ('E/basic/segment_log_destination',)}},
        },
        'http': {
            'title': 'HTTP',
            'integration_required': False,
            'integration_optional_since': '1.7.1',
            'open_settings': True,
            'source': ('P/docs/resources/log_destination.md', 'P/log_destination_resource.go', 'R59'),
            'settings': {'url': {'required': True, 'description': 'address that receives the log entries', 'source': ('P/docs/resources/log_destination.md',)}},
        },
        'datadog': {'title': 'Datadog', 'integration_required': False, 'integration_optional_since': '3.1.0', 'open_settings': True, 'source': ('P/log_destination_resource.go', 'R59'), 'strength': 'enforced'},
    }


def modules() -> dict[str, Any]:
    return {
        'runtime-connector': {
            'title': 'runtime connector',
            'kind': 'runtime',
            'context': 'runtime',
            'integration_type': 'permission_context',
            'external_id': 'account_id',
            'environment_input': 'environment',
            'safelist_input': 'account_id_safelist',
            'role_path': '/sym/',
            'breaking': ('2.0.0',),
            'sources': ({'address': 'symopsio/runtime-connector/aws', 'versions': ('1.0.3', '1.0.4', '1.0.5', '1.0.6', '2.0.0', '2.0.1', '2.0.2'), 'source': 'RC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-runtime-connector', 'source': 'RC', 'strength': 'inferred'}, {'address': 'symopsio/runtime-connector/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.0.2', '1.0.3'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/runtime-connector/README', 'M-sym/runtime-connector tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/runtime-connector/sym', 'status': 'legacy', 'interface': '1.0.6', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/runtime-connector/aws', 'status': 'legacy', 'interface': '1.0.6', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/runtime-connector/aws', 'status': 'legacy', 'interface': '1.0.6', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/runtime-connector', 'status': 'legacy', 'interface': '1.0.6', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'RC/versions.tf', 'strength': 'enforced'}, {'provider': 'symopsio/sym', 'constraint': '>= 2.0', 'since': '2.0.0', 'source': ('RC/versions.tf', 'R7'), 'strength': 'enforced'}),
            'gives': ({'gives': 'settings', 'path': ('settings',), 'until': '2.0.0'}, {'gives': 'role_arn', 'path': ('settings', 'role_arn'), 'until': '2.0.0'}, {'gives': 'account_id', 'path': ('settings', 'account_id'), 'until': '2.0.0'}, {'gives': 'account_id', 'path': ('account_id',), 'until': '2.0.0'}, {'gives': 'role_external_id', 'path': ('settings', 'external_id'), 'until': '2.0.0'}, {'gives': 'region', 'path': ('settings', 'region'), 'until': '2.0.0'}, {'gives': 'cloud', 'path': ('settings', 'cloud'), 'until': '2.0.0'}, {'gives': 'role_arn', 'path': ('sym_runtime_connector_role', 'arn'), 'since': '2.0.0'}, {'gives': 'role_name', 'path': ('sym_runtime_connector_role', 'name'), 'since': '2.0.0'}, {'gives': 'role_name', 'path': ('sym_runtime_connector_role', 'id'), 'since': '2.0.0'}, {'gives': 'context_id', 'path': ('sym_integration', 'id'), 'since': '2.0.0'}, {'gives': 'context_id', 'path': ('sym_runtime', 'context_id'), 'since': '2.0.0'}, {'gives': 'account_id', 'path': ('sym_integration', 'external_id'), 'since': '2.0.0'}, {'gives': 'settings', 'path': ('sym_integration', 'settings'), 'since': '2.0.0'}, {'gives': 'role_arn', 'path': ('sym_integration', 'settings', 'role_arn'), 'since': '2.0.0'}, {'gives': 'account_id', 'path': ('sym_integration', 'settings', 'account_id'), 'since': '2.0.0'}, {'gives': 'role_external_id', 'path': ('sym_integration', 'settings', 'external_id'), 'since': '2.0.0'}, {'gives': 'region', 'path': ('sym_integration', 'settings', 'region'), 'since': '2.0.0'}, {'gives': 'cloud', 'path': ('sym_integration', 'settings', 'cloud'), 'since': '2.0.0'}, {'gives': 'runtime_id', 'path': ('sym_runtime', 'id'), 'since': '2.0.0'}),
            'creates': ({'resource': 'aws_iam_role', 'name': 'SymRuntime{title(environment)}', 'source': ('RC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymRuntime{title(environment)}', 'source': ('RC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'sym_integration', 'type': 'permission_context', 'name': '{environment}-runtime-context', 'since': '2.0.0', 'source': ('RC/main.tf', 'R58'), 'strength': 'enforced'}, {'resource': 'sym_runtime', 'name': '{environment}', 'since': '2.0.0', 'source': ('RC/main.tf', 'R58'), 'strength': 'enforced'}),
            'source': ('RC/main.tf', 'RC/variables.tf', 'RC/outputs.tf', 'RC/docs/version-2-upgrade.md'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'description': 'qualifier of everything that the module names'}, 'account_id_safelist': {'type': 'list(string)', 'default': (), 'format': 'aws_account_id', 'expects': 'aws_account_id', 'description': 'further AWS accounts in which the runtime may assume roles below /sym/', 'source': 'R57'}, 'tags': {'type': 'map(string)', 'default': {}}, 'addons': {'type': 'list(string)', 'default': (), 'until': '2.0.0', 'allowed': ('aws/secretsmgr', 'aws/kinesis-firehose', 'aws/kinesis-data-stream'), 'replacement': 'the addon modules, with iam_role_name = module.<name>.sym_runtime_connector_role.name', 'source': ('R9', 'R10'), 'strength': 'enforced'}, 'addon_params': {'type': 'map(map(any))', 'default': {}, 'until': '2.0.0', 'replacement': 'the inputs of the addon modules', 'source': ('R9', 'R10'), 'strength': 'enforced'}, 'custom_external_id': {'type': 'string', 'default': '', 'until': '2.0.0', 'replacement': 'nothing: the module generates the external id', 'source': 'R9', 'strength': 'enforced'}, 'policy_arns': {'type': 'map(string)', 'default': {}, 'until': '2.0.0', 'replacement': 'an aws_iam_role_policy_attachment with role = module.<name>.sym_runtime_connector_role.name', 'source': 'R9', 'strength': 'enforced'}, 'sym_account_ids': {'type': 'list(string)', 'default': ('803477428605',), 'until': '2.0.0', 'format': 'aws_account_id', 'replacement': 'sym_account_id', 'source': 'R9', 'strength': 'enforced'}, 'sym_account_id': {'type': 'string', 'default': '803477428605', 'since': '2.0.0', 'format': 'aws_account_id', 'source': 'R9', 'strength': 'enforced'}},
            'outputs': {'settings': {'until': '2.0.0', 'keys': ('cloud', 'region', 'role_arn', 'external_id', 'account_id'), 'meaning': 'settings', 'replacement': 'sym_integration.settings', 'source': ('RC/outputs.tf', 'R8', 'R11'), 'strength': 'enforced'}, 'account_id': {'type': 'string', 'until': '2.0.0', 'meaning': 'account_id', 'replacement': 'sym_integration.external_id', 'source': ('RC/outputs.tf', 'R8'), 'strength': 'enforced'}, 'sym_runtime_connector_role': {'since': '2.0.0', 'resource': 'aws_iam_role', 'replacement': 'settings.role_arn', 'source': ('RC/outputs.tf', 'R8'), 'strength': 'enforced'}, 'sym_integration': {'since': '2.0.0', 'resource': 'sym_integration', 'integration_type': 'permission_context', 'keys': ('cloud', 'region', 'role_arn', 'external_id', 'account_id'), 'source': ('RC/outputs.tf', 'R8'), 'strength': 'enforced'}, 'sym_runtime': {'since': '2.0.0', 'resource': 'sym_runtime', 'source': ('RC/outputs.tf', 'R8'), 'strength': 'enforced'}},
            'addons': {'aws/secretsmgr': {'module': 'secretsmgr-addon', 'params': ('tag_name', 'tag_value'), 'fills': {'tag_name': 'tag_name', 'environment': 'tag_value'}, 'source': ('RC@v1.0.6', 'R10', 'R51')}, 'aws/kinesis-firehose': {'module': 'kinesis-firehose-addon', 'source': ('RC@v1.0.6', 'R10')}, 'aws/kinesis-data-stream': {'module': 'kinesis-data-stream-addon', 'params': ('stream_arns',), 'fills': {'stream_arns': 'stream_arns'}, 'required_params': ('stream_arns',), 'source': ('RC@v1.0.6', 'R10')}},
        },
        'iam-connector': {
            'title': 'IAM connector',
            'kind': 'connector',
            'context': 'iam',
            'integration_type': 'permission_context',
            'external_id': 'account_id',
            'environment_input': 'environment',
            'trust_input': 'runtime_role_arns',
            'role_path': '/sym/',
            'sources': ({'address': 'symopsio/iam-connector/aws', 'versions': ('1.0.0', '1.0.1', '2.0.0'), 'source': 'IC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-iam-connector', 'source': 'IC', 'strength': 'inferred'}, {'address': 'symopsio/iam-connector/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/iam-connector/README', 'M-sym/iam-connector tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/iam-connector/sym', 'status': 'legacy', 'interface': '1.0.1', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/iam-connector/aws', 'status': 'legacy', 'interface': '1.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/iam-connector/aws', 'status': 'legacy', 'interface': '1.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/iam-connector', 'status': 'legacy', 'interface': '1.0.1', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'IC/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'settings', 'path': ('settings',)}, {'gives': 'role_arn', 'path': ('settings', 'role_arn')}, {'gives': 'account_id', 'path': ('settings', 'account_id')}, {'gives': 'region', 'path': ('settings', 'region')}, {'gives': 'cloud', 'path': ('settings', 'cloud')}),
            'creates': ({'resource': 'aws_iam_role', 'name': 'SymIAM{title(environment)}', 'source': ('IC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymIAM{title(environment)}', 'source': ('IC/main.tf', 'R56'), 'strength': 'enforced'}),
            'scope': {'target_type': 'aws_iam_group', 'setting': 'iam_group', 'input': 'group_config', 'kind': 'iam_group_paths', 'source': ('IC/main.tf', 'R26'), 'strength': 'enforced'},
            'source': ('IC/main.tf', 'IC/variables.tf', 'IC/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'source': 'R55'}, 'runtime_role_arns': {'type': 'list(string)', 'required': True, 'expects': 'runtime_role_arn', 'source': ('IC/variables.tf', 'R54')}, 'group_config': {'type': 'list(object({ path = string, name = string }))', 'default': ({'path': '/sym/', 'name': '*'},), 'format': 'iam_path', 'description': 'groups that the connector may change: each path begins and ends with /, path and name may hold wildcards', 'source': ('IC/variables.tf', 'R26'), 'strength': 'enforced'}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'settings': {'keys': ('cloud', 'region', 'role_arn', 'account_id'), 'meaning': 'settings', 'source': ('IC/outputs.tf', 'R11'), 'strength': 'enforced'}},
        },
        'sso-connector': {
            'title': 'SSO connector',
            'kind': 'connector',
            'context': 'sso',
            'integration_type': 'permission_context',
            'external_id': 'instance_arn',
            'environment_input': 'environment',
            'trust_input': 'runtime_role_arns',
            'role_path': '/sym/',
            'sources': ({'address': 'symopsio/sso-connector/aws', 'versions': ('1.1.0', '1.1.1', '2.0.0', '2.1.0', '2.1.1'), 'source': 'SC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-sso-connector', 'source': 'SC', 'strength': 'inferred'}, {'address': 'symopsio/sso-connector/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.1.0', '1.1.1'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/sso-connector/README', 'M-sym/sso-connector tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/sso-connector/sym', 'status': 'legacy', 'interface': '1.1.1', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/sso-connector/aws', 'status': 'legacy', 'interface': '1.1.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/sso-connector/aws', 'status': 'legacy', 'interface': '1.1.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/sso-connector', 'status': 'legacy', 'interface': '1.1.1', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'SC/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'settings', 'path': ('settings',)}, {'gives': 'role_arn', 'path': ('settings', 'role_arn')}, {'gives': 'instance_arn', 'path': ('settings', 'instance_arn')}, {'gives': 'region', 'path': ('settings', 'region')}, {'gives': 'cloud', 'path': ('settings', 'cloud')}),
            'creates': ({'resource': 'aws_iam_role', 'name': 'SymSSO{title(environment)}', 'source': ('SC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymSSO{title(environment)}', 'source': ('SC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymSSO{title(environment)}-Account', 'source': ('SC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymSSOGroup{title(environment)}', 'since': '2.0.0', 'source': ('SC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymListAccounts{title(environment)}', 'since': '2.1.0', 'source': ('SC/main.tf', 'R56'), 'strength': 'enforced'}),
            'source': ('SC/main.tf', 'SC/variables.tf', 'SC/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'source': 'R55'}, 'runtime_role_arns': {'type': 'list(string)', 'required': True, 'expects': 'runtime_role_arn', 'source': ('SC/variables.tf', 'R54')}, 'sso_account_assignment_enabled': {'type': 'bool', 'default': True, 'description': 'whether permission sets may be assigned in the account of the SSO instance itself'}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'settings': {'keys': ('cloud', 'instance_arn', 'region', 'role_arn'), 'meaning': 'settings', 'source': ('SC/outputs.tf', 'R11'), 'strength': 'enforced'}},
        },
        'lambda-connector': {
            'title': 'Lambda connector',
            'kind': 'connector',
            'context': 'lambda',
            'integration_type': 'permission_context',
            'external_id': 'account_id',
            'environment_input': 'environment',
            'trust_input': 'runtime_role_arns',
            'role_path': '/sym/',
            'sources': ({'address': 'symopsio/lambda-connector/aws', 'versions': ('1.0.0', '1.0.1'), 'source': 'LC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-lambda-connector', 'source': 'LC', 'strength': 'inferred'}, {'address': 'symopsio/lambda-connector/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.0.2'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/lambda-connector/README', 'M-sym/lambda-connector tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/lambda-connector/sym', 'status': 'legacy', 'interface': '1.0.1', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/lambda-connector/aws', 'status': 'legacy', 'interface': '1.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/lambda-connector/aws', 'status': 'legacy', 'interface': '1.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/lambda-connector', 'status': 'legacy', 'interface': '1.0.1', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'LC/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'settings', 'path': ('settings',)}, {'gives': 'role_arn', 'path': ('settings', 'role_arn')}, {'gives': 'account_id', 'path': ('settings', 'account_id')}, {'gives': 'region', 'path': ('settings', 'region')}, {'gives': 'cloud', 'path': ('settings', 'cloud')}),
            'creates': ({'resource': 'aws_iam_role', 'name': 'SymLambda{title(environment)}', 'source': ('LC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': 'SymLambda{title(environment)}', 'source': ('LC/main.tf', 'R56'), 'strength': 'enforced'}),
            'scope': {'target_type': 'aws_lambda_function', 'setting': 'arn', 'input': 'lambda_arns', 'kind': 'arns', 'source': ('LC/main.tf', 'R27'), 'strength': 'enforced'},
            'source': ('LC/main.tf', 'LC/variables.tf', 'LC/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'description': 'often the name of the flow', 'source': ('R55', 'CLI/code_generation_templates/flows/aws_lambda.tf')}, 'lambda_arns': {'type': 'list(string)', 'required': True, 'expects': 'lambda_arn', 'format': 'lambda_arn', 'source': ('LC/variables.tf', 'R27')}, 'runtime_role_arns': {'type': 'list(string)', 'required': True, 'expects': 'runtime_role_arn', 'source': ('LC/variables.tf', 'R54')}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'settings': {'keys': ('cloud', 'region', 'role_arn', 'account_id'), 'meaning': 'settings', 'source': ('LC/outputs.tf', 'R11'), 'strength': 'enforced'}},
        },
        'gcp-connector': {
            'title': 'GCP connector',
            'kind': 'connector',
            'integration_type': 'google',
            'environment_input': 'environment',
            'sources': ({'address': 'symopsio/gcp-connector/google', 'versions': ('1.0.0', '1.0.1', '1.1.0'), 'source': 'GCP tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-google-gcp-connector', 'source': 'GCP', 'strength': 'inferred'}),
            'requires': ({'provider': 'hashicorp/google', 'constraint': '>= 5.7.0', 'source': 'GCP/versions.tf', 'strength': 'enforced'}, {'provider': 'symopsio/sym', 'constraint': '>= 2.0', 'source': ('GCP/versions.tf', 'R7'), 'strength': 'enforced'}),
            'gives': ({'gives': 'integration_id', 'path': ('sym_integration', 'id')},),
            'creates': ({'resource': 'sym_integration', 'type': 'google', 'name': 'google-{environment}', 'source': 'GCP/main.tf', 'strength': 'enforced'}, {'resource': 'google_iam_workload_identity_pool', 'name': 'sym-{environment}', 'source': 'GCP/main.tf', 'strength': 'enforced'}, {'resource': 'google_service_account', 'name': 'sym-integration-{environment}', 'source': 'GCP/main.tf', 'strength': 'enforced'}),
            'name_limit': {'input': 'environment', 'max_length': 14, 'pattern': '[a-z0-9-]*[a-z0-9]', 'reason': 'the service account is called sym-integration-<environment>, which Google limits to 30 lower-case letters, digits and hyphens', 'source': ('GCP/main.tf', 'R68')},
            'source': ('GCP/main.tf', 'GCP/variables.tf', 'GCP/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True}, 'gcp_org_id': {'type': 'any', 'required': True}, 'identity_pool_project_id': {'type': 'string', 'required': True}, 'enable_google_group_management': {'type': 'bool', 'default': False, 'feature': 'google_groups', 'description': 'whether Sym may manage Google groups, which google_group strategies and the google SDK module need', 'source': ('SDK/integrations/google.py', 'E/basic/google_group_access_strategy', 'R67')}, 'sym_account_id': {'type': 'string', 'default': '803477428605', 'format': 'aws_account_id'}, 'sym_runtime_arn': ({'type': 'string', 'default': 'arn:aws:iam::803477428605:role/phoenix-prod-runtime', 'until': '1.0.1'}, {'type': 'string', 'default': 'arn:aws:sts::803477428605:assumed-role/phoenix-prod-runtime/phoenix-prod-runtime', 'since': '1.0.1'}), 'accessible_secrets': {'type': 'list(object({ project = string, secret_id = string, name = string }))', 'default': (), 'since': '1.1.0', 'description': 'Google Secret Manager secrets that Sym may read'}},
            'outputs': {'service_account': {'resource': 'google_service_account'}, 'workload_identity_pool': {'resource': 'google_iam_workload_identity_pool'}, 'workload_identity_pool_provider': {'resource': 'google_iam_workload_identity_pool_provider'}, 'sym_integration': {'resource': 'sym_integration', 'integration_type': 'google'}},
        },
        'secretsmgr-addon': {
            'title': 'Secrets Manager addon',
            'kind': 'addon',
            'environment_input': 'environment',
            'sources': ({'address': 'symopsio/secretsmgr-addon/aws', 'versions': ('1.0.0', '1.1.0'), 'source': 'SMA tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-secretsmgr-addon', 'source': 'SMA', 'strength': 'inferred'}, {'address': 'symopsio/secretsmgr-addon/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.0.2'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/secretsmgr-addon/README', 'M-sym/secretsmgr-addon tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/secretsmgr-addon/sym', 'status': 'legacy', 'interface': '1.0.0', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/secretsmgr-addon/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/secretsmgr-addon/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/secretsmgr-addon', 'status': 'legacy', 'interface': '1.0.0', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'SMA/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'policy_arn', 'path': ('policy_arn',)},),
            'creates': ({'resource': 'aws_iam_policy', 'name': 'SymSecretsManager{title(environment)}', 'source': ('SMA/main.tf', 'R56'), 'strength': 'enforced'},),
            'grant': {'resource': 'aws_secretsmanager_secret', 'action': 'secretsmanager:GetSecretValue', 'addon': 'aws/secretsmgr', 'role_input': 'iam_role_name', 'tag_input': 'tag_name', 'default_tag': 'SymEnv', 'tag_value_input': 'environment', 'source': ('SMA/main.tf', 'R51', 'R52'), 'strength': 'enforced'},
            'source': ('SMA/main.tf', 'SMA/variables.tf', 'SMA/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'description': 'value that the tag of a readable secret has'}, 'tag_name': {'type': 'string', 'default': 'SymEnv', 'description': 'tag that a readable secret has'}, 'iam_role_name': {'type': 'string', 'default': '', 'since': '1.1.0', 'expects': 'runtime_role_name', 'description': 'name of the runtime role; the policy is attached to nothing if it is empty', 'source': ('SMA/variables.tf', 'R9', 'R52', 'R53'), 'strength': 'enforced'}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'policy_arn': {'type': 'string', 'meaning': 'policy_arn'}},
        },
        'kinesis-firehose-addon': {
            'title': 'Kinesis Firehose addon',
            'kind': 'addon',
            'environment_input': 'environment',
            'sources': ({'address': 'symopsio/kinesis-firehose-addon/aws', 'versions': ('1.0.0', '1.1.0'), 'source': 'KFA tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-kinesis-firehose-addon', 'source': 'KFA', 'strength': 'inferred'}, {'address': 'symopsio/kinesis-firehose-addon/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.0.2'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/kinesis-firehose-addon/README', 'M-sym/kinesis-firehose-addon tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/kinesis-firehose-addon/sym', 'status': 'legacy', 'interface': '1.0.0', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/kinesis-firehose-addon/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/kinesis-firehose-addon/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/kinesis-firehose-addon', 'status': 'legacy', 'interface': '1.0.0', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'KFA/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'policy_arn', 'path': ('policy_arn',)},),
            'creates': ({'resource': 'aws_iam_policy', 'name': 'SymKinesisFirehose{title(environment)}', 'source': ('KFA/main.tf', 'R56'), 'strength': 'enforced'},),
            'grant': {'resource': 'aws_kinesis_firehose_delivery_stream', 'action': 'firehose:PutRecordBatch', 'addon': 'aws/kinesis-firehose', 'role_input': 'iam_role_name', 'tag_input': 'tag_name', 'default_tag': 'SymEnv', 'tag_value_input': 'environment', 'source': ('KFA/main.tf', 'R60'), 'strength': 'enforced'},
            'source': ('KFA/main.tf', 'KFA/variables.tf', 'KFA/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'description': 'value that the tag of a writable stream has'}, 'tag_name': {'type': 'string', 'default': 'SymEnv', 'description': 'tag that a writable stream has'}, 'iam_role_name': {'type': 'string', 'default': '', 'since': '1.1.0', 'expects': 'runtime_role_name', 'source': ('KFA/variables.tf', 'R9', 'R53'), 'strength': 'enforced'}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'policy_arn': {'type': 'string', 'meaning': 'policy_arn'}},
        },
        'kinesis-data-stream-addon': {
            'title': 'Kinesis Data Streams addon',
            'kind': 'addon',
            'environment_input': 'environment',
            'breaking': ('1.1.0',),
            'sources': ({'address': 'symopsio/kinesis-data-stream-addon/aws', 'versions': ('1.0.0', '1.1.0'), 'source': 'KDA tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-kinesis-data-stream-addon', 'source': 'KDA', 'strength': 'inferred'}, {'address': 'symopsio/kinesis-data-stream-addon/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.0.2'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/kinesis-data-stream-addon/README', 'M-sym/kinesis-data-stream-addon tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/kinesis-data-stream-addon/sym', 'status': 'legacy', 'interface': '1.0.0', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/kinesis-data-stream-addon/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/kinesis-data-stream-addon/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/kinesis-data-stream-addon', 'status': 'legacy', 'interface': '1.0.0', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'KDA/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'policy_arn', 'path': ('policy_arn',)},),
            'creates': ({'resource': 'aws_iam_policy', 'name': 'SymKinesisDataStream{title(environment)}', 'source': ('KDA/main.tf', 'R56'), 'strength': 'enforced'},),
            'grant': {'resource': 'aws_kinesis_stream', 'action': 'kinesis:PutRecords', 'addon': 'aws/kinesis-data-stream', 'role_input': 'iam_role_name', 'arns_input': 'stream_arns', 'source': ('KDA/main.tf', 'R61'), 'strength': 'enforced'},
            'source': ('KDA/main.tf', 'KDA/variables.tf', 'KDA/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True}, 'stream_arns': {'type': 'list(string)', 'default': (), 'expects': 'kinesis_stream_arn', 'description': 'streams that Sym may write to; an empty list makes a policy that AWS refuses', 'source': ('KDA/main.tf', 'R61')}, 'tag_name': {'type': 'string', 'default': 'SymEnv', 'until': '1.1.0', 'replacement': 'nothing: access goes by stream_arns alone', 'source': ('KDA/variables.tf', 'R9'), 'strength': 'enforced'}, 'iam_role_name': {'type': 'string', 'default': '', 'since': '1.1.0', 'expects': 'runtime_role_name', 'source': ('KDA/variables.tf', 'R9', 'R53'), 'strength': 'enforced'}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'policy_arn': {'type': 'string', 'meaning': 'policy_arn'}},
        },
        'kinesis-firehose-connector': {
            'title': 'Kinesis Firehose connector',
            'kind': 'logs',
            'environment_input': 'environment',
            'sources': ({'address': 'symopsio/kinesis-firehose-connector/aws', 'versions': ('2.0.0', '3.0.0', '3.0.1', '3.0.2', '4.0.0'), 'source': 'KFC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-kinesis-firehose-connector', 'source': 'KFC', 'strength': 'inferred'}, {'address': 'symopsio/kinesis-firehose-connector/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '2.0.0', '3.0.0', '3.0.1'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/kinesis-firehose-connector/README', 'M-sym/kinesis-firehose-connector tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/kinesis-firehose-connector/sym', 'status': 'legacy', 'interface': '3.0.1', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/kinesis-firehose-connector/aws', 'status': 'legacy', 'interface': '3.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/kinesis-firehose-connector/aws', 'status': 'legacy', 'interface': '3.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/kinesis-firehose-connector', 'status': 'legacy', 'interface': '3.0.1', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'until': '3.0.2', 'source': 'KFC/versions.tf', 'strength': 'enforced'}, {'provider': 'hashicorp/aws', 'constraint': '>= 3.0, < 5.0', 'since': '3.0.2', 'until': '4.0.0', 'source': 'KFC/versions.tf', 'strength': 'enforced'}, {'provider': 'hashicorp/aws', 'constraint': '>= 4.9.0', 'since': '4.0.0', 'source': 'KFC/versions.tf', 'strength': 'enforced'}),
            'gives': ({'gives': 'firehose_role_arn', 'path': ('firehose_role_arn',)}, {'gives': 'bucket_arn', 'path': ('firehose_bucket_arn',)}),
            'creates': ({'resource': 'aws_iam_role', 'name': '{name_prefix}SymKinesisFirehoseRole{title(environment)}', 'source': ('KFC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': '{name_prefix}SymFirehoseS3AccessPolicy{title(environment)}', 'source': ('KFC/main.tf', 'R56'), 'strength': 'enforced'}),
            'name_limit': {'input': 'environment', 'max_length': 32, 'pattern': '[a-z0-9.-]+', 'prefix_input': 'name_prefix', 'reason': 'the S3 bucket is called <name_prefix>sym-firehose-logs-<environment>-<account id>, which AWS limits to 63 lower-case letters, digits, dots and hyphens', 'source': ('KFC/main.tf', 'R68')},
            'source': ('KFC/main.tf', 'KFC/variables.tf', 'KFC/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'source': 'R68'}, 'name_prefix': {'type': 'string', 'default': ''}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'firehose_role_arn': {'type': 'string'}, 'firehose_bucket_arn': {'type': 'string'}},
        },
        'kinesis-data-stream-connector': {
            'title': 'Kinesis Data Streams connector',
            'kind': 'logs',
            'environment_input': 'environment',
            'sources': ({'address': 'symopsio/kinesis-data-stream-connector/aws', 'versions': ('1.0.0',), 'source': 'KDC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-kinesis-data-stream-connector', 'source': 'KDC', 'strength': 'inferred'}, {'address': 'symopsio/kinesis-data-stream-connector/sym', 'status': 'deprecated', 'versions': ('1.0', '1.0.1', '1.0.2', '1.0.3'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/kinesis-data-stream-connector/README', 'M-sym/kinesis-data-stream-connector tags', 'R12')}, {'address': 'terraform.symops.com/symopsio/kinesis-data-stream-connector/sym', 'status': 'legacy', 'interface': '1.0.0', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/kinesis-data-stream-connector/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/kinesis-data-stream-connector/aws', 'status': 'legacy', 'interface': '1.0.0', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/kinesis-data-stream-connector', 'status': 'legacy', 'interface': '1.0.0', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'source': 'KDC/versions.tf', 'strength': 'enforced'},),
            'gives': ({'gives': 'stream_arn', 'path': ('data_stream_arn',)}, {'gives': 'stream_name', 'path': ('data_stream_name',)}),
            'creates': ({'resource': 'aws_kinesis_stream', 'name': '{name_prefix}SymKinesisDataStream{title(environment)}', 'source': ('KDC/main.tf', 'R56'), 'strength': 'enforced'},),
            'source': ('KDC/main.tf', 'KDC/variables.tf', 'KDC/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True}, 'name_prefix': {'type': 'string', 'default': ''}, 'shard_count': {'type': 'number', 'default': 1}, 'retention_period': {'type': 'number', 'default': 24}, 'shard_level_metrics': {'type': 'list(string)', 'default': ()}, 'enforce_consumer_deletion': {'type': 'bool', 'default': False}, 'encryption_type': {'type': 'string', 'default': 'NONE'}, 'kms_key_id': {'type': 'string', 'default': ''}, 'tags': {'type': 'map(string)', 'default': {}}},
            'outputs': {'data_stream_arn': {'type': 'string', 'meaning': 'stream_arn'}, 'data_stream_name': {'type': 'string', 'meaning': 'stream_name'}},
        },
        'datadog-connector': {
            'title': 'Datadog connector',
            'kind': 'logs',
            'environment_input': 'environment',
            'tags_stream': True,
            'sources': ({'address': 'symopsio/datadog-connector/aws', 'versions': ('2.0.0', '2.0.1', '2.1.0', '3.0.0', '4.0.0'), 'source': 'DDC tags', 'strength': 'enforced'}, {'address': 'github.com/symopsio/terraform-aws-datadog-connector', 'source': 'DDC', 'strength': 'inferred'}, {'address': 'symopsio/datadog-connector/sym', 'status': 'deprecated', 'versions': ('1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5', '2.0.0', '2.0.1'), 'requires': ({'provider': 'hashicorp/aws', 'constraint': '~> 3.0'},), 'source': ('M-sym/datadog-connector/README', 'M-sym/datadog-connector tags', 'R12')}, {'address': 'symopsio/datadog_connector/sym', 'status': 'deprecated', 'interface': '2.0.1', 'source': ('E history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symopsio/datadog-connector/sym', 'status': 'legacy', 'interface': '2.0.1', 'source': ('Q-*', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.com/symops/datadog-connector/aws', 'status': 'legacy', 'interface': '2.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symops/datadog-connector/aws', 'status': 'legacy', 'interface': '2.0.1', 'source': ('P git history', 'R12'), 'strength': 'observed'}, {'address': 'github.com/symopsio/terraform-aws-connectors//modules/datadog-connector', 'status': 'legacy', 'interface': '2.0.1', 'source': ('START', 'R12'), 'strength': 'observed'}),
            'requires': ({'provider': 'hashicorp/aws', 'constraint': '>= 3.0', 'until': '3.0.0', 'source': 'DDC/versions.tf', 'strength': 'enforced'}, {'provider': 'hashicorp/aws', 'constraint': '>= 4.9.0, < 5.0.0', 'since': '3.0.0', 'until': '4.0.0', 'source': 'DDC/versions.tf', 'strength': 'enforced'}, {'provider': 'hashicorp/aws', 'constraint': '>= 5.0.0', 'since': '4.0.0', 'source': 'DDC/versions.tf', 'strength': 'enforced'}),
            'gives': ({'gives': 'stream_arn', 'path': ('firehose_arn',)}, {'gives': 'stream_name', 'path': ('firehose_name',)}),
            'creates': ({'resource': 'aws_kinesis_firehose_delivery_stream', 'name': '{name_prefix}SymDatadogFirehose{title(environment)}', 'source': ('DDC/main.tf', 'R56'), 'strength': 'enforced'}, {'resource': 'aws_iam_role', 'name': '{name_prefix}SymKinesisFirehoseRole{title(environment)}', 'since': '2.0.0', 'source': ('DDC/main.tf', 'KFC/main.tf'), 'strength': 'enforced'}, {'resource': 'aws_iam_policy', 'name': '{name_prefix}SymFirehoseS3AccessPolicy{title(environment)}', 'since': '2.0.0', 'source': ('DDC/main.tf', 'KFC/main.tf'), 'strength': 'enforced'}),
            'name_limit': {'input': 'environment', 'max_length': 32, 'pattern': '[a-z0-9.-]+', 'prefix_input': 'name_prefix', 'reason': 'the S3 bucket behind the stream is called <name_prefix>sym-firehose-logs-<environment>-<account id>, which AWS limits to 63 lower-case letters, digits, dots and hyphens', 'source': ('DDC/main.tf', 'KFC/main.tf', 'R68')},
            'source': ('DDC/main.tf', 'DDC/variables.tf', 'DDC/outputs.tf'),
            'inputs': {'environment': {'type': 'string', 'required': True, 'description': "also the value of the stream's SymEnv tag", 'source': ('DDC/main.tf', 'R60')}, 'datadog_access_key': {'type': 'string', 'required': True, 'secret': True, 'source': ('DDC/README', 'R65')}, 'datadog_intake_url': {'type': 'string', 'default': 'https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input'}, 'name_prefix': {'type': 'string', 'default': ''}, 'tags': {'type': 'map(string)', 'default': {}}, 'retry_duration': {'type': 'number', 'default': 300, 'since': '2.1.0'}, 'buffering_size': {'type': 'number', 'default': 5, 'since': '2.1.0'}, 'buffering_interval': {'type': 'number', 'default': 300, 'since': '2.1.0'}},
            'outputs': {'firehose_arn': {'type': 'string', 'meaning': 'stream_arn'}, 'firehose_name': {'type': 'string', 'meaning': 'stream_name'}},
        },
    }


def provider() -> dict[str, Any]:
    return {
        'versions': ('0.2.0', '0.2.1', '0.3.0', '0.3.1', '0.3.2', '0.4.0', '0.4.1', '0.4.2', '0.4.3', '0.4.4', '1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.1.0', '1.2.0', '1.2.1', '1.2.2', '1.3.0', '1.3.1', '1.4.0', '1.4.1', '1.5.0', '1.5.1', '1.6.0', '1.7.0', '1.7.1', '1.8.0', '1.8.1', '1.8.2', '1.8.3', '1.9.0', '1.10.0', '1.10.1', '1.10.2', '1.11.0', '1.11.1', '1.11.2', '1.12.0', '1.13.0', '1.13.1', '1.13.2', '1.13.3', '1.14.0', '1.14.1', '2.0.0', '2.0.2', '2.0.3', '2.0.4', '2.0.5', '2.0.6', '2.1.0', '2.1.1', '2.1.2', '2.1.3', '3.0.0', '3.0.1', '3.1.0', '3.2.0', '3.2.1', '3.4.2', '3.5.0', '3.6.0'),
        'literal_booleans': ('1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'),
        'addresses': ({'address': 'symopsio/sym', 'status': 'current', 'source': ('P/docs/guides', 'E/*/versions.tf', 'R1')}, {'address': 'terraform.symops.com/symopsio/sym', 'status': 'legacy', 'source': ('Q-*/versions.tf', 'P git history', 'START', 'R1'), 'strength': 'observed'}, {'address': 'terraform.symops.io/symopsio/sym', 'status': 'legacy', 'source': ('P git history', 'R1'), 'strength': 'observed'}, {'address': 'symops.io/com/sym', 'status': 'legacy', 'source': ('P git history', 'R1'), 'strength': 'observed'}),
        'breaking': ({'version': '1.0.0', 'summary': 'sym_integration needs external_id; strategies and targets need a name', 'guide': '', 'source': ('P tags', 'R13')}, {'version': '2.0.0', 'summary': 'sym_flow.params is a block, prompt fields are prompt_field blocks, template is gone', 'guide': 'https://registry.terraform.io/providers/symopsio/sym/latest/docs/guides/version-2-upgrade', 'source': ('P/docs/guides/version-2-upgrade', 'R2', 'R13')}, {'version': '3.0.0', 'summary': 'sym_flow.implementation takes the contents of the file, not its path', 'guide': 'https://registry.terraform.io/providers/symopsio/sym/latest/docs/guides/version-3-upgrade', 'source': ('P/docs/guides/version-3-upgrade', 'R4', 'R13')}),
        'block': {
            'source': ('P/provider.go', 'P/docs/index.md'),
            'arguments': {'org': {'type': 'string', 'required': True, 'description': 'the Sym organization, such as S-VJ2IYOCQ74 or my-org'}, 'jwt_env_var': {'type': 'string', 'since': '3.6.0', 'description': 'name of the environment variable that holds the bot token'}, 'local_path': {'type': 'string', 'until': '1.13.1', 'replacement': 'nothing'}},
        },
        'resources': {
            'sym_flow': {'identity': ('name',), 'name_pattern': '[A-Za-z0-9_-]+', 'import_id': 'SLUG', 'source': ('P/flow_resource.go', 'SDK/resource.py', 'R63'), 'arguments': {'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': ({'type': 'string', 'required': True, 'until': '1.0.0'}, {'type': 'string', 'since': '1.0.0'}), 'template': {'type': 'string', 'required': True, 'until': '2.0.0', 'allowed': ('sym:template:approval:1.0.0',), 'replacement': 'nothing: delete the line', 'source': ('P/docs/guides/version-2-upgrade', 'R2', 'R3'), 'strength': 'enforced'}, 'implementation': ({'type': 'string', 'required': True, 'content': 'path', 'until': '3.0.0', 'replacement': 'file("${path.module}/impl.py")', 'source': ('P@v2.1.3', 'R4'), 'strength': 'enforced'}, {'type': 'string', 'required': True, 'content': 'contents', 'since': '3.0.0', 'source': ('P/flow_resource.go', 'R4'), 'strength': 'enforced'}), 'environment': {'type': 'map(string)', 'until': '1.0.0', 'replacement': 'environment_id', 'description': 'runtime_id and slack_id; deprecated since 0.2.0', 'source': 'P@v0.4.4'}, 'environment_id': {'type': 'string', 'required': True, 'since': '0.2.0'}, 'vars': {'type': 'map(string)', 'default': {}, 'since': '0.2.0', 'source': 'R38'}, 'params': ({'type': 'map(string)', 'required': True, 'until': '2.0.0', 'replacement': 'a params { } block', 'source': ('P@v1.14.1', 'R2', 'R3'), 'strength': 'enforced'}, {'form': 'block', 'block': 'params', 'max_blocks': 1, 'since': '2.0.0', 'source': ('P/flow_resource.go', 'R2', 'R3'), 'strength': 'enforced'})}},
            'sym_strategy': {'identity': ('type', 'name'), 'name_pattern': '[A-Za-z0-9_-]+', 'import_id': 'TYPE:SLUG', 'used_by': ('sym_flow.params.strategy_id',), 'source': ('P/strategy_resource.go', 'SDK/resource.py', 'R62', 'R63'), 'arguments': {'type': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'case_insensitive': True, 'since': '1.0.0'}, 'label': {'type': 'string', 'since': '1.0.0'}, 'settings': {'type': 'map(string)', 'default': {}}, 'integration_id': ({'type': 'string', 'required': True, 'until': '0.4.4'}, {'type': 'string', 'since': '0.4.4', 'until': '1.0.0'}, {'type': 'string', 'required': True, 'since': '1.0.0', 'until': '1.3.0'}, {'type': 'string', 'since': '1.3.0', 'description': 'only a strategy of type http may leave it out', 'source': ('P/strategy_resource.go', 'R17'), 'strength': 'enforced'}), 'targets': ({'type': 'list(string)', 'required': True, 'until': '0.4.4'}, {'type': 'list(string)', 'since': '0.4.4', 'until': '1.0.0'}, {'type': 'list(string)', 'required': True, 'since': '1.0.0'}), 'implementation': {'type': 'string', 'content': 'path', 'since': '1.9.0', 'description': 'path of the Python file, at every version', 'source': ('P/strategy_resource.go', 'E/advanced/custom_strategy', 'R5', 'R19'), 'strength': 'enforced'}}},
            'sym_target': {'identity': ('type', 'name'), 'name_pattern': '[A-Za-z0-9_-]+', 'max_name_length': 55, 'import_id': 'TYPE:SLUG', 'used_by': ('sym_strategy.targets',), 'source': ('P/target_resource.go', 'SDK/resource.py', 'CLI/helpers/code_generation/core.py', 'R62', 'R63'), 'arguments': {'type': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'case_insensitive': True, 'since': '1.0.0'}, 'label': ({'type': 'string', 'required': True, 'until': '1.0.0'}, {'type': 'string', 'since': '1.0.0'}), 'settings': {'type': 'map(string)', 'default': {}}, 'field_bindings': {'type': 'list(string)', 'since': '1.5.0', 'source': ('P/target_resource.go', 'R22')}}},
            'sym_integration': {'identity': ('type', 'name'), 'name_pattern': '[A-Za-z0-9_-]+', 'import_id': 'TYPE:SLUG', 'used_by': ('sym_strategy.integration_id', 'sym_environment.integrations', 'sym_error_logger.integration_id', 'sym_runtime.context_id', 'sym_secrets.settings.context_id', 'sym_log_destination.integration_id', 'sym_flows_filter.integrations'), 'source': ('P/integration_resource.go', 'SDK/resource.py', 'R62', 'R63'), 'arguments': {'type': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': {'type': 'string', 'since': '1.0.0'}, 'external_id': {'type': 'string', 'required': True, 'since': '1.0.0'}, 'settings': {'type': 'map(string)', 'default': {}}}},
            'sym_secrets': {'identity': ('type', 'name'), 'name_pattern': '[A-Za-z0-9_-]+', 'import_id': 'TYPE:SLUG', 'used_by': ('sym_secret.source_id',), 'source': ('P/secrets_resource.go', 'R63'), 'arguments': {'type': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': {'type': 'string', 'since': '1.0.0'}, 'settings': {'type': 'map(string)', 'default': {}}}},
            'sym_secret': {'since': '0.4.0', 'import_id': 'SLUG', 'used_by': ('sym_integration.settings',), 'source': ('P/secret_resource.go', 'R62'), 'arguments': {'path': {'type': 'string', 'required': True, 'description': 'name of the secret in the store'}, 'source_id': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'since': '1.0.0', 'until': '1.0.3', 'replacement': 'nothing', 'source': 'P tags'}, 'label': {'type': 'string', 'since': '1.0.0'}, 'settings': {'type': 'map(string)', 'default': {}, 'since': '1.4.0', 'description': 'json_key, where the secret is a JSON document'}}},
            'sym_runtime': {'identity': ('name',), 'name_pattern': '[A-Za-z0-9_-]+', 'import_id': 'SLUG', 'used_by': ('sym_environment.runtime_id',), 'source': ('P/runtime_resource.go', 'R63'), 'arguments': {'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': {'type': 'string', 'since': '1.0.0'}, 'context_id': ({'type': 'string', 'required': True, 'until': '1.11.2'}, {'type': 'string', 'since': '1.11.2'})}},
            'sym_environment': {'since': '0.2.0', 'identity': ('name',), 'name_pattern': '[A-Za-z0-9_-]+', 'import_id': 'SLUG', 'used_by': ('sym_flow.environment_id',), 'source': ('P/environment_resource.go', 'R63'), 'arguments': {'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': {'type': 'string', 'since': '1.0.0'}, 'runtime_id': ({'type': 'string', 'required': True, 'until': '2.0.2'}, {'type': 'string', 'since': '2.0.2'}), 'integrations': {'type': 'map(string)', 'default': {}}, 'error_logger_id': {'type': 'string', 'since': '1.0.4'}, 'log_destination_ids': {'type': 'list(string)', 'since': '1.1.0'}}},
            'sym_error_logger': {'since': '1.0.4', 'import_id': 'SLUG', 'used_by': ('sym_environment.error_logger_id',), 'source': ('P/error_logger_resource.go', 'R41', 'R62'), 'arguments': {'integration_id': {'type': 'string', 'required': True}, 'destination': {'type': 'string', 'required': True, 'format': 'slack_channel', 'description': 'a Slack channel: #name or id'}}},
            'sym_log_destination': {'since': '1.1.0', 'identity': ('type', 'settings.stream_name'), 'import_id': 'TYPE:SLUG', 'used_by': ('sym_environment.log_destination_ids',), 'source': ('P/log_destination_resource.go', 'P/examples/resources/*/import.sh', 'R59', 'R62'), 'arguments': {'type': {'type': 'string', 'required': True}, 'integration_id': ({'type': 'string', 'required': True, 'since': '1.2.2', 'until': '1.7.1'}, {'type': 'string', 'since': '1.7.1', 'source': ('P/log_destination_resource.go', 'R59')}), 'settings': {'type': 'map(string)', 'default': {}}}},
            'sym_flows_filter': {'since': '3.5.0', 'singleton': True, 'import_id': 'SLUG', 'source': ('P/flows_filter_resource.go', 'R64'), 'arguments': {'implementation': {'type': 'string', 'required': True, 'content': 'contents', 'source': ('P/flows_filter_resource.go', 'R4'), 'strength': 'enforced'}, 'vars': {'type': 'map(string)', 'default': {}}, 'integrations': {'type': 'map(string)', 'default': {}}}},
        },
        'blocks': {
            'params': {'since': '2.0.0', 'at_least_one_true': ('allow_revoke', 'schedule_deescalation'), 'source': ('P/flow_resource.go', 'R29'), 'arguments': {'strategy_id': {'type': 'string', 'description': 'absent or empty: an approval-only flow'}, 'allow_revoke': {'type': 'bool', 'default': True}, 'schedule_deescalation': {'type': 'bool', 'default': True}, 'include_decision_message': {'type': 'bool', 'default': False, 'since': '3.2.0'}, 'allow_guest_interaction': {'type': 'bool', 'default': False}, 'additional_header_text': {'type': 'string', 'description': 'Slack markdown'}, 'allowed_sources': {'type': 'list(string)', 'allowed': ('slack', 'api'), 'description': 'unset is all of them; an empty list makes the flow uncallable', 'source': ('P/flow_resource.go', 'R30')}, 'prompt_field': {'form': 'block', 'block': 'prompt_field'}}},
            'prompt_field': {'since': '2.0.0', 'identity': ('name',), 'source': ('P/flow_resource.go', 'SDK/forms.py', 'R31', 'R32'), 'arguments': {'name': {'type': 'string', 'required': True}, 'type': {'type': 'string', 'required': True, 'description': 'one of prompt_field_types', 'source': ('P/flow_resource.go', 'R31'), 'strength': 'enforced'}, 'required': {'type': 'bool', 'default': True, 'description': 'enforced only while the field is visible'}, 'visible': {'type': 'bool', 'default': True, 'since': '3.4.2'}, 'label': {'type': 'string'}, 'default': {'type': 'string'}, 'allowed_values': {'type': 'list(string)', 'description': 'shown as a dropdown'}, 'prefetch': {'type': 'bool', 'default': False}, 'on_change': {'type': 'string', 'content': 'contents', 'since': '3.4.2', 'source': ('P/flow_resource.go', 'R4'), 'strength': 'enforced'}}},
        },
        'data_sources': {
            'sym_integration': {'source': ('P/integration_data_source.go',), 'arguments': {'type': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'settings': {'type': 'map(string)', 'description': 'returned'}, 'external_id': {'type': 'string', 'since': '1.0.0', 'description': 'returned'}, 'label': {'type': 'string', 'since': '1.0.0', 'description': 'returned'}}},
            'sym_secrets': {'since': '0.4.1', 'source': ('P/secrets_data_source.go',), 'arguments': {'type': {'type': 'string', 'required': True}, 'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'settings': {'type': 'map(string)', 'description': 'returned'}, 'label': {'type': 'string', 'since': '1.0.0', 'description': 'returned'}}},
            'sym_runtime': {'source': ('P/runtime_data_source.go',), 'arguments': {'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': {'type': 'string', 'since': '1.0.0', 'description': 'returned'}, 'context_id': {'type': 'string', 'description': 'returned'}}},
            'sym_environment': {'since': '0.3.0', 'source': ('P/environment_data_source.go',), 'arguments': {'name': {'type': 'string', 'required': True, 'case_insensitive': True}, 'label': {'type': 'string', 'since': '1.0.0', 'description': 'returned'}, 'runtime_id': {'type': 'string', 'description': 'returned'}, 'integrations': {'type': 'map(string)', 'description': 'returned'}, 'log_destination_ids': {'type': 'list(string)', 'since': '1.9.0', 'description': 'returned'}, 'error_logger_id': {'type': 'string', 'since': '2.0.2', 'description': 'in the schema, but never filled'}}},
        },
        'params_map_keys': {
            'strategy_id': {'type': 'string', 'source': 'P@v1.14.1/../templates/sym_approval.go'},
            'prompt_fields_json': {'type': 'string', 'until': '2.0.0', 'replacement': 'prompt_field blocks', 'source': ('P@v1.14.1', 'R2')},
            'allow_revoke': {'type': 'string', 'allowed': ('true', 'false'), 'default': 'true', 'since': '1.8.1', 'source': 'P@v1.14.1'},
            'schedule_deescalation': {'type': 'string', 'allowed': ('true', 'false'), 'default': 'true', 'since': '1.11.0', 'source': 'P@v1.14.1'},
            'allowed_sources_json': {'type': 'string', 'since': '1.12.0', 'until': '2.0.0', 'replacement': 'allowed_sources = [...]', 'source': ('P@v1.14.1', 'R2')},
            'additional_header_text': {'type': 'string', 'since': '1.13.0', 'source': 'P@v1.14.1'},
            'allow_guest_interaction': {'type': 'string', 'allowed': ('true', 'false'), 'default': 'false', 'since': '1.14.0', 'source': 'P@v1.14.1'},
        },
        'json_field_keys': {
            'name': {'type': 'string', 'required': True, 'source': 'P@v1.14.1'},
            'type': {'type': 'string', 'required': True, 'source': 'P@v1.14.1'},
            'required': {'type': 'bool', 'default': True, 'source': 'P@v1.14.1'},
            'label': {'type': 'string', 'source': 'P@v1.14.1'},
            'default': {'type': 'string', 'since': '1.8.0', 'source': 'P@v1.14.1'},
            'allowed_values': {'type': 'list(string)', 'source': 'P@v1.14.1'},
        },
        'prompt_field_types': {
            'string': {'text_like': True, 'source': ('P/flow_resource.go', 'R31'), 'strength': 'enforced'},
            'int': {'source': ('P/flow_resource.go', 'R31'), 'strength': 'enforced'},
            'bool': {'source': ('P/flow_resource.go', 'R31'), 'strength': 'enforced'},
            'duration': {'format': 'duration', 'source': ('P/flow_resource.go', 'R31', 'R37'), 'strength': 'enforced'},
            'slack_user': {'since': '2.1.0', 'not_applicable': ('default', 'allowed_values', 'prefetch'), 'source': ('P/flow_resource.go', 'R31', 'R33')},
            'slack_user_list': {'since': '2.1.0', 'not_applicable': ('default', 'allowed_values', 'prefetch'), 'source': ('P/flow_resource.go', 'R31', 'R33')},
            'str_list': {'since': '3.4.2', 'not_applicable': ('default',), 'source': ('P/flow_resource.go', 'R31', 'R33')},
            'int_list': {'since': '3.4.2', 'not_applicable': ('default',), 'source': ('P/flow_resource.go', 'R31', 'R33')},
            'list': {'until': '2.0.0', 'replacement': 'string or int, with allowed_values', 'source': ('P@v1.14.1', 'R2', 'R31')},
        },
        'special_fields': {
            'target_id': {'type': 'string', 'needs_strategy': True, 'not_applicable': ('allowed_values',), 'description': "preselects the target; its choices are the strategy's targets", 'source': ('P/flow_resource.go', 'DEMO/onelogin_access.tf', 'R35')},
            'duration': {'type': 'duration', 'needs_strategy': True, 'description': 'how long access lasts', 'source': ('DOC:approval-only-flows', 'R36')},
            'target': {'description': 'the target that was asked for; exists in every flow with a strategy', 'source': ('SDK/event.py',)},
        },
    }


def references() -> dict[str, Any]:
    return {
        'sym_flow.environment_id': {'resource': 'sym_flow', 'path': ('environment_id',), 'to': ('sym_environment',), 'data_source': True, 'since': '0.2.0', 'source': ('P/flow_resource.go', 'R14')},
        'sym_flow.params.strategy_id': {'resource': 'sym_flow', 'path': ('params', 'strategy_id'), 'to': ('sym_strategy',), 'optional': True, 'source': ('P/flow_resource.go', 'R14')},
        'sym_strategy.targets': {'resource': 'sym_strategy', 'path': ('targets',), 'to': ('sym_target',), 'many': 'list', 'source': ('P/strategy_resource.go', 'R14', 'R16')},
        'sym_strategy.integration_id': {'resource': 'sym_strategy', 'path': ('integration_id',), 'to': ('sym_integration',), 'optional': True, 'data_source': True, 'context': 'connector', 'source': ('P/strategy_resource.go', 'R14', 'R15', 'R17', 'R46')},
        'sym_environment.runtime_id': {'resource': 'sym_environment', 'path': ('runtime_id',), 'to': ('sym_runtime',), 'optional': True, 'data_source': True, 'source': ('P/environment_resource.go', 'R14', 'R28')},
        'sym_environment.integrations': {'resource': 'sym_environment', 'path': ('integrations', '*'), 'to': ('sym_integration',), 'many': 'map', 'optional': True, 'data_source': True, 'source': ('P/environment_resource.go', 'R14', 'R39')},
        'sym_environment.error_logger_id': {'resource': 'sym_environment', 'path': ('error_logger_id',), 'to': ('sym_error_logger',), 'optional': True, 'since': '1.0.4', 'source': ('P/environment_resource.go', 'R14')},
        'sym_environment.log_destination_ids': {'resource': 'sym_environment', 'path': ('log_destination_ids',), 'to': ('sym_log_destination',), 'many': 'list', 'optional': True, 'since': '1.1.0', 'source': ('P/environment_resource.go', 'R14')},
        'sym_error_logger.integration_id': {'resource': 'sym_error_logger', 'path': ('integration_id',), 'to': ('sym_integration',), 'data_source': True, 'integration_types': ('slack',), 'since': '1.0.4', 'source': ('P/error_logger_resource.go', 'R14', 'R41')},
        'sym_runtime.context_id': {'resource': 'sym_runtime', 'path': ('context_id',), 'to': ('sym_integration',), 'optional': True, 'data_source': True, 'integration_types': ('permission_context',), 'context': 'runtime', 'source': ('P/runtime_resource.go', 'R14', 'R46')},
        'sym_secret.source_id': {'resource': 'sym_secret', 'path': ('source_id',), 'to': ('sym_secrets',), 'data_source': True, 'since': '0.4.0', 'source': ('P/secret_resource.go', 'R14')},
        'sym_secret.path': {'resource': 'sym_secret', 'path': ('path',), 'to': ('aws_secretsmanager_secret',), 'attribute': 'name', 'literal': True, 'data_source': True, 'since': '0.4.0', 'source': ('E comments', 'R50'), 'strength': 'inferred'},
        'sym_secrets.settings.context_id': {'resource': 'sym_secrets', 'path': ('settings', 'context_id'), 'to': ('sym_integration',), 'data_source': True, 'integration_types': ('permission_context',), 'context': 'runtime', 'condition': 'aws_secrets_manager', 'source': ('E/*/secrets.tf', 'P/docs/resources/secrets.md', 'R14', 'R46')},
        'sym_integration.settings': {'resource': 'sym_integration', 'path': ('settings', '*'), 'to': ('sym_secret',), 'many': 'map', 'optional': True, 'source': ('E/basic/*', 'R14', 'R48', 'R49')},
        'sym_log_destination.integration_id': {'resource': 'sym_log_destination', 'path': ('integration_id',), 'to': ('sym_integration',), 'optional': True, 'data_source': True, 'context': 'runtime', 'since': '1.2.2', 'source': ('P/log_destination_resource.go', 'R14', 'R46', 'R59')},
        'sym_flows_filter.integrations': {'resource': 'sym_flows_filter', 'path': ('integrations', '*'), 'to': ('sym_integration',), 'many': 'map', 'optional': True, 'data_source': True, 'since': '3.5.0', 'source': ('P/flows_filter_resource.go', 'P/test-sample/main.tf', 'R14')},
    }


def sdk() -> dict[str, Any]:
    return {
        'hook_prefixes': ('on_', 'after_'),
        'hook_steps': ('prompt', 'request', 'request_forward', 'request_expire', 'approve', 'deny', 'escalate', 'deescalate'),
        'payload_fields': ('target', 'target_id', 'duration'),
        'decorators': {
            'reducer': {'module': 'sym.sdk.annotations', 'prefixes': ('get_',), 'source': ('SDK/annotations/_handlers.py',)},
            'hook': {'module': 'sym.sdk.annotations', 'prefixes': ('on_', 'after_'), 'source': ('SDK/annotations/_handlers.py',)},
            'prefetch': {'module': 'sym.sdk.annotations', 'keywords': ('field_name',), 'source': ('SDK/annotations', 'E/basic/github_dynamic_targets')},
            'action': {'module': 'sym.annotations', 'prefixes': ('after_',), 'status': 'dead', 'source': ('walkthrough',)},
        },
        'handlers': {
            'get_permissions': {'decorator': 'reducer', 'needed_by': ('sym_flow',), 'parameters': ('event',), 'returns': 'RequestPermission', 'source': ('DOC:reducers', 'CLI core/README.md', 'SDK/request_permission.py')},
            'get_request_notifications': {'decorator': 'reducer', 'parameters': ('event',), 'returns': 'list[Notification]', 'description': 'each Notification has at least one destination and at most one Slack destination', 'source': ('SDK/notifications.py',)},
            'get_approvers': {'decorator': 'reducer', 'status': 'deprecated', 'parameters': ('event',), 'returns': 'a Slack channel, user, group or fallback', 'replaced_by': ('get_permissions', 'get_request_notifications'), 'description': 'deprecated in January 2024', 'source': ('DOC:migrating-from-get_approvers', 'DOC:reducers')},
            'get_identity_lookup': {'decorator': 'reducer', 'source': ('DOC:reducers',)},
            'get_identity': {'decorator': 'reducer', 'source': ('DOC:reducers',)},
            'get_flows': {'decorator': 'reducer', 'needed_by': ('sym_flows_filter',), 'parameters': ('user', 'flows', 'flows_filter_vars'), 'returns': 'list of flows', 'source': ('P/docs/resources/flows_filter.md',)},
            'get_approver': {'decorator': 'reducer', 'status': 'dead', 'replaced_by': ('get_permissions',), 'source': ('walkthrough', 'DOC:the-sym-state-machine')},
            'get_timeout': {'decorator': 'reducer', 'status': 'dead', 'replaced_by': ('get_request_notifications',), 'source': ('walkthrough', 'DOC:the-sym-state-machine')},
            'on_revoke': {'decorator': 'hook', 'status': 'doubtful', 'description': "not a step of the approval template's handlers", 'source': ('SDK/templates',), 'strength': 'inferred'},
            'after_revoke': {'decorator': 'hook', 'status': 'doubtful', 'description': "not a step of the approval template's handlers", 'source': ('SDK/templates',), 'strength': 'inferred'},
            'on_ignore': {'decorator': 'hook', 'status': 'doubtful', 'description': "not a step of the approval template's handlers", 'source': ('SDK/templates',), 'strength': 'inferred'},
        },
        'on_change': {'function': 'on_change_{field}', 'parameters': ('username', 'form'), 'source': ('DEMO/impls/onelogin_on_change.py', 'SDK/forms.py', 'P test-sample'), 'strength': 'observed'},
        'strategy_class': {
            'module': 'sym.sdk.strategies',
            'base': 'AccessStrategy',
            'final': ('__init__', 'get_requester_identity'),
            'source': ('SDK/strategies/access_strategy.py', 'E/advanced/custom_strategy'),
            'abstract': {'fetch_remote_identity': ('self', 'user'), 'escalate': ('self', 'target_id', 'event'), 'deescalate': ('self', 'target_id', 'event')},
        },
        'imports': {'allowed': ('sym.sdk', 'requests', 'json', 'datetime'), 'source': ('DOC:python-sdk',)},
        'integrations': {
            'slack': {'environment_key': 'slack_id', 'integration_types': ('slack',), 'source': ('E/*',)},
            'aws_lambda': {'environment_key': 'aws_lambda_id', 'integration_types': ('permission_context',), 'strategy_serves': ('aws_lambda',), 'needs_runtime': True, 'source': ('E/basic/aws_lambda_sdk', 'R28')},
            'pagerduty': {'environment_key': 'pagerduty_id', 'integration_types': ('pagerduty',), 'source': ('E/basic/pagerduty_on_call',)},
            'knowbe4': {'environment_key': 'knowbe4_id', 'integration_types': ('knowbe4',), 'source': ('E/basic/knowbe4_training',)},
            'okta': {'environment_key': 'okta_id', 'integration_types': ('okta',), 'strategy_serves': ('okta',), 'source': ('E/basic/okta_sdk',)},
            'github': {'environment_key': 'github_id', 'integration_types': ('github',), 'strategy_serves': ('github',), 'source': ('E/basic/github_dynamic_targets',)},
            'onelogin': {'environment_key': 'onelogin_id', 'integration_types': ('onelogin',), 'strategy_serves': ('onelogin',), 'source': ('E/basic/onelogin_access_strategy',)},
            'google': {'environment_key': 'google_id', 'integration_types': ('google',), 'strategy_serves': ('google_group',), 'source': ('E/basic/google_group_access_strategy',)},
            'aws_sso': {'environment_key': 'aws_sso_id', 'integration_types': ('permission_context',), 'strategy_serves': ('aws_sso',), 'source': ('SDK/integrations/aws_sso.py', 'DEMO'), 'strength': 'inferred'},
            'aws_iam': {'environment_key': 'aws_iam_id', 'integration_types': ('permission_context',), 'strategy_serves': ('aws_iam',), 'source': ('SDK/integrations/aws_iam.py',), 'strength': 'inferred'},
            'boundary': {'environment_key': 'boundary_id', 'integration_types': ('boundary',), 'strategy_serves': ('boundary',), 'source': ('SDK/integrations/boundary.py',), 'strength': 'inferred'},
            'jira': {'environment_key': 'jira_id', 'integration_types': ('jira',), 'source': ('SDK/integrations/jira.py',), 'strength': 'inferred'},
            'sym': {'source': ('SDK/integrations/sym.py',)},
            'store': {'source': ('SDK/integrations/store.py',)},
        },
    }


def secrets() -> dict[str, Any]:
    return {
        'aws_secrets_manager': {
            'title': 'AWS Secrets Manager',
            'secret_resources': {'aws_secretsmanager_secret': 'name'},
            'granted_by': 'secretsmgr-addon',
            'source': ('E/*/secrets.tf', 'P/docs/resources/secrets.md', 'R50', 'R51', 'R52'),
            'settings': {'context_id': {'required': True, 'description': 'id of the permission context that holds the runtime role', 'reference': 'sym_integration', 'source': ('E/*/secrets.tf', 'P/docs/resources/secrets.md', 'R46')}},
            'secret_settings': {'json_key': {'description': 'the key of the value in a secret that is a JSON object', 'source': ('P/docs/resources/secret.md', 'E/basic/aptible_access_strategy')}},
        },
    }


def sessions() -> dict[str, Any]:
    return {
        'aws_ssoadmin_permission_set': {'resource': 'aws_ssoadmin_permission_set', 'argument': 'session_duration', 'unit': 'iso8601', 'default_seconds': 3600, 'minimum_seconds': 3600, 'maximum_seconds': 43200, 'description': 'how long a session of the permission set lasts', 'source': ('SEED', 'DOC:aws-sso', 'E/advanced/aws_ec2_ssm', 'R66')},
        'aws_iam_role': {'resource': 'aws_iam_role', 'argument': 'max_session_duration', 'unit': 'seconds', 'default_seconds': 3600, 'minimum_seconds': 3600, 'maximum_seconds': 43200, 'description': 'how long a session of the role may last', 'source': ('SEED', 'R66')},
    }


def strategies() -> dict[str, Any]:
    return {
        'aws_iam': {'title': 'AWS IAM', 'target_types': ('aws_iam_group',), 'integration_types': ('permission_context',), 'connector': 'iam-connector', 'context': 'iam', 'external_id': 'account_id', 'implementation': 'unused', 'needs_runtime': True, 'session_resources': ('aws_iam_role',), 'source': ('SEED', 'E/basic/aws_iam_strategy', 'CLI/code_generation_templates/flows/aws_iam.tf', 'R15', 'R16', 'R28')},
        'aws_sso': {
            'title': 'AWS SSO',
            'target_types': ('aws_sso_permission_set', 'aws_sso_group'),
            'integration_types': ('permission_context',),
            'connector': 'sso-connector',
            'context': 'sso',
            'external_id': 'instance_arn',
            'implementation': 'unused',
            'needs_runtime': True,
            'session_resources': ('aws_ssoadmin_permission_set',),
            'source': ('E/basic/aws_sso_strategy', 'CLI/code_generation_templates/flows/aws_sso.tf', 'R15', 'R16', 'R20', 'R28'),
            'settings': {'instance_arn': {'required': True, 'description': "ARN of the SSO instance, the same as that of the strategy's permission context", 'format': 'sso_instance_arn', 'from_resources': {'aws_ssoadmin_instances': 'arns'}, 'source': ('E/basic/aws_sso_strategy', 'R20')}},
        },
        'aws_lambda': {'title': 'AWS Lambda', 'target_types': ('aws_lambda_function',), 'integration_types': ('permission_context',), 'connector': 'lambda-connector', 'context': 'lambda', 'external_id': 'account_id', 'implementation': 'unused', 'needs_runtime': True, 'source': ('E/basic/aws_lambda_strategy', 'DOC:aws-lambda', 'R15', 'R16', 'R28')},
        'okta': {'title': 'Okta', 'target_types': ('okta_group',), 'integration_types': ('okta',), 'implementation': 'unused', 'needs_runtime': False, 'source': ('E/basic/okta_access_strategy', 'R15', 'R16')},
        'github': {'title': 'GitHub', 'target_types': ('github_repo',), 'integration_types': ('github',), 'implementation': 'unused', 'needs_runtime': False, 'source': ('E/basic/github_access_strategy', 'R15', 'R16')},
        'aptible': {'title': 'Aptible', 'target_types': ('aptible_role',), 'integration_types': ('aptible',), 'implementation': 'unused', 'needs_runtime': False, 'source': ('E/basic/aptible_access_strategy', 'R15', 'R16')},
        'onelogin': {'title': 'OneLogin', 'target_types': ('onelogin_role',), 'integration_types': ('onelogin',), 'implementation': 'unused', 'needs_runtime': False, 'source': ('E/basic/onelogin_access_strategy', 'R15', 'R16')},
        'tailscale': {'title': 'Tailscale', 'target_types': ('tailscale_group',), 'integration_types': ('tailscale',), 'implementation': 'unused', 'needs_runtime': False, 'source': ('E/basic/tailscale_ssh_access', 'R15', 'R16')},
        'google_group': {'title': 'Google Group', 'target_types': ('google_group',), 'integration_types': ('google',), 'connector': 'gcp-connector', 'connector_feature': 'google_groups', 'implementation': 'unused', 'needs_runtime': False, 'source': ('E/basic/google_group_access_strategy', 'GCP/main.tf', 'R15', 'R16', 'R67')},
        'boundary': {'title': 'Boundary', 'target_types': ('boundary_group',), 'integration_types': ('boundary',), 'implementation': 'unused', 'source': ('DOC:boundary-access-strategy', 'R15', 'R16')},
        'custom': {'title': 'custom', 'target_types': ('custom',), 'integration_types': ('custom',), 'open_settings': True, 'implementation': 'required', 'needs_runtime': False, 'since': '1.9.0', 'source': ('E/advanced/custom_strategy', 'Q-custom', 'P/strategy_resource.go', 'R19')},
        'http': {'title': 'HTTP', 'integration_required': False, 'open_settings': True, 'since': '1.3.0', 'source': ('P/strategy_resource.go', 'R17'), 'strength': 'enforced'},
    }


def targets() -> dict[str, Any]:
    return {
        'aws_iam_group': {
            'title': 'AWS IAM group',
            'source': ('SEED', 'E/basic/aws_iam_strategy', 'R21'),
            'settings': {'iam_group': {'required': True, 'description': 'name of the IAM group, not its ARN', 'format': 'iam_group_name', 'from_resources': {'aws_iam_group': ('name', 'id')}, 'source': ('SEED', 'E/basic/aws_iam_strategy')}},
        },
        'aws_sso_permission_set': {
            'title': 'AWS SSO permission set',
            'source': ('E/basic/aws_sso_strategy', 'P target test', 'R21', 'R25'),
            'settings': {'permission_set_arn': {'required': True, 'description': 'ARN of the permission set', 'format': 'permission_set_arn', 'from_resources': {'aws_ssoadmin_permission_set': 'arn'}, 'source': ('E/basic/aws_sso_strategy', 'R25')}, 'account_id': {'required': True, 'description': 'AWS account in which the permission set is assigned', 'format': 'aws_account_id', 'from_resources': {'aws_caller_identity': ('account_id', 'id'), 'aws_organizations_account': 'id'}, 'source': ('E/basic/aws_sso_strategy', 'R25')}},
        },
        'aws_sso_group': {
            'title': 'AWS SSO group',
            'source': ('E/basic/aws_sso_strategy', 'R21'),
            'settings': {'group_id': {'required': True, 'description': 'id of the group in the Identity Store', 'format': 'identity_store_group_id', 'from_resources': {'aws_identitystore_group': ('group_id',)}, 'source': ('E/basic/aws_sso_strategy',)}},
        },
        'aws_lambda_function': {
            'title': 'AWS Lambda function',
            'source': ('E/basic/aws_lambda_strategy', 'Q-pg', 'R21', 'R27'),
            'settings': {'arn': {'required': True, 'description': 'ARN of the function; several targets may share one', 'format': 'lambda_arn', 'from_resources': {'aws_lambda_function': ('arn', 'qualified_arn')}, 'source': ('E/basic/aws_lambda_strategy', 'LC/main.tf', 'R27')}},
        },
        'okta_group': {
            'title': 'Okta group',
            'source': ('E/basic/okta_access_strategy', 'R21'),
            'settings': {'group_id': {'required': True, 'description': 'id of the group, the last part of its address in the admin console', 'format': 'okta_group_id', 'from_resources': {'okta_group': 'id'}, 'source': ('E/basic/okta_access_strategy',)}},
        },
        'github_repo': {
            'title': 'GitHub repository',
            'source': ('E/basic/github_access_strategy', 'E/basic/github_dynamic_targets', 'R21', 'R22'),
            'settings': {'repo_name': {'required': True, 'description': 'name of the repository without its organization', 'format': 'github_repo_name', 'from_resources': {'github_repository': 'name'}, 'source': ('E/basic/github_access_strategy', 'E/basic/github_dynamic_targets')}},
        },
        'aptible_role': {
            'title': 'Aptible role',
            'source': ('E/basic/aptible_access_strategy', 'R21'),
            'settings': {'role_id': {'required': True, 'description': 'id of the role', 'format': 'uuid', 'source': ('E/basic/aptible_access_strategy',)}},
        },
        'onelogin_role': {
            'title': 'OneLogin role',
            'source': ('E/basic/onelogin_access_strategy', 'DEMO/onelogin_access.tf', 'R21', 'R24'),
            'settings': {'role_id': {'required': True, 'description': 'id of the role, digits', 'format': 'number', 'from_resources': {'onelogin_roles': 'id', 'onelogin_role': 'id'}, 'source': ('E/basic/onelogin_access_strategy',)}, 'privilege_level': {'required': True, 'description': 'level that the user gets in the role', 'allowed': ('member', 'admin'), 'source': ('E/basic/onelogin_access_strategy', 'DEMO/onelogin_access.tf', 'R24')}},
        },
        'tailscale_group': {
            'title': 'Tailscale group',
            'source': ('E/basic/tailscale_ssh_access', 'R21'),
            'settings': {'group_name': {'required': True, 'description': 'name as in the groups section of the ACL, without group:', 'format': 'tailscale_group_name', 'source': ('E/basic/tailscale_ssh_access',)}},
        },
        'google_group': {
            'title': 'Google group',
            'source': ('E/basic/google_group_access_strategy', 'R21'),
            'settings': {'group_email': {'required': True, 'description': 'e-mail address of the group', 'format': 'email', 'source': ('E/basic/google_group_access_strategy',)}, 'role': {'required': True, 'description': 'role in the group; MEMBER in every known configuration', 'source': ('E/basic/google_group_access_strategy',), 'strength': 'observed'}},
        },
        'boundary_group': {
            'title': 'Boundary group',
            'source': ('DOC:boundary-access-strategy', 'R21'),
            'settings': {'group_id': {'required': True, 'description': 'id of the group', 'format': 'boundary_group_id', 'from_resources': {'boundary_group': 'id'}, 'source': ('DOC:boundary-access-strategy',)}},
        },
        'custom': {
            'title': 'custom target',
            'open_settings': True,
            'source': ('E/advanced/custom_strategy', 'Q-custom', 'R21'),
            'settings': {'identifier': {'required': True, 'may_be_empty': True, 'description': "free text that the strategy's implementation reads", 'source': ('E/advanced/custom_strategy', 'Q-custom')}},
        },
    }

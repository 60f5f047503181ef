"""In which account a provider configuration works, and whether two log in alike."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.aws.accounts import (
    account_ids,
    account_of_role,
    has_other_credentials,
    has_same_credentials,
    same_account,
)
from symlint.sym.aws.provider_configurations import provider_of_resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.sym.model.configuration import SymConfiguration

ASSUMED = 'assume_role {{\n    role_arn = "arn:aws:iam::{}:role/Deploy"\n  }}'
ONE, TWO = "111111111111", "222222222222"
PROVIDERS = {
    "bare": "",
    "region": 'region = "eu-central-1"',
    "tags": 'default_tags {\n    tags = { a = "b" }\n  }',
    "null": "profile = null",
    "profile": 'profile = "sso"',
    "same_profile": 'profile = "sso"\n  region = "eu-west-1"\n  retry_mode = "standard"',
    "other_profile": 'profile = "main"',
    "unknown_profile": "profile = var.unset",
    "unknown_again": "profile = var.unset",
    "unknown_other": "profile = var.unset_too",
    "key": 'access_key = "AKIA"\n  secret_key = "x"',
    "allowed": f'allowed_account_ids = ["{ONE}"]',
    "allowed_again": f'allowed_account_ids = ["{ONE}"]\n  profile = "sso"',
    "allowed_two": f'allowed_account_ids = ["{ONE}", "{TWO}"]',
    "allowed_other": f'allowed_account_ids = ["{TWO}"]',
    "allowed_some": f'allowed_account_ids = ["{ONE}", var.unset]',
    "allowed_none": "allowed_account_ids = []",
    "allowed_unknown": "allowed_account_ids = var.unset",
    "assumed": ASSUMED.format(ONE),
    "assumed_twice": f"{ASSUMED.format(ONE)}\n  {ASSUMED.format(TWO)}",
    "assumed_twice_too": f"{ASSUMED.format(TWO)}\n  {ASSUMED.format(ONE)}",
    "assumed_web": ASSUMED.format(TWO).replace("assume_role", "assume_role_with_web_identity"),
    "assumed_allowed": f'{ASSUMED.format(ONE)}\n  allowed_account_ids = ["{TWO}"]',
    "assumed_unknown": "assume_role {\n    role_arn = var.unset\n  }",
    "assumed_nothing": 'assume_role {\n    role_arn = null\n    external_id = "x"\n  }',
    "assumed_empty": "assume_role {\n  }",
}


@pytest.fixture(scope="module")
def uses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ProviderUse]:
    """A provider configuration of each kind."""
    text = 'variable "unset" {}\n\nvariable "unset_too" {}\n'
    for name, arguments in PROVIDERS.items():
        text += f'\nprovider "aws" {{\n  alias = "{name}"\n  {arguments}\n}}\n'
        text += f'\ndata "aws_caller_identity" "{name}" {{\n  provider = aws.{name}\n}}\n'
    sym: SymConfiguration = configuration(
        write(tmp_path_factory.mktemp("accounts"), {"main.tf": text})
    )
    found = {it.name: provider_of_resource(it) for it in sym.terraform.root.data_sources()}
    return {name: use for name, use in found.items() if use is not None}


def _compared(one: ProviderUse, uses: dict[str, ProviderUse]) -> Iterator[str]:
    same = {name: same_account(one, other) for name, other in uses.items()}
    yield f"  in the same account: {' '.join(it for it in same if same[it] is True)}"
    yield f"  in another account: {' '.join(it for it in same if same[it] is False) or 'none'}"
    alike = (name for name, other in uses.items() if has_same_credentials(one, other))
    yield f"  logs in alike: {' '.join(alike)}"
    otherwise = (name for name, other in uses.items() if has_other_credentials(one, other))
    yield f"  logs in otherwise: {' '.join(otherwise) or 'none'}"


def test_snapshot_of_accounts(uses: dict[str, ProviderUse]) -> None:
    assert list(uses) == list(PROVIDERS)
    ids = {f"accounts of {it}": f"  {sorted(account_ids(uses[it]))}" for it in uses}
    pairs = {f"{name} and others": "\n".join(_compared(use, uses)) for name, use in uses.items()}
    compare_transcript(__file__, ids, pairs)


def test_accounts_are_the_same_in_both_directions(uses: dict[str, ProviderUse]) -> None:
    for one, other in product(uses.values(), repeat=2):
        assert same_account(one, other) is same_account(other, one)
        assert has_same_credentials(one, other) is has_same_credentials(other, one)
        assert has_other_credentials(one, other) is has_other_credentials(other, one)
        assert not (has_same_credentials(one, other) and has_other_credentials(one, other))


WITHOUT_CREDENTIALS = (
    *("version", "region", "allowed_account_ids", "forbidden_account_ids", "custom_ca_bundle"),
    *("http_proxy", "https_proxy", "no_proxy", "insecure", "max_retries", "retry_mode"),
    *("s3_use_path_style", "s3_us_east_1_regional_endpoint", "skip_credentials_validation"),
    *("skip_metadata_api_check", "skip_region_validation", "skip_requesting_account_id"),
    *("sts_region", "tag_policy_compliance", "token_bucket_rate_limiter_capacity"),
    *("use_dualstack_endpoint", "use_fips_endpoint", "user_agent"),
)
BLOCKS_WITHOUT = ("default_tags", "ignore_tags")
CREDENTIALS = (
    *("access_key", "secret_key", "token", "profile", "shared_config_files"),
    *("shared_credentials_files", "ec2_metadata_service_endpoint"),
)
BLOCKS = ("assume_role", "assume_role_with_web_identity", "endpoints")


def test_what_says_who_logs_in(tmp_path: Path) -> None:
    arguments = (*WITHOUT_CREDENTIALS, *CREDENTIALS)
    written = {name: f'{name} = "x"' for name in arguments}
    written |= {name: f'{name} {{\n    x = "x"\n  }}' for name in (*BLOCKS_WITHOUT, *BLOCKS)}
    text = 'provider "aws" {\n}\ndata "aws_caller_identity" "bare" {\n}\n'
    for name, argument in written.items():
        text += f'provider "aws" {{\n  alias = "{name}"\n  {argument}\n}}\n'
        text += f'data "aws_caller_identity" "{name}" {{\n  provider = aws.{name}\n}}\n'
    sym = configuration(write(tmp_path, {"main.tf": text}))
    found = {it.name: provider_of_resource(it) for it in sym.terraform.root.data_sources()}
    bare = found.pop("bare")
    assert bare is not None
    alike = {
        name: use is not None and has_same_credentials(bare, use) for name, use in found.items()
    }
    expected = dict.fromkeys((*WITHOUT_CREDENTIALS, *BLOCKS_WITHOUT), True)
    assert alike == expected | dict.fromkeys((*CREDENTIALS, *BLOCKS), False)


def test_providers_without_a_block(tmp_path: Path) -> None:
    text = 'data "aws_caller_identity" "a" {\n}\n'
    text += (
        'provider "aws" {\n  alias = "b"\n}\nprovider "aws" {\n  alias = "c"\n  profile = "c"\n}\n'
    )
    for name in ("b", "c"):
        text += f'data "aws_caller_identity" "{name}" {{\n  provider = aws.{name}\n}}\n'
    sym = configuration(write(tmp_path, {"main.tf": text}))
    none, empty, profile = map(provider_of_resource, sym.terraform.root.data_sources())
    assert none is not None
    assert empty is not None
    assert profile is not None
    assert account_ids(none) == frozenset()
    assert same_account(none, none) is True
    assert same_account(none, empty) is True
    assert same_account(none, profile) is None
    assert has_other_credentials(none, profile)
    assert has_other_credentials(profile, none)
    assert not has_other_credentials(none, empty)


@pytest.mark.parametrize(
    ("arn", "account"),
    [
        ("arn:aws:iam::111122223333:role/Deploy", "111122223333"),
        ("arn:aws:iam::111122223333:role/a:b", "111122223333"),
        ("arn:aws:iam::aws:policy/Read", None),
        ("arn:aws:sts::111122223333:assumed-role/x", None),
        ("arn:aws:iam::111122223333", None),
        ("", None),
    ],
)
def test_the_account_of_a_role(arn: str, account: str | None) -> None:
    assert account_of_role(arn) == account

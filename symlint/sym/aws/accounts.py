"""In which AWS account a provider configuration works, and with which credentials.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.model.texts import text_of
from symlint.terraform.values.equality import equal

if TYPE_CHECKING:
    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.terraform.values.value import Value

_NO_CREDENTIALS: Final = frozenset((
    "alias", "version", "region", "allowed_account_ids", "forbidden_account_ids",
    "default_tags", "ignore_tags", "custom_ca_bundle", "http_proxy", "https_proxy", "no_proxy",
    "insecure", "max_retries", "retry_mode", "s3_use_path_style", "s3_us_east_1_regional_endpoint",
    "skip_credentials_validation", "skip_metadata_api_check", "skip_region_validation",
    "skip_requesting_account_id", "sts_region", "tag_policy_compliance", "token_bucket_rate_limiter_capacity",
    "use_dualstack_endpoint", "use_fips_endpoint", "user_agent",
))  # fmt: skip  # as many a line as fit
"""Arguments and blocks of the AWS provider that do not say whose account it works in."""


def same_account(one: ProviderUse, other: ProviderUse) -> bool | None:
    """Whether two configurations of the AWS provider work in one account; None if not known."""
    if one.identity == other.identity:
        return True
    here, there = account_ids(one), account_ids(other)
    if here and there:
        if here.isdisjoint(there):
            return False
        if here == there and len(here) == 1:
            return True
    return True if has_same_credentials(one, other) else None


def account_ids(use: ProviderUse) -> frozenset[str]:
    """The accounts that a configuration may work in; empty where they are not known."""
    body = use.body
    if body is None:
        return frozenset()
    allowed = body.attribute("allowed_account_ids")
    texts = [text_of(it) for it in (allowed.elements if allowed is not None else None) or ()]
    if texts and None not in texts:
        return frozenset(text for text in texts if text is not None)
    for kind in ("assume_role", "assume_role_with_web_identity"):
        blocks = body.blocks(kind)
        if blocks:
            # Of several roles each one assumes the next.
            role = blocks[-1].attribute("role_arn")
            account = None if role is None else account_of_role(role.string or "")
            return frozenset() if account is None else frozenset((account,))
    return frozenset()


def account_of_role(arn: str) -> str | None:
    """The number of the account in the ARN of an IAM role."""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 and parts[2] == "iam" and parts[4].isdigit() else None


def has_same_credentials(one: ProviderUse, other: ProviderUse) -> bool:
    """Whether both configurations surely log in alike, and so into the same account."""
    here, there = _credentials(one), _credentials(other)
    return here.keys() == there.keys() and all(
        equal(value, there[name]) is True for name, value in here.items()
    )


def has_other_credentials(one: ProviderUse, other: ProviderUse) -> bool:
    """Whether one of two configurations surely logs in with something that the other does not."""
    here, there = _credentials(one), _credentials(other)
    return here.keys() != there.keys() or any(
        equal(value, there[name]) is False for name, value in here.items()
    )


def _credentials(use: ProviderUse) -> dict[tuple[object, ...], Value]:
    """What a configuration says of how it logs in: arguments, and those of nested blocks."""
    body = use.body
    if body is None:
        return {}
    found: dict[tuple[object, ...], Value] = {
        (name,): value
        for name, value in body.attributes().items()
        if name not in _NO_CREDENTIALS and not value.is_null
    }
    kinds = (block.type for block in body.blocks() if block.type not in _NO_CREDENTIALS)
    for kind in dict.fromkeys(kinds):
        for number, block in enumerate(body.blocks(kind)):
            for name, value in block.attributes().items():
                if not value.is_null:
                    found[kind, number, name] = value
    return found

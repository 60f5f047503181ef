"""Of which characters the texts consist that providers and Sym's modules give."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.texts import DIGITS, NO_BLANKS, UUID

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_OUTPUTS: Final[Mapping[str, str]] = {
    "account_id": DIGITS,
    "cloud": NO_BLANKS,
    "external_id": NO_BLANKS,
    "instance_arn": NO_BLANKS,
    "region": NO_BLANKS,
    "role_arn": NO_BLANKS,
}
"""By the name of an output of one of Sym's modules, or of a key of its settings."""

OF_ROLES: Final[Mapping[str, str]] = {"arn": NO_BLANKS, "id": NO_BLANKS, "name": NO_BLANKS}
"""By the attribute of an IAM role: its id is its name."""

_WITH_ARN: Final = frozenset(
    ("aws_iam_group", "aws_iam_role", "aws_iam_user", "aws_lambda_function",
     "aws_secretsmanager_secret", "aws_ssoadmin_permission_set")
)  # fmt: skip  # as many a line as fit
"""Resource types of AWS whose names, and so whose ARNs, have no blanks."""


def of_attribute(type_name: str, name: str) -> str | None:
    """Those of an attribute of a resource or data source that is not configured, if known."""
    if type_name.startswith("sym_") and name == "id":
        return UUID
    if type_name == "aws_caller_identity" and name in ("account_id", "id"):
        return DIGITS
    return NO_BLANKS if name == "arn" and type_name in _WITH_ARN else None

"""Builds the files of the rules' example configurations: for all rules."""

from __future__ import annotations

from symlint.annotations import Final

VERSIONS: Final = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "%s"
    }
  }
}
"""

IMPL: Final = """
from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ALL_USERS,
        approve_deny=PermissionLevel.MEMBER,
    )


@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#access")])]
"""


def configuration(main: str, *, provider: str = "~> 3.6") -> dict[str, str]:
    """The files of an example: ``main.tf``, and what every flow needs in addition.

    ``provider`` is the version constraint for the Sym provider.
    """
    return {"main.tf": main, "versions.tf": VERSIONS % provider, "impl.py": IMPL}


def edited(example: dict[str, str], *replacements: tuple[str, str]) -> dict[str, str]:
    """The example with strings of ``main.tf`` replaced: with the mistake, or without it.

    Raises ValueError for a string that ``main.tf`` does not have, so that every replacement applies.
    """
    main = example["main.tf"]
    for old, new in replacements:
        if old not in main:
            raise ValueError(f"the example does not have {old!r}")
        main = main.replace(old, new)
    return {**example, "main.tf": main}

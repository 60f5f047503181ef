"""What the external id of a permission context should be, and what was taken instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.intent.external_ids import meaning_of
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from symlint.sym.model.modules import OutputRead, SymModule


def titled(module: SymModule) -> str:
    """The title of a module with its article: "an IAM connector"."""
    return with_article(module.title)


def taken_from(read: OutputRead) -> str:
    """What an output is, in words."""
    gives = read.gives
    if not read.path:
        return "a whole module"
    return {
        "settings": "all of the settings",
        "role_arn": "the ARN of a role",
        "role_name": "the name of a role",
        "role_external_id": "the external id of a role",
        "account_id": "an account id",
        "instance_arn": "the ARN of an SSO instance",
    }.get(gives or "", f"the {(gives or read.path[-1]).replace('_', ' ')}")


def wrong_key_why(module: SymModule, read: OutputRead | None) -> str:
    """What comes of an external id that is something else."""
    if read is not None and read.gives == "role_external_id":
        return (
            "The external_id among the settings is the secret that AWS compares when the role is "
            "assumed. Here it would be sent to Sym as the name of an account."
        )
    return (
        f"Sym knows the role of {module.local_name} by its {meaning_of(module)}. Under another id "
        "requests look for the role in vain."
    )


def missing_key_why(module: SymModule, key: str) -> str:
    """What comes of a key that the settings do not have."""
    if key == "external_id":
        return (
            "Only a runtime connector has an external_id, and it is no id of an account either: "
            "it is the secret that AWS compares when the role is assumed. Terraform refuses the "
            "plan once the module is installed."
        )
    return (
        f"The permission context of {titled(module)} stands for an {meaning_of(module)}. Terraform "
        "refuses the plan once the module is installed."
    )

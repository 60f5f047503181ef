"""Names of arguments, variables and keys whose values are secrets, and what is said in their place."""

from __future__ import annotations

import re

from symlint.annotations import Final

PLACEHOLDER: Final = "(sensitive)"
"""What stands in a sentence in place of a secret."""

_SECRET: Final = re.compile(
    r"(?:.*[_-])?(?:passwords?|passwd|passphrase|secret_(?:string|binary|data|key|value|access_key)"
    r"|private_?key(?:_pem)?|access_?key|api_?key|app_?key|client_secret|webhook_secret"
    r"|(?:(?:auth|access|api|app|bot|oauth|user|refresh|session|slack|github)_?)?tokens?"
    r"|plaintext_value|credentials?)(?:_(?:wo|base64|json))?",
    re.IGNORECASE,
)
"""As providers call what they mark as sensitive. A name of what leads to a secret (``token_secret``,
``password_arn``, ``api_key_id``) is none."""


def is_secret_name(name: str) -> bool:
    """Whether what has this name is a secret, going by the name."""
    return len(name) <= 200 and _SECRET.fullmatch(name) is not None

"""Values whose type is still open: it may change when they are unified with something unknown.

Terraform knows the types of what providers decide from their schemas. Here they are ``any``: what
is unified with them, as the other result of a conditional or as another element of a list, may
still be converted.
"""

from __future__ import annotations

from symlint.terraform.values.types import ANY, contains_any
from symlint.terraform.values.value import ObjectReference, Unknown, Value


def is_uncertain(value: Value) -> bool:
    """Whether the type of the value, or of a part of it, may turn out to be another one."""
    content = value.content
    if isinstance(content, Unknown):
        return contains_any(value.type)
    if isinstance(content, tuple):
        return value.type.kind == "any" or any(map(is_uncertain, content))
    if isinstance(content, dict):
        return value.type.kind == "any" or any(map(is_uncertain, content.values()))
    return content is not None and value.type.kind == "any"


def loosened(value: Value) -> Value:
    """``value`` with its type left open, where unification with something that is not known may
    still change it: a number may become a string, a tuple a list."""
    content = value.content
    if content is None or isinstance(content, (str, Unknown, ObjectReference)):
        return value
    if isinstance(content, tuple):
        return value.with_content(ANY, tuple(map(loosened, content)))
    if isinstance(content, dict):
        return value.with_content(ANY, {name: loosened(item) for name, item in content.items()})
    return value.with_content(ANY, content)

"""Predicates over a value and all its parts: sensitive, wholly known, type certain."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from symlint.terraform.functions.calls import Call
    from symlint.terraform.values.value import Value


def deep_sensitive(value: Value, call: Call) -> bool:
    """Whether a value is sensitive or has something sensitive in it."""
    if value.sensitive:
        return True
    content = value.content
    if isinstance(content, tuple):
        pending = [content]
    elif type(content) is dict:
        pending = [tuple(content.values())]
    else:
        return False
    while pending:
        children = pending.pop()
        call.spend(len(children))
        for child in children:
            if child.sensitive:
                return True
            content = child.content
            if isinstance(content, tuple):
                pending.append(content)
            elif type(content) is dict:
                pending.append(tuple(content.values()))
    return False


def wholly_known(value: Value, call: Call) -> bool:
    """Whether nothing in a value is unknown, or a whole object whose attributes may be."""
    pending = [value]
    while pending:
        content = pending.pop().content
        if isinstance(content, tuple):
            call.spend(len(content))
            pending.extend(content)
        elif type(content) is dict:
            call.spend(len(content))
            pending.extend(content.values())
        elif isinstance(content, (Unknown, ObjectReference)):
            return False
    return True


def surely_typed(value: Value, call: Call) -> bool:
    """Whether a wholly known value has no part that may yet become another type.

    Where types could not be unified for want of knowledge, a number may still become a string.
    """
    pending = [value]
    while pending:
        one = pending.pop()
        content = one.content
        if one.type.kind == "any" and content is not None and not isinstance(content, str):
            return False
        if isinstance(content, tuple):
            call.spend(len(content))
            pending.extend(content)
        elif type(content) is dict:
            call.spend(len(content))
            pending.extend(content.values())
    return True

"""What is wrong with whom ``RequestPermission`` is given, as its validator sees it."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.rules.sdk._wrong import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.catalogue.sdk_api.api import SdkApi
    from symlint.sym.implementation.sdk_types import SdkTypes

_LEVEL: Final = "sym.sdk.request_permission.PermissionLevel"
_NO_LIST: Final = ("tuple", "set", "dict", "generator")
_MAY_BE_RIGHT: Final = (
    "PermissionLevel",
    "UserRole",
    "list",
    "list[UUID]",
    "list[str]",
    "str",
)
"""Types of which a value is, or may be, right: a level, or a list of ids, may be written as text."""

_WHY: Final = "The reducer fails with a ValidationError at every request: nobody is asked."
_USER_IDS: Final = "give the ids of users: user_ids(...), from sym.sdk.user"
_ADDRESSES: Final = ("email", "username")


def wrong_approvers(types: SdkTypes, name: str, node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with the value of ``webapp_view`` or ``approve_deny``."""
    if isinstance(node, ast.IfExp):
        yield from wrong_approvers(types, name, node.body)
        yield from wrong_approvers(types, name, node.orelse)
    elif isinstance(node, ast.Constant):
        yield from _wrong_constant(types.api, name, node)
    elif isinstance(node, ast.List):
        yield from _wrong_list(types, name, node)
    else:
        yield from _wrong_type(types, name, node)


def _wrong_constant(api: SdkApi, name: str, node: ast.Constant) -> Iterator[Wrong]:
    from symlint.source.close_names import close_name

    levels = api.classes[_LEVEL].values
    if node.value in levels.values():
        return
    written = [f"PermissionLevel.{it}" for it in levels]
    help_ = f"write {', '.join(written[:-1])} or {written[-1]}"
    if isinstance(node.value, str):
        meant = close_name(node.value, levels.values())
        help_ = f"did you mean {meant}?" if meant else help_
        title = f"{name} is no level of permission" if node.value else f"{name} is empty"
    else:
        title = f"{name} is {node.value!r}, neither a level of permission nor a list of ids"
    yield Wrong(node, title, _WHY, help_)


def _wrong_list(types: SdkTypes, name: str, node: ast.List) -> Iterator[Wrong]:
    if not node.elts:
        yield Wrong(
            node,
            f"{name} is an empty list",
            _WHY,
            "write PermissionLevel.ADMIN for admins alone; they may always view and decide",
        )
    if node.elts and all(_is_user(types.of(it)) for it in node.elts):
        title = f"{name} is a list of users, not of their ids"
        yield Wrong(node, title, _WHY, _USER_IDS, ("user_ids(", ")"))
        return
    for element in node.elts:
        type_ = types.of(element)
        if isinstance(element, ast.Constant):
            right = isinstance(element.value, str) and _is_uuid(element.value)
        else:
            right = type_ is None or type_ in ("UUID", "str", "str | None", "dict")
        if not right or _is_address(types, element):
            what = "a user" if _is_user(type_) else "no id of a user"
            yield Wrong(element, f"an element of {name} is {what}", _WHY, _USER_IDS)


def _wrong_type(types: SdkTypes, name: str, node: ast.expr) -> Iterator[Wrong]:
    type_ = types.of(node)
    thing = types.name(node)
    if thing in types.api.functions:
        yield Wrong(node, f"{name} is a function, which is not called", _WHY, _USER_IDS)
    elif thing in types.api.classes:
        written = ", ".join(f"PermissionLevel.{it}" for it in types.api.classes[_LEVEL].values)
        yield Wrong(node, f"{name} is a class, not a value", _WHY, f"write one of {written}")
    elif _is_user(type_):
        title = f"{name} is a user, not a list of ids"
        yield Wrong(node, title, _WHY, _USER_IDS, ("user_ids([", "])"))
    elif type_ == "list[User]":
        title = f"{name} is a list of users, not of their ids"
        yield Wrong(node, title, _WHY, _USER_IDS, ("user_ids(", ")"))
    elif type_ in _NO_LIST:
        yield Wrong(node, f"{name} is a {type_}, not a list", _WHY, _USER_IDS)
    elif isinstance(node, ast.ListComp) and _is_address(types, node.elt):
        yield Wrong(node, f"{name} is a list of addresses, not of ids", _WHY, _USER_IDS)
    elif type_ is not None and type_ not in _MAY_BE_RIGHT and not type_.startswith("list[str"):
        title = f"{name} is neither a level of permission nor a list of ids"
        yield Wrong(node, title, _WHY, "write a PermissionLevel, or " + _USER_IDS, label=type_)


def _is_user(type_: str | None) -> bool:
    return type_ is not None and type_.removesuffix(" | None") == "User"


def _is_address(types: SdkTypes, node: ast.expr) -> bool:
    """Whether an expression is a user's e-mail address, which is never an id."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in _ADDRESSES
        and _is_user(types.of(node.value))
    )


def _is_uuid(text: str) -> bool:
    """Whether the SDK takes a text for an id, as ``uuid.UUID`` does."""
    digits = text.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "")
    return len(digits) == 32 and all(it in "0123456789abcdefABCDEF" for it in digits)

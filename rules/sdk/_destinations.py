"""What is wrong with notifications, options of drop-down menus, and what Slack is given."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.rules.sdk._wrong import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.sdk_types import SdkTypes

_LONGEST_OPTION: Final = 55
_MOST_OF_A_GROUP: Final = 7
_FAILS: Final = "The reducer fails with a ValidationError: the request is not sent to anybody."
_SLACK_FAILS: Final = "The call fails when this line is reached, and nobody gets the message."
_DESTINATION: Final = 'write slack.channel("#..."), slack.user(...), slack.group([...]) or a user'
_RIGHT: Final = ("User", "RequestDestination")


# --- Notification ---


def wrong_destinations(types: SdkTypes, node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with the ``destinations`` of a notification."""
    if not isinstance(node, (ast.List, ast.Tuple)):
        yield from _wrong_whole(types, node)
        return
    if not node.elts:
        yield Wrong(node, "a notification has no destination", _FAILS, _DESTINATION)
    of_slack = []
    for element in node.elts:
        type_ = types.of(element)
        if type_ is None or isinstance(element, (ast.Starred, ast.Dict)):
            continue
        if type_ == "RequestDestinationFallback":
            title = "a notification cannot be sent to a fallback"
            help_ = "return a list of notifications, one for each destination, instead"
            yield Wrong(element, title, _FAILS, help_)
        elif not _is_destination(types, type_):
            title = "a destination of a notification is neither a user nor a place in Slack"
            yield Wrong(element, title, _FAILS, _DESTINATION, label=_described(element, type_))
        elif types.derives(type_, "SlackRequestDestination"):
            of_slack.append(element)
    for element in of_slack[1:]:
        title = f"a notification has {len(of_slack)} destinations in Slack, and may have one"
        yield Wrong(element, title, _FAILS, "return a list with a notification for each of them")
        break


def _wrong_whole(types: SdkTypes, node: ast.expr) -> Iterator[Wrong]:
    type_ = types.of(node)
    if type_ is None or type_ in ("tuple", "set", "generator", "list", "dict"):
        return
    title = "the destinations of a notification are no list"
    if type_.startswith("list["):
        inner = type_[5:-1]
        if inner.startswith("dict") or _is_destination(types, inner):
            return
        title = "the destinations of a notification are neither users nor places in Slack"
        yield Wrong(node, title, _FAILS, _DESTINATION, label=_described(node, type_))
    elif type_ != "RequestDestinationFallback" and _is_destination(types, type_):
        help_ = "write a list: destinations=[...]"
        yield Wrong(node, title, _FAILS, help_, ("[", "]"))
    else:
        yield Wrong(node, title, _FAILS, _DESTINATION, label=_described(node, type_))


def _is_destination(types: SdkTypes, type_: str) -> bool:
    plain = type_.removesuffix(" | None")
    return any(types.derives(plain, base) for base in _RIGHT)


def _described(node: ast.expr, type_: str) -> str:
    return "a text" if isinstance(node, (ast.Constant, ast.JoinedStr)) and type_ == "str" else type_


# --- FieldOption ---


def wrong_option(name: str, node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with the ``value`` or ``label`` of an option."""
    why = "The option cannot be made, and the drop-down menu of the request stays empty."
    if not isinstance(node, ast.Constant):
        return
    if node.value is None:
        yield Wrong(node, f"the {name} of an option is None", why, f"give a {name}")
    elif len(str(node.value)) > _LONGEST_OPTION:
        title = f"the {name} of an option has {len(str(node.value))} characters"
        help_ = f"write at most {_LONGEST_OPTION} characters"
        yield Wrong(node, title, why, help_)


# --- Slack ---


def wrong_group(node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with the users of a group in Slack."""
    if not isinstance(node, (ast.List, ast.Tuple)):
        return
    count = len(node.elts)
    certain = not any(isinstance(it, ast.Starred) for it in node.elts)
    if count > _MOST_OF_A_GROUP or (certain and not count):
        title = f"a group in Slack has {count or 'no'} users"
        yield Wrong(node, title, _SLACK_FAILS, f"name 1 to {_MOST_OF_A_GROUP} users")


def wrong_fallback(call: ast.Call) -> Iterator[Wrong]:
    """What is surely wrong with the destinations of a fallback."""
    if len(call.args) < 2 and not any(isinstance(it, ast.Starred) for it in call.args):
        yield Wrong(
            call,
            f"slack.fallback has {len(call.args) or 'no'} destination{'s' * (not call.args)}",
            "There is nothing to fall back to: if the message cannot be delivered, nobody gets it.",
            "name at least two destinations",
            severity="warning",
        )


def wrong_identifier(what: str, first: str, node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with an identifier of Slack, which begins with one of some letters."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value.strip()
        if not text or text[0] not in first:
            title = f"the id of {what} in Slack begins with {' or '.join(first)}"
            yield Wrong(
                node, title, _SLACK_FAILS, f"write the id, as Slack shows it: {first[0]}..."
            )


def wrong_channel(node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with the name of a channel in Slack."""
    if isinstance(node, ast.Constant):
        if not isinstance(node.value, str):
            title = f"the name of a channel is {node.value!r}"
        elif not node.value.strip():
            title = "the name of a channel is empty"
        else:
            return
        yield Wrong(
            node, title, _SLACK_FAILS, 'write the name, "#access", or the id of the channel'
        )


def wrong_timeout(node: ast.expr) -> Iterator[Wrong]:
    """What is surely wrong with a number of seconds."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value.strip()
        if not text.removeprefix("-").isdecimal():
            title = "a timeout is a text that is no number"
            yield Wrong(
                node, title, _FAILS, "write the number of seconds: timeout=600 for ten minutes"
            )

"""Checks what permissions, notifications, options and places in Slack are made of."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import Fix
from symlint.rules._python import PythonRule, edit, function_around
from symlint.rules._python_examples import IMPORTS, SDK, with_code
from symlint.rules.sdk._calls import api_of, call_of, free_names, mismatch, one_question, shown
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Edit, Finding, Outcome
    from symlint.rules.sdk._wrong import Wrong
    from symlint.sym.catalogue.sdk_api.api import Parameter
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.sdk_types import SdkTypes

_PERMISSION: Final = "sym.sdk.request_permission.RequestPermission"
_SLACK: Final = "sym.sdk.integrations.slack."
_PLACES: Final = "sym.sdk.request_destination."

_WRITTEN: Final = (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict)
_MANAGERS: Final = 'slack.users_in_channel("#managers")'
_USER_IDS: Final = (
    "from sym.sdk.templates import ApprovalTemplate\nfrom sym.sdk.user import user_ids\n"
)


class PermissionValue(PythonRule):
    """`RequestPermission`, `Notification`, `FieldOption` and places in Slack get values that the SDK takes.

    The SDK checks these values when the code runs, that is, when somebody asks for access: what it does not
    take is a `ValidationError`, and the request fails.

    - `webapp_view` and `approve_deny` are a `PermissionLevel`, or a list of the ids of users that is not
      empty. `okta.users_in_group(...)` and its kin give users: `user_ids(...)` turns them into ids.
    - A notification has destinations, users or places in Slack; one place in Slack at most, and no
      `slack.fallback`.
    - `value` and `label` of a `FieldOption` have 55 characters at most.
    - A group in Slack has 1 to 7 users; a fallback has two destinations or more (**warning**); ids of
      channels begin with C, D or G, those of users with U or W.
    - All fields are given by name; those without a default must be given. The SDK ignores names that it
      does not know, such as a mistyped `allow_self_approval`.

    **Not flagged.** Values that come out of functions other than the SDK's, out of variables that are
    assigned more than once, and out of Terraform.
    """

    question = "does the SDK take the values that it is given?"
    code = "SYM617"
    name = "permission-value"
    severity = "error"
    fixable = True
    sources = (SDK, "https://docs.symops.com/docs/reducers")
    bad = with_code("", imports=IMPORTS.replace("PermissionLevel.MEMBER", _MANAGERS))
    good = with_code(
        "",
        imports=IMPORTS.replace("PermissionLevel.MEMBER", f"user_ids({_MANAGERS})").replace(
            "from sym.sdk.templates import ApprovalTemplate\n", _USER_IDS
        ),
    )

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether all values are such as the SDK takes."""
        yield from one_question(self._findings(one, module))

    def _findings(self, one: Implementation, module: PythonModule) -> Iterator[Finding]:
        from symlint.sym.implementation.sdk_types import SdkTypes

        api = api_of(one)
        types = SdkTypes(api, module)
        for call in module.calls:
            name = types.name(call.func)
            cls = api.classes.get(name or "")
            if cls is not None and cls.kind == "model":
                fields = api.fields(cls)
                yield from self._misfit(one, call, shown(cls.name), fields)
                arguments = _arguments(call, fields)
            elif name is not None and name.startswith(_SLACK) and name in api.functions:
                arguments = _arguments(call, api.functions[name].signature.parameters)
            else:
                continue
            for wrong in _wrong_values(types, call, name or "", arguments):
                yield self._refused(one, module, call, wrong)

    def _misfit(
        self, one: Implementation, call: ast.Call, what: str, fields: tuple[Parameter, ...]
    ) -> Iterator[Finding]:
        """What is wrong with the names of the fields that a model is made of."""
        wrong = mismatch(call, fields)
        if wrong is None or one.code is None:
            return
        place: ast.expr | tuple[int, int] = call.func
        why = "Making it raises a ValidationError when this line is reached, and the request fails."
        help_ = f"write {call_of(what, fields)}"
        if isinstance(wrong.node, ast.keyword):
            start = one.code.span(wrong.node)[0]
            place = (start, start + len(wrong.names[0]))
            title = f"{what} has no field {wrong.names[0]}"
            why = "The SDK ignores it without a word; what it should set has its default."
            free = free_names(call, fields)
            from symlint.source.close_names import close_name

            meant = close_name(wrong.names[0], free)
            if meant or free:
                help_ = f"did you mean {meant}?" if meant else f"use what it has: {', '.join(free)}"
        elif wrong.node is not None:
            place = wrong.node
            title = f"{what} takes its fields by name alone"
            why = "Python raises a TypeError when this line is reached, and the request fails."
        else:
            title = f"{what} is made without {either(wrong.names, 'and')}"
        yield self.at(one, place, title, why=why, help_=help_, function=function_around(one, call))

    def _refused(
        self, one: Implementation, module: PythonModule, call: ast.Call, wrong: Wrong
    ) -> Finding:
        return self.at(
            one,
            wrong.node,
            wrong.title,
            label=wrong.label,
            why=wrong.why,
            help_=wrong.help,
            fix=_fix(one, module, wrong),
            severity=wrong.severity,
            function=function_around(one, call),
        )


def _arguments(call: ast.Call, parameters: tuple[Parameter, ...]) -> dict[str, ast.expr]:
    """The arguments of a call by the names of the parameters, as far as it is certain which they are."""
    named = {it.arg: it.value for it in call.keywords if it.arg is not None}
    positional = [it.name for it in parameters if it.kind == "either"]
    for name, value in zip(positional, call.args, strict=False):
        if isinstance(value, ast.Starred):
            break
        named.setdefault(name, value)
    return named


def _wrong_values(
    types: SdkTypes, call: ast.Call, name: str, arguments: dict[str, ast.expr]
) -> Iterator[Wrong]:
    """What is wrong with the arguments of something that is canonically ``name``."""
    if name == f"{_SLACK}fallback":
        from symlint.rules.sdk._destinations import wrong_fallback

        yield from wrong_fallback(call)
    for key, given in arguments.items():
        yield from _wrong_value(types, name, key, given)
        for value in types.values(given):
            # What a name has to begin with may be there for a way that is never taken, and what
            # it was given may be used elsewhere, too.
            if value is not given and not isinstance(value, _WRITTEN):
                found = _wrong_value(types, name, key, value)
                yield from (it._replace(around=None) for it in found)


def _wrong_value(types: SdkTypes, name: str, key: str, value: ast.expr) -> Iterator[Wrong]:
    """What is wrong with the argument ``key`` of something that is canonically ``name``."""
    from symlint.rules.sdk import _destinations as checks
    from symlint.rules.sdk._approvers import wrong_approvers

    match name, key:
        case "sym.sdk.request_permission.RequestPermission", "webapp_view" | "approve_deny":
            yield from wrong_approvers(types, key, value)
        case "sym.sdk.notifications.Notification", "destinations":
            yield from checks.wrong_destinations(types, value)
        case "sym.sdk.forms.FieldOption", "value" | "label":
            yield from checks.wrong_option(key, value)
        case _, "users" if name in (f"{_SLACK}group", f"{_PLACES}SlackUserGroup"):
            yield from checks.wrong_group(value)
        case _, "name" | "channel_name" if name.startswith((_SLACK, _PLACES)):
            yield from checks.wrong_channel(value)
        case _, "channel_id" if name == f"{_PLACES}SlackChannelID":
            yield from checks.wrong_identifier("a channel", "CDG", value)
        case _, "user_id" if name == f"{_PLACES}SlackUser":
            yield from checks.wrong_identifier("a user", "UW", value)
        case _, "timeout":
            yield from checks.wrong_timeout(value)


def _fix(one: Implementation, module: PythonModule, wrong: Wrong) -> Fix | None:
    if wrong.around is None or one.code is None:
        return None
    start, end = one.code.span(wrong.node)
    before, behind = wrong.around
    edits: list[Edit | None] = [
        edit(one, (start, start), before),
        edit(one, (end, end), behind),
    ]
    description = f"write {before}...{behind}"
    if before.startswith("user_ids("):
        defined = any("user_ids" in it.bound for it in module.scopes.around(wrong.node))
        if defined and not _imports_user_ids(module):
            return None
        if not defined:
            from symlint.rules._python_imports import import_edit

            edits.append(import_edit(one.code, module, "sym.sdk.user", "user_ids", wrong.node))
            description += ", and import user_ids"
    certain = [it for it in edits if it is not None]
    return Fix(description, tuple(certain), safe=True) if len(certain) == len(edits) else None


def _imports_user_ids(module: PythonModule) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sym.sdk")
        and any(it.name == "user_ids" and it.asname is None for it in node.names)
        for node in module.tree.body
    )

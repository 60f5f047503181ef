"""Checks for the reducer that two others have replaced, and writes these."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, Edit, Fix
from symlint.rules._python import PythonRule, edit
from symlint.rules._python_examples import IMPORTS, with_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import Handler, PythonModule

_OLD: Final = "get_approvers"
_CHANNEL: Final = "sym.sdk.integrations.slack.channel"
_BAD: Final = """from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack


@reducer
def get_approvers(event):
    return slack.channel("#access", allow_self=True)
"""


class DeprecatedGetApprovers(PythonRule):
    """`get_permissions` and `get_request_notifications` say who may approve and where to ask.

    `get_approvers`, which said both, is deprecated since January 2024. It still works. The fix, which is
    unsafe, writes the two reducers where it returns one channel: members may approve, as those of the
    channel could, and the web app is for administrators.

    The rule is strict: much code that works still uses the old reducer.
    """

    roles = ("flow",)
    question = "does its code use the current reducers?"
    code = "SYM606"
    name = "deprecated-get-approvers"
    severity = "note"
    profile = "strict"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/migrating-from-get_approvers",
        "https://docs.symops.com/docs/reducers",
    )
    bad = with_only(_BAD)
    good = with_only(IMPORTS)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether the old reducer is there."""
        handler = module.handler(_OLD)
        if handler is None or handler.decoration != "reducer":
            yield PASSED
            return
        replaced_by = one.view.sym.catalogue.sdk.handlers[_OLD].replaced_by
        yield self.at(
            one,
            code.name_span(handler.function),
            f"{_OLD} is deprecated",
            label="deprecated since January 2024",
            why="Sym has split it: who may approve and where to ask are two questions now.",
            help_=f"define {' and '.join(replaced_by)} in its place",
            fix=_migration(one, code, module, handler),
            function=_OLD,
        )


def _migration(
    one: Implementation, code: Code, module: PythonModule, handler: Handler
) -> Fix | None:
    """The fix that writes the two reducers; None where the old one does more than name a channel."""
    from symlint.rules._python_imports import insertion
    from symlint.sym.implementation.returns import results_of

    function = handler.function
    results = results_of(function)
    if not results.complete or len(results.results) != 1 or not function.args.args:
        return None
    call = results.results[0].value
    if not isinstance(call, ast.Call) or module.meanings.of(call.func) != _CHANNEL:
        return None
    alone = isinstance(function, ast.FunctionDef) and len(function.decorator_list) == 1
    if not alone or function.col_offset or handler.called or module.scopes.reads(function):
        return None
    if any(
        module.scopes.bindings_of_text(name)
        for name in ("get_permissions", "get_request_notifications")
    ):
        return None
    destination, allow_self = _without_allow_self(code, call)
    imports = _imports(code, module, function)
    if destination is None or imports is None:
        return None
    start = code.span(handler.decorator)[0] - 1
    permissions = _permissions(
        code.source(handler.decorator), function.args.args[0].arg, _level(one), allow_self
    )
    edits = (
        *imports,
        insertion(code, start, permissions),
        edit(one, code.name_span(function), "get_request_notifications"),
        edit(one, call, f"[Notification(destinations=[{destination}])]"),
    )
    known = tuple(it for it in edits if it is not None)
    if len(known) < len(edits):
        return None
    return Fix("write get_permissions and get_request_notifications", known, safe=False)


def _without_allow_self(code: Code, call: ast.Call) -> tuple[str | None, str]:
    """The call without ``allow_self``, and what that was; None where that is not sure."""
    text, start = code.source(call), code.span(call)[0]
    before = [*call.args]
    by_position = len(before) == 1 and not isinstance(before[0], ast.Starred)
    if not by_position or any(it.arg is None for it in call.keywords):
        return None, ""
    for keyword in call.keywords:
        if keyword.arg == "allow_self":
            value = keyword.value
            if not isinstance(value, ast.Constant):
                return None, ""
            begin, end = code.span(before[-1])[1] - start, code.span(keyword)[1] - start
            return text[:begin] + text[end:], str(value.value)
        before.append(keyword.value)
    return text, "False"


def _level(one: Implementation) -> str:
    """Who could approve so far: guests, too, where the flow lets them."""
    from symlint.sym.event.given import others_with
    from symlint.sym.model.flows import Flow

    views = (one.view, *(it.view for it in others_with(one)))
    return (
        "ALL_USERS" if all(isinstance(it, Flow) and it.allows_guests for it in views) else "MEMBER"
    )


def _permissions(decorator: str, event: str, level: str, allow_self: str) -> str:
    return (
        f"@{decorator}\n"
        f"def get_permissions({event}):\n"
        "    return RequestPermission(\n"
        "        webapp_view=PermissionLevel.ADMIN,\n"
        f"        approve_deny=PermissionLevel.{level},\n"
        f"        allow_self_approval={allow_self},\n"
        "    )\n\n\n"
    )


_NEEDED: Final = (
    ("sym.sdk.notifications", ("Notification",)),
    ("sym.sdk.request_permission", ("PermissionLevel", "RequestPermission")),
)


def _imports(code: Code, module: PythonModule, use: ast.stmt) -> list[Edit] | None:
    """The edits that import what the reducers are written with; None where a name is taken."""
    from symlint.rules._python_imports import import_edit

    found: list[Edit] = []
    for source, names in _NEEDED:
        bound = {name: module.scopes.bindings_of_text(name) for name in names}
        for name, bindings in bound.items():
            if any(it.qualified != f"{source}.{name}" for it in bindings):
                return None
        lacking = ", ".join(name for name, bindings in bound.items() if not bindings)
        made = import_edit(code, module, source, lacking, use) if lacking else None
        if lacking and made is None:
            return None
        if made is not None and found and found[-1].range == made.range:
            made = Edit(made.range, found.pop().replacement + made.replacement)
        if made is not None:
            found.append(made)
    return found

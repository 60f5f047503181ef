"""Checks that somebody hears of a request."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED
from symlint.rules._python import PythonRule, used_by
from symlint.rules._python_examples import IMPORTS, with_only
from symlint.rules.handlers._reducers import decorating, is_undecorated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Fix, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import Binding, FunctionDef

_TELLING: Final = ("sym.sdk.integrations.", "sym.sdk.templates.", "requests.")
"""What may tell somebody of a request, or decide it, so that nobody need be told."""

_BAD: Final = """from sym.sdk.annotations import reducer
from sym.sdk.request_permission import PermissionLevel, RequestPermission


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ALL_USERS,
        approve_deny=PermissionLevel.MEMBER,
    )
"""


class NobodyIsNotified(PythonRule):
    """Where `get_permissions` says who may approve, somebody is told of the request.

    `get_permissions` tells nobody. Without the reducer `get_request_notifications` a request waits in Sym's
    web app until somebody happens to look.

    **Not flagged.** Code that calls any function of an integration (a message of its own), sends a request
    of HTTP, or decides requests by itself (`ApprovalTemplate.approve()`). `get_approvers`, which also says
    where to ask.
    """

    roles = ("flow",)
    question = "is somebody told of requests?"
    code = "SYM623"
    name = "nobody-is-notified"
    severity = "note"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/reducers",
        "https://docs.symops.com/docs/migrating-from-get_approvers",
    )
    bad = with_only(_BAD)
    good = with_only(IMPORTS)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether anything beside ``get_permissions`` may tell somebody."""
        sdk = one.view.sym.catalogue.sdk
        deciding = module.handler("get_permissions")
        replacing = sdk.handlers["get_approvers"].replaced_by
        telling = {*replacing, "get_approvers"} - {"get_permissions"}
        if deciding is None or deciding.decoration != "reducer":
            return
        bindings = [it for name in telling for it in module.scopes.bindings_of_text(name)]
        if not all(map(is_undecorated, bindings)) or _may_tell(module, bindings):
            yield PASSED
        elif module.scopes.has_star_import:
            yield self.undecided(one.used, self.question, "what the code imports is not known")
        elif bindings:
            function = next(it for name in sorted(telling) if (it := module.function(name)))
            yield self._of(one, code, function, decorating(code, module, function))
        else:
            yield self._of(one, code, deciding.function)

    def _of(
        self, one: Implementation, code: Code, function: FunctionDef, fix: Fix | None = None
    ) -> Outcome:
        decides = function.name == "get_permissions"
        return self.at(
            one,
            code.name_span(function),
            "nobody is told of a request",
            label="says who may approve" if decides else "not decorated with @reducer",
            related=(used_by(one),),
            why="The request waits in Sym's web app until somebody happens to look.",
            help_="add a reducer that says where to ask:\n"
            "  @reducer\n"
            "  def get_request_notifications(event):\n"
            '      return [Notification(destinations=[slack.channel("#access-requests")])]'
            if decides
            else f"write @reducer above def {function.name}",
            fix=fix and fix._replace(safe=False),
            function=function.name,
        )


def _may_tell(module: PythonModule, bindings: list[Binding]) -> bool:
    """Whether the code calls anything that may tell somebody, or may decide the request.

    What stands in functions that Sym does not call, though they have the name, is not counted.
    """
    dead = [it.node for it in bindings]
    return any(
        (meaning := module.meanings.of(call.func)) is not None
        and meaning.startswith(_TELLING)
        and module.scopes.function_of(call) not in dead
        for call in module.calls
    )

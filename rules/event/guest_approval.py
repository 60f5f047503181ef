"""Checks that guests may approve where Terraform and Python both say so."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.rules._python import PythonRule
from symlint.rules._python_examples import FLOW, SDK, with_code

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow

_PARAMS = "\n  params {\n    allow_guest_interaction = true\n  }"
_LEVEL = "approve_deny=PermissionLevel.MEMBER"
_ARGUMENT: Final = "allow_guest_interaction"
_LEVELS: Final = {"admin": "ADMIN", "member": "MEMBER", "all_users": "ALL_USERS"}


def _all_users(params: str) -> dict[str, str]:
    """The example in which all users may approve."""
    files = with_code("", FLOW.replace("\n  params {}", params))
    return {
        **files,
        "impl.py": files["impl.py"].replace(_LEVEL, _LEVEL.replace("MEMBER", "ALL_USERS")),
    }


class GuestApproval(PythonRule):
    """Guests may approve requests where `get_permissions` and the flow both let them.

    `approve_deny=PermissionLevel.ALL_USERS` lets the guests of the workspace approve, if the flow has
    `allow_guest_interaction = true`. Without it, they see that they may not, and ALL_USERS says no more
    than MEMBER. The other way round, what the flow allows to guests is of no use for approvals if
    only members or admins may approve.

    **Not flagged.** `webapp_view`; permissions that are computed; flows of which it is not known what
    they allow.
    """

    roles = ("flow",)
    question = "may guests approve?"
    code = "SYM618"
    name = "guest-approval"
    severity = "note"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    good = _all_users(_PARAMS)
    bad = _all_users("\n  params {}")

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether the code and the flow agree on guests."""
        from symlint.sym.event.facts import facts_of
        from symlint.sym.model.flows import Flow

        flow = one.view
        assert isinstance(flow, Flow)
        given = _approvers(module)
        if not given:
            yield PASSED
            return
        allowed = flow.allows_guests
        if allowed is None:
            yield self.undecided(one.used, self.question, f"{_ARGUMENT} is not known")
            return
        facts = facts_of(one, module, flow)
        levels = [_level(module, it) for it in given]
        everybody = [it for it, level in zip(given, levels, strict=True) if level == "ALL_USERS"]
        reached = [it for it in everybody if facts.reaches(it)]
        if not allowed and reached:
            yield self._not_allowed(one, flow, reached[0])
        elif allowed and set(levels) <= {"ADMIN", "MEMBER"}:
            yield self._of_no_use(code, flow, given[0], levels[0] or "")
        else:
            yield PASSED

    def _not_allowed(self, one: Implementation, flow: Flow, node: ast.expr) -> Finding:
        params = flow.params
        argument = None if params is None else params.argument(_ARGUMENT)
        place = flow.params_header if argument is None else argument.range
        return self.at(
            one,
            node,
            "guests may approve in Python, and not in the flow",
            label="guests included",
            related=(RelatedRange(place, "guests may not interact with the flow"),),
            why="Guests who are asked are told that they may not approve.",
            help_=f"write {_ARGUMENT} = true in the params, or PermissionLevel.MEMBER here",
        )

    def _of_no_use(self, code: Code, flow: Flow, node: ast.expr, level: str) -> Finding:
        place = Location.of_argument(flow, _ARGUMENT, flow.params, "params")
        who = "admins" if level == "ADMIN" else "members"
        return place.finding(
            self,
            "guests may interact with the flow, and not approve",
            label="guests included",
            related=(RelatedRange(code.range(node), f"only {who} may approve"), *place.use()),
            why="What get_permissions says decides: guests who click Approve are refused.",
            help_=f"remove {_ARGUMENT}, or write PermissionLevel.ALL_USERS",
        )


def _approvers(module: PythonModule) -> list[ast.expr]:
    """What the permissions that the code makes say about approving."""
    found = []
    for call in module.calls:
        meaning = module.meanings.of(call.func) or ""
        if meaning == "sym.sdk.request_permission.RequestPermission":
            found += [it.value for it in call.keywords if it.arg == "approve_deny"]
    return found


def _level(module: PythonModule, node: ast.expr) -> str | None:
    """The level that an expression is; None for anything else."""
    text = module.meanings.text(node)
    if text is not None:
        return _LEVELS.get(text)
    head, _, name = (module.meanings.of(node) or "").rpartition(".")
    return name if head == "sym.sdk.request_permission.PermissionLevel" else None

"""When Sym runs a function of an implementation, in words."""

from __future__ import annotations

from symlint.annotations import Final

_STEPS: Final = {
    "prompt": "when somebody opens the form",
    "request": "when somebody asks for access",
    "request_forward": "when a request is forwarded",
    "request_expire": "when a request expires",
    "approve": "when somebody approves",
    "deny": "when somebody denies",
    "escalate": "when access is given",
    "deescalate": "when access ends",
}
_FUNCTIONS: Final = {
    "get_permissions": "at each request",
    "get_request_notifications": "at each request",
    "get_approvers": "at each request",
    "get_flows": "when somebody asks which flows there are",
    "fetch_remote_identity": "when somebody asks for access",
    "escalate": "when access is given",
    "deescalate": "when access ends",
}


def moment(function: str) -> str:
    """When a function runs: "when somebody approves"; of any other function, when it is called."""
    known = _FUNCTIONS.get(function)
    if known is not None:
        return known
    for prefix in ("on_", "after_"):
        step = _STEPS.get(function.removeprefix(prefix))
        if function.startswith(prefix) and step is not None:
            return step
    if function.startswith("on_change_"):
        return "when somebody fills in the form"
    return "when it comes here"

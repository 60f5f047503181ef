"""The names, signatures and models of the SDK: spot checks, and that all of it can be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from symlint.sym.catalogue import load_catalogue
from symlint.sym.catalogue.sdk_api.api import Parameter
from tools import sdk_api as tool

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = load_catalogue()
API = CATALOGUE.sdk_api


def test_every_entry_can_be_read() -> None:
    for name in API.classes:
        assert API.resolve(name) == name
        assert [API.resolve(base) for base in API.classes[name].bases] == [*API.classes[name].bases]
        assert len(API.fields(API.classes[name])) == len(API.classes[name].fields)
    for name in API.functions:
        assert API.resolve(name) == name
        assert all(parameter.name for parameter in API.functions[name].signature.parameters)
    for module, names in API.modules.items():
        assert API.resolve(module) == module
        assert [target for target in names.values() if API.resolve(target) != target] == []


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("sym.sdk", "sym.sdk"),
        ("sym.sdk.User", "sym.sdk.user.User"),
        ("sym.sdk.event.User", "sym.sdk.user.User"),
        ("sym.sdk.okta.is_user_in_group", "sym.sdk.integrations.okta.is_user_in_group"),
        ("sym.sdk.integrations.jira", "sym.sdk.integrations.jira"),
        ("sym.sdk.field_option.FieldOption", "sym.sdk.forms.FieldOption"),
        ("sym.sdk.annotations.reducer", "sym.sdk.annotations.reducer"),
        ("sym.sdk.reducer", "sym.sdk.annotations.reducer"),
        ("sym.sdk.templates.approval.ApprovalTemplate", "sym.sdk.templates.ApprovalTemplate"),
        ("sym.sdk.templates.ApprovalTemplate.ignore", "sym.sdk.templates.Template.ignore"),
        (
            "sym.sdk.templates.ApprovalTemplate.approve",
            "sym.sdk.templates.ApprovalTemplate.approve",
        ),
        ("sym.sdk.PermissionLevel.ADMIN", "sym.sdk.request_permission.PermissionLevel.ADMIN"),
        ("sym.sdk.forms.SymPromptForm.flow_vars", "sym.sdk.forms.SymPromptForm.flow_vars"),
        ("sym.sdk.event.datetime.now", "datetime.datetime.now"),
        ("requests.get", "requests.get"),
        ("sym.sdk.PermissionLevel.MEMBERS", None),
        ("sym.sdk.integrations.okta.group", None),
        ("sym.sdk.integrations.okta.group.members", None),
        ("sym.sdk.integration.okta", None),
        ("sym.annotations", None),
    ],
)
def test_what_a_name_leads_to(name: str, canonical: str | None) -> None:
    assert API.resolve(name) == canonical


def test_signatures() -> None:
    function = API.function("sym.sdk.okta.is_user_in_group")
    assert function is not None
    assert function.signature.parameters == (
        Parameter("user", "either", False, "User"),
        Parameter("group_id", "keyword", False, "str"),
    )
    assert function.signature.returns == "bool"
    fallback = API.functions["sym.sdk.integrations.slack.fallback"].signature
    assert [(it.name, it.kind, it.optional) for it in fallback.parameters] == [
        ("destinations", "*", True),
        ("continue_on_delivery_failure", "keyword", True),
        ("continue_on_timeout", "keyword", True),
    ]
    assert fallback.parameter("destinations") is None
    deny = API.function("sym.sdk.templates.ApprovalTemplate.deny")
    assert deny is not None
    assert (deny.kind, deny.abstract, deny.final) == ("classmethod", True, False)
    assert [it.kind for it in deny.signature.parameters] == ["keyword", "keyword", "**"]
    users = API.functions["sym.sdk.integrations.slack.users_in_channel"].signature
    assert users.returns == "list[User]"
    assert API.functions["sym.sdk.strategies.AccessStrategy.__init__"].final


def test_models_and_enumerations() -> None:
    permission = API.cls("sym.sdk.RequestPermission")
    assert permission is not None
    assert [(it.name, it.kind, it.optional) for it in API.fields(permission)] == [
        ("webapp_view", "keyword", False),
        ("approve_deny", "keyword", False),
        ("allow_self_approval", "keyword", True),
    ]
    channel = API.classes["sym.sdk.request_destination.SlackChannelID"]
    assert [it.name for it in API.fields(channel)] == ["allow_self", "timeout", "channel_id"]
    assert API.derives("sym.sdk.SlackUser", "sym.sdk.request_destination.RequestDestination")
    assert not API.derives("sym.sdk.User", "sym.sdk.request_destination.RequestDestination")
    steps = API.classes["sym.sdk.templates.ApprovalTemplateStep"]
    assert (steps.kind, steps.values["REQUEST_FORWARD"]) == ("enum", "request_forward")
    assert [*steps.values.values()] == list(CATALOGUE.sdk.hook_steps)
    assert API.cls("sym.sdk.okta") is None
    assert API.function("sym.sdk.User") is None


def test_where_names_are_imported_from() -> None:
    assert API.imports["user_ids"] == "sym.sdk.user"
    assert API.imports["hook"] == "sym.sdk.annotations"
    assert API.imports["persist_user_identity"] == "sym.sdk.utils"
    assert API.imports["pagerduty"] == "sym.sdk.integrations"
    for name, module in API.imports.items():
        assert API.resolve(f"{module}.{name}") == f"{module}.{name}"
    two_things = {"sym", "SymIntegrationError"}
    functions_of_integrations = {"is_user_in_group", "channel", "user", "invoke"}
    assert not API.imports.keys() & (two_things | functions_of_integrations)


def test_the_hand_written_facts_agree() -> None:
    sdk = CATALOGUE.sdk
    below = "sym.sdk.integrations."
    assert {it.removeprefix(below) for it in API.modules if it.startswith(below)} == {
        *sdk.integrations
    }
    base = f"{sdk.strategy_class.module}.{sdk.strategy_class.base}"
    functions = {name: it for name, it in API.functions.items() if name.startswith(f"{base}.")}
    assert {it for it in functions if functions[it].final} == {
        f"{base}.{name}" for name in sdk.strategy_class.final
    }
    assert {
        name: ["self", *(parameter.name for parameter in it.signature.parameters)]
        for name, it in functions.items()
        if it.abstract
    } == {f"{base}.{name}": [*names] for name, names in sdk.strategy_class.abstract.items()}


def test_history() -> None:
    history = CATALOGUE.sdk_history
    assert history.source
    assert [name for name in history.came if API.resolve(name) != name] == []
    assert [name for name in history.gone if API.resolve(name) is not None] == []
    assert history.gone_since("sym.sdk.integrations.http.get") == "0.10"
    assert history.gone_since("sym.sdk.integrations.okta") is None


def test_the_file_is_what_the_tool_writes() -> None:
    wheel = os.environ.get("SYM_SDK_WHEEL")
    if wheel is None:
        pytest.skip("SYM_SDK_WHEEL does not name the wheel: pip download --no-deps sym-sdk")
    assert tool.main(["--check", wheel]) == 0


WHEEL = {
    "sym_sdk-1.2.dist-info/METADATA": "",
    "sym/sdk/__init__.py": "import sym\nif getattr(sym, 'x', True):\n    from .shapes import *\n",
    "sym/sdk/shapes/__init__.py": "__all__ = ['Round']\nfrom ._round import Round\n",
    "sym/sdk/shapes/_round.py": (
        "from typing import TYPE_CHECKING, List, Optional\n"
        "from enum import Enum\n"
        "from pydantic import BaseModel, Field\n"
        "if TYPE_CHECKING:\n    from nowhere import X\n"
        "class Base(BaseModel):\n    size: int = Field(gt=1)\n    name: Optional[str]\n"
        "class Round(Base):\n    parts: List['Round'] = []\n"
        "    @classmethod\n    def of(cls, *sizes: int, scale=1, **rest) -> 'Round': ...\n"
        "class Colour(str, Enum):\n    RED = 'red'\n"
    ),
    "sym/sdk/tests/test_shapes.py": "this is not read",
}
WRITTEN = """\
[modules."sym.sdk"]
Round = "sym.sdk.shapes.Round"
shapes = "sym.sdk.shapes"
sym = "sym"

[modules."sym.sdk.shapes"]
Round = "sym.sdk.shapes.Round"
__all__ = "sym.sdk.shapes.__all__"
_round = "sym.sdk.shapes._round"
"""
WRITTEN_CLASSES = """\
[classes."sym.sdk.shapes.Round"]
kind = "model"
bases = ["sym.sdk.shapes._round.Base"]
fields = ["size: int", "name: str | None = ...", "parts: list[Round] = ..."]

[classes."sym.sdk.shapes._round.Colour"]
kind = "enum"
bases = []
values = { RED = "red" }

[functions]
"sym.sdk.shapes.Round.of" = { kind = "classmethod", text = "(*sizes: int, scale = ..., **rest) -> Round" }
"""


def test_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in WHEEL.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(tool, "TARGET", tmp_path / "api.toml")
    assert tool.main(["--check", str(tmp_path)]) == 1
    assert tool.main([str(tmp_path)]) == 0
    written = (tmp_path / "api.toml").read_text(encoding="utf-8")
    assert 'version = "1.2"' in written
    assert WRITTEN in written
    assert WRITTEN_CLASSES in written
    assert "X =" not in written
    assert tool.main([]) == 2

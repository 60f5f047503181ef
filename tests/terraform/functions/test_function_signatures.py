"""The functions are Terraform's, with Terraform's parameters, and cost nothing until called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from symlint.terraform import functions

if TYPE_CHECKING:
    from symlint.terraform.functions.calls import Parameter
    from symlint.terraform.values.types import Type

SIGNATURES: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("signatures.json").read_text("utf-8")
)
CALLED = sorted(SIGNATURES.keys() - set(functions.LAZY_FUNCTIONS))

LOOSER = {
    # Terraform takes any expression here and looks at its value by itself.
    ("templatestring", "template"),
}


def type_json(type_: Type) -> Any:
    if type_.element is not None:
        return [type_.kind, type_json(type_.element)]
    return "dynamic" if type_.kind == "any" else type_.kind


def described(parameter: Parameter) -> dict[str, Any]:
    found = {"name": parameter.name, "type": type_json(parameter.type)}
    return found | {"is_nullable": True} if parameter.nullable else found


def test_there_are_all_functions_of_terraform() -> None:
    assert set(functions.names()) == SIGNATURES.keys()
    assert len(functions.names()) == 118
    assert functions.names() == tuple(sorted(functions.names()))


@pytest.mark.parametrize("name", CALLED)
def test_parameters_are_those_of_terraform(name: str) -> None:
    function = functions.signature(name)
    expected = SIGNATURES[name]
    for ours, theirs in zip(function.parameters, expected.get("parameters", []), strict=True):
        if (name, ours.name) not in LOOSER:
            assert described(ours) == theirs
    variadic = expected.get("variadic_parameter")
    assert (function.variadic and described(function.variadic)) == variadic
    if function.returns.kind not in ("any",) and expected["return_type"] != "dynamic":
        assert type_json(function.returns) == expected["return_type"]


def test_names_may_have_the_core_namespace() -> None:
    assert functions.exists("core::upper")
    assert functions.exists("try")
    assert functions.exists("core::can")
    assert functions.exists("list")  # to say that it was removed
    assert not functions.exists("Upper")
    assert not functions.exists("provider::sym::upper")
    assert not functions.exists("core::core::upper")
    assert "list" not in functions.names()


def test_importing_the_functions_imports_none_of_them() -> None:
    program = (
        "import sys; import symlint.terraform.functions as functions; "
        "functions.exists('md5'); "
        "print(sorted(name for name in sys.modules if name.startswith('symlint.terraform.functions.') "
        "or name in ('hashlib', 'json', 'datetime', 'unicodedata', 'base64')))"
    )
    command = [sys.executable, "-I", "-c", program]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    modules = ("calls", "inspection", "invoke")
    assert shown.strip() == str([f"symlint.terraform.functions.{name}" for name in modules])

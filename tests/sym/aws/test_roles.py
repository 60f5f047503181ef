"""Which role a value denotes, by ARN and by name, and whether two roles are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.transcript import compare_transcript
from support.values import locals_of
from support.writing import write

from symlint.sym.aws.roles.role_by_name import role_by_name
from symlint.sym.aws.roles.runtime import (
    RuntimeRole,
    environments_of,
    is_role_arn,
    role_name,
    role_of_value,
    runtime_role,
    runtimes_of,
    trust_of,
    trusted_roles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.aws.roles.runtime import Trust
    from symlint.sym.model.configuration import SymConfiguration

RUNTIMES = """
variable "unset" {}

module "main" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "staging" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "staging"
}

module "first" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "first"
}

module "some" {
  for_each    = var.unset
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = each.key
}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.main.sym_runtime_connector_role.arn]
}

module "foreign" {
  source = "example/foreign/aws"
}

resource "aws_iam_role" "own" {
  name = "Own"
}

resource "aws_iam_role" "other" {
  name = "Other"
}

resource "aws_iam_role" "twice" {
  count = 2
  name  = "Twice"
}

resource "aws_iam_role" "many" {
  for_each = var.unset
  name     = "Many"
}

data "aws_iam_role" "read" {
  name = "Read"
}

resource "aws_iam_policy" "policy" {
  name = "Policy"
}

resource "sym_runtime" "runtime" {
  name = "main"
}

data "sym_runtime" "runtime" {
  name = "main"
}
"""

VALUES = """
locals {
  whole_module       = module.main
  role_arn           = module.main.sym_runtime_connector_role.arn
  role_name          = module.main.sym_runtime_connector_role.name
  role_id            = module.main.sym_runtime_connector_role.id
  whole_role         = module.main.sym_runtime_connector_role
  role_path          = module.main.sym_runtime_connector_role.path
  no_such_output     = module.main.nothing
  context            = module.main.sym_integration.id
  first_arn          = module.first.settings.role_arn
  first_settings     = module.first.settings
  staging_arn        = module.staging.sym_runtime_connector_role.arn
  staging_name       = module.staging.sym_runtime_connector_role.name
  some_arn           = module.some["a"].sym_runtime_connector_role.arn
  some_other_arn     = module.some[var.unset].sym_runtime_connector_role.arn
  connector          = module.iam
  connector_arn      = module.iam.settings.role_arn
  connector_settings = module.iam.settings
  connector_other    = module.iam.nothing
  foreign            = module.foreign.role_arn
  own_arn            = aws_iam_role.own.arn
  own_name           = aws_iam_role.own.name
  own_id             = aws_iam_role.own.id
  own_path           = aws_iam_role.own.path
  own                = aws_iam_role.own
  own_again          = local.own_arn
  other_arn          = aws_iam_role.other.arn
  twice              = aws_iam_role.twice
  twice_arn          = aws_iam_role.twice[1].arn
  twice_name         = aws_iam_role.twice[0].name
  many_arn           = aws_iam_role.many["a"].arn
  many_other_arn     = aws_iam_role.many[var.unset].arn
  many               = aws_iam_role.many
  data_arn           = data.aws_iam_role.read.arn
  data_name          = data.aws_iam_role.read.name
  policy             = aws_iam_policy.policy.arn
  runtime_id         = sym_runtime.runtime.id
  runtime_name       = sym_runtime.runtime.name
  runtime            = sym_runtime.runtime
  runtime_context    = sym_runtime.runtime.context_id
  runtime_data       = data.sym_runtime.runtime.id
  text_arn           = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"
  text_arn_again     = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"
  text_arn_other     = "arn:aws-cn:iam::111122223333:role/Else"
  text_user          = "arn:aws:iam::111122223333:user/Else"
  text_name          = "SymRuntimeMain"
  text_own           = "Own"
  text_twice         = "Twice"
  text_else          = "Else"
  text_path          = "sym/SymRuntimeStaging"
  text_bad           = "not a name!"
  unknown            = var.unset
  number             = 5
  made_of_arn        = "${aws_iam_role.own.arn}"
  made_of_unique_id  = aws_iam_role.own.unique_id
  of_a_list          = [module.staging.sym_runtime_connector_role.arn][0]
}
"""


def shown_role(role: RuntimeRole | None) -> str:
    return "?" if role is None else role.description


def shown(trust: Trust) -> str:
    read = "" if trust.read is None else f" read {trust.read.text}"
    text = f" text {trust.text}" if trust.text else ""
    return f"  {trust.outcome}: {shown_role(trust.role)}{read}{text} at `{trust.range.text}`"


@pytest.fixture(scope="module")
def sym(tmp_path_factory: pytest.TempPathFactory) -> SymConfiguration:
    """Runtime connectors, roles, and values that are some of their attributes."""
    return configuration(write(tmp_path_factory.mktemp("roles"), {"main.tf": RUNTIMES + VALUES}))


def roles(sym: SymConfiguration) -> dict[str, RuntimeRole]:
    """One role of each kind, and some twice."""
    argument = sym.terraform.root.module.locals["own"].attribute.range
    values = locals_of(sym)
    names = (
        *("role_arn", "staging_arn", "some_arn", "own_arn", "own_again", "other_arn", "twice_arn"),
        *(
            "some_other_arn",
            "many_other_arn",
            "many_arn",
            "data_arn",
            "text_arn",
            "text_arn_again",
            "text_arn_other",
        ),
    )
    found = {name: role_of_value(sym, values[name], argument) for name in names}
    return {name: role for name, role in found.items() if role is not None}


def _compared(one: RuntimeRole, roles: dict[str, RuntimeRole]) -> Iterator[str]:
    answers = {name: one.same_as(other) for name, other in roles.items()}
    same = [it for it in answers if answers[it] is True]
    yield f"  the same role: {' '.join(same) or 'none'}"
    apart = [it for it in answers if answers[it] is False]
    yield f"  another role: {' '.join(apart) or 'none'}"


def test_snapshot_of_roles(sym: SymConfiguration) -> None:
    argument = sym.terraform.root.module.locals["own"].attribute.range
    values = locals_of(sym)
    by_arn = {f"{it} as an ARN": shown(trust_of(sym, values[it], argument)) for it in values}
    by_name = {f"{it} as a name": shown(role_by_name(sym, values[it], argument)) for it in values}
    known = roles(sym)
    same = {f"{name} and others": "\n".join(_compared(it, known)) for name, it in known.items()}
    compare_transcript(__file__, by_arn, by_name, same)


def test_roles_are_the_same_in_both_directions(sym: SymConfiguration) -> None:
    known = roles(sym)
    for one in known.values():
        for other in known.values():
            assert one.same_as(other) is other.same_as(one)


def test_a_role_of_which_nothing_is_known() -> None:
    nothing, arn = RuntimeRole(), RuntimeRole(arn="arn:aws:iam::111122223333:role/Else")
    assert nothing.same_as(nothing) is None
    assert nothing.same_as(arn) is None
    assert arn.same_as(nothing) is None
    assert nothing.description == ""


def test_only_values_that_are_an_arn_of_a_role_are_a_role(sym: SymConfiguration) -> None:
    values = locals_of(sym)
    argument = sym.terraform.root.module.locals["own"].attribute.range
    assert role_of_value(sym, values["role_name"], argument) is None
    assert role_of_value(sym, values["text_user"], argument) is None
    assert role_of_value(sym, values["unknown"], argument) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arn:aws:iam::111122223333:role/Name", True),
        ("arn:aws-us-gov:iam::111122223333:role/sym/Name", True),
        ("arn:aws:iam::111122223333:role/Na:me", True),
        ("arn:aws:iam::111122223333:user/Name", False),
        ("arn:aws:sts::111122223333:role/Name", False),
        ("urn:aws:iam::111122223333:role/Name", False),
        ("arn:aws:iam:111122223333:role/Name", False),
        ("arn:aws:iam", False),
        ("", False),
    ],
)
def test_arns_of_roles(text: str, expected: bool) -> None:
    assert is_role_arn(text) is expected


def test_names_of_the_roles_that_modules_make(sym: SymConfiguration) -> None:
    names = {it.local_name: role_name(it) for it in sym.modules}
    assert names == {
        "module.main": "SymRuntimeMain",
        "module.staging": "SymRuntimeStaging",
        "module.first": "SymRuntimeFirst",
        "module.some": None,
        "module.iam": "SymIAMMain",
    }


CONNECTOR = """
module "{name}" {{
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = {arns}
}}
"""
ONE = RUNTIMES[: RUNTIMES.index('module "staging"')]
ARN = '"arn:aws:iam::111122223333:role/sym/{}"'
TRUSTED: dict[str, tuple[str, str, list[str], list[str]]] = {
    "a module": (
        RUNTIMES,
        "[module.staging.sym_runtime_connector_role.arn, aws_iam_role.own.arn]",
        ["module.staging", "aws_iam_role.own"],
        ["module.staging"],
    ),
    "an ARN with the name of its role": (
        RUNTIMES,
        f"[{ARN.format('SymRuntimeStaging')}]",
        ["arn:aws:iam::111122223333:role/sym/SymRuntimeStaging"],
        ["module.staging"],
    ),
    "an ARN that only ends so": (
        RUNTIMES,
        f"[{ARN.format('MySymRuntimeStaging')}]",
        ["arn:aws:iam::111122223333:role/sym/MySymRuntimeStaging"],
        [],
    ),
    "a resource": (RUNTIMES, "[aws_iam_role.own.arn]", ["aws_iam_role.own"], []),
    "nothing known, of several": (RUNTIMES, "var.unset", [], []),
    "nothing known, of one": (ONE, "var.unset", [], ["module.main"]),
    "an unknown one, of one": (ONE, "[var.unset]", ["?"], ["module.main"]),
    "elements of a list that is not known": (
        RUNTIMES,
        "[for it in var.unset : module.main.sym_runtime_connector_role.arn]",
        ["module.main"],
        ["module.main"],
    ),
    "null": (ONE, "null", [], ["module.main"]),
}


@pytest.mark.parametrize(("text", "arns", "trusted", "runtimes"), TRUSTED.values(), ids=TRUSTED)
def test_what_a_connector_trusts(
    tmp_path: Path, text: str, arns: str, trusted: list[str], runtimes: list[str]
) -> None:
    text += CONNECTOR.format(name="asked", arns=arns)
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (connector,) = (it for it in sym.connectors if it.call.name == "asked")
    assert [shown_role(it.role) for it in trusted_roles(sym, connector)] == trusted
    assert [it.local_name for it in runtimes_of(sym, connector)] == runtimes


def test_a_runtime_trusts_nobody_by_an_input(sym: SymConfiguration) -> None:
    assert all(trusted_roles(sym, it) == () for it in sym.runtime_connectors)


ENVIRONMENTS = """
resource "sym_environment" "{name}" {{
  name       = {text}
  runtime_id = module.{module}.sym_runtime.id
}}
"""


def test_the_environments_of_a_runtime(tmp_path: Path) -> None:
    text = RUNTIMES + "".join(
        ENVIRONMENTS.format(name=name, text=text, module=module)
        for name, text, module in (
            ("a", '"one"', "main"),
            ("b", '"two"', "main"),
            ("c", "var.unset", "main"),
            ("d", '"three"', "staging"),
        )
    )
    sym = configuration(write(tmp_path, {"main.tf": text}))
    names = {it.local_name: environments_of(sym, it) for it in sym.runtime_connectors}
    assert names["module.main"] == {"one", "two"}
    assert names["module.staging"] == {"three"}
    assert names["module.first"] == frozenset()


CONTEXT = """
resource "sym_integration" "context" {{
  type        = "permission_context"
  name        = "context"
  external_id = "111122223333"
  settings    = {settings}
}}

resource "sym_runtime" "asked" {{
  name       = "asked"
  context_id = {context}
}}

resource "sym_environment" "asked" {{
  name       = "asked"
  runtime_id = {runtime}
}}
"""
OWN = "sym_runtime.asked.id"
OF_CONTEXT = "sym_integration.context.id"
ROLES_OF_ENVIRONMENTS = {
    "a runtime of a module": ("module.main.sym_runtime.id", "null", "{}", "module.main"),
    "a context of a module": (OWN, "module.staging.sym_integration.id", "{}", "module.staging"),
    "settings of a module": (OWN, OF_CONTEXT, "module.first.settings", "module.first"),
    "settings of a connector": (OWN, OF_CONTEXT, "module.iam.settings", "?"),
    "a resource": (OWN, OF_CONTEXT, "{ role_arn = aws_iam_role.own.arn }", "aws_iam_role.own"),
    "the name of a resource": (OWN, OF_CONTEXT, "{ role_arn = aws_iam_role.own.name }", "?"),
    "an ARN": (
        OWN,
        OF_CONTEXT,
        f"{{ role_arn = {ARN.format('Mine')} }}",
        "arn:aws:iam::111122223333:role/sym/Mine",
    ),
    "no role": (OWN, OF_CONTEXT, '{ cloud = "aws" }', "?"),
    "settings that are not known": (OWN, OF_CONTEXT, "var.unset", "?"),
    "a context that is not known": (OWN, "var.unset", "{}", "?"),
    "a runtime that is not known": ("var.unset", OF_CONTEXT, "module.first.settings", "?"),
    "a context of a connector": (OWN, "module.iam.settings.role_arn", "{}", "?"),
}


@pytest.mark.parametrize(
    ("runtime", "context", "settings", "expected"),
    ROLES_OF_ENVIRONMENTS.values(),
    ids=ROLES_OF_ENVIRONMENTS,
)
def test_the_role_of_an_environment(
    tmp_path: Path, runtime: str, context: str, settings: str, expected: str
) -> None:
    text = RUNTIMES + CONTEXT.format(runtime=runtime, context=context, settings=settings)
    (environment,) = configuration(write(tmp_path, {"main.tf": text})).environments
    assert shown_role(runtime_role(environment)) == expected

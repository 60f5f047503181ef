"""Which policies let the role of a runtime use secrets: of addons, of resources, its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.aws.policies import Policies
from symlint.sym.aws.roles.runtime import RuntimeRole
from symlint.sym.aws.roles.uses import unexplained_use
from symlint.sym.aws.tag_conditions import compare_tag, compare_value
from symlint.sym.intent.connectors.addons import (
    has_addons,
    idle_addons,
    misplaced_addon,
    runtime_in_need,
)
from symlint.terraform.values.value import string

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.aws.policies import AddonPolicy
    from symlint.sym.model.configuration import SymConfiguration

ADDON = "secretsmgr-addon"


def runtime(name: str, more: str = "", version: str = "~> 2.0") -> str:
    return (
        f'module "{name}" {{\n  source = "symopsio/runtime-connector/aws"\n'
        f'  version = "{version}"\n  environment = "{name}"\n{more}}}\n'
    )


def addon(more: str = "", environment: str = '"main"', name: str = "addon") -> str:
    return (
        f'module "{name}" {{\n  source = "symopsio/{ADDON}/aws"\n'
        f'  version = "~> 1.1"\n  environment = {environment}\n{more}}}\n'
    )


UNSET = 'variable "unset" {}\n'
NAME = "module.main.sym_runtime_connector_role.name"
STAGING = "module.staging.sym_runtime_connector_role.name"
ON_MAIN = f"  iam_role_name = {NAME}\n"
ON_STAGING = f"  iam_role_name = {STAGING}\n"
MAIN = UNSET + runtime("main")
TWO = MAIN + runtime("staging")
OPENS = 'jsonencode({ Statement = [{ Action = "secretsmanager:*" }] })'
CLOSES = 'jsonencode({ Statement = [{ Action = "s3:*" }] })'


def attachment(role: str, policy: str, name: str = "this") -> str:
    return (
        f'resource "aws_iam_role_policy_attachment" "{name}" {{\n'
        f"  role = {role}\n  policy_arn = {policy}\n}}\n"
    )


def inline(role: str, policy: str) -> str:
    return f'resource "aws_iam_role_policy" "this" {{\n  role = {role}\n  policy = {policy}\n}}\n'


def own(more: str = "", name: str = "own") -> str:
    return f'resource "aws_iam_role" "{name}" {{\n  name = "{name}"\n{more}}}\n'


def first(more: str) -> str:
    return UNSET + runtime("first", more, "~> 1.0")


CASES = {
    "no addon": MAIN,
    "an addon of the role": MAIN + addon(ON_MAIN),
    "an addon of another role": TWO + addon(ON_STAGING),
    "an addon of another role, of this environment": TWO + addon(ON_STAGING, '"main"'),
    "an addon of another role, of that environment": TWO + addon(ON_STAGING, '"staging"'),
    "two addons of another role": TWO
    + addon(ON_STAGING, '"main"')
    + addon(ON_STAGING, '"main"', "again"),
    "two addons, each with its role": TWO + addon(ON_STAGING, '"staging"', "one") + addon(ON_MAIN),
    "an addon of no role": MAIN + addon(),
    "an addon of an empty name": MAIN + addon('  iam_role_name = ""\n'),
    "an addon of null": MAIN + addon("  iam_role_name = null\n"),
    "an addon of a name that is not known": MAIN + addon("  iam_role_name = var.unset\n"),
    "an addon of a name elsewhere": MAIN + addon('  iam_role_name = "Elsewhere"\n'),
    "an addon of the name in words": MAIN + addon('  iam_role_name = "SymRuntimeMain"\n'),
    "an addon with errors": MAIN + addon("  iam_role = = 1\n"),
    "an addon that is used": MAIN + addon() + "output x {\n  value = module.addon.policy_arn\n}\n",
    "an addon that is attached": MAIN + addon() + attachment(NAME, "module.addon.policy_arn"),
    "an addon that is attached to another": TWO
    + addon()
    + attachment(STAGING, "module.addon.policy_arn"),
    "an addon that is attached to what is not known": MAIN
    + addon()
    + attachment("var.unset", "module.addon.policy_arn"),
    "attached to several": TWO
    + addon()
    + 'resource "aws_iam_policy_attachment" "this" {\n  name = "x"\n'
    + f"  roles = [{STAGING}, {NAME}]\n  policy_arn = module.addon.policy_arn\n}}\n",
    "attached among several": TWO
    + addon()
    + 'resource "aws_iam_role_policy_attachments_exclusive" "this" {\n'
    + f"  role_name = {NAME}\n  policy_arns = [var.unset, module.addon.policy_arn]\n}}\n",
    "an attachment without a role": MAIN
    + addon()
    + 'resource "aws_iam_role_policy_attachment" "this" {\n'
    + "  policy_arn = module.addon.policy_arn\n}\n",
    "an attachment without a policy": MAIN
    + f'resource "aws_iam_role_policy_attachment" "this" {{\n  role = {NAME}\n}}\n',
    "another policy that may": MAIN + attachment(NAME, "var.unset"),
    "another policy that may, of another role": TWO + attachment(STAGING, "var.unset"),
    "another policy that may, of a role not known": MAIN + attachment("var.unset", "var.unset"),
    "an inline policy that does": MAIN + inline(NAME, OPENS),
    "an inline policy that does not": MAIN + inline(NAME, CLOSES),
    "several addons, the second serves": TWO
    + addon(ON_STAGING, '"staging"', "one")
    + addon(ON_MAIN),
    "one that serves and one that may": MAIN
    + addon("  iam_role_name = var.unset\n", name="maybe")
    + addon(ON_MAIN),
    "version 1": first(""),
    "version 1 with the addon": first('  addons = ["aws/secretsmgr"]\n'),
    "version 1 with another one": first('  addons = ["aws/kinesis-firehose"]\n'),
    "version 1 with none": first("  addons = []\n"),
    "version 1 with null": first("  addons = null\n"),
    "version 1 with some": first("  addons = var.unset\n"),
    "version 1 with one that is not known": first('  addons = ["aws/x", var.unset]\n'),
    "version 1 with the addon and one not known": first(
        '  addons = [var.unset, "aws/secretsmgr"]\n'
    ),
    "version 1 with parameters": first(
        '  addons = ["aws/secretsmgr"]\n  addon_params = {\n'
        '    "aws/secretsmgr" = { tag_name = "Sym", tag_value = "yes" }\n  }\n'
    ),
    "version 1 with parameters not known": first(
        '  addons = ["aws/secretsmgr"]\n  addon_params = {\n    "aws/secretsmgr" = var.unset\n  }\n'
    ),
    "version 1 with a policy": first("  policy_arns = { own = module.addon.policy_arn }\n")
    + addon(),
    "version 1 with a policy that may": first("  policy_arns = { own = var.unset }\n"),
    "version 1 with a policy that does not": first(
        "  policy_arns = { own = aws_iam_policy.p.arn }\n"
    )
    + f'resource "aws_iam_policy" "p" {{\n  policy = {CLOSES}\n}}\n',
    "version 1 with a second policy that does": first(
        "  policy_arns = { a = aws_iam_policy.p.arn, b = aws_iam_policy.q.arn }\n"
    )
    + f'resource "aws_iam_policy" "p" {{\n  policy = {CLOSES}\n}}\n'
    + f'resource "aws_iam_policy" "q" {{\n  policy = {OPENS}\n}}\n',
    "version 1 with policies not known": first("  policy_arns = var.unset\n"),
    "version 1 with no policies": first("  policy_arns = {}\n"),
    "a runtime with errors": UNSET + runtime("main", "  x = = 1\n"),
    "several runtimes of one block": UNSET + runtime("main", "  for_each = var.unset\n"),
    "a role": UNSET + own(),
    "a role with policies": UNSET
    + own("  managed_policy_arns = [aws_iam_policy.p.arn]\n")
    + f'resource "aws_iam_policy" "p" {{\n  policy = {OPENS}\n}}\n',
    "a role with policies that do not": UNSET
    + own("  managed_policy_arns = [aws_iam_policy.p.arn]\n")
    + f'resource "aws_iam_policy" "p" {{\n  policy = {CLOSES}\n}}\n',
    "a role with null": UNSET + own("  managed_policy_arns = null\n"),
    "a role with policies not known": UNSET + own("  managed_policy_arns = var.unset\n"),
    "a role with an inline policy": own(f"  inline_policy {{\n    policy = {OPENS}\n  }}\n"),
    "a role with one that does not": own(f"  inline_policy {{\n    policy = {CLOSES}\n  }}\n"),
    "a role with an empty one": own("  inline_policy {\n  }\n"),
    "a role with errors": own("  x = = 1\n"),
    "several roles of one block": UNSET + own("  for_each = var.unset\n"),
    "a role that is only read": own().replace("resource", "data"),
    "a role with an addon": own() + addon("  iam_role_name = aws_iam_role.own.name\n"),
    "a role that is passed on": own() + "output x {\n  value = aws_iam_role.own.name\n}\n",
    "a role that something uses": own()
    + 'resource "aws_else" "x" {\n  role = aws_iam_role.own.name\n}\n',
    "a role that another one trusts": own()
    + own("  assume_role_policy = aws_iam_role.own.arn\n", "another"),
    "a role that a runtime of Sym's has": own()
    + 'resource "sym_integration" "x" {\n  settings = { role_arn = aws_iam_role.own.arn }\n}\n',
    "a role in a document": own()
    + 'data "aws_iam_policy_document" "x" {\n  statement {\n'
    + "    resources = [aws_iam_role.own.arn]\n  }\n}\n",
    "a role in a document that something uses": own()
    + 'data "aws_iam_policy_document" "x" {\n  statement {\n'
    + "    resources = [aws_iam_role.own.arn]\n  }\n}\n"
    + 'resource "aws_else" "x" {\n  p = data.aws_iam_policy_document.x.json\n}\n',
    "a runtime's role that something uses": MAIN
    + f'resource "aws_else" "x" {{\n  role = {NAME}\n}}\n',
    "a runtime's integration that something uses": MAIN
    + 'resource "aws_else" "x" {\n  role = module.main.sym_integration.id\n}\n',
    "a runtime's settings that something uses": MAIN
    + 'resource "aws_else" "x" {\n  role = module.main.sym_integration.settings.role_arn\n}\n',
    "a runtime's account that something uses": MAIN
    + 'resource "aws_else" "x" {\n  role = module.main.sym_integration.settings.account_id\n}\n',
    "a whole runtime that something uses": MAIN
    + 'resource "aws_else" "x" {\n  role = module.main\n}\n',
    "a connector that uses a runtime's role": MAIN
    + 'module "iam" {\n  source = "symopsio/iam-connector/aws"\n  version = "~> 2.0"\n'
    + '  environment = "main"\n  runtime_role_arns = [module.main.sym_runtime_connector_role.arn]\n}\n',
}


def role_asked(sym: SymConfiguration) -> RuntimeRole:
    """The role of the first runtime connector, or the role that is declared."""
    if sym.runtime_connectors:
        return RuntimeRole(sym.runtime_connectors[0])
    root = sym.terraform.root
    return RuntimeRole(resource=(*root.resources("aws_iam_role"), *root.data_sources())[0].address)


def said(sym: SymConfiguration) -> Iterator[str]:
    """What is known of a role's access, and of each policy."""
    role = role_asked(sym)
    policies = sym.once(Policies)
    access = policies.access(role, ADDON)
    serving = " ".join(it.module.local_name for it in access.policies)
    yield " ".join(filter(None, (f"  {access.answer}", serving, access.reason)))
    yield f"  any action: {policies.other_access(role, None)}"
    for policy in policies.of_addon(ADDON):
        attached = ", ".join(
            f"{'?' if it.role is None else it.role.description} at `{it.range.text}`"
            for it in policy.attached
        )
        known = "all known" if policy.complete else "maybe more"
        yield f"  {policy.module.local_name} serves {policy.serves(role)}, {known}: {attached}"
        yield f"    {_input(policy, 'tag_name')}, {_input(policy, 'environment')}"
    misplaced = misplaced_addon(sym, role, sym.catalogue.modules[ADDON])
    if misplaced is not None:
        yield f"  misplaced: {misplaced.module.local_name}"
    for policy in idle_addons(sym, ADDON):
        yield f"  idle: {policy.module.local_name}"


def _input(policy: AddonPolicy, name: str) -> str:
    given = policy.input(name)
    return f"{name} {given.value.string} at `{given.range.text}`"


def test_snapshot_of_access(tmp_path: Path) -> None:
    texts = {}
    for number, (name, text) in enumerate(CASES.items()):
        sym = configuration(write(tmp_path / str(number), {"main.tf": text}))
        texts[name] = "\n".join(said(sym))
    compare_transcript(__file__, texts)


USES = (
    'resource "aws_else" "x" {\n  role = aws_iam_role.own.name\n}\n',
    'resource "sym_integration" "x" {\n  settings = { role_arn = aws_iam_role.own.arn }\n}\n',
    addon("  iam_role_name = aws_iam_role.own.name\n"),
    own("  assume_role_policy = aws_iam_role.own.arn\n", "another"),
    attachment("aws_iam_role.own.name", CLOSES),
)


@pytest.mark.parametrize("first", range(len(USES)))
def test_one_use_of_a_role_among_others(tmp_path: Path, first: int) -> None:
    text = own() + "".join((*USES[first:], *USES[:first]))
    sym = configuration(write(tmp_path / "all", {"main.tf": text}))
    role = RuntimeRole(resource=sym.terraform.root.resources("aws_iam_role")[0].address)
    assert unexplained_use(sym, role) == "aws_else.x uses its role"
    sym = configuration(write(tmp_path / "others", {"main.tf": text.replace(USES[0], "")}))
    assert unexplained_use(sym, role) is None


@pytest.mark.parametrize(
    ("more", "environment", "name", "answer", "reason"),
    [
        ("", '"main"', "SymEnv", True, ""),
        ("", '"else"', "SymEnv", False, ""),
        ("", '"main"', "symenv", False, ""),
        ("", "var.unset", "SymEnv", None, "one of the two is not known"),
        ("  tag_name = var.unset\n", '"main"', "SymEnv", None, "its tag is not known"),
        ("", "null", "SymEnv", None, "its tag is not known"),
    ],
)
def test_whether_a_tag_has_the_value_that_an_addon_wants(
    tmp_path: Path, more: str, environment: str, name: str, answer: bool | None, reason: str
) -> None:
    text = UNSET + addon(more, environment)
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (policy,) = sym.once(Policies).of_addon(ADDON)
    found = compare_value(policy, name, string("main"))
    assert (found.answer, found.name) == (answer, name)
    assert found.given is not None
    assert found.given.string == "main"
    assert answer is not None or found.reason == reason


def test_the_use_of_a_role_elsewhere(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, {"main.tf": MAIN}))
    role = RuntimeRole(arn="arn:aws:iam::111122223333:role/x")
    assert unexplained_use(sym, role) == "the role is managed elsewhere"
    assert sym.once(Policies).access(role, ADDON) == (None, (), "the role is managed elsewhere")
    assert misplaced_addon(sym, role, sym.catalogue.modules[ADDON]) is None


def test_an_addon_without_tags(tmp_path: Path) -> None:
    text = MAIN + addon(ON_MAIN).replace(ADDON, "kinesis-data-stream-addon")
    text += 'resource "aws_kinesis_stream" "stream" {\n  name = "stream"\n}\n'
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (policy,) = sym.once(Policies).of_addon("kinesis-data-stream-addon")
    (stream,) = sym.terraform.root.resources("aws_kinesis_stream")
    assert compare_tag(sym, stream, policy) is None


def test_what_no_addon_opens(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, {"main.tf": MAIN}))
    role = role_asked(sym)
    for name in ("iam-connector", "nothing"):
        assert sym.once(Policies).of_addon(name) == ()
        access = sym.once(Policies).access(role, name)
        assert access == (None, (), "symlint does not know what opens it")


@pytest.mark.parametrize(
    ("text", "needed"),
    [(MAIN, "main"), (TWO, None), (UNSET, None)],
)
def test_the_runtime_that_needs_an_addon(tmp_path: Path, text: str, needed: str | None) -> None:
    sym = configuration(write(tmp_path, {"main.tf": text}))
    found = runtime_in_need(sym, None)
    assert (None if found is None else found.call.name) == needed
    assert runtime_in_need(sym, RuntimeRole(arn="arn:aws:iam::1:role/x")) is None
    for it in sym.runtime_connectors:
        assert runtime_in_need(sym, RuntimeRole(it)) is it


def test_which_runtimes_have_addons_themselves(tmp_path: Path) -> None:
    text = MAIN + first("") + runtime("no", version="~> 9.0") + runtime("any", version=">= 1.0")
    text = text.replace(UNSET, "")
    sym = configuration(write(tmp_path, {"main.tf": text}))
    having = {it.call.name: has_addons(it) for it in sym.runtime_connectors}
    assert having == {"main": False, "first": True, "no": False, "any": False}

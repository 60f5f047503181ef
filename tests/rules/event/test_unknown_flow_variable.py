"""SYM609: variables that the code of a flow reads, and the flow does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM609")
VARS = '  vars = { channel = "#access", mode = "fast" }\n'


def found_in(root: Path, code: str, vars_: str = VARS, more: str = "") -> list[Finding]:
    return findings(write(root, flow_with(code, vars_, more)), RULE)


# --- what is found --------------------------------------------------------------------------------

WRONG = {
    "item": "event.flow.vars[KEY]",
    "alias": "names = event.flow.vars\n    names[KEY]",
    "alias of the flow": "flow = event.flow\n    flow.vars[KEY]",
    "f-string": "f'{event.flow.vars[KEY]}!'",
    "under a test of something else": "if event.user.email:\n        event.flow.vars[KEY]",
    "under a test that holds": 'if event.flow.vars["mode"] == "fast":\n        event.flow.vars[KEY]',
    "under a test of the target": 'if event.payload.fields["target"].name == "a":\n        event.flow.vars[KEY]',
    "asked of the SDK": 'if okta.is_user_in_group(event.user, group_id=event.flow.vars["channel"]):\n'
    "        event.flow.vars[KEY]",
    "after another test": 'if event.flow.vars.get("mode") is None:\n        return None\n    event.flow.vars[KEY]',
    "in a loop": "for user in users:\n        event.flow.vars[KEY]",
    "another error is caught": "try:\n        event.flow.vars[KEY]\n    except ValueError:\n        pass",
    "the key of another one": 'if "mode" in event.flow.vars:\n        event.flow.vars[KEY]',
    "a lambda": "later = lambda: event.flow.vars[KEY]",
    "twice the same": "event.flow.vars[KEY] if True else 1",
}  # fmt: skip  # a case a line


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_a_key_that_is_missing(tmp_path: Path, body: str) -> None:
    body = body.replace("KEY", '"chanel"')
    (found,) = found_in(tmp_path, f"@hook\ndef on_request(event):\n    {body}\n")
    assert (found.severity, found.title) == ("error", 'flow has no variable "chanel"')
    assert (found.range.text, found.range.path) == ('"chanel"', str(tmp_path / "impl.py"))
    assert (found.function, found.help) == ("on_request", "did you mean channel?")
    assert found.related[0].range.text == "channel"
    assert found.why == "The code raises KeyError when somebody asks for access."


def test_a_helper_that_is_called_with_the_event(tmp_path: Path) -> None:
    code = """
def channel_of(evt):
    return evt.flow.vars["other"]

@hook
def on_deny(event):
    channel_of(event)
"""
    (found,) = found_in(tmp_path, code)
    assert (found.function, found.range.text) == ("channel_of", '"other"')
    assert found.help == "add other to the vars of sym_flow.iam"
    assert found.related[0].label == "the variables of sym_flow.iam: channel, mode"
    assert found.related[0].range.text == "vars"


def test_a_flow_without_variables(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, '@hook\ndef on_deny(e):\n    e.flow.vars["a"]\n', "")
    assert found.related[0].range.text == 'resource "sym_flow" "iam"'
    assert found.help == 'write vars = { a = "..." } in sym_flow.iam'


def test_a_name_that_terraform_needs_quotes_for(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, '@hook\ndef on_deny(e):\n    e.flow.vars["#a"]\n', "")
    assert found.title == 'flow has no variable "#a"'
    assert found.help == 'write vars = { "#a" = "..." } in sym_flow.iam'


def test_get_is_a_note(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, '@hook\ndef on_deny(e):\n    e.flow.vars.get("chanel", "#x")\n')
    assert found.severity == "note"
    (found,) = found_in(tmp_path, '@hook\ndef on_deny(e):\n    x = e.flow.vars.get("other")\n')
    assert found.severity == "note"
    assert found.why == "The code gets None when somebody denies: the flow has no such variable."


ON_CHANGE = """
    prompt_field {
      name      = "team"
      type      = "string"
      on_change = <<-EOT
        def on_change_team(username, form):
            form.flow_vars["chanel"]
            return form
      EOT
    }
"""


def test_the_code_of_a_prompt_field(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "", VARS, ON_CHANGE)
    assert found.range.text == '"chanel"'
    assert found.range.path.endswith("main.tf")
    assert found.function == "on_change_team"


FILTER = """
resource "sym_flows_filter" "all" {
  implementation = file("${path.module}/filter.py")
  vars = {
    thresholds = "3"
  }
}
"""


def test_the_code_of_a_flows_filter(tmp_path: Path) -> None:
    code = (
        "from sym.sdk.annotations import reducer\n\n\n@reducer\n"
        'def get_flows(user, flows, given):\n    return flows[: int(given["threshold"])]\n'
    )
    (found,) = findings(write(tmp_path, {"main.tf": FILTER, "filter.py": code}), RULE)
    assert found.title == 'flows filter has no variable "threshold"'
    assert (found.range.text, found.related[0].range.text) == ('"threshold"', "thresholds")


CALLER = """
module "flow" {
  source = "./flow"
  names = {
    chanel = "#access"
  }
}
"""
CALLED = """
variable "names" { type = map(string) }
locals { all = merge(var.names, { mode = "fast" }) }
"""


def test_a_map_that_comes_through_a_module(tmp_path: Path) -> None:
    code = '@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n'
    files = flow_with(code, "  vars = var.names\n")
    files = {f"flow/{name}": text for name, text in files.items()}
    files["flow/variables.tf"] = 'variable "names" { type = map(string) }\n'
    (found,) = findings(write(tmp_path, {**files, "main.tf": CALLER}), RULE)
    assert found.related[0].range.path == str(tmp_path / "main.tf")
    assert found.related[0].range.text == "chanel"
    assert [str(hop.reference) for hop in found.path] == ["module.flow.var.names"]
    files["flow/variables.tf"] = CALLED
    files["flow/main.tf"] = files["flow/main.tf"].replace("var.names", "local.all")
    (found,) = findings(write(tmp_path, {**files, "main.tf": CALLER}), RULE)
    assert found.related[0].range.text == "chanel"


def test_variable_files_are_looked_at_one_after_the_other(tmp_path: Path) -> None:
    code = '@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n'
    files = flow_with(code, "  vars = var.names\n")
    files["variables.tf"] = 'variable "names" { type = map(string) }\n'
    files["prod.tfvars"] = 'names = {\n  channel = "#prod"\n}\n'
    files["test.tfvars"] = 'names = {\n  chanel = "#test"\n}\n'
    files[".symlint.toml"] = 'variable-files = ["prod.tfvars", "test.tfvars"]\n'
    report = lint([str(write(tmp_path, files))], Options(select=("SYM609",)))
    (found,) = report.findings
    assert found.variable_files == ("test.tfvars",)
    assert found.related[0].range.path == str(tmp_path / "test.tfvars")
    assert found.related[0].range.text == '"#test"'


def test_only_the_flow_that_lacks_it(tmp_path: Path) -> None:
    code = '@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n'
    files = flow_with(code, VARS)
    other = files["main.tf"].partition('resource "sym_flow"')
    second = "".join(other[1:]).replace('"iam"', '"other"').replace(VARS, '  vars = { a = "" }\n')
    files["main.tf"] += second
    (found,) = findings(write(tmp_path, files), RULE)
    assert found.address == "sym_flow.other"


def test_several_flows_that_lack_it_are_one_finding(tmp_path: Path) -> None:
    code = '@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n'
    files = flow_with(code, "")
    flow = "".join(files["main.tf"].partition('resource "sym_flow"')[1:])
    files["main.tf"] += flow.replace('"iam"', '"second"') + flow.replace('"iam"', '"third"')
    report = lint([str(write(tmp_path, files))], Options(select=("SYM609",)))
    (found,) = report.findings
    assert (found.address, found.more_instances, found.more_of) == ("sym_flow.iam", 2, "flow")


EACH = """  for_each = { a = { channel = "#a" }, b = { canal = "#b" } }
  vars = each.value
"""


def test_for_each(tmp_path: Path) -> None:
    code = '@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n'
    (found,) = found_in(tmp_path, code, EACH)
    assert found.address == 'sym_flow.iam["b"]'
    assert found.related[0].label == "the variables of sym_flow.iam: canal"


# --- what is right ---------------------------------------------------------------------------------

RIGHT = {
    "there": 'event.flow.vars["channel"]',
    "tested": 'if "other" in event.flow.vars:\n        event.flow.vars["other"]',
    "tested with keys": 'if "other" in event.flow.vars.keys():\n        event.flow.vars["other"]',
    "tested the other way": 'if "other" not in event.flow.vars:\n        return None\n    event.flow.vars["other"]',
    "tested with get": 'if event.flow.vars.get("other", ""):\n        event.flow.vars["other"]',
    "tested under a name": 'has = "other" in event.flow.vars\n    if has:\n        event.flow.vars["other"]',
    "tested in a line": 'x = event.flow.vars["other"] if "other" in event.flow.vars else None',
    "tested with and": '"other" in event.flow.vars and event.flow.vars["other"]',
    "of another flow": 'if event.flow.vars["mode"] == "slow":\n        event.flow.vars["other"]',
    "of another flow, by its name": 'if event.flow.name == "x":\n        event.flow.vars["other"]',
    "of another flow, in lower case": 'if event.flow.vars["mode"].lower() == "slow":\n        event.flow.vars["other"]',
    "of another flow, by a helper": 'if is_other(event):\n        event.flow.vars["other"]',
    "of another flow, by match": 'match event.flow.name:\n        case "x":\n            event.flow.vars["other"]',
    "caught": 'try:\n        event.flow.vars["other"]\n    except KeyError:\n        pass',
    "caught before": 'try:\n        x = event.flow.vars["other"]\n    except KeyError:\n        x = 1\n    else:\n        x = event.flow.vars["other"]',
    "added": 'event.flow.vars.setdefault("other", 1)\n    event.flow.vars["other"]',
    "assigned": 'event.flow.vars["other"] = 1\n    event.flow.vars["other"]',
    "caught by all": 'try:\n        event.flow.vars["other"]\n    except:\n        pass',
    "get with a default": 'event.flow.vars.get("other", "#general")',
    "get and a test": 'x = event.flow.vars.get("other")\n    if x:\n        return x',
    "get and a test of its own": 'if event.flow.vars.get("other") is None:\n        return None',
    "get and a conditional": 'x = event.flow.vars.get("other")\n    y = x if x is not None else "#a"',
    "get and a walrus": 'if x := event.flow.vars.get("other"):\n        return x',
    "get or": 'event.flow.vars.get("other") or "#general"',
    "computed": 'event.flow.vars["ot" + "her"]',
    "over all keys": "for key in event.flow.vars:\n        event.flow.vars[key]",
    "reassigned": 'names = event.flow.vars\n    names = {"other": 1}\n    names["other"]',
    "something else": 'event.user.vars["other"]',
    "shadowed": 'for event in events:\n        event.flow.vars["other"]',
    "copied": 'names = {**event.flow.vars, "other": 1}\n    names["other"]',
    "a default argument": 'dict(event.flow.vars)["channel"]',
}  # fmt: skip  # a case a line


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, body: str) -> None:
    helper = 'def is_other(event):\n    return event.flow.name == "other"\n'
    code = f"{helper}@hook\ndef on_request(event):\n    {body}\n"
    assert not found_in(tmp_path, code)


def test_a_hook_that_may_never_run(tmp_path: Path) -> None:
    code = '@hook\ndef after_escalate(event):\n    event.flow.vars["other"]\n'
    assert not found_in(tmp_path, code)
    assert len(undecided(tmp_path, RULE)) == 1


def test_an_optional_variable_of_some_flows(tmp_path: Path) -> None:
    files = flow_with('@hook\ndef on_deny(e):\n    e.flow.vars.get("channel")\n', VARS)
    other = files["main.tf"].partition('resource "sym_flow"')
    files["main.tf"] += "".join(other[1:]).replace('"iam"', '"other"').replace(VARS, "")
    assert not findings(write(tmp_path, files), RULE)


UNKNOWN = {
    "a variable": '  vars = var.names\n}\nvariable "names" {\n',
    "empty by default": '  vars = var.names\n}\nvariable "names" {\n  default = {}\n',
    "merged with one that is empty by default": '  vars = merge({ a = "" }, var.names)\n}\n'
    'variable "names" {\n  default = {}\n',
    "with optional parts": "  vars = { for k, v in var.names : k => v if v != null }\n}\n"
    'variable "names" {\n  type = object({ channel = optional(string) })\n  default = {}\n',
    "merged": '  vars = merge({ a = "" }, var.names)\n}\nvariable "names" {\n',
    "there under a condition": '  vars = var.on ? { channel = 1 } : {}\n}\nvariable "on" {\n',
}


@pytest.mark.parametrize("rest", UNKNOWN.values(), ids=UNKNOWN)
def test_maps_that_are_not_known(tmp_path: Path, rest: str) -> None:
    files = flow_with('@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n', "")
    main = files["main.tf"]
    files["main.tf"] = main.replace("  params {\n", "").replace("  }\n}\n", rest + "}\n")
    root = write(tmp_path, files)
    assert not findings(root, RULE)
    assert len(undecided(root, RULE)) == 1


def test_a_map_that_lacks_it_under_any_condition(tmp_path: Path) -> None:
    vars_ = "  vars = var.on ? { a = 1 } : { b = 1 }\n"
    files = flow_with('@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n', vars_)
    files["main.tf"] += 'variable "on" {}\n'
    assert len(findings(write(tmp_path, files), RULE)) == 1


def test_values_need_not_be_known(tmp_path: Path) -> None:
    vars_ = "  vars = { channel = var.on }\n"
    files = flow_with('@hook\ndef on_deny(e):\n    e.flow.vars["chanel"]\n', vars_)
    files["main.tf"] += 'variable "on" {}\n'
    assert len(findings(write(tmp_path, files), RULE)) == 1

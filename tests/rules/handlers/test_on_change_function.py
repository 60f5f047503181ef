"""SYM608: the function that answers a change of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.code.marked import MARK, repaired
from support.writing import write

from symlint.rules._python_examples import FLOW, with_only
from symlint.rules.handlers.on_change_function import OnChangeFunction

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM608")
EXAMPLE = dict(OnChangeFunction.good)
HEAD = "def on_change_urgency(username, form):\n"

WRONG = {
    "no function": ("«»x = 1\n", "the code of on_change has no function on_change_urgency"),
    "that of another field": (
        "def «on_change_priority»(u, f):\n    return f\n",
        "the code of on_change has no function on_change_urgency",
    ),
    "a misspelled one": (
        "def «onchange_urgency»(u, f):\n    return f\n",
        "the code of on_change has no function on_change_urgency",
    ),
    "only the one of another field of the flow": (
        "«»def on_change_incident(u, f):\n    return f\n",
        "the code of on_change has no function on_change_urgency",
    ),
    "in a class": (
        "«»class A:\n    def on_change_urgency(self, u, f): return f\n",
        "the code of on_change has no function on_change_urgency",
    ),
    "one parameter": (
        "def «on_change_urgency»(form):\n    return form\n",
        "on_change_urgency does not take what Sym gives it",
    ),
    "three": (
        "def «on_change_urgency»(event, user, form):\n    return form\n",
        "on_change_urgency does not take what Sym gives it",
    ),
    "async": (
        "async def «on_change_urgency»(username, form):\n    return form\n",
        "on_change_urgency is asynchronous",
    ),
    "nothing returned": (
        "def «on_change_urgency»(username, form):\n    form.fields['incident'].visible = True\n",
        "on_change_urgency does not return the form",
    ),
    "None returned": (
        f"{HEAD}    print(username)\n    «return None»\n",
        "on_change_urgency does not return the form",
    ),
    "a field of it": (
        f"{HEAD}    field = form.fields['incident']\n    «return field»\n",
        "on_change_urgency does not return the form",
    ),
    "the fields": (
        f"{HEAD}    «return form.fields»\n",
        "on_change_urgency does not return the form",
    ),
    "the user": (
        f"{HEAD}    if username:\n        return form\n    «return username»\n",
        "on_change_urgency does not return the form",
    ),
    "True": (f"{HEAD}    «return True»\n", "on_change_urgency does not return the form"),
    "nothing on one way": (
        f"{HEAD}    if username:\n        «return»\n    return form\n",
        "on_change_urgency does not return the form on each way",
    ),
    "a way that ends": (
        "def «on_change_urgency»(username, form):\n    if username:\n        return form\n",
        "on_change_urgency does not return the form on each way",
    ),
    "a field that another test says is there": (
        f"{HEAD}    if 'incident' in form.fields:\n        form.fields[«'ticket'»].value = 1\n"
        "    return form\n",
        'the form has no field "ticket"',
    ),
    "a field": (
        f"{HEAD}    form.fields[«'incidents'»].visible = True\n    return form\n",
        'the form has no field "incidents"',
    ),
    "a field by get": (
        f"{HEAD}    form.fields.get(«'ticket'»).visible = True\n    return form\n",
        'the form has no field "ticket"',
    ),
    "a field by another name": (
        f"{HEAD}    fs = form.fields\n    x = fs[«'ticket'»]\n    x.visible = True\n    return form\n",
        'the form has no field "ticket"',
    ),
    "a name": (
        f"{HEAD}    «form.fields['incident'].name» = 'a'\n    return form\n",
        "name of a field of the form cannot be changed",
    ),
    "a type": (
        f"{HEAD}    f = form.fields['incident']\n    «f.type» = 'a'\n    return form\n",
        "type of a field of the form cannot be changed",
    ),
    "what a field does not have": (
        f"{HEAD}    «form.fields['incident'].visibility» = True\n    return form\n",
        "visibility of a field of the form does not exist",
    ),
}
RIGHT = {
    "as it should be": f"{HEAD}    form.fields['incident'].required = True\n    return form\n",
    "other names": "def on_change_urgency(event, prompt_form):\n    return prompt_form\n",
    "all that may be changed": f"{HEAD}    f = form.fields.get('incident')\n    f.value = 1\n"
    "    f.visible = f.required = True\n    f.label = 'a'\n    f.current_allowed_values = []\n"
    "    return form\n",
    "fields of Sym's own": f"{HEAD}    form.fields.get('duration').visible = True\n"
    "    form.fields['target_id'].visible = False\n    return form\n",
    "a question": f"{HEAD}    if 'ticket' in form.fields:\n        print(1)\n    return form\n",
    "a field where it is there": f"{HEAD}    if 'ticket' in form.fields:\n"
    "        form.fields['ticket'].value = 1\n    return form\n",
    "a field or another": f"{HEAD}    f = form.fields.get('ticket') or form.fields['urgency']\n"
    "    f.visible = True\n    return form\n",
    "a field that may be missing": f"{HEAD}    try:\n        form.fields['ticket'].value = 1\n"
    "    except KeyError:\n        pass\n    return form\n",
    "all ways": f"{HEAD}    if username:\n        return form\n    else:\n        return form\n",
    "an exception": f"{HEAD}    if not username:\n        raise ValueError\n    return form\n",
    "nothing yet": f"{HEAD}    raise NotImplementedError\n",
    "made anew": f"{HEAD}    form = copy(form)\n    return form\n",
    "a choice": f"{HEAD}    return form if username else change(form)\n",
    "another name": f"{HEAD}    changed = form\n    return changed\n",
    "a helper": f"def helper(form):\n    return form\n{HEAD}    return helper(form)\n",
    "functions of other flows": f"{HEAD}    return form\n"
    "def on_change_team(username, form):\n    form.fields['team'].visible = True\n    return form\n",
    "what is not known": f"{HEAD}    for f in form.fields.values():\n        f.visible = True\n"
    "    form.fields[username].visible = True\n    form.additional_header_text = 'a'\n"
    "    return form\n",
    "a condition": f"import json\nif json:\n    {HEAD}        return form\n".replace(
        "\n        return", "\n            return"
    ),
}


def found(root: Path, text: str) -> list[Finding]:
    return findings(write(root, {**EXAMPLE, "on_change.py": MARK.sub(r"\1", text)}), RULE)


@pytest.mark.parametrize(("text", "title"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(tmp_path: Path, text: str, title: str) -> None:
    (one,) = found(tmp_path, text)
    (mark,) = MARK.finditer(text)
    assert (one.range.start, one.range.text) == (mark.start(), mark[1])
    assert one.title == title
    assert one.severity == ("warning" if "each way" in title else "error")
    assert one.range.path.endswith("on_change.py")
    assert (one.address, one.attribute) == ("sym_flow.iam", "params.prompt_field.on_change")


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    ["from common import on_change_urgency\n", "on_change_urgency = print\n", "from a import *\n"],
)
def test_what_is_not_known(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []
    assert len(undecided(tmp_path, RULE)) == 1


def test_a_field_that_is_always_none_is_a_note(tmp_path: Path) -> None:
    (one,) = found(tmp_path, f"{HEAD}    print(form.fields.get('ticket'))\n    return form\n")
    assert one.severity == "note"


def test_a_dash_is_an_underscore_in_python(tmp_path: Path) -> None:
    main = EXAMPLE["main.tf"].replace('"urgency"', '"how-urgent"')
    code = "def on_change_how_urgent(u, f):\n    f.fields['how-urgent'].value = 1\n    return f\n"
    write(tmp_path, {**EXAMPLE, "main.tf": main, "on_change.py": code})
    assert findings(tmp_path, RULE) == []
    (one,) = findings(write(tmp_path, {"on_change.py": HEAD + "    return form\n"}), RULE)
    assert one.title == "the code of on_change has no function on_change_how_urgent"


def test_a_field_that_another_flow_has(tmp_path: Path) -> None:
    main = EXAMPLE["main.tf"]
    second = main[main.index('resource "sym_flow"') :].replace('"iam"', '"other"')
    code = f"{HEAD}    ticket = form.fields.get('ticket')\n    print(ticket)\n    return form\n"
    files = {**EXAMPLE, "on_change.py": code, "second.tf": second}
    assert [it.severity for it in findings(write(tmp_path, files), RULE)] == ["note"]
    write(tmp_path, {"second.tf": second.replace('"incident"', '"ticket"')})
    assert findings(tmp_path, RULE) == []


def test_the_fix_writes_the_name_of_the_field(tmp_path: Path) -> None:
    (one,) = found(tmp_path, f"{HEAD}    form.fields['incidents'].value = 1\n    return form\n")
    assert one.fix is not None
    assert not one.fix.safe
    assert 'form.fields["incident"].value' in repaired(one)


def test_fields_that_are_not_known(tmp_path: Path) -> None:
    main = EXAMPLE["main.tf"].replace('name     = "incident"', "name     = var.name")
    files = {**EXAMPLE, "main.tf": main + 'variable "name" {}\n'}
    write(
        tmp_path,
        {**files, "on_change.py": f"{HEAD}    form.fields['a'].value = 1\n    return form\n"},
    )
    assert findings(tmp_path, RULE) == []
    assert len(undecided(tmp_path, RULE)) == 1


def test_the_code_of_the_flow_is_not_asked(tmp_path: Path) -> None:
    write(tmp_path, with_only("def on_change_a(x): pass\n", FLOW))
    assert findings(tmp_path, RULE) == []

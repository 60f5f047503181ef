"""SYM607: prefetched fields and the functions for them, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.code.marked import repaired
from support.writing import write

from symlint.rules._python_examples import FLOW, with_code

if TYPE_CHECKING:
    from pathlib import Path

RULE = rules_of("SYM607")
HANDLER = '\n@prefetch(field_name="{}")\ndef {}(event):\n    return []\n'


def field(name: str, more: str = "prefetch = true") -> str:
    return f'prompt_field {{\n name = "{name}"\n type = "string"\n {more}\n}}\n'


def flow(*fields: str) -> str:
    return FLOW.replace("params {}", "params {\n" + "".join(fields) + "}\n")


def facts(root: Path, main: str, code: str) -> list[tuple[str, str, str]]:
    write(root, with_code(code, main))
    found = findings(root, RULE)
    return [(it.range.path.rpartition("/")[2], it.range.text, it.title) for it in found]


RIGHT = {
    "nothing at all": (flow(), ""),
    "a field and its function": (flow(field("a")), HANDLER.format("a", "get_a")),
    "by position": (flow(field("a")), "@prefetch('a')\ndef f(e): return []\n"),
    "a constant": (flow(field("a")), "A = 'a'\n@prefetch(field_name=A)\ndef f(e): return []\n"),
    "prefetch = false": (flow(field("a", "prefetch = false")), ""),
    "choices of its own": (
        flow(field("a", 'prefetch = true\nallowed_values = ["b"]')),
        "",
    ),
    "a list of people": (
        flow('prompt_field {\n name = "a"\n type = "slack_user"\n prefetch = true\n}\n'),
        "",
    ),
    "another name of the decorator": (
        flow(field("a")),
        "from sym.sdk.annotations import prefetch as p\n@p(field_name='a')\ndef f(e): return []\n",
    ),
    "several decorators": (
        flow(field("a")),
        "import functools\n@functools.cache\n@prefetch(field_name='a')\ndef f(e): return []\n",
    ),
    "two branches": (
        flow(field("a")),
        "import json\nif json:\n    @prefetch('a')\n    def f(e): return []\n"
        "else:\n    @prefetch('a')\n    def f(e): return []\n",
    ),
    "a comment": (flow(), "# @prefetch(field_name='a')\ndef get_a(event): return []\n"),
    "not as a decorator": (flow(field("a")), "def f(e): return []\nf = prefetch('a')(f)\n"),
}


@pytest.mark.parametrize(("main", "code"), RIGHT.values(), ids=RIGHT)
def test_what_belongs_together(tmp_path: Path, main: str, code: str) -> None:
    assert facts(tmp_path, main, code) == []


def test_a_constant_that_is_another_field(tmp_path: Path) -> None:
    code = "A = 'b'\n@prefetch(field_name=A)\ndef f(e): return []\n"
    assert [text for _, text, _ in facts(tmp_path, flow(field("a")), code)] == ["A"]


def test_a_field_without_a_function(tmp_path: Path) -> None:
    main = flow(field("a"), field("b"))
    assert facts(tmp_path, main, HANDLER.format("b", "get_b")) == [
        ("main.tf", "true", 'no function of the code fetches the options of the field "a"')
    ]
    (found,) = findings(tmp_path, RULE)
    assert (found.address, found.attribute) == ("sym_flow.iam", "params.prompt_field.prefetch")


def test_a_function_without_a_field(tmp_path: Path) -> None:
    assert facts(tmp_path, flow(field("b", "")), HANDLER.format("a", "get_a")) == [
        ("impl.py", '"a"', 'the flow has no field "a" to fetch options for')
    ]


def test_a_field_that_does_not_ask(tmp_path: Path) -> None:
    assert facts(tmp_path, flow(field("a", "")), HANDLER.format("a", "get_a")) == [
        ("impl.py", '"a"', 'the field "a" does not ask for the options that are fetched')
    ]
    (found,) = findings(tmp_path, RULE)
    assert found.related[0].range.text == '"a"'
    assert found.related[0].range.path.endswith("main.tf")


def test_another_name_is_one_mistake(tmp_path: Path) -> None:
    code = HANDLER.format("repo", "get_repo")
    assert facts(tmp_path, flow(field("repository")), code) == [
        ("impl.py", '"repo"', 'no field "repo" is prefetched, and nothing fetches "repository"')
    ]
    (found,) = findings(tmp_path, RULE)
    assert found.fix is not None
    assert not found.fix.safe
    assert HANDLER.format("repository", "get_repo") in repaired(found)


def test_a_constant_is_followed(tmp_path: Path) -> None:
    code = "FIELD = 'b'\n@prefetch(field_name=FIELD)\ndef f(event): return []\n"
    assert [it[:2] for it in facts(tmp_path, flow(field("a")), code)] == [("impl.py", "FIELD")]
    (found,) = findings(tmp_path, RULE)
    assert '@prefetch(field_name="a")' in repaired(found)


def test_two_functions_for_a_field(tmp_path: Path) -> None:
    code = HANDLER.format("a", "one") + HANDLER.format("a", "other")
    assert facts(tmp_path, flow(field("a")), code) == [
        ("impl.py", '"a"', 'two functions fetch the options of the field "a"')
    ]


@pytest.mark.parametrize(
    "code",
    [
        "import json\n@prefetch(field_name=json.__name__)\ndef f(e): return []\n",
        "@prefetch\ndef f(e): return []\n",
        "from common import *\n",
        "def f(e): return []\nfor name in 'ab':\n    prefetch(name)(f)\n",
    ],
)
def test_what_the_code_fetches_is_not_known(tmp_path: Path, code: str) -> None:
    assert facts(tmp_path, flow(field("a")), code) == []
    assert len(undecided(tmp_path, RULE)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        'prompt_field {\n name = var.a\n type = "string"\n prefetch = true\n}\n',
        field("a", "prefetch = var.a"),
        'dynamic "prompt_field" {\n for_each = var.a\n content {\n name = "b"\n type = "string"\n }\n}\n',
    ],
)
def test_fields_that_are_not_known(tmp_path: Path, fields: str) -> None:
    main = flow(fields) + 'variable "a" {}\n'
    assert facts(tmp_path, main, HANDLER.format("a", "get_a")) == []


def test_code_that_serves_several_flows(tmp_path: Path) -> None:
    second = FLOW[FLOW.index('resource "sym_flow"') :].replace('"iam"', '"other"')
    main = flow(field("a")) + second
    assert facts(tmp_path, main, HANDLER.format("a", "get_a")) == []
    other = second.replace("params {}", "params {\n" + field("b") + "}\n")
    assert [
        it[1:] for it in facts(tmp_path, flow(field("a")) + other, HANDLER.format("a", "f"))
    ] == [("true", 'no function of the code fetches the options of the field "b"')]


def test_in_a_heredoc(tmp_path: Path) -> None:
    code = "<<-EOT\n    from sym.sdk.annotations import prefetch\n" + "".join(
        f"    {line}\n" for line in HANDLER.format("repo", "f").strip().splitlines()
    )
    main = flow(field("repository")).replace('file("${path.module}/impl.py")', f"{code}  EOT")
    assert [it[:2] for it in facts(tmp_path, main, "")] == [("main.tf", '"repo"')]

"""``symlint trace`` and ``symlint.evaluate``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import symlint as package
from symlint.lint.errors import AddressError, UsageError
from symlint.report.trace.json import _Places
from symlint.source.text import Range, SourceFile

Run = Callable[..., Result]

MAIN = """\
variable "region" {
  type    = string
  default = "us"
}
variable "token" {
  sensitive = true
  default   = "hunter2"
}
variable "unset" { type = string }
locals {
  label  = "${var.region}-label"
  copied = var.region
  third  = 1 / 3
  half   = 0.5
  hidden = { token = var.token, plain = "seen" }
  wrong  = [1, 2][5]
  hostile = "\\u001b[31m ::error:: ##[command]"
}
output "copied" { value = local.copied }
output "numbers" { value = [1, 0.5, 1 / 3, 123456789012345678901234567890] }
output "unset" { value = { first = var.unset } }
"""


@pytest.fixture(autouse=True)
def files(in_folder: None) -> None:
    Path("main.tf").write_text(MAIN, encoding="utf-8")


def test_text(symlint: Run) -> None:
    result = symlint("trace", "local.copied")
    assert result.exit_code == 0
    assert result.stdout == (
        """\
local.copied = "us"
  --> main.tf:3:13
   |
 3 |   default = "us"
   |             ^^^^ written here
...
12 |   copied = var.region
   |            ---------- read as var.region
   |
   = type: string
"""
    )


def test_text_of_what_is_not_known(symlint: Run) -> None:
    result = symlint("trace", "output.unset")
    assert result.exit_code == 0
    assert result.stdout == (
        """\
output.unset = {
  first = (not known)  # var.unset
}
  --> main.tf:21:26
   |
21 | output "unset" { value = { first = var.unset } }
   |                          ^^^^^^^^^^^^^^^^^^^^^ written here
   |
   = type: object({ first = string })
   = not known: the variable has no value
   = made from: var.unset
"""
    )


def test_more_hops_than_are_written(symlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(symlint("trace", "--format", "json").stdout)
    hops = [len(value["hops"]) for value in whole["values"]]
    assert "hops_left_out" not in whole
    assert sum(hops) > 0
    monkeypatch.setattr("symlint.report.trace.json._MOST_HOPS", 0)
    cut = json.loads(symlint("trace", "--format", "json").stdout)
    assert cut.pop("hops_left_out") >= sum(hops)
    assert not any(value["hops"] for value in cut["values"])
    assert [value["value"] for value in cut["values"]] == [it["value"] for it in whole["values"]]


def test_all_outputs(symlint: Run) -> None:
    result = symlint("trace")
    assert [
        line.split(" = ")[0] for line in result.stdout.splitlines() if line.startswith("output")
    ] == [
        "output.copied",
        "output.numbers",
        "output.unset",
    ]
    assert symlint("trace", ".").stdout == result.stdout


def test_json(symlint: Run) -> None:
    result = symlint("trace", "local.copied", "--format", "json")
    document = json.loads(result.stdout)
    (value,) = document["values"]
    assert (document["version"], document["problems"], document["failures"]) == (1, [], [])
    assert (value["address"], value["value"], value["type"]) == ("local.copied", "us", "string")
    assert (value["known"], value["sensitive"]) == (True, False)
    assert (value["origin"]["path"], value["origin"]["start"]["line"]) == ("main.tf", 3)
    (hop,) = value["hops"]
    assert (hop["reference"], hop["path"], hop["start"]["line"]) == ("var.region", "main.tf", 12)


def test_where_many_values_are_written_is_found_out_once() -> None:
    places = _Places("/")
    source = SourceFile("/a/main.tf", "x = 1\n")
    assert places.at(Range(source, 0, 1)) is places.at(Range(source, 0, 1))
    assert places.at(Range(source, 0, 1))["end"] == {"line": 1, "column": 2, "offset": 1}


def test_json_has_unknown_parts_in_place(symlint: Run) -> None:
    (value,) = json.loads(symlint("trace", "output.unset", "-f", "json").stdout)["values"]
    unknown = value["value"]["first"]["$unknown"]
    assert (unknown["kind"], unknown["reference"]) == ("variable", "var.unset")
    (part,) = value["parts"]
    assert part["path"] == ["first"]
    assert [hop["reference"] for hop in part["hops"]] == ["var.unset"]


def test_json_has_all_digits(symlint: Run) -> None:
    text = symlint("trace", "output.numbers", "-f", "json").stdout
    assert "123456789012345678901234567890" in text
    assert "0." + "3" * 100 in text
    (value,) = json.loads(text)["values"]
    assert value["value"] == [1, 0.5, 1 / 3, 123456789012345678901234567890]


def test_sensitive_values_are_nowhere(symlint: Run) -> None:
    for address in ("var.token", "local.hidden"):
        for format_ in ("tree", "text", "json"):
            result = symlint("trace", address, "--format", format_)
            assert result.exit_code == 0
            assert "hunter2" not in result.output
    assert "(sensitive)" in symlint("trace", "local.hidden").stdout
    assert '"seen"' in symlint("trace", "local.hidden").stdout


def test_values_in_error(symlint: Run) -> None:
    result = symlint("trace", "local.wrong")
    assert result.exit_code == 1
    assert "error: " in result.stdout
    assert "main.tf:16:" in result.stdout
    document = json.loads(symlint("trace", "local.wrong", "-f", "json").stdout)
    assert document["problems"][0]["start"]["line"] == 16


def test_hostile_text_is_escaped(symlint: Run) -> None:
    for format_ in ("text", "json"):
        output = symlint("trace", "local.hostile", "--format", format_).output
        assert "\x1b" not in output
        assert "##[" not in output
    document = json.loads(symlint("trace", "local.hostile", "-f", "json").stdout)
    assert document["values"][0]["value"] == "\x1b[31m ::error:: ##[command]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["local.copid"], "did you mean local.copied?"),
        (["nothing"], "alone is no address"),
        (["copied"], "there is output.copied, local.copied"),
        (["local.copied", "missing"], "missing: "),
        (["local.copied", ".", "more"], "unexpected extra argument"),
        (["local.copied", "--format", "xml"], "xml"),
        (["local.copied\x1b["], "\\x1b["),
    ],
)
def test_wrong_usage(symlint: Run, arguments: list[str], message: str) -> None:
    result = symlint("trace", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_inputs(symlint: Run) -> None:
    Path("eu.tfvars").write_text('region = "eu"\n', encoding="utf-8")
    assert symlint("trace", "local.label", "-var", "region=ap").stdout.startswith(
        'local.label = "ap-label"'
    )
    result = symlint("trace", "local.label", "--var-file", "eu.tfvars")
    assert result.stdout.startswith('local.label = "eu-label"')
    assert "written here" in result.stdout


def test_each_set_of_variable_files(symlint: Run) -> None:
    for name in ("eu", "ap"):
        Path(f"{name}.tfvars").write_text(f'region = "{name}"\n', encoding="utf-8")
    result = symlint(
        "trace",
        "local.copied",
        "--each-var-file",
        "eu.tfvars",
        "--each-var-file",
        "ap.tfvars",
        "-f",
        "json",
    )
    found = [(v["variable_files"], v["value"]) for v in json.loads(result.stdout)["values"]]
    assert found == [("eu.tfvars", "eu"), ("ap.tfvars", "ap")]


def test_files_that_do_not_parse(symlint: Run) -> None:
    Path("broken.tf").write_text("locals {\n  a = \n}\n", encoding="utf-8")
    result = symlint("trace", "local.copied")
    assert result.exit_code == 3
    assert result.stdout.startswith('local.copied = "us"')
    assert "failed: broken.tf: 2:" in result.stdout


def test_several_root_modules(symlint: Run) -> None:
    for name in ("one", "two"):
        Path(name).mkdir()
        Path(name, "main.tf").write_text("locals { a = 1 }\n", encoding="utf-8")
    Path("main.tf").unlink()
    result = symlint("trace", "local.a")
    assert result.exit_code == 2
    assert "has several root modules; name one of one, two" in result.stderr
    assert symlint("trace", "local.a", "two").exit_code == 0


def test_python() -> None:
    evaluation = package.evaluate(".", "local.label", variables={"region": "ap"})
    (trace,) = evaluation.traces
    assert (trace.address, trace.data, trace.known) == ("local.label", "ap-label", True)
    assert [read.reference for read in trace.reads] == ["var.region"]
    assert trace.origin is not None
    assert trace.origin.line == 11
    assert (evaluation.exit_status, evaluation.directory) == (0, str(Path.cwd()))


def test_python_with_several_addresses_and_none() -> None:
    evaluation = package.evaluate(address=["local.half", "local.copied"])
    assert evaluation.data() == {"local.half": 0.5, "local.copied": "us"}
    assert list(package.evaluate().data()) == ["output.copied", "output.numbers", "output.unset"]


def test_python_errors() -> None:
    with pytest.raises(AddressError) as caught:
        package.evaluate(".", "local.copid")
    assert caught.value.suggestion == "local.copied"
    with pytest.raises(UsageError):
        package.evaluate("missing")


# --- long texts, narrow terminals ---

LONG = """\
resource "sym_flow" "this" {
  name           = "a_flow_with_a_name_that_takes_some_room"
  implementation = file("impl.py")
  params {
    strategy_id = "x"
  }
}
"""


@pytest.fixture
def long_values() -> None:
    Path("main.tf").write_text(LONG, encoding="utf-8")
    Path("impl.py").write_text("def hook(event):\n    return 1\n" * 30, encoding="utf-8")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_keep_to_the_terminal(
    symlint: Run, long_values: None, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = symlint("trace", "sym_flow.this").stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert any("# 900 characters, main.tf:3:20" in line for line in lines)
    columns = {line.index("# main.tf") for line in lines if "# main.tf" in line}
    assert len(columns) <= 2, "comments stand beneath one another"


def test_a_tree_says_what_is_known_of_each_element(symlint: Run, long_values: None) -> None:
    assert symlint("trace", "sym_flow.this", "-f", "tree").stdout == (
        """\
sym_flow.this
├── id = (known after apply)  sym_flow.this.id
├── implementation = "def hook(event):\\n    return 1\\ndef hook(event):\\n    return 1\\ndef hook(event):\\n    return 1\\n…"
│   900 characters, main.tf:3:20
├── name = "a_flow_with_a_name_that_takes_some_room"  main.tf:2:20
├── params  main.tf:4:3
│   └── [0]
│       └── strategy_id = "x"  main.tf:5:19
└── not set: environment, environment_id, label, template, vars
 --> main.tf:1:1
  |
1 | resource "sym_flow" "this" {
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^ declared here
  |
  = known after apply: the provider decides it when the resource is applied
"""
    )


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_a_tree_keeps_to_the_terminal(
    symlint: Run, long_values: None, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = symlint("trace", "sym_flow.this", "--format", "tree").stdout.splitlines()
    tree = lines[: next(number for number, line in enumerate(lines) if "-->" in line)]
    assert max(map(len, tree)) <= width
    assert any("[0]" in line for line in tree)
    if width >= 60:
        assert any("900 characters, main.tf:3:20" in line for line in tree)
        assert max(map(len, lines)) <= width


def test_a_tree_of_a_text_is_the_text(symlint: Run) -> None:
    tree, text = (symlint("trace", "local.copied", "-f", it).stdout for it in ("tree", "text"))
    assert tree == text


def test_a_tree_is_drawn_of_the_first_elements(symlint: Run) -> None:
    text = 'locals {\n  many = [for i in range(500) : "x${i}"]\n  more = { a = [1], b = local.many }\n}\n'
    Path("main.tf").write_text(text, encoding="utf-8")
    lines = symlint("trace", "local.many", "-f", "tree").stdout.splitlines()
    assert lines[400:402] == [
        '├── [399] = "x399"',
        "└── ... 100 more elements; --format json shows all",
    ]
    lines = symlint("trace", "local.more", "-f", "tree").stdout.splitlines()
    assert any("└── ... 103 more elements; --format json shows all" in line for line in lines)


def test_text_of_hostile_files_is_no_part_of_a_tree(symlint: Run) -> None:
    hostile = "\\u001b[31m ::error::x [red] \\n::error::y"
    Path("main.tf").write_text(
        f'locals {{\n  it = {{ "{hostile}" = "{hostile}", empty = [], none = {{}} }}\n}}\n', "utf-8"
    )
    lines = symlint("trace", "local.it", "-f", "tree").stdout.splitlines()
    shown = r"\x1b[31m ::error::x [red] \n::error::y"
    assert lines[1:4] == [
        f'├── "{shown}" = "{shown}"',
        "├── empty = []",
        "└── none = {}",
    ]


def test_long_text_in_a_log(symlint: Run, long_values: None) -> None:
    assert max(map(len, symlint("trace", "sym_flow.this").stdout.splitlines())) <= 130


def test_text_of_several_lines_has_them(symlint: Run, long_values: None) -> None:
    result = symlint("trace", "sym_flow.this.implementation")
    begin = "sym_flow.this.implementation = <<EOT\ndef hook(event):\n    return 1\n"
    assert result.stdout.startswith(begin)
    assert "\nEOT\n --> main.tf:3:20\n" in result.stdout


def test_flows_stand_for_outputs_that_are_not_there(symlint: Run, long_values: None) -> None:
    assert symlint("trace").stdout.startswith("sym_flow.this = {\n")
    Path("main.tf").write_text("locals {\n  a = 1\n}\n", encoding="utf-8")
    assert symlint("trace").stdout == "The root module has no outputs and no flows.\n"


def test_elements_of_modules_above_have_short_places(
    symlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".git").mkdir()
    Path("modules").mkdir()
    Path("modules/flow.tf").write_text(
        'locals {\n  one = 1\n}\noutput "all" {\n  value = { one = local.one }\n}\n', "utf-8"
    )
    Path("live").mkdir()
    Path("live/main.tf").write_text('module "flow" {\n  source = "../modules"\n}\n', "utf-8")
    monkeypatch.chdir("live")
    for form in ("text", "tree"):
        text = symlint("trace", "module.flow.all", "-f", form).stdout
        assert " ../modules/flow.tf:2:9\n" in text, text

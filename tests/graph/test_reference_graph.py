"""The reference graph: edges through modules, questions, and what it looks like as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symlint.graph.all_problems import problems, static_problems
from symlint.graph.cycles import find_cycles
from symlint.graph.export import document, to_dot, to_mermaid
from symlint.graph.network import reduced
from symlint.graph.picture import around, draw_all, only_sym
from symlint.graph.reference_graph import ReferenceGraph
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.values.addresses import Address

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(scope="module")
def iam() -> ReferenceGraph:
    return ReferenceGraph(Configuration(str(FIXTURES / "aws_iam")))


@pytest.fixture(scope="module")
def quickstart() -> ReferenceGraph:
    return ReferenceGraph(Configuration(str(FIXTURES / "quickstart" / "environments" / "prod")))


def one(graph: ReferenceGraph, text: str) -> Address:
    found = graph.find(text)
    assert len(found) == 1, found
    return found[0]


def texts(addresses: object) -> list[str]:
    assert isinstance(addresses, tuple)
    return [str(it) for it in addresses]


def test_a_flow_depends_on_all_of_its_chain(iam: ReferenceGraph) -> None:
    found = texts(iam.dependencies(one(iam, "sym_flow.iam")))
    assert {
        "sym_strategy.iam",
        "sym_target.billing",
        "aws_iam_group.billing",
        "sym_integration.iam",
        "module.iam_connector",
        "module.runtime_connector",
        "sym_environment.main",
        "local.environment_name",
    } <= set(found)
    assert found.index("sym_strategy.iam") < found.index("module.runtime_connector")


def test_the_chain_names_the_references(iam: ReferenceGraph) -> None:
    way = iam.chain(one(iam, "sym_flow.iam"), one(iam, "module.iam_connector"))
    assert way is not None
    assert [(str(it.source), it.attribute, it.range.text) for it in way] == [
        ("sym_flow.iam", "strategy_id", "sym_strategy.iam.id"),
        ("sym_strategy.iam", "integration_id", "sym_integration.iam.id"),
        (
            "sym_integration.iam",
            "external_id",
            "module.iam_connector.settings.account_id",
        ),
    ]
    assert way[-1].path == ("settings", "account_id")
    strategy = one(iam, "sym_strategy.iam")
    ends = (one(iam, "sym_flow.iam"), one(iam, "module.iam_connector"))
    assert iam.chain(*ends, lambda it: it != strategy) is None
    assert iam.chain(one(iam, "module.iam_connector"), one(iam, "sym_flow.iam")) is None


def test_impact_is_the_other_way_round(iam: ReferenceGraph) -> None:
    found = texts(iam.impact(one(iam, "aws_iam_group.billing")))
    assert found[:2] == ["aws_iam_group_policy_attachment.billing", "sym_target.billing"]
    assert "sym_flow.iam" in found
    assert "module.runtime_connector" not in found


def test_references_go_through_module_inputs_and_outputs(quickstart: ReferenceGraph) -> None:
    way = quickstart.chain(
        one(quickstart, "module.iam_flow.module.iam_connector"),
        one(quickstart, "module.sym_runtime.module.runtime_connector"),
    )
    assert way is not None
    assert [str(it.target) for it in way] == [
        "module.iam_flow.var.runtime_settings",
        "module.sym_runtime.output.runtime_settings",
        "module.sym_runtime.sym_integration.runtime_context",
        "module.sym_runtime.module.runtime_connector",
    ]


def write(directory: Path, text: str) -> Configuration:
    (directory / "main.tf").write_text(text, encoding="utf-8")
    return Configuration(str(directory))


def test_cycles_are_whole(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(tmp_path, "locals {\n  a = local.b\n  b = local.c\n  c = local.a\n  d = local.a\n}\n")
    )
    (problem,) = find_cycles(graph.configuration)
    assert problem.message == "dependency cycle: local.a -> local.b -> local.c -> local.a"
    assert problems(Diagnosis(graph.configuration)) == (problem,)
    assert static_problems(Diagnosis(graph.configuration)) == (problem,)


def test_names_that_are_bound_are_no_references(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(
            tmp_path,
            'locals {\n  b = [for local in ["x"] : local.a]\n  a = "${upper(local.c)}"\n  c = 1\n}\n',
        )
    )
    assert [(str(it.source), str(it.target)) for it in graph.edges] == [("local.a", "local.c")]


def test_what_is_not_declared_has_no_edge(tmp_path: Path) -> None:
    graph = ReferenceGraph(write(tmp_path, "locals {\n  a = var.none\n  b = local.a.x[0]\n}\n"))
    assert [(str(it.target), it.path) for it in graph.edges] == [("local.a", ("x", 0))]


def test_a_module_with_instances_counts_once(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(
        'variable "x" {}\noutput "y" {\n  value = var.x\n}\n', encoding="utf-8"
    )
    graph = ReferenceGraph(
        write(
            tmp_path,
            'locals {\n  a = 1\n}\nmodule "m" {\n  for_each = toset(["a", "b"])\n  source = "./m"\n'
            '  x = local.a\n}\noutput "o" {\n  value = module.m["a"].y\n}\n',
        )
    )
    edges = [(str(it.source), str(it.target)) for it in graph.edges]
    assert ("module.m.var.x", "local.a") in edges
    assert ("output.o", "module.m.output.y") in edges
    assert len(edges) == len(set(edges))


def test_consumers_are_what_has_an_effect(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(
            tmp_path,
            'resource "a" "b" {}\nlocals {\n  c = a.b.id\n  idle = local.c\n}\n'
            'resource "d" "e" {\n  x = local.c\n}\noutput "f" {\n  value = local.c\n}\n',
        )
    )
    address = Address((), "resource", "a", "b")
    assert sorted(map(str, graph.consumers(address))) == ["d.e", "output.f"]


def test_consumers_are_found_once_whatever_way_leads_to_them(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(
            tmp_path,
            'resource "a" "b" {}\nresource "d" "e" {\n  x = a.b.id\n  y = a.b.arn\n  z = local.c\n}\n'
            'resource "f" "g" {\n  x = local.c\n  y = local.h\n}\n'
            "locals {\n  c = [a.b.id, local.h]\n  h = a.b.arn\n}\n",
        )
    )
    found = graph.consumers(Address((), "resource", "a", "b"))
    assert sorted(map(str, found)) == ["d.e", "f.g"]


def test_around_keeps_what_is_connected(iam: ReferenceGraph) -> None:
    part = around(iam, draw_all(iam), [one(iam, "aws_iam_group.log_reader")])
    names = {str(it.address) for it in part.nodes}
    assert "sym_flow.iam" in names
    assert "aws_iam_group.billing" not in names


def test_find_by_the_end_of_an_address(quickstart: ReferenceGraph) -> None:
    assert texts(quickstart.find("sym_flow.this")) == ["module.iam_flow.sym_flow.this"]
    assert quickstart.find("sym_flow.none") == ()


# --- exports ------------------------------------------------------------------------------------


def test_exports_are_the_same_every_time(quickstart: ReferenceGraph) -> None:
    again = ReferenceGraph(Configuration(str(FIXTURES / "quickstart" / "environments" / "prod")))
    for export in (to_dot, to_mermaid):
        assert export(draw_all(quickstart), str) == export(draw_all(again), str)
    assert document(draw_all(quickstart), str, str) == document(draw_all(again), str, str)


def test_json_has_places(iam: ReferenceGraph) -> None:
    data = json.loads(json.dumps(document(draw_all(iam), str, lambda path: Path(path).name)))
    assert data["version"] == 1
    edge = next(it for it in data["edges"] if it["attribute"] == "strategy_id")
    assert (edge["source"], edge["target"], edge["path"], edge["file"]) == (
        "sym_flow.iam",
        "sym_strategy.iam",
        ["id"],
        "flow.tf",
    )
    node = next(it for it in data["nodes"] if it["address"] == "sym_flow.iam")
    assert (node["kind"], node["type"], node["file"]) == ("resource", "sym_flow", "flow.tf")


def test_dot_and_mermaid(tmp_path: Path) -> None:
    graph = draw_all(ReferenceGraph(write(tmp_path, "locals {\n  a = 1\n  b = local.a\n}\n")))
    assert to_dot(graph, str).splitlines()[3:] == [
        '  "local.a" [shape = ellipse, style = filled, fillcolor = "#f7f7f7"];',
        '  "local.b" [shape = ellipse, style = filled, fillcolor = "#f7f7f7"];',
        '  "local.b" -> "local.a" [label = "value"];',
        "}",
    ]
    assert to_mermaid(graph, str).splitlines() == [
        "flowchart LR",
        '  n0(["local.a"]):::local',
        '  n1(["local.b"]):::local',
        '  n1 -->|"value"| n0',
        "  classDef local fill:#f7f7f7,stroke:#666666,color:#000000",
    ]


NESTED = """
module "a" {
  source = "./a"
}

module "b" {
  source = "./b"
}
"""


def test_modules_are_clusters_one_inside_the_other(tmp_path: Path) -> None:
    for name, text in {
        "a/main.tf": 'module "c" {\n  source = "../b"\n}\nlocals {\n  x = 1\n}\n',
        "b/main.tf": "locals {\n  y = 1\n}\n",
    }.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    picture = draw_all(ReferenceGraph(write(tmp_path, NESTED)))
    shape = [
        line.strip().split(" [")[0].split(";")[0]
        for line in to_dot(picture, str).splitlines()[3:]
        if "->" not in line
    ]
    assert shape == [
        '"module.a"',
        '"module.b"',
        "subgraph cluster_0 {",
        'label = "module.a"',
        '"module.a.local.x"',
        '"module.a.module.c"',
        "subgraph cluster_1 {",
        'label = "module.a.module.c"',
        '"module.a.module.c.local.y"',
        "}",
        "}",
        "subgraph cluster_2 {",
        'label = "module.b"',
        '"module.b.local.y"',
        "}",
        "}",
    ]
    mermaid = [line.strip() for line in to_mermaid(picture, str).splitlines()]
    assert mermaid.count("end") == 3
    assert 'subgraph m1["module.a.module.c"]' in mermaid


def test_references_through_others_are_those_of_sym_alone(tmp_path: Path) -> None:
    text = (
        'resource "sym_flow" "f" {\n  a = local.x\n  b = sym_target.t.id\n}\n'
        "locals {\n  x = local.y\n  y = [sym_strategy.s.id, local.x]\n}\n"
        'resource "sym_strategy" "s" {\n  c = aws_x.y.arn\n}\n'
        'resource "sym_target" "t" {}\nresource "aws_x" "y" {\n  d = sym_target.t.id\n}\n'
    )
    picture = only_sym(draw_all(ReferenceGraph(write(tmp_path, text))))
    assert [str(it.address) for it in picture.nodes] == [
        "sym_flow.f",
        "sym_strategy.s",
        "sym_target.t",
    ]
    assert [(str(it.source), it.attribute, str(it.target)) for it in picture.edges] == [
        ("sym_flow.f", "a", "sym_strategy.s"),
        ("sym_flow.f", "b", "sym_target.t"),
        ("sym_strategy.s", "c", "sym_target.t"),
    ]


def test_depth_is_counted_in_both_directions(iam: ReferenceGraph) -> None:
    strategy = one(iam, "sym_strategy.iam")
    for depth, expected in ((0, {"sym_strategy.iam"}), (1, None)):
        picture = around(iam, draw_all(iam), [strategy], depth)
        shown = {str(it.address) for it in picture.nodes}
        if expected is not None:
            assert shown == expected
        else:
            ends = {str(e.target) for e in iam.edges_from(strategy)}
            ends |= {str(e.source) for e in iam.edges_to(strategy)}
            assert shown == {"sym_strategy.iam", *ends}


# --- what rules ask ------------------------------------------------------------------------------


def test_uses_of_a_call_are_those_of_its_outputs(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text('output "y" {\n  value = 1\n}\n', encoding="utf-8")
    graph = ReferenceGraph(
        write(
            tmp_path,
            'module "m" {\n  source = "./m"\n}\nlocals {\n  a = module.m.y.z\n  b = module.m\n}\n',
        )
    )
    call = Address((), "module", "", "m")
    assert [(str(it.source), it.path) for it in graph.uses(call)] == [
        ("local.b", ()),
        ("local.a", ("y", "z")),
    ]
    assert [str(it) for it in graph.readers(call)] == ["local.b"]


def test_instance_keys_do_not_matter(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(tmp_path, 'resource "a" "b" {\n  count = 2\n}\nlocals {\n  c = a.b[0].id\n}\n')
    )
    first = Address((), "resource", "a", "b", 0)
    assert [it.path for it in graph.edges_to(first)] == [(0, "id")]
    assert [str(it.target) for it in graph.edges_from(Address((), "local", "", "c"))] == ["a.b"]


def test_consumers_and_origins_go_through_what_is_asked(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(
            tmp_path,
            'resource "a" "b" {}\nresource "mid" "m" {\n  x = a.b.arn\n  y = a.b.name\n}\n'
            'resource "d" "e" {\n  x = mid.m.id\n}\nresource "f" "g" {\n  x = a.b.name\n}\n',
        )
    )
    start = Address((), "resource", "a", "b")
    end = Address((), "resource", "d", "e")

    def is_mid(address: Address) -> bool:
        return address.type == "mid"

    assert sorted(map(str, graph.consumers(start))) == ["f.g", "mid.m"]
    assert sorted(map(str, graph.consumers(start, through=is_mid))) == ["d.e", "f.g"]
    by_arn = graph.consumers(start, by=lambda edge: edge.path == ("arn",), through=is_mid)
    assert [str(it) for it in by_arn] == ["d.e"]
    assert [str(it.target) for it in graph.origins([end])] == ["mid.m"]
    found = graph.origins([end], through=is_mid)
    assert sorted((str(it.target), it.path) for it in found) == [
        ("a.b", ("arn",)),
        ("a.b", ("name",)),
    ]
    assert not list(graph.origins([end], by=lambda edge: edge.attribute == "y"))


def test_a_cycle_is_reported_where_it_is_written_and_in_its_shortest_form(tmp_path: Path) -> None:
    graph = ReferenceGraph(
        write(
            tmp_path,
            "locals {\n  a = [local.b, local.c]\n  b = local.d\n  c = local.a\n  d = local.a\n}\n",
        )
    )
    (problem,) = find_cycles(graph.configuration)
    assert problem.message == "dependency cycle: local.a -> local.c -> local.a"
    assert problem.label == "local.a depends on local.c"
    assert [(it.range.text, it.label) for it in problem.related] == [
        ("local.a", "local.c depends on local.a")
    ]


def test_resources_wait_for_the_provider_that_they_use(tmp_path: Path) -> None:
    text = (
        'provider "a" {\n  token = a_key.k.id\n}\nprovider "b" {\n  token = a_key.k.id\n}\n'
        'resource "a_key" "k" {}\nresource "b_key" "k" {}\n'
    )
    (problem,) = find_cycles(write(tmp_path, text))
    assert problem.message == "dependency cycle: provider.a -> a_key.k -> provider.a"
    assert [it.label for it in problem.related] == ["a_key.k depends on provider.a"]
    text = text.replace('provider "a" {\n  token = a_key.k.id', 'provider "a" {\n  token = 1')
    assert find_cycles(write(tmp_path, text)) == ()


def test_a_cycle_begins_where_its_first_reference_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text('resource "r" "a" {\n  x = local.z\n}\n', encoding="utf-8")
    (tmp_path / "b.tf").write_text('resource "r" "b" {\n  x = r.a.id\n}\n', encoding="utf-8")
    (tmp_path / "override.tf").write_text('resource "r" "a" {\n  y = r.b.id\n}\n', encoding="utf-8")
    (problem,) = find_cycles(write(tmp_path, "locals {\n  z = 1\n}\n"))
    assert problem.message == "dependency cycle: r.b -> r.a -> r.b"


def test_a_long_cycle_is_cut(tmp_path: Path) -> None:
    text = "locals {\n" + "".join(f"  a{n} = local.a{(n + 1) % 14}\n" for n in range(14)) + "}\n"
    (problem,) = find_cycles(write(tmp_path, text))
    shown = " -> ".join(f"local.a{n}" for n in range(12))
    assert problem.message == f"dependency cycle: {shown} -> ... -> local.a0"
    assert [it.label for it in problem.related] == [
        f"local.a{n} depends on local.a{n + 1}" for n in range(1, 12)
    ]
    assert problem.help == "one of them must not be computed from the other"
    text = text.replace("local.a13", "local.a0").replace("local.a12", "local.a0")
    (problem,) = find_cycles(write(tmp_path, text))
    assert problem.message == f"dependency cycle: {shown} -> local.a0"


MODULE = 'variable "x" {}\nvariable "y" {}\nlocals {\n  y = var.x\n}\noutput "o" {\n  value = local.y\n}\n'
CALL = 'module "m" {\n  source = "./m"\n  x = %s\n  y = %s\n}\nresource "r" "r" {\n  %s\n}\n'
CYCLES = {
    ("1", "module.m.o", ""): [],
    ("1", "module.m", ""): [],
    ("1", "r.r.id", "a = module.m.o"): [],
    ("1", "r.r.id", "depends_on = [module.m]"): [],
    ("module.m.o", "1", ""): [
        "dependency cycle: module.m.var.x -> module.m.o -> module.m.var.x",
    ],
    ("module.m", "1", ""): ["dependency cycle: module.m.var.x -> module.m -> module.m.var.x"],
    ("r.r.id", "1", "a = module.m.o"): [
        "dependency cycle: module.m.var.x -> r.r -> module.m.o -> module.m.var.x",
    ],
    ("r.r.id", "1", "depends_on = [module.m]"): [
        "dependency cycle: module.m.var.x -> r.r -> module.m -> module.m.var.x",
    ],
    ("1", "1", "a = r.r.id"): [],
}


@pytest.mark.parametrize("case", CYCLES)
def test_cycles_through_a_module(tmp_path: Path, case: tuple[str, str, str]) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(MODULE, encoding="utf-8")
    found = find_cycles(write(tmp_path, CALL % case))
    assert [it.message for it in found] == CYCLES[case]


def test_what_only_a_check_of_a_variable_asks_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    validation = 'validation {\n  condition = var.x != var.y\n  error_message = "no"\n}'
    module = f'variable "x" {{}}\nvariable "y" {{\n  {validation}\n}}\n'
    (tmp_path / "m" / "main.tf").write_text(module, encoding="utf-8")
    text = CALL % ("r.r.id", "1", "depends_on = [module.m]")
    assert find_cycles(write(tmp_path, text)) == ()


def test_cycles_of_expansions(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text('output "o" {\n  value = 1\n}\n', encoding="utf-8")
    text = 'module "m" {\n  source = "./m"\n  count = module.m[0].o\n}\n'
    (problem,) = find_cycles(write(tmp_path, text))
    assert problem.message == "dependency cycle: module.m.o -> module.m -> module.m.o"
    (problem,) = find_cycles(write(tmp_path, "locals {\n  a = local.a\n}\n"))
    assert (problem.message, problem.range.text) == ("local.a refers to itself", "local.a")


def test_only_what_a_longer_path_says_again_is_left_out() -> None:
    assert reduced({"a": ["b", "c"], "b": ["c"], "c": []}) == {("a", "b"), ("b", "c")}
    around_in_a_circle = {"a": ["b", "c"], "b": ["c"], "c": ["a"]}
    assert reduced(around_in_a_circle) == {("a", "b"), ("a", "c"), ("b", "c"), ("c", "a")}


def test_nothing_is_reached_from_what_is_not_there(iam: ReferenceGraph) -> None:
    nowhere = Address((), "local", "", "nowhere")
    assert iam.impact(nowhere) == iam.dependencies(nowhere) == ()
    assert iam.chain(nowhere, one(iam, "sym_flow.iam")) is None

"""One finding of many instances, roots and sets of variable files."""

from __future__ import annotations

from support.hand_made import finding, range_of

from symlint.lint.finding import Undecided
from symlint.lint.run.judging.collecting import Circumstances, Collection
from symlint.source.text import SourceFile

SOURCE = SourceFile("/main.tf", "a = 1\nb = 2\n")
A, B = range_of(SOURCE, "1"), range_of(SOURCE, "2")
ROOT = Circumstances("/root")
PROD, TEST = Circumstances("/root", "prod.tfvars"), Circumstances("/root", "test.tfvars")
OTHER = Circumstances("/other", "prod.tfvars")


def test_instances_are_counted_and_keys_in_titles_do_not_matter() -> None:
    collection = Collection()
    for key in ('"a.]\\"b"', "0", "?"):
        found = finding(A, address=f"sym_flow.this[{key}]", title=f"flow.this[{key}] is wrong")
        collection.add(found, ROOT)
        collection.add(found, ROOT)
    collection.add(finding(A, title="flow.this[each.key] is wrong"), ROOT)
    first, other = sorted(collection.findings(), key=lambda it: it.more_instances, reverse=True)
    assert (first.address, first.more_instances) == ('sym_flow.this["a.]\\"b"]', 2)
    assert (other.title, other.more_instances) == ("flow.this[each.key] is wrong", 0)


def test_each_root_has_instances_of_its_own() -> None:
    collection = Collection()
    several = finding(A, address="sym_flow.this")._replace(more_instances=2)
    collection.add(several, ROOT)
    collection.add(several._replace(more_instances=1), ROOT)
    collection.add(several, Circumstances("/other"))
    assert [it.more_instances for it in collection.findings()] == [5]


def test_findings_are_in_the_order_of_places_and_then_of_codes() -> None:
    collection = Collection()
    for place, code in ((B, "SYM201"), (A, "SYM202"), (A, "SYM201")):
        collection.add(finding(place, code=code), ROOT)
    found = [(it.range, it.code) for it in collection.findings()]
    assert found == [(A, "SYM201"), (A, "SYM202"), (B, "SYM201")]


def test_sets_of_variable_files_are_named_where_a_finding_holds_under_some_only() -> None:
    collection = Collection()
    for where in (PROD, TEST, ROOT._replace(variable_files="live.tfvars")):
        collection.tried(where)
    for where in (TEST, PROD):
        collection.add(finding(A), where)
        collection.add(finding(B)._replace(why="it stops."), where)
    first, second = collection.findings()
    assert first.variable_files == second.variable_files == ("prod.tfvars", "test.tfvars")
    assert first.why == "This applies only with prod.tfvars, test.tfvars."
    assert second.why == "it stops. This applies only with prod.tfvars, test.tfvars."
    collection.add(finding(A), ROOT._replace(variable_files="live.tfvars"))
    assert [it.variable_files for it in collection.findings()] == [(), second.variable_files]


def test_what_holds_under_all_sets_of_one_root_is_not_for_some_only() -> None:
    collection = Collection()
    for where in (PROD, TEST, OTHER):
        collection.tried(where)
    collection.add(finding(A), PROD)
    collection.add(finding(A), OTHER)
    assert [it.variable_files for it in collection.findings()] == [()]


def test_what_is_about_the_run_belongs_to_no_root() -> None:
    collection = Collection()
    collection.tried(PROD)
    collection.add(finding(A), Circumstances(""))
    assert [(it.variable_files, it.why) for it in collection.findings()] == [((), "")]


def test_suppressed_are_those_that_are_suppressed_in_every_instance() -> None:
    collection = Collection()
    collection.suppress(finding(B), "comment", "first")
    collection.suppress(finding(B), "comment", "second")
    collection.suppress(finding(A), "comment", "")
    assert [(it.finding.range, it.reason) for it in collection.suppressed()] == [
        (A, ""),
        (B, "first"),
    ]
    collection.add(finding(A), ROOT)
    assert [it.finding.range for it in collection.suppressed()] == [B]


def test_undecided_questions_are_taken_once() -> None:
    collection = Collection()
    questions = [
        Undecided(code, place, question, "")
        for place in (B, A)
        for code in ("SYM202", "SYM201")
        for question in ("is it?", "was it?")
    ]
    for question in (*questions, *questions):
        collection.add_undecided(question)
    found = collection.undecided()
    assert [(it.range, it.code) for it in found] == [
        (place, code) for place in (A, B) for code in ("SYM201", "SYM201", "SYM202", "SYM202")
    ]
    assert [it.question for it in found[:2]] == ["is it?", "was it?"]


def test_findings_of_several_blocks_say_what_these_are() -> None:
    collection = Collection()
    for address in ('sym_flow.a["x"]', "sym_flow.b", "module.c[0].sym_flow.a"):
        collection.add(finding(A, address=address), ROOT)
    collection.add(finding(B, address="sym_flow.a"), ROOT)
    collection.add(finding(B, address="sym_strategy.a"), ROOT)
    found = [(it.more_instances, it.more_of) for it in collection.findings()]
    assert found == [(2, "flow"), (1, "block")]


def test_a_finding_that_has_to_be_everywhere() -> None:
    everywhere = finding(A)._replace(everywhere=True)
    for where, found in (([PROD, TEST, OTHER], 1), ([PROD, TEST], 0), ([PROD, OTHER], 0)):
        collection = Collection()
        for one in (PROD, TEST, OTHER):
            collection.tried(one)
        for one in where:
            collection.add(everywhere, one)
        merged = list(collection.findings())
        assert [it.more_instances for it in merged] == [0] * found

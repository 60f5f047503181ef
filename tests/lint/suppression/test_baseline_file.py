"""Old findings are suppressed, new ones are not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.hand_made import finding, range_of

from symlint.lint.errors import ConfigError
from symlint.lint.suppression.baseline import (
    Baseline,
    StaleEntry,
    apply_baseline,
    baseline_text,
    create_baseline,
    entry_of,
    prune_baseline,
    read_baseline,
    write_baseline,
)
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from pathlib import Path


def test_findings_are_known_again_after_lines_have_moved(tmp_path: Path) -> None:
    path = str(tmp_path / "modules" / "flow" / "main.tf")
    old, new = SourceFile(path, "a = 1\nb = 1\n"), SourceFile(path, "\n\n\na = 1\nb = 1\n")
    before = [
        finding(range_of(old, "a = 1"), address='module.x["1.2"].module.y.sym_flow.f[0]'),
        finding(range_of(old, "b = 1"), address="sym_flow.g", attribute="name"),
    ]
    target = str(tmp_path / "symlint-baseline.json")
    write_baseline(create_baseline(before, target))
    after = [
        finding(range_of(new, "a = 1"), address="sym_flow.f"),
        finding(range_of(new, "b = 1"), address="sym_flow.g", attribute="label"),
    ]
    applied = apply_baseline(read_baseline(target), after, [path])
    assert applied.suppressed == (after[0],)
    assert applied.findings == (after[1],)
    assert [(entry.attribute, missing) for entry, missing in applied.stale] == [("name", 1)]
    assert applied.stale[0].entry.file == "modules/flow/main.tf"


def test_a_second_finding_of_the_kind_is_new(tmp_path: Path) -> None:
    source = SourceFile(str(tmp_path / "main.tf"), "a = 1\nb = 1\n")
    one = finding(range_of(source, "a = 1"), address="sym_flow.f")
    two = finding(range_of(source, "b = 1"), address="sym_flow.f")
    baseline = create_baseline([one], str(tmp_path / "baseline.json"))
    applied = apply_baseline(baseline, [one, two], [source.path])
    assert (applied.suppressed, applied.findings) == ((one,), (two,))
    both = create_baseline([one, two], baseline.path)
    (stale,) = apply_baseline(both, [one], [source.path]).stale
    assert stale.missing == 1
    assert prune_baseline(both, [stale]).counts == baseline.counts


def test_what_was_not_looked_at_is_not_stale_unless_its_file_is_gone(tmp_path: Path) -> None:
    present = tmp_path / "present.tf"
    present.write_text("", encoding="utf-8")
    findings = [
        finding(range_of(SourceFile(str(path), "a = 1\n"), "a = 1"), address="sym_flow.f")
        for path in (present, tmp_path / "gone.tf")
    ]
    baseline = create_baseline(findings, str(tmp_path / "baseline.json"))
    stale = apply_baseline(baseline, [], []).stale
    assert [entry.file for entry, _ in stale] == ["gone.tf"]


def test_syntax_errors_are_left_out(tmp_path: Path) -> None:
    place = range_of(SourceFile(str(tmp_path / "main.tf"), "a = [\n"), "a")
    path = str(tmp_path / "baseline.json")
    kept = finding(place, address="sym_flow.f")
    with_one = create_baseline([finding(place, code="SYM001"), kept], path)
    assert with_one.counts == create_baseline([kept], path).counts


def test_entries_are_found_in_the_file_with_their_braces(tmp_path: Path) -> None:
    place = range_of(SourceFile(str(tmp_path / "main.tf"), "a = 1\n"), "a")
    path = str(tmp_path / "baseline.json")
    baseline = create_baseline([finding(place, address=f"sym_flow.{n}") for n in "abb"], path)
    entry = list(baseline.counts)[1]
    other = entry._replace(attribute="name")
    assert baseline.place(entry)[1:] == (0, 0)  # it is not written yet
    write_baseline(baseline)
    written = read_baseline(path)
    found, missing = written.place(entry), written.place(other)
    assert (found.line, json.loads(found.text)) == (5, {**entry._asdict(), "count": 2})
    assert missing[1:] == (0, 0)
    unclosed = found.source.text[: found.end]
    (tmp_path / "baseline.json").write_text(unclosed, encoding="utf-8")
    assert Baseline(path, baseline.counts).place(entry)[1:] == found[1:]
    for text in ("", "{", '{"findings": [3, null', '{"findings": [' + "[" * 100_000):
        (tmp_path / "baseline.json").write_text(text, encoding="utf-8")
        assert Baseline(path, baseline.counts).place(entry)[1:] == (0, 0)


def test_the_file_is_read_once_for_all_entries(tmp_path: Path) -> None:
    place = range_of(SourceFile(str(tmp_path / "main.tf"), "a = 1\n"), "a")
    path = str(tmp_path / "baseline.json")
    baseline = create_baseline([finding(place, address=f"sym_flow.{n}") for n in "abc"], path)
    write_baseline(baseline)
    places = [baseline.place(entry) for entry in baseline.counts]
    assert len({id(place.source) for place in places}) == 1
    assert [place.line for place in places] == [4, 5, 6]


def test_entries_that_are_written_twice_are_added_up(tmp_path: Path) -> None:
    item = {"file": "main.tf", "code": "SYM201", "address": "sym_flow.f", "attribute": ""}
    document = {"version": 1, "findings": [item, {**item, "count": 2}]}
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert list(read_baseline(str(path)).counts.values()) == [3]


def test_what_is_gone_more_often_than_it_is_known_leaves_nothing(tmp_path: Path) -> None:
    place = range_of(SourceFile(str(tmp_path / "main.tf"), "a = 1\n"), "a")
    path = str(tmp_path / "baseline.json")
    entry = entry_of(finding(place, address="sym_flow.f"), path)
    other = entry_of(finding(place, address="sym_flow.g"), path)
    stale = [StaleEntry(entry, 2), StaleEntry(other, 1)]
    assert prune_baseline(Baseline(path, {entry: 2}), stale).counts == {}


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("sym_flow.this", "sym_flow.this"),
        ("sym_flow.this[0]", "sym_flow.this"),
        ('sym_flow.this["a.b"]', "sym_flow.this"),
        ('module.x["a.]\\"b"].module.y[1].sym_flow.this', "sym_flow.this"),
        ("module.x.data.sym_integration.this", "data.sym_integration.this"),
        ("module.x", "module.x"),
        ("module.x[0].module.y[0]", "module.y"),
        ("", ""),
        (f'module.x["{"[" * 200_000}"].sym_flow.this["{"]" * 200_000}"]', "sym_flow.this"),
        ("sym_flow.this" + "[1]" * 100_000 + "x", "sym_flow.this"),
        ("module.x." * 50_000 + "sym_flow.this", "sym_flow.this"),
    ],
    ids=range(11),
)
def test_addresses_are_those_inside_the_module(tmp_path: Path, address: str, local: str) -> None:
    place = range_of(SourceFile(str(tmp_path / "main.tf"), "a = 1\n"), "a")
    found = entry_of(finding(place, address=address), str(tmp_path / "baseline.json"))
    assert found.address == local


def test_the_text_is_json_in_a_stable_order(tmp_path: Path) -> None:
    source = SourceFile(str(tmp_path / "sub" / "é.tf"), "a = 1\n")
    place = range_of(source, "a = 1")
    findings = [finding(place, address=f"sym_flow.{name}") for name in "cab"]
    path = str(tmp_path / "baseline.json")
    text = baseline_text(create_baseline(findings, path))
    assert text == baseline_text(create_baseline(reversed(findings), path))
    document = json.loads(text)
    assert document["version"] == 1
    assert [item["address"] for item in document["findings"]] == [f"sym_flow.{n}" for n in "abc"]
    assert document["findings"][0]["file"] == "sub/é.tf"
    assert json.loads(baseline_text(create_baseline([], path))) == {"version": 1, "findings": []}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "baseline.json:1: is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("[]", "not a baseline of version 1"),
        ('{"version": 2, "findings": []}', "not a baseline of version 1"),
        ('{"version": 1}', "findings must be an array"),
        ('{"version": 1, "findings": [3]}', "finding 1 must have file, code"),
        (
            '{"version": 1, "findings": [{"file": "a", "code": "b", "address": "", '
            '"attribute": "", "count": 0}]}',
            "finding 1 must have",
        ),
        *(
            (
                '{"version": 1, "findings": [{"file": "a", "code": "b", "address": "", '
                f'"attribute": {attribute}, "count": {count}}}]}}',
                message,
            )
            for attribute, count, message in (
                ('"\\ud800"', "1", "finding 1 must have"),
                ("null", "1", "finding 1 must have"),
                ("[]", "1", "finding 1 must have"),
                ('""', "true", "finding 1 must have"),
                ('""', "1.5", "finding 1 must have"),
                ('""', "9" * 4000, "finding 1 must have"),
                ('""', "9" * 5000, "is not valid JSON"),
                ('""', "{}", "finding 1 must have"),
            )
        ),
    ],
)
def test_what_is_no_baseline_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_baseline(str(path))


def test_a_missing_baseline_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="symlint baseline create"):
        read_baseline(str(tmp_path / "baseline.json"))

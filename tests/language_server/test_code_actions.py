"""What can be done about findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.language_server.asking import applied, findings_of, offset_of, snapshot_of
from support.language_server.editor import editing, run
from support.language_server.opened import copy, write

from symlint.language_server.features.code_actions import FIX_ALL, Action, actions, fix_all
from symlint.lint.registry import load_rules
from symlint.sym.implementation import python_module

if TYPE_CHECKING:
    from pathlib import Path

RULES = load_rules()


def actions_at(path: Path, changes: list[tuple[str, str]], text: str) -> dict[str, Action]:
    snapshot = snapshot_of(path, *changes)
    start = offset_of(snapshot, path, text)
    found = findings_of(snapshot, path)
    span = (start, start + len(text))
    return {it.title: it for it in actions(snapshot, found, span, RULES.find)}


def test_a_finding_is_repaired_ignored_or_explained(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    path = aws_iam / "flow.tf"
    change = ("strategy_id = sym_strategy.iam.id", "strategy_id = sym_strategy.iam.name")
    found = actions_at(path, [change], "sym_strategy.iam.name")
    assert list(found) == [
        "SYM401: write sym_strategy.iam.id",
        "Ignore SYM401 here, with a reason",
        "Explain SYM401 flow-strategy",
        "Fix all that symlint can repair safely",
    ]
    repair = found["SYM401: write sym_strategy.iam.id"]
    assert repair.preferred
    text = path.read_text(encoding="utf-8")
    assert applied(text.replace(*change), repair.edits) == text


def test_nothing_is_offered_where_nothing_is_wrong(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    assert actions_at(aws_iam / "flow.tf", [], "sym_strategy.iam.id") == {}


def test_all_safe_fixes_of_a_file_are_one_edit(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    path = aws_iam / "flow.tf"
    changes = [("strategy_id = sym_strategy.iam.id", "strategy_id = sym_strategy.iam.name")]
    changes += [("sym_environment.main.id", "sym_environment.main.name")]
    edits = fix_all(snapshot_of(path, *changes), str(path))
    text = path.read_text(encoding="utf-8")
    broken = text
    for change in changes:
        broken = broken.replace(*change)
    assert len(edits) == 1
    assert applied(broken, edits) == text


PLACES = {
    "an argument": ("flow.tf", 'type           = "duration"', 'type           = "durations"'),
    "an element": ("flow.tf", "    sym_target.billing.id,", "    sym_strategy.iam.name,"),
    "a key of a map": ("flow.tf", "iam_group = aws_iam_group.billing.name", 'iam_grp = "x"'),
    "a block": ("flow.tf", 'resource "sym_flow" "iam"', 'resource "sym_flw" "iam"'),
    "python": ("impl.py", '"approvers_channel"', '"approver_channel"'),
    "a part of a statement": (
        "impl.py",
        "allow_self_approval=False,\n    )",
        'allow_self_approval=event.flow.vars["x"],\n    )',
    ),
}


@pytest.mark.parametrize("where", PLACES)
def test_an_ignore_comment_with_a_reason_silences_the_finding(tmp_path: Path, where: str) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    name, old, new = PLACES[where]
    path = aws_iam / name
    text = path.read_text(encoding="utf-8").replace(old, new)
    write(path, text)
    snapshot = snapshot_of(path)
    found = findings_of(snapshot, path)
    assert found
    for finding in found:
        (ignore,) = [
            it
            for it in actions(snapshot, [finding], (finding.range.start,) * 2, RULES.find)
            if it.title.startswith("Ignore")
        ]
        assert ignore.command is not None
        (cursor,) = ignore.command.arguments
        written = applied(text, ignore.edits)
        assert not isinstance(cursor, str)
        reasoned = f"{written[: cursor.start]}it is meant{written[cursor.start :]}"
        write(path, reasoned)
        codes = [it.code for it in findings_of(snapshot_of(path), path)]
        assert finding.code not in codes, reasoned
        assert "SYM901" not in codes
        write(path, text)


def test_a_syntax_error_cannot_be_ignored(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    found = actions_at(aws_iam / "flow.tf", [("params {", "params {{")], "params {{")
    assert not [it for it in found if it.startswith("Ignore")]


def test_an_editor_repairs_and_ignores(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")

    async def work() -> None:
        window = types.WindowClientCapabilities(
            show_document=types.ShowDocumentClientCapabilities(support=True)
        )
        async with editing(types.ClientCapabilities(window=window)) as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            editor.change(
                path, "strategy_id = sym_strategy.iam.id", "strategy_id = sym_strategy.iam.name"
            )
            await editor.diagnostics(path, "SYM401")
            found = await editor.actions(path, "sym_strategy.iam.name")
            ignore = found["Ignore SYM401 here, with a reason"]
            assert ignore.command is not None
            await editor.client.workspace_execute_command_async(
                types.ExecuteCommandParams(ignore.command.command, ignore.command.arguments)
            )
            assert editor.shown[0].selection is not None
            found = await editor.actions(path, "sym_strategy.iam.name", only=["source.fixAll"])
            assert [it.kind for it in found.values()] == [FIX_ALL]
            editor.apply(found["Fix all that symlint can repair safely"].edit)
            await editor.diagnostics(path)
            assert editor.texts[path] == path.read_text(encoding="utf-8")
            page = await editor.client.workspace_execute_command_async(
                types.ExecuteCommandParams("symlint.explain", ["SYM401"])
            )
            assert str(page).startswith("# SYM401 flow-strategy")
            assert editor.messages[-1].startswith("SYM401 flow-strategy: The `strategy_id` of")

    run(work())


def test_an_editor_that_resolves_gets_the_edit_when_it_asks(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    support = types.ClientCodeActionResolveOptions(["edit"])
    document = types.TextDocumentClientCapabilities(
        code_action=types.CodeActionClientCapabilities(resolve_support=support)
    )

    async def work() -> None:
        async with editing(types.ClientCapabilities(text_document=document)) as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            editor.change(
                path, "strategy_id = sym_strategy.iam.id", "strategy_id = sym_strategy.iam.name"
            )
            found = await editor.actions(path, "sym_strategy.iam.name", only=[FIX_ALL])
            (action,) = found.values()
            assert action.edit is None
            resolved = await editor.client.code_action_resolve_async(action)
            editor.apply(resolved.edit)
            await editor.diagnostics(path)

    run(work())


def test_python_is_parsed_once_for_all_its_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(tmp_path, "aws_iam") / "impl.py"
    lines = "".join(f"known_{it} = missing_{it}\n" for it in range(9))
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    snapshot = snapshot_of(path)
    found = findings_of(snapshot, path)
    parsed: list[str] = []
    monkeypatch.setattr(python_module, "_parsed", parsed.append)
    titles = [it.title for it in actions(snapshot, found, (0, 10_000), RULES.find)]
    assert titles.count("Ignore SYM613 here, with a reason") == 9
    assert parsed == []

"""Findings in an editor, over the protocol."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

from lsprotocol import types
from support.language_server.editor import editing, run
from support.language_server.opened import copy, two_roots, write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_mistake_is_underlined_while_it_is_typed(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")

    async def work() -> None:
        async with editing() as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            await editor.diagnostics(path)
            editor.change(path, "sym_target.billing.id", "sym_strategy.iam.id")
            found, _ = await editor.diagnostics(path, "SYM102", "SYM201")
            assert found.severity == types.DiagnosticSeverity.Error
            editor.change(path, "    sym_strategy.iam.id,\n", "    sym_target.log_reader.id,\n")
            (found,) = await editor.diagnostics(path, "SYM204")
            assert found.source == "symlint"
            assert found.code_description is not None
            assert found.code_description.href == "symlint:/rules/SYM204.md"
            assert found.related_information

    run(work())


def test_what_is_missing_is_said_when_the_file_is_saved(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")

    async def work() -> None:
        async with editing() as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            await editor.diagnostics(path)
            editor.change(path, "    strategy_id = sym_strategy.iam.id\n", "")
            editor.change(path, '"duration"\n      label', '"durations"\n      label')
            await editor.diagnostics(path, "SYM405")
            editor.save(path)
            await editor.diagnostics(path, "SYM402", "SYM405")

    run(work())


def test_a_broken_file_keeps_the_findings_of_others(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    text = (aws_iam / "environment.tf").read_text(encoding="utf-8")
    target = 'resource "sym_target" "x" {\n  type  = "okta_grop"\n  name  = "x"\n  label = "x"\n}\n'
    write(aws_iam / "environment.tf", f"{text}\n{target}")

    async def work() -> None:
        async with editing() as editor:
            path, other = aws_iam / "flow.tf", aws_iam / "environment.tf"
            editor.open(path)
            before = await editor.diagnostics(other, "SYM217", "SYM920")
            editor.change(path, "params {", "params {{")
            await editor.diagnostics(path, "SYM001", "SYM001")
            assert editor.published(other) == before

    run(work())


def test_all_callers_of_a_module_are_linted(tmp_path: Path) -> None:
    shared = two_roots(tmp_path)

    async def work() -> None:
        async with editing() as editor:
            path = shared / "modules" / "target" / "main.tf"
            editor.open(path)
            await editor.diagnostics(path)
            editor.change(path, "type = string\n}\n\nresource", "type = number\n}\n\nresource")
            for name in ("prod", "dev"):
                await editor.diagnostics(shared / name / "main.tf", "SYM107")
            editor.change(path, "type = number", "type = string")
            for name in ("prod", "dev"):
                await editor.diagnostics(shared / name / "main.tf")

    run(work())


def test_unsaved_python_is_what_the_flow_has(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")

    async def work() -> None:
        async with editing() as editor:
            path = aws_iam / "impl.py"
            editor.open(path)
            await editor.diagnostics(path)
            editor.change(path, "approvers_channel", "approver_channel")
            (found,) = await editor.diagnostics(path, "SYM609")
            places = [editor.text_of(it.location) for it in found.related_information or ()]
            assert [name for name, _ in places] == ["flow.tf"]

    run(work())


def test_positions_count_in_the_units_of_the_client(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    path = aws_iam / "flow.tf"
    text = path.read_text(encoding="utf-8")
    line = '  label = "\N{ROCKET} AWS", nam = 1'
    write(path, text.replace('  label = "AWS access"', line))

    async def work(encoding: types.PositionEncodingKind, character: int) -> None:
        general = types.GeneralClientCapabilities(position_encodings=[encoding])
        async with editing(types.ClientCapabilities(general=general)) as editor:
            editor.open(path)
            (found,) = await editor.diagnostics(path, "SYM001")
            assert found.range.start.character == character

    run(work(types.PositionEncodingKind.Utf16, 18))
    run(work(types.PositionEncodingKind.Utf8, 20))
    run(work(types.PositionEncodingKind.Utf32, 17))


def test_a_client_that_pulls_is_told_when_it_asks(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    document = types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())

    async def work() -> None:
        async with editing(types.ClientCapabilities(text_document=document)) as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            editor.change(path, "sym_target.billing.id,", "sym_target.log_reader.id,")
            report = await editor.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(editor.document(path))
            )
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            assert [it.code for it in report.items] == ["SYM204"]
            assert editor.published(path) == []

    run(work())


def test_own_rules_are_run_where_the_workspace_is_trusted(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    write(aws_iam / "symlint.toml", 'rules = ["rules"]\nselect = ["OWN001", "SYM2", "SYM902"]\n')
    write(aws_iam / "rules" / "own.py", OWN_RULE)

    async def work(*codes: str, trusted: bool) -> None:
        async with editing(options={"trusted": trusted}) as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            old = "    sym_target.billing.id,"
            editor.change(
                path, old, "    # symlint: ignore[OWN009] we know\n    sym_target.log_reader.id,"
            )
            await editor.diagnostics(path, *codes)

    run(work("SYM204", trusted=False))
    run(work("SYM204", "OWN001", "SYM902", trusted=True))


def test_a_configuration_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    aws_iam = copy(tmp_path, "aws_iam")
    config = write(aws_iam / "symlint.toml", '\nselect = ["SYM999"]\n')

    async def work() -> None:
        async with editing() as editor:
            path = aws_iam / "flow.tf"
            editor.open(path)
            while not editor.messages:
                await asyncio.sleep(0.05)
            assert "SYM999" in editor.messages[0]
            (found,) = editor.published(config)
            assert found.range.start.line == 1
            config.unlink()
            editor.save(path)
            await editor.diagnostics(config)

    run(work())


def test_without_pygls_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['pygls'] = sys.modules['lsprotocol'] = None\n", encoding="utf-8"
    )
    result = subprocess.run(
        [sys.executable, "-m", "symlint", "lsp"],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == (
        "symlint: the language server needs pygls; run: pip install 'symlint[lsp]'\n"
    )


OWN_RULE = '''
from symlint.lint.rule import Rule


class Own(Rule):
    """Nothing is right."""

    code = "OWN001"
    name = "own-rule"
    severity = "note"
    bad = ""
    good = ""

    def check(self, configuration):
        for flow in configuration.flows:
            yield self.finding("it is not right", flow.header)
'''

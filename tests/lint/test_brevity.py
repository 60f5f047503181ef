"""What rules say of names and values that are very long is cut, and hides them as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files
from support.hand_made import finding

from symlint.lint.brevity import MOST_HOPS, MOST_OF_HELP, MOST_RELATED, brief
from symlint.lint.finding import PASSED, Edit, Finding, Fix, RelatedRange, Undecided
from symlint.lint.hiding.texts import SecretTexts
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.source.cutting import MOST_OF_WORDS, cut
from symlint.source.text import Range, SourceFile
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.value import Hop

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Range(SourceFile("/a.tf", "a"), 0, 1)
LONG = "x" * 60_000


def test_a_text_is_cut_at_its_end() -> None:
    assert cut("x" * MOST_OF_WORDS) == "x" * MOST_OF_WORDS
    assert cut("x" * (MOST_OF_WORDS + 1)) == "x" * (MOST_OF_WORDS - 1) + "…"
    assert cut("abcdef", 3) == "ab…"


def test_what_is_short_stays_as_it_is() -> None:
    hops = tuple(Hop(Reference(Address((), "local", "", str(n))), PLACE) for n in range(MOST_HOPS))
    related = (RelatedRange(PLACE, "there"),) * MOST_RELATED
    fix = Fix("write it", (Edit(PLACE, LONG),), safe=True)
    found = finding(PLACE, fix=fix)._replace(help="h" * MOST_OF_HELP, path=hops, related=related)
    assert brief(found) == found
    plain = finding(PLACE)
    assert brief(plain) is plain
    assert brief(PASSED) is PASSED


@pytest.mark.parametrize("name", ["title", "label", "why", "help", "address", "attribute"])
def test_every_word_is_cut(name: str) -> None:
    found = brief(finding(PLACE)._replace(**{name: LONG}))  # type: ignore[arg-type]  # one of them
    assert len(getattr(found, name)) == (MOST_OF_HELP if name == "help" else MOST_OF_WORDS)


def test_what_stands_beside_a_finding_is_cut() -> None:
    hops = tuple(Hop(Reference(Address((), "local", "", str(n))), PLACE) for n in range(1000))
    fix = Fix(LONG, (Edit(PLACE, LONG),), safe=True)
    related = (RelatedRange(PLACE, LONG),) * 100
    found = finding(PLACE, fix=fix)._replace(path=hops, related=related)
    short = brief(found)
    assert isinstance(short, Finding)
    assert short.path == hops[:15] + hops[-15:]
    assert [len(it.label) for it in short.related] == [MOST_OF_WORDS] * MOST_RELATED
    assert short.fix is not None
    assert len(short.fix.description) == MOST_OF_WORDS
    assert short.fix.edits == (Edit(PLACE, LONG),), "what is written is written whole"


def test_a_question_is_cut() -> None:
    question = brief(Undecided("SYM101", PLACE, LONG, LONG))
    assert question == Undecided("SYM101", PLACE, cut(LONG), cut(LONG))


NAMES = "".join(f'resource "sym_target" "{LONG[:20_000]}{n}" {{\n}}\n' for n in range(6))


@pytest.mark.parametrize(
    "text",
    [
        NAMES + "".join(f'output "o{n}" {{\n  value = sym_target.q{n}.id\n}}\n' for n in range(90)),
        f'locals {{\n  a = "{LONG}"\n}}\n'
        + "".join(f'resource "sym_target" "{n}" {{\n  type = local.a\n}}\n' for n in range(90)),
    ],
    ids=["names", "value"],
)
def test_a_report_of_long_names_and_values_is_short(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, text)
    report = lint([str(tmp_path)], Options(isolated=True))
    assert len(report.findings) >= 90
    for found in report.findings:
        assert brief(found) == found
    assert sum(len(it.title) + len(it.help) for it in report.findings) < 1_000_000


@pytest.mark.parametrize(
    "secret", ["hunter22secret", "canary", "can ary", 'with "quotes" 42 inside']
)
def test_no_piece_of_a_secret_is_left_where_a_sentence_is_cut(secret: str) -> None:
    hidden = SecretTexts([secret])
    for most in range(20, 60):
        said = hidden.hide(cut(f'the {"x" * 20} "{secret}" is none', most))
        assert secret[:3] not in said, said

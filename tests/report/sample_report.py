"""A report made by hand: every kind of finding, several files, and hostile text everywhere."""

from typing import Any, ClassVar

from symlint.lint.finding import Edit, Finding, Fix, RelatedRange, Undecided
from symlint.lint.report import Counts, Failure, Report, Suppressed
from symlint.lint.rule import Example, Rule
from symlint.report.options import RenderOptions
from symlint.source.text import Range, SourceFile
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.value import Hop

DIRECTORY = "/home/user/infra/live"
REPOSITORY = "/home/user/infra"

MAIN = """\
locals {
  target = sym_target.main.id
}

resource "sym_strategy" "this" {
  type        = "aws_iam"
  integration = sym_integration.context.id

  targets = [local.target]
}
"""

TARGETS = """\
resource "sym_target" "main" {
\ttype = "okta_group" \t# 漢字のコメント
\tlabel = "漢字", name = "x"
}
"""

HOSTILE = (
    'name = "\x1b]0;owned\x07\x1b[31mred" # ::error::x ##[set-env]\u202etxt.exe \udcff <b>&]]>\n'
    "::stop-commands::x\n"
)

HOSTILE_WORDS = (
    "\x1b[31m[red]x[/red]\x1b[0m ::error::%0A ##[command] \u202eevil\u2066 \x00\x08\udcff\ufffe"
    " <script>alert(1)</script> @team #1 `code` | [link](http://example.com) ]]> & 漢字"
)


class StrategyTargetType(Rule):
    """A strategy grants only targets of its own kind.

    Sym refuses the request when somebody asks for access.
    """

    __module__ = "symlint.rules.sample"  # as one of symlint's own
    code = "SYM201"
    name = "strategy-target-type"
    severity = "error"
    sources = ("https://docs.symops.com/",)
    fixable = True
    bad: ClassVar[Example] = 'resource "sym_target" "a" {\n  type = "okta_group"\n}\n'
    good: ClassVar[Example] = {"main.tf": "# nothing\n", "impl.py": "pass\n"}


def place(source: SourceFile, text: str, occurrence: int = 0) -> Range:
    """The range of an occurrence of ``text``."""
    start = -1
    for _ in range(occurrence + 1):
        start = source.text.index(text, start + 1)
    return Range(source, start, start + len(text))


def sample_report() -> Report:
    """The report that the snapshots show."""
    main = SourceFile(f"{DIRECTORY}/main.tf", MAIN)
    targets = SourceFile(f"{REPOSITORY}/modules/a b%/targets.tf", TARGETS)
    hostile = SourceFile(f"{DIRECTORY}/::error::x\x1b[2J,\udcff.tf", HOSTILE)
    long = SourceFile(f"{DIRECTORY}/long.tf", f'x = "{"lorem ipsum " * 300}" + wrong + 1\n')
    target = Reference(Address((), "local", "", "target"))
    mismatch = Finding(
        code="SYM201",
        name="strategy-target-type",
        severity="error",
        title="aws_iam strategy cannot grant an okta_group target",
        range=place(main, "local.target"),
        label="this is an okta_group target",
        related=(
            RelatedRange(place(main, '"aws_iam"'), "the strategy's type is set here"),
            RelatedRange(place(targets, '"okta_group"'), "the target's type is set here"),
        ),
        why="Sym refuses the request when somebody asks for access.",
        help="use a target of type aws_iam_group:\n"
        '  resource "sym_target" "main" {\n    type = "aws_iam_group"\n  }\n'
        "or remove the target",
        address='module.live["eu"].sym_strategy.this',
        attribute="targets",
        path=(Hop(target, place(main, "local.target")),),
        fix=Fix(
            "name the right target",
            (Edit(place(main, "local.target"), "sym_target.right.id"),),
            safe=True,
        ),
        more_instances=2,
    )
    evil = Finding(
        code="SYM102",
        name="dependency-cycle",
        severity="warning",
        title=HOSTILE_WORDS,
        range=place(hostile, "\x1b[31mred"),
        label=HOSTILE_WORDS,
        related=(RelatedRange(place(hostile, "::stop-commands::x"), "here\n::error::y"),),
        why=HOSTILE_WORDS,
        help=f"{HOSTILE_WORDS}\n::add-mask::x\n  ```\n  {HOSTILE_WORDS}",
        address=HOSTILE_WORDS,
    )
    cut = Finding(
        code="SYM106",
        name="bad-expression",
        severity="note",
        title="the operand of + must be a number",
        range=place(long, "wrong"),
        label="this is a string",
    )
    block = Finding(
        code="SYM402",
        name="unused-strategy",
        severity="warning",
        title="no flow uses this strategy",
        range=place(main, MAIN[MAIN.index("resource") :].rstrip()),
        label="the whole block",
        address="sym_strategy.this",
    )
    return Report(
        findings=(evil, mismatch, block, cut),
        undecided=(
            Undecided(
                "SYM301",
                place(targets, '"漢字"'),
                "does the label fit?",
                f"var.label has no value {HOSTILE_WORDS}",
            ),
        ),
        failures=(
            Failure(f"{DIRECTORY}/gone\x1b[2J.tf", "no such file"),
            Failure("", f"a rule crashed: {HOSTILE_WORDS}"),
        ),
        suppressed=(
            Suppressed(mismatch, "comment", f"known {HOSTILE_WORDS}"),
            Suppressed(block._replace(code="SYM403", name="other"), "baseline", ""),
        ),
        counts=Counts(
            files=12,
            modules=2,
            skipped_modules=3,
            checks_passed=40,
            variable_files=1,
            python_files=2,
            skipped_files=(("without_sym", 7), ("dot_terraform", 30), ("hidden", 1)),
            skipped_folders=(("linked", 2),),
        ),
        rules=(StrategyTargetType,),
        exit_status=3,
    )


def clean_report() -> Report:
    """A report without findings."""
    return Report((), (), (), (), Counts(1, 1, 0, 7), (StrategyTargetType,))


def sample_options(**changes: Any) -> RenderOptions:
    """Options that do not depend on the machine."""
    return RenderOptions(DIRECTORY, REPOSITORY, "1.2.3")._replace(**changes)

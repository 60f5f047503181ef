"""Standard input without a name: a text of which nobody knows where it belongs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

FIXTURES = Path(__file__).parents[2] / "fixtures"
PIECES = sorted(
    path for name in ("aws_iam", "okta", "lambda") for path in (FIXTURES / name).glob("*.tf")
)
PART = """\
module "part" {
  source = "./part"
  input  = var.input
}

resource "sym_flow" "this" {
  name           = "this"
  environment_id = sym_environment.main.id
  implementation = file("${path.module}/impl.py")
  vars           = { channel = local.channel }

  params {
    strategy_id = sym_strategy.main.id
  }
}
"""


@pytest.mark.parametrize("piece", PIECES, ids=lambda it: f"{it.parent.name}/{it.name}")
def test_a_file_of_a_right_configuration_is_right(symlint: Run, piece: Path) -> None:
    result = symlint("-", standard_input=piece.read_bytes())
    assert result.exit_code == 0, result.stdout


def test_what_other_files_decide_is_not_reported(symlint: Run) -> None:
    result = symlint("-", "-fconcise", standard_input=PART.encode())
    assert (result.exit_code, result.stdout) == (0, "")
    assert "say where it belongs with --stdin-filename" in result.stderr


def test_what_it_says_itself_is_judged(symlint: Run) -> None:
    wrong = PART.replace("environment_id", "enviroment_id").encode()
    result = symlint("-", "-fconcise", standard_input=wrong)
    assert result.exit_code == 1
    assert result.stdout.startswith("stdin.tf:8:3: error SYM121 ")


def test_files_beside_it_are_not_looked_at(symlint: Run) -> None:
    Path("main.tf").write_text(PART, encoding="utf-8")
    Path("impl.py").write_text("nonsense(", encoding="utf-8")
    assert symlint("-", standard_input=PART.encode()).exit_code == 0
    beside = symlint("-", "--stdin-filename", "main.tf", standard_input=PART.encode())
    assert beside.exit_code == 1
    assert "SYM101" in beside.stdout
    assert not beside.stderr

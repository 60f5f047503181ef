"""Trees of random root modules that share files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint.report.formats import render
from symlint.report.options import RenderOptions

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.report import Report

STRATEGY = """
resource "sym_strategy" "s" {
  type           = "okta"
  name_prefix    = "x"
  targets        = [sym_target.t.id]
  integration_id = sym_integration.i.id
}
resource "sym_target" "t" {
  type = "aws_iam_group"
  name = "wrong"
}
resource "sym_integration" "i" {
  type        = "okta"
  name        = "i"
  external_id = "x.okta.com"
  settings    = { api_token_secret = var.token }
}
variable "token" {
  sensitive = true
  default   = "hunter2-and-more"
}
"""

PIECES = (
    STRATEGY,
    'module "shared" {\n  source = "../../shared"\n  name   = "SHARED"\n}\n',
    'module "elsewhere" {\n  source = "../../.terraform/modules/far"\n}\n',
    'resource "sym_target" "suppressed" { # symlint: ignore[SYM207] it is known\n  type = "okta_group"\n'
    '  name = "a"\n}\n',
    "# symlint: ignore[SYM201]\nlocals {\n  a = 1\n}\n",
    "locals {\n  broken = \n}\n",
    'output "token" {\n  value = "hunter2-and-more"\n}\nvariable "who" {}\n'
    'resource "sym_target" "who" {\n  type = "okta_group"\n  name = var.who\n'
    "  settings = { group_id = var.who }\n}\n",
    'locals {\n  big = [for i in range(900) : [for j in range(100) : i * j]]\n  text = file("../../text.txt")\n}\n'
    'resource "sym_target" "big" {\n  type  = "okta_group"\n  name  = "n${local.big[3][4]}"\n'
    "  label = local.text\n}\n",
    'resource "sym_flow" "f" {\n  name           = "f"\n  label          = "F"\n'
    '  implementation = file("${path.module}/../../impl.py")\n  environment_id = "x"\n'
    '  params {\n    strategy_id = "s"\n  }\n}\n',
    'resource "sym_target" "off" {\n  count = 0\n  type  = "okta_grup"\n  name  = "x"\n}\n',
)
QUICK = tuple(it for it in PIECES if "range(900)" not in it)
"""Those of which none is much work."""

SHARED = """
--- shared/main.tf
variable "name" {}
resource "sym_target" "t" {
  type = "okta_group"
  name = var.name
  lable = "x"
}
--- .terraform/modules/far/main.tf
resource "sym_target" "far" {
  type = "okta_group"
  name = "far"
}
--- impl.py
from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack


@reducer
def get_approvers(event):
    return slack.channel(event.flow.vars["missing"])  # symlint: ignore[SYM615] so be it
--- text.txt
some text, long enough to be worth something
"""

CONFIGURED = """
--- symlint.toml
preview = true
exclude = ["**/r07", "shared/x*"]
variable-files = ["a.tfvars", "b.tfvars"]
[[overrides]]
paths = ["**/r*[02468]/**"]
ignore = ["SYM207"]
"""


def write_tree(directory: Path, seed: int, from_pieces: tuple[str, ...] = PIECES) -> None:
    """A tree of random root modules that share files."""
    chance = random.Random(seed)
    write_files(directory, SHARED + (CONFIGURED if seed % 2 else ""))
    for number in range(chance.randint(7, 9)):
        pieces = chance.sample(from_pieces, chance.randint(1, 4))
        text = f"--- group{number % 2}/r{number:02}/main.tf\n" + "".join(pieces)
        for name in "ab":
            if chance.random() < 0.3:
                text += f'--- group{number % 2}/r{number:02}/{name}.tfvars\nwho = "{name}"\n'
        if not number % 3:
            text += f"--- group{number % 2}/r{number:02}/one.tf\n" + chance.choice(from_pieces)
        write_files(directory, text)
    if seed % 3 == 1:
        write_files(directory / "group1", '--- symlint.toml\nignore = ["SYM101"]\n')


def rendered(report: Report, directory: Path) -> tuple[str, ...]:
    """What is said of a report, in several formats."""
    shown = RenderOptions(
        directory=str(directory), repository=str(directory), version="0", show_undecided=True
    )
    return tuple(render(name, report, shown) for name in ("json", "sarif", "text"))

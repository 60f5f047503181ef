"""The examples of docs/configuration.md and docs/catalogue.md are read and do what the pages say."""

import re
from pathlib import Path

import pytest

import symlint
from symlint.lint.settings.config_file import load_config
from symlint.sym.catalogue import load_catalogue

DOCS = Path(__file__).parents[2] / "docs"
PAGE = "".join(
    (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("configuration", "catalogue")
)
TOML = re.findall(r"```toml\n(# symlint\.toml\n.*?)```", PAGE, re.DOTALL)


def file_with(text: str, folder: Path) -> Path:
    (example,) = [toml for toml in TOML if text in toml]
    (folder / "symlint.toml").write_text(example, encoding="utf-8")
    return folder


@pytest.mark.parametrize("number", range(len(TOML)))
def test_every_file_is_accepted(number: int, tmp_path: Path) -> None:
    path = tmp_path / "symlint.toml"
    path.write_text(TOML[number], encoding="utf-8")
    config = load_config(str(path))
    load_catalogue(config.catalogue)
    (tmp_path / "main.tf").write_text("", encoding="utf-8")
    assert symlint.lint([tmp_path]).exit_status == 0


def test_the_pages_have_them_all() -> None:
    assert len(TOML) == 4


@pytest.mark.parametrize("entry", ["catalogue.targets.database", "catalogue.strategies.acme_vpn"])
def test_a_type_of_ones_own(entry: str, tmp_path: Path) -> None:
    folder = file_with(entry, tmp_path)
    section = PAGE[PAGE.index(f"[{entry}") :]
    (hcl, *_) = re.findall(r"```hcl\n(.*?)```", section, re.DOTALL)
    (folder / "main.tf").write_text(hcl, encoding="utf-8")
    (said, *_) = re.findall(r"\$ symlint --format concise\n(.*?)\n```", section)
    (finding,) = symlint.lint([folder], select=["SYM2"]).findings
    place = f"main.tf:{finding.range.line}:{finding.range.column}"
    assert said == (f"{place}: {finding.severity} {finding.code} {finding.title} [{finding.name}]")


STRATEGY = """
resource "sym_strategy" "this" {
  type           = "%s"
  name           = "this"
  implementation = "${path.module}/strategy.py"
  targets        = [sym_target.this.id]
}

resource "sym_target" "this" {
  type     = "%s"
  name     = "this"
  settings = { role = "admin", anything = "else" }
}
"""


def test_a_strategy_type_of_ones_own(tmp_path: Path) -> None:
    folder = file_with("catalogue.strategies.acme_vpn", tmp_path)
    (folder / "strategy.py").write_text("", encoding="utf-8")
    select = ["SYM201", "SYM202", "SYM207", "SYM208", "SYM217"]
    (folder / "main.tf").write_text(STRATEGY % ("acme_vpn", "acme_vpn_role"), encoding="utf-8")
    codes = [finding.code for finding in symlint.lint([folder], select=select).findings]
    assert "SYM201" not in codes
    assert "SYM217" not in codes
    (folder / "main.tf").write_text(STRATEGY % ("acme_vpn", "okta_group"), encoding="utf-8")
    codes = [finding.code for finding in symlint.lint([folder], select=select).findings]
    assert "SYM201" in codes


def test_a_fork(tmp_path: Path) -> None:
    folder = file_with("acme-iam-connector", tmp_path)
    (folder / "main.tf").write_text(
        'module "iam" {\n  source      = "app.terraform.io/acme/iam-connector/aws"\n'
        '  version     = "~> 2.0"\n  environment = "main"\n'
        '  runtime_role_arns = ["arn:aws:iam::123456789012:role/sym/Runtime"]\n}\n',
        encoding="utf-8",
    )
    (finding,) = symlint.lint([folder]).findings
    assert finding.title == "the IAM connector has no team"

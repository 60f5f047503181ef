"""Files that an editor opens."""

from __future__ import annotations

import shutil
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"


def write(path: Path, text: str) -> Path:
    """Write a file, and make its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def copy(tmp_path: Path, name: str) -> Path:
    """A copy of an example, in a repository of its own."""
    (tmp_path / ".git").mkdir()
    return Path(shutil.copytree(FIXTURES / name, tmp_path / name))


def two_roots(tmp_path: Path) -> Path:
    """Two root modules that call one module, which makes a target of what it is given."""
    (tmp_path / ".git").mkdir()
    for name, environment in (("prod", "production"), ("dev", "development")):
        write(tmp_path / name / "main.tf", ROOT.replace("ENVIRONMENT", environment))
    write(tmp_path / "modules" / "target" / "main.tf", MODULE)
    return tmp_path


ROOT = """\
locals {
  groups = { admins = "00g1ADMINS0000000001" }
}

module "group" {
  source   = "../modules/target"
  for_each = local.groups
  group    = each.value
  name     = "ENVIRONMENT-${each.key}"
}

output "targets" {
  value = [for group in module.group : group.target_id]
}
"""

MODULE = """\
variable "group" {
  type        = string
  description = "The id of the Okta group."
}

variable "name" {
  type = string
}

resource "sym_target" "this" {
  type  = "okta_group"
  name  = var.name
  label = var.name

  settings = {
    group_id = var.group
  }
}

output "target_id" {
  value = sym_target.this.id
}
"""

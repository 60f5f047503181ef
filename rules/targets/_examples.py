"""Examples that several rules about targets share."""

from __future__ import annotations

from typing import Final

REPOSITORY: Final = """
resource "sym_target" "website" {
  type = "github_repo"
  name = "website"

  settings = {
    repo_name = "website"
  }
}

resource "sym_strategy" "github" {
  type           = "github"
  name           = "github"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.website.id]
}
"""

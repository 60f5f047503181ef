"""Examples for the rules about the provider's schema."""

from __future__ import annotations

from symlint.annotations import Final

TARGET: Final = """
resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g1billing"
  }
}
"""

FLOW: Final = """
resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    prompt_field {
      name           = "reason"
      type           = "string"
      allowed_values = ["incident", "request"]
    }
  }
}
"""

VISIBLE: Final = FLOW.replace("allowed_values", "visible        = true\n      allowed_values")
"""With an argument that came with version 3.4.2."""

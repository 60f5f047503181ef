"""The called module in examples of the rules about module calls."""

from __future__ import annotations

from symlint.annotations import Final

CHILD: Final = """\
variable "environment" {
  type = string
}

output "name" {
  value = "${var.environment}-access"
}
"""
"""The file of the called module."""

"""Examples that several rules about Terraform share."""

from __future__ import annotations

from typing import Final

CHILD: Final = """\
variable "environment" {
  type = string
}

output "name" {
  value = "${var.environment}-access"
}
"""
"""The file of a module that is called."""

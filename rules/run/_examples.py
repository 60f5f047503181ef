"""Examples for the rules about ignore comments and the baseline."""

from __future__ import annotations

from symlint.annotations import Final

BROKEN: Final = """\
variable "environment" {
  type = string
}

output "environment" {
  value = var.enviroment """


SOUND: Final = """\
variable "environment" {
  type = string
}

output "environment" {
  value = var.environment
}
"""

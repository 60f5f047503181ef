#### ignore comments of every wrong form
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
variable "environment" { # symlint: ignore[SYM10] legacy
  type = string # symlint: ignore[SYM001] cannot be suppressed
}
output "environment" { # symlint: ignore[SYM101]
  value = var.environment # symlint: ignore[SYM101, resource-nam] not needed
}
output "missing" {
  # symlint: ignore[SYM101] until=2020-12-31 it was being renamed
  value = var.missing
}
output "later" {
  value = var.later # symlint: ignore[undeclared-reference] until=9999-12-31 one day
}
output "without_a_reason" {
  value = var.later # symlint: ignore[SYM101]
}
output "malformed" {
  value = var.environment # symlint: disable=SYM101
}
output "date" {
  value = var.environment # symlint: ignore[SYM101] until=2020-13-41 no date
}
output "empty" {
  value = var.environment # symlint: ignore[] nothing
}
output "late" {
  # symlint: ignore-file[SYM101] behind the first block
  value = var.environment
}
output "several" {
  # symlint: ignore[SYM101, SYM102] both for nothing
  value = var.environment
}

#### a comment for the whole file
# symlint: ignore-file[SYM101, SYM102] all of it is being moved
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
output "missing" {
  value = var.missing
}

#### entries of the baseline that suppress nothing any more
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
output "missing" {
  value = [var.missing, var.other]
}
--- symlint.toml
baseline = "symlint-baseline.json"
--- symlint-baseline.json
{
  "version": 1,
  "findings": [
    {"file": "main.tf", "code": "SYM101", "address": "output.missing", "attribute": "value", "count": 1},
    {"file": "main.tf", "code": "SYM101", "address": "output.gone", "attribute": "value", "count": 1},
    {"file": "main.tf", "code": "SYM103", "address": "output.missing", "attribute": "value", "count": 3},
    {"file": "gone.tf", "code": "SYM101", "address": "output.missing", "attribute": "value", "count": 2}
  ]
}

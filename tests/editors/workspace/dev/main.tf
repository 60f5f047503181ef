terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.6"
    }
  }
}

locals {
  environment_name = "dev"
}

variable "environment_id" {
  type = string
}

variable "integration_id" {
  type = string
}

module "access" {
  source = "../modules/access"

  environment_id = var.environment_id
  integration_id = var.integration_id
  groups         = { testers = { id = "00g1TESTERS000000003", label = "Testers" } }
  channel        = "#${local.environment_name}-access"
}

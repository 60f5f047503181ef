terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.6"
    }
  }
}

resource "sym_target" "group" {
  for_each = var.groups

  type  = "okta_group"
  name  = "okta-${each.key}"
  label = each.value.label

  settings = {
    group_id = each.value.id
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = var.integration_id
  targets        = [for target in sym_target.group : target.id]
}

resource "sym_flow" "okta" {
  name           = "okta"
  label          = "Okta groups"
  implementation = file("${path.module}/impl.py")
  environment_id = var.environment_id

  vars = {
    approvers_channel = var.channel
  }

  params {
    strategy_id = sym_strategy.okta.id

    prompt_field {
      name = "reason"
      type = "string"
    }

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h", "8h"]
    }
  }
}

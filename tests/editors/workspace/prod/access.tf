module "access" {
  source = "../modules/access"

  environment_id = sym_environment.this.id
  integration_id = sym_integration.okta.id
  groups         = local.groups
  channel        = "#prod-access"
}

resource "sym_target" "oncall" {
  type  = "okta_group"
  name  = "oncall"
  label = "On call"

  settings = {
    group_id = local.group_ids["support"]
  }
}

resource "sym_strategy" "oncall" {
  type           = "okta"
  name           = "oncall"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.oncall.id, sym_target.weekend.id]
}

resource "sym_flow" "oncall" {
  name           = "oncall"
  label          = "On call 🚀"
  implementation = templatefile("${path.module}/oncall.py", { channel = "#oncall" })
  environment_id = sym_environment.this.id

  params {
    strategy_id = sym_strategy.oncall.id

    prompt_field {
      name = "reason"
      type = "string"
    }

    dynamic "prompt_field" {
      for_each = { urgency = ["low", "high"] }
      iterator = field

      content {
        name           = field.key
        type           = "string"
        allowed_values = field.value
      }
    }

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }
  }
}

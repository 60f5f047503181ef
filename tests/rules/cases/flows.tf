#### fields of every kind with everything too much
variable "unknown" {}
resource "sym_strategy" "this" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_flow" "fields" {
  name           = "fields"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id             = sym_strategy.this.id
    allow_revoke            = false
    schedule_deescalation   = var.unknown
    allowed_sources         = ["slack", "slak", var.unknown, "nowhere", local.source]
    prompt_field {
      name = "person"
      type = "slack_user"
      allowed_values = var.unknown
      default        = "@a"
      prefetch       = true
    }
    prompt_field {
      name           = "choices"
      type           = "string"
      allowed_values = ["Low", "High"]
      default        = "low"
      prefetch       = true
    }
    prompt_field {
      name           = "other_choices"
      type           = "string"
      allowed_values = ["Low", "High"]
      default        = "Critical"
      prefetch       = false
    }
    prompt_field {
      name           = "unknown_choices"
      type           = "string"
      allowed_values = ["Low", var.unknown]
      default        = "Normal"
    }
    prompt_field {
      name           = "unknown_default"
      type           = "string"
      allowed_values = ["Low"]
      default        = var.unknown
    }
    prompt_field {
      name           = "right"
      type           = "string"
      allowed_values = ["Low"]
      default        = "Low"
    }
    prompt_field {
      name = "nothing"
      type = "nothing"
    }
    prompt_field {
      name = "unknown"
      type = var.unknown
    }
    prompt_field {
      name = "old"
      type = "list"
    }
    prompt_field {
      name = "target_id"
      type = "int"
      allowed_values = ["1"]
      default = "1"
    }
    prompt_field {
      name = var.unknown
      type = "string"
    }
    prompt_field {
      name  = "ticket"
      label = "Something else"
      type  = "string"
    }
    prompt_field {
      name  = "ticket"
      label = "The ticket?"
      type  = "string"
    }
    prompt_field {
      name  = "ticket"
      label = "A third"
      type  = "string"
    }
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["", "30m", "1 hour", "forever", var.unknown, "90 weeks", 5, local.long]
      default        = "2 Days."
    }
    prompt_field {
      name           = "duration"
      type           = "string"
    }
    prompt_field {
      name           = "another_duration"
      type           = "duration"
      allowed_values = var.unknown
    }
  }
  vars = {
    number   = "12"
    negative = "-12"
    signed   = "+1"
    long     = "1234567890123456789"
    yes      = "true"
    letter   = "T"
    text     = "text"
    unknown  = var.unknown
    list     = [1]
    either   = var.unknown ? "1" : "2"
    mixed    = var.unknown ? "1" : "x"
    both     = var.unknown ? "false" : "true"
    far      = local.number
  }
}
locals {
  source = "slac"
  long   = "3 hrs"
  number = "80"
}

#### flows that never end, that nobody can call, and that ask for what they do not have
variable "unknown" {}
resource "sym_flow" "never_ends" {
  name           = "never-ends"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    allow_revoke          = false
    schedule_deescalation = local.no
    allowed_sources       = []
    prompt_field {
      name = "target_id"
      type = "string"
    }
    prompt_field {
      name = "duration"
      type = "duration"
    }
    prompt_field {
      name = "again"
      type = "duration"
    }
  }
}
locals {
  no = "false"
}
resource "sym_flow" "never_ends_either" {
  name           = "never-ends-either"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    allow_revoke          = local.no
    schedule_deescalation = local.no
    allowed_sources       = null
  }
}
resource "sym_flow" "ends" {
  name           = "ends"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    allow_revoke          = false
    schedule_deescalation = true
    allowed_sources       = var.unknown
  }
}
resource "sym_flow" "one_says_nothing" {
  name           = "one"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    allow_revoke          = null
    schedule_deescalation = false
    allowed_sources       = "slack"
  }
}
resource "sym_flow" "not_known" {
  name           = "not-known"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = var.unknown
    prompt_field {
      name = "duration"
      type = "duration"
    }
  }
}
resource "sym_flow" "no_params" {
  name           = "no-params"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  vars           = var.unknown
}
resource "sym_flow" "null_params" {
  name           = "null-params"
  implementation = "${path.module}/impl.py"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params         = null
}
resource "sym_flow" "unknown_params" {
  name           = "unknown-params"
  implementation = "${path.module}/impl.py"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params         = var.unknown
}

#### fields in JSON
variable "unknown" {}
resource "sym_flow" "json" {
  name           = "json"
  implementation = "${path.module}/impl.py"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params = {
    allow_revoke          = "false"
    schedule_deescalation = "false"
    allowed_sources_json  = jsonencode(["slack", "mail"])
    prompt_fields_json = jsonencode([
      { name = "reason", type = "text" },
      { name = "reason", type = "string", allowed_values = ["a"], default = "b" },
      { name = "person", type = "slack_user", default = "@a" },
      { name = "duration", type = "duration", allowed_values = ["1 hour"] },
      "nothing",
    ])
  }
}
resource "sym_flow" "json_in_a_text" {
  name           = "json-in-a-text"
  implementation = "${path.module}/impl.py"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params = {
    allowed_sources_json = "[]"
    prompt_fields_json   = "[{\"name\": \"a\", \"type\": \"text\"}, {\"name\": \"a\", \"type\": \"duration\", \"default\": \"5\"}]"
  }
}
resource "sym_flow" "json_that_is_none" {
  name           = "json-that-is-none"
  implementation = "${path.module}/impl.py"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params = {
    allowed_sources_json = "{}"
    prompt_fields_json   = var.unknown
  }
}

#### strategies that no flow uses, beside a flow without one
resource "sym_strategy" "used" {
  type    = "okta"
  name    = "used"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "database" {
  type    = "okta"
  name    = "database-access"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "each" {
  for_each = toset(["a", "b"])
  type     = "okta"
  name     = each.key
  targets  = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "exported" {
  type    = "okta"
  name    = "exported"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
output "strategy" {
  value = sym_strategy.exported.id
}
module "inner" {
  source = "./inner"
}
resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
  }
}
resource "sym_flow" "database" {
  name           = "database"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    prompt_field {
      name = "length"
      type = "duration"
    }
  }
}
resource "sym_flow" "used" {
  name           = "used"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.used.id
  }
}
--- inner/main.tf
resource "sym_strategy" "inner" {
  type    = "okta"
  name    = "inner"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}

#### strategies that no flow uses, where each has one
resource "sym_strategy" "used" {
  type    = "okta"
  name    = "used"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "idle" {
  type    = "okta"
  name    = "idle"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "idle_either" {
  type    = "okta"
  name    = "idle-either"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_flow" "used" {
  name           = "used"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.used.id
  }
}

#### strategies that may be used: a flow's is not known
variable "unknown" {}
resource "sym_strategy" "used" {
  type    = "okta"
  name    = "used"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "idle" {
  type    = "okta"
  name    = "idle"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_flow" "used" {
  name           = "used"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.used.id
  }
}
resource "sym_flow" "unknown" {
  name           = "unknown"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = var.unknown
  }
}
resource "sym_flow" "wrong" {
  name           = "wrong"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_flow.used.id
  }
}

#### strategies in a configuration with errors
resource "sym_strategy" "idle" {
  type    = "okta"
  name    = "idle"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
  }
}
--- broken.tf
resource "sym_flow" "broken" {

#### several filters of flows
resource "sym_flows_filter" "first" {
  implementation = "def get_flows(): pass"
}
resource "sym_flows_filter" "second" {
  implementation = "def get_flows(): pass"
}
module "inner" {
  source = "./inner"
}
--- inner/main.tf
resource "sym_flows_filter" "third" {
  count          = 2
  implementation = "def get_flows(): pass"
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}

resource "sym_secret" "token" {
  path      = "sym/main/token"
  source_id = sym_secrets.main.id
}

resource "sym_flow" "main" {
  name           = "main-access"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_strategy.main.id

    prompt_field {
      name = "reason"
      type = "string"
    }

    prompt_field {
      name           = "privilege_level"
      type           = "string"
      allowed_values = ["member", "admin"]
    }

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h"]
    }
  }
}

resource "sym_integration" "onelogin" {
  type        = "onelogin"
  name        = "main-onelogin"
  external_id = "orchard.onelogin.com"

  settings = {
    client_id     = "0a1b2c3d"
    client_secret = sym_secret.token.id
  }
}

resource "sym_target" "support" {
  type = "onelogin_role"
  name = "support"

  settings = {
    role_id         = "1234567"
    privilege_level = "member"
  }
}

resource "sym_target" "billing" {
  type = "onelogin_role"
  name = "billing"

  settings = {
    role_id = "7654321"
  }

  field_bindings = ["privilege_level"]
}

resource "sym_strategy" "main" {
  type           = "onelogin"
  name           = "main-onelogin"
  integration_id = sym_integration.onelogin.id

  targets = [
    sym_target.support.id,
    sym_target.billing.id,
  ]
}

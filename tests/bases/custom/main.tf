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
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h"]
    }
  }
}

resource "sym_integration" "vpn" {
  type        = "custom"
  name        = "vpn"
  external_id = "vpn.orchard.example"

  settings = {
    secret_ids_json = jsonencode([sym_secret.token.id])
  }
}

resource "sym_target" "staff" {
  type = "custom"
  name = "staff"

  settings = {
    identifier = "staff"
    zone       = "eu"
  }
}

resource "sym_strategy" "main" {
  type           = "custom"
  name           = "vpn"
  integration_id = sym_integration.vpn.id
  targets        = [sym_target.staff.id]
  implementation = "${path.module}/vpn.py"
}

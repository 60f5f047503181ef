resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "main-runtime"
  external_id = "111122223333"

  settings = {
    cloud    = "aws"
    region   = "eu-central-1"
    role_arn = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"
  }
}

resource "sym_runtime" "main" {
  name       = "main"
  context_id = sym_integration.runtime.id
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  runtime_id      = sym_runtime.main.id
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  template       = "sym:template:approval:1.0.0"
  implementation = "${path.module}/impl.py"
  environment_id = sym_environment.main.id

  params = {
    allow_revoke          = "false"
    schedule_deescalation = "true"
    allowed_sources_json  = jsonencode(["slack", "api"])

    prompt_fields_json = jsonencode([
      {
        name = "reason"
        type = "string"
      },
      {
        name           = "urgency"
        type           = "string"
        default        = "Low"
        allowed_values = ["Low", "High"]
      },
      {
        name = "ticket"
        type = "string"
      },
    ])
  }
}

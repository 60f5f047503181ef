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

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "aws_iam_group" "reader" {
  name = "log-reader"
  path = "/sym/"
}

resource "aws_iam_role" "reader" {
  name                 = "log-reader"
  max_session_duration = 3600
  assume_role_policy   = "{}"
}

resource "aws_iam_group_policy" "reader" {
  group  = aws_iam_group.reader.name
  policy = data.aws_iam_policy_document.reader.json
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = [aws_iam_role.reader.arn]
  }
}

resource "sym_target" "reader" {
  type = "aws_iam_group"
  name = "log-reader"

  settings = {
    iam_group = aws_iam_group.reader.name
  }
}

resource "sym_strategy" "main" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.reader.id]
}

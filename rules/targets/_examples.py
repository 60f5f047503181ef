"""Examples for the rules about a target's settings."""

from __future__ import annotations

from symlint.annotations import Final

REPOSITORY: Final = """
resource "sym_target" "website" {
  type = "github_repo"
  name = "website"

  settings = {
    repo_name = "website"
  }
}

resource "sym_strategy" "github" {
  type           = "github"
  name           = "github"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.website.id]
}
"""

FUNCTION: Final = """
resource "aws_lambda_function" "database" {
  function_name = "database-access"
  role          = "arn:aws:iam::111122223333:role/database-access"
  handler       = "handler.handle"
  runtime       = "python3.11"
  filename      = "function.zip"
}

resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::111122223333:role/notify"
  handler       = "handler.handle"
  runtime       = "python3.11"
  filename      = "notify.zip"
}

module "lambda_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = [aws_lambda_function.database.arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "database" {
  type        = "permission_context"
  name        = "main-database"
  external_id = module.lambda_connector.settings.account_id
  settings    = module.lambda_connector.settings
}

resource "sym_target" "database" {
  type = "aws_lambda_function"
  name = "database"

  settings = {
    arn = aws_lambda_function.database.arn
  }
}

resource "sym_strategy" "database" {
  type           = "aws_lambda"
  name           = "main-database"
  integration_id = sym_integration.database.id
  targets        = [sym_target.database.id]
}
"""

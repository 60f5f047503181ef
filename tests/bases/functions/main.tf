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

resource "aws_lambda_function" "database" {
  function_name = "database-access"
  role          = "arn:aws:iam::111122223333:role/database"
}

module "archive" {
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "archive"
  role          = "arn:aws:iam::111122223333:role/archive"
}

resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::111122223333:role/notify"
}

module "lambda_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = [aws_lambda_function.database.arn, module.archive.lambda_function_arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "lambda" {
  type        = "permission_context"
  name        = "main-lambda"
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

resource "sym_target" "archive" {
  type = "aws_lambda_function"
  name = "archive"

  settings = {
    arn = module.archive.lambda_function_arn
  }
}

resource "sym_strategy" "main" {
  type           = "aws_lambda"
  name           = "main-lambda"
  integration_id = sym_integration.lambda.id
  targets        = [sym_target.database.id, sym_target.archive.id]
}

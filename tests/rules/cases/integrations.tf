#### external ids and settings of every form
variable "unknown" {}
resource "sym_integration" "of_no_type" {
  type        = "nothing"
  name        = "nothing"
  external_id = "x y"
}
resource "sym_integration" "no_external_id" {
  type = "slack"
  name = "none"
}
resource "sym_integration" "slack" {
  for_each = {
    right       = "T0ORCHARD1"
    wrong       = "orchard"
    placeholder = "CHANGEME"
    empty       = ""
    unknown     = var.unknown
  }
  type        = "slack"
  name        = each.key
  external_id = each.value
}
resource "sym_integration" "okta" {
  for_each = {
    right  = "acme.okta.com"
    scheme = "https://acme.okta.com/"
    path   = "acme.okta.com/login"
    www    = "www.acme.okta.com"
    spaces = " acme.okta.com "
    wrong  = "acme"
  }
  type        = "okta"
  name        = each.key
  external_id = each.value
}
resource "sym_integration" "okta_literal" {
  type        = "okta"
  name        = "literal"
  external_id = "https://acme.okta.com/"
  settings = {
    api_token = "x"
  }
}
resource "sym_integration" "okta_unknown_settings" {
  type        = "okta"
  name        = "unknown-settings"
  external_id = "acme.okta.com"
  settings    = var.unknown
}
resource "sym_integration" "okta_misspelled" {
  type        = "okta"
  name        = "misspelled"
  external_id = "acme.okta.com"
  settings = {
    api_token_secre = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_integration" "context" {
  for_each = {
    account  = "1111-2222-3333"
    spaced   = "1111 2222 3333"
    short    = "1111"
    example  = "123456789"
    instance = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
    wrong    = "main"
  }
  type        = "permission_context"
  name        = each.key
  external_id = each.value
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = "arn:aws:iam::111122223333:role/sym/R"
  }
}
resource "sym_integration" "literal_account" {
  type        = "permission_context"
  name        = "literal-account"
  external_id = "1111-2222-3333"
  settings = {
    cloud    = "azure"
    region   = "us east"
    role_arn = "arn:aws:iam::111122223333:user/R"
  }
}
resource "sym_integration" "null_settings" {
  type        = "permission_context"
  name        = "null-settings"
  external_id = "111122223333"
  settings = {
    cloud    = null
    region   = var.unknown
    role_arn = aws_iam_role.this.name
    other    = "x"
  }
}
resource "sym_integration" "far" {
  type        = "permission_context"
  name        = "far"
  external_id = "111122223333"
  settings = {
    clod     = local.cloud
    cloud    = local.cloud
    region   = local.region
    role_arn = local.role
  }
}
resource "sym_integration" "no_settings" {
  type        = "permission_context"
  name        = "no-settings"
  external_id = "111122223333"
}
resource "sym_integration" "unknown_settings" {
  type        = "permission_context"
  name        = "unknown-settings"
  external_id = "111122223333"
  settings    = var.unknown
}
resource "sym_integration" "of_sso" {
  type        = "permission_context"
  name        = "of-sso"
  external_id = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  settings = {
    cloud        = "aws"
    region       = "us-east-1"
    role_arn     = "arn:aws:iam::111122223333:role/sym/R"
    instance_arn = "arn:aws:sso:::instances/x"
  }
}
resource "aws_iam_role" "this" {
  name               = "this"
  assume_role_policy = "{}"
}
locals {
  cloud  = "gcp"
  region = "everywhere"
  role   = "role/sym/R"
}

#### contexts of other modules than the strategy, the store and the environment need
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}
resource "sym_integration" "contradictory" {
  type        = "permission_context"
  name        = "contradictory"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.iam_connector.settings
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_strategy" "iam" {
  for_each = {
    right         = sym_integration.iam.id
    sso           = sym_integration.sso.id
    runtime       = module.runtime_connector.sym_integration.id
    slack         = sym_integration.slack.id
    contradictory = sym_integration.contradictory.id
    unknown       = var.unknown
    none          = null
  }
  type           = "aws_iam"
  name           = "iam-${each.key}"
  integration_id = each.value
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = sym_integration.iam.id
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "sso_slack" {
  type           = "aws_sso"
  name           = "sso-slack"
  integration_id = sym_integration.slack.id
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "lambda" {
  type           = "aws_lambda"
  name           = "lambda"
  integration_id = module.runtime_connector.sym_integration.id
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "lambda_iam" {
  type           = "aws_lambda"
  name           = "lambda-iam"
  integration_id = sym_integration.iam.id
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "of_no_type" {
  type           = "nothing"
  name           = "nothing"
  integration_id = sym_integration.iam.id
}
resource "sym_runtime" "iam" {
  name       = "iam"
  context_id = sym_integration.iam.id
}
resource "sym_runtime" "slack" {
  name       = "slack"
  context_id = local.slack
}
resource "sym_secrets" "sso" {
  type = "aws_secrets_manager"
  name = "sso"
  settings = {
    context_id = sym_integration.sso.id
  }
}
resource "sym_log_destination" "iam" {
  type           = "kinesis_firehose"
  integration_id = sym_integration.iam.id
  settings = {
    stream_name = "x"
  }
}
locals {
  slack = sym_integration.slack.id
}

#### five contexts to choose from
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  for_each          = toset(["a", "b", "c", "d", "e"])
  environment       = each.key
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
resource "sym_integration" "a" {
  type        = "permission_context"
  name        = "a"
  external_id = module.iam_connector["a"].settings.account_id
  settings    = module.iam_connector["a"].settings
}
resource "sym_integration" "b" {
  type        = "permission_context"
  name        = "b"
  external_id = module.iam_connector["b"].settings.account_id
  settings    = module.iam_connector["b"].settings
}
resource "sym_integration" "c" {
  type        = "permission_context"
  name        = "c"
  external_id = module.iam_connector["c"].settings.account_id
  settings    = module.iam_connector["c"].settings
}
resource "sym_integration" "d" {
  type        = "permission_context"
  name        = "d"
  external_id = module.iam_connector["d"].settings.account_id
  settings    = module.iam_connector["d"].settings
}
resource "sym_integration" "e" {
  type        = "permission_context"
  name        = "e"
  external_id = module.iam_connector["e"].settings.account_id
  settings    = module.iam_connector["e"].settings
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}
resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "iam"
  integration_id = sym_integration.sso.id
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
#### settings that do not exist, and addresses in place of names
variable "given" { default = "" }
variable "own" {
  type    = map(string)
  default = { jsonkey = "a" }
}
locals {
  keys = { jason_key = "username" }
}
resource "sym_secret" "secret" {
  for_each  = { right = { json_key = "a" }, wrong = { jsonkey = "a" }, no = { version = "1" } }
  path      = each.key
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  settings  = each.value
}
resource "sym_secret" "through_a_local" {
  path      = "local"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  settings  = local.keys
}
resource "sym_secret" "through_a_variable" {
  path      = "variable"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  settings  = var.own
}
resource "sym_integration" "custom" {
  type        = "custom"
  name        = "custom"
  external_id = ""
  settings    = { secret_ids = jsonencode([for it in sym_secret.secret : it.id]), team = "a" }
}
resource "sym_integration" "joined" {
  type        = "custom"
  name        = "joined"
  external_id = var.given
  settings    = { secret_ids_json = join(",", [sym_secret.through_a_local.id, sym_secret.through_a_variable.id]) }
}
resource "sym_integration" "github" {
  type        = "github"
  name        = "github"
  external_id = "https://github.com/orchard"
  settings    = { api_token_secret = "" }
}
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = "111122223333"
  settings = {
    cloud      = "aws"
    region     = "us-east-1a"
    role_arn   = ""
    accountid  = "111122223333"
  }
}
#### a secret and a stream of another region, and a region that there is not
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "secrets_access" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
  provider = aws.west

  tags = {
    SymEnv = "main"
  }
}

resource "sym_secret" "okta" {
  path      = aws_secretsmanager_secret.okta.name
  source_id = sym_secrets.main.id
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"

  settings = {
    api_token_secret = sym_secret.okta.id
  }
}
resource "aws_kinesis_firehose_delivery_stream" "logs" {
  provider    = aws.west
  name        = "sym-logs"
  destination = "extended_s3"
}
resource "sym_log_destination" "logs" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.logs.name
  }
}
provider "aws" {
  alias  = "typo"
  region = "us-wset-2"
}

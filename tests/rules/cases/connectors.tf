#### names that modules derive, too long, not valid, and not known
variable "unknown" {}
module "long_role" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "an-environment-with-a-name-that-is-much-too-long-for-the-role-of-iam"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "not_valid" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "with a space/"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "no_environment" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "unknown_environment" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = var.unknown
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "in_sym" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "Ünlike a slug"
}
module "bucket" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "Staging_Of_Everything"
  datadog_access_key = "CHANGEME"
}
module "long_bucket" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "an-environment-with-a-name-that-is-much-too-long-for-the-bucket-of-datadog"
  datadog_access_key = "CHANGEME"
}
module "segment" {
  source            = "symopsio/segment-connector/aws"
  version           = "~> 4.0"
  environment       = "Main_One"
  segment_write_key = "CHANGEME"
}
module "firehose" {
  source      = "symopsio/kinesis-firehose-connector/aws"
  version     = "~> 4.0"
  environment = "ok"
}
module "google" {
  source                         = "symopsio/gcp-connector/google"
  version                        = "~> 1.1"
  environment                    = "Main_Of_All"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "access"
  enable_google_group_management = true
}
module "long_google" {
  source                         = "symopsio/gcp-connector/google"
  version                        = "~> 1.1"
  environment                    = "a-name-that-is-much-too-long-for-google"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "access"
}

#### one name in one account, several times and in every way
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias   = "other"
  profile = "other"
}
provider "aws" {
  alias  = "east"
  region = "us-east-2"
}
provider "aws" {
  alias   = "unknown"
  profile = var.unknown
}
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "first" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "elsewhere" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.other
  }
}
module "not_known" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.unknown
  }
}
module "same_account" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "MAIN"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.east
  }
}
module "without" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "without_either" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "counted" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  count             = 2
  environment       = "counted"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "inner" {
  source      = "./inner"
  environment = "inner"
}
module "inner_again" {
  source      = "./inner"
  environment = "inner"
}
module "inner_each" {
  source      = "./inner"
  for_each    = toset(["a", "b"])
  environment = "each"
}
module "inner_named" {
  source      = "./inner"
  for_each    = toset(["a", "b"])
  environment = each.key
}
module "addon" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}
module "addon_again" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}
--- inner/main.tf
variable "environment" {
  type = string
}
module "lambda" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = var.environment
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "fixed" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "fixed"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

#### what is in Sym twice
provider "aws" {
  alias   = "other"
  profile = "other"
}
variable "flag" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "elsewhere" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "Main"
  providers = {
    aws = aws.other
  }
}
module "one_or" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  count       = var.flag ? 1 : 0
  environment = "either"
}
module "the_other" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  count       = var.flag ? 0 : 1
  environment = "either"
  providers = {
    aws = aws.other
  }
}
module "alone" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "alone"
}
data "sym_runtime" "alone" {
  name = "alone"
}
resource "sym_runtime" "main" {
  name       = "MAIN"
  context_id = module.runtime_connector.sym_integration.id
}
resource "sym_integration" "main" {
  type        = "permission_context"
  name        = "main"
  external_id = "111122223333"
}
resource "sym_integration" "runtime_main" {
  type        = "permission_context"
  name        = "runtime-main"
  external_id = "111122223333"
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main"
  external_id = "T0ORCHARD1"
}
resource "sym_runtime" "either" {
  name  = "either"
  count = var.flag ? 0 : 1
}
resource "sym_runtime" "of_another_name" {
  name       = "of-another-name"
  context_id = module.alone.sym_integration.id
}
resource "sym_runtime" "of_its_own" {
  name       = "of-its-own"
  context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}

#### connectors of other accounts than their runtimes list
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias   = "sso"
  profile = "sso"
}
provider "aws" {
  alias               = "allowed"
  allowed_account_ids = ["444455556666", "777788889999"]
}
provider "aws" {
  alias   = "unknown"
  profile = var.unknown
}
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "known" {
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 2.0"
  environment         = "known"
  account_id_safelist = ["111122223333"]
  providers = {
    aws = aws.allowed
  }
}
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/x", module.runtime_connector.sym_runtime_connector_role.arn, module.known.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.sso
  }
}
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.allowed
  }
}
module "unknown" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "unknown"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.unknown
  }
}
module "nowhere" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "nowhere"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.nowhere
  }
}
module "inner" {
  source = "./inner"
  roles  = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "inner_with_provider" {
  source = "./with_provider"
  roles  = [module.runtime_connector.sym_runtime_connector_role.arn]
}
--- inner/main.tf
variable "roles" {
  type = list(string)
}
module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "inner"
  runtime_role_arns = var.roles
}
--- with_provider/main.tf
variable "roles" {
  type = list(string)
}
provider "aws" {
  profile = "inner"
}
module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "inner"
  runtime_role_arns = var.roles
}

#### settings that are not there, and ids of other things
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "old" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "old"
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
module "each" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  for_each          = toset(["a", "b"])
  environment       = each.key
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "inner" {
  source = "./inner"
}
output "keys" {
  value = [module.sso_connector.settings.account_id, module.iam_connector.settings.instance_arn, module.runtime_connector.sym_runtime.environment, module.iam_connector.settings.rolearn]
}
locals {
  id  = module.sso_connector.settings.account_id
  arn = "arn:aws:iam::444455556666:role/sym/R"
}
variable "unknown" {}
resource "sym_integration" "no_such_key" {
  type        = "permission_context"
  name        = "a"
  external_id = local.id
  settings    = module.sso_connector.settings
}
resource "sym_integration" "external_id_of_none" {
  type        = "permission_context"
  name        = "b"
  external_id = module.iam_connector.settings.external_id
  settings    = module.iam_connector.settings
}
resource "sym_integration" "role" {
  type        = "permission_context"
  name        = "c"
  external_id = module.iam_connector.settings.role_arn
  settings    = module.iam_connector.settings
}
resource "sym_integration" "secret" {
  type        = "permission_context"
  name        = "d"
  external_id = module.old.settings.external_id
  settings    = module.old.settings
}
resource "sym_integration" "whole" {
  type        = "permission_context"
  name        = "e"
  external_id = module.iam_connector
  settings    = module.iam_connector
}
resource "sym_integration" "settings_for_id" {
  type        = "permission_context"
  name        = "f"
  external_id = module.iam_connector.settings
  settings    = module.iam_connector.settings
}
resource "sym_integration" "another_module" {
  type        = "permission_context"
  name        = "g"
  external_id = module.old.settings.account_id
  settings    = module.iam_connector.settings
}
resource "sym_integration" "literal" {
  type        = "permission_context"
  name        = "h"
  external_id = "111122223333"
  settings    = module.iam_connector.settings
}
resource "sym_integration" "literal_instance" {
  type        = "permission_context"
  name        = "i"
  external_id = "111122223333"
  settings    = module.sso_connector.settings
}
resource "sym_integration" "not_settings" {
  type        = "permission_context"
  name        = "j"
  external_id = module.iam_connector.settings.account_id
  settings    = module.runtime_connector.sym_runtime
}
resource "sym_integration" "instances" {
  for_each    = module.each
  type        = "permission_context"
  name        = "k-${each.key}"
  external_id = module.each["a"].settings.account_id
  settings    = each.value.settings
}
resource "sym_integration" "contradiction" {
  type        = "permission_context"
  name        = "l"
  external_id = "111122223333"
  settings = {
    role_arn = local.arn
  }
}
resource "sym_integration" "contradiction_of_unknown" {
  type        = "permission_context"
  name        = "m"
  external_id = var.unknown
  settings = {
    role_arn = local.arn
  }
}
resource "sym_integration" "inner" {
  type        = "permission_context"
  name        = "n"
  external_id = module.inner.settings.role_arn
  settings    = module.inner.settings
}
resource "sym_integration" "either" {
  type        = "permission_context"
  name        = "o"
  external_id = var.unknown ? module.iam_connector.settings.account_id : module.old.account_id
  settings    = module.iam_connector.settings
}
resource "sym_integration" "name_of_role" {
  type        = "permission_context"
  name        = "p"
  external_id = module.runtime_connector.sym_runtime_connector_role.name
  settings    = module.runtime_connector.sym_integration.settings
}
resource "sym_integration" "no_such_output" {
  type        = "permission_context"
  name        = "r"
  external_id = module.iam_connector.nothing.account_id
  settings    = module.iam_connector.settings
}
resource "sym_integration" "no_such_attribute" {
  type        = "permission_context"
  name        = "s"
  external_id = module.runtime_connector.sym_runtime_connector_role.account
  settings    = module.runtime_connector.sym_integration.settings
}
resource "sym_integration" "no_such_attribute_of_runtime" {
  type        = "permission_context"
  name        = "t"
  external_id = module.runtime_connector.sym_runtime.account_id
  settings    = module.runtime_connector.sym_integration.settings
}
resource "sym_integration" "instance_of_literal" {
  type        = "permission_context"
  name        = "q"
  external_id = "arn:aws:sso:::instance/ssoins-2"
  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-1"
  }
}
--- inner/main.tf
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "inner"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
output "settings" {
  value = module.iam.settings
}

#### roles that are trusted, and roles that the runtime may not assume
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "inner" {
  source = "./inner"
}
module "several" {
  source      = "symopsio/iam-connector/aws"
  version     = "~> 2.0"
  environment = "main"
  runtime_role_arns = [
    module.runtime_connector.sym_runtime_connector_role.arn,
    var.unknown,
    null,
    "arn:aws:iam::111122223333:role/service/other",
    "arn:aws:iam::111122223333:role/sym/*",
    "arn:aws:iam::111122223333:role/SymRuntimeMain",
    "arn:aws:iam::111122223333:role/SymRuntimeInner",
    "arn:aws:iam::111122223333:role/sym/SymIAMMain",
    "arn:aws:iam::111122223333:role/sym/SymSSOMain",
    local.wrong,
    local.role,
    "SymRuntimeMain",
    sym_environment.main.id,
    module.sso.settings.role_arn,
    module.runtime_connector,
    module.runtime_connector.sym_integration.id,
    aws_iam_role.right.name,
    aws_iam_role.right,
  ]
}
locals {
  wrong = "arn:aws:iam::111122223333:role/sym/SymRuntime?"
  role  = "arn:aws:iam::111122223333:role/SymRuntimeMain"
}
module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = []
}
module "null" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "main"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = null
}
module "one" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "inner"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = module.runtime_connector.sym_runtime_connector_role.arn
}
module "name" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "main-name"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.name]
}
module "of_inner" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "other"
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = [module.inner.role_arn]
}
module "unknown" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = var.unknown
  lambda_arns       = ["arn:aws:lambda:us-east-1:111122223333:function:f"]
  runtime_role_arns = [module.inner.role_arn]
}
resource "sym_environment" "inner" {
  name       = "inner"
  runtime_id = module.inner.runtime_id
}
resource "sym_environment" "main" {
  name       = "main"
  runtime_id = module.runtime_connector.sym_runtime.id
  integrations = {
    context_id = sym_integration.in_environment.id
  }
}
resource "sym_integration" "in_environment" {
  type        = "permission_context"
  name        = "in-environment"
  external_id = "111122223333"
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = "arn:aws:iam::111122223333:role/Other"
  }
}
resource "aws_iam_role" "by_hand" {
  name               = "GroupAccess"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "with_path" {
  name               = "GroupAccess"
  path               = "/other/"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "right" {
  name               = "GroupAccess"
  path               = "/sym/"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "unknown" {
  name               = "GroupAccess"
  path               = var.unknown
  assume_role_policy = "{}"
}
resource "sym_integration" "contexts" {
  for_each = {
    hand    = aws_iam_role.by_hand.arn
    path    = aws_iam_role.with_path.arn
    right   = aws_iam_role.right.arn
    unknown = aws_iam_role.unknown.arn
    literal = "arn:aws:iam::111122223333:role/Access"
    var     = var.unknown
  }
  type        = "permission_context"
  name        = each.key
  external_id = "111122223333"
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = each.value
  }
}
resource "sym_strategy" "strategies" {
  for_each       = sym_integration.contexts
  type           = "aws_iam"
  name           = each.key
  integration_id = each.value.id
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_flow" "flows" {
  for_each       = sym_strategy.strategies
  name           = each.key
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id
  params {
    strategy_id = each.value.id
  }
}
resource "sym_flow" "elsewhere" {
  name           = "elsewhere"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.strategies["hand"].id
  }
}
--- inner/main.tf
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "inner"
}
output "role_arn" {
  value = module.runtime_connector.sym_runtime_connector_role.arn
}
output "runtime_id" {
  value = module.runtime_connector.sym_runtime.id
}

#### a connector that trusts something else beside one runtime
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["SymRuntimeMain", local.runtime]
}
module "one" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = local.runtime
}
locals {
  runtime = module.runtime_connector.sym_runtime.id
}

#### a connector whose runtime is out of its reach
module "inner" {
  source = "./inner"
}
module "other" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "other"
}
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "inner"
  runtime_role_arns = [module.other.sym_runtime_connector_role.arn]
}
resource "sym_environment" "inner" {
  name       = "inner"
  runtime_id = module.inner.runtime_id
  integrations = {
    aws_iam_id = sym_integration.iam.id
  }
}
resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam.settings.account_id
  settings    = module.iam.settings
}
--- inner/main.tf
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "inner"
}
output "runtime_id" {
  value = module.runtime_connector.sym_runtime.id
}
#### things of another account, and things of which that is not known
provider "aws" {
  allowed_account_ids = ["482910365177"]
}
provider "aws" {
  alias               = "prod"
  allowed_account_ids = ["905518273640"]
}
provider "aws" {
  alias   = "profile"
  profile = "prod"
}
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "runtime_of_prod" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  providers   = { aws = aws.prod }
  environment = "prod"
}
module "addon_of_the_wrong_role" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "prod"
  iam_role_name = module.runtime.sym_runtime_connector_role.name
  providers     = { aws = aws.prod }
}
module "addon_of_main" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime.sym_runtime_connector_role.name
}
resource "sym_secrets" "main" {
  type     = "aws_secrets_manager"
  name     = "main"
  settings = { context_id = module.runtime.sym_integration.id }
}
resource "sym_secrets" "prod" {
  type     = "aws_secrets_manager"
  name     = "prod"
  settings = { context_id = module.runtime.sym_integration.id }
}
resource "aws_secretsmanager_secret" "prod" {
  provider = aws.prod
  for_each = toset(["a", "b"])
  name     = "sym/prod/${each.key}"
}
resource "sym_secret" "prod" {
  for_each  = aws_secretsmanager_secret.prod
  path      = each.value.name
  source_id = sym_secrets.prod.id
}
data "aws_secretsmanager_secret" "somewhere" {
  provider = aws.profile
  name     = "sym/somewhere"
}
resource "sym_secret" "somewhere" {
  path      = data.aws_secretsmanager_secret.somewhere.name
  source_id = sym_secrets.main.id
}
data "aws_caller_identity" "prod" {
  provider = aws.prod
}
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}
resource "sym_integration" "of_another_account" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = data.aws_caller_identity.prod.account_id
  settings    = module.iam.settings
}
#### account ids with a digit too few or too many
variable "unknown" {}
provider "aws" {
  allowed_account_ids   = ["48291036517", 482910365177, "4829-1036-5177", var.unknown]
  forbidden_account_ids = [082910365177]
}
provider "aws" {
  alias = "assumes"
  assume_role {
    role_arn = "arn:aws:iam::4829103651771:role/Deploy"
  }
}
module "runtime" {
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 2.0"
  environment         = "main"
  account_id_safelist = [for it in ["48291036517", "333333333", "*"] : it]
}
module "old_runtime" {
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 1.0"
  environment         = "old"
  sym_account_ids     = ["8034774286055"]
  account_id_safelist = var.unknown
}
module "lambda" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "main"
  lambda_arns       = ["arn:aws:lambda:us-east-1:48291036517:function:one", var.unknown]
  runtime_role_arns = ["arn:aws:iam::482910365177:role/sym/SymRuntimeMain"]
}
resource "sym_target" "function" {
  for_each = toset(["48291036517", "482910365177"])
  type     = "aws_lambda_function"
  name     = each.key
  settings = { arn = "arn:aws:lambda:us-east-1:${each.key}:function:one" }
}
resource "sym_integration" "by_hand" {
  type        = "permission_context"
  name        = "by-hand"
  external_id = 082910365177
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = "arn:aws:iam::8291036517:role/sym/SymRuntimeMain"
  }
#### a prefix that leaves no room for an environment
module "long" {
  source      = "symopsio/kinesis-firehose-connector/aws"
  version     = "~> 3.0"
  environment = "main"
  name_prefix = "acme-corporation-security-and-compliance-"
}
module "each" {
  for_each    = toset(["acme-corporation-security-and-it", "acme-corporation-security-"])
  source      = "symopsio/datadog-connector/aws"
  version     = ">= 1.0"
  environment = "prod-main"
  name_prefix = each.key
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
#### a role's attribute that is no ARN
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.unique_id]
}
#### a permission set of another account than its SSO connector
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias   = "sso"
  region  = "us-east-1"
  profile = "sso"
}
data "aws_caller_identity" "sso" {
  provider = aws.sso
}

module "runtime_connector" {
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 2.0"
  environment         = "main"
  account_id_safelist = [data.aws_caller_identity.sso.account_id]
}

module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  providers         = { aws = aws.sso }
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}

data "aws_ssoadmin_instances" "this" {
  provider = aws.sso
}

data "aws_ssoadmin_permission_set" "power" {
  instance_arn = one(data.aws_ssoadmin_instances.this.arns)
  name         = "PowerUser"
}

data "aws_identitystore_group" "admins" {
  provider          = aws.sso
  identity_store_id = one(data.aws_ssoadmin_instances.this.identity_store_ids)
}
resource "sym_target" "admins" {
  type     = "aws_sso_group"
  name     = "admins"
  settings = { group_id = data.aws_identitystore_group.admins.group_id }
}

resource "sym_target" "power" {
  type = "aws_sso_permission_set"
  name = "power"
  settings = {
    permission_set_arn = data.aws_ssoadmin_permission_set.power.arn
    account_id         = "482910365177"
  }
}

resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.power.id, sym_target.admins.id]
  settings       = { instance_arn = module.sso_connector.settings.instance_arn }
}
#### an SSO connector of another account than what it assigns
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias   = "sso"
  region  = "us-east-1"
  profile = "sso"
}
data "aws_caller_identity" "sso" {
  provider = aws.sso
}

module "runtime_connector" {
  source              = "symopsio/runtime-connector/aws"
  version             = "~> 2.0"
  environment         = "main"
  account_id_safelist = [data.aws_caller_identity.sso.account_id]
}

module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}

data "aws_ssoadmin_instances" "this" {
  provider = aws.sso
}

data "aws_ssoadmin_permission_set" "power" {
  provider     = aws.sso
  instance_arn = one(data.aws_ssoadmin_instances.this.arns)
  name         = "PowerUser"
}

data "aws_identitystore_group" "admins" {
  provider          = aws.sso
  identity_store_id = one(data.aws_ssoadmin_instances.this.identity_store_ids)
}
resource "sym_target" "admins" {
  type     = "aws_sso_group"
  name     = "admins"
  settings = { group_id = data.aws_identitystore_group.admins.group_id }
}

resource "sym_target" "power" {
  type = "aws_sso_permission_set"
  name = "power"
  settings = {
    permission_set_arn = data.aws_ssoadmin_permission_set.power.arn
    account_id         = "482910365177"
  }
}

resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.power.id, sym_target.admins.id]
  settings       = { instance_arn = module.sso_connector.settings.instance_arn }
}

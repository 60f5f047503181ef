#### paths and settings that lead elsewhere
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "access" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.arn
}
module "access_by_hand" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "hand"
  iam_role_name = aws_iam_role.this.arn
}
module "access_by_path" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "path"
  iam_role_name = "/sym/SymRuntimeMain"
}
module "access_by_arn" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "arn"
  iam_role_name = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"
}
module "access_by_id" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "id"
  iam_role_name = aws_iam_role.this.unique_id
}
module "access_by_environment" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "environment"
  iam_role_name = sym_secrets.store.id
}
module "access_by_addon" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "addon"
  iam_role_name = module.access.policy_arn
}
module "access_by_whole_role" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "whole"
  iam_role_name = aws_iam_role.this
}
module "access_by_whole_module" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "module"
  iam_role_name = module.runtime_connector
}
module "access_of_context" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "context"
  iam_role_name = local.context
}
module "access_unknown" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "unknown"
  iam_role_name = var.unknown
}
module "access_either" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "either"
  iam_role_name = var.unknown ? null : var.unknown ? "" : module.runtime_connector.sym_runtime_connector_role.name
}
locals {
  context = module.runtime_connector.sym_integration.id
}
resource "aws_iam_role" "this" {
  name               = "this"
  assume_role_policy = "{}"
}
resource "sym_secrets" "store" {
  type = "aws_secrets_manager"
  name = "store"
  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}
resource "aws_secretsmanager_secret" "key" {
  name = "sym/main/key"
  tags = { SymEnv = "main" }
}
resource "aws_secretsmanager_secret_version" "key" {
  secret_id     = aws_secretsmanager_secret.key.id
  secret_string = var.unknown
}
resource "sym_secret" "no_path" {
  source_id = sym_secrets.store.id
}
resource "sym_secret" "paths" {
  for_each = {
    name     = aws_secretsmanager_secret.key.name
    arn      = aws_secretsmanager_secret.key.arn
    whole    = aws_secretsmanager_secret.key
    version  = aws_secretsmanager_secret_version.key.secret_string
    stages   = aws_secretsmanager_secret_version.key.version_id
    text     = "sym/main/key"
    arn_text = "arn:aws:secretsmanager:us-east-1:111122223333:secret:sym/main/key"
    quoted   = "aws_secretsmanager_secret.key.name"
    sym      = sym_secrets.store.name
    unknown  = var.unknown
  }
  path      = each.value
  source_id = sym_secrets.store.id
}
resource "sym_secret" "no_source" {
  path = "sym/main/key"
}
resource "sym_secret" "whole" {
  path      = aws_secretsmanager_secret.key
  source_id = sym_secrets.store.id
}
resource "sym_secret" "quoted" {
  path      = "aws_secretsmanager_secret.key.name"
  source_id = sym_secrets.store.id
}
resource "sym_secret" "version" {
  path      = aws_secretsmanager_secret_version.key.secret_string
  source_id = sym_secrets.store.id
}
resource "sym_secret" "version_id" {
  path      = aws_secretsmanager_secret_version.key.version_id
  source_id = sym_secrets.store.id
}
resource "sym_secret" "store" {
  path      = sym_secrets.store.name
  source_id = sym_secrets.store.id
}
resource "sym_secret" "key" {
  path      = aws_secretsmanager_secret.key.name
  source_id = sym_secrets.store.id
}
resource "sym_integration" "okta" {
  for_each = {
    right   = sym_secret.key.id
    name    = aws_secretsmanager_secret.key.name
    version = aws_secretsmanager_secret_version.key.secret_string
    literal = "xoxb-1"
    path    = sym_secret.key.path
    store   = sym_secrets.store.id
    unknown = var.unknown
    none    = null
  }
  type        = "okta"
  name        = each.key
  external_id = "acme.okta.com"
  settings = {
    api_token_secret = each.value
  }
}
resource "sym_integration" "okta_in_place" {
  type        = "okta"
  name        = "in-place"
  external_id = "acme.okta.com"
  settings = {
    api_token_secret = aws_secretsmanager_secret.key.name
  }
}
resource "sym_integration" "of_no_type" {
  type        = "nothing"
  name        = "nothing"
  external_id = "x"
  settings = {
    api_token_secret = "xoxb-1"
  }
}
resource "sym_integration" "custom" {
  for_each = {
    right   = jsonencode([sym_secret.key.id])
    id      = sym_secret.key.id
    one     = jsonencode(sym_secret.key.id)
    wrong   = jsonencode([sym_secrets.store.id, "x", sym_secret.key.id, var.unknown])
    text    = "secret"
    object  = "{}"
    string  = jsonencode("x")
    unknown = var.unknown
    either  = var.unknown ? null : "secret"
    none    = null
    list    = "[]"
    decided = jsonencode(var.unknown)
  }
  type        = "custom"
  name        = "custom-${each.key}"
  external_id = "x"
  settings = {
    secret_ids_json = each.value
  }
}
resource "sym_integration" "custom_in_place" {
  type        = "custom"
  name        = "custom-in-place"
  external_id = "x"
  settings = {
    secret_ids_json = sym_secret.key.id
  }
}
resource "sym_integration" "custom_encoded" {
  type        = "custom"
  name        = "custom-encoded"
  external_id = "x"
  settings = {
    secret_ids_json = jsonencode(sym_secret.key.id)
  }
}
resource "sym_integration" "custom_list" {
  type        = "custom"
  name        = "custom-list"
  external_id = "x"
  settings = {
    secret_ids_json = [sym_secret.key.id]
  }
}

#### an addon of another environment than all secrets, and stores without a role
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "access" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "prod"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}
resource "sym_secrets" "store" {
  type = "aws_secrets_manager"
  name = "store"
  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}
resource "sym_secrets" "unknown" {
  type = "aws_secrets_manager"
  name = "unknown"
  settings = {
    context_id = var.unknown
  }
}
resource "sym_secrets" "either" {
  type = "aws_secrets_manager"
  name = "either"
  settings = {
    context_id = var.unknown ? null : var.unknown ? "nothing" : module.other.sym_integration.id
  }
}
module "other" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "other"
}
resource "sym_secrets" "of_no_type" {
  type = "nothing"
  name = "nothing"
  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}
resource "aws_secretsmanager_secret" "secrets" {
  for_each = { main = "main", again = "main", other = "other" }
  name     = "sym/${each.key}"
  tags     = { SymEnv = each.value }
}
resource "aws_secretsmanager_secret" "one" {
  name = "sym/one"
  tags = { SymEnv = "main" }
}
resource "aws_secretsmanager_secret" "two" {
  name = "sym/two"
  tags = { SymEnv = "main" }
}
resource "sym_secret" "secrets" {
  for_each  = aws_secretsmanager_secret.secrets
  path      = each.value.name
  source_id = sym_secrets.store.id
}
resource "sym_secret" "one" {
  path      = aws_secretsmanager_secret.one.name
  source_id = sym_secrets.store.id
}
resource "sym_secret" "two" {
  path      = aws_secretsmanager_secret.two.name
  source_id = sym_secrets.store.id
}
resource "sym_secret" "elsewhere" {
  path      = "sym/elsewhere"
  source_id = sym_secrets.store.id
}
resource "sym_secret" "unknown_store" {
  path      = aws_secretsmanager_secret.one.name
  source_id = sym_secrets.unknown.id
}
resource "sym_secret" "no_type_of_store" {
  path      = aws_secretsmanager_secret.one.name
  source_id = sym_secrets.of_no_type.id
}

#### addons of two runtimes, and roles made by hand
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "other_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "other"
  addons      = ["aws/kinesis-firehose"]
}
module "old_access" {
  source      = "symopsio/secretsmgr-addon/aws"
  version     = "1.0.0"
  environment = "main"
}
module "stray" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "stray"
  iam_role_name = aws_iam_role.by_hand.name
}
resource "aws_iam_role" "by_hand" {
  name               = "by-hand"
  assume_role_policy = "{}"
}
resource "sym_integration" "other" {
  type        = "permission_context"
  name        = "other"
  external_id = module.other_runtime.settings.account_id
  settings    = module.other_runtime.settings
}
resource "sym_integration" "by_hand" {
  type        = "permission_context"
  name        = "by-hand"
  external_id = "111122223333"
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = aws_iam_role.by_hand.arn
  }
}
resource "aws_iam_role" "without" {
  name               = "without"
  path               = "/sym/"
  assume_role_policy = "{}"
}
resource "sym_integration" "without" {
  type        = "permission_context"
  name        = "without"
  external_id = "111122223333"
  settings = {
    cloud    = "aws"
    region   = "us-east-1"
    role_arn = aws_iam_role.without.arn
  }
}
resource "sym_secrets" "stores" {
  for_each = {
    main    = module.runtime_connector.sym_integration.id
    other   = sym_integration.other.id
    by_hand = sym_integration.by_hand.id
    without = sym_integration.without.id
    literal = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
  type = "aws_secrets_manager"
  name = each.key
  settings = {
    context_id = each.value
  }
}

#### a secrets source without its context
resource "sym_secrets" "no_settings" {
  type = "aws_secrets_manager"
  name = "a"
}
resource "sym_secrets" "no_context" {
  type     = "aws_secrets_manager"
  name     = "b"
  settings = {}
}
resource "sym_secrets" "empty_context" {
  type = "aws_secrets_manager"
  name = "c"
  settings = {
    context_id = ""
  }
}
resource "sym_secrets" "mistyped_context" {
  type     = "aws_secrets_manager"
  name     = "d"
  settings = merge(local.settings, {})
}
locals {
  settings = {
    contxt_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_secrets" "unknown_settings" {
  type     = "aws_secrets_manager"
  name     = "e"
  settings = var.unknown
}
data "sym_secrets" "looked_up" {
  type = "aws_secrets_manager"
  name = "f"
#### secrets that are one value
variable "unknown" {}
resource "sym_secrets" "store" {
  type     = "aws_secrets_manager"
  name     = "store"
  settings = { context_id = "0f8fad5b-d9cb-469f-a165-70867728950e" }
}
resource "aws_secretsmanager_secret" "okta_token" {
  name = "sym/okta"
}
resource "sym_secret" "github_token" {
  path      = aws_secretsmanager_secret.okta_token.name
  source_id = sym_secrets.store.id
}
resource "sym_secret" "okta_token" {
  path      = aws_secretsmanager_secret.okta_token.name
  source_id = sym_secrets.store.id
}
resource "sym_secret" "bot" {
  for_each  = toset(["username", "password"])
  path      = "sym/bot"
  source_id = sym_secrets.store.id
}
resource "sym_secret" "keyed" {
  for_each  = toset(["username", "password"])
  path      = "sym/keyed"
  source_id = sym_secrets.store.id
  settings  = { json_key = each.key }
}
resource "sym_secret" "key_unknown" {
  path      = "sym/keyed"
  source_id = sym_secrets.store.id
  settings  = { json_key = var.unknown }
}
resource "sym_secret" "again" {
  path      = "sym/keyed"
  source_id = sym_secrets.store.id
  settings  = { json_key = "password" }
}

#### names that no secret has, secrets that are mixed up
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
  tags = {
    SymEnv = "main"
  }
}
resource "aws_secretsmanager_secret" "github" {
  name = "sym/main/github"
  tags = {
    SymEnv = "main"
  }
}
resource "aws_secretsmanager_secret" "bot" {
  name = "sym/main/bot"
  tags = {
    SymEnv = "main"
  }
}
resource "sym_secret" "okta_name" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = aws_secretsmanager_secret.okta.name
}
resource "sym_secret" "hub" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = "sym/github"
}
resource "sym_secret" "bot_username" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = aws_secretsmanager_secret.bot.name
  settings = {
    json_key = "username"
  }
}
resource "sym_secret" "bot_password" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = aws_secretsmanager_secret.bot.name
  settings = {
    json_key = ""
  }
}
resource "sym_integration" "aptible" {
  type        = "aptible"
  name        = "aptible"
  external_id = "94a49e57-d046-4d9d-9dbf-f7711e337368"
  settings = {
    username_secret = sym_secret.bot_password.id
    password_secret = sym_secret.bot_username.id
  }
}
resource "sym_integration" "aptible_2" {
  type        = "aptible"
  name        = "aptible-2"
  external_id = "94a49e57-d046-4d9d-9dbf-f7711e337368"
  settings = {
    username_secret = sym_secret.bot_username.id
    password_secret = sym_secret.bot_username.id
  }
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"
  settings = {
    api_token_secret = sym_secret.okta_name.id
  }
}
resource "sym_integration" "pagerduty" {
  type        = "pagerduty"
  name        = "pagerduty"
  external_id = "orchard.pagerduty.com"
  settings = {
    api_token_secret = sym_secret.okta_name.id
  }
}

#### names made of ARNs
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
}
resource "sym_secret" "okta" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = element(split(":", aws_secretsmanager_secret.okta.arn), 6)
}
resource "sym_secret" "okta_name" {
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = replace(split(":", aws_secretsmanager_secret.okta.arn)[6], "/-[A-Za-z0-9]{6}$/", "")
}
#### attributes of a role that are no name
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "each_runtime" {
  for_each    = toset(["a", "b"])
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = each.key
}
module "right" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "right"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.id
}
module "unique_id" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "unique-id"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.unique_id
}
module "prefix" {
  for_each      = toset(["a", "b"])
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = each.key
  iam_role_name = module.each_runtime[each.key].sym_runtime_connector_role["path"]
}
module "inner" {
  source = "./inner"
  role   = module.runtime_connector.sym_runtime_connector_role.create_date
}
--- inner/main.tf
variable "role" {
  type = string
}
module "addon" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "inner"
  iam_role_name = var.role
}
#### an addon that is switched off
variable "enabled" {
  default = false
}
module "runtime_connector" {
  for_each    = { off = 0, perhaps = var.enabled ? 1 : 0 }
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = each.key
}
module "off" {
  count         = 0
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "off"
  iam_role_name = module.runtime_connector["off"].sym_runtime_connector_role.name
}
resource "sym_secrets" "off" {
  type = "aws_secrets_manager"
  name = "off"
  settings = {
    context_id = module.runtime_connector["off"].sym_integration.id
  }
}
#### an addon that a variable may switch on
variable "enabled" {
  default = false
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "perhaps" {
  count         = var.enabled ? 1 : 0
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}
resource "sym_secrets" "perhaps" {
  type = "aws_secrets_manager"
  name = "perhaps"
  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

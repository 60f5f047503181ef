#### a group in no path, in another one, and one that is only named
variable "unknown" {}
module "of_another_kind" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "any_group" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "any"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
  group_config      = [{ path = "/sym/", name = "sym-*" }, { path = "/*/", name = "x" }]
}
module "unknown_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "other"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
  group_config      = var.unknown
}
module "malformed_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "third"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
  group_config = [
    { name = "without a path" },
    { path = var.unknown, name = "unknown" },
    { path = "/right/", name = "right" },
    { path = "sym", name = "x" },
    { path = local.wrong, name = "y" },
    { path = var.secret, name = "z" },
    { path = "/", name = "w" },
  ]
}
module "none" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "fourth"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
  group_config      = []
}
locals {
  wrong = "/sym"
}
variable "secret" {
  default   = "/hidden"
  sensitive = true
}
resource "aws_iam_group" "no_path" {
  name = "sym-no-path"
}
resource "aws_iam_group" "other_path" {
  name = "sym-other-path"
  path = "/other/"
}
resource "aws_iam_group" "right" {
  name = "sym-right"
  path = "/sym/"
}
resource "aws_iam_group" "unknown" {
  name = "sym-unknown"
  path = var.unknown
}
resource "sym_target" "groups" {
  for_each = {
    no_path    = aws_iam_group.no_path.name
    other_path = aws_iam_group.other_path.name
    right      = aws_iam_group.right.name
    unknown    = aws_iam_group.unknown.name
    named      = "admins"
    allowed    = "sym-admins"
    open       = var.unknown
  }
  type = "aws_iam_group"
  name = each.key
  settings = {
    iam_group = each.value
  }
}
resource "sym_target" "no_path" {
  type = "aws_iam_group"
  name = "alone"
  settings = {
    iam_group = aws_iam_group.no_path.name
  }
}
resource "sym_target" "other_path" {
  type = "aws_iam_group"
  name = "other"
  settings = {
    iam_group = aws_iam_group.other_path.name
  }
}
resource "sym_target" "named" {
  type = "aws_iam_group"
  name = "named"
  settings = {
    iam_group = "admins"
  }
}
resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
resource "sym_integration" "unknown" {
  type        = "permission_context"
  name        = "unknown"
  external_id = module.unknown_connector.settings.account_id
  settings    = module.unknown_connector.settings
}
resource "sym_integration" "malformed" {
  type        = "permission_context"
  name        = "malformed"
  external_id = module.malformed_connector.settings.account_id
  settings    = module.malformed_connector.settings
}
resource "sym_integration" "none" {
  type        = "permission_context"
  name        = "none"
  external_id = module.none.settings.account_id
  settings    = module.none.settings
}
resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "iam"
  integration_id = sym_integration.iam.id
  targets        = [for it in sym_target.groups : it.id]
}
resource "sym_strategy" "unknown" {
  type           = "aws_iam"
  name           = "unknown"
  integration_id = sym_integration.unknown.id
  targets        = [sym_target.no_path.id]
}
resource "sym_strategy" "malformed" {
  type           = "aws_iam"
  name           = "malformed"
  integration_id = sym_integration.malformed.id
  targets        = [sym_target.no_path.id]
}
resource "sym_strategy" "none" {
  type           = "aws_iam"
  name           = "none"
  integration_id = sym_integration.none.id
  targets        = [sym_target.no_path.id, sym_target.other_path.id, sym_target.named.id]
}

#### a group in the path that is not allowed, where none is
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
  group_config = [
    { path = "/sym/", name = "*" },
  ]
}
resource "aws_iam_group" "other_path" {
  name = "sym-other-path"
  path = "/other/"
}
resource "aws_iam_group" "no_path" {
  name = "sym-no-path"
}
resource "sym_target" "other_path" {
  type = "aws_iam_group"
  name = "other"
  settings = {
    iam_group = aws_iam_group.other_path.name
  }
}
resource "sym_target" "no_path" {
  type = "aws_iam_group"
  name = "none"
  settings = {
    iam_group = aws_iam_group.no_path.name
  }
}
resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.other_path.id, sym_target.no_path.id]
}

#### functions of another connector, of none, and lists that are none
variable "unknown" {}
resource "aws_lambda_function" "functions" {
  for_each      = toset(["database", "archive", "notify", "spare"])
  function_name = each.key
  role          = "arn:aws:iam::111122223333:role/${each.key}"
}
module "database_connector" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "database"
  lambda_arns       = [aws_lambda_function.functions["database"].arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "notify_connector" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "notify"
  lambda_arns       = [aws_lambda_function.functions["notify"].arn, aws_lambda_function.functions["spare"].arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "unknown_connector" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "unknown"
  lambda_arns       = var.unknown
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "several" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "several"
  lambda_arns       = ["archive", aws_lambda_function.functions["archive"].function_name, local.name, aws_lambda_function.functions["archive"].arn, var.unknown]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "one" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "one"
  lambda_arns       = (
    aws_lambda_function.functions["archive"].arn
  )
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "one_text" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "text"
  lambda_arns       = "arn:aws:lambda:eu-central-1:111122223333:function:one"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "empty" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "empty"
  lambda_arns       = []
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
locals {
  name = aws_lambda_function.functions["archive"].function_name
}
resource "sym_integration" "contexts" {
  for_each = {
    database = module.database_connector.settings
    notify   = module.notify_connector.settings
    unknown  = module.unknown_connector.settings
    several  = module.several.settings
    empty    = module.empty.settings
  }
  type        = "permission_context"
  name        = each.key
  external_id = each.value.account_id
  settings    = each.value
}
resource "sym_target" "functions" {
  for_each = aws_lambda_function.functions
  type     = "aws_lambda_function"
  name     = each.key
  settings = {
    arn = each.value.arn
  }
}
resource "sym_target" "others" {
  for_each = toset(["one", "two"])
  type     = "aws_lambda_function"
  name     = "other-${each.key}"
  settings = {
    arn = "arn:aws:lambda:eu-central-1:111122223333:function:${each.key}"
  }
}
resource "sym_strategy" "unknown" {
  type           = "aws_lambda"
  name           = "unknown"
  integration_id = sym_integration.contexts["unknown"].id
  targets        = [sym_target.functions["database"].id]
}
resource "sym_strategy" "several" {
  type           = "aws_lambda"
  name           = "several"
  integration_id = sym_integration.contexts["several"].id
  targets        = [sym_target.functions["database"].id]
}
resource "sym_strategy" "empty" {
  type           = "aws_lambda"
  name           = "empty"
  integration_id = sym_integration.contexts["empty"].id
  targets        = [sym_target.others["one"].id, sym_target.others["two"].id]
}
resource "sym_strategy" "database" {
  type           = "aws_lambda"
  name           = "database"
  integration_id = sym_integration.contexts["notify"].id
  targets        = [sym_target.functions["database"].id, sym_target.others["one"].id]
}
resource "sym_strategy" "notify" {
  type           = "aws_lambda"
  name           = "notify"
  integration_id = sym_integration.contexts["notify"].id
  targets        = [sym_target.functions["notify"].id, sym_target.functions["archive"].id, sym_target.others["two"].id]
}

#### the integrations of two strategies exchanged
resource "aws_lambda_function" "database" {
  function_name = "database"
  role          = "arn:aws:iam::111122223333:role/database"
}
resource "aws_lambda_function" "archive" {
  function_name = "archive"
  role          = "arn:aws:iam::111122223333:role/archive"
}
resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::111122223333:role/notify"
}
module "database_connector" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "database"
  lambda_arns       = [aws_lambda_function.database.arn, aws_lambda_function.archive.arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
module "notify_connector" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "notify"
  lambda_arns       = [aws_lambda_function.notify.arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
resource "sym_integration" "database" {
  type        = "permission_context"
  name        = "database"
  external_id = module.database_connector.settings.account_id
  settings    = module.database_connector.settings
}
resource "sym_integration" "notify" {
  type        = "permission_context"
  name        = "notify"
  external_id = module.notify_connector.settings.account_id
  settings    = module.notify_connector.settings
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
    arn = aws_lambda_function.archive.arn
  }
}
resource "sym_target" "notify" {
  type = "aws_lambda_function"
  name = "notify"
  settings = {
    arn = aws_lambda_function.notify.arn
  }
}
resource "sym_strategy" "database" {
  type           = "aws_lambda"
  name           = "database"
  integration_id = sym_integration.notify.id
  targets        = [sym_target.database.id, sym_target.archive.id]
}
resource "sym_strategy" "notify" {
  type           = "aws_lambda"
  name           = "notify"
  integration_id = sym_integration.database.id
  targets        = [sym_target.notify.id]
}

#### settings of every kind, and bindings beside them
variable "unknown" {}
variable "shared" {
  default = "owner"
}
resource "sym_target" "custom" {
  type = "custom"
  name = "custom"
  settings = {
    anything  = "x"
    repo_name = "y"
  }
}
resource "sym_target" "of_no_type" {
  type     = "nothing"
  name     = "nothing"
  settings = {
    repo_name = "x"
  }
}
resource "sym_target" "of_unknown_type" {
  type     = var.unknown
  name     = "unknown"
  settings = {
    repo_name = "x"
  }
}
resource "sym_target" "unknown_settings" {
  type     = "github_repo"
  name     = "unknown-settings"
  settings = var.unknown
}
resource "sym_target" "unknown_bindings" {
  type           = "github_repo"
  name           = "unknown-bindings"
  field_bindings = var.unknown
}
resource "sym_target" "none" {
  type = "onelogin_role"
  name = "none"
}
resource "sym_target" "many_mistakes" {
  type = "onelogin_role"
  name = "many"
  settings = {
    role_idd        = "1234567"
    privilege_level = var.shared
    permission      = "push"
    another         = "x"
  }
  field_bindings = ["privilege_level", "nothing", "privilege_levl", var.unknown]
}
resource "sym_target" "misspelled" {
  type = "onelogin_role"
  name = "misspelled"
  settings = {
    role_id        = "CHANGEME"
    privilege_leve = "member"
  }
}
resource "sym_target" "mistyped" {
  type = "onelogin_role"
  name = "mistyped"
  settings = {
    role_id         = "role"
    privilege_level = "membr"
  }
}
resource "sym_target" "close_to_what_is_given" {
  type = "onelogin_role"
  name = "close"
  settings = {
    role_id         = "1234567"
    privilege_level = "member"
    privilege_levl  = "member"
    another         = "x"
  }
  field_bindings = ["nothing", "privilege_leve"]
}
resource "sym_target" "conditional" {
  type = "onelogin_role"
  name = "conditional"
  settings = {
    role_id         = var.unknown ? null : ""
    privilege_level = var.unknown ? null : var.unknown ? "" : var.unknown ? "member" : var.unknown ? "owner" : "administrator"
  }
}
resource "sym_target" "sso" {
  for_each = {
    right   = "123456789012"
    example = "123456789"
    short   = "12345"
    other   = sym_target.custom.id
    unknown = var.unknown
  }
  type = "aws_sso_permission_set"
  name = "sso-${each.key}"
  settings = {
    account_id         = each.value
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-abcdefghijklmnop/ps-abcdefghijklmnop"
  }
}
resource "sym_target" "quoted" {
  type = "aws_iam_group"
  name = "quoted"
  settings = {
    iam_group = "aws_iam_group.this.name"
  }
}
resource "aws_iam_group" "this" {
  name = "this"
}
resource "sym_target" "by_arn" {
  type = "aws_iam_group"
  name = "by-arn"
  settings = {
    iam_group = aws_iam_group.this.arn
  }
}
resource "sym_integration" "services" {
  for_each = {
    pagerduty = "x"
    okta      = "x"
    github    = "x"
    tailscale = "x"
    slack     = "x"
  }
  type        = each.key
  name        = each.key
  external_id = "x"
  settings = {
    domain           = "acme.example.com"
    api_token_secret = "x"
    region           = "mars"
  }
}

#### what flows ask for, and what the targets of their strategies are bound to
variable "unknown" {}
variable "flag" {}
resource "sym_target" "repository" {
  type           = "github_repo"
  name           = "repository"
  field_bindings = ["repo_name"]
}
resource "sym_target" "second" {
  type           = "github_repo"
  name           = "second"
  field_bindings = ["repo_name"]
}
resource "sym_target" "with_value" {
  type = "github_repo"
  name = "with-value"
  settings = {
    repo_name = "website"
  }
  field_bindings = ["repo_name"]
}
resource "sym_target" "misspelled" {
  type           = "github_repo"
  name           = "misspelled"
  field_bindings = ["repo_nam", "repo_name"]
}
resource "sym_target" "unknown" {
  type           = "github_repo"
  name           = "unknown"
  field_bindings = var.unknown
}
resource "sym_target" "role" {
  type           = "onelogin_role"
  name           = "role"
  field_bindings = ["privilege_level", "role_id"]
}
resource "sym_target" "custom" {
  type           = "custom"
  name           = "custom"
  field_bindings = ["anything", "number", "people"]
}
resource "sym_target" "of_no_type" {
  type           = "nothing"
  name           = "nothing"
  field_bindings = ["anything"]
}
resource "sym_strategy" "repositories" {
  type    = "github"
  name    = "repositories"
  targets = [sym_target.unknown.id, sym_target.with_value.id, sym_target.misspelled.id, sym_target.repository.id, sym_target.second.id]
}
resource "sym_strategy" "with_value" {
  type    = "github"
  name    = "with-value"
  targets = [sym_target.with_value.id]
}
resource "sym_strategy" "roles" {
  type    = "onelogin"
  name    = "roles"
  targets = [sym_target.custom.id, sym_target.role.id, sym_target.of_no_type.id]
}
resource "sym_strategy" "customs" {
  type    = "custom"
  name    = "customs"
  targets = [sym_target.custom.id, sym_target.of_no_type.id]
}
resource "sym_flow" "of_no_strategy" {
  name           = "of-no-strategy"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    prompt_field {
      name           = "privilege_level"
      type           = "string"
      allowed_values = ["owner"]
    }
  }
}
resource "sym_flow" "misspells" {
  name           = "misspells"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.repositories.id
    prompt_field {
      name = "reason"
      type = "string"
    }
    prompt_field {
      name = "repository"
      type = "string"
    }
  }
}
resource "sym_flow" "asks_for_nothing" {
  name           = "asks-for-nothing"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = var.flag ? sym_strategy.repositories.id : sym_strategy.customs.id
  }
}
resource "sym_flow" "value" {
  name           = "value"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.with_value.id
  }
}
resource "sym_flow" "fields_not_known" {
  name           = "not-known"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.repositories.id
    dynamic "prompt_field" {
      for_each = var.unknown
      content {
        name = prompt_field.value
        type = "string"
      }
    }
  }
}
resource "sym_flow" "name_not_known" {
  name           = "name-not-known"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.repositories.id
    prompt_field {
      name = var.unknown
      type = "string"
    }
  }
}
resource "sym_flow" "types" {
  name           = "types"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.customs.id
    prompt_field {
      name = "anything"
      type = var.unknown
    }
    prompt_field {
      name = "number"
      type = "int"
    }
    prompt_field {
      name = "people"
      type = "slack_user_list"
    }
  }
}
resource "sym_flow" "offers" {
  name           = "offers"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.roles.id
    prompt_field {
      name           = "privilege_level"
      type           = "string"
      allowed_values = [var.unknown, "owner", "member", "membr"]
      default        = "boss"
    }
    prompt_field {
      name           = "role_id"
      type           = "bool"
      allowed_values = ["12"]
    }
    prompt_field {
      name = "number"
      type = "nothing"
    }
    prompt_field {
      name = "people"
      type = "bool"
    }
    prompt_field {
      name = "anything"
      type = "string"
    }
  }
}
resource "sym_flow" "repo_as_number" {
  name           = "repo-as-number"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.repositories.id
    prompt_field {
      name = "repo_name"
      type = "int"
    }
  }
}

#### targets of another type than their settings, beside wrong ones
resource "sym_target" "of_other_type" {
  type = "okta_group"
  name = "other-type"
  settings = {
    repo_name = "x"
  }
}
resource "sym_target" "wrong" {
  type = "okta_group"
  name = "wrong"
  settings = {
    group = "x"
    other = "y"
  }
}
resource "sym_strategy" "github" {
  type    = "github"
  name    = "github"
  targets = [sym_target.of_other_type.id]
}

#### a target that a strategy lists twice, and flows that do not ask for what it needs
resource "sym_target" "repository" {
  type           = "github_repo"
  name           = "repository"
  field_bindings = ["repo_name", "repo_name"]
}
resource "sym_strategy" "github" {
  type    = "github"
  name    = "github"
  targets = [sym_target.repository.id, sym_target.repository.id]
}
module "flows" {
  source   = "./flows"
  strategy = sym_strategy.github.id
}
resource "sym_flow" "first" {
  name           = "first"
  implementation = "pass"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.github.id
    prompt_field {
      name = "repo_nam"
      type = "string"
    }
    prompt_field {
      name = local.field
      type = "string"
    }
  }
}
locals {
  field = "repository_name"
}
--- flows/main.tf
variable "strategy" {
  type = string
}
resource "sym_flow" "second" {
  name           = "second"
  implementation = "pass"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = var.strategy
    prompt_field {
      name = "reason"
      type = "string"
    }
  }
}
#### texts that cannot be right, and empty ones
variable "given" { default = "" }
variable "on" {}
locals {
  groups = { empty = "", prefixed = "group:prod", right = "prod", unknown = var.on }
}
resource "sym_target" "tailscale" {
  for_each = local.groups
  type     = "tailscale_group"
  name     = each.key
  settings = { group_name = each.value }
}
resource "sym_target" "sso" {
  type     = "aws_sso_group"
  name     = "sso"
  settings = { group_id = var.on ? "Admins" : "906712345a-0f8fad5b-d9cb-469f-a165-70867728950e" }
}
resource "sym_target" "nobody_set_it" {
  type     = "okta_group"
  name     = "nobody"
  settings = { group_id = var.given }
}
resource "sym_target" "google" {
  type     = "google_group"
  name     = "google"
  settings = { group_email = "group:admins@example.com", role = "" }
}
resource "sym_target" "bound" {
  type           = "github_repo"
  name           = "bound"
  settings       = { repo_name = "" }
  field_bindings = ["repo_name"]
}

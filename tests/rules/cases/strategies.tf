#### strategies of every type with integrations and settings of others
variable "unknown" {}
resource "sym_strategy" "first" {
  type           = "okta"
  name           = "first"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
variable "no_targets" {
  default = []
}
locals {
  none     = []
  instance = "arn:aws:sso:::instance/ssoins-1111111111111111"
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
module "other_account" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
  providers = {
    aws = aws.other
  }
}
module "same_account" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main-same"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
provider "aws" {
  alias   = "other"
  profile = "other"
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}
resource "sym_integration" "written" {
  type        = "permission_context"
  name        = "written"
  external_id = "arn:aws:sso:::instance/ssoins-1111111111111111"
  settings = {
    cloud        = "aws"
    region       = "us-east-1"
    role_arn     = "arn:aws:iam::111122223333:role/sym/SSO"
    instance_arn = "arn:aws:sso:::instance/ssoins-1111111111111111"
  }
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "acme.okta.com"
  settings = {
    api_token_secret = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_integration" "mistyped" {
  type        = "github"
  name        = "okta-mistyped"
  external_id = "acme.okta.com"
  settings = {
    api_token_secret = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "unknown" {
  type        = var.unknown
  name        = "unknown"
  external_id = "x"
}
resource "sym_target" "sso" {
  type = "aws_sso_permission_set"
  name = "sso"
  settings = {
    account_id         = "111122223333"
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111"
  }
}
resource "sym_target" "sso_other" {
  type = "aws_sso_permission_set"
  name = "sso-other"
  settings = {
    account_id         = "111122223333"
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-2222222222222222/ps-1111111111111111"
  }
}
resource "aws_ssoadmin_permission_set" "this" {
  name             = "this"
  instance_arn     = "arn:aws:sso:::instance/ssoins-2222222222222222"
  session_duration = "PT2H"
}
resource "sym_target" "sso_resource" {
  type = "aws_sso_permission_set"
  name = "sso-resource"
  settings = {
    account_id         = "111122223333"
    permission_set_arn = aws_ssoadmin_permission_set.this.arn
  }
}
resource "sym_target" "sso_unknown" {
  type = "aws_sso_permission_set"
  name = "sso-unknown"
  settings = {
    account_id         = "111122223333"
    permission_set_arn = var.unknown
  }
}
resource "sym_target" "okta" {
  type = "okta_group"
  name = "okta"
  settings = {
    group_id = "00g1okta"
  }
}
resource "sym_target" "okta_free" {
  type = "okta_group"
  name = "okta-free"
  settings = {
    group_id = "00g2okta"
  }
}
resource "sym_target" "github" {
  type = "github_repo"
  name = "github"
  settings = {
    repo_name = "x"
  }
}
resource "sym_target" "custom" {
  type = "custom"
  name = "custom"
  settings = {
    identifier = "x"
  }
}
resource "sym_target" "of_no_type" {
  type = "nothing"
  name = "nothing"
}
resource "sym_target" "of_unknown_type" {
  type = var.unknown
  name = "unknown"
}
resource "sym_strategy" "sso_of_no_settings" {
  type           = "aws_sso"
  name           = "a"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.sso.id]
}
resource "sym_strategy" "sso_unknown_settings" {
  type           = "aws_sso"
  name           = "b"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.sso.id]
  settings       = var.unknown
}
resource "sym_strategy" "sso_suspect" {
  type           = "aws_sso"
  name           = "c"
  integration_id = sym_integration.written.id
  targets        = [sym_target.sso.id]
  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-2222222222222222"
  }
}
resource "sym_strategy" "sso_wrong_targets" {
  type           = "aws_sso"
  name           = "d"
  integration_id = sym_integration.written.id
  targets        = [sym_target.sso.id, sym_target.sso_other.id, sym_target.sso_resource.id, sym_target.sso_unknown.id]
  settings = {
    instance_arn = local.instance
  }
}
resource "sym_strategy" "sso_instances" {
  for_each = {
    right       = module.sso_connector.settings.instance_arn
    other       = module.other_account.settings.instance_arn
    same        = module.same_account.settings.instance_arn
    role        = module.sso_connector.settings.role_arn
    placeholder = "arn:aws:sso:::instance/CHANGEME"
    sample      = "arn:aws:sso:::instance/ssoins-abcdefghijklmnop"
    short       = "ssoins-1111111111111111"
    text        = "arn:aws:sso:::instance/ssoins-1111111111111111"
    unknown     = var.unknown
    context     = sym_integration.sso.id
  }
  type           = "aws_sso"
  name           = "sso-${each.key}"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.sso.id]
  settings = {
    instance_arn = each.value
  }
}
resource "sym_strategy" "sso_misspelled" {
  type           = "aws_sso"
  name           = "e"
  integration_id = sym_integration.written.id
  targets        = [sym_target.sso.id]
  settings = {
    instance_arm = "arn:aws:sso:::instance/ssoins-1111111111111111"
  }
}
resource "sym_strategy" "sso_in_place" {
  type           = "aws_sso"
  name           = "f"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.sso.id]
  settings = {
    instance_arn = module.sso_connector.settings.role_arn
  }
}
resource "sym_strategy" "okta" {
  for_each = {
    right    = sym_integration.okta.id
    mistyped = sym_integration.mistyped.id
    slack    = sym_integration.slack.id
    type     = sym_integration.unknown.id
    unknown  = var.unknown
    id       = "0f8fad5b-d9cb-469f-a165-70867728950e"
    none     = null
    empty    = ""
  }
  type           = "okta"
  name           = "okta-${each.key}"
  integration_id = each.value
  targets        = [sym_target.okta.id]
}
resource "sym_strategy" "okta_mistyped" {
  type           = "okta"
  name           = "okta-mistyped-alone"
  integration_id = sym_integration.mistyped.id
  targets        = [sym_target.okta.id]
  implementation = "strategy.py"
}
resource "sym_strategy" "okta_slack" {
  type           = "okta"
  name           = "okta-slack-alone"
  integration_id = sym_integration.slack.id
  targets        = [sym_target.okta.id]
}
resource "sym_strategy" "okta_none" {
  type    = "okta"
  name    = "okta-none-alone"
  targets = [sym_target.okta.id]
}
resource "sym_strategy" "knowbe4_none" {
  type    = "knowbe4"
  name    = "knowbe4"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_strategy" "http_none" {
  type           = "http"
  name           = "http"
  implementation = "strategy.py"
  targets        = [sym_target.custom.id]
}
resource "sym_strategy" "of_no_type" {
  type           = "nothing"
  name           = "nothing"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.okta.id]
}
resource "sym_strategy" "of_no_type_bare" {
  type    = "nothing"
  name    = "nothing-bare"
  targets = [sym_target.okta.id]
}
resource "sym_strategy" "of_unknown_type" {
  type    = var.unknown
  name    = "unknown"
  targets = [sym_target.okta.id]
}
resource "sym_strategy" "custom" {
  for_each = {
    right   = "strategy.py"
    empty   = ""
    none    = null
    unknown = var.unknown
    file    = file("${path.module}/strategy.py")
  }
  type           = "custom"
  name           = "custom-${each.key}"
  integration_id = sym_integration.okta.id
  implementation = each.value
  targets        = [sym_target.custom.id]
}
resource "sym_strategy" "custom_bare" {
  type           = "custom"
  name           = "custom-bare"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.custom.id]
}
resource "sym_strategy" "suspect" {
  type           = "github"
  name           = "suspect"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.okta.id, sym_target.okta_free.id]
}
resource "sym_strategy" "targets" {
  type           = "okta"
  name           = "targets"
  integration_id = sym_integration.okta.id
  targets = [
    sym_target.okta.id,
    sym_target.okta.id,
    sym_target.github.id,
    sym_target.of_no_type.id,
    sym_target.of_unknown_type.id,
    var.unknown,
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    sym_target.okta.name,
    sym_integration.okta.id,
    "nothing",
    var.unknown ? sym_target.github.id : sym_target.okta.id,
  ]
}
resource "sym_strategy" "only_others" {
  type           = "github"
  name           = "only-others"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.custom.id, local.target]
}
locals {
  target = sym_target.sso.id
}
resource "sym_strategy" "one_target" {
  type           = "okta"
  name           = "one-target"
  integration_id = sym_integration.okta.id
  targets        = sym_target.okta.id
}
resource "sym_strategy" "text_target" {
  type           = "okta"
  name           = "text-target"
  integration_id = sym_integration.okta.id
  targets        = "okta"
}
resource "sym_strategy" "map_target" {
  type           = "okta"
  name           = "map-target"
  integration_id = sym_integration.okta.id
  targets        = { a = sym_target.okta.id }
}
resource "sym_strategy" "no_targets" {
  type           = "okta"
  name           = "no-targets"
  integration_id = sym_integration.okta.id
  targets        = []
}
resource "sym_strategy" "none_by_local" {
  type           = "okta"
  name           = "none-by-local"
  integration_id = sym_integration.okta.id
  targets        = local.none
}
resource "sym_strategy" "none_by_default" {
  type           = "okta"
  name           = "none-by-default"
  integration_id = sym_integration.okta.id
  targets        = var.no_targets
}
resource "sym_strategy" "none_in_a_for" {
  type           = "okta"
  name           = "none-in-a-for"
  integration_id = sym_integration.okta.id
  targets        = [for it in [] : it]
}
resource "sym_strategy" "none_concatenated" {
  type           = "okta"
  name           = "none-concatenated"
  integration_id = sym_integration.okta.id
  targets        = concat([], local.none)
}
resource "sym_strategy" "unknown_targets" {
  type           = "okta"
  name           = "unknown-targets"
  integration_id = sym_integration.okta.id
  targets        = var.unknown
}

#### nothing free to list, and groups that Google may not manage
variable "unknown" {}
module "off" {
  source                         = "symopsio/gcp-connector/google"
  version                        = "~> 1.1"
  environment                    = "a"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "access"
  enable_google_group_management = "false"
}
module "off_far" {
  source                         = "symopsio/gcp-connector/google"
  version                        = "~> 1.1"
  environment                    = "b"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "access"
  enable_google_group_management = local.off
}
module "unknown" {
  source                         = "symopsio/gcp-connector/google"
  version                        = "~> 1.1"
  environment                    = "c"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "access"
  enable_google_group_management = var.unknown
}
module "on" {
  source                         = "symopsio/gcp-connector/google"
  version                        = "~> 1.1"
  environment                    = "d"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "access"
  enable_google_group_management = "1"
}
module "not_given" {
  source                   = "symopsio/gcp-connector/google"
  version                  = "~> 1.1"
  environment              = "e"
  gcp_org_id               = "123456789012"
  identity_pool_project_id = "access"
}
locals {
  off = false
}
resource "sym_strategy" "google" {
  for_each = {
    on        = module.on.sym_integration.id
    off       = module.off.sym_integration.id
    off_far   = module.off_far.sym_integration.id
    unknown   = module.unknown.sym_integration.id
    not_given = module.not_given.sym_integration.id
    again     = module.not_given.sym_integration.id
  }
  type           = "google_group"
  name           = each.key
  integration_id = each.value
  targets        = [sym_target.google.id, sym_target.google.id]
}
resource "sym_target" "google" {
  type = "google_group"
  name = "google"
  settings = {
    group_id = "access@example.com"
  }
}

#### sessions and what flows offer
variable "unknown" {}
resource "aws_ssoadmin_permission_set" "sets" {
  for_each         = { short = "PT1H", long = "PT12H", seconds = "PT90S", none = null, unknown = var.unknown, odd = "an hour" }
  name             = each.key
  instance_arn     = "arn:aws:sso:::instance/ssoins-1111111111111111"
  session_duration = each.value
}
resource "aws_ssoadmin_permission_set" "alone" {
  name             = "alone"
  instance_arn     = "arn:aws:sso:::instance/ssoins-1111111111111111"
  session_duration = "PT1H30M"
}
resource "sym_target" "sets" {
  for_each = aws_ssoadmin_permission_set.sets
  type     = "aws_sso_permission_set"
  name     = each.key
  settings = {
    account_id         = "111122223333"
    permission_set_arn = each.value.arn
  }
}
resource "sym_target" "alone" {
  type = "aws_sso_permission_set"
  name = "alone"
  settings = {
    account_id         = "111122223333"
    permission_set_arn = aws_ssoadmin_permission_set.alone.arn
  }
}
resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [for it in sym_target.sets : it.id]
  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-1111111111111111"
  }
}
resource "sym_strategy" "alone" {
  type           = "aws_sso"
  name           = "alone"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.alone.id, sym_target.sets["short"].id]
  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-1111111111111111"
  }
}
resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.alone.id]
}
resource "sym_flow" "flows" {
  for_each       = { hours = ["2h", "4h"], minutes = ["90s", "30m"], days = ["1d", "10d"], none = [], odd = ["1h", "long"], endless = ["1234567890m"] }
  name           = each.key
  implementation = "pass"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
    strategy_id = sym_strategy.alone.id
    prompt_field {
      name = "reason"
      type = "string"
    }
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = each.value
    }
  }
}
resource "sym_flow" "all" {
  name           = "all"
  implementation = "pass"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
    strategy_id = sym_strategy.sso.id
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["2h"]
    }
    prompt_field {
      name           = "another"
      type           = "duration"
      allowed_values = ["75m"]
    }
  }
}
resource "sym_flow" "unknown" {
  name           = "unknown"
  implementation = "pass"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
    strategy_id = sym_strategy.alone.id
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = var.unknown
    }
  }
}
resource "sym_flow" "okta" {
  name           = "okta"
  implementation = "pass"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
    strategy_id = sym_strategy.okta.id
  }
}

#### more of everything than is said
resource "sym_target" "a" {
  type           = "okta_group"
  name           = "a"
  field_bindings = ["group_id"]
}
resource "sym_target" "b" {
  type           = "okta_group"
  name           = "b"
  field_bindings = ["group_id"]
}
resource "sym_target" "c" {
  type           = "okta_group"
  name           = "c"
  field_bindings = ["group_id"]
}
resource "sym_target" "d" {
  type           = "okta_group"
  name           = "d"
  field_bindings = ["group_id"]
}
resource "sym_target" "e" {
  type           = "okta_group"
  name           = "e"
  field_bindings = ["group_id"]
}
resource "sym_target" "f" {
  type           = "okta_group"
  name           = "f"
  field_bindings = ["group_id"]
}
resource "sym_target" "g" {
  type           = "okta_group"
  name           = "g"
  field_bindings = ["group_id"]
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "acme.okta.com"
}
resource "sym_strategy" "suspect" {
  type           = "github"
  name           = "suspect"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.a.id, sym_target.b.id, sym_target.c.id, sym_target.d.id, sym_target.e.id]
}
resource "sym_target" "free" {
  for_each = toset(["a", "b"])
  type     = "okta_group"
  name     = "free-${each.key}"
  settings = {
    group_id = "x"
  }
}
resource "sym_target" "other" {
  type = "github_repo"
  name = "other"
  settings = {
    repo_name = "x"
  }
}
resource "sym_strategy" "twice" {
  type           = "okta"
  name           = "twice"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.f.id, sym_target.f.id, sym_target.f.id]
}
resource "sym_strategy" "empty" {
  type           = "okta"
  name           = "empty"
  integration_id = sym_integration.okta.id
  targets        = []
}

#### five targets to choose from
resource "sym_target" "a" {
  type           = "okta_group"
  name           = "a"
  field_bindings = ["group_id"]
}
resource "sym_target" "b" {
  type           = "okta_group"
  name           = "b"
  field_bindings = ["group_id"]
}
resource "sym_target" "c" {
  type           = "okta_group"
  name           = "c"
  field_bindings = ["group_id"]
}
resource "sym_target" "d" {
  type           = "okta_group"
  name           = "d"
  field_bindings = ["group_id"]
}
resource "sym_target" "e" {
  type           = "okta_group"
  name           = "e"
  field_bindings = ["group_id"]
}
resource "sym_target" "f" {
  type           = "okta_group"
  name           = "f"
  field_bindings = ["group_id"]
}
resource "sym_target" "g" {
  type           = "okta_group"
  name           = "g"
  field_bindings = ["group_id"]
}
resource "sym_strategy" "empty" {
  type           = "okta"
  name           = "empty"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [
  ]
}
resource "sym_strategy" "wrong" {
  type           = "okta"
  name           = "wrong"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["x"]
}
#### permission sets of two SSO instances
variable "unknown" {}
resource "sym_target" "set" {
  for_each = {
    one   = "arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"
    two   = "arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6979"
    other = "arn:aws:sso:::permissionSet/ssoins-65080f0f0f0f0f0f/ps-0f1e2d3c4b5a6970"
    none  = var.unknown
  }
  type = "aws_sso_permission_set"
  name = each.key
  settings = {
    permission_set_arn = each.value
    account_id         = "111122223333"
  }
}
resource "sym_strategy" "unknown" {
  type           = "aws_sso"
  name           = "unknown"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [for it in sym_target.set : it.id]
  settings       = { instance_arn = var.unknown }
}
resource "sym_strategy" "empty" {
  type           = "aws_sso"
  name           = "empty"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.set["one"].id, var.unknown ? sym_target.set["other"].id : sym_target.set["two"].id]
  settings       = { instance_arn = "" }
}

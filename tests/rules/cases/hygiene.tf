#### names, names twice, and what nothing uses
variable "unknown" {}
variable "empty" {
  default = ""
}
provider "sym" {
  org = "CHANGEME"
}
provider "sym" {
  alias = "other"
  org   = "acme"
}
resource "sym_runtime" "by_default" {
  name = var.empty
}
resource "sym_runtime" "empty" {
  name = ""
}
resource "sym_runtime" "unknown" {
  name = var.unknown
}
resource "sym_runtime" "spaces" {
  name = "Main Runtime"
}
resource "sym_runtime" "characters" {
  name = "main/runtime!"
}
resource "sym_runtime" "nothing_left" {
  name = "!!"
}
resource "sym_runtime" "far" {
  name = local.name
}
resource "sym_runtime" "long" {
  name = "a-name-that-is-longer-than-all-the-names-that-anybody-would-ever-give-to-a-runtime-of-his-or-her-own-and-then-some-more-of-it-until-it-has-two-hundred-and-fifty-six-characters-which-takes-quite-some-time-to-write-and-longer-still-to-read-so-that-nobody-does"
}
resource "sym_runtime" "first" {
  name = "twice"
}
resource "sym_runtime" "second" {
  name = "Twice"
}
resource "sym_runtime" "third" {
  name = "twice"
}
resource "sym_runtime" "third_word" {
  name = "second-word"
}
resource "sym_runtime" "second_word" {
  name = "second-word"
}
resource "sym_runtime" "other_one" {
  name = "score"
}
resource "sym_runtime" "_other" {
  name = "score"
}
resource "sym_runtime" "elsewhere" {
  provider = sym.other
  name     = "twice"
}
resource "sym_runtime" "nowhere" {
  provider = sym.nowhere
  name     = "twice"
}
resource "sym_runtime" "each" {
  for_each = toset(["a", "b"])
  name     = "each"
}
resource "sym_runtime" "one_local" {
  name = local.shared
}
resource "sym_runtime" "the_local_again" {
  name = local.shared
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "same"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "same"
  external_id = "acme.okta.com"
}
resource "sym_integration" "slack_again" {
  type        = "slack"
  name        = "same"
  external_id = "T0ORCHARD1"
}
resource "sym_secrets" "store" {
  type = "aws_secrets_manager"
  name = "store"
  settings = {
    context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_secret" "one" {
  path      = "sym/one"
  source_id = sym_secrets.store.id
}
resource "sym_secret" "again" {
  path      = "sym/one"
  source_id = sym_secrets.store.id
}
resource "sym_target" "one" {
  type = "okta_group"
  name = "one"
  settings = {
    group_id = "00g1okta"
  }
}
resource "sym_target" "other" {
  type = "github_repo"
  name = "other"
  settings = {
    repo_name = "x"
  }
}
resource "sym_target" "other_each" {
  for_each = toset(["a", "b"])
  type     = "okta_group"
  name     = "each-${each.key}"
  settings = {
    group_id = "00g1okta"
  }
}
resource "sym_target" "exported" {
  type = "okta_group"
  name = "exported"
  settings = {
    group_id = "00g2okta"
  }
}
resource "sym_strategy" "okta" {
  type    = "okta"
  name    = "okta"
  targets = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
}
resource "sym_environment" "main" {
  name       = "main"
  runtime_id = sym_runtime.first.id
}
resource "sym_environment" "unused" {
  name = "unused"
}
resource "sym_error_logger" "unused" {
  integration_id = sym_integration.slack.id
  destination    = "#errors"
}
resource "sym_flow" "main" {
  name           = "main"
  implementation = "pass"
  environment_id = sym_environment.main.id
  params {
    strategy_id = sym_strategy.okta.id
  }
}
output "target" {
  value = sym_target.exported.id
}
locals {
  name   = "far away"
  shared = "shared"
}

#### secrets in plain text, and placeholders
variable "key" {
  default = "pubd41d8cd98f00b204e9800998ecf8427e"
}
variable "hidden" {
  default   = "xoxb-123456789012-123456789012-abcdefghijklmnopqrstuvwx"
  sensitive = true
}
variable "given" {
}
provider "sym" {
  org = "<your org>"
}
module "literal" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "a"
  datadog_access_key = "d41d8cd98f00b204e9800998ecf8427e"
}
module "default" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "b"
  datadog_access_key = var.key
}
module "default_again" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "c"
  datadog_access_key = var.key
}
module "hidden" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "d"
  datadog_access_key = var.hidden
}
module "given" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "e"
  datadog_access_key = var.given
}
module "placeholder" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "f"
  datadog_access_key = "CHANGEME"
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "CHANGEME"
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "<your domain>"
  settings = {
    api_token_secret = "xoxb-123456789012-123456789012-abcdefghijklmnopqrstuvwx"
    other            = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
    another          = "CHANGEME"
  }
}
resource "sym_flow" "main" {
  name           = "main"
  implementation = "CHANGEME"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  vars = {
    token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
    url   = "https://example.com"
  }
  params {
  }
}
--- terraform.tfvars
given = "d41d8cd98f00b204e9800998ecf8427e"

#### what may be used elsewhere: a file has errors
resource "sym_target" "one" {
  type = "okta_group"
  name = "one"
  settings = {
    group_id = "00g1okta"
  }
}
resource "sym_target" "two" {
  type = "okta_group"
  name = "two"
  settings = {
    group_id = "00g1okta"
  }
}
resource "sym_flow" "main" {
  name           = "main"
  implementation = "pass"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
  }
}
--- broken.tf
resource "sym_strategy" "broken" {

#### what a wrong reference may have meant, and what is looked up
resource "sym_target" "one" {
  type = "okta_group"
  name = "one"
  settings = {
    group_id = "00g1okta"
  }
}
resource "sym_strategy" "okta" {
  type    = "okta"
  name    = "okta"
  targets = [sym_integration.okta.id]
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "acme.okta.com"
}
data "sym_secrets" "store" {
  name = "store"
}
resource "sym_secrets" "store" {
  type = "aws_secrets_manager"
  name = "store"
  settings = {
    context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}
resource "sym_flow" "main" {
  name           = "main"
  implementation = "pass"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
    strategy_id = sym_strategy.okta.id
  }
}

#### keys that Terraform puts into a secret that Sym reads
variable "token" {}
resource "aws_secretsmanager_secret" "of" {
  for_each = toset(["json", "text", "left_alone", "placeholder", "fallback"])
  name     = "sym/main/${each.key}"
}
resource "sym_secret" "of" {
  for_each  = aws_secretsmanager_secret.of
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  path      = each.value.name
}
resource "aws_secretsmanager_secret_version" "json" {
  secret_id     = aws_secretsmanager_secret.of["json"].id
  secret_string = jsonencode({ username = "bot", password = "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789" })
}
resource "aws_secretsmanager_secret_version" "text" {
  secret_id     = aws_secretsmanager_secret.of["text"].id
  secret_string = "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"
}
resource "aws_secretsmanager_secret_version" "left_alone" {
  secret_id     = aws_secretsmanager_secret.of["left_alone"].id
  secret_string = "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"
  lifecycle {
    ignore_changes = [secret_string]
  }
}
resource "aws_secretsmanager_secret_version" "placeholder" {
  secret_id     = aws_secretsmanager_secret.of["placeholder"].id
  secret_string = "replace-me-by-hand-0123456789abcdef"
}
resource "aws_secretsmanager_secret_version" "fallback" {
  secret_id     = aws_secretsmanager_secret.of["fallback"].id
  secret_string = coalesce(var.token, "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789")
}

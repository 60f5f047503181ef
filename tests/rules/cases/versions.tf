#### an input and an output that only a newer version has, and one that only an older one has
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 2.1"
    }
  }
}
module "unknown" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 9.0"
  environment = "main"
}
module "git" {
  source      = "git::https://github.com/symopsio/terraform-aws-runtime-connector.git?ref=main"
  environment = "main"
}
module "secrets" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "1.0.0"
  environment   = "main"
  iam_role_name = "SymRuntimeMain"
  nothing_alike = "x"
}
module "older" {
  source           = "symopsio/runtime-connector/aws"
  version          = "~> 1.0"
  environment      = "main"
  addons           = ["aws/secretsmgr"]
  enable_something = true
}
module "newer" {
  source       = "symopsio/runtime-connector/aws"
  version      = "2.0.0"
  addons       = ["aws/secretsmgr"]
  addon_params = {}
  environment  = "main"

  custom_external_id = "x"
}
module "data_stream" {
  source      = "symopsio/kinesis-data-stream-addon/aws"
  version     = "~> 1.1"
  environment = "main"
  tag_name    = "x"
}
module "connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"
}
module "iam" {
  source             = "symopsio/iam-connector/aws"
  version            = "~> 2.0"
  runtime_role_arnz  = []
  account_id         = "1"
  environment        = "main"
}
output "of_older" {
  value = [module.older.sym_runtime.id, module.older.settings, module.unknown.settings, module.git.settings]
}
output "of_newer" {
  value = [module.newer.settings["role_arn"], module.newer.account_id, module.newer.sym_runtime.id]
}
output "of_connectors" {
  value = [module.iam.nothing, module.secrets.settings, module.connector.settings]
}

#### everything that is read belongs to another version
module "older" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "main"
}
module "newer" {
  source      = "symopsio/runtime-connector/aws"
  version     = "2.0.0"
  environment = "main"
}
module "open" {
  source      = "symopsio/runtime-connector/aws"
  environment = "main"
}
module "last" {
  source      = "symopsio/runtime-connector/aws"
  version     = ">= 2.0"
  environment = "main"
}
output "all" {
  value = {
    older = [module.older.sym_runtime.id, module.older.sym_integration.id, module.older.sym_runtime.name, module.older.sym_runtime_connector_role.arn]
    newer = [module.newer.settings, module.newer.account_id]
    open  = [module.open.settings["role_arn"], module.open.account_id, module.open.settings]
    last  = [module.last.settings["role_arn"]]
  }
}

#### providers without a source, from elsewhere, and of a module that does not say
terraform {
  required_providers {
    sym = {
      version = "~> 3.0"
    }
    other = {
      source = "terraform.symops.com/symopsio/sym"
    }
    mirror = {
      source = "mirror.example.com/symopsio/sym"
    }
    aws = {
      source  = "hashicorp/aws"
      version = "~> 4.0"
    }
  }
}
module "twice" {
  source = "./access"
}
module "access" {
  source = "./access"
}
module "configured" {
  source = "./configured"
}
module "aliased" {
  source = "./aliased"
}
module "mirrored" {
  source = "./mirrored"
}
module "expression" {
  source = "./expression"
}
--- access/main.tf
data "aws_caller_identity" "this" {
}
resource "sym_runtime" "other" {
  provider = sym.other
  name     = "other"
}
resource "sym_runtime" "this" {
  name = "main"
}
--- configured/main.tf
provider "sym" {
  org = "acme"
}
--- aliased/main.tf
resource "sym_runtime" "other" {
  provider = sym.other
  name     = "other"
}
--- mirrored/main.tf
terraform {
  required_providers {
    sym = {
      source  = "mirror.example.com/symopsio/sym"
      version = "~> 3.0"
    }
  }
}
resource "sym_runtime" "this" {
  name = "mirrored"
}
--- expression/main.tf
terraform {
  required_providers {
    sym = "~> 3.0"
  }
}

#### a snippet
resource "sym_runtime" "this" {
  name = "main"
}

#### modules that contradict each other, and one module of Sym that contradicts all
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 1.14"
    }
    aws = {
      source  = "hashicorp/aws"
      version = "~> 4.0"
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 1.0, < 1.0"
    }
  }
}
module "a" {
  source = "./a"
}
module "b" {
  source = "./b"
}
module "again" {
  source = "./b"
}
module "datadog" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "main"
  datadog_access_key = "CHANGEME"
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "older" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "other"
}
module "unknown" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 9.0"
  environment = "unknown"
}
module "old_host" {
  source      = "terraform.symops.com/symopsio/runtime-connector/sym"
  version     = ">= 1.0"
  environment = "old"
}
--- a/main.tf
terraform {
  required_providers {
    sym = {
      source = "symopsio/sym"
    }
    aws = {
      source  = "hashicorp/aws"
      version = ">= 3.0"
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 3.0"
    }
  }
}
--- b/main.tf
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 2.0"
    }
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 2.0"
    }
  }
}

#### a provider too old for all that is written, with the module that says it
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 1.14"
    }
  }
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "gcp" {
  source  = "symopsio/gcp-connector/google"
  version = ">= 1.0"
}
resource "sym_flow" "this" {
  name           = "a"
  implementation = "impl.py"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
  }
}

#### prereleases, and versions that nobody has published
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "3.0.0-rc1"
    }
  }
}
module "a" {
  source = "./a"
}
module "b" {
  source = "./b"
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "2.9.9"
  environment = "main"
}
module "newer" {
  source      = "symopsio/runtime-connector/aws"
  version     = ">= 9.0"
  environment = "main"
}
--- a/main.tf
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = ">= 2.0"
    }
  }
}
--- b/main.tf
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.1"
    }
  }
}

#### old addresses, misspelled ones, and those of others
module "old" {
  source            = "terraform.symops.com/symopsio/iam-connector/sym"
  version           = ">= 1.2.0"
  environment       = "main"
  runtime_role_arns = []
}
module "old_git" {
    source = "github.com/symopsio/terraform-aws-connectors//modules/iam-connector"

  environment       = "other"
  runtime_role_arns = []
}
module "deprecated" {
  source            = "symopsio/iam-connector/sym"
  version           = "~> 1.0"
  environment       = "third"
  runtime_role_arns = []
}
module "deprecated_without_a_version" {
  source            = "symopsio/iam-connector/sym"
  environment       = "fourth"
  runtime_role_arns = []
}
module "deprecated_of_no_version" {
  source            = "symopsio/iam-connector/sym"
  version           = "~> 7.0"
  environment       = "fifth"
  runtime_role_arns = []
}
module "right" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "sixth"
  runtime_role_arns = []
}
module "misspelled" {
  source = "symopsio/iam-conector/aws"
}
module "of_google" {
  source = "symopsio/iam-connector/google"
}
module "others" {
  source = "acme/iam-conector/aws"
}
module "nowhere" {
  source = "symopsio/brand-new/aws"
}
module "misspelled_owner" {
  source = "symops/iam-connector/aws"
}

#### constraints without an upper end
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = ">= 2.0, != 2.1"
    }
  }
}
module "no_version" {
  source      = "symopsio/runtime-connector/aws"
  environment = "a"
}
module "series" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1"
  environment = "b"
}
module "only_newer" {
  source      = "symopsio/runtime-connector/aws"
  version     = "> 2.0"
  environment = "c"
}
module "older" {
  source      = "symopsio/runtime-connector/aws"
  version     = ">= 1.0, < 3"
  environment = "d"
}
module "not_breaking" {
  source            = "symopsio/iam-connector/aws"
  version           = ">= 1.0.0"
  environment       = "e"
  runtime_role_arns = []
}
module "called" {
  source = "./called"
}
--- called/main.tf
terraform {
  required_providers {
    sym = {
      source = "symopsio/sym"
    }
  }
}
module "inside" {
  source      = "symopsio/runtime-connector/aws"
  version     = ">= 1"
  environment = "f"
}

#### a long source
terraform {
  required_providers {
    sym = {
      source  = "registry.example.com/an-owner-with-a-name-that-is-so-long-that-nobody-would-ever-want-to-write-or-read-it-twice/sym"
      version = "~> 3.0"
    }
  }
}
#### old sources and versions in locals
locals {
  namespace = "symopsio"
  old       = "symopsio/runtime-connector/sym"
  joined    = "${local.namespace}/iam-connector/sym"
  version   = "~> 1.0"
}
module "old" {
  source      = local.old
  version     = local.version
  environment = "main"
}
module "joined" {
  source            = local.joined
  version           = "~> ${1 + 1}.0"
  environment       = "main"
  runtime_role_arns = []
}
#### sources in locals that are right, or not known
variable "source" {
  default = "symopsio/runtime-connector/sym"
}
locals {
  current = "symopsio/runtime-connector/aws"
  itself  = local.itself
  given   = var.source
}
module "current" {
  source      = local.current
  version     = "~> 2.0"
  environment = "main"
}
module "itself" {
  source = local.itself
}
module "given" {
  source = local.given
}

"""Examples for the rules about versions."""

from __future__ import annotations

from symlint.annotations import Final

MODULE: Final = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}
"""

MAIN: Final = f"""
provider "sym" {{
  org = "orchard"
}}
{MODULE}"""

RUNTIME: Final = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

output "runtime_id" {
  value = module.runtime_connector.sym_runtime.id
}
"""

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}

resource "sym_secret" "token" {
  path      = "sym/main/token"
  source_id = sym_secrets.main.id
}

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

module "gcp_connector" {
  source  = "symopsio/gcp-connector/google"
  version = "~> 1.1"

  environment                    = "main"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "orchard-identity"
  enable_google_group_management = true
}

resource "sym_target" "auditors" {
  type = "google_group"
  name = "auditors"

  settings = {
    group_email = "auditors@orchard.example"
    role        = "MEMBER"
  }
}

resource "sym_strategy" "main" {
  type           = "google_group"
  name           = "main-google"
  integration_id = module.gcp_connector.sym_integration.id
  targets        = [sym_target.auditors.id]
}

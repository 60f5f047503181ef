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

resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"

  settings = {
    cloud        = "aws"
    region       = "eu-central-1"
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
    role_arn     = "arn:aws:iam::111122223333:role/sym/SymSSOMain"
  }
}

resource "aws_ssoadmin_permission_set" "operator" {
  name             = "Operator"
  instance_arn     = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  session_duration = "PT1H"
}

resource "sym_target" "operator" {
  type = "aws_sso_permission_set"
  name = "operator"

  settings = {
    permission_set_arn = aws_ssoadmin_permission_set.operator.arn
    account_id         = "111122223333"
  }
}

resource "sym_target" "auditor" {
  type = "aws_sso_permission_set"
  name = "auditor"

  settings = {
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"
    account_id         = "555566667777"
  }
}

resource "sym_strategy" "main" {
  type           = "aws_sso"
  name           = "main-sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.operator.id, sym_target.auditor.id]

  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  }
}

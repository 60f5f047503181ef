"""What rules cost grows with a configuration as it should: counted in lines of code that run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.effort import lines_run

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

CONNECTORS = """
module "runtime_{0}" {{
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "runtime-{0}"
}}
module "iam_{0}" {{
  source            = "symopsio/iam-connector/aws"
  version           = "~> 3.0"
  environment       = "iam-{0}"
  runtime_role_arns = [module.runtime_{0}.sym_runtime_connector_role.arn]
}}
resource "sym_integration" "iam_{0}" {{
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam_{0}.settings.account_id
  settings    = module.iam_{0}.settings
}}
"""
ONE_RUNTIME = CONNECTORS.replace("module.runtime_{0}", "module.runtime_0")
TARGETS = """
resource "sym_target" "a_{0}" {{
  type     = "okta_group"
  name     = "same"
  settings = {{ group_id = "00g1a2b3c4d5e6f7g8h9" }}
}}
"""
STRATEGIES = """
resource "sym_target" "a_{0}" {{
  type     = "okta_group"
  name     = "a-{0}"
  settings = {{ group_id = "00g1a2b3c4d5e6f7g8h{0}" }}
}}
resource "sym_target" "b_{0}" {{
  type     = "okta_group"
  name     = "b-{0}"
  settings = {{ group_id = "00g1a2b3c4d5e6f7g8i{0}" }}
}}
resource "sym_strategy" "a_{0}" {{
  type           = "aws_iam"
  name           = "a-{0}"
  integration_id = sym_target.a_{0}.id
  targets        = [sym_target.a_{0}.id, sym_target.a_{0}.id]
}}
"""
SECRETS = """
module "runtime_{0}" {{
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "runtime-{0}"
}}
resource "aws_iam_role_policy_attachment" "a_{0}" {{
  role       = module.runtime_{0}.sym_runtime_connector_role.name
  policy_arn = aws_iam_policy.a.arn
}}
resource "aws_secretsmanager_secret" "a_{0}" {{
  name = "sym/a-{0}"
  tags = {{ SymEnv = "main" }}
}}
resource "sym_secrets" "a_{0}" {{
  type     = "aws_secrets_manager"
  name     = "a-{0}"
  settings = {{ context_id = module.runtime_{0}.sym_integration.id }}
}}
resource "sym_secret" "a_{0}" {{
  path      = "sym/b-{0}"
  source_id = sym_secrets.a_{0}.id
}}
resource "sym_integration" "a_{0}" {{
  type        = "okta"
  name        = "a"
  external_id = "https://orchard.okta.com"
  settings    = {{ api_token_secret = sym_secret.a_{0}.path }}
}}
"""
POLICY = """
resource "aws_iam_policy" "a" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "*" }] })
}
"""
FLOWS = """
resource "sym_environment" "a_{0}" {{
  name            = "a-{0}"
  error_logger_id = sym_integration.a_{0}.id
  integrations    = {{ slack_id = sym_integration.a_{0}.name }}
}}
resource "sym_integration" "a_{0}" {{
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}}
resource "sym_flow" "a_{0}" {{
  name           = "a"
  implementation = "x"
  environment_id = sym_environment.a_{0}.name
  params {{
    strategy_id = sym_flow.a_{0}.id
    prompt_field {{
      name = "a"
      type = "strng"
    }}
  }}
}}
"""


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "block",
    [CONNECTORS, ONE_RUNTIME, TARGETS, STRATEGIES, SECRETS, FLOWS],
    ids=["connectors", "one runtime", "targets", "strategies", "secrets", "flows"],
)
def test_four_times_as_much_costs_about_four_times_as_much(tmp_path: Path, block: str) -> None:
    def effort(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        text = "".join(map(block.format, range(count))) + POLICY * (block is SECRETS)
        (folder / "main.tf").write_text(text, encoding="utf-8")
        return lines_run(lambda: lint([str(folder)], Options(isolated=True)))

    effort(1)  # imports
    assert effort(100) < 5 * effort(25)


LISTS = """
locals {{
  times = [{times}]
}}
resource "sym_flow" "a" {{
  name           = "a"
  implementation = "x"
  params {{
    prompt_field {{
      name           = "duration"
      type           = "duration"
      allowed_values = local.times
    }}
  }}
}}
resource "sym_target" "a" {{
  type           = "okta_group"
  name           = "a"
  settings       = {{}}
  field_bindings = [{names}]
}}
"""


@pytest.mark.no_cover
def test_elements_of_a_list_cost_no_more_in_a_long_one(tmp_path: Path) -> None:
    def effort(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        times = ", ".join(f'"{number}h"' for number in range(1, count + 1))
        names = ", ".join(f'"a{number}"' for number in range(count))
        text = LISTS.format(times=times, names=names)
        (folder / "main.tf").write_text(text, encoding="utf-8")
        return lines_run(lambda: lint([str(folder)], Options(isolated=True)))

    effort(1)  # imports
    assert effort(800) < 4.6 * effort(200)

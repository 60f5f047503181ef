"""Checks that nothing depends on itself."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class DependencyCycle(ProblemRule):
    """Nothing depends on itself, directly or through others.

    Terraform creates things in the order of their dependencies, so it cannot begin with anything in a
    cycle. The finding lists every step of the cycle. Remove the reference that you need least, often by
    setting both sides from the same local.
    """

    code = "SYM102"
    name = "dependency-cycle"
    kind = "cycle"
    consequence = "terraform plan stops with the error: Cycle."
    sources = ("https://developer.hashicorp.com/terraform/internals/graph",)
    bad = """\
locals {
  flow_name   = "${local.environment}-access"
  environment = trimsuffix(local.flow_name, "-access")
}
"""
    good = """\
locals {
  flow_name   = "${local.environment}-access"
  environment = "main"
}
"""

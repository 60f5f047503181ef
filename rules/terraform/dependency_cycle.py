"""Checks that nothing depends on itself."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class DependencyCycle(ProblemRule):
    """Nothing depends on itself, directly or through others.

    Terraform makes things in the order in which they depend on each other, so in a circle there
    is nothing to begin with. The finding names every step of the circle; take out the reference
    that is needed least, often by giving both sides the same local.
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

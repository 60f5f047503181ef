"""Checks that an attribute that is read from an object exists."""

from __future__ import annotations

from symlint.rules._problems import ProblemRule


class MissingAttribute(ProblemRule):
    """Every attribute that is read from an object exists.

    The rule checks objects whose attributes are all known: those that the configuration itself writes,
    and variables with an object type. Attributes of resources are defined by their provider and are not
    checked.
    """

    code = "SYM110"
    name = "missing-attribute"
    kind = "attribute"
    consequence = "terraform plan stops here."
    sources = ("https://developer.hashicorp.com/terraform/language/expressions/references",)
    bad = """\
locals {
  integration = { account_id = "111122223333" }
  external_id = local.integration.acount_id
}
"""
    good = """\
locals {
  integration = { account_id = "111122223333" }
  external_id = local.integration.account_id
}
"""

"""Checks that the account numbers in lists, ARNs and providers are ids of AWS accounts."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules._settings import lost_zeros_help
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Value


class AccountId(Rule):
    """The id of an AWS account has 12 digits, also in lists and in ARNs.

    The rule looks at `account_id_safelist` and the other inputs of Sym's modules, at ARNs in
    settings and inputs, and at the `allowed_account_ids` and `assume_role` of AWS providers. An id
    with a digit too few or too many is that of no account.

    A number does not keep zeros in front: `012345678901` without quotes is 12345678901. Account ids
    belong in quotes.

    **Not flagged.** Unknown values. Numbers such as `123456789` or `333333333`, which stand for an
    account in examples. The settings and the `external_id` of Sym's resources: `setting-value`,
    `external-id-format` and `permission-context-settings` check them.
    """

    code = "SYM319"
    name = "account-id"
    severity = "warning"
    sources = (
        "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html",
        "https://developer.hashicorp.com/terraform/language/expressions/types",
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment         = "main"
  account_id_safelist = ["082910365177"]
}
"""
    )
    bad = edited(good, ('"082910365177"', "082910365177"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each account number has 12 digits."""
        for place, value, is_id in _values(configuration):
            yield self._judge(configuration, place, value, is_id=is_id)

    def _judge(
        self, sym: SymConfiguration, place: Location, value: Value, *, is_id: bool
    ) -> Outcome:
        from symlint.sym.model.texts import stands_for_a_number, text_of

        text = text_of(value) or ""
        number = text if is_id else _account_in(text)
        digits = number.replace("-", "").replace(" ", "")
        if not digits.isdecimal() or sym.catalogue.formats["aws_account_id"].matches(number):
            return PASSED
        if stands_for_a_number("aws_account_id", number):
            return PASSED
        what = "account id" if is_id else "account id in the ARN"
        wrong = f"has {len(digits)} digits, not 12"
        return place.finding(
            self,
            f"{what} {wrong if len(digits) != 12 else 'is not digits alone'}",
            label="the id of no account",
            related=place.use(),
            why="AWS has no account of this id: what is meant for it is denied or rejected.",
            help_=lost_zeros_help(value) or "write the 12 digits of the account id, in quotes",
        )


def _account_in(arn: str) -> str:
    """The account in an ARN; the empty string for other texts."""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 and parts[0] == "arn" else ""


def _values(configuration: SymConfiguration) -> Iterator[tuple[Location, Value, bool]]:
    """What may hold an account number, and whether it is nothing else."""
    for module in configuration.modules:
        for name, forms in module.entry.inputs.items():
            argument = module.argument(name)
            if argument is not None:
                place = Location.of_argument(module, name)
                yield from _of_list(place, argument.value, forms[-1].format == "aws_account_id")
    for view in (*configuration.targets, *configuration.integrations):
        for key, value in (view.settings.items or {}).items():
            for leaf in leaves(value):
                if leaf.string is not None:
                    yield Location.of_setting(view, key, leaf), leaf, False
    yield from _of_providers(configuration)


def _of_list(place: Location, value: Value, is_id: bool) -> Iterator[tuple[Location, Value, bool]]:
    for element in (value,) if value.elements is None else value.elements:
        for leaf in leaves(element):
            if not leaf.is_unknown and leaf.items is None and leaf.elements is None:
                yield place.of_element(leaf), leaf, is_id


def _of_providers(configuration: SymConfiguration) -> Iterator[tuple[Location, Value, bool]]:
    from symlint.sym.aws.provider_configurations import provider_blocks

    for address, body in provider_blocks(configuration, "aws"):
        for name in ("allowed_account_ids", "forbidden_account_ids"):
            value, written = body.attribute(name), body.configured(name)
            if value is not None and written is not None:
                used = written.value.range
                yield from _of_list(Location(address, name, used, used), value, True)
        for kind in ("assume_role", "assume_role_with_web_identity"):
            for block in body.blocks(kind):
                value, written = block.attribute("role_arn"), block.configured("role_arn")
                if value is not None and written is not None:
                    used = written.value.range
                    place = Location(address, f"{kind}.role_arn", used, used)
                    yield from _of_list(place, value, False)

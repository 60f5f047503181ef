"""What the evaluator learns of modules whose code is not here."""

from __future__ import annotations

import pytest
from support.checking import CATALOGUE

from symlint.sym.catalogue.interfaces import CatalogueInterfaces

HOST = "terraform.symops.com/symopsio/runtime-connector/sym"
CHECKOUT = "github.com/symopsio/terraform-aws-connectors//modules/runtime-connector"


@pytest.mark.parametrize("source", ["symopsio/runtime-connector/aws", HOST, CHECKOUT])
def test_a_module_with_versions_or_the_interface_of_one_has_known_outputs(source: str) -> None:
    outputs = CatalogueInterfaces(CATALOGUE).outputs(source, None)
    assert outputs is not None
    assert "sym_runtime_connector_role" in outputs


@pytest.mark.parametrize("source", ["./modules/runtime", "example.com/somebody/thing/aws"])
def test_nothing_is_known_of_other_modules(source: str) -> None:
    interfaces = CatalogueInterfaces(CATALOGUE)
    assert interfaces.outputs(source, None) is None
    assert interfaces.parts(source, "settings") is None


def test_nothing_is_known_of_the_outputs_of_a_checkout_of_no_known_version() -> None:
    unknown = [
        address.address
        for module in CATALOGUE.modules.values()
        for address in module.sources
        if not address.versions and address.interface is None
    ]
    assert unknown
    for source in unknown:
        assert CatalogueInterfaces(CATALOGUE).outputs(source, None) is None, source

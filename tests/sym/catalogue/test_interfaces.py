"""What the evaluator learns of modules whose code is not here."""

from __future__ import annotations

import pytest
from support.checking import CATALOGUE

from symlint.sym.catalogue.interfaces import CatalogueInterfaces
from symlint.terraform.modules.known import Shape
from symlint.terraform.values.texts import NO_BLANKS, UUID
from symlint.terraform.values.types import STRING

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
    assert interfaces.shape(source, "settings") == Shape()


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


OUTPUTS = [
    (module.name, output) for module in CATALOGUE.modules.values() for output in module.outputs
]


@pytest.mark.parametrize(("module", "output"), OUTPUTS)
def test_it_is_known_what_each_output_is(module: str, output: str) -> None:
    entry = CATALOGUE.modules[module]
    shape = CatalogueInterfaces(CATALOGUE).shape(entry.current_source.address, output)
    kinds = {form.resource for form in entry.outputs[output]}
    if kinds <= set(CATALOGUE.provider.resources):
        assert shape.attributes is not None
    elif kinds == {None}:
        assert shape.type == STRING or shape.attributes is not None


def test_the_settings_of_a_connector_are_texts() -> None:
    settings = CatalogueInterfaces(CATALOGUE).shape("symopsio/sso-connector/aws", "settings")
    assert settings.attributes is not None
    assert settings.attributes.closed
    assert settings.attributes.names == {"cloud", "instance_arn", "region", "role_arn"}
    role = settings.attributes.shape("role_arn")
    assert role == Shape(STRING, not_null=True, characters=NO_BLANKS)


def test_the_integration_of_a_runtime_connector_has_the_types_of_the_provider() -> None:
    source = "symopsio/runtime-connector/aws"
    integration = CatalogueInterfaces(CATALOGUE).shape(source, "sym_integration").attributes
    assert integration is not None
    assert integration.shape("id") == Shape(STRING, not_null=True, characters=UUID)
    assert integration.shape("label") == Shape(STRING)
    settings = integration.shape("settings").attributes
    assert settings is not None
    assert "external_id" in settings.names

"""Which configuration of a provider a call or a resource works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.writing import write

from symlint.sym.aws.provider_configurations import provider_of_call, provider_of_resource

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.sym.model.configuration import SymConfiguration

CALL = """
module "asked" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
"""
PASSED = CALL.replace("  environment", "  providers = {\n    %s\n  }\n  environment")
PROVIDER = 'provider "aws" {\n  region = "eu-central-1"\n}\n'
ALIAS = 'provider "aws" {\n  alias  = "sso"\n  region = "eu-central-1"\n}\n'
PLACE = 'provider "aws" {\n  alias   = "sso"\n  version = "~> 5.0"\n}\n'
BARE_PLACE = 'provider "aws" {\n}\n'
BLOCK_ONLY = 'provider "aws" {\n  assume_role {\n    role_arn = "x"\n  }\n}\n'
RENAMED = (
    'terraform {\n  required_providers {\n    aws = {\n      source = "me/aws2"\n    }\n  }\n}\n'
)
OTHER = RENAMED.replace("aws =", "mine =").replace("me/aws2", "hashicorp/aws")
USUAL = RENAMED.replace("me/aws2", "hashicorp/aws")
VERSION = (
    'terraform {\n  required_providers {\n    aws = {\n      version = "~> 5.0"\n    }\n  }\n}\n'
)
CHILD = 'module "child" {\n  source = "./child"\n%s}\n'
PASSING = CHILD % "  providers = {\n    %s\n  }\n"

CALLS = {
    "no block": (CALL, "", ": aws"),
    "a block": (PROVIDER + CALL, "", ": aws declared"),
    "an alias beside": (ALIAS + CALL, "", ": aws"),
    "passed": (ALIAS + PASSED % "aws = aws.sso", "", ": aws.sso declared"),
    "passed under another name": (ALIAS + PASSED % "aws.other = aws.sso", "", "?"),
    "another provider passed": (PROVIDER + PASSED % "sym = sym", "", "?"),
    "passed and missing": (PASSED % "aws = aws.sso", "", "?"),
    "passed as a text": (ALIAS + PASSED % "aws = var.x[0]", "", "?"),
    "a provider of another name": (RENAMED + PROVIDER + CALL, "", "?"),
    "a provider by another name": (OTHER + PROVIDER + CALL, "", "?"),
    "the usual name": (USUAL + PROVIDER + CALL, "", ": aws declared"),
    "no source": (VERSION + PROVIDER + CALL, "", ": aws declared"),
    "in a child": (PROVIDER + CHILD % "", CALL, ": aws declared"),
    "in a child with its own": (PROVIDER + CHILD % "", PROVIDER + CALL, "child: aws declared"),
    "in a child with a block inside": (
        PROVIDER + CHILD % "",
        BLOCK_ONLY + CALL,
        "child: aws declared",
    ),
    "in a child with a place for one": (PROVIDER + CHILD % "", BARE_PLACE + CALL, ": aws declared"),
    "passed to a child": (PROVIDER + ALIAS + PASSING % "aws = aws.sso", CALL, ": aws.sso declared"),
    "passed on in a child": (
        PROVIDER + ALIAS + PASSING % "aws.sso = aws",
        PLACE + PASSED % "aws = aws.sso",
        ": aws declared",
    ),
    "not passed to a child": (ALIAS + CHILD % "", PLACE + PASSED % "aws = aws.sso", "?"),
    "another one passed to a child": (
        PROVIDER + ALIAS + PASSING % "aws.sso = aws.sso",
        CALL,
        "?",
    ),
    "the second of two": (
        PROVIDER + ALIAS + PASSED % "sym = sym\n    aws = aws.sso",
        "",
        ": aws.sso declared",
    ),
    "in a child with errors": (PROVIDER + CHILD % "", CALL + "\nresource {\n", "?"),
}


def shown(use: ProviderUse | None) -> str:
    """The module, the name there, and whether a block is found."""
    if use is None:
        return "?"
    path = ".".join(step.name for step in use.module.path)
    assert (use.body is None) is (use.declaration is None)
    assert use.identity == (use.module.path, use.text)
    return f"{path}: {use.text}" + (" declared" if use.declaration else "")


def opened(directory: Path, root: str, child: str) -> SymConfiguration:
    return configuration(write(directory, {"main.tf": root, "child/main.tf": child}))


@pytest.mark.parametrize(("root", "child", "expected"), CALLS.values(), ids=CALLS)
def test_the_provider_of_a_call(tmp_path: Path, root: str, child: str, expected: str) -> None:
    (module,) = opened(tmp_path, root, child).modules
    assert shown(provider_of_call(module.call, "aws")) == expected


DATA = 'data "aws_caller_identity" "asked" {\n%s}\n'
RESOURCES = {
    "no block": (DATA % "", "", ": aws"),
    "a block": (PROVIDER + DATA % "", "", ": aws declared"),
    "an alias": (PROVIDER + ALIAS + DATA % "  provider = aws.sso\n", "", ": aws.sso declared"),
    "an alias that is missing": (PROVIDER + DATA % "  provider = aws.sso\n", "", "?"),
    "in a child": (PROVIDER + CHILD % "", DATA % "", ": aws declared"),
    "an alias of a child": (
        PROVIDER + ALIAS + PASSING % "aws.own = aws.sso",
        DATA % "  provider = aws.own\n",
        ": aws.sso declared",
    ),
}


@pytest.mark.parametrize(("root", "child", "expected"), RESOURCES.values(), ids=RESOURCES)
def test_the_provider_of_a_resource(tmp_path: Path, root: str, child: str, expected: str) -> None:
    sym = opened(tmp_path, root, child)
    (instance,) = (it for module in sym.module_instances for it in module.data_sources())
    assert shown(provider_of_resource(instance)) == expected

"""The functions of Terraform 1.11.

Pure functions compute what Terraform computes. Functions that depend on time, randomness or the
file system outside the configuration give unknown values that say so. A module of functions is
imported when one of its functions is called for the first time.

``try`` and ``can`` are evaluated by the evaluator, because their arguments may be in error; they
exist here by name only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.terraform.functions.calls import CallContext, FunctionError
from symlint.terraform.functions.invoke import invoke

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.source.text import Range
    from symlint.terraform.functions.calls import Function
    from symlint.terraform.values.value import Value

__all__ = [
    "FILE_FUNCTIONS",
    "LAZY_FUNCTIONS",
    "TEMPLATE_FUNCTIONS",
    "CallContext",
    "FunctionError",
    "call",
    "exists",
    "names",
]

LAZY_FUNCTIONS: Final = ("can", "try")
"""Functions whose arguments the evaluator evaluates itself."""

TEMPLATE_FUNCTIONS: Final = ("templatefile", "templatestring")
"""Functions that a template may not call."""

FILE_FUNCTIONS: Final = (
    "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5",
    "fileset", "filesha1", "filesha256", "filesha512", "templatefile",
)  # fmt: skip
"""Functions that the template of ``templatestring`` may not call."""

_MODULES: Final[Mapping[str, str]] = {
    "abs": "numeric",
    "abspath": "filesystem",
    "alltrue": "collections",
    "anytrue": "collections",
    "base64decode": "encoding",
    "base64encode": "encoding",
    "base64gzip": "encoding",
    "base64sha256": "hashing",
    "base64sha512": "hashing",
    "basename": "filesystem",
    "bcrypt": "hashing",
    "ceil": "numeric",
    "chomp": "strings",
    "chunklist": "sequences",
    "cidrhost": "network",
    "cidrnetmask": "network",
    "cidrsubnet": "network",
    "cidrsubnets": "network",
    "coalesce": "collections",
    "coalescelist": "collections",
    "compact": "sequences",
    "concat": "sequences",
    "contains": "collections",
    "csvdecode": "csv_decoding",
    "dirname": "filesystem",
    "distinct": "sequences",
    "element": "sequences",
    "endswith": "strings",
    "ephemeralasnull": "conversions",
    "file": "filesystem",
    "filebase64": "filesystem",
    "filebase64sha256": "filesystem",
    "filebase64sha512": "filesystem",
    "fileexists": "filesystem",
    "filemd5": "filesystem",
    "fileset": "filesystem",
    "filesha1": "filesystem",
    "filesha256": "filesystem",
    "filesha512": "filesystem",
    "flatten": "sequences",
    "floor": "numeric",
    "format": "formatting",
    "formatdate": "dates",
    "formatlist": "formatting",
    "indent": "strings",
    "index": "collections",
    "issensitive": "conversions",
    "join": "strings",
    "jsondecode": "json_coding",
    "jsonencode": "json_coding",
    "keys": "mappings",
    "length": "collections",
    "log": "numeric",
    "lookup": "mappings",
    "lower": "strings",
    "matchkeys": "collections",
    "max": "numeric",
    "md5": "hashing",
    "merge": "mappings",
    "min": "numeric",
    "nonsensitive": "conversions",
    "one": "sequences",
    "parseint": "numeric",
    "pathexpand": "filesystem",
    "plantimestamp": "dates",
    "pow": "numeric",
    "range": "numeric",
    "regex": "regular_expressions",
    "regexall": "regular_expressions",
    "replace": "strings",
    "reverse": "sequences",
    "rsadecrypt": "hashing",
    "sensitive": "conversions",
    "setintersection": "sets",
    "setproduct": "sets",
    "setsubtract": "sets",
    "setunion": "sets",
    "sha1": "hashing",
    "sha256": "hashing",
    "sha512": "hashing",
    "signum": "numeric",
    "slice": "sequences",
    "sort": "sequences",
    "split": "strings",
    "startswith": "strings",
    "strcontains": "strings",
    "strrev": "strings",
    "substr": "strings",
    "sum": "numeric",
    "templatefile": "filesystem",
    "templatestring": "filesystem",
    "textdecodebase64": "encoding",
    "textencodebase64": "encoding",
    "timeadd": "dates",
    "timecmp": "dates",
    "timestamp": "dates",
    "title": "strings",
    "tobool": "conversions",
    "tolist": "conversions",
    "tomap": "conversions",
    "tonumber": "conversions",
    "toset": "conversions",
    "tostring": "conversions",
    "transpose": "mappings",
    "trim": "strings",
    "trimprefix": "strings",
    "trimspace": "strings",
    "trimsuffix": "strings",
    "upper": "strings",
    "urlencode": "encoding",
    "uuid": "hashing",
    "uuidv5": "hashing",
    "values": "mappings",
    "yamldecode": "yaml.decoding",
    "yamlencode": "yaml.encoding",
    "zipmap": "mappings",
}


_REMOVED: Final[Mapping[str, str]] = {"list": "conversions", "map": "conversions"}
"""Functions that exist to say that they no longer do; Terraform does not list them."""


def _plain(name: str) -> str:
    return name.removeprefix("core::")


def names() -> tuple[str, ...]:
    """The names of all functions, without the ``core::`` that may precede them, in order."""
    return tuple(sorted((*_MODULES, *LAZY_FUNCTIONS)))


def exists(name: str) -> bool:
    """Whether Terraform has a function of this name, with or without ``core::`` before it."""
    plain = _plain(name)
    return plain in _MODULES or plain in LAZY_FUNCTIONS or plain in _REMOVED


def signature(name: str) -> Function:
    """The declaration of a function other than ``try`` and ``can``. Raises KeyError."""
    from importlib import import_module

    plain = _plain(name)
    family = _REMOVED[plain] if plain in _REMOVED else _MODULES[plain]
    module = import_module(f"{__name__}.{family}")
    functions: Mapping[str, Function] = module.FUNCTIONS
    return functions[plain]


def call(
    name: str, arguments: Sequence[Value], context: CallContext, origin: Range | None
) -> Value:
    """The result of a function call; ``origin`` is the range of the call.

    Raises FunctionError for what Terraform would refuse, KeyError for a name that does not exist.
    """
    plain = _plain(name)
    return invoke(plain, signature(plain), arguments, context, origin)

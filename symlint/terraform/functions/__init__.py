"""The functions of Terraform 1.11.

Pure functions compute what Terraform computes. Functions that depend on time, randomness or the
file system outside the configuration give unknown values that say so. A module of functions is
imported when one of its functions is called for the first time.

``try`` and ``can`` are evaluated by the evaluator, because their arguments may be in error; they
exist here by name only.
"""

from __future__ import annotations

from functools import cache

from symlint.annotations import TYPE_CHECKING, Final
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
    "OPENTOFU_FUNCTIONS",
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
)  # fmt: skip  # as many a line as fit
"""Functions that the template of ``templatestring`` may not call."""

OPENTOFU_FUNCTIONS: Final = (
    "assumeequal", "assumelistlength", "assumelistlengthmax", "assumelistlengthmin",
    "assumemaplength", "assumemaplengthmax", "assumemaplengthmin", "assumenotnull",
    "assumesetlength", "assumesetlengthmax", "assumesetlengthmin", "assumestringprefix",
    "base64gunzip", "cidrcontains", "convert", "urldecode",
)  # fmt: skip  # as many a line as fit
"""Functions that Terraform does not have and OpenTofu has; their values are not known."""

_MODULES: Final[Mapping[str, str]] = {
    "abs": "numeric",
    "abspath": "filesystem",
    "alltrue": "collection.questions",
    "anytrue": "collection.questions",
    "base64decode": "encoding.encodings",
    "base64encode": "encoding.encodings",
    "base64gzip": "encoding.encodings",
    "base64sha256": "hashing",
    "base64sha512": "hashing",
    "basename": "filesystem",
    "bcrypt": "hashing",
    "ceil": "numeric",
    "chomp": "text.strings",
    "chunklist": "collection.sequences",
    "cidrhost": "network",
    "cidrnetmask": "network",
    "cidrsubnet": "network",
    "cidrsubnets": "network",
    "coalesce": "collection.questions",
    "coalescelist": "collection.questions",
    "compact": "collection.sequences",
    "concat": "collection.sequences",
    "contains": "collection.questions",
    "csvdecode": "encoding.csv",
    "dirname": "filesystem",
    "distinct": "collection.sequences",
    "element": "collection.sequences",
    "endswith": "text.strings",
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
    "flatten": "collection.sequences",
    "floor": "numeric",
    "format": "text.formatting",
    "formatdate": "dates",
    "formatlist": "text.formatting",
    "indent": "text.strings",
    "index": "collection.questions",
    "issensitive": "conversions",
    "join": "text.strings",
    "jsondecode": "encoding.json",
    "jsonencode": "encoding.json",
    "keys": "collection.mappings",
    "length": "collection.questions",
    "log": "numeric",
    "lookup": "collection.mappings",
    "lower": "text.strings",
    "matchkeys": "collection.questions",
    "max": "numeric",
    "md5": "hashing",
    "merge": "collection.mappings",
    "min": "numeric",
    "nonsensitive": "conversions",
    "one": "collection.sequences",
    "parseint": "numeric",
    "pathexpand": "filesystem",
    "plantimestamp": "dates",
    "pow": "numeric",
    "range": "numeric",
    "regex": "text.regular_expressions",
    "regexall": "text.regular_expressions",
    "replace": "text.strings",
    "reverse": "collection.sequences",
    "rsadecrypt": "hashing",
    "sensitive": "conversions",
    "setintersection": "collection.sets",
    "setproduct": "collection.sets",
    "setsubtract": "collection.sets",
    "setunion": "collection.sets",
    "sha1": "hashing",
    "sha256": "hashing",
    "sha512": "hashing",
    "signum": "numeric",
    "slice": "collection.sequences",
    "sort": "collection.sequences",
    "split": "text.strings",
    "startswith": "text.strings",
    "strcontains": "text.strings",
    "strrev": "text.strings",
    "substr": "text.strings",
    "sum": "numeric",
    "templatefile": "filesystem",
    "templatestring": "filesystem",
    "textdecodebase64": "encoding.encodings",
    "textencodebase64": "encoding.encodings",
    "timeadd": "dates",
    "timecmp": "dates",
    "timestamp": "dates",
    "title": "text.strings",
    "tobool": "conversions",
    "tolist": "conversions",
    "tomap": "conversions",
    "tonumber": "conversions",
    "toset": "conversions",
    "tostring": "conversions",
    "transpose": "collection.mappings",
    "trim": "text.strings",
    "trimprefix": "text.strings",
    "trimspace": "text.strings",
    "trimsuffix": "text.strings",
    "upper": "text.strings",
    "urlencode": "encoding.encodings",
    "uuid": "hashing",
    "uuidv5": "hashing",
    "values": "collection.mappings",
    "yamldecode": "yaml.decoding",
    "yamlencode": "yaml.encoding",
    "zipmap": "collection.mappings",
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
    return _declared(_plain(name))


@cache
def _declared(plain: str) -> Function:
    from importlib import import_module

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
    return invoke(plain, _declared(plain), arguments, context, origin)

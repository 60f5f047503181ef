"""HCL syntax: nodes with exact ranges, and the parsers that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from symlint.hcl.results import ParsedFile, SyntaxProblem

if TYPE_CHECKING:
    from symlint.source.text import SourceFile

__all__ = ["ParsedFile", "SyntaxProblem", "parse"]


def parse(source: SourceFile, parser: Literal["native", "python-hcl2"] = "native") -> ParsedFile:
    """The syntax tree, syntax problems and comments of a Terraform file.

    A problem does not hide the rest of the file: the items that could be read are in the tree.
    Never raises, whatever the text.
    """
    from symlint.hcl.parser import parse_native

    return parse_native(source)

"""HCL syntax: nodes with exact ranges, and the parsers that make them.

``parse`` reads a file of any syntax with either parser; ``symlint.hcl.fragments`` reads lone
expressions and templates; ``symlint.hcl.walk`` goes through trees.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Literal
from symlint.hcl.results import ParsedFile, SyntaxProblem
from symlint.source.file_names import is_json_file

if TYPE_CHECKING:
    from symlint.source.text import SourceFile

__all__ = ["ParsedFile", "SyntaxProblem", "parse"]


def parse(source: SourceFile, parser: Literal["native", "python-hcl2"] = "native") -> ParsedFile:
    """The syntax tree, syntax problems and comments of a Terraform file.

    Files named ``*.json`` are read in JSON syntax, whatever the parser. A problem does not hide the
    rest of the file: the items that could be read are in the tree (python-hcl2 knows no such
    recovery: its tree is empty after a syntax error). Never raises, whatever the text.
    """
    if is_json_file(source.path):
        from symlint.hcl.json import parse_json

        return parse_json(source)
    if parser == "python-hcl2":
        from symlint.hcl.python_hcl2 import parse_python_hcl2

        return parse_python_hcl2(source)
    from symlint.hcl.native.parser import parse_native

    return parse_native(source)

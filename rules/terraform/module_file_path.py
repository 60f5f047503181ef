"""Checks that a path in a child module begins with ``${path.module}``."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.rule import Example
    from symlint.sym.intent.file_paths import ModulePath
    from symlint.sym.model.configuration import SymConfiguration

_CALL = """
module "approval" {
  source = "./approval"
}
"""
_FLOW = """
resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("%s")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
}

terraform {
  required_providers {
    sym = {
      source = "symopsio/sym"
    }
  }
}
"""
_FILES = configuration(_CALL)
_IMPL = _FILES.pop("impl.py")


class ModuleFilePath(Rule):
    """The path of a file in a module begins with `${path.module}`.

    Terraform reads a relative path from the directory in which it runs: that of the root module. In
    a module that is called from there, `file("impl.py")` reads the file of that name in the
    directory of the root module. If there is none, the plan fails, which is an **error**. If there
    is one, the flow runs the wrong code and no error is reported.

    The same applies to the `implementation` of a strategy, which is a path in every version of the
    provider, and to that of a flow before version 3.

    **Not flagged.** Paths of files that the module itself does not have: those are meant to be in the
    directory of the root module. Paths in the root module. Unknown paths.
    """

    code = "SYM137"
    name = "module-file-path"
    other_severities = ("error",)
    severity = "warning"
    fixable = True
    sources = (
        "https://developer.hashicorp.com/terraform/language/expressions/references#filesystem-and-workspace-info",
    )
    bad: ClassVar[Example] = {
        **_FILES,
        "approval/main.tf": _FLOW % "impl.py",
        "approval/impl.py": _IMPL,
    }
    good: ClassVar[Example] = {
        **_FILES,
        "approval/main.tf": _FLOW % "${path.module}/impl.py",
        "approval/impl.py": _IMPL,
    }

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each path in a child module leads to the module's own file."""
        from symlint.sym.intent.file_paths import module_paths

        for path in module_paths(configuration):
            yield self._finding(path)
        yield PASSED

    def _finding(self, path: ModulePath) -> Finding:
        plain = os.path.normpath(path.path).replace(os.sep, "/")
        meant = f'"${{path.module}}/{plain}"'
        attribute = path.reader if path.reader == "implementation" else ""
        place = Location("", attribute, path.range, path.range)
        is_plain = path.range.text == f'"{path.path}"'
        call = path.module.call
        related = () if call is None else (RelatedRange(call.range, "the module is called here"),)
        what, then = "there is no such file", "it does not find the file, and the plan fails."
        if path.found:
            what, then = "another file has this name", "the flow runs that file."
        return place.finding(
            self,
            f'"{path.path}" is looked up in the directory of the root module, where {what}',
            label="not the file of this module",
            related=related,
            why=f"Terraform reads relative paths from the directory of the root module: {then}",
            help_=f"write {meant}" if is_plain else "begin the path with ${path.module}/",
            fix=place.write(meant, safe=True) if is_plain else None,
            severity=None if path.found else "error",
        )

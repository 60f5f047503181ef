"""SYM137: paths of files in modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, findings
from support.writing import base, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

IMPL = base("iam")["impl.py"]
VPN = base("custom")["vpn.py"]
CALL = 'module "access" {\n  source = "./modules/access"\n}\n'
FLOW = """
resource "sym_flow" "approval" {
  name           = "approval"
  implementation = %s
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
}
"""


def found_in(directory: Path, main: str, *, version: str = "~> 3.0", **files: str) -> list[Finding]:
    """What all rules find in a module, beside which are ``files`` (root_... beside the root)."""
    written = {
        "main.tf": CALL,
        "modules/access/main.tf": main + base("access")["versions.tf"].replace("~> 3.6", version),
    }
    written["modules/access/main.tf"] = written["modules/access/main.tf"].partition("provider")[0]
    for name, text in files.items():
        stem = name.removeprefix("root_")
        folder = "" if name != stem else "modules/access/"
        written[f"{folder}{stem.replace('__', '/')}.py"] = text
    return findings(write(directory, written), all_rules())


PATHS = {
    "beside the module": ('file("impl.py")', '"impl.py"', '"${path.module}/impl.py"'),
    "with a dot": ('file("./impl.py")', '"./impl.py"', '"${path.module}/impl.py"'),
    "in a function": ('trimspace(file("impl.py"))', '"impl.py"', '"${path.module}/impl.py"'),
    "of a template": ('templatefile("impl.py", {})', '"impl.py"', '"${path.module}/impl.py"'),
}


@pytest.mark.parametrize("name", PATHS)
def test_a_path_that_leads_nowhere(tmp_path: Path, name: str) -> None:
    expression, text, meant = PATHS[name]
    (found,) = found_in(tmp_path, FLOW % expression, impl=IMPL)
    assert (found.code, found.severity, found.range.text) == ("SYM137", "error", text)
    assert (found.range.line, found.range.path.endswith("modules/access/main.tf")) == (4, True)
    assert found.fix is not None
    assert found.fix.edits[0].replacement == meant
    assert found_in(tmp_path, FLOW % expression.replace(text, meant), impl=IMPL) == []


def test_a_path_in_a_local_and_in_a_deeper_folder(tmp_path: Path) -> None:
    main = 'locals {\n  code = file("src/impl.py")\n}\n' + FLOW % "local.code"
    (found,) = found_in(tmp_path, main, src__impl=IMPL)
    assert (found.code, found.range.line) == ("SYM137", 2)


def test_a_path_with_a_local_in_it(tmp_path: Path) -> None:
    main = 'locals {\n  name = "impl"\n}\n' + FLOW % 'file("src/${local.name}.py")'
    (found,) = found_in(tmp_path, main, src__impl=IMPL)
    assert (found.code, found.fix) == ("SYM137", None)
    assert found.help == "begin the path with ${path.module}/"


def test_the_wrong_file_of_the_same_name(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, FLOW % 'file("impl.py")', impl=IMPL, root_impl=IMPL)
    assert (found.code, found.severity) == ("SYM137", "warning")


def test_a_file_that_only_the_root_has(tmp_path: Path) -> None:
    assert found_in(tmp_path, FLOW % 'file("impl.py")', root_impl=IMPL) == []


def test_a_file_that_nobody_has(tmp_path: Path) -> None:
    assert [it.code for it in found_in(tmp_path, FLOW % 'file("impl.py")')] == ["SYM106"]


def test_the_root_module_itself(tmp_path: Path) -> None:
    files = {
        "main.tf": FLOW % 'file("impl.py")',
        "impl.py": IMPL,
        "versions.tf": base("access")["versions.tf"].replace("~> 3.6", "~> 3.0"),
    }
    assert findings(write(tmp_path, files), all_rules()) == []


def test_the_implementation_of_a_strategy_is_a_path(tmp_path: Path) -> None:
    strategy = """
resource "sym_target" "a" {
  type = "custom"
  name = "a"

  settings = {
    identifier = "a"
  }
}

resource "sym_strategy" "a" {
  type           = "custom"
  name           = "a"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.a.id]
  implementation = "%s"
}
"""
    (found,) = found_in(tmp_path, strategy % "vpn.py", vpn=VPN)
    assert (found.code, found.severity, found.range.line) == ("SYM137", "error", 16)
    assert found_in(tmp_path, strategy % "${path.module}/vpn.py", vpn=VPN) == []


def test_the_implementation_of_a_flow_before_version_3(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, FLOW % '"impl.py"', version="~> 2.1", impl=IMPL)
    assert (found.code, found.range.text) == ("SYM137", '"impl.py"')

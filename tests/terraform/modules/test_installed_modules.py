"""Modules that ``terraform init`` has installed, and files that functions may read."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.configurations import configuration, messages, plain, write_files

from symlint.source.tree import Tree
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.module_scope import fact
from symlint.terraform.modules.file_access import ModuleFiles
from symlint.terraform.modules.known import Shape
from symlint.terraform.modules.loader import FileCache
from symlint.terraform.modules.manifest import EMPTY, read_manifest

TEXT = """
module "runtime" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"
  environment = "main"
}
locals {
  settings = module.runtime.settings
  inner    = module.runtime.inner
}
"""

INSTALLED = """
--- .terraform/modules/runtime/main.tf
variable "environment" {}
module "child" {
  source = "./child"
  name   = var.environment
}
module "other" {
  source = "symopsio/secretsmgr-addon/aws"
}
output "settings" { value = { env = var.environment } }
output "inner" { value = module.child.name }
output "other" { value = module.other.name }
--- .terraform/modules/runtime/child/main.tf
variable "name" {}
output "name" { value = upper(var.name) }
--- .terraform/modules/runtime.other/main.tf
output "name" { value = "other" }
"""


def manifest(**changes: str) -> str:
    modules = [
        {"Key": "", "Source": "", "Dir": "."},
        {
            "Key": "runtime",
            "Source": "registry.terraform.io/symopsio/runtime-connector/aws",
            "Version": "1.0.6",
            "Dir": ".terraform/modules/runtime",
            **changes,
        },
        {
            "Key": "runtime.other",
            "Source": "registry.terraform.io/symopsio/secretsmgr-addon/aws",
            "Version": "1.0.0",
            "Dir": ".terraform/modules/runtime.other",
        },
    ]
    return "--- .terraform/modules/modules.json\n" + json.dumps({"Modules": modules}) + "\n"


def test_installed_modules_are_read(tmp_path: Path) -> None:
    found = configuration(tmp_path, TEXT + INSTALLED + manifest())
    assert plain(found.root.local("settings")) == {"env": "main"}
    assert plain(found.root.local("inner")) == "MAIN"
    (call,) = found.root.module_calls()
    assert call.module is not None
    assert plain(call.module.output("other")) == "other"
    assert plain(fact(call.module, "path", "module")) == ".terraform/modules/runtime"
    assert messages(found) == []


def test_a_module_installed_for_another_source_is_not_read(tmp_path: Path) -> None:
    changed = manifest(Source="registry.terraform.io/symopsio/iam-connector/aws")
    found = configuration(tmp_path, TEXT + INSTALLED + changed)
    assert plain(found.root.local("settings")) == "<module.runtime.settings>"


def test_without_a_manifest_modules_are_opaque(tmp_path: Path) -> None:
    found = configuration(tmp_path, TEXT)
    assert plain(found.root.local("settings")) == "<module.runtime.settings>"
    assert messages(found) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"Modules": 3}', '{"Modules": [{}]}', '{"Modules": [3]}', "\udcff"]
)
def test_a_broken_manifest_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".terraform" / "modules" / "modules.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_manifest(str(tmp_path), FileCache(tree=Tree([str(tmp_path)]))) == EMPTY


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
PATHS = st.sampled_from(
    (
        "",
        ".",
        "..",
        "/",
        "../out",
        "/etc",
        ".terraform",
        ".terraform/modules/m",
        "m\0",
        "\ud800",
        "m" * 5000,
    )
)
RECORD = st.fixed_dictionaries(
    {},
    optional={
        "Key": st.sampled_from(("", "m", "m.n", "." * 200, "x" * 100_000)) | ANY,
        "Source": st.sampled_from(("acme/m/aws", "./m", "registry.terraform.io/acme/m/aws")) | ANY,
        "Version": st.sampled_from(("1.0.0", "")) | ANY,
        "Dir": PATHS | ANY,
    },
)
CALLS = 'module "m" {\n  source = "acme/m/aws"\n}\noutput "x" {\n  value = module.m.x\n}\n'


@pytest.mark.no_cover
@given(st.fixed_dictionaries({}, optional={"Modules": st.lists(RECORD) | ANY}) | ANY)
def test_whatever_the_manifest_holds_nothing_leads_out(document: object) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        (root / ".terraform" / "modules").mkdir(parents=True)
        (Path(folder) / "out").mkdir()
        (Path(folder) / "out" / "main.tf").write_text(
            'output "x" {\n  value = "read"\n}\n', "utf-8"
        )
        (root / ".git").mkdir()
        (root / "main.tf").write_text(CALLS, "utf-8")
        (root / ".terraform" / "modules" / "modules.json").write_text(json.dumps(document), "utf-8")
        found = Configuration(str(root))
        output = found.root.output("x")
        assert output is not None
        assert output.string is None
        assert list(found.called.modules) == [str(root)]


def test_keys_of_many_calls_cost_no_more_than_their_length(tmp_path: Path) -> None:
    records = [{"Key": "a." * 200_000, "Source": "x", "Dir": ".terraform/modules/x"}]
    path = tmp_path / ".terraform" / "modules" / "modules.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"Modules": records}), "utf-8")
    found = read_manifest(str(tmp_path), FileCache(tree=Tree([str(tmp_path)])))
    assert found == EMPTY


class Interfaces:
    """A module of which it is known that it has one output."""

    def outputs(self, source: str, version: str | None) -> frozenset[str] | None:
        known = source == "symopsio/runtime-connector/aws" and version == "~> 1.0"
        return frozenset(("settings",)) if known else None

    def shape(self, source: str, output: str) -> Shape:
        return Shape()


def test_known_interfaces_close_opaque_modules(tmp_path: Path) -> None:
    found = configuration(tmp_path, TEXT, interfaces=Interfaces())
    assert plain(found.root.local("settings")) == "<module.runtime.settings>"
    assert messages(found) == ['8 undeclared: module "runtime" has no output "inner"']


class Closed:
    """Targets have a name and an id."""

    def attributes(self, kind: str, type_name: str) -> frozenset[str] | None:
        return frozenset(("id", "name")) if (kind, type_name) == ("resource", "sym_t") else None

    def attribute_type(self, kind: str, type_name: str, name: str) -> None:
        return None

    def characters(self, type_name: str, name: str) -> None:
        return None


def test_a_known_schema_closes_resources(tmp_path: Path) -> None:
    text = """
resource "sym_t" "a" { name = "x" }
resource "sym_u" "a" {}
locals {
  id  = sym_t.a.id
  bad = sym_t.a.label
  any = sym_u.a.label
}
"""
    found = configuration(tmp_path, text, schema=Closed())
    assert [message.split(":")[0] for message in messages(found)] == ["5 attribute"]


# --- files ----------------------------------------------------------------------------------------


def test_files_of_the_tree_can_be_read(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        """
--- repo/.git/HEAD
x
--- repo/shared/impl.py
shared
--- repo/root/main.tf
locals { x = 1 }
--- repo/root/impl.py
own
--- outside.txt
secret
""",
    )
    root = tmp_path / "repo" / "root"
    (root / "link").symlink_to(tmp_path / "outside.txt")
    cache = FileCache(tree=Tree([str(root)]))
    files = ModuleFiles(str(root), str(root), cache)
    assert files.read("impl.py") == b"own\n"
    assert files.read("../shared/impl.py") == b"shared\n"
    assert files.read(str(root / "impl.py")) == b"own\n"
    assert files.read("../../outside.txt") is None
    assert files.read("link") is None
    assert files.exists("link") is None
    assert files.exists("impl.py") is True
    assert files.exists("nope.py") is False
    assert files.read("/etc/passwd") is None
    called = ModuleFiles(str(tmp_path / "repo" / "shared"), str(root), cache)
    assert called.read("../shared/impl.py") == b"shared\n"
    assert called.read("impl.py") == b"own\n"
    assert called.read("../../outside.txt") is None
    with pytest.raises(FileNotFoundError):
        files.read("nope.py")
    with pytest.raises(IsADirectoryError):
        files.read("../shared")
    assert files.read("a\0b") is None


def test_filesets(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        """
--- a.py
x
--- b.txt
x
--- d/c.py
x
--- d/e/f.py
x
""",
    )
    files = ModuleFiles(str(tmp_path), str(tmp_path), FileCache(tree=Tree([str(tmp_path)])))
    assert files.matching(".", "*.py") == ("a.py",)
    assert files.matching(".", "**/*.py") == ("a.py", "d/c.py", "d/e/f.py")
    assert files.matching("d", "**") == ("c.py", "e/f.py")
    assert files.matching(".", "{a,b}.*") == ("a.py", "b.txt")
    assert files.matching(".", "[ab].py") == ("a.py",)
    assert files.matching("..", "*") is None


def test_what_stands_in_for_a_file_is_what_functions_read(tmp_path: Path) -> None:
    (tmp_path / "impl.py").write_text("on disk", "utf-8")
    (tmp_path / "link.py").symlink_to("impl.py")
    overlays = {str(tmp_path / "impl.py"): "in the editor \udcff", str(tmp_path / "new.py"): "new"}
    cache = FileCache(tree=Tree([str(tmp_path)]), overlays=overlays)
    files = ModuleFiles(str(tmp_path), str(tmp_path), cache)
    for path in ("impl.py", "./x/../impl.py", "link.py", str(tmp_path / "impl.py")):
        assert files.read(path) == b"in the editor \xff", path
    assert files.read("new.py") == b"new"
    assert files.exists("new.py")
    assert not files.exists("other.py")

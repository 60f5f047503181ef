"""The package of the VS Code extension, unpacked: what is in it, and that it can be loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from symlint.version import __version__

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
PACKAGE = FOLDER / "symlint.vsix"
LOAD = """
const Module = require("module");
const anything = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : anything),
  construct: () => ({}),
  apply: () => anything,
});
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? anything : load(name, ...rest));
const extension = require(process.argv[1]);
console.log(typeof extension.activate, typeof extension.deactivate);
"""


def manifest() -> dict[str, object]:
    read: dict[str, object] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    return read


def test_the_version_is_that_of_symlint() -> None:
    assert manifest()["version"] == __version__


def test_a_workspace_cannot_choose_the_program_unless_it_is_trusted() -> None:
    text = json.dumps(manifest())
    assert '"restrictedConfigurations": ["symlint.path"]' in text


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    if not PACKAGE.exists():
        pytest.skip("make vscode has not built the package")
    with zipfile.ZipFile(PACKAGE) as package:
        package.extractall(tmp_path)
    return tmp_path / "extension"


def test_the_package_holds_what_it_needs_and_no_more(unpacked: Path) -> None:
    names = {
        path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()
    }
    assert names == {"package.json", "readme.md", "LICENSE.txt", "dist/extension.js"}
    assert (
        json.loads((unpacked / "package.json").read_text("utf-8"))["main"] == "./dist/extension.js"
    )


def test_the_package_can_be_loaded(unpacked: Path) -> None:
    if (node := shutil.which("node")) is None:
        pytest.skip("node is not installed")
    command = [node, "-e", LOAD, str(unpacked / "dist" / "extension.js")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout.strip(), done.returncode) == ("function function", 0), done.stderr

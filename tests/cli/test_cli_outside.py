"""Nothing outside of the repository is read or written, whatever the files in it say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

CANARY = "canary-5d1c7e"
SYM = 'resource "sym_flow" "this" {\n  name = 1\n  name = 2\n}\n'
READ = 'locals {{\n  read = {}\n}}\noutput "x" {{\n  value = local.read["{}"]\n}}\n'
"""Shows in an error what is read: the text has no such key."""


DEFAULT = """
variable "type" {
  default = "okta_group"
}
resource "sym_target" "this" {
  type = var.type
}
resource "sym_strategy" "this" {
  type    = "aws_iam"
  targets = [sym_target.this.id]
}
"""


class World(NamedTuple):
    repository: Path
    outside: Path

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.repository / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def link(self, name: str, target: str) -> None:
        path = self.repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(self.outside / target, path.parent))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A repository, the current folder, and beside it files that would show where they were read."""
    world = World(tmp_path / "repository", tmp_path / "outside")
    broken = f"{CANARY} = [\n"
    for name in ("main.tf", "x.tfvars", "x.tf.json", "symlint.toml", "lock.hcl", "secret.txt"):
        (world.outside / "module").mkdir(parents=True, exist_ok=True)
        (world.outside / name).write_text(broken, encoding="utf-8")
        (world.outside / "module" / name).write_text(broken, encoding="utf-8")
    world.write({"live/main.tf": SYM, ".git/config": broken})
    monkeypatch.chdir(world.repository)
    return world


def everything(result: Result) -> str:
    return result.output + result.stderr


def check(symlint: Callable[..., Result], *arguments: str) -> tuple[int, str]:
    """The exit status and all that is printed, in two formats, in which the canary never is."""
    shown = ""
    for format_ in ("text", "json"):
        result = symlint("check", "-f", format_, "--show-undecided", *arguments)
        shown += everything(result)
    assert CANARY not in shown
    assert "Traceback" not in shown
    assert "bug" not in shown
    return result.exit_code, shown


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("live/extra.tf", "main.tf"),
        ("live/extra.tf.json", "x.tf.json"),
        ("live/extra_override.tf", "main.tf"),
        ("live/main.tofu", "main.tf"),
        ("live/terraform.tfvars", "x.tfvars"),
        ("live/terraform.tfvars.json", "x.tf.json"),
        ("live/a.auto.tfvars", "x.tfvars"),
        ("live/.terraform.lock.hcl", "lock.hcl"),
    ],
)
def test_a_file_that_leads_out_is_named_and_not_read(
    world: World, symlint: Callable[..., Result], link: str, target: str
) -> None:
    world.link(link, target)
    status, shown = check(symlint)
    assert status == 3
    assert f"{link}: it leads out of the repository" in shown


@pytest.mark.parametrize("target", [".git/config", "/etc/hostname", "/dev/zero"])
def test_nor_one_that_leads_to_gits_own_files_or_to_the_systems(
    world: World, symlint: Callable[..., Result], target: str
) -> None:
    path = world.repository / target
    (world.repository / "live" / "extra.tf").symlink_to(path)
    status, shown = check(symlint)
    assert status == 3
    assert "live/extra.tf: it leads out of the repository" in shown


@pytest.mark.parametrize("path", ["live/extra.tf", "folder"])
def test_a_link_that_leads_out_is_not_followed_even_if_it_is_named(
    world: World, symlint: Callable[..., Result], path: str
) -> None:
    """Names of files come from lists of what has changed, too."""
    world.link("live/extra.tf", "main.tf")
    world.link("folder", "module")
    status, shown = check(symlint, path)
    assert status == 3
    assert f"{path}: it is a symbolic link that leads out of the repository" in shown
    world.link("prod.tfvars", "x.tfvars")
    status, shown = check(symlint, "live", "--var-file", "prod.tfvars")
    assert status == 3
    assert "prod.tfvars: it leads out of the repository" in shown


def test_what_is_named_may_be_anywhere(world: World, symlint: Callable[..., Result]) -> None:
    (world.outside / "fine.tfvars").write_text("", encoding="utf-8")
    result = symlint("check", "--var-file", "../outside/fine.tfvars")
    assert result.exit_code == 1
    assert "1 variable file" in result.output
    for path in ("../outside/main.tf", "../outside/module"):
        assert CANARY in symlint("check", "--all-modules", "--isolated", path).output


@pytest.mark.parametrize("file", ["../../outside/x.tfvars", "prod.tfvars"])
def test_variable_files_of_the_configuration_file(
    world: World, symlint: Callable[..., Result], file: str
) -> None:
    world.link("live/prod.tfvars", "x.tfvars")
    world.write({"symlint.toml": f'variable-files = ["{file}"]\n'})
    status, shown = check(symlint)
    assert status == 3
    assert "x.tfvars" in shown or "prod.tfvars: it leads out" in shown


def test_no_value_is_a_default_where_a_variable_file_is_not_read(
    world: World, symlint: Callable[..., Result]
) -> None:
    world.write({"live/main.tf": DEFAULT})
    assert "error[SYM201]" in symlint("check", "--select", "SYM201").output
    world.link("live/terraform.tfvars", "x.tfvars")
    result = symlint("check", "--select", "SYM201")
    assert "error" not in result.output
    assert result.exit_code == 3


@pytest.mark.parametrize("source", ["../../outside/module", "./link", "./link/module", "../.git"])
def test_a_module_that_lies_outside_is_opaque_and_named(
    world: World, symlint: Callable[..., Result], source: str
) -> None:
    world.link("live/link", "module" if source == "./link" else ".")
    call = (
        f'module "out" {{\n  source = "{source}"\n}}\noutput "x" {{\n  value = module.out.y\n}}\n'
    )
    world.write(
        {"live/main.tf": call + 'resource "sym_flow" "this" {\n}\n', ".git/main.tf": "x = ["}
    )
    status, shown = check(symlint, "--select", "SYM10")
    assert status == 0
    assert "undecided[SYM104]: what is in the module?" in shown
    assert "it lies outside of the repository, and is not read" in shown


@pytest.mark.parametrize("target", ["../../outside/module", "link", ".terraform/modules/link"])
@pytest.mark.parametrize("absolute", [False, True])
def test_the_manifest_leads_nowhere_outside(
    world: World, symlint: Callable[..., Result], target: str, absolute: bool
) -> None:
    world.link("live/link", "module")
    world.link("live/.terraform/modules/link", "module")
    directory = str(world.repository / "live" / target) if absolute else target
    entry = {"Key": "out", "Source": "registry.terraform.io/acme/m/aws", "Dir": directory}
    manifest = json.dumps({"Modules": [entry]})
    call = 'module "out" {\n  source = "acme/m/aws"\n}\nresource "sym_flow" "this" {\n}\n'
    world.write({"live/main.tf": call, "live/.terraform/modules/modules.json": manifest})
    status, shown = check(symlint, "--select", "SYM10")
    assert status == 0
    assert "undecided[SYM104]: what is in the module?" in shown


def test_nor_is_there_a_manifest_outside(world: World, symlint: Callable[..., Result]) -> None:
    call = 'module "out" {\n  source = "acme/m/aws"\n}\nresource "sym_flow" "this" {\n}\n'
    world.write({"live/main.tf": call})
    (world.outside / "modules").mkdir()
    (world.outside / "modules" / "modules.json").write_text(
        json.dumps({"Modules": [{"Key": "out", "Source": "acme/m/aws", "Dir": f"{CANARY}"}]}),
        encoding="utf-8",
    )
    world.link("live/.terraform", ".")
    status, shown = check(symlint, "--select", "SYM10")
    assert status == 0
    assert "undecided[SYM104]" in shown


@pytest.mark.parametrize(
    "expression",
    [
        'file("../../outside/secret.txt")',
        'file("link.txt")',
        'file("folder/secret.txt")',
        'file("${path.module}/../../outside/secret.txt")',
        'file("${path.root}/../.git/config")',
        'file("git")',
        'filebase64("../../outside/secret.txt")',
        'templatefile("../../outside/secret.txt", {})',
        'jsonencode(fileset("../../outside", "*"))',
    ],
)
def test_functions_read_nothing_outside(
    world: World, symlint: Callable[..., Result], expression: str
) -> None:
    world.link("live/link.txt", "secret.txt")
    world.link("live/folder", ".")
    (world.repository / "live" / "git").symlink_to("../.git/config")
    world.write({"live/main.tf": SYM + READ.format(expression, "x")})
    _, shown = check(symlint)
    assert "secret.txt" not in shown.replace(expression, "") or "undecided" in shown
    result = symlint("trace", "local.read", "live")
    assert CANARY not in everything(result)
    assert "local.read = (not known)" in result.output


@pytest.mark.parametrize("name", ["symlint.toml", ".symlint.toml", "pyproject.toml"])
@pytest.mark.parametrize("folder", ["", "live/"])
def test_a_configuration_file_that_leads_out_is_an_error(
    world: World, symlint: Callable[..., Result], name: str, folder: str
) -> None:
    world.link(f"{folder}{name}", "symlint.toml")
    status, shown = check(symlint)
    assert status == 2
    assert f"{name}: is a symbolic link that leads out of the repository" in shown
    status, _ = check(symlint, "--config", f"{folder}{name}")
    assert status == 2
    assert check(symlint, "--isolated")[0] == 1


@pytest.mark.parametrize("how", ["named", "linked"])
def test_a_baseline_outside_is_neither_read_nor_written(
    world: World, symlint: Callable[..., Result], how: str
) -> None:
    path = world.outside / "baseline.json"
    path.write_text(f'{{"{CANARY}', encoding="utf-8")
    name = "../outside/baseline.json"
    if how == "linked":
        world.link("baseline.json", "baseline.json")
        name = "baseline.json"
    world.write({"symlint.toml": f'baseline = "{name}"\n'})
    status, shown = check(symlint)
    assert status == 2
    assert "outside of the repository" in shown or "leads out of the repository" in shown
    for command in ("create", "prune"):
        result = symlint("baseline", command)
        assert result.exit_code == 2, everything(result)
        assert CANARY not in everything(result)
    assert path.read_text(encoding="utf-8") == f'{{"{CANARY}'
    named = symlint("baseline", "create", "--baseline", "../outside/own.json")
    assert named.exit_code == 0, everything(named)
    assert (world.outside / "own.json").exists()


@pytest.mark.parametrize("output", ["report.sarif", "reports/report.sarif", "hook"])
def test_reports_are_written_through_no_link(
    world: World, symlint: Callable[..., Result], output: str
) -> None:
    world.link("report.sarif", "secret.txt")
    world.link("reports", "module")
    (world.repository / "hook").symlink_to(".git/config")
    before = {it: it.read_bytes() for it in world.outside.rglob("*") if it.is_file()}
    result = symlint("check", "--output", f"sarif={output}")
    assert result.exit_code == 2
    assert f"Cannot write {output}" in everything(result)
    assert {it: it.read_bytes() for it in world.outside.rglob("*") if it.is_file()} == before
    assert CANARY in (world.repository / ".git" / "config").read_text(encoding="utf-8")
    assert symlint("check", "--output", "json=../outside/out.json").exit_code == 1
    assert json.loads((world.outside / "out.json").read_text(encoding="utf-8"))["findings"]


def test_nothing_outside_is_repaired(world: World, symlint: Callable[..., Result]) -> None:
    text = 'locals {\n  x = "a"\n  y = local.xx\n}\nresource "sym_flow" "this" {\n}\n'
    (world.outside / "main.tf").write_text(text, encoding="utf-8")
    (world.outside / "module" / "main.tf").write_text(text, encoding="utf-8")
    (world.outside / "module" / "x.tf.json").unlink()
    world.link("live/extra.tf", "main.tf")
    world.link("live/module", "module")
    calls = 'module "a" {\n  source = "./module"\n}\nmodule "b" {\n  source = "../../outside/module"\n}\n'
    world.write({"live/main.tf": calls, "other/main.tf": text})
    result = symlint("check", "--fix=all", "--select", "SYM101")
    assert result.exit_code == 3
    assert "local.x\n" in (world.repository / "other" / "main.tf").read_text(encoding="utf-8")
    for path in ("main.tf", "module/main.tf"):
        assert (world.outside / path).read_text(encoding="utf-8") == text


def test_git_ignores_nothing_by_a_linked_file(world: World, symlint: Callable[..., Result]) -> None:
    (world.outside / "ignore").write_text("live\n", encoding="utf-8")
    world.link(".gitignore", "ignore")
    assert check(symlint)[0] == 1


def test_git_ignores_nothing_by_a_linked_list_of_its_own(
    world: World, symlint: Callable[..., Result]
) -> None:
    (world.outside / "ignore").write_text("live\n", encoding="utf-8")
    world.link(".git/info/exclude", "ignore")
    assert check(symlint)[0] == 1


@pytest.mark.parametrize("command", [("access", "--check"), ("diff", "access.lock.json", "live")])
def test_a_lock_that_leads_out_is_not_compared(
    command: tuple[str, ...], world: World, symlint: Callable[..., Result]
) -> None:
    world.write({"live/main.tf": 'resource "sym_flow" "f" {\n  name = "f"\n}\n'})
    assert symlint("access", "--lock", "access.lock.json").exit_code == 0
    lock = world.repository / "access.lock.json"
    secret = lock.read_text(encoding="utf-8").replace('"f"', f'"{CANARY}"')
    assert CANARY in secret
    (world.outside / "lock.json").write_text(secret, encoding="utf-8")
    lock.unlink()
    world.link("access.lock.json", "lock.json")
    result = symlint(*command)
    assert result.exit_code == 2
    assert CANARY not in everything(result)
    assert "leads out of the repository" in result.stderr


WATCHED = """
import os, sys
top = os.path.realpath(sys.argv[1])
own = tuple(os.path.realpath(it) + os.sep for it in sys.argv[2].split(os.pathsep)) + (top + os.sep,)

def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
        path = os.path.realpath(arguments[0])
        is_gits = (os.sep + ".git" + os.sep) in path and not path.endswith("/.git/info/exclude")
        if not (path + os.sep).startswith(own) or is_gits:
            sys.__stderr__.write(f"looked into {path}\\n")
    if event in ("os.rename", "os.remove", "subprocess.Popen", "os.exec", "os.system", "socket.connect"):
        sys.__stderr__.write(f"did {event}\\n")

sys.addaudithook(watch)
from symlint.cli.main import main
main(sys.argv[3:])
"""
"""Tells of each file and folder that is opened outside of the repository and of Python."""


@pytest.mark.parametrize(
    "arguments", [("check",), ("check", "--format", "sarif"), ("graph", "live"), ("trace",)]
)
def test_the_interpreter_sees_no_file_opened_outside(
    world: World, arguments: tuple[str, ...]
) -> None:
    for name, target in {
        "live/extra.tf": "main.tf", "live/terraform.tfvars": "x.tfvars", "live/.terraform.lock.hcl": "lock.hcl",
        "live/link": "module", "live/text": "secret.txt", "live/folder": ".", ".gitignore": "secret.txt",
        "live/.terraform/modules/m": "module", "live/prod.tfvars": "x.tfvars",
    }.items():  # fmt: skip  # as many a line as fit
        world.link(name, target)
    entry = {"Key": "c", "Source": "registry.terraform.io/acme/m/aws"}
    manifest = {
        "Modules": [entry | {"Dir": it} for it in (".terraform/modules/m", "../../outside/module")]
    }
    calls = [
        f'module "m{n}" {{\n  source = "{it}"\n}}\n'
        for n, it in enumerate(
            ("./link", "../../outside/module", "./folder/module", "../.git", "acme/m/aws", "/etc")
        )
    ]
    reads = [
        f"  f{n} = {it}\n"
        for n, it in enumerate(
            (
                'file("text")',
                'file("folder/secret.txt")',
                'templatefile("../.git/config", {})',
                'fileset("folder", "*")',
                'filesha1("/etc/hostname")',
                'fileexists("~/.netrc")',
            )
        )
    ]
    world.write(
        {
            "live/main.tf": "".join(calls) + "locals {\n" + "".join(reads) + "}\n" + SYM,
            "live/.terraform/modules/modules.json": json.dumps(manifest),
            "symlint.toml": 'variable-files = ["prod.tfvars", "../../outside/x.tfvars"]\n',
        }
    )
    python = os.pathsep.join({*sys.path[1:], sys.prefix, str(Path(os.__file__).parent)})
    result = subprocess.run(
        [sys.executable, "-c", WATCHED, str(world.repository), python, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert result.returncode == 3, result.stderr
    assert "looked into" not in result.stderr
    assert "did " not in result.stderr
    assert CANARY not in result.stdout + result.stderr


# --- without a repository ---


@pytest.fixture
def unpacked(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders beside each other in no repository, as in a container; in the first one."""
    top = tmp_path / "unpacked"
    for name, text in {
        "live/main.tf": 'module "x" {\n  source = "../modules/x"\n}\nresource "sym_flow" "this" {\n}\n',
        "modules/x/main.tf": 'output "text" {\n  value = file("${path.module}/impl.py")\n}\n',
        "modules/x/impl.py": "inside",
        "beside/secret.txt": CANARY,
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(top / "live")
    return top


def test_without_a_repository_modules_beside_the_folder_are_read(
    unpacked: Path, symlint: Callable[..., Result]
) -> None:
    result = symlint("trace", "module.x.text")
    assert result.exit_code == 0, everything(result)
    assert '"inside"' in result.output
    assert "2 files in 2 modules" in symlint("check").output


def test_without_a_repository_nothing_beyond_the_modules_is_read(
    unpacked: Path, symlint: Callable[..., Result]
) -> None:
    (unpacked / "live" / "link.tf").symlink_to("../beside/secret.txt")
    (unpacked / "live" / "module").symlink_to("../beside")
    (unpacked / "live" / "main.tf").write_text(
        SYM + READ.format('file("../beside/secret.txt")', "x"), encoding="utf-8"
    )
    status, shown = check(symlint)
    assert status == 3
    assert "link.tf: it leads out" in shown
    assert "outside the configuration" in symlint("trace", "local.read").output


def test_without_a_repository_the_linted_folder_is_the_tree(
    unpacked: Path, symlint: Callable[..., Result]
) -> None:
    (unpacked / "shared.tf").write_text("", encoding="utf-8")
    (unpacked / "live" / "shared.tf").symlink_to("../shared.tf")
    assert symlint("check", "..").exit_code == 1
    assert symlint("check", ".").exit_code == 3

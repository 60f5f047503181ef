"""What lies around a configuration: settings, baselines, manifests, names, links and pipes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from robustness.expressions import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from robustness.tree import Tree

CANARY: Final = "canary-6f1d"
"""A word that stands outside of the tree only, and must never be printed."""

OUTSIDE: Final = {
    "secret.tf": f'resource "sym_target" "{CANARY}" {{\n  typ = "{CANARY}"\n}}\n',
    "secret.tfvars": f'nothing = "{CANARY}"\n',
    "secret.txt": f"{CANARY}\n",
    "secret.json": json.dumps({"resource": {"sym_target": {CANARY: {"typ": CANARY}}}}),
    "m/main.tf": f'resource "sym_target" "{CANARY}" {{\n  typ = 1\n}}\n',
}
"""What is planted beside the folder that is linted."""

PATTERNS: Final = (
    "*a*a*a*a*a*b",
    "**/*a*a/**/*b",
    "[a-z]*" * 30,
    "[",
    "!x",
    "\\",
    "{a,b}" * 20,
    "?" * 99,
    "**/" * 30,
)
NAMES: Final = (
    *(
        "-rf",
        "--exclude=*.tf",
        "--config=x.tf",
        "::error::x\n##vso[y]",
        "\x1b[31m",
        "\u202ename",
        " ",
        "a" * 60,
    ),
    *(
        "@octocat #1 `x` | <b>",
        "caf\u00e9",
        "cafe\u0301",
        "$(id)",
        "%0A::error::x",
        "##teamcity[x]",
        "a\rb",
    ),
)
"""Names that files and folders may have."""


def odd(rng: Random, depth: int = 2) -> Any:
    """Any JSON value."""
    if depth and rng.random() < 0.5:
        if rng.random() < 0.5:
            return [odd(rng, depth - 1) for _ in range(rng.choice((0, 1, 3)))]
        return {rng.choice(("a", "file", "Modules", "Key", "Dir", "count")): odd(rng, depth - 1)}
    return rng.choice(
        (None, True, -1, 10**30, 1.5, "", "x", "..", "/", "\0", "\ud800", rng.choice(TEXTS))
    )


def bent(rng: Random, value: Any) -> Any:
    """A JSON value of which one part is something else."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        key = rng.choice(sorted(value))
        return {**value, key: bent(rng, value[key])}
    if isinstance(value, list) and value and rng.random() < 0.8:
        at = rng.randrange(len(value))
        return [*value[:at], bent(rng, value[at]), *value[at + 1 :]]
    return odd(rng)


def _json(rng: Random, value: Any, size: int) -> str:
    text = json.dumps(bent(rng, value))
    return rng.choice(
        (
            text,
            text,
            text,
            text[: rng.randrange(len(text) + 1)],
            "[" * size,
            '{"a":' * size,
            "9" * size,
        )
    )


def settings(rng: Random, tree: Tree, size: int) -> None:
    """A configuration file: valid, odd, or large."""
    tree.configured = True
    selectors = (
        "SYM2",
        "SYM201",
        "flow-strategy",
        "all",
        "SYM20X",
        "x" * 300,
        "::error::x",
        rng.choice(TEXTS),
    )

    def words(choices: tuple[str, ...]) -> str:
        count = rng.choice((1, 1, 3, 3, size // 20))
        return json.dumps([rng.choice(choices) for _ in range(count)])

    lines = {
        "select": words(selectors),
        "ignore": words(selectors),
        "exclude": words(PATTERNS),
        "variable-files": rng.choice(
            (
                words(("terraform.tfvars", "../outside/secret.tfvars", "/dev/zero")),
                '[["a.tfvars"], "b"]',
            )
        ),
        "baseline": rng.choice(('"b.json"', '"../outside/secret.json"', '"/dev/zero"', "1", '""')),
        "rules": '["."]',
        "plugins": '["x"]',
        "fail-on": rng.choice(('"error"', '"x"')),
        "required-version": rng.choice(('">= 0"', '"' + ">= 1, " * (size // 9) + '"', '"~> "')),
        "selct": "1",
        ".".join("a" * min(size, 2000)): "1",
        "severity": rng.choice(('{ SYM201 = "note" }', "{ SYM20X = 1 }", "[" * min(size, 3000))),
        "preview": rng.choice(
            ("true", "9" * 5000, "1979-05-27", "nan", '"""' + "\n" * size + '"""')
        ),
    }
    text = "".join(
        f"{key} = {lines[key]}\n" for key in rng.sample(sorted(lines), rng.randint(1, 3))
    )
    for _ in range(rng.choice((0, 0, 1, size // 60))):
        text += f'[[overrides]]\npaths = {json.dumps([rng.choice(PATTERNS)])}\nignore = ["{rng.choice(selectors[:4])}"]\n'
    if rng.random() < 0.3:
        text += "".join(
            f"[catalogue.targets.t{i}.settings]\nk = {{ required = true }}\n"
            for i in range(size // 60)
        )
    tree.add(
        rng.choice(("symlint.toml", "symlint.toml", ".symlint.toml", "sub/symlint.toml")), text
    )
    tree.add("rule.py", "open('EXECUTED', 'w').close()\n")
    tree.add("sub/main.tf", 'resource "sym_target" "s" {\n  typ = 1\n}\n')


def baseline(rng: Random, tree: Tree, size: int) -> None:
    """A baseline: of what is not there, or not one at all."""
    tree.configured = True
    count = rng.choice((1, 1, 5, max(1, size // 120)))
    entries = [
        {
            "file": "main.tf",
            "code": "SYM201",
            "address": f"sym_target.t{i}",
            "attribute": "type",
            "count": 1,
        }
        for i in range(count)
    ]
    whole = {"version": 1, "findings": entries}
    tree.add("b.json", json.dumps(whole) if rng.random() < 0.3 else _json(rng, whole, size))
    tree.add("symlint.toml", 'baseline = "b.json"\n')


def manifest(rng: Random, tree: Tree, size: int) -> None:
    """What terraform init may have left, bent."""
    folders = ("m", "../outside/m", "/", "..", ".", "\0", "m/../../outside/m", "/dev/fd")
    entries = [
        {
            "Key": rng.choice(("m", "", "m.m", ".".join("m" * 50))),
            "Source": "registry.terraform.io/a/b/c",
            "Version": rng.choice(("1.0.0", "x", "9" * 5000)),
            "Dir": rng.choice(folders),
        }
        for _ in range(rng.choice((1, 2, max(1, size // 200))))
    ]
    whole = {"Modules": entries}
    tree.add(
        ".terraform/modules/modules.json",
        json.dumps(whole) if rng.random() < 0.4 else _json(rng, whole, size),
    )
    tree.add(
        ".terraform.lock.hcl",
        'provider "registry.terraform.io/symopsio/sym" {\n  version = "3.0.0"\n'
        + "hashes = [" * rng.choice((0, 1, 99)),
    )
    tree.add("called.tf", 'module "m" {\n  source = "a/b/c"\n  version = "1.0.0"\n}\n')


def names(rng: Random, tree: Tree, _: int) -> None:
    """Files and folders with names that mean something to somebody."""
    text = 'resource "sym_target" "t" {\n  typ = 1\n}\n'
    for name in rng.sample(NAMES, 3):
        tree.add(
            rng.choice((f"{name}.tf", f"{name}/main.tf", f"{name}.auto.tfvars", f"{name}.tf.json")),
            text,
        )
    if rng.random() < 0.3:
        tree.add(
            "/".join([rng.choice(NAMES).replace("/", "")] * rng.choice((3, 12, 60))) + "/main.tf",
            text,
        )


def specials(rng: Random, tree: Tree, _: int) -> None:
    """Links that lead out, to themselves or to a device, and pipes, where a file is expected."""
    tree.configured = True
    for _i in range(rng.randint(1, 3)):
        place = rng.choice(
            (
                *(
                    "linked.tf",
                    "linked.tf.json",
                    "terraform.tfvars",
                    "x.auto.tfvars",
                    "override.tf",
                    "m",
                ),
                *(
                    ".terraform/modules/modules.json",
                    ".terraform.lock.hcl",
                    "symlint.toml",
                    "b.json",
                ),
                *(".gitignore", "impl.py", "sub", ".git", ".terraform", "pyproject.toml"),
            )
        )
        target = rng.choice(
            (
                *(
                    "/dev/zero",
                    "/dev/stdin",
                    "/proc/self/mem",
                    "..",
                    ".",
                    place.rsplit("/", 1)[-1],
                    "nothing",
                ),
                *(
                    "../outside/secret.tf",
                    "../outside/secret.json",
                    "../outside/m",
                    "../outside",
                    "../../outside",
                ),
            )
        )
        tree.files.pop(place, None)
        if rng.random() < 0.25:
            tree.pipes.append(place)
        else:
            tree.links[place] = target
    tree.add(
        "reads.tf",
        'locals {\n  a = file("${path.module}/linked.tf")\n  b = fileset("..", "**")\n}\nmodule "m" {\n  source = "./m"\n}\n',
    )
    tree.add(
        "out.tf",
        'resource "sym_target" "o" {\n  type = file("../outside/secret.txt")\n}\nmodule "o" {\n  source = "../outside/m"\n}\n',
    )


def patterns(rng: Random, tree: Tree, size: int) -> None:
    """Many patterns of paths, and paths that nearly match them."""
    lines = "".join(f"{rng.choice(PATTERNS)}{i}\n" for i in range(size // 40))
    tree.add(rng.choice((".gitignore", ".terraformignore", "sub/.gitignore")), lines)
    tree.add(".git/HEAD", "ref: refs/heads/main\n")
    for i in range(1, 40):
        tree.add("a" * i + "/x.tf", "")
    tree.add(
        "sets.tf",
        f'locals {{\n  a = [for i in range(100) : fileset(path.module, "{rng.choice(PATTERNS)}${{i}}")]\n}}\n'.replace(
            "\\", "/"
        ),
    )


def variable_files(rng: Random, tree: Tree, size: int) -> None:
    """Many variable files, or large ones."""
    count = rng.choice((1, 10, max(1, size // 200)))
    text = rng.choice(
        ("v = 1\n", "w = 1\n" * (size // 10), f"v = {'[' * 200}\n", f'v = "{rng.choice(TEXTS)}"\n')
    )
    for i in range(count):
        tree.add(f"v{i}{rng.choice(('.auto', ''))}.tfvars", text)
    tree.add(
        "symlint.toml", f"variable-files = {json.dumps([f'v{i}.tfvars' for i in range(count)])}\n"
    )
    tree.add(
        "vars.tf",
        'variable "v" {\n  type = any\n  sensitive = true\n}\nresource "sym_target" "v" {\n  count = var.v\n  type = var.v\n}\n',
    )
    tree.configured = True


SURROUNDINGS: Final[tuple[Callable[[Random, Tree, int], None], ...]] = (
    *(settings, baseline, manifest, names, specials, patterns, variable_files),
)

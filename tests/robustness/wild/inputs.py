"""Inputs of the second kind: written by a grammar, spoilt byte by byte, and laid out oddly."""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING, Final

from robustness.broken_files import in_json
from robustness.expressions import TEXTS
from robustness.inputs import BEACON
from robustness.surroundings import NAMES, bent, odd
from robustness.tree import Tree, real_trees
from robustness.wild import grammar, settings_files
from robustness.wild.spoiling import spoiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

PLACES: Final = (
    *(
        "main.tf",
        "a.tf",
        "b.tf",
        "override.tf",
        "a_override.tf",
        "sub/main.tf",
        "modules/m/main.tf",
    ),
    *(
        "main.tofu",
        "a.tofu",
        ".terraform/modules/m/main.tf",
        "tests/a.tftest.hcl",
        "main.tf.txt",
        ".a.tf",
    ),
)
"""Where a file in HCL may be."""


PYTHON: Final = (
    "from sym.sdk.annotations import hook, reducer, prefetch, action\n"
    "from sym.sdk.integrations import slack, okta, pagerduty\n"
    "from sym.sdk.templates import ApprovalTemplate\n\n",
    "@reducer\ndef get_approvers(event):\n    # symlint: ignore[SYM601] x\n"
    '    return slack.channel("#a", allow_self=True)\n\n',
    "@reducer\ndef get_approvers(evt):\n    n = 1\n    while True:\n        n = n * n + 1\n"
    "    return slack.user(n)\n\n",
    "@reducer\ndef get_permissions(event):\n    x = [1]\n    for i in range(10**9):\n        x = x + x\n"
    "        x.append(x)\n    return {x[0]: [*x]}\n\n",
    "@hook\ndef on_request(event):\n    if event.user in (x := [1, 2]):\n        return None\n"
    "    return ApprovalTemplate.deny('x' * 10**9 % 7 ** 10**9)\n\n",
    "def f(a, *b, c=f'{1:{2}}', **d):\n    return f(f(f(a)), *b, c=lambda: f(a), **d)\n\n",
    "@hook\ndef after_escalate(event):\n    f(1)\n    match event:\n        case {'a': [1, *_]} | None:\n"
    "            del event\n    try:\n        raise f from f\n    finally:\n        global g\n        g = 1\n\n",
    "class A(A):\n    a: 'A' = [i for i in range(3) if (j := i)]\n    async def on_approve(self):\n"
    "        async with a as b:\n            yield await b\n\n",
    "CHANNELS = {str(i): '#a' for i in range(100_000_000)}\nX = 9 ** 9 ** 9\nY = 'a' * (1 << 62)\n\n",
    "@prefetch(field_name='a')\ndef names(event):\n    return [1, None] * 10**8 + okta.users_in_group(group_id='')\n\n",
)
"""Python as flows have it, and as they should not."""


def wild_input(seed: int, size: int) -> tuple[str, Tree]:
    """What is in the input of this number, in words, and the input: at most ``size`` bytes or so."""
    rng = random.Random(f"wild {seed}")
    tree = Tree()
    made = []
    if rng.random() < 0.75:
        tree = Tree(rng.choice(real_trees()))
        made.append("real")
        if rng.random() < 0.2:
            texts = {name: data.decode("utf-8", "replace") for name, data in tree.files.items()}
            tree = Tree({name: text.encode() for name, text in in_json(texts).items()})
            made.append("as JSON")
    tree.configured = any(name.endswith((".toml", "baseline.json")) for name in tree.files)
    for maker in rng.sample(MAKERS, rng.choice((1, 1, 2, 3))):
        maker(rng, tree, max(1, int(size ** rng.uniform(0.3, 1))))
        made.append(maker.__name__)
    if tree.files and rng.random() < 0.6:
        _spoil(rng, tree, max(1, int(size ** rng.uniform(0.2, 1))))
        made.append("spoilt")
    for name, data in tree.files.items():
        tree.files[name] = data[: size // 2]
    while sum(map(len, tree.files.values())) > size:
        tree.files.pop(max(tree.files, key=lambda name: len(tree.files[name])))
    tree.files["beside/main.tf"] = BEACON.encode()
    return " + ".join(made), tree


def _spoil(rng: Random, tree: Tree, size: int) -> None:
    others = list(tree.files.values())
    for name in rng.sample(sorted(tree.files), min(len(tree.files), rng.randint(1, 3))):
        tree.files[name] = spoiled(rng, tree.files[name], others, size)


def hcl(rng: Random, tree: Tree, size: int) -> None:
    """Files of every construct of the language."""
    for _ in range(rng.choice((1, 1, 2))):
        tree.add(rng.choice(PLACES), grammar.file(rng, size))


def meaning(rng: Random, tree: Tree, size: int) -> None:
    """Expressions whose values are known, in part."""
    tree.add("meaning.tf", grammar.module(rng, size))


def variables(rng: Random, tree: Tree, size: int) -> None:
    """Variable files, and variables for some of what is in them."""
    name = rng.choice(("terraform.tfvars", "a.auto.tfvars", "prod.tfvars", "terraform.tfvars.json"))
    text = json.dumps(odd(rng, 4)) if name.endswith("json") else grammar.values(rng, size)
    tree.add(name, text)
    for variable in rng.choices(grammar.NAMES, k=rng.choice((0, 1, 5))):
        kind = rng.choice(
            ("any", "string", "list(string)", "map(any)", "object({ a = optional(string, 1) })")
        )
        tree.add("variables.tf", f'variable "{variable}" {{\n  type = {kind}\n}}\n')


def settings(rng: Random, tree: Tree, size: int) -> None:
    """Configuration files."""
    tree.configured = True
    text = settings_files.catalogue(rng) if rng.random() < 0.4 else settings_files.toml(rng, size)
    name = rng.choice(("symlint.toml", "symlint.toml", ".symlint.toml", "sub/symlint.toml"))
    if rng.random() < 0.1:
        name, text = "pyproject.toml", f"[tool.symlint]\n{text}"
    tree.files[name] = text.encode("utf-8", "surrogatepass")


def data(rng: Random, tree: Tree, size: int) -> None:
    """Files in JSON: a configuration, what terraform init leaves, a baseline."""
    name = rng.choice(("x.tf.json", "x.tofu.json", "override.tf.json", "sub/x.tf.json"))
    if rng.random() < 0.3:
        name = rng.choice((".terraform/modules/modules.json", "symlint-baseline.json"))
        tree.configured = True
        tree.files.setdefault("symlint.toml", b'baseline = "symlint-baseline.json"\n')
    tree.add(name, json.dumps(_json(rng, 5), indent=rng.choice((None, 2))))


def _json(rng: Random, depth: int) -> object:
    if not depth or rng.random() < 0.2:
        text = rng.choice(
            (*TEXTS, "${local.a}", "sym_target.a", "%{", f"${{{grammar.expression(rng, 2)}}}")
        )
        return rng.choice((text, text, odd(rng, 1)))
    if rng.random() < 0.2:
        return [_json(rng, depth - 1) for _ in range(rng.choice((0, 1, 3)))]
    words = (
        *grammar.NAMES,
        *grammar.BLOCKS,
        *grammar.BLOCKS,
        *grammar.LABELS,
        "//",
        "Modules",
        "Key",
        "Dir",
    )
    return {rng.choice(words): _json(rng, depth - 1) for _ in range(rng.choice((0, 1, 2, 4)))}


def links(rng: Random, tree: Tree, _: int) -> None:
    """Links from anywhere to anywhere: in circles, in chains, out of the tree."""
    tree.configured = True
    folders = ["", "sub/", "sub/deep/", "modules/", ".terraform/", "modules/m/", ".git/"]
    for number in range(rng.choice((1, 3, 10, 80))):
        place = rng.choice(folders) + rng.choice(
            (f"l{number}", f"l{number}.tf", "main.tf", "m", "x.tfvars")
        )
        above = "../" * rng.randint(0, 3)
        to = rng.choice(
            (
                "main.tf",
                f"l{number - 1}",
                f"l{number + 1}",
                "",
                "sub",
                "outside/m",
                "outside/secret.tf",
            )
        )
        tree.links[place] = (
            rng.choice((above + to, above + to, f"l{number + 1}", f"{above}tree/{to}")) or "."
        )
    if rng.random() < 0.3:
        names = [f"a{i}" for i in range(20)]
        tree.links.update({f"{a}/{b}": f"../{b}" for a in names[:6] for b in names[:6]})
    tree.add(
        "calls.tf", 'module "m" {\n  source = "./m"\n}\nmodule "l" {\n  source = "./sub/l1"\n}\n'
    )


def repositories(rng: Random, tree: Tree, _: int) -> None:
    """Repositories in the repository, submodules, and what git ignores."""
    tree.configured = True
    for folder in rng.sample(("", "sub/", "modules/m/", "sub/deep/"), rng.randint(1, 3)):
        if rng.random() < 0.5:
            tree.add(f"{folder}.git/HEAD", rng.choice(("ref: refs/heads/main\n", "", "\0")))
            tree.add(f"{folder}.git/info/exclude", _ignored(rng))
            tree.add(f"{folder}.git/config", "[core]\n\tworktree = ../../outside\n")
        else:
            to = rng.choice(("../outside", "/dev/zero", "../.git/modules/m", "x" * 5000, "\0"))
            tree.add(f"{folder}.git", f"gitdir: {to}\n")
        tree.add(f"{folder}.gitignore", _ignored(rng))
        tree.add(f"{folder}x.tf", BEACON)


def _ignored(rng: Random) -> str:
    pieces = (
        "*",
        "**",
        "/",
        "!",
        "a",
        "sub",
        ".tf",
        "main",
        "[a-z]",
        "[!a]",
        "[",
        "]",
        "\\",
        "?",
        " ",
        "#",
        "é",
        "{a}",
    )
    lines = (
        "".join(rng.choices(pieces, k=rng.randint(0, 6))) for _ in range(rng.choice((1, 4, 40)))
    )
    return rng.choice(("\n", "\r\n")).join(lines)


def names(rng: Random, tree: Tree, _: int) -> None:
    """Names of files and folders that are not those of text, long, or taken twice."""
    strange = (
        *NAMES,
        "\udcff\udc80",
        "a\nb",
        "..",
        "...",
        "a" * 255,
        "a" * 250,
        "é" * 120,
        "CON",
        "a.tf",
        "*",
        "[a]",
        "~",
    )
    for _i in range(rng.randint(1, 4)):
        name = rng.choice(strange)
        form = rng.choice(
            ("{}.tf", "{}/main.tf", "{}.tf.json", "{}.auto.tfvars", "sub/{}", "{}/.terraform/{}.tf")
        )
        text = rng.choice((BEACON, "a = 1\n", "{}", 'module "m" {\n  source = "./sub"\n}\n'))
        tree.add(form.format(name, name), text)
    name = rng.choice(strange).replace('"', "").replace("\n", "")
    source = os.fsencode(name).decode("utf-8", "replace").replace("\\", "")
    tree.add(
        "named.tf",
        f'module "n" {{\n  source = "./{source}"\n}}\nlocals {{\n  f = file("{source}")\n}}\n',
    )


def implementation(rng: Random, tree: Tree, size: int) -> None:
    """Python that flows name, spoilt."""
    text = "".join((PYTHON[0], *rng.choices(PYTHON[1:], k=rng.randint(1, 6)))).encode()
    others = [data for name, data in tree.files.items() if name.endswith(".py")]
    tree.files["impl.py"] = spoiled(rng, text, others, size) if rng.random() < 0.7 else text
    flow = rng.choice(('file("${path.module}/impl.py")', '"${path.module}/impl.py"'))
    tree.add(
        "flow.tf", f'resource "sym_flow" "p" {{\n  name = "p"\n  implementation = {flow}\n}}\n'
    )


def manifests(rng: Random, tree: Tree, _: int) -> None:
    """What terraform init leaves, in part wrong."""
    entries = [
        {"Key": key, "Source": rng.choice(("", "./m", "registry.terraform.io/a/b/c")), "Dir": where}
        for key, where in (
            ("", "."),
            ("m", ".terraform/modules/m"),
            ("m.n", "modules/m"),
            ("o", "../outside/m"),
        )
    ]
    tree.add(".terraform/modules/modules.json", json.dumps(bent(rng, {"Modules": entries})))
    tree.add(".terraform/modules/m/main.tf", rng.choice((BEACON, grammar.file(rng, 400))))
    tree.add(".terraform.lock.hcl", grammar.file(rng, 300))
    tree.add(
        "calls.tf", 'module "m" {\n  source = "a/b/c"\n}\nmodule "o" {\n  source = "a/b/o"\n}\n'
    )


MAKERS: Final[tuple[Callable[[Random, Tree, int], None], ...]] = (
    *(
        hcl,
        hcl,
        meaning,
        meaning,
        meaning,
        variables,
        settings,
        settings,
        data,
        data,
        links,
        repositories,
        names,
    ),
    *(implementation, implementation, implementation, manifests),
)

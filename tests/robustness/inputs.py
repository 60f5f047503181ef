"""One hostile input for each number: a real tree, changed, with hazards in it and around it."""

from __future__ import annotations

import random
from typing import Final

from robustness.hazards import HAZARDS
from robustness.mutations import mutate
from robustness.surroundings import SURROUNDINGS
from robustness.tree import Tree, real_trees

LARGEST: Final = 1_000_000
"""The size of the largest whole tree, in bytes."""

BEACON: Final = """
resource "sym_target" "beacon" {
  type = "okta_group"
  name = "beacon"

  settings = {
    group_id = "00gbeacon"
  }
}

resource "sym_strategy" "beacon" {
  type           = "aws_iam"
  name           = "beacon"
  integration_id = "00000000-0000-0000-0000-000000000000"
  targets        = [sym_target.beacon.id]
}
"""
"""A mistake (SYM201) in a root module beside the hostile one: it must always be found."""


def hostile_input(seed: int, size: int = LARGEST) -> tuple[str, Tree]:
    """What is in the input of this number, in words, and the input: at most ``size`` bytes."""
    rng = random.Random(seed)
    made: list[str] = []
    tree = Tree()
    if rng.random() < 0.7:
        tree = Tree(rng.choice(real_trees()))
        tree.configured = any(name.endswith((".toml", "baseline.json")) for name in tree.files)
        made.append("real")
    if tree.files and rng.random() < 0.7:
        mutate(rng, tree, _some(rng, size))
        made.append("mutated")
    for choices, chance in ((HAZARDS, 0.6 if made else 1), (SURROUNDINGS, 0.4)):
        while rng.random() < chance:
            hazard = rng.choice(choices)
            hazard(rng, tree, _some(rng, size // 2))
            made.append(hazard.__name__)
            chance /= 3
    for name, data in tree.files.items():
        kept = data[: size // 2]
        if name.endswith("ignore"):
            # The half of a pattern may ignore everything.
            kept = kept[: kept.rfind(b"\n") + 1]
        tree.files[name] = kept
    while sum(map(len, tree.files.values())) > size:
        tree.files.pop(max(tree.files, key=lambda name: len(tree.files[name])))
    tree.files["beside/main.tf"] = BEACON.encode()
    return " + ".join(made), tree


def _some(rng: random.Random, size: int) -> int:
    """A number up to ``size``, small ones as likely as large ones of each order of magnitude."""
    return max(1, int(size ** rng.uniform(0.3, 1)))

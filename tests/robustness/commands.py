"""What somebody may ask of symlint beside a plain check: every command, with odd arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from robustness.expressions import TEXTS
from robustness.surroundings import NAMES, PATTERNS

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

FORMATS: Final = (
    "text",
    "concise",
    "json",
    "github",
    "sarif",
    "junit",
    "checkstyle",
    "gitlab",
    "markdown",
    "html",
)
ADDRESSES: Final = (
    *("local.a", "output.x", "sym_target.t", "sym_flow.this", "sym_flow.this.params[0].strategy_id"),
    *("module.m", "module.m.var.v", 'sym_target.t["a"].id', "var.v", "x", "", "a.b.c.d[0][*]", "a[", "-x"),
    *("module.m[0].module.m.sym_target.t.settings", "data.a.b", "local.a" + "[0]" * 300, "\u202e", "a" * 5000),
)  # fmt: skip  # as many a line as fit
ODD: Final = (
    *NAMES,
    *TEXTS[:12],
    "SYM201",
    "SYM2",
    "flow-strategy",
    "all",
    "",
    "x",
    "\udcff",
    "a" * 9000,
)


RESOURCE: Final = re.compile(r'^resource "([\w-]+)" "([\w-]+)"', re.MULTILINE)
LOCALS: Final = re.compile(r"^locals \{\n((?:  .*\n)*)", re.MULTILINE)
ATTRIBUTE: Final = re.compile(r"^  ([a-z]\w*) +=", re.MULTILINE)
MODULE: Final = re.compile(r'^module "([\w-]+)"', re.MULTILINE)


class Asked(NamedTuple):
    """Arguments, and the file that is standard input, if there is one."""

    arguments: list[str]
    standard_input: Path | None = None


def ask(rng: Random, directory: Path, files: list[str], results: Path) -> Asked:
    """A command about the tree in ``directory``, to be given there; it writes to ``results`` alone."""
    path = str(directory)
    match rng.randrange(12):
        case 0 | 1 | 2 | 3:
            paths = [path]
            if files and rng.random() < 0.3:
                paths = [str(directory / rng.choice(files)) for _ in range(rng.choice((1, 2)))]
            return Asked(["check", "--format", rng.choice(FORMATS), *_options(rng), "--", *paths])
        case 4 if files:
            inside = rng.choice((f"{path}/main.tf", f"{path}/new.tf", f"{path}/sub/x.tf.json"))
            arguments = ["check", "-", "--stdin-filename", inside, "--format", rng.choice(FORMATS)]
            return Asked(arguments, directory / rng.choice(files))
        case 5:
            return Asked(["check", path, "--diff", *rng.choice(([], [], ["--fix=all"]))])
        case 6:
            around = ["--around", _address(rng, directory, files)] if rng.random() < 0.4 else []
            chains = ["--chains"] if rng.random() < 0.4 else []
            form = rng.choice(("dot", "mermaid", "json"))
            return Asked(["graph", "--format", form, *around, *chains, "--", path])
        case 7:
            form = rng.choice(("text", "json"))
            named = _address(rng, directory, files)
            return Asked(["trace", "--format", form, "--", named, path])
        case 8:
            if rng.random() < 0.6:
                file = str(results / "baseline.json")
                return Asked(
                    ["baseline", rng.choice(("create", "prune")), path, "--baseline", file]
                )
            return Asked(["config", "show", path])
        case 9:
            form = rng.choice(("text", "json", "csv", "markdown", "html"))
            odd, there = rng.choice(ODD), _entry(rng, directory)
            options = rng.choice(
                (
                    *([], ["--by", "target"], ["--by", "approver"], ["--flow", odd]),
                    *(["--target", odd], ["--columns", odd], ["--explain-assert", odd]),
                    ["--lock", str(results / "access.lock.json")],
                    *(["--check"], ["--check", "--lock", there], ["--check", "--lock", there]),
                )
            )
            return Asked(["access", "--format", form, *options, "--", path])
        case 10:
            other = _entry(rng, directory) if rng.random() < 0.4 else path
            sides = rng.choice(([path, other], [other, path], [f"{path}/beside", path]))
            form = rng.choice(("text", "markdown", "json", "github"))
            return Asked(["diff", "--format", form, "--", *sides])
        case _:
            return Asked(
                rng.choice(
                    (
                        ["explain", "--", rng.choice(ODD)],
                        ["rules", "--format", rng.choice(("table", "json", "markdown"))],
                        ["config", "schema"],
                        ["completion", rng.choice(("bash", "zsh", "fish", "x"))],
                        [rng.choice(ODD), rng.choice(ODD)],
                        ["check", path, f"--{rng.choice(ODD)}", rng.choice(ODD)],
                    )
                )
            )


def _entry(rng: Random, directory: Path) -> str:
    """What is in the folder, which need not be a file."""
    return str(rng.choice(sorted(directory.iterdir()) or [directory / "main.tf"]))


def _address(rng: Random, directory: Path, files: list[str]) -> str:
    """What has an address in one of the files, or an odd one."""
    name = rng.choice([name for name in files if ".tf" in name] or [""])
    text = (directory / name).read_bytes().decode("utf-8", "replace") if name else ""
    found = [".".join(match) for match in RESOURCE.findall(text)]
    found += [f"local.{name}" for body in LOCALS.findall(text) for name in ATTRIBUTE.findall(body)]
    found += [f"module.{name}" for name in MODULE.findall(text)]
    if not found or rng.random() < 0.2:
        return rng.choice(ADDRESSES)
    return rng.choice(found) + rng.choice(("", "", "", ".name", ".settings", "[0]", ".params[0].x"))


def _options(rng: Random) -> list[str]:
    options = (
        *(["--all-modules"], ["--show-undecided"], ["--statistics"], ["--preview"], ["--isolated"]),
        *(["--profile", "strict"], ["--no-ignores"], ["--no-baseline"], ["--env-vars"], ["--quiet"]),
        *(["--color", "always"], ["--workspace", rng.choice(ODD)]),
        *(["--select", rng.choice(ODD)], ["--ignore", rng.choice(ODD)], ["--exclude", rng.choice(PATTERNS)]),
        *(["--severity", f"{rng.choice(ODD)}={rng.choice(ODD)}"], ["--fail-on", rng.choice(("error", "never"))]),
        *(["--var", f"{rng.choice(('v', 'a', 'name'))}={rng.choice(TEXTS)}"], ["--var", rng.choice(ODD)]),
        *(["--var-file", "terraform.tfvars"], ["--each-var-file", "prod.tfvars"]),
        *(["--var-file", rng.choice(ODD)], ["--config", "symlint.toml"], ["--timeout", "100"]),
    )  # fmt: skip  # as many a line as fit
    return [word for option in rng.sample(options, rng.choice((0, 1, 2, 4))) for word in option]

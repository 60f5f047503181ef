"""A configuration with many of everything: what one thing is like silences nothing about another.

The ``bad`` example of each rule becomes a module, which the root calls several times over: as the
``good`` one first, then with one argument after the other that is not known, then twice as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, configuration
from support.configurations import ARGUMENT, MAP, UNKNOWN, files_of, unknown, with_unknown
from support.snapshots import compare
from support.transcript import transcript
from support.writing import write

from symlint.lint.finding import Finding

if TYPE_CHECKING:
    from symlint.lint.rule import Rule

SNAPSHOTS = Path(__file__).parent / "snapshots" / "unknown"
COUNTED_TOGETHER = {
    **dict.fromkeys(("SYM125", "SYM126", "SYM132"), "one version is chosen for all modules"),
    **dict.fromkeys(("SYM306", "SYM308", "SYM413", "SYM922"), "two modules make things twice"),
    "SYM701": "the configuration file of a root module has the assertion",
    "SYM702": "the configuration file of a root module has the assertion",
    "SYM111": "only the root module has variable files",
    "SYM141": "only the root module has import blocks",
    "SYM318": "another module has a group of the name in the account of the role",
    "SYM320": "another module has a secret of the name in the region of the context",
    "SYM516": "several secrets are read by nothing, any of which may be meant",
}
"""Rules whose examples say something else where there are more modules than one."""
MAY_BE_THE_SAME = {
    **dict.fromkeys(("SYM507", "SYM510", "SYM511"), "a role that is not known may be any role"),
}
"""Rules for which something that is not known makes a difference to everything."""


def crowd(rule: type[Rule]) -> dict[str, str]:
    """The files of a configuration with all of that, by relative path."""
    bad = files_of(rule.bad)
    modules = {"a_good": files_of(rule.good), "y_bad": bad, "z_bad": bad}
    variants = [] if rule.code in MAY_BE_THE_SAME else with_unknown(bad["main.tf"])
    for number, (_, main) in enumerate(variants):
        modules[f"b_unknown_{number:03}"] = {**bad, "main.tf": main + UNKNOWN}
    files = {f"{name}/{path}": it for name, each in modules.items() for path, it in each.items()}
    calls = [f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in sorted(modules)]
    return files | {"main.tf": "\n".join(calls)}


def found(root: Path, folder: str, rule: type[Rule]) -> list[tuple[str, int, str]]:
    """Where below a folder a rule finds something, and what."""
    outcomes = rule().check(configuration(root))
    return sorted(
        (path.removeprefix(f"{root / folder}/"), it.range.line, it.title)
        for it in outcomes
        if isinstance(it, Finding) and (path := it.range.path).startswith(f"{root / folder}/")
    )


CROWDED = [rule for rule in all_rules() if rule.code not in COUNTED_TOGETHER]


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", CROWDED, ids=lambda rule: rule.code)
def test_a_mistake_beside_everything_else(tmp_path: Path, rule: type[Rule]) -> None:
    bad = files_of(rule.bad)
    alone = {f"z_bad/{path}": text for path, text in bad.items()}
    call = 'module "z_bad" {\n  source = "./z_bad"\n}\n'
    expected = found(write(tmp_path / "alone", {**alone, "main.tf": call}), "z_bad", rule)
    root = write(tmp_path / "crowd", crowd(rule))
    assert expected
    assert found(root, "y_bad", rule) == expected
    assert found(root, "z_bad", rule) == expected


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_snapshot_of_what_is_not_known(tmp_path: Path, rule: type[Rule]) -> None:
    """What the rule says of its examples, and what else when an argument is not known."""
    texts = []
    for name, example in (("bad", rule.bad), ("good", rule.good)):
        files = files_of(example)
        as_it_is = transcript(write(tmp_path / name, files), (rule,), brief=True)
        texts.append(f"{name}\n{as_it_is}\n")
        for number, (argument, main) in enumerate(with_unknown(files["main.tf"])):
            changed = {**files, "main.tf": main + UNKNOWN}
            said = transcript(write(tmp_path / f"{name}{number}", changed), (rule,), brief=True)
            if said != as_it_is:
                texts.append(f"{name}, {argument}\n{said}\n")
    compare(SNAPSHOTS / f"{rule.code}.txt", "\n".join(texts))


# --- several in one module ----------------------------------------------------------------------

HEADER = re.compile(r'^(resource|data|module) ("\w+" )?"(\w+)" \{$', re.MULTILINE)
NAME = re.compile(r'^(  name +=) "([^"$]*)"$', re.MULTILINE)
ONCE = re.compile(
    r"^(terraform|provider|variable|locals|output)\b.*?^\}\n", re.MULTILINE | re.DOTALL
)


def renamed(main: str, suffix: str) -> str:
    """The resources and modules of a text under other names; without what can be there only once."""
    text = ONCE.sub("", main)
    for kind, type_, name in HEADER.findall(text):
        first = {"module": "module", "data": f"data.{type_[1:-2]}"}.get(kind, type_[1:-2])
        text = re.sub(rf"(?<![\w.]){re.escape(first)}\.{name}\b", f"{first}.{name}_{suffix}", text)
        header = f'{kind} {type_}"{name}" {{'
        text = text.replace(header, header.replace(f'"{name}"', f'"{name}_{suffix}"'))
    return NAME.sub(rf'\1 "\2-{suffix}"', text)


def repeated(main: str) -> str:
    """The text with each resource and module in two instances, of which the first is referred to."""
    text = main
    for header in HEADER.finditer(main):
        kind, type_, name = header.groups()
        first = {"module": "module", "data": f"data.{type_}"}.get(kind, type_)
        first = first.replace('"', "").strip()
        text = re.sub(rf"(?<![\w.]){re.escape(first)}\.{name}\b", f'{first}.{name}["a"]', text)
        text = text.replace(header[0], f'{header[0]}\n  for_each = toset(["a", "b"])')
    return text


def copies(rule: type[Rule]) -> dict[str, str]:
    """The ``bad`` example unknown, the ``good`` one, and the ``bad`` one twice and repeated."""
    bad, good = files_of(rule.bad), files_of(rule.good)
    unknown_text = ARGUMENT.sub(unknown, MAP.sub(unknown, bad["main.tf"]))
    once = "".join(it[0] for it in ONCE.finditer(bad["main.tf"]))
    parts = {
        "unknown": unknown_text,
        "good": good["main.tf"],
        "y": bad["main.tf"],
        "z": bad["main.tf"],
    }
    texts = [renamed(text, suffix) for suffix, text in parts.items()]
    if "for_each" not in bad["main.tf"] and "count" not in bad["main.tf"]:
        texts.append(repeated(renamed(bad["main.tf"], "each")))
    return {**good, **bad, "main.tf": UNKNOWN + once + "".join(texts)}


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_snapshot_of_several(tmp_path: Path, rule: type[Rule]) -> None:
    root = write(tmp_path, copies(rule))
    compare(SNAPSHOTS.parent / "several" / f"{rule.code}.txt", f"{transcript(root, (rule,))}\n")

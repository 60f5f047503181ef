"""Which files ``symlint init`` writes, after what there is in the repository."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.cli.starting import snippets
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem, read_data
from symlint.source.tree import lies_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOOK_FILE: Final = ".pre-commit-config.yaml"
_GITLAB_FILE: Final = ".gitlab-ci.yml"
_LOADED_BY_ITSELF: Final = ("terraform.tfvars", "terraform.tfvars.json")
_MOST_VARIABLE_FILES: Final = 20


class Step(NamedTuple):
    """A file with its text before and after; ``old`` is None for one that is not there yet."""

    path: str
    old: str | None
    new: str


def steps(top: str) -> list[Step]:
    """What is to be done in the repository ``top``; nothing where symlint is in use already."""
    found = []
    if not _has_configuration(top):
        text = snippets.configuration(_variable_files(top))
        found.append(Step(os.path.join(top, "symlint.toml"), None, text))
    found += _addition(HOOK_FILE, top, snippets.with_hook)
    if os.path.isdir(os.path.join(top, ".github")):
        path = os.path.join(top, ".github", "workflows", "symlint.yml")
        if not os.path.lexists(path) and lies_in(path, top):
            found.append(Step(path, None, snippets.GITHUB))
    if os.path.isfile(os.path.join(top, _GITLAB_FILE)):
        found += _addition(_GITLAB_FILE, top, lambda text: f"{text.rstrip()}\n\n{snippets.GITLAB}")
    return found


def _addition(name: str, top: str, add: Callable[[str], str]) -> Iterator[Step]:
    """What to add to a file that does not speak of symlint, or to a new one.

    Nothing to one that is outside of the repository, by way of a link: it is not read.
    """
    path = os.path.join(top, name)
    if not lies_in(path, top):
        return
    if not os.path.lexists(path):
        yield Step(path, None, add(""))
        return
    data = read_data(path, 1_000_000)
    if isinstance(data, ReadProblem):
        return
    text = data.decode("utf-8", "surrogateescape")
    if "symlint" not in text:
        yield Step(path, text, add(text))


def _has_configuration(top: str) -> bool:
    from symlint.lint.settings.config_file import find_config

    return find_config(top) is not None


def _variable_files(top: str) -> list[str]:
    """The names of the variable files in root modules that Terraform does not load by itself."""
    from symlint.source.tree import Tree
    from symlint.terraform.modules.discovery import discover
    from symlint.terraform.modules.loader import FileCache

    found = set()
    for root in discover([top], FileCache(tree=Tree([top]))).roots:
        for name in os.listdir(root):
            if name in _LOADED_BY_ITSELF or ".auto.tfvars" in name or not name.isprintable():
                continue
            if name.endswith((".tfvars", ".tfvars.json")) and '"' not in name and "\\" not in name:
                found.add(name)
    return sorted(found)[:_MOST_VARIABLE_FILES]

"""The same configuration written in another way: each function gives files that mean what they did."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from robustness.broken_files import in_json
from support.placements import inside_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from access_changes import Files

_BLOCK = re.compile(
    r"^(?=(?:resource|data|module|variable|output|locals|provider|terraform)\b)", re.M
)
_LABELLED = re.compile(r'^(resource|data|module) +(?:"(\w+)" +)?"([\w-]+)"', re.M)
_LOCALS = re.compile(r"^locals \{\n.*?^\}\n", re.M | re.S)
_LOCAL = re.compile(r"^  (\w+)(?= +=)", re.M)


def _everywhere(change: Callable[[str], str], suffix: str) -> Callable[[Files], Files]:
    def changed(files: Files) -> Files:
        return {
            name: change(text) if name.endswith(suffix) else text for name, text in files.items()
        }

    return changed


# --- Terraform ------------------------------------------------------------------------------------


def labels_renamed(files: Files) -> Files:
    """Other labels of resources, data sources and modules."""
    names = {
        (f"{type_}." if type_ else "module.", label)
        for name, text in files.items()
        if name.endswith(".tf")
        for _, type_, label in _LABELLED.findall(text)
    }

    def renamed(text: str) -> str:
        text = _LABELLED.sub(lambda found: f'{found[0][:-1]}_now"', text)
        for prefix, label in names:
            text = re.sub(rf"\b{re.escape(prefix + label)}(?![\w-])", f"{prefix}{label}_now", text)
        return text

    return _everywhere(renamed, ".tf")(files)


def locals_renamed(files: Files) -> Files:
    """Other names of locals."""

    def renamed(text: str) -> str:
        text = _LOCALS.sub(lambda found: _LOCAL.sub(r"  \1_now", found[0]), text)
        return re.sub(r"\blocal\.(\w+)", r"local.\1_now", text)

    return _everywhere(renamed, ".tf")(files)


def split(files: Files) -> Files:
    """A file for each block."""
    found: Files = {}
    for name, text in files.items():
        if not name.endswith(".tf"):
            found[name] = text
            continue
        for number, part in enumerate(_BLOCK.split(text)):
            found[f"{name[:-3]}_{number}.tf"] = part
    return found


def reordered(files: Files) -> Files:
    """The blocks of each file from the last to the first."""
    return _everywhere(lambda text: "\n".join(reversed(_BLOCK.split(text))), ".tf")(files)


def reformatted(files: Files) -> Files:
    """Other blanks, and comments."""

    def changed(text: str) -> str:
        text = re.sub(r"^( +)", r"\1\1", text, flags=re.M)
        text = re.sub(r" += ", "=", text)
        return "# A remark.\n" + re.sub(r"\{$", "{ // here", text, flags=re.M)

    return _everywhere(changed, ".tf")(files)


def moved(files: Files) -> Files:
    """All of it in a module, with ``moved`` blocks for what was in the root."""
    found = inside_module(files)
    text = "\n".join(text for name, text in files.items() if name.endswith(".tf"))
    for type_, label in re.findall(r'^resource +"(\w+)" +"([\w-]+)"', text, re.M):
        to = f"module.access.{type_}.{label}"
        found["main.tf"] += f"\nmoved {{\n  from = {type_}.{label}\n  to   = {to}\n}}\n"
    return found


# --- Python ---------------------------------------------------------------------------------------


def unparsed(files: Files) -> Files:
    """Other quotes, blanks and lines, and no comments."""
    return _everywhere(lambda text: ast.unparse(ast.parse(text)), ".py")(files)


def names_of_python_changed(files: Files) -> Files:
    """Other names of parameters and local variables."""

    def changed(text: str) -> str:
        tree = ast.parse(text)
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            nodes = list(ast.walk(function))
            stored = {
                it.id for it in nodes if isinstance(it, ast.Name) and isinstance(it.ctx, ast.Store)
            }
            parameters = {it.arg for it in nodes if isinstance(it, ast.arg)}
            for node in nodes:
                if isinstance(node, ast.Name) and node.id in stored | parameters:
                    node.id += "_"
                elif isinstance(node, ast.arg):
                    node.arg += "_"
        return ast.unparse(tree)

    return _everywhere(changed, ".py")(files)


def helpers_extracted(files: Files) -> Files:
    """What handlers do in functions of their own."""

    def changed(text: str) -> str:
        tree = ast.parse(text)
        found: list[ast.stmt] = []
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef)
                and node.decorator_list
                and len(node.args.args) == 1
            ):
                call = f"helper_of_{node.name}({node.args.args[0].arg})"
                helper = ast.parse(f"def {call}:\n    pass").body[0]
                assert isinstance(helper, ast.FunctionDef)
                helper.body = node.body
                node.body = [ast.Return(ast.parse(call, mode="eval").body)]
                found.append(helper)
            found.append(node)
        tree.body = found
        return ast.unparse(ast.fix_missing_locations(tree))

    return _everywhere(changed, ".py")(files)


REWRITINGS: tuple[Callable[[Files], Files], ...] = (
    labels_renamed,
    locals_renamed,
    split,
    reordered,
    reformatted,
    moved,
    in_json,
    unparsed,
    names_of_python_changed,
    helpers_extracted,
)

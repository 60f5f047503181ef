"""Undefined names are those that pyflakes finds in the standard library, whole and with imports lost.

Symlint does not use pyflakes: importing it takes most of what a clean run with Python may cost, and it
reports quoted and local annotations, which raise nothing.
"""

from __future__ import annotations

import ast
import email
import http
import json
import multiprocessing
import unittest
import urllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyflakes.checker import Checker
from pyflakes.messages import UndefinedName

from symlint.sym.implementation.python_module import PythonModule, PythonProblem, parse
from symlint.sym.implementation.undefined import undefined_names

if TYPE_CHECKING:
    from types import ModuleType

PACKAGES = (email, http, json, multiprocessing, unittest, urllib)


def ours(module: PythonModule) -> set[tuple[int, str]]:
    return {(it.node.lineno, it.node.id) for it in undefined_names(module)}


def theirs(module: PythonModule) -> set[tuple[int, str]]:
    messages = Checker(module.tree).messages
    found = (it for it in messages if isinstance(it, UndefinedName))
    return {(it.lineno, it.message_args[0]) for it in found}


@pytest.mark.no_cover
@pytest.mark.parametrize("package", PACKAGES, ids=lambda it: it.__name__)
def test_the_standard_library(package: ModuleType) -> None:
    compared = lost = 0
    for path in sorted(Path(package.__path__[0]).glob("*.py")):
        module = parse(path.read_text(encoding="utf-8"))
        assert not isinstance(module, PythonProblem)
        names = {it.id for it in module.nodes if isinstance(it, ast.Name)}
        if module.scopes.has_star_import or names & {"exec", "globals"}:
            continue
        assert ours(module) == theirs(module), path
        compared += 1
        imports = [it for it in module.tree.body if isinstance(it, (ast.Import, ast.ImportFrom))]
        if imports:
            module.tree.body.remove(imports[-1])
            without = PythonModule(module.tree, tuple(ast.walk(module.tree)))
            assert ours(without) == theirs(without), path
            lost += len(ours(without))
    assert compared
    assert lost

"""Names in the Python of a flow that Sym knows: handlers, decorators, and what the SDK offers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from symlint.language_server.features import markdown
from symlint.language_server.features.cursor import word_at
from symlint.report.markup import code_block, code_span, escape_markdown
from symlint.sym.implementation.carried import implementations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import Range, SourceFile
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.catalogue.sdk_api.api import SdkApi
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.configuration import SymConfiguration


def name_hover(snapshot: Snapshot, source: SourceFile, offset: int) -> tuple[str, Range] | None:
    """What the name at a place of a file of Python is to Sym; None where it is nothing."""
    first, last = word_at(source.text, offset)
    word = source.text[first:last]
    for sym in snapshot.configurations_of(source.path) if word else ():
        for code, module in _codes(sym, source.path):
            for node, (start, end) in _named(code, module, word):
                place = code.place(start, end)
                if place is None or place.path != source.path:
                    continue
                if place.start <= offset <= place.end:
                    text = _facts(sym.catalogue, module, node)
                    return (text, place) if text else None
    return None


def _codes(sym: SymConfiguration, path: str) -> Iterator[tuple[Code, PythonModule]]:
    """The code of a configuration that a file has a part of."""
    for one in sym.once(implementations):
        code = one.code
        module = None if code is None else code.module
        if code is not None and module is not None and any(it.path == path for it in code.files):
            yield code, module


def _named(
    code: Code, module: PythonModule, word: str
) -> Iterator[tuple[ast.AST, tuple[int, int]]]:
    """What has a name, with the offsets of the name."""
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id == word:
            yield node, code.span(node)
        elif isinstance(node, ast.Attribute) and node.attr == word:
            end = code.span(node)[1]
            yield node, (end - len(word), end)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == word:
            yield node, code.name_span(node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if word in (alias.name, alias.asname):
                    yield ast.alias(f"{node.module}.{alias.name}"), code.span(alias)


def _facts(catalogue: Catalogue, module: PythonModule, node: ast.AST) -> str:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return _handler(catalogue.sdk, node.name)
    meaning = node.name if isinstance(node, ast.alias) else None
    if isinstance(node, (ast.Name, ast.Attribute)):
        meaning = module.meanings.of(node)
    return _of_sdk(catalogue.sdk_api, meaning) if meaning else ""


def _handler(sdk: Sdk, name: str) -> str:
    """What a function of some name is for, where Sym calls it; "" for any other."""
    found = sdk.handlers.get(name)
    if found is not None:
        replaced = f"Write {markdown.code(found.replaced_by)} instead." if found.replaced_by else ""
        return markdown.paragraphs(
            [
                f"**{escape_markdown(name)}**: {found.decorator} that Sym calls",
                f"{escape_markdown(found.description)}." if found.description else "",
                f"It gets {markdown.code(found.parameters)}." if found.parameters else "",
                f"It returns {escape_markdown(found.returns)}." if found.returns else "",
                f"It is {found.status}. {replaced}" if found.status != "current" else "",
            ]
        )
    for prefix in sdk.hook_prefixes:
        if name.removeprefix(prefix) in sdk.hook_steps:
            step = code_span(name.removeprefix(prefix))
            return f"**{escape_markdown(name)}**: hook that Sym calls at the step {step}"
    return ""


def _of_sdk(api: SdkApi, name: str) -> str:
    """What a dotted name of the SDK is; "" for any other."""
    dotted = api.resolve(name)
    function, known = api.functions.get(dotted or ""), api.classes.get(dotted or "")
    if function is not None:
        module, _, own = function.name.rpartition(".")
        return markdown.paragraphs(
            [
                "\n".join(code_block([f"{own}{function.text}"], "python")),
                f"{function.kind} of {code_span(module)}",
            ]
        )
    if known is not None:
        fields = markdown.code([it.name for it in api.fields(known)])
        values = markdown.code(known.values)
        return markdown.paragraphs(
            [
                f"Class {code_span(known.name)}",
                f"Fields: {fields}." if fields else "",
                f"Values: {values}." if values else "",
            ]
        )
    return f"Module {code_span(dotted)} of the SDK" if dotted and dotted in api.modules else ""

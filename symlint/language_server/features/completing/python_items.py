"""What can be written in the Python of a flow: keys that Terraform gives, handlers, the SDK."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from symlint.language_server.features.completing.sdk_items import sdk_names
from symlint.language_server.features.completing.word import Item
from symlint.report.markup import escape_markdown
from symlint.source.text import Range
from symlint.sym.event.given import (
    FIELDS,
    FILTER_VARIABLES,
    FORM_FIELDS,
    FORM_VARIABLES,
    INTEGRATIONS,
    VARIABLES,
    given,
    views_of,
)
from symlint.sym.implementation.carried import implementations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.language_server.features.completing.word import ItemKind
    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import SourceFile
    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.model.configuration import SymConfiguration

_KEY: Final = re.compile(
    r"\b(?P<map>vars|flow_vars|flows_filter_vars|fields|integrations)"
    r"""(?:\[|\.get\()\s*["'](?P<word>[\w-]*)\Z"""
)
_MEANINGS: Final = {
    "vars": (VARIABLES,),
    "flow_vars": (FORM_VARIABLES,),
    "flows_filter_vars": (FILTER_VARIABLES,),
    "fields": (FIELDS, FORM_FIELDS),
    "integrations": (INTEGRATIONS,),
}
_FUNCTION: Final = re.compile(r"^(?:async[ ]+)?def[ ]+(?P<word>\w*)\Z")
_DECORATOR: Final = re.compile(r"^@(?P<word>\w*)\Z")
_LAST: Final = re.compile(r"\w*\Z")
_LONGEST: Final = 1_000
"""How many characters before the place are looked at."""


def python_items(snapshot: Snapshot, source: SourceFile, offset: int) -> Iterator[Item]:
    """What can be written at a place of a file of Python; the text need not be complete."""
    line = source.text[source.text.rfind("\n", 0, offset) + 1 : offset][-_LONGEST:]
    for sym in snapshot.configurations_of(source.path):
        if match := _KEY.search(line):
            for label, detail in _keys(sym, source.path, match["map"]).items():
                yield Item(label, "variable", _word(source, offset, match["word"]), detail)
        elif match := _FUNCTION.search(line):
            for label, detail in _handlers(sym.catalogue.sdk).items():
                range_ = _word(source, offset, match["word"])
                yield Item(label, "function", range_, "", escape_markdown(detail))
        elif match := _DECORATOR.search(line):
            for decorator in sym.catalogue.sdk.decorators.values():
                if decorator.status == "current":
                    range_ = _word(source, offset, match["word"])
                    yield Item(decorator.name, "function", range_, decorator.module)
        else:
            word = _LAST.search(line)
            range_ = _word(source, offset, "" if word is None else word.group())
            for label, detail in sdk_names(sym.catalogue.sdk_api, source.text, line).items():
                kind: ItemKind = "function" if detail.startswith("(") else "class"
                yield Item(label, kind, range_, detail)
        return


def _word(source: SourceFile, offset: int, word: str) -> Range:
    return Range(source, offset - len(word), offset)


def _carried(sym: SymConfiguration, path: str) -> Iterator[Implementation]:
    for one in sym.once(implementations):
        if one.code is not None and any(it.path == path for it in one.code.files):
            yield one


def _keys(sym: SymConfiguration, path: str, map_: str) -> dict[str, str]:
    """The keys of a map that the flows give which run the code, with the address of one of them."""
    found: dict[str, str] = {}
    for one in _carried(sym, path):
        for view in views_of(one):
            for meaning in _MEANINGS[map_]:
                known = given(view, meaning)
                for key in () if known is None else known.values:
                    found.setdefault(key, str(view.address))
    return found


def _handlers(sdk: Sdk) -> dict[str, str]:
    """The functions that Sym calls by name, with what each is for."""
    found = {
        handler.name: handler.description
        for handler in sdk.handlers.values()
        if handler.status == "current"
    }
    for prefix in sdk.hook_prefixes:
        for step in sdk.hook_steps:
            found.setdefault(f"{prefix}{step}", "")
    return found

"""Names of the Python SDK that can be written at a place: found in the text, which need not be complete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.sym.catalogue.sdk_api.api import SdkApi

_FROM: Final = re.compile(r"^\s*from\s+(?P<module>sym[\w.]*)\s+import\s+\(?(?:\w+\s*,\s*)*\w*\Z")
_MODULE: Final = re.compile(r"^\s*(?:from|import)\s+(?P<module>sym[\w.]*)\.\w*\Z")
_MEMBER: Final = re.compile(r"(?<![\w.\"'])(?P<owner>[A-Za-z_]\w*)\.\w*\Z")
_IMPORT: Final = re.compile(
    r"^[ \t]*from[ \t]+(?P<module>sym[\w.]*)[ \t]+import[ \t]*(?P<names>\([^)]*\)|[^\n]*)",
    re.MULTILINE,
)
_NAME: Final = re.compile(r"(?P<name>\w+)(?:\s+as\s+(?P<own>\w+))?")


def sdk_names(api: SdkApi, text: str, line: str) -> dict[str, str]:
    """What a line up to the cursor can go on with, with the signatures of functions."""
    if match := _FROM.match(line):
        return _names_of(api, match["module"])
    if match := _MODULE.match(line):
        return dict.fromkeys(_modules_below(api, match["module"]), "module")
    match = _MEMBER.search(line)
    dotted = None if match is None else _imported(text).get(match["owner"])
    return {} if dotted is None else _names_of(api, api.resolve(dotted) or dotted)


def _modules_below(api: SdkApi, module: str) -> list[str]:
    start = f"{module}."
    below = (name.removeprefix(start) for name in api.modules if name.startswith(start))
    return [name for name in below if "." not in name and not name.startswith("_")]


def _imported(text: str) -> dict[str, str]:
    """What each name is that is imported from the SDK, dotted."""
    found: dict[str, str] = {}
    for match in _IMPORT.finditer(text):
        for name in _NAME.finditer(match["names"].partition("#")[0]):
            found[name["own"] or name["name"]] = f"{match['module']}.{name['name']}"
    return found


def _names_of(api: SdkApi, owner: str) -> dict[str, str]:
    """The public names of a module or a class."""
    found: dict[str, str] = {}
    for name, canonical in api.modules.get(owner, {}).items():
        function = api.functions.get(canonical)
        found[name] = "" if function is None else function.text
    if owner in api.modules:
        found.update(dict.fromkeys(_modules_below(api, owner), "module"))
    known = api.classes.get(owner)
    if known is not None:
        found.update(dict.fromkeys(known.values, "member"))
        for parent in (owner, *known.bases):
            start = f"{parent}."
            for canonical in api.functions:
                if canonical.startswith(start):
                    found.setdefault(canonical.removeprefix(start), api.functions[canonical].text)
    return {name: text for name, text in found.items() if not name.startswith("_")}

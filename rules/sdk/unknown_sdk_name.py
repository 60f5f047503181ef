"""Checks that what Python code uses of the SDK exists, and is called as it wants to be."""

from __future__ import annotations

import ast
import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.rules._python import PythonRule, function_around
from symlint.rules._python_examples import SDK, with_code
from symlint.rules.sdk._calls import (
    api_of,
    call_of,
    free_names,
    mismatch,
    one_question,
    shown,
    used,
)
from symlint.rules.sdk._guards import is_guarded
from symlint.sym.words import either
from symlint.sym.words import shown as shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.rules.sdk._calls import Mismatch
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.sdk_api.api import Parameter, SdkApi, SdkFunction
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.sdk_types import SdkTypes

_ELSEWHERE: Final = (
    "sym.sdk.annotations.",
    "sym.sdk.templates.ApprovalTemplate.",
    "sym.sdk.templates.Template.",
)
"""What other rules judge the calls of."""

_MOST_NAMES: Final = 12
"""Of more names that there are, none is listed."""

_BAD = """

@hook
def after_approve(event):
    slack.post_message(slack.channel("#access"), "Approved.")
"""


class UnknownSdkName(PythonRule):
    """What Python code imports, reads and calls of Sym's SDK exists, and is called as it is defined.

    A module or name that the SDK does not have raises an `ImportError` when Sym loads the code, or an
    `AttributeError` when the line is reached; arguments that a function does not take, and those that are
    missing, raise a `TypeError`. Most functions of integrations take all but the user by name alone:
    `okta.is_user_in_group(event.user, group_id="...")`.

    The SDK's last version is 0.61.0 of January 2024; what older versions had is said to be gone.

    **Not flagged.** Imports in `try` with `except ImportError`, and under `if TYPE_CHECKING`; calls with `*args` or
    `**kwargs`, as far as these may give what is missing; attributes of objects such as `event` and
    `event.user`. How `ApprovalTemplate` and models are called is the matter of `template-call` and
    `permission-value`.
    """

    question = "does the SDK have what the code uses?"
    code = "SYM612"
    name = "unknown-sdk-name"
    severity = "error"
    sources = (SDK, "https://pypi.org/project/sym-sdk/", "https://sdk.docs.symops.com/")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace("post_message", "send_message"))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether all imports, attributes and calls of the SDK are right."""
        yield from one_question(self._findings(one, code, module))

    def _findings(self, one: Implementation, code: Code, module: PythonModule) -> Iterator[Finding]:
        from symlint.sym.implementation.sdk_types import SdkTypes

        api = api_of(one)
        for node in module.nodes:
            if isinstance(node, ast.ImportFrom) and not node.level:
                if _is_of_sym(node.module or "") and not is_guarded(module, node):
                    yield from self._import_from(one, code, api, node)
            elif isinstance(node, ast.Import):
                if not is_guarded(module, node):
                    yield from self._import(one, api, node)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield from self._attribute(one, code, module, node)
        types = SdkTypes(api, module)
        for call in module.calls:
            yield from self._call(one, types, call)

    # --- names ---

    def _import_from(
        self, one: Implementation, code: Code, api: SdkApi, node: ast.ImportFrom
    ) -> Iterator[Finding]:
        source = node.module or ""
        found = api.resolve(source)
        if found is None or found not in api.modules:
            start, end = code.span(node)
            match = re.compile(r"from\s+([\w.]+)").match(code.text, start, end)
            place = (start, end) if match is None else match.span(1)
            yield self._no_module(one, place, function_around(one, node), source)
            return
        for alias in node.names:
            if alias.name != "*" and api.resolve(f"{found}.{alias.name}") is None:
                yield self.at(
                    one,
                    alias,
                    f"{source} has no {alias.name}",
                    why=_why_import(function_around(one, node)),
                    help_=_help(one.view.sym.catalogue, found, alias.name),
                )

    def _import(self, one: Implementation, api: SdkApi, node: ast.Import) -> Iterator[Finding]:
        for alias in node.names:
            if _is_of_sym(alias.name) and api.resolve(alias.name) not in api.modules:
                assert one.code is not None
                start = one.code.span(alias)[0]
                place = (start, start + len(alias.name))
                yield self._no_module(one, place, function_around(one, node), alias.name)

    def _no_module(
        self, one: Implementation, place: tuple[int, int], function: str, name: str
    ) -> Finding:
        from symlint.source.close_names import close_name

        catalogue = one.view.sym.catalogue
        owner, _, last = name.rpartition(".")
        modules = catalogue.sdk_api.modules
        moved = name.replace("sym.", "sym.sdk.", 1)
        meant = close_name(name, (it for it in modules if "._" not in it))
        help_ = f"did you mean {meant}?" if meant else _help(catalogue, owner, last)
        if catalogue.sdk_api.resolve(name) is not None:
            help_ = f"write from {owner} import {last}"
        elif moved in modules:
            help_ = f"write {moved}"
        return self.at(
            one,
            place,
            f"the SDK has no module {name}",
            why=_why_import(function),
            help_=help_,
            function=function,
        )

    def _attribute(
        self, one: Implementation, code: Code, module: PythonModule, node: ast.Attribute
    ) -> Iterator[Finding]:
        api = api_of(one)
        owner = used(api, module, node.value)
        if owner is None or not _lacks(api, owner, node.attr):
            return
        end = code.span(node)[1]
        yield self.at(
            one,
            (end - len(node.attr), end),
            f"{shown(owner) if owner in api.classes else owner} has no {node.attr}",
            why="Python raises an AttributeError when this line is reached.",
            help_=_help(one.view.sym.catalogue, owner, node.attr),
            function=function_around(one, node),
        )

    # --- calls ---

    def _call(self, one: Implementation, types: SdkTypes, call: ast.Call) -> Iterator[Finding]:
        function = _called(types, call)
        if function is None:
            return
        parameters = function.signature.parameters
        wrong = mismatch(call, parameters)
        if wrong is not None:
            # A class may have the constructor of another one.
            cls = types.api.cls(types.name(call.func) or "")
            what = shown(function.name if cls is None else cls.name)
            yield self._wrong_call(one, call, what, parameters, wrong)

    def _wrong_call(
        self,
        one: Implementation,
        call: ast.Call,
        what: str,
        parameters: Iterable[Parameter],
        wrong: Mismatch,
    ) -> Finding:
        from symlint.source.close_names import close_name

        assert one.code is not None
        free = free_names(call, parameters)
        names = either(wrong.names, "and") if wrong.names else ""
        help_ = f"write {call_of(shortened(ast.unparse(call.func)), parameters)}"
        place: ast.expr | tuple[int, int] = call.func
        if isinstance(wrong.node, ast.keyword):
            start = one.code.span(wrong.node)[0]
            place = (start, start + len(wrong.names[0]))
        elif wrong.node is not None:
            place = wrong.node
        if wrong.kind == "unknown":
            title = f"{what} has no parameter {names}"
            meant = close_name(wrong.names[0], free)
            if meant or free:
                help_ = f"did you mean {meant}?" if meant else f"use what it has: {', '.join(free)}"
        elif wrong.kind == "missing":
            title = f"{what} is called without {names}"
        elif wrong.kind == "twice":
            title = f"{what} is given {names} twice"
        elif free:
            title = f"{what} takes {either(free, 'and')} by name alone"
        else:
            title = f"{what} takes no further argument"
        return self.at(
            one,
            place,
            title,
            why="Python raises a TypeError when this line is reached.",
            help_=help_,
            function=function_around(one, call),
        )


def _why_import(function: str) -> str:
    if function:
        return "Python raises an ImportError when this line is reached, and the request fails."
    return "Python raises an ImportError when Sym loads the code: nothing of it can run."


def _is_of_sym(name: str) -> bool:
    return name == "sym" or name.startswith("sym.")


def _called(types: SdkTypes, call: ast.Call) -> SdkFunction | None:
    """The function, method or constructor of the SDK that is surely called; of those that are
    judged here."""
    name = types.name(call.func)
    if name is None:
        method = types.method(call.func)
        return method if method is not None and method.kind == "method" else None
    cls = types.api.classes.get(name)
    if cls is not None:
        return types.api.function(f"{name}.__init__") if cls.kind == "class" else None
    function = types.api.functions.get(name)
    if function is None or function.kind in ("property", "method"):
        return None
    return None if name.startswith(_ELSEWHERE) else function


def _lacks(api: SdkApi, owner: str, name: str) -> bool:
    """Whether what is canonically ``owner`` surely has no attribute ``name``."""
    if name.startswith("__") or api.resolve(f"{owner}.{name}") is not None:
        return False
    if owner in api.modules:
        return True
    cls = api.classes.get(owner)
    return cls is not None and cls.kind == "enum" and not hasattr(str, name)


def _help(catalogue: Catalogue, owner: str, name: str) -> str:
    """What to do about ``name``, which ``owner`` does not have."""
    from symlint.source.close_names import close_name

    gone = catalogue.sdk_history.gone_since(f"{owner}.{name}")
    if gone is not None:
        return f"do without it: version {gone} of sym-sdk, and those since, do not have it"
    api = catalogue.sdk_api
    there = _names_of(api, owner)
    meant = close_name(name, there)
    if meant is not None:
        return f"did you mean {meant}?"
    if name in api.imports:
        return f"write from {api.imports[name]} import {name}"
    if 0 < len(there) <= _MOST_NAMES:
        return f"use what it has: {', '.join(there)}"
    return f"use what version {api.version} of sym-sdk has, the last one"


def _names_of(api: SdkApi, owner: str) -> tuple[str, ...]:
    """The names that are the owner's own."""
    if owner in api.classes:
        return tuple(api.classes[owner].values)
    names = api.modules.get(owner, {})
    return tuple(
        name
        for name, it in names.items()
        if it == f"{owner}.{name}" and not name.startswith("_") and "." in it
    )

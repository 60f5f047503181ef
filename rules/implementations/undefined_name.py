"""Checks that Python code defines or imports the names that it uses."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, Fix, RelatedRange
from symlint.named_tuple import NamedTuple
from symlint.rules._python import PythonRule, range_of
from symlint.rules._python_examples import IMPORTS, SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.close_names import CloseNames
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import Scope
    from symlint.sym.implementation.undefined import Undefined

_MOST_PLACES: Final = 5
"""How many further uses of a name are shown."""

_OF_DATETIME: Final = ("timedelta", "timezone")
"""Names of the module ``datetime`` that are nothing else's."""

_BAD = """

@hook
def on_request(event):
    if event.user.get_event_count(ApprovalTemplateStep.ESCALATE) == 0:
        return ApprovalTemplate.deny()
"""

_IMPORTS = IMPORTS.replace("ApprovalTemplate\n", "ApprovalTemplate, ApprovalTemplateStep\n")


class Import(NamedTuple):
    """An import that defines a name; ``source`` is empty for that of a module as a whole."""

    source: str
    name: str

    def __str__(self) -> str:
        return f"from {self.source} import {self.name}" if self.source else f"import {self.name}"


class UndefinedName(PythonRule):
    """Python code defines or imports every name that it uses.

    A name that nothing defines raises a `NameError`: at once, and then Sym cannot load the code, or when
    its line is reached, and then the request fails. A forgotten import is the most common case. Where
    the SDK has the name, the fix adds the import.

    **Not flagged.** Code with `from ... import *`, `exec` or `globals`; names of builtins; annotations that Python does not
    evaluate; names in a `try` with `except NameError`.
    """

    question = "are all names defined?"
    code = "SYM613"
    name = "undefined-name"
    severity = "error"
    fixable = True
    sources = (SDK, "https://docs.python.org/3/reference/executionmodel.html#resolution-of-names")
    bad = with_code(_BAD)
    good = with_code(_BAD, imports=_IMPORTS)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether all names of the code are defined; one finding for each that is not."""
        from symlint.sym.implementation.undefined import undefined_names

        known: dict[Scope, CloseNames] = {}
        by_name: dict[str, list[Undefined]] = {}
        for undefined in module.once(undefined_names):
            by_name.setdefault(undefined.node.id, []).append(undefined)
        for found in by_name.values():
            yield self._undefined(one, code, module, found, known)
        if not by_name:
            yield PASSED

    def _undefined(
        self,
        one: Implementation,
        code: Code,
        module: PythonModule,
        found: list[Undefined],
        known: dict[Scope, CloseNames],
    ) -> Finding:
        first = found[0]
        name = first.node.id
        catalogue = one.view.sym.catalogue
        wanted = None if first.too_early else _import(catalogue, module, [it.node for it in found])
        fix = None
        if wanted is not None:
            from symlint.rules._python_imports import import_edit

            edit = import_edit(code, module, wanted.source, wanted.name, first.node)
            fix = edit and Fix(f"add {wanted}", (edit,), safe=True)
        others = [range_of(one, it.node) for it in found[1 : 1 + _MOST_PLACES]]
        return self.at(
            one,
            first.node,
            f"{name} is used before it is defined" if first.too_early else f"{name} is not defined",
            related=tuple(RelatedRange(it, "used here, too") for it in others if it is not None),
            why=_consequence(module, first.node),
            help_=_help(catalogue, module, first, wanted, known),
            fix=fix,
        )


def _consequence(module: PythonModule, name: ast.Name) -> str:
    if module.scopes.function_of(name) is None:
        return "Python raises a NameError when Sym loads the code: nothing of it can run."
    return "Python raises a NameError when this line is reached, and the request fails."


def _help(
    catalogue: Catalogue,
    module: PythonModule,
    undefined: Undefined,
    wanted: Import | None,
    known: dict[Scope, CloseNames],
) -> str:
    """What to do. ``known`` has what scopes bind, of which other names have been asked before."""
    from symlint.source.close_names import CloseNames, close_name, nearest

    name = undefined.node.id
    if undefined.too_early:
        return f"move this behind the definition of {name}"
    if wanted is not None:
        return f"add {wanted}"
    if name == "datetime":
        return "add import datetime, or from datetime import datetime"
    scopes = tuple(module.scopes.around(undefined.node))
    for scope in scopes:
        if scope not in known:
            known[scope] = CloseNames(scope.bound)
    meant = nearest(name, [known[it] for it in scopes])
    if meant is not None:
        return f"did you mean {meant}?"
    imports = catalogue.sdk_api.imports
    if name in imports:
        return f"define {name}, or add {Import(imports[name], name)}"
    meant = close_name(name, imports)
    if meant is not None:
        return f"did you mean {meant}? Add {Import(imports[meant], meant)}"
    return f"define {name}, or import it"


def _import(catalogue: Catalogue, module: PythonModule, uses: list[ast.Name]) -> Import | None:
    """The one import that surely gives a name what its uses expect of it."""
    name = uses[0].id
    attributes = {_attribute(module, use) for use in uses}
    if name in catalogue.sdk.imports.allowed and name != "datetime":
        return None if None in attributes else Import("", name)
    if name in _OF_DATETIME:
        return Import("datetime", name)
    api = catalogue.sdk_api
    source = api.imports.get(name)
    if source is None:
        return None
    qualified = f"{source}.{name}"
    # A module has a common word for its name: it is meant if it has what is asked of it.
    if qualified in api.modules and any(it not in api.modules[qualified] for it in attributes):
        return None
    return Import(source, name)


def _attribute(module: PythonModule, name: ast.Name) -> str | None:
    """What is asked of a name: "loads" in ``json.loads``; None for another use."""
    parent = module.scopes.parent(name)
    return parent.attr if isinstance(parent, ast.Attribute) else None

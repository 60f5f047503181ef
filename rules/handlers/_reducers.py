"""What rules share about reducers: which there must be, and which name was meant."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import Fix

if TYPE_CHECKING:
    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import Handler, PythonModule
    from symlint.sym.implementation.scopes import Binding, FunctionDef

_QUALIFIED: Final = "sym.sdk.annotations.reducer"


def needed_reducers(sdk: Sdk, kind: str) -> tuple[str, ...]:
    """The reducers of which the code of a resource must have one, the one to write first."""
    needed = [name for name, it in sdk.handlers.items() if kind in it.needed_by]
    return (
        *needed,
        *(
            name
            for name, it in sdk.handlers.items()
            if it.status == "deprecated" and set(it.replaced_by) & set(needed)
        ),
    )


def meant_handler(sdk: Sdk, handler: Handler) -> str | None:
    """The name that a handler with an unknown one was meant to have; None for a known name."""
    entry = sdk.handlers.get(handler.name)
    if entry is not None:
        return next(iter(entry.replaced_by), None) if entry.status == "dead" else None
    from symlint.source.close_names import close_name

    names = [name for name, it in sdk.handlers.items() if it.decorator == handler.decoration]
    if handler.decoration == "hook":
        names += [f"{prefix}{step}" for prefix in sdk.hook_prefixes for step in sdk.hook_steps]
    return None if handler.name in names else close_name(handler.name, names)


def is_undecorated(binding: Binding) -> bool:
    """Whether a name is bound by a function without any decorator."""
    import ast

    function = binding.node
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return not function.decorator_list


def decorating(code: Code, module: PythonModule, function: FunctionDef) -> Fix | None:
    """The fix that writes the decorator above a function, and its import where that is lacking."""
    from symlint.rules._python_imports import import_edit, insertion

    name = _imported(module)
    bound = module.scopes.bindings_of_text(name)
    if any(it.kind != "import" or it.qualified != _QUALIFIED for it in bound):
        return None
    source, _, imported = _QUALIFIED.rpartition(".")
    edits = [] if bound else [import_edit(code, module, source, imported, function)]
    start = code.span(function)[0]
    indent = code.line(start)[: function.col_offset]
    edits.append(insertion(code, start, f"@{name}\n{indent}"))
    known = tuple(it for it in edits if it is not None)
    if len(known) < len(edits):
        return None
    return Fix(f"write @{name} above def {function.name}", known, safe=True)


def _imported(module: PythonModule) -> str:
    """The name that the decorator is imported under."""
    import ast

    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom):
            for it in statement.names:
                if f"{statement.module}.{it.name}" == _QUALIFIED:
                    return it.asname or it.name
    return "reducer"

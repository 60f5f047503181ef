"""Checks the function that answers a change of a prompt field."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, Fix, RelatedRange
from symlint.rules._examples import configuration
from symlint.rules._python import PythonRule, edit
from symlint.rules._python_examples import FLOW, IMPORTS
from symlint.source.close_names import close_name
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.returns import Result
    from symlint.sym.implementation.scopes import FunctionDef

_FIELDS: Final = """params {
    prompt_field {
      name           = "urgency"
      type           = "string"
      allowed_values = ["low", "high"]
      on_change      = file("${path.module}/on_change.py")
    }

    prompt_field {
      name     = "incident"
      type     = "string"
      required = false
    }
  }"""
_CODE: Final = """def on_change_urgency(username, form):
    form.fields["incident"].required = form.fields["urgency"].value == "high"
    return form
"""
_FILES: Final = {**configuration(FLOW.replace("params {}", _FIELDS)), "impl.py": IMPORTS}


class OnChangeFunction(PythonRule):
    """The code of `on_change` has the function `on_change_<field>`, which returns the form.

    Sym calls the function with the name of the user and the form when the value of the field changes, and
    shows the form that it returns. A function with another name is never called. One that returns nothing
    leaves Sym without a form (a **warning** if it returns one on some ways). Fields that the form does not
    have, and what of a field cannot be assigned, raise exceptions.

    A dash in the name of a field is an underscore in that of the function.

    **Not flagged.** Fields and names that are not known; functions that only raise an exception; fields that
    are read only where a test says that they are there, or that another flow with the same code has.
    """

    roles = ("on_change",)
    question = "does its code answer the change of the field?"
    code = "SYM608"
    name = "on-change-function"
    other_severities = ("warning", "note")
    severity = "error"
    fixable = True
    about = ("flows.prompt_fields.on_change",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
        "https://docs.symops.com/docs/conditional-fields",
    )
    bad = {**_FILES, "on_change.py": _CODE.replace("    return form\n", "")}  # noqa: RUF012 - as others are written
    good = {**_FILES, "on_change.py": _CODE}  # noqa: RUF012 - as above

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether the function is there, can be called, and returns the form."""
        field = None if one.field is None else one.field.name.string
        field = None if field is None else _in_python(field)
        if field is None or not field.isidentifier() or module.scopes.has_star_import:
            yield self.undecided(one.used, self.question, "the name of the field is not known")
            return
        name = one.view.sym.catalogue.sdk.on_change.function.format(field=field)
        function = module.function(name)
        if function is not None:
            found: list[Outcome] = [*self._judge(one, code, function)]
            found = found or [*self._returned(one, code, module, function)]
            found += [*self._assigned(one, module), *self._reads(one, module, function)]
            yield from found or (PASSED,)
        elif module.scopes.bindings_of_text(name):
            yield self.undecided(one.used, self.question, f"what {name} is is not known")
        elif code.text.strip():
            yield self._missing(one, code, module, name)

    def _missing(self, one: Implementation, code: Code, module: PythonModule, name: str) -> Finding:
        flow_fields = tuple(map(_in_python, _field_names(one) or ()))
        others = [
            it
            for it in module.functions
            if it.name.startswith("on_change_") and it.name[len("on_change_") :] not in flow_fields
        ]
        near = close_name(name, [it.name for it in module.functions])
        meant = others[0] if len(others) == 1 else module.function(near or "")
        parameters = ", ".join(one.view.sym.catalogue.sdk.on_change.parameters)
        return self.at(
            one,
            None if meant is None else code.name_span(meant),
            f"the code of on_change has no function {name}",
            label="never called" if meant else f"{name} is missing",
            related=_of_field(one),
            why="Sym calls the function by the name of the field. As it stands, a change of the field does "
            "nothing.",
            help_=f"write def {name}({parameters})",
        )

    def _judge(self, one: Implementation, code: Code, function: FunctionDef) -> Iterator[Finding]:
        from symlint.sym.implementation.arity import takes

        name, place = function.name, code.name_span(function)
        parameters = one.view.sym.catalogue.sdk.on_change.parameters
        written = f"write def {name}({', '.join(parameters)})"
        if function.decorator_list:
            return
        if isinstance(function, ast.AsyncFunctionDef):
            yield self.at(
                one,
                place,
                f"{name} is asynchronous",
                label="async",
                why="Sym does not wait for it: nothing of its body is run.",
                help_=written,
                function=name,
            )
        elif not takes(function, len(parameters)):
            yield self.at(
                one,
                place,
                f"{name} does not take what Sym gives it",
                label="Sym gives it the name of the user and the form",
                related=_of_field(one),
                why="Python raises a TypeError when the value of the field changes.",
                help_=written,
                function=name,
            )

    def _returned(
        self, one: Implementation, code: Code, module: PythonModule, function: FunctionDef
    ) -> Iterator[Finding]:
        """The ways on which nothing is returned, or surely something else than the form."""
        from symlint.sym.implementation.returns import results_of, ways_without_value

        without, ways = ways_without_value(function)
        wrong = [*without, *(it for it in results_of(function).results if _is_other(module, it))]
        if not wrong or function.decorator_list:
            return
        statement = next((it.statement for it in wrong if it.statement is not None), None)
        always = bool(without) and len(without) == ways
        nothing = bool(without)
        yield self.at(
            one,
            code.name_span(function) if statement is None else statement,
            f"{function.name} does not return the form{' on each way' if nothing and not always else ''}",
            label="returns nothing" if nothing else "is not the form",
            related=_of_field(one),
            why="Sym shows the form that the function returns. Without one, the change has no effect.",
            help_=f"end the function with return {_form_of(function)}",
            severity="warning" if nothing and not always else None,
            function=function.name,
        )

    def _reads(
        self, one: Implementation, module: PythonModule, function: FunctionDef
    ) -> Iterator[Outcome]:
        """Fields that the form does not have."""
        from symlint.sym.event.asked import tested
        from symlint.sym.event.facts import facts_of
        from symlint.sym.event.given import FORM_FIELDS, given, others_have
        from symlint.sym.implementation.reads import reads_of
        from symlint.sym.model.flows import Flow

        assert isinstance(one.view, Flow)
        names, map_ = _field_names(one), given(one.view, FORM_FIELDS)
        facts = facts_of(one, module, one.view)
        for read in reads_of(module, FORM_FIELDS).known:
            if map_ is None or not _concerns(module, function, read.node):
                continue
            if names is None:
                reason = "the fields of the flow are not all known"
                yield self.undecided(one.used, self.question, reason)
                return
            if read.how == "in" or map_.has(read.key) is not False or not facts.reaches(read.whole):
                continue
            if read.how == "get" and (
                read.whole in module.once(tested) or others_have(one, FORM_FIELDS, read.key)
            ):
                continue
            near = close_name(read.key, names)
            change = None if near is None else edit(one, read.node, f'"{near}"')
            fails = read.how == "item" or isinstance(
                module.scopes.parent(read.whole), ast.Attribute
            )
            yield self.at(
                one,
                read.node,
                f'the form has no field "{read.key}"',
                label="no such field",
                related=_of_fields(one),
                why="The function fails when the value of the field changes."
                if fails
                else "What is read here is always None.",
                help_=f"did you mean {near}?" if near else f"the fields are {either(names, 'and')}",
                fix=change and Fix(f'write "{near}"', (change,), safe=False),
                severity=None if fails else "note",
            )

    def _assigned(self, one: Implementation, module: PythonModule) -> Iterator[Finding]:
        """Attributes of fields that cannot be assigned, or that fields do not have."""
        catalogue = one.view.sym.catalogue
        model = catalogue.sdk_api.cls("sym.sdk.forms.PromptField")
        known = () if model is None else [it.name for it in catalogue.sdk_api.fields(model)]
        immutable = catalogue.sdk.on_change.immutable
        for node in module.nodes:
            if not isinstance(node, ast.Attribute) or isinstance(node.ctx, ast.Load):
                continue
            owner = module.meanings.of(node.value) or ""
            wrong = node.attr in immutable or node.attr not in known
            if owner.startswith('form.fields["') and owner.count("[") == 1 and "]." not in owner:
                if not wrong:
                    continue
                changeable = [it for it in known if it not in immutable]
                what = "cannot be changed" if node.attr in immutable else "does not exist"
                yield self.at(
                    one,
                    node,
                    f"{node.attr} of a field of the form {what}",
                    label="cannot be assigned",
                    why="The SDK raises an exception, and the change has no effect.",
                    help_=f"a field has {either(changeable, 'and')} to be changed",
                )


def _field_names(one: Implementation) -> tuple[str, ...] | None:
    """The names of the fields that the form may have; None where they are not all known."""
    from symlint.sym.model.flows import Flow

    flow = one.view
    assert isinstance(flow, Flow)
    names = [field.name.string for field in flow.prompt_fields]
    if not flow.prompt_fields_known or None in names:
        return None
    return (*(it for it in names if it is not None), *flow.sym.catalogue.sdk.payload_fields)


def _in_python(field: str) -> str:
    """The name of a field as a part of that of a function."""
    return field.replace("-", "_")


def _of_field(one: Implementation) -> tuple[RelatedRange, ...]:
    assert one.field is not None
    return (RelatedRange(one.field.range("name"), "the field whose change it answers"),)


def _of_fields(one: Implementation) -> tuple[RelatedRange, ...]:
    from symlint.sym.model.flows import Flow

    flow = one.view
    assert isinstance(flow, Flow)
    names = [it.name.string or "" for it in flow.prompt_fields]
    return (RelatedRange(flow.params_header, f"the fields of the flow: {either(names, 'and')}"),)


def _concerns(module: PythonModule, function: FunctionDef, node: ast.expr) -> bool:
    """Whether a place belongs to the function of the field, and to that of no other field."""
    around = module.scopes.function_of(node)
    if around is function:
        return True
    return not any(
        it is not function and it.name.startswith("on_change_") for it in module.functions
    )


def _is_other(module: PythonModule, result: Result) -> bool:
    """Whether what is returned is surely a value that is not the form."""
    value = result.value
    if value is None or (isinstance(value, ast.Constant) and value.value is None):
        return False
    meaning = module.meanings.of(value) or ""
    known = (ast.Constant, ast.List, ast.Dict, ast.Tuple, ast.JoinedStr, ast.Compare)
    return isinstance(value, known) or meaning.startswith(("form.", "username"))


def _form_of(function: FunctionDef) -> str:
    names = [it.arg for it in (*function.args.posonlyargs, *function.args.args)]
    return names[1] if len(names) > 1 else "form"

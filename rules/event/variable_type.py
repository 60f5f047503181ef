"""Checks that Python takes the variables of a flow for the strings that they are."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.rules._python import PythonRule
from symlint.rules._python_examples import FLOW, SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.event.given import Given
    from symlint.sym.event.variables import Misuse
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow, FlowsFilter
    from symlint.terraform.values.value import Value

_CODE = """

import datetime


@hook
def on_approve(event):
    age = datetime.datetime.now() - event.payload.timestamp
    if age > datetime.timedelta(hours=event.flow.vars["hours"]):
        return ApprovalTemplate.ignore(message="This request is too old.")
"""
_VARS = '\n  vars = {\n    hours = "1.5"\n  }\n\n  params {}'
_READ = 'event.flow.vars["hours"]'
_FAILS: Final = ("ordered", "computed")


class VariableType(PythonRule):
    """Python takes the variables of a flow for strings.

    Every variable reaches the code as a string, whatever its type in Terraform. Compared with a number or
    a boolean it is never equal; `<`, `>` and arithmetic raise `TypeError`; and as a condition `"false"` counts as
    true.

    A variable as a condition is reported if it is `true` or `false` in Terraform: any other may be
    tested for being empty. One times a number is reported unless its text is surely no number.

    **Not flagged.** What is converted first: `int(...)`, `float(...)`, `== "true"`, `.lower()`, `.split(",")`.
    """

    question = "is the variable taken for a string?"
    code = "SYM619"
    name = "variable-type"
    severity = "warning"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    bad = with_code(_CODE, FLOW.replace("\n  params {}", _VARS))
    good = with_code(_CODE.replace(_READ, f"float({_READ})"), FLOW.replace("\n  params {}", _VARS))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether each flow's variables are strings to the code."""
        from symlint.sym.event.facts import facts_of
        from symlint.sym.event.given import given, views_of
        from symlint.sym.event.variables import misuses
        from symlint.sym.implementation.sdk_types import SdkTypes

        api = one.view.sym.catalogue.sdk_api
        found = module.once_for(misuses, lambda: misuses(module, SdkTypes(api, module)))
        if not found:
            yield PASSED
            return
        for view in views_of(one):
            facts = facts_of(one, module, view)
            for misuse in found:
                map_ = given(view, misuse.variable.meaning)
                if map_ is not None:
                    yield self._judge(one, code, view, misuse, map_, facts.reaches(misuse.node))

    def _judge(
        self,
        one: Implementation,
        code: Code,
        view: Flow | FlowsFilter,
        misuse: Misuse,
        map_: Given,
        reached: bool | None,
    ) -> Outcome:
        key = misuse.variable.key
        has = map_.has(key)
        value = map_.values.get(key)
        if has is False or reached is False or (misuse.how == "condition" and has is None):
            # What is missing is the question of unknown-flow-variable.
            return PASSED
        range_ = code.range(misuse.variable.node)
        if reached is None or has is None:
            reason = map_.reason or "whether it is read depends on what is not known"
            return self.undecided(range_, self.question, reason)
        assert value is not None
        if misuse.how == "repeated" and _is_no_number(value):
            return PASSED
        if misuse.how == "condition" and _boolean(value) is None:
            if value.is_unknown:
                from symlint.sym.model.texts import reason_of

                return self.undecided(range_, self.question, reason_of(value))
            return PASSED
        return self._finding(one, code, view, misuse, value)

    def _finding(
        self,
        one: Implementation,
        code: Code,
        view: Flow | FlowsFilter,
        misuse: Misuse,
        value: Value,
    ) -> Finding:
        from symlint.sym.event.moments import moment
        from symlint.sym.model.settings import map_range

        key, how = misuse.variable.key, misuse.how
        kind = misuse.kind
        node = misuse.variable.node
        written = value.origin or map_range(view, "vars")
        related = RelatedRange(written, f"the variable {key} of {view.local_name}")
        convert = "float" if "." in (value.string or "") else "int"
        read = code.source(node)
        read = read if len(read) < _LONGEST and "\n" not in read else key
        found = self.at(
            one,
            node,
            f'the variable "{key}" is a string, and {_WORDS[how].format(kind=f"a {kind}")}',
            label="always a string",
            related=(related,),
            help_=f'write {read} == "true"' if kind == "boolean" else f"write {convert}({read})",
        )
        why = _WHY[how]
        if how in _FAILS:
            why = f"The code raises TypeError {moment(found.function)}."
        elif how == "condition":
            why = 'Every text that is not empty counts as true, "false" as well.'
        return found._replace(why=why)


_LONGEST: Final = 60
_WORDS: Final = {
    "compared": "is compared with {kind}",
    "ordered": "is compared with {kind}",
    "computed": "is used as {kind}",
    "repeated": "is used as {kind}",
    "condition": "is used as a condition",
}
_WHY: Final = {
    "compared": "It is never equal to what it is compared with.",
    "ordered": "",
    "computed": "",
    "repeated": "A text times a number is the text, so many times.",
    "condition": "",
}


def _boolean(value: Value) -> bool | None:
    """What a variable says if it says true or false."""
    from symlint.sym.model.texts import text_of

    return {"true": True, "false": False}.get((text_of(value) or "").lower())


def _is_no_number(value: Value) -> bool:
    """Whether a variable surely says something else than a number."""
    from symlint.sym.model.texts import text_of

    text = text_of(value)
    return text is not None and not text.strip().lstrip("+-").replace(".", "", 1).isdigit()

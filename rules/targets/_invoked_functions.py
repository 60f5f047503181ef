"""Lambda functions that Python invokes with a connector that may not invoke them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.rules._python import function_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.rule import Rule
    from symlint.sym.catalogue.module_parts import Scope
    from symlint.sym.event.invocations import Invocation
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value

_QUESTION = "may the connector invoke the function that the code invokes?"


def invoked(
    rule: Rule, configuration: SymConfiguration, wrong: set[SymModule]
) -> Iterator[Outcome]:
    """Whether each function that code invokes is listed by the connector that it acts with.

    ``wrong`` are the connectors whose list itself is wrong.
    """
    scopes = [it.entry.scope for it in configuration.connectors]
    if not any(it is not None and it.kind == "arns" for it in scopes):
        return
    from symlint.sym.event.invocations import invocations

    for it in configuration.once(invocations):
        limits = [(one, scope) for one in it.connectors if (scope := one.entry.scope) is not None]
        if not limits or any(one in wrong or scope.kind != "arns" for one, scope in limits):
            continue
        answers = [_may_invoke(configuration, it, one, scope) for one, scope in limits]
        if True in answers:
            yield PASSED
        elif None in answers:
            assert it.one.code is not None
            yield rule.undecided(
                it.one.code.range(it.node), _QUESTION, "the functions cannot be compared"
            )
        else:
            yield _denied(rule, it, *limits[0])


def _may_invoke(
    sym: SymConfiguration, it: Invocation, connector: SymModule, scope: Scope
) -> bool | None:
    from symlint.sym.intent.connectors.lambda_functions import same_function
    from symlint.sym.intent.connectors.scopes import scope_value

    value = scope_value(connector, scope)
    elements = None if value is None else value.elements
    text = it.value.string
    if elements is None or (text is not None and not text.startswith("arn:")):
        return None
    answers = [same_function(sym, it.value, element) for element in elements]
    return True if True in answers else None if None in answers else False


def _denied(rule: Rule, it: Invocation, connector: SymModule, scope: Scope) -> Finding:
    from symlint.sym.intent.connectors.lambda_functions import read_or_written
    from symlint.sym.model.settings import first_line

    assert it.one.code is not None
    argument = connector.argument(scope.input)
    read = it.one.code.range(it.node)
    limit = (
        connector.header if argument is None else first_line(argument.value.origin, argument.range)
    )
    related = [RelatedRange(limit, f"{connector.title} may invoke these only")]
    written = read_or_written(it.value)
    if written is not None:
        related.append(RelatedRange(written, "the function is written here"))
    return rule.finding(
        f"{connector.title} may not invoke the function that the code invokes",
        read,
        label="not listed",
        related=tuple(related),
        why=f"Its role may invoke what {scope.input} lists. AWS denies anything else, and the code fails.",
        help_=f"add the function to {scope.input} of {connector.local_name}: {_text(it.value)}",
        address=it.one.address,
        attribute=it.one.attribute,
        function=function_around(it.one, it.node),
        path=it.value.hops,
    )


def _text(value: Value) -> str:
    from symlint.sym.intent.connectors.lambda_functions import read_or_written
    from symlint.sym.model.texts import text_of

    place = read_or_written(value)
    return text_of(value) or ("its ARN" if place is None else place.text)

"""Checks that a Lambda connector may invoke the functions of its targets."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.targets._examples import FUNCTION
from symlint.rules.targets._invoked_functions import invoked
from symlint.rules.targets._scopes import unknown_scopes, used_through
from symlint.sym.model.settings import first_line, near, setting_range
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.module_parts import Scope
    from symlint.sym.intent.connectors.scopes import Managed
    from symlint.sym.intent.sources import WrongSource
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value

_STEPS_PER_PAIR: Final = 40
"""What it takes to compare a function with one that is listed, in steps of the budget."""


class LambdaArn(Rule):
    """The function of a Lambda target is among the `lambda_arns` of its connector.

    The role of a Lambda connector may invoke exactly the functions in `lambda_arns`. People can ask
    for a target with another function and approvers can approve it, but AWS denies the invocation.

    The same holds for the functions that the code of a flow invokes with
    `sym.sdk.integrations.aws_lambda`: an ARN that stands there, or a variable of the flow. It acts with the
    `aws_lambda_id` of the environment, or with what the flow's own strategy works through.

    The list must contain ARNs. The name, or another attribute, of a function has no effect.

    ARNs are compared as values: two references to one function are equal, and a `*` in the list
    matches as in AWS. Functions are compared by their resources, by the module calls that create
    them, and by the names in ARNs.

    **Not flagged.** Functions that may be the same are undecided: those of a data source or of a
    variable without a value, and an ARN with a version compared with one without.
    """

    code = "SYM214"
    name = "lambda-arn"
    severity = "error"
    fixable = True
    sources = (
        "https://registry.terraform.io/modules/symopsio/lambda-connector/aws/latest",
        "https://docs.symops.com/docs/aws-lambda",
    )
    good = configuration(FUNCTION)
    bad = edited(
        good,
        (
            "lambda_arns       = [aws_lambda_function.database.arn]",
            "lambda_arns       = [aws_lambda_function.notify.arn]",
        ),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector lists ARNs, and those of the functions of its targets."""
        wrong = set()
        for connector in configuration.connectors:
            scope = connector.entry.scope
            argument = None if scope is None else connector.argument(scope.input)
            if scope is not None and argument is not None and scope.kind == "arns":
                findings = list(self._listed(configuration, connector, scope, argument))
                if findings:
                    wrong.add(connector)
                yield from findings or (PASSED,)
        yield from self._targets(configuration, wrong)
        yield from invoked(self, configuration, wrong)

    # --- what is listed ---

    def _listed(
        self, sym: SymConfiguration, connector: SymModule, scope: Scope, argument: Argument
    ) -> Iterator[Finding]:
        """Findings for the list of ARNs itself."""
        from symlint.sym.intent.connectors.lambda_functions import is_not_an_arn
        from symlint.sym.intent.sources import Place, WrongSource, wrong_read

        setting = connector.catalogue.targets[scope.target_type].settings[scope.setting]
        value = argument.value
        one = value.string is not None or (
            value.reference is not None and value.reference.address.type in setting.from_resources
        )
        for leaf in (value,) if one else value.elements or ():
            place = Place(sym, connector.call.parent, argument.range)
            found = wrong_read(place, setting, leaf)
            if found is None and leaf.string is not None and is_not_an_arn(connector, leaf.string):
                found = WrongSource("a string", "not an ARN", leaf.origin or argument.range)
            if found is not None:
                yield self._not_an_arn(sym, connector, argument, leaf, found)
            elif one:
                yield self._not_a_list(connector, argument, leaf)

    def _not_an_arn(
        self,
        sym: SymConfiguration,
        connector: SymModule,
        argument: Argument,
        value: Value,
        wrong: WrongSource,
    ) -> Finding:
        place = Location.of_argument(connector, argument.name).of_element(value).at(wrong.range)
        place = place.where_misused(sym)
        right = wrong.replacement
        return place.finding(
            self,
            f"{argument.name} contains {wrong.what}, not the ARN of a function",
            label=wrong.label,
            related=place.use(),
            why="The policy of the connector's role lists ARNs. With anything else, AWS rejects the "
            "policy, or the policy has no effect.",
            help_=f"write {right or 'the ARN of the function'}",
            fix=None if right is None else place.write(right, safe=True),
        )

    def _not_a_list(self, connector: SymModule, argument: Argument, value: Value) -> Finding:
        place = Location.of_argument(connector, argument.name).of_element(value)
        place, written = place.at(argument.range), argument.range.text
        single = "\n" not in written
        return place.finding(
            self,
            f"{argument.name} is one ARN, not a list",
            label="not a list",
            why="terraform plan fails: the module takes a list of ARNs.",
            help_=f"write {argument.name} = [{written}]" if single else "write a list of ARNs",
            fix=place.write(f"[{written}]", safe=True) if single else None,
        )

    # --- the functions of targets ---

    def _targets(self, configuration: SymConfiguration, wrong: set[SymModule]) -> Iterator[Outcome]:
        from symlint.sym.intent.connectors.scopes import managed, scope_value

        found = []
        used: dict[SymModule, set[int]] = {}
        may = set()
        for it in managed(configuration, "arns"):
            if it.connector in wrong:
                continue
            from symlint.sym.intent.connectors.lambda_functions import same_function

            value = scope_value(it.connector, it.scope)
            elements = None if value is None else value.elements
            question = "may the connector invoke the function?"
            place = near(it.target, it.value)
            if elements is None:
                yield self.undecided(place, question, f"{it.scope.input} is not known")
                continue
            if not configuration.terraform.budget.spend(len(elements) * _STEPS_PER_PAIR):
                break
            answers = [same_function(configuration, it.value, element) for element in elements]
            if True in answers:
                used.setdefault(it.connector, set()).add(answers.index(True))
                may.add(it.strategy)
                yield PASSED
            elif None in answers:
                yield self.undecided(place, question, "the functions cannot be compared")
            else:
                found.append((it, elements))
        yield from unknown_scopes(
            self, configuration, "arns", "may the connector invoke the functions?"
        )
        crossed = set()
        for it, elements in found:
            from symlint.sym.intent.connectors.lambda_functions import listed_by

            free = [e for at, e in enumerate(elements) if at not in used.get(it.connector, set())]
            other = listed_by(configuration, it)
            at_target = self._is_target_wrong(it, free, crossed=other is not None)
            if other is None or at_target or it.strategy in may:
                # A connector that may invoke the functions of other targets is the right one.
                yield self._denied(it, free, at_target=at_target or other is not None)
            elif it.strategy not in crossed:
                crossed.add(it.strategy)
                yield self._crossed(it, other)

    def _is_target_wrong(self, it: Managed, free: list[Value], *, crossed: bool) -> bool:
        """Whether the target probably names the wrong function.

        It does if the list has an unused function, unless the target is named after its function.
        """
        from symlint.sym.intent.connectors.lambda_functions import likeness, names_of

        own = names_of(it, with_connector=not crossed)
        given = likeness(own, it.value)
        return any(given <= likeness(own, element) for element in free)

    def _crossed(self, it: Managed, other: SymModule) -> Finding:
        strategy, link = it.strategy, it.strategy.integration_link
        return Location.of_link(strategy, link, "integration_id").finding(
            self,
            f"{it.connector.title} may not invoke the functions of this strategy's targets",
            label=f"leads to {it.connector.local_name}, which may invoke others",
            related=(
                RelatedRange(setting_range(it.target, it.scope.setting), "a function to invoke"),
                RelatedRange(other.range(it.scope.input), f"{other.local_name} may invoke it"),
            ),
            why=_why(it),
            help_=f"change integration_id to the integration of {other.local_name}",
        )

    def _denied(self, it: Managed, free: list[Value], *, at_target: bool) -> Finding:
        from symlint.sym.intent.connectors.lambda_functions import read_or_written

        argument = it.connector.argument(it.scope.input)
        assert argument is not None
        key = it.scope.setting
        place = read_or_written(it.value) or setting_range(it.target, key)
        text = text_of(it.value) or place.text
        range_, label = place, "not listed"
        limit = first_line(argument.value.origin, argument.range)
        related = [RelatedRange(limit, f"{it.connector.title} may invoke these only")]
        if not at_target:
            if free and (origin := read_or_written(free[0])) is not None:
                limit = origin
            range_, label = limit, "the function of the target is not listed"
            related = [RelatedRange(place, "the function that the target invokes")]
        setting = Location.of_setting(it.target, key, it.value)
        if not at_target:
            setting = setting._replace(value=None)
        return setting.at(range_).finding(
            self,
            f"{it.connector.title} may not invoke the function of the target",
            label=label,
            related=(*related, *setting.at(place).use(), *used_through(it)),
            why=_why(it),
            help_=f"add the function to {it.scope.input} of {it.connector.local_name}: {text}",
        )


def _why(it: Managed) -> str:
    return (
        f"Its role may invoke what {it.scope.input} lists. AWS denies anything else: whoever was "
        "approved gets an error instead of access."
    )

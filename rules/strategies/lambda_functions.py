"""The rule about the functions that a connector may invoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules._settings import use_of
from symlint.rules.strategies._scopes import used_through
from symlint.sym.intent.scopes import managed, matches, read_from, scope_value
from symlint.sym.intent.sources import Place, WrongSource, wrong_read
from symlint.sym.model.link import last_resource_hop, read_at
from symlint.sym.model.settings import first_line, near, setting_range
from symlint.sym.model.texts import is_placeholder, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.module_parts import Scope
    from symlint.sym.intent.scopes import Managed
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Argument
    from symlint.terraform.values.addresses import Reference
    from symlint.terraform.values.value import Value

_FUNCTION = """
resource "aws_lambda_function" "database" {
  function_name = "database-access"
  role          = "arn:aws:iam::111122223333:role/database-access"
  handler       = "handler.handle"
  runtime       = "python3.11"
  filename      = "function.zip"
}

resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::111122223333:role/notify"
  handler       = "handler.handle"
  runtime       = "python3.11"
  filename      = "notify.zip"
}

module "lambda_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = [aws_lambda_function.database.arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "database" {
  type        = "permission_context"
  name        = "main-database"
  external_id = module.lambda_connector.settings.account_id
  settings    = module.lambda_connector.settings
}

resource "sym_target" "database" {
  type = "aws_lambda_function"
  name = "database"

  settings = {
    arn = aws_lambda_function.database.arn
  }
}

resource "sym_strategy" "database" {
  type           = "aws_lambda"
  name           = "main-database"
  integration_id = sym_integration.database.id
  targets        = [sym_target.database.id]
}
"""


class LambdaArn(Rule):
    """The function of a Lambda target is among the `lambda_arns` of its connector.

    The role of a Lambda connector may invoke exactly the functions in `lambda_arns`. A target
    with another function can be asked for and approved; AWS denies the invocation.

    The list must hold ARNs: the name of a function, or something else of it, opens nothing.

    ARNs are compared as values: two references to one function are equal, and so is an ARN that a
    `*` in the list stands for. Functions are told apart by their resources, by the module calls
    that make them, and by the names in ARNs.

    **Not flagged.** Functions that may be the same one: those of a data source, of a variable
    without a value, or an ARN with a version beside one without: undecided.
    """

    code = "SYM214"
    name = "lambda-arn"
    severity = "error"
    fixable = True
    sources = (
        "https://registry.terraform.io/modules/symopsio/lambda-connector/aws/latest",
        "https://docs.symops.com/docs/aws-lambda",
    )
    bad = configuration(
        _FUNCTION.replace(
            "lambda_arns       = [aws_lambda_function.database.arn]",
            "lambda_arns       = [aws_lambda_function.notify.arn]",
        )
    )
    good = configuration(_FUNCTION)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector lists ARNs, and those of the functions of its targets."""
        wrong = set()
        for connector in configuration.connectors:
            scope = connector.entry.scope
            argument = None if scope is None else connector.argument(scope.input)
            if scope is not None and argument is not None and scope.kind == "arns":
                findings = list(self._listed(connector, scope, argument))
                if findings:
                    wrong.add(connector)
                yield from findings or (PASSED,)
        yield from self._targets(configuration, wrong)

    # --- what is listed ---

    def _listed(self, connector: SymModule, scope: Scope, argument: Argument) -> Iterator[Finding]:
        """What is wrong with the list of ARNs itself."""
        setting = connector.sym.catalogue.targets[scope.target_type].settings[scope.setting]
        value = argument.value
        one = value.string is not None or (
            value.reference is not None and value.reference.address.type in setting.from_resources
        )
        for leaf in (value,) if one else value.elements or ():
            place = Place(connector.sym, connector.call.parent, argument.range)
            found = wrong_read(place, setting, leaf)
            if found is None and leaf.string is not None and _is_no_arn(connector, leaf.string):
                found = WrongSource("a text", "not an ARN", leaf.origin or argument.range)
            if found is not None:
                yield self._no_arn(connector, argument, leaf, found)
            elif one:
                yield self._no_list(connector, argument, leaf)

    def _no_arn(
        self, connector: SymModule, argument: Argument, value: Value, wrong: WrongSource
    ) -> Finding:
        name, fix = argument.name, None
        if wrong.replacement is not None and within(wrong.range, argument.range):
            edit = Edit(wrong.range, wrong.replacement)
            fix = Fix(f"write {wrong.replacement}", (edit,), safe=True)
        used = RelatedRange(argument.range, f"used in {name} here")
        return self.finding(
            f"{name} holds {wrong.what}, not the ARN of a function",
            wrong.range,
            label=wrong.label,
            related=() if within(wrong.range, argument.range) else (used,),
            why="The policy of the connector's role lists ARNs: AWS refuses it, or it allows nothing.",
            help_=f"write {wrong.replacement or 'the ARN of the function'}",
            address=str(connector.address),
            attribute=name,
            path=way(value, wrong.range),
            fix=fix,
        )

    def _no_list(self, connector: SymModule, argument: Argument, value: Value) -> Finding:
        name, range_ = argument.name, argument.range
        fix = None
        if "\n" not in range_.text:
            fix = Fix(f"write [{range_.text}]", (Edit(range_, f"[{range_.text}]"),), safe=True)
        return self.finding(
            f"{name} is one ARN, not a list",
            range_,
            label="not a list",
            why="Terraform refuses the plan: the module takes a list of ARNs.",
            help_=f"write {name} = [{range_.text}]" if fix else "write a list of ARNs",
            address=str(connector.address),
            attribute=name,
            path=way(value, range_),
            fix=fix,
        )

    # --- the functions of targets ---

    def _targets(self, configuration: SymConfiguration, wrong: set[SymModule]) -> Iterator[Outcome]:
        found = []
        used: dict[SymModule, set[int]] = {}
        may = set()
        for it in managed(configuration, "arns"):
            if it.connector in wrong:
                continue
            value = scope_value(it.connector, it.scope)
            elements = None if value is None else value.elements
            question = "may the connector invoke the function?"
            place = near(it.target, it.value)
            if elements is None:
                yield self.undecided(place, question, f"{it.scope.input} is not known")
                continue
            answers = [same_function(configuration, it.value, element) for element in elements]
            if True in answers:
                used.setdefault(it.connector, set()).add(answers.index(True))
                may.add(it.strategy)
                yield PASSED
            elif None in answers:
                yield self.undecided(place, question, "the functions cannot be told apart")
            else:
                found.append((it, elements))
        crossed = set()
        for it, elements in found:
            free = [e for at, e in enumerate(elements) if at not in used.get(it.connector, set())]
            other = _listed_by(configuration, it)
            at_target = self._is_target_wrong(it, free, crossed=other is not None)
            if other is None or at_target or it.strategy in may:
                # A connector that may invoke the functions of other targets is the right one.
                yield self._denied(it, free, at_target=at_target or other is not None)
            elif it.strategy not in crossed:
                crossed.add(it.strategy)
                yield self._crossed(it, other)

    def _is_target_wrong(self, it: Managed, free: list[Value], *, crossed: bool) -> bool:
        """Whether it is the target that names another function.

        With a function to spare that is likely, unless the target is called after its function.
        """
        own = _names_of(it, with_connector=not crossed)
        meant = max((_likeness(own, element) for element in free), default=-1)
        return bool(free) and _likeness(own, it.value) <= meant

    def _crossed(self, it: Managed, other: SymModule) -> Finding:
        strategy, link = it.strategy, it.strategy.integration_link
        return self.finding(
            f"{it.connector.title} may not invoke the functions of this strategy's targets",
            link.range,
            label=f"leads to {it.connector.local_name}, which may invoke others",
            related=(
                RelatedRange(setting_range(it.target, it.scope.setting), "a function to invoke"),
                RelatedRange(other.range(it.scope.input), f"{other.local_name} may invoke it"),
            ),
            why=(
                f"Its role may invoke what {it.scope.input} lists. AWS denies anything else: "
                "whoever was approved gets an error instead of access."
            ),
            help_=f"let integration_id lead to the integration of {other.local_name}",
            address=str(strategy.address),
            attribute="integration_id",
            path=way(link.value, link.range),
        )

    def _denied(self, it: Managed, free: list[Value], *, at_target: bool) -> Finding:
        argument = it.connector.argument(it.scope.input)
        assert argument is not None
        key = it.scope.setting
        place = _written(it.value) or setting_range(it.target, key)
        text = text_of(it.value) or place.text
        range_, label = place, "not among them"
        limit = first_line(argument.value.origin, argument.range)
        related = [RelatedRange(limit, f"{it.connector.title} may invoke these only")]
        if not at_target:
            if free and (origin := _written(free[0])) is not None:
                limit = origin
            range_, label = limit, "the function of the target is not among them"
            related = [RelatedRange(place, "the function that the target invokes")]
        return self.finding(
            f"{it.connector.title} may not invoke the function of the target",
            range_,
            label=label,
            related=(*related, *use_of(it.target, key, place), *used_through(it)),
            why=(
                f"Its role may invoke what {it.scope.input} lists. AWS denies anything else: "
                "whoever was approved gets an error instead of access."
            ),
            help_=f"add the function to {it.scope.input} of {it.connector.local_name}: {text}",
            address=str(it.target.address),
            attribute=f"settings.{key}",
            path=way(it.value, range_) if range_ == place else (),
        )


def _listed_by(sym: SymConfiguration, it: Managed) -> SymModule | None:
    """Another connector that surely may invoke the function of a target."""
    for connector in sym.connectors:
        if connector is it.connector or connector.entry is not it.connector.entry:
            continue
        value = scope_value(connector, it.scope)
        elements = () if value is None else value.elements or ()
        if any(same_function(sym, it.value, element) for element in elements):
            return connector
    return None


def _is_no_arn(connector: SymModule, text: str) -> bool:
    """Whether a text is surely neither an ARN nor a pattern of ARNs."""
    placeholder = is_placeholder(connector.sym.catalogue, text)
    return not placeholder and not text.startswith("arn:") and "*" not in text


def _written(value: Value) -> Range | None:
    """Where a value was read from a resource or a module, or written."""
    reference = value.reference
    if reference is not None:
        return read_at(value, reference.address)
    hop = last_resource_hop(value)
    return value.origin if hop is None else read_at(value, hop.reference.address)


def _names_of(it: Managed, *, with_connector: bool) -> set[str]:
    """The words that a target, its strategy, and its connector are called by."""
    views = (it.target, it.strategy)
    texts = [view.instance.name for view in views]
    texts += [view.name.string or "" for view in views]
    if with_connector:
        environment = it.connector.environment
        texts += [it.connector.call.name]
        texts += [] if environment is None else [environment.value.string or ""]
    return _words(" ".join(texts))


def _likeness(own: set[str], value: Value) -> int:
    """How well a function goes with words that others are called by.

    A text that was written out is likelier wrong than a reference: that counts as half a word.
    """
    reference = read_from(value)
    name = value.string or ("" if reference is None else reference.address.name)
    shared = (_words(name) & own) - {"lambda", "function", "connector"}
    return 2 * len(shared) + (reference is not None)


def _words(text: str) -> set[str]:
    for mark in "-_:/.":
        text = text.replace(mark, " ")
    return set(text.lower().split())


def same_function(sym: SymConfiguration, one: Value, other: Value) -> bool | None:
    """Whether two values surely are, or surely are not, ARNs of one function."""
    from symlint.terraform.values.equality import equal

    answer = equal(one, other)
    if answer:
        return True
    arn, pattern = one.string, other.string
    if arn is not None and pattern is not None:
        if matches(arn, pattern):
            return True
        return None if _unversioned(arn) == _unversioned(pattern) else False
    left_name, right_name = _function_name(sym, one), _function_name(sym, other)
    if left_name is not None and right_name is not None and left_name.differs(right_name):
        return False
    left, right = one.reference, other.reference
    if left is None or right is None or left.address == right.address:
        return None
    return False if _are_apart(sym, left, right) else None


def _are_apart(sym: SymConfiguration, one: Reference, other: Reference) -> bool:
    """Whether two references surely lead to functions that were made apart from each other.

    Each resource makes its own function, and so does each call of a module, unless it is given
    one that another makes.
    """
    if "[?]" in f"{one.address}{other.address}":
        return False
    modules = [it for it in (one, other) if it.address.kind == "module"]
    resources = [it for it in (one, other) if it.address.kind == "resource"]
    if any(it.address.type != "aws_lambda_function" for it in resources):
        return False
    if len(modules) + len(resources) < 2 or (len(modules) == 2 and one.path != other.path):
        return False
    own = {one.address.without_key(), other.address.without_key()}
    for module in modules:
        call = sym.terraform.call(module.address)
        if call is None:
            return False
        reads = (call.argument(name) for name in call.declaration.attributes)
        for value in reads:
            reference = None if value is None else read_from(value)
            if reference is not None and reference.address.without_key() in own:
                return False
    return True


def _unversioned(arn: str) -> str:
    return ":".join(arn.split(":")[:7])


class _Name(NamedTuple):
    """The name of a function; not ``exact`` where a module may add something to it."""

    text: str
    exact: bool

    def differs(self, other: _Name) -> bool:
        if "*" in self.text + other.text:
            return False
        if self.exact and other.exact:
            return self.text != other.text
        return self.text not in other.text and other.text not in self.text


def _function_name(sym: SymConfiguration, value: Value) -> _Name | None:
    """The name of the function that a value is an ARN of, where that is known."""
    parts = (value.string or "").split(":")
    if len(parts) >= 7 and parts[5] == "function":
        return _Name(parts[6], exact=True)
    reference = value.reference
    if reference is None:
        return None
    address, given = reference.address, None
    if address.type == "aws_lambda_function":
        instance = sym.terraform.resource(address)
        given = None if instance is None else instance.attribute("function_name")
    elif address.kind == "module":
        call = sym.terraform.call(address)
        given = None if call is None else call.argument("function_name")
    name = None if given is None else given.string
    return None if name is None or ":" in name else _Name(name, address.kind != "module")

"""The findings of ``runtime-role-arns`` about what is not a list of role ARNs."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.sym.model.texts import kind_in_words
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.location import Location
    from symlint.lint.rule import Rule
    from symlint.sym.aws.roles.runtime import Trust
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value


def list_problem(
    rule: Rule, sym: SymConfiguration, place: Location, value: Value
) -> Finding | Undecided | None:
    """What is wrong with a value at ``place`` that is no list, or may be none; None for a list."""
    from symlint.sym.aws.roles.runtime import trust_of
    from symlint.sym.aws.roles.single import single_written_at

    is_list = value.elements is not None or (
        value.unknown is not None
        and value.type.kind not in ("string", "map", "object")
        and value.reference is None
    )
    if is_list:
        return None
    trust = trust_of(sym, value, place.used)
    range_ = single_written_at(value, trust.range, place.used)
    may_be = value.type.kind in ("any", "list", "set", "tuple")
    if may_be and trust.outcome in ("unknown", "not_an_arn"):
        return rule.undecided(range_, "is it a list of ARNs?", "the value is not known")
    return _not_a_list(rule, place.at(range_), trust)


def _not_a_list(rule: Rule, place: Location, trust: Trust) -> Finding:
    is_role, kind = trust.outcome == "role", trust.value.type.kind
    what = "one ARN" if is_role else "one value" if kind == "any" else kind_in_words(trust.value)
    fix, help_ = None, "write a list of ARNs"
    if is_role and "\n" not in place.range.text and place.in_place:
        replacement = f"[{place.range.text}]"
        fix, help_ = place.write(replacement, safe=True), f"write {place.name} = {replacement}"
    return place.finding(
        rule,
        f"{place.name} is {what}, not a list",
        label="not a list",
        related=place.use(),
        why="terraform plan fails: the module takes a list of role ARNs.",
        help_=help_,
        fix=fix,
    )


def no_arn(
    rule: Rule, sym: SymConfiguration, connector: SymModule, place: Location, trust: Trust
) -> Finding:
    """The finding for an element of the list that is not the ARN of a role."""
    from symlint.sym.model.references import output_reference

    place = place.where_misused(sym)
    runtime = None if trust.role is None else trust.role.connector
    if runtime is None and len(sym.runtime_connectors) == 1:
        runtime = sym.runtime_connectors[0]
    meant: tuple[RelatedRange, ...] = ()
    fix, replacement = None, output_reference(runtime, "role_arn", connector.call.parent)
    if runtime is not None:
        meant = (RelatedRange(runtime.header, "the runtime whose role is meant"),)
    if replacement is not None and trust.outcome == "wrong_output":
        fix = place.write(replacement, safe=True)
    return place.finding(
        rule,
        f"{place.name} contains {_described(trust)}, not the ARN of the runtime's role",
        label="not the ARN of a role",
        related=(*meant, *place.use()),
        why=(
            f"The role of {connector.local_name} trusts exactly these ARNs. With anything else, "
            "AWS rejects the role, or Sym cannot assume it once a request has been approved."
        ),
        help_="write " + (replacement or "the ARN of the runtime's role"),
        fix=fix,
    )


def _described(trust: Trust) -> str:
    """A description of an element of the list."""
    gives = None if trust.read is None else trust.read.gives
    if gives == "role_name":
        return "the name of the role"
    if trust.outcome == "wrong_module" and trust.read is not None:
        return f"an output of {with_article(trust.read.title_of_module)}"
    if trust.outcome == "wrong_resource":
        return "an attribute of a Sym resource"
    if trust.outcome == "wrong_attribute":
        whole = trust.text.count(".") == 1
        return "the whole role" if whole else "another attribute of the role"
    if trust.outcome == "wrong_output" and trust.read is not None:
        if gives is not None:
            return f"the {gives.replace('_', ' ')}"
        if trust.read.is_of_role:
            return "another attribute of the role"
        return {"module": "a whole module", "aws_iam_role": "the whole role"}.get(
            trust.read.whole or "", "a whole resource"
        )
    return kind_in_words(trust.value)

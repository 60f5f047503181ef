"""Checks that a permission context has the role that is needed where it is used."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.integrations._examples import BY_HAND
from symlint.sym.model.integrations import CONTEXT, Integration
from symlint.sym.model.strategies import Strategy
from symlint.sym.words import either, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.argument_links import ArgumentLinks
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Link

_INTEGRATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration"
)


class ContextRole(Rule):
    """Each permission context is used where its role is needed.

    There are two kinds of role:

    - The runtime has the role of the runtime connector. A `sym_runtime`, the `sym_secrets` of AWS
      Secrets Manager and Kinesis log destinations need its context.
    - A strategy needs the context of its connector, whose role the runtime assumes: the IAM connector
      for `aws_iam`, the SSO connector for `aws_sso`, the Lambda connector for `aws_lambda`.

    All contexts are integrations of one type, so Terraform accepts any of them, and AWS denies the
    access once a request has been approved.

    An integration of another type, such as one for Slack, instead of the runtime's context is an
    **error**.

    **Not flagged.** Contexts whose role is not known, such as data sources and roles that no module of
    Sym creates. An `aws_lambda` strategy with the runtime's context, as in older guides. Other
    strategies with it if the runtime's role has further policies. A context whose `external_id` comes
    from another module than its settings: `external-id-source` reports it.
    """

    code = "SYM312"
    name = "context-role"
    other_severities = ("error",)
    severity = "warning"
    fixable = True
    sources = (
        _INTEGRATION,
        "https://github.com/symopsio/terraform-aws-runtime-connector",
        "https://docs.symops.com/docs/aws-iam-access-strategy",
    )
    bad = configuration(
        BY_HAND.replace(
            "integration_id = sym_integration.iam.id",
            "integration_id = module.runtime_connector.sym_integration.id",
        )
    )
    good = configuration(BY_HAND)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each context has the role that is needed where it is used."""
        from symlint.sym.model.argument_links import argument_links

        for view in configuration.views:
            for edge in argument_links(view):
                if edge.reference.context is None:
                    continue
                wanted = _wanted(edge)
                if wanted is None:
                    continue
                for link in edge.leaves:
                    yield from self._judge(edge, link, wanted)

    def _judge(self, edge: ArgumentLinks, link: Link, wanted: str) -> Iterator[Outcome]:
        from symlint.sym.aws.contexts import is_contradictory, module_of_context

        question = f"is {edge.attribute} the right permission context?"
        module = module_of_context(edge.view.sym, link)
        other = _other_type(edge, link)
        if other is not None:
            yield self._other(edge, link, other)
            return
        context = None if module is None else module.entry.context
        view = link.view
        reason: str | None
        if module is None or context is None:
            if not link.is_wrong and not link.is_absent:
                reason = link.reason or "its role is not known"
                yield self.undecided(link.argument, question, reason)
        elif context == wanted or (wanted == "lambda" and context == "runtime"):
            yield PASSED
        elif isinstance(view, Integration) and is_contradictory(view):
            reason = "its external_id and its settings contradict each other"
            yield self.undecided(link.argument, question, reason)
        elif context == "runtime" and (reason := _further_policies(edge, module)) is not None:
            yield self.undecided(link.argument, question, reason)
        else:
            yield self._wrong(edge, link, module, wanted)

    def _other(self, edge: ArgumentLinks, link: Link, type_name: str) -> Finding:
        from symlint.rules._integration_types import WrongType

        what, other = _last(edge), with_article(shown(type_name))
        wrong = WrongType(
            edge.view,
            edge.attribute,
            link,
            type_name,
            (CONTEXT,),
            title=f"{what} leads to {other} integration, not to a {CONTEXT}",
            why=f"A {CONTEXT} says which AWS role Sym assumes; this integration has no role.",
        )
        assert edge.reference.context is not None
        candidates = _candidates(edge, edge.reference.context)
        return wrong.at_use(self, candidates, severity="error")

    def _wrong(self, edge: ArgumentLinks, link: Link, module: SymModule, wanted: str) -> Finding:
        view = edge.view
        what = with_article(module.title)
        belongs = with_article(_title(edge, wanted))
        related = []
        context = link.view
        if context is not None:
            source = context.settings_source if isinstance(context, Integration) else None
            origin = None if source is None else source.range
            related.append(
                RelatedRange(origin or context.header, f"has the role of {module.local_name}")
            )
        else:
            related.append(RelatedRange(module.header, with_article(module.title)))
        candidates = _candidates(edge, wanted)
        place = Location.of_link(view, link, edge.attribute)
        named = view.type_name if isinstance(view, Strategy) else None
        who = f"{named} {view.noun}" if named else view.noun
        help_ = f"use the permission context of {belongs}"
        if candidates:
            help_ = f"write {_last(edge)} = {either(candidates[:4])}"
        return place.finding(
            self,
            f"{who} has the permission context of {what}, not of {belongs}",
            label=f"the context of {what}",
            related=(*related, *place.use()),
            why=f"Sym would use the role of {module.local_name}, which has other permissions. AWS "
            "denies what is needed here.",
            help_=help_,
            fix=place.write(candidates[0], safe=False) if len(candidates) == 1 else None,
        )


def _other_type(edge: ArgumentLinks, link: Link) -> str | None:
    """The type of an integration that is known not to be a permission context."""
    view = link.view
    if edge.reference.integration_types != (CONTEXT,) or link.outcome != "ok" or view is None:
        return None
    return view.type_name if view.type_name != CONTEXT else None


def _last(edge: ArgumentLinks) -> str:
    return edge.attribute.rpartition(".")[2]


def _wanted(edge: ArgumentLinks) -> str | None:
    """The kind of context that is needed: the runtime's, or that of a strategy's connector."""
    view, context = edge.view, edge.reference.context
    if context == "connector":
        entry = view.entry if isinstance(view, Strategy) else None
        return None if entry is None else entry.context
    types = getattr(getattr(view, "entry", None), "integration_types", None)
    return context if types is None or CONTEXT in types else None


def _title(edge: ArgumentLinks, wanted: str) -> str:
    """The title of the module whose context is needed."""
    modules = edge.view.sym.catalogue.modules.values()
    return next((it.title for it in modules if it.context == wanted), wanted)


def _further_policies(edge: ArgumentLinks, runtime: SymModule) -> str | None:
    """Why the runtime's role may have the permissions of a strategy; None if it has not."""
    from symlint.sym.aws.policies import Policies
    from symlint.sym.aws.roles.runtime import RuntimeRole

    return edge.view.sym.once(Policies).other_access(RuntimeRole(runtime), None)


def _candidates(edge: ArgumentLinks, wanted: str) -> tuple[str, ...]:
    """References to the contexts that are needed, as written in the module of ``edge.view``."""
    from symlint.sym.intent.candidates import integrations_beside, outputs_beside

    view = edge.view

    def found() -> tuple[str, ...]:
        modules = (it for it in view.sym.modules if it.entry.context == wanted)
        made = outputs_beside(view, modules, "context_id")
        return (*made, *integrations_beside(view, (CONTEXT,), (wanted,)))

    return view.sym.once_for((_candidates, view.module, wanted), found)

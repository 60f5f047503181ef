"""Checks that the runtime may write to a Firehose stream: it has the tag that the addon checks."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._tags import addon_finding, check_tags, tag_finding
from symlint.rules.logs._examples import FIREHOSE
from symlint.rules.logs._stream_access import WHY, need_of
from symlint.sym.model.texts import shown_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.log_streams import LogStream, Stream
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.aws.tag_conditions import TagAnswer, Unopened
    from symlint.sym.model.configuration import SymConfiguration


class FirehoseTag(Rule):
    """A Firehose stream has the tag that the addon requires to let the runtime write to it.

    The addon `symopsio/kinesis-firehose-addon/aws` allows the runtime's role to write to exactly
    the delivery streams whose tag `SymEnv` (or `tag_name`) has the value of its `environment`. A
    stream of the Datadog connector is tagged with the connector's own `environment`.

    A missing addon, and an addon that is not attached to a role or is attached to another one, is a
    **warning**.

    **Not flagged.** Undecided: streams that are managed elsewhere, unknown tags (including those that
    the provider adds by `default_tags`), and roles whose policies are not all known or that have
    further policies which may allow it.
    """

    code = "SYM510"
    name = "firehose-tag"
    other_severities = ("warning",)
    severity = "error"
    about = ("log_destinations",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/log_destination",
        "https://github.com/symopsio/terraform-aws-kinesis-firehose-addon",
        "https://github.com/symopsio/examples/tree/main/basic/s3_log_destination",
    )
    bad = configuration(FIREHOSE.replace('SymEnv = "main"', 'SymEnv = "prod"'))
    good = configuration(FIREHOSE)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may write to each Firehose stream."""
        from symlint.rules._addons import check_access
        from symlint.sym.aws.log_streams import goes_by_tag, log_streams
        from symlint.sym.aws.tag_conditions import TagAnswer, Unopened, addon_is_suspect

        written = [it for it in log_streams(configuration) if goes_by_tag(it.addon)]
        needs = [need_of(it) for it in written]
        for outcome in check_access(self, configuration, needs):
            yield _as_warning(outcome)
        unopened: list[Unopened] = []
        for it in written:
            answer = self._judge(it)
            if isinstance(answer, Unopened):
                unopened.append(answer)
            elif isinstance(answer, TagAnswer):
                assert it.stream is not None
                yield self._of_module(it, it.stream, answer)
            elif answer is not None:
                yield answer
        for each in unopened:
            suspect = addon_is_suspect(each, unopened)
            yield addon_finding(self, each) if suspect else tag_finding(self, each)

    def _judge(self, it: LogStream) -> Outcome | Unopened | TagAnswer | None:
        from symlint.sym.aws.roles.runtime import role_of_context
        from symlint.sym.aws.tag_conditions import TagAnswer, Unopened

        sym, stream, grant = it.destination.sym, it.stream, it.addon.grant
        question = "does the stream have the tag that the addon requires?"
        place = it.destination.range("settings")
        role = role_of_context(sym, it.link)
        if stream is None or role is None or grant is None:
            reason = "the stream or the role is not known"
            return self.undecided(place, question, reason)
        if stream.kind != grant.resource:
            return None
        if stream.module is not None:
            return _module_answer(self, it, stream, role, question)
        assert stream.instance is not None
        answer = check_tags(self, sym, stream.instance, role, it.addon.name, stream.range, question)
        if not isinstance(answer, TagAnswer):
            return answer
        return Unopened("stream", answer, stream.instance, stream.range, WHY)

    def _of_module(self, it: LogStream, stream: Stream, answer: TagAnswer) -> Finding:
        from symlint.sym.aws.tag_conditions import own_text

        module = stream.module
        assert module is not None
        argument = module.environment
        assert argument is not None
        sym = it.destination.sym
        range_ = own_text(sym, argument.value, argument.range)
        return (
            Location.of_argument(module, "environment")
            .at(range_)
            .finding(
                self,
                f"{module.title} tags its stream {answer.name} = {shown_value(argument.value)}, "
                f"but the addon allows access only to {shown_value(answer.wanted.value)}",
                label="not the value that the addon requires",
                related=(
                    RelatedRange(answer.wanted.range, "what the addon allows access to"),
                    RelatedRange(stream.range, "a log destination writes to it"),
                ),
                why=WHY,
                help_=f"write environment = {shown_value(answer.wanted.value)}",
            )
        )


def _module_answer(
    rule: Rule, it: LogStream, stream: Stream, role: RuntimeRole, question: str
) -> Outcome | TagAnswer | None:
    """Whether the addon allows access to the stream of a module that tags it itself."""
    from symlint.sym.aws.policies import Policies
    from symlint.sym.aws.tag_conditions import compare_value

    sym, module = it.destination.sym, stream.module
    access = sym.once(Policies).access(role, it.addon.name)
    if module is None or not module.entry.tags_stream or not access.policies:
        return None
    argument = module.environment
    policy = access.policies[0]
    if argument is None or len(access.policies) > 1:
        return rule.undecided(stream.range, question, "the tag of the stream is not known")
    answer = compare_value(policy, policy.grant.default_tag or "", argument.value)
    if answer.answer is None:
        return rule.undecided(stream.range, question, answer.reason)
    if answer.answer:
        return PASSED
    other = sym.once(Policies).other_access(role, policy.grant.action)
    return answer if other is None else rule.undecided(stream.range, question, other)


def _as_warning(outcome: Outcome) -> Outcome:
    from symlint.lint.finding import Finding

    return outcome._replace(severity="warning") if isinstance(outcome, Finding) else outcome

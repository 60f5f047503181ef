"""Checks that the runtime may write to a Kinesis data stream: the addon lists its ARN."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.logs._examples import DATA_STREAM
from symlint.rules.logs._stream_access import WHY, need_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.log_streams import LogStream, Stream
    from symlint.sym.aws.policies import AddonPolicy, GrantInput
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Lookup


class DataStreamArns(Rule):
    """The data stream of a log destination is among the `stream_arns` of the addon.

    The addon `symopsio/kinesis-data-stream-addon/aws` allows the runtime's role to write to the
    streams in `stream_arns`. AWS rejects its policy if the list is empty. With version 1 of the
    runtime connector, the list is a part of `addon_params`.

    The rule also reports a missing addon, and an addon that is not attached to a role or is
    attached to another one.

    **Not flagged.** Undecided: streams and lists that are not known, ARNs from elsewhere, and roles
    whose policies are not all known or that have further policies which may allow it.
    """

    code = "SYM511"
    name = "data-stream-arns"
    severity = "warning"
    about = ("log_destinations",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/log_destination",
        "https://github.com/symopsio/terraform-aws-kinesis-data-stream-addon",
    )
    bad = configuration(
        DATA_STREAM.replace("  stream_arns   = [aws_kinesis_stream.audit.arn]\n", "")
    )
    good = configuration(DATA_STREAM)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may write to each data stream."""
        from symlint.rules._addons import check_access
        from symlint.sym.aws.log_streams import goes_by_tag, log_streams

        written = [it for it in log_streams(configuration) if not goes_by_tag(it.addon)]
        yield from check_access(self, configuration, [need_of(it) for it in written])
        for it in written:
            yield from self._judge(it)

    def _judge(self, it: LogStream) -> Iterator[Outcome]:
        from symlint.sym.aws.policies import Policies
        from symlint.sym.aws.roles.runtime import role_of_context

        sym, stream, grant = it.destination.sym, it.stream, it.addon.grant
        role = role_of_context(sym, it.link)
        question = "does the addon allow access to the stream?"
        if stream is None or role is None or grant is None or grant.arns_input is None:
            reason = "the stream or the role is not known"
            yield self.undecided(it.destination.range("settings"), question, reason)
            return
        access = sym.once(Policies).access(role, it.addon.name)
        if stream.kind != grant.resource or not access.policies:
            return
        answers = [_lists(sym, policy, stream, grant.arns_input) for policy in access.policies]
        if True in answers:
            yield PASSED
            return
        other = sym.once(Policies).other_access(role, grant.action)
        if None in answers or other is not None or access.answer is None:
            reason = other or access.reason or "the listed ARNs are not all known"
            yield self.undecided(stream.range, question, reason)
            return
        policy = access.policies[0]
        if policy.addon is not None and policy.input(grant.arns_input).value.is_null:
            return  # runtime-addons reports a parameter that is missing
        yield self._unlisted(stream, policy, grant.arns_input)

    def _unlisted(self, stream: Stream, policy: AddonPolicy, name: str) -> Finding:
        listed: GrantInput = policy.input(name)
        module = policy.module
        given = listed.value
        empty = given.is_null or given.elements == ()
        reference = _arn_reference(stream, policy)
        help_ = f"add {reference} to {name}"
        if empty:
            help_ = f"write {name} = [{reference}]"
        return (
            Location.of_argument(module, name)
            .at(listed.range)
            .finding(
                self,
                f"{module.title} allows access to no stream"
                if empty
                else f"{module.title} allows access only to other streams",
                label=f"{name} is missing" if given.is_null else "the stream is not among them",
                related=(
                    RelatedRange(stream.range, "a log destination writes to this stream"),
                    RelatedRange(stream.header, "the stream"),
                ),
                why=WHY,
                help_=help_,
            )
        )


def _lists(sym: Lookup, policy: AddonPolicy, stream: Stream, name: str) -> bool | None:
    """Whether an addon lists a stream; None where that is not known."""
    from symlint.sym.aws.log_streams import same_stream

    listed = policy.input(name).value
    if listed.is_null:
        return False
    if listed.elements is None:
        return None
    answers = [same_stream(sym, stream, leaf) for it in listed.elements for leaf in leaves(it)]
    if True in answers:
        return True
    return None if None in answers else False


def _arn_reference(stream: Stream, policy: AddonPolicy) -> str:
    """The reference to the ARN of a stream in the module of the addon."""
    if stream.instance is not None:
        instance = stream.instance
        if instance.module is policy.module.call.parent and instance.declaration.repeated is None:
            return f"{instance.declaration.local_name}.arn"
    if stream.module is not None and stream.module.call.parent is policy.module.call.parent:
        paths = stream.module.entry.paths_to("stream_arn", stream.module.newest)
        if paths and stream.module.call.declaration.repeated is None:
            return ".".join((stream.module.local_name, *paths[0].path))
    return "the ARN of the stream"

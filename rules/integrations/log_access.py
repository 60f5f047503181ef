"""Rules about the streams of log destinations: whether the runtime may write to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._written import shown
from symlint.rules.integrations._addons import Need, check_access
from symlint.rules.integrations._log_examples import DATA_STREAM, FIREHOSE
from symlint.rules.integrations._tags import addon_finding, check_tags, tag_finding
from symlint.sym.aws.runtime_roles import role_of_context
from symlint.sym.aws.streams import same_stream, stream_of
from symlint.sym.aws.tag_conditions import (
    TagAnswer,
    Unopened,
    addon_is_suspect,
    compare_value,
    own_text,
)
from symlint.sym.model.settings import setting_range
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.aws.policies import AddonPolicy, GrantInput
    from symlint.sym.aws.runtime_roles import RuntimeRole
    from symlint.sym.aws.streams import Stream
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import LogDestination
    from symlint.sym.model.link import Link

_DESTINATION = (
    "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/log_destination"
)
_WHY = "AWS denies the runtime the stream: log entries are lost, without anybody noticing."


class _Written(NamedTuple):
    """A log destination, what it writes to, and the addon that opens it to the runtime."""

    destination: LogDestination
    stream: Stream | None
    link: Link
    addon: RegistryModule


class FirehoseTag(Rule):
    """A Firehose stream carries the tag by which the addon lets the runtime write to it.

    The addon `symopsio/kinesis-firehose-addon/aws` allows the runtime's role to write to the
    delivery streams whose tag `SymEnv` (or `tag_name`) has the value of its `environment`, and to
    no other. A stream of the Datadog connector is tagged with the connector's own `environment`.

    That the addon is missing, or attached to no role or to another one, is a **warning**.

    **Not flagged.** Streams that are made elsewhere, tags that are not known (also those that the
    provider adds by `default_tags`), and roles of which not all policies are known or which have
    further ones that may let them write: undecided.
    """

    code = "SYM510"
    name = "firehose-tag"
    severity = "error"
    sources = (
        _DESTINATION,
        "https://github.com/symopsio/terraform-aws-kinesis-firehose-addon",
        "https://github.com/symopsio/examples/tree/main/basic/s3_log_destination",
    )
    bad = configuration(FIREHOSE.replace('SymEnv = "main"', 'SymEnv = "prod"'))
    good = configuration(FIREHOSE)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may write to each Firehose stream."""
        written = [it for it in _written(configuration) if _goes_by_tag(it.addon)]
        needs = [_need(it) for it in written]
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
            odd = addon_is_suspect(each, unopened)
            yield addon_finding(self, each) if odd else tag_finding(self, each)

    def _judge(self, it: _Written) -> Outcome | Unopened | TagAnswer | None:
        sym, stream, grant = it.destination.sym, it.stream, it.addon.grant
        question = "has the stream the tag by which the addon opens it?"
        place = it.destination.range("settings")
        role = role_of_context(sym, it.link)
        if stream is None or role is None or grant is None:
            reason = "it is not known which stream it is, or with which role"
            return self.undecided(place, question, reason)
        if stream.kind != grant.resource:
            return None
        if stream.module is not None:
            return _module_answer(self, it, stream, role, question)
        assert stream.instance is not None
        answer = check_tags(self, sym, stream.instance, role, it.addon.name, stream.range, question)
        if not isinstance(answer, TagAnswer):
            return answer
        return Unopened("stream", answer, stream.instance, stream.range, _WHY)

    def _of_module(self, it: _Written, stream: Stream, answer: TagAnswer) -> Finding:
        module = stream.module
        assert module is not None
        argument = module.environment
        assert argument is not None
        sym = it.destination.sym
        range_ = own_text(sym, argument.value, argument.range)
        return self.finding(
            f"{module.title} tags its stream {answer.name} = {shown(argument.value)}, "
            f"the addon opens {shown(answer.wanted.value)}",
            range_,
            label="not opened",
            related=(
                RelatedRange(answer.wanted.range, "what the addon opens"),
                RelatedRange(stream.range, "written to here"),
            ),
            why=_WHY,
            help_=f"write environment = {shown(answer.wanted.value)}",
            address=str(module.address),
            attribute="environment",
            path=way(argument.value, range_),
        )


def _module_answer(
    rule: Rule, it: _Written, stream: Stream, role: RuntimeRole, question: str
) -> Outcome | TagAnswer | None:
    """Whether the addon opens the stream of a module that tags it itself."""
    sym, module = it.destination.sym, stream.module
    access = sym.policies.access(role, it.addon.name)
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
    other = sym.policies.other_access(role, policy.grant.action)
    return answer if other is None else rule.undecided(stream.range, question, other)


class DataStreamArns(Rule):
    """The data stream of a log destination is among the `stream_arns` of the addon.

    The addon `symopsio/kinesis-data-stream-addon/aws` allows the runtime's role to write to the
    streams that `stream_arns` lists. Without any, its policy is none that AWS takes. With version 1
    of the runtime connector they are a part of `addon_params`.

    That the addon is missing, or attached to no role or to another one, is found as well.

    **Not flagged.** Streams and lists that are not known, ARNs from elsewhere, and roles of which
    not all policies are known or which have further ones that may let them write: undecided.
    """

    code = "SYM511"
    name = "data-stream-arns"
    severity = "warning"
    sources = (
        _DESTINATION,
        "https://github.com/symopsio/terraform-aws-kinesis-data-stream-addon",
    )
    bad = configuration(
        DATA_STREAM.replace("  stream_arns   = [aws_kinesis_stream.audit.arn]\n", "")
    )
    good = configuration(DATA_STREAM)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the runtime may write to each data stream."""
        written = [it for it in _written(configuration) if not _goes_by_tag(it.addon)]
        yield from check_access(self, configuration, [_need(it) for it in written])
        for it in written:
            yield from self._judge(it)

    def _judge(self, it: _Written) -> Iterator[Outcome]:
        sym, stream, grant = it.destination.sym, it.stream, it.addon.grant
        role = role_of_context(sym, it.link)
        question = "is the stream among those that the addon opens?"
        if stream is None or role is None or grant is None or grant.arns_input is None:
            reason = "it is not known which stream it is, or with which role"
            yield self.undecided(it.destination.range("settings"), question, reason)
            return
        access = sym.policies.access(role, it.addon.name)
        if stream.kind != grant.resource or not access.policies:
            return
        answers = [_lists(sym, policy, stream, grant.arns_input) for policy in access.policies]
        if True in answers:
            yield PASSED
            return
        other = sym.policies.other_access(role, grant.action)
        if None in answers or other is not None or access.answer is None:
            reason = other or access.reason or "not all that it lists is known"
            yield self.undecided(stream.range, question, reason)
            return
        yield self._unlisted(stream, access.policies[0], grant.arns_input)

    def _unlisted(self, stream: Stream, policy: AddonPolicy, name: str) -> Finding:
        listed: GrantInput = policy.input(name)
        module = policy.module
        given = listed.value
        empty = given.is_null or given.elements == ()
        reference = _arn_reference(stream, policy)
        help_ = f"add {reference} to {name}"
        if empty:
            help_ = f"write {name} = [{reference}]"
        return self.finding(
            f"{module.title} opens no stream" if empty else f"{module.title} opens other streams",
            listed.range,
            label=f"{name} is missing" if given.is_null else "the stream is not among them",
            related=(
                RelatedRange(stream.range, "a log destination writes to this stream"),
                RelatedRange(stream.header, "the stream"),
            ),
            why=_WHY,
            help_=help_,
            address=str(module.address),
            attribute=name,
            path=way(given, listed.range),
        )


def _lists(sym: SymConfiguration, policy: AddonPolicy, stream: Stream, name: str) -> bool | None:
    """Whether an addon lists a stream; None where that is not known."""
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
    """How the ARN of a stream is written beside the addon."""
    if stream.instance is not None:
        instance = stream.instance
        if instance.module is policy.module.call.parent and instance.declaration.repeated is None:
            return f"{instance.declaration.local_name}.arn"
    if stream.module is not None and stream.module.call.parent is policy.module.call.parent:
        paths = stream.module.entry.paths_to("stream_arn", stream.module.newest)
        if paths and stream.module.call.declaration.repeated is None:
            return ".".join((stream.module.local_name, *paths[0].path))
    return "the ARN of the stream"


def _written(sym: SymConfiguration) -> Iterator[_Written]:
    """What each log destination writes to, as far as an addon has to open it."""
    for destination in sym.log_destinations:
        entry = destination.entry
        addon = None
        if entry is not None and entry.granted_by is not None:
            addon = sym.catalogue.modules.get(entry.granted_by)
        if entry is None or addon is None or addon.grant is None:
            continue
        names = [name for name, it in entry.settings.items() if it.from_resources]
        value = None if not names else destination.setting(names[0])
        for link in destination.integration_link.branches:
            if link.outcome not in ("ok", "unknown", "identifier"):
                continue
            for leaf in (None,) if value is None else leaves(value):
                stream = None
                if leaf is not None:
                    used = setting_range(destination, names[0])
                    stream = stream_of(destination, leaf, used)
                yield _Written(destination, stream, link, addon)


def _goes_by_tag(addon: RegistryModule) -> bool:
    return addon.grant is not None and addon.grant.tag_input is not None


def _need(it: _Written) -> Need:
    entry = it.destination.entry
    title = "the stream" if entry is None else entry.title
    return Need(it.destination, it.link, it.addon, f"write to {title}", _WHY)


def _as_warning(outcome: Outcome) -> Outcome:
    from symlint.lint.finding import Finding

    return outcome._replace(severity="warning") if isinstance(outcome, Finding) else outcome

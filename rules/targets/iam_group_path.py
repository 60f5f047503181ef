"""Checks that an IAM connector may change the groups of its targets."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.targets._scopes import unknown_scopes, used_through
from symlint.sym.model.settings import first_line, near, setting_range
from symlint.sym.model.texts import shown_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.connectors.iam_groups import Group, Pattern
    from symlint.sym.intent.connectors.scopes import Managed
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.instances.resource_instance import ResourceInstance

_GROUP = """
module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "aws_iam_group" "log_reader" {
  name = "log-reader"
  path = "/sym/"
}

resource "sym_target" "log_reader" {
  type = "aws_iam_group"
  name = "log-reader"

  settings = {
    iam_group = aws_iam_group.log_reader.name
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.log_reader.id]
}
"""


class IamGroupPath(Rule):
    """The IAM group of a target is one that its connector may change: `group_config`.

    The role of an IAM connector may add people to the groups whose path and name match one of its
    `group_config`, and to no other. Without the argument, these are all groups under `/sym/`, while
    an `aws_iam_group` without `path` is created in `/`. The apply succeeds, and AWS denies the
    access once a request has been approved.

    The connector is found through the strategy, its integration and the integration's settings;
    the group through the reference in `iam_group`, or by its name. `*` and `?` match as in AWS.

    For a group that is not declared in the configuration, only the name is compared. A name that
    `group_config` does not allow is a **warning**.

    A path in `group_config` must be `/`, or begin and end with `/`: the module rejects others.

    **Not flagged.** Undecided: a group whose path is not known, such as one from a data source;
    `group_config` from a variable without a value.
    """

    code = "SYM213"
    name = "iam-group-path"
    other_severities = ("warning",)
    severity = "error"
    sources = (
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest",
        "https://github.com/symopsio/terraform-aws-iam-connector/blob/main/main.tf",
    )
    bad = configuration(_GROUP.replace('  path = "/sym/"\n', ""))
    good = configuration(_GROUP)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector may change the groups of its targets."""
        from symlint.sym.intent.connectors.iam_groups import (
            group_of,
            group_patterns,
            groups_by_name,
            matches_any,
        )
        from symlint.sym.intent.connectors.scopes import managed

        groups = groups_by_name(configuration)
        found: list[tuple[Managed, Group, tuple[Pattern, ...]]] = []
        allowed: set[SymModule] = set()
        malformed = set()
        for finding, connector in self._malformed(configuration):
            malformed.add(connector)
            yield finding
        for it in managed(configuration, "iam_group_paths"):
            if it.connector in malformed:
                continue
            patterns = group_patterns(it)
            group = group_of(it, groups)
            answer = None if patterns is None or group is None else matches_any(group, patterns)
            if answer is None or group is None or patterns is None:
                yield self._undecided(it, patterns)
            elif answer:
                allowed.add(it.connector)
                yield PASSED
            else:
                found.append((it, group, patterns))
        yield from unknown_scopes(
            self, configuration, "iam_group_paths", "may the connector change the groups?"
        )
        for it, group, patterns in found:
            yield self._denied(it, group, patterns, it.connector in allowed)

    def _malformed(self, configuration: SymConfiguration) -> Iterator[tuple[Finding, SymModule]]:
        """Paths of the input that the module itself rejects."""
        from symlint.sym.intent.connectors.iam_groups import is_group_path

        for connector in configuration.connectors:
            scope = connector.entry.scope
            argument = None if scope is None else connector.argument(scope.input)
            if scope is None or scope.kind != "iam_group_paths" or argument is None:
                continue
            for element in argument.value.elements or ():
                path = None if element.items is None else element.items.get("path")
                text = None if path is None else path.string
                if path is None or text is None or is_group_path(text):
                    continue
                right = f"/{text.strip('/')}/"
                place = Location.of_argument(connector, scope.input).of_element(path)
                used = RelatedRange(argument.range, f"used in {scope.input} here")
                finding = place.finding(
                    self,
                    f"path {shown_value(path)} of {scope.input} does not begin and end with /",
                    label="not an IAM path",
                    related=() if place.in_place else (used,),
                    why="The module checks its input: terraform plan fails.",
                    help_="write the whole path, with / at both ends"
                    if path.sensitive
                    else f'write path = "{right}"',
                )
                yield finding, connector

    def _undecided(self, it: Managed, patterns: tuple[Pattern, ...] | None) -> Outcome:
        reason = f"{it.scope.input} is not known" if patterns is None else "its path is not known"
        question = "may the connector change the group?"
        return self.undecided(near(it.target, it.value), question, reason)

    def _denied(
        self, it: Managed, group: Group, patterns: tuple[Pattern, ...], others_match: bool
    ) -> Finding:
        argument = it.connector.argument(it.scope.input)
        setting = setting_range(it.target, it.scope.setting)
        if group.instance is None:
            range_, label = setting, f"matches no name of {it.scope.input}"
        else:
            range_, label = _path_range(group.instance), f"in the path {group.path}"
        allows = f"may change {', '.join(pattern.text for pattern in patterns) or 'no group'} only"
        limit = (
            it.connector.header
            if argument is None
            else first_line(argument.value.origin, argument.range)
        )
        if group.instance is not None and argument is not None and not others_match:
            written = group.instance.configured("path") is not None
            if written:
                range_, limit = limit, range_
                label, allows = allows, f"the group is in the path {group.path}"
        full = f"{group.path or ''}{group.name or ''}"
        related = [RelatedRange(limit, allows)]
        if not setting.is_within(range_):
            related.append(RelatedRange(setting, "the group that the target grants"))
        return Location(
            str(it.target.address) if group.instance is None else str(group.instance.address),
            "path" if group.instance is not None else f"settings.{it.scope.setting}",
            range_,
            range_,
            it.value,
        ).finding(
            self,
            f"{it.connector.title} may not change the IAM group {full or 'of the target'}",
            label=label,
            related=(*related, *used_through(it)),
            why=(
                "AWS denies it when Sym adds somebody to the group: whoever was approved gets an "
                "error instead of access."
            ),
            help_=_group_help(group, patterns, it),
            severity="warning" if group.instance is None else None,
        )


def _path_range(instance: ResourceInstance) -> Range:
    value, written = instance.attribute("path"), instance.configured("path")
    if value is None or written is None:
        return instance.range
    return value.origin or written.value.range


def _group_help(group: Group, patterns: tuple[Pattern, ...], it: Managed) -> str:
    name = group.name or "*"
    lines = []
    paths = [pattern.path for pattern in patterns if pattern.path and "*" not in pattern.path]
    if group.instance is not None and paths:
        lines.append(f'write path = "{paths[0]}" in {group.instance.declaration.local_name}, or')
    lines.append(f"allow the group in {it.connector.local_name}:")
    own = f'{{ path = "{group.path or "/"}", name = "{name}" }}'
    lines.append(f"  {it.scope.input} = [{own}]")
    return "\n".join(lines)

"""The rules about integrations, contexts, secrets and log destinations, and how tests wreck them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support.wrecking import (
    HERE,
    LITERAL_PLACEMENTS,
    REFERENCE_PLACEMENTS,
    Slot,
    build,
    findings,
    marked,
    place,
    write,
)

from symlint.rules.connectors.role_path import ConnectorRolePath
from symlint.rules.integrations.context_role import ContextRole
from symlint.rules.integrations.external_id_format import ExternalIdFormat
from symlint.rules.integrations.permission_context_settings import PermissionContextSettings
from symlint.rules.integrations.settings import IntegrationSettings
from symlint.rules.logs.data_stream_arns import DataStreamArns
from symlint.rules.logs.destination import LogDestinationShape
from symlint.rules.logs.firehose_tag import FirehoseTag
from symlint.rules.secrets.access import SecretsAccess
from symlint.rules.secrets.addon_role_name import AddonRoleName
from symlint.rules.secrets.ids_json import SecretIdsJson
from symlint.rules.secrets.path import SecretPath
from symlint.rules.secrets.setting import SecretSetting
from symlint.rules.secrets.tag import SecretTag

if TYPE_CHECKING:
    from pathlib import Path

RULES = (
    ExternalIdFormat,
    PermissionContextSettings,
    ContextRole,
    ConnectorRolePath,
    IntegrationSettings,
    SecretSetting,
    SecretIdsJson,
    AddonRoleName,
    SecretPath,
    SecretTag,
    SecretsAccess,
    LogDestinationShape,
    FirehoseTag,
    DataStreamArns,
)


class Wreck(NamedTuple):
    """A wrong expression in a slot of a fixture, and the one finding about it."""

    slot: Slot
    wrong: str
    code: str
    title: str
    severity: str = "error"
    extra: str = ""
    right: str = ""
    """What is silent in the same place; the slot's own expression where not given."""

    @property
    def placements(self) -> tuple[str, ...]:
        """Where the wrong expression can hide."""
        return LITERAL_PLACEMENTS if self.wrong.startswith('"') else REFERENCE_PLACEMENTS


def check_wreck(directory: Path, wreck: Wreck, placement: str) -> None:
    """The wreck has one finding at its line, and the repaired twin has none."""
    root = build(directory / "bad", wreck.slot, wreck.wrong, placement, wreck.extra)
    found = findings(root, RULES)
    assert [(it.code, it.severity, it.title) for it in found] == [
        (wreck.code, wreck.severity, wreck.title)
    ]
    assert place(root, found[0]) == marked(root)
    right = wreck.right or wreck.slot.right
    if right.startswith('"') != wreck.wrong.startswith('"') and placement not in (
        REFERENCE_PLACEMENTS
    ):
        return
    twin = build(directory / "good", wreck.slot, right, placement, wreck.extra)
    assert [(it.code, it.title) for it in findings(twin, RULES)] == []


def found_in(directory: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code, severity and title of what the rules find in some files."""
    root = write(directory, files)
    return [(it.code, it.severity, it.title) for it in findings(root, RULES)]


def check_marked(directory: Path, files: dict[str, str], expected: tuple[str, str, str]) -> None:
    """The rules find one thing in the files: at the line that bears the mark."""
    root = write(directory, files)
    found = findings(root, RULES)
    assert [(it.code, it.severity, it.title) for it in found] == [expected]
    assert place(root, found[0]) == marked(root)
    assert HERE

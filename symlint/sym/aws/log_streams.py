"""What log destinations write to, as far as an addon has to open it to the runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.named_tuple import NamedTuple
from symlint.sym.aws.streams import stream_of
from symlint.sym.model.settings import setting_range
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.aws.streams import Stream
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import LogDestination
    from symlint.sym.model.views import Link


class LogStream(NamedTuple):
    """A log destination, what it writes to, and the addon that opens it to the runtime."""

    destination: LogDestination
    stream: Stream | None
    link: Link
    addon: RegistryModule


def log_streams(sym: SymConfiguration) -> Iterator[LogStream]:
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
                yield LogStream(destination, stream, link, addon)


def goes_by_tag(addon: RegistryModule) -> bool:
    return addon.grant is not None and addon.grant.tag_input is not None

"""The access to a stream that a runtime's role needs: for the rules about Kinesis."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.rules._addons import Need
    from symlint.sym.aws.log_streams import LogStream

WHY: Final = (
    "AWS denies the runtime access to the stream, so log entries are lost without an error."
)


def need_of(it: LogStream) -> Need:
    """The permission to write to a stream."""
    from symlint.rules._addons import Need

    entry = it.destination.entry
    title = "the stream" if entry is None else entry.title
    return Need(it.destination, it.link, it.addon, f"write to {title}", WHY)

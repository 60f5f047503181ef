"""Shells that complete words: where click's scripts for them lose something."""

from __future__ import annotations

from click.shell_completion import FishComplete, ZshComplete, add_completion_class

from symlint.annotations import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SPLIT: Final = 'string split "," $completion'
_SPLIT_ONCE: Final = 'string split --max 1 "," $completion'


class _Zsh(ZshComplete):
    """The script drops what is empty, and takes the next line for it."""

    def format_completion(self, item: CompletionItem) -> str:
        """Three lines, none of them empty; the value of a file is not used."""
        text = super().format_completion(item)
        return text if item.value else text.replace("\n\n", "\n_\n", 1)


class _Fish(FishComplete):
    """The script cuts a description at its first comma."""

    source_template: ClassVar[str] = FishComplete.source_template.replace(_SPLIT, _SPLIT_ONCE)


def add_shells() -> None:
    """Let click use these."""
    add_completion_class(_Zsh)
    add_completion_class(_Fish)

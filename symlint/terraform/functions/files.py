"""What functions such as ``file`` and ``templatefile`` ask of the file system."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Files(Protocol):
    """The files that functions such as ``file`` and ``templatefile`` may read."""

    @property
    def module_directory(self) -> str:
        """What ``path.module`` is, absolute."""

    @property
    def root_directory(self) -> str:
        """What ``path.root`` is, absolute; relative paths in functions start here."""

    def read(self, path: str) -> bytes | None:
        """The content, or None when the path is outside the configuration's tree or too large.

        Raises FileNotFoundError when the path is inside the tree and there is no such file,
        IsADirectoryError when it is a directory.
        """

    def exists(self, path: str) -> bool | None:
        """Whether there is such a file; None when the path is outside the tree."""

    def is_directory(self, path: str) -> bool:
        """Whether the path is inside the tree and that of a directory."""

    def matching(
        self, directory: str, pattern: str, spend: Callable[[int], None] | None = None
    ) -> tuple[str, ...] | None:
        """What ``fileset`` returns, in order; None where that is not certain.

        ``spend`` is told what it costs, in steps of the budget.
        """

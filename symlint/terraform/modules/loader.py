"""Directories become modules; every file is read and parsed once in a run.

https://developer.hashicorp.com/terraform/language/files
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Any, Final, Literal
from symlint.budget import steps_for
from symlint.hcl import parse
from symlint.memory import Memory
from symlint.source.file_names import (
    is_configuration_file,
    is_json_file,
    is_override_file,
    read_together,
)
from symlint.source.files import ReadProblem, outside, read_file, source_from_bytes
from symlint.source.tree import Tree
from symlint.terraform.modules.merging import ModuleBuilder

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from symlint.hcl.results import ParsedFile
    from symlint.source.text import SourceFile
    from symlint.terraform.modules.declarations import Module

_NAMES_FOR_ONE: Final = 4
"""How many further names of a file allow a run as much work as the file does."""

_MOST_OF_FURTHER_NAMES: Final = 250_000
"""The characters that further names count for at most."""

_TEXTS_PER_TREE: Final = 4
"""How many texts to remember take as much as what parsing makes of one, at least."""

_LARGE: Final = 40_000
_MOST_AGAIN: Final = 3_000_000
_MOST_OF_LARGE_AGAIN: Final = 500_000
"""How many characters are read again under other names, of small files and of those of more than `_LARGE`.

Many environments may share a file by links. Who shares a large one links a folder, as a module; and who
gives a file two names in one folder declares everything twice: it counts as a large one.
"""

_CHARACTERS_OF_TOKEN: Final = 3.5
"""Of 2,500 public files none has fewer characters for each of its tokens; one of `a=1` has one."""

_CHARACTERS_OF_ELEMENT: Final = 10
"""What an element of an array or object in JSON has, at the least."""

_TOO_MANY_NAMES: Final = (
    "it is not read: symbolic links give the same files too many names; lint parts of them, one after the "
    "other"
)


class FileCache:
    """The files and modules that one run has read; passed along, never global.

    Nothing is read that ``tree`` does not hold. ``overlays`` are texts by path that stand in for what
    is on disk. With ``alone``, these are parts of modules of which nothing else is known.
    """

    def __init__(
        self,
        parser: Literal["native", "python-hcl2"] = "native",
        tree: Tree | None = None,
        overlays: Mapping[str, str] | None = None,
        memory: Memory | None = None,
        *,
        alone: bool = False,
    ) -> None:
        """``memory`` has what earlier runs have made of texts, where there were any."""
        self.alone: Final = alone
        self.tree: Final = tree or Tree()
        self.memory: Final = memory or Memory()
        # A file may have several names: links to it.
        self._overlays = {
            self.tree.resolve(os.path.abspath(path)): it for path, it in (overlays or {}).items()
        }
        self._overlaid = tuple(os.path.split(os.path.abspath(path)) for path in overlays or ())
        self._parser: Final = parser
        self._parsed: dict[str, ParsedFile | ReadProblem] = {}
        self._sources: dict[str, SourceFile | ReadProblem] = {}
        self._names: dict[str, tuple[str, ...] | ReadProblem] = {}
        self._modules: dict[str, Module] = {}
        self.answers: Final[dict[Hashable, Any]] = {}
        """What was found out about modules that several root modules may call, by question."""
        self.characters = 0
        """How many characters have been read so far of what Terraform reads."""
        self.allows_work = True
        """Whether what is read allows a run more work; not where another process counts that."""
        self.read_by_functions: dict[str, int] = {}
        """What functions have read of late, by real path, and how many bytes; who asks may clear it."""
        self.asked_files: set[str] = set()
        """The files whose text was asked for of late, found or not; who asks may replace it."""
        self.asked_folders: set[str] = set()
        """The directories whose modules, or names of files, were asked for of late."""
        self._counted: set[str] = set()
        self._counted_files: set[str] = set()
        self._known_sources: dict[str, SourceFile] = {}
        """The files that were read, by their real paths."""
        self._sizes: dict[str, int] = {}
        """How many characters those with several names count for."""
        self._read_within: set[tuple[str, str]] = set()
        """The folders that files were read in, each with the real path of the file."""
        self._left_of_further_names = _MOST_OF_FURTHER_NAMES
        self._listings: dict[str, tuple[str, ...]] = {}
        self._left_to_read_again = {True: _MOST_OF_LARGE_AGAIN, False: _MOST_AGAIN}
        """How many characters may still be read under other names, of large and of small files."""
        self._counted_for_functions: set[str] = set()
        self._characters_for_functions = 0

    @property
    def has_overlays(self) -> bool:
        """Whether some texts stand in for what is on disk."""
        return bool(self._overlays)

    @property
    def parsed_files(self) -> dict[str, ParsedFile]:
        """All files parsed so far by path, in path order."""
        found = ((path, file) for path, file in self._parsed.items())
        return dict(sorted((p, f) for p, f in found if not isinstance(f, ReadProblem)))

    @property
    def read_problems(self) -> tuple[ReadProblem, ...]:
        """All files and directories that could not be read so far, in path order."""
        found: set[ReadProblem] = set()
        for results in (self._parsed, self._sources, self._names):
            found.update(r for r in results.values() if isinstance(r, ReadProblem))
        return tuple(sorted(found))

    def source(self, path: str) -> SourceFile | ReadProblem:
        """The text of a file that Terraform reads, read once."""
        found = self.text(path)
        if not isinstance(found, ReadProblem):
            self.count(path, len(found.text))
        return found

    def count(self, path: str, characters: int) -> None:
        """Count the characters of a file that Terraform reads, once in a run.

        They count for less under another name: links may give one file many.
        """
        if not self.allows_work or path in self._counted:
            return
        self._counted.add(path)
        real = self.tree.real_path(path) or path
        if real in self._counted_files:
            characters = min(characters // _NAMES_FOR_ONE, self._left_of_further_names)
            self._left_of_further_names -= characters
        self.characters += characters
        self._counted_files.add(real)

    def was_counted(self, path: str) -> bool:
        """Whether a file that Terraform reads has been counted."""
        return path in self._counted

    def text(self, path: str) -> SourceFile | ReadProblem:
        """The text of any file, read once; it allows a run no more work."""
        self.asked_files.add(path)
        found = self._sources.get(path)
        if found is None:
            found = self._sources[path] = self._remembered(self._read(path))
        return found

    def _read(self, path: str) -> SourceFile | ReadProblem:
        """The text of a file, unless links give the same files more names than can be read."""
        real = self.tree.real_path(path) or path
        known = self._known_sources.get(real)
        within = (os.path.dirname(path), real)
        if known is not None:
            size = self._size(real, known)
            is_large = size > _LARGE or within in self._read_within
            if self._left_to_read_again[is_large] < 0:
                return ReadProblem(path, _TOO_MANY_NAMES, "too large")
            self._left_to_read_again[is_large] -= size
        source = self.read(path)
        if not isinstance(source, ReadProblem):
            self._known_sources[real] = source
            self._read_within.add(within)
        return source

    def _size(self, real: str, source: SourceFile) -> int:
        """The characters that a file counts for under another name: more than it has where it is dense."""
        size = self._sizes.get(real)
        if size is None:
            size = self._sizes[real] = max(len(source.text), _usual_size(source))
        return size

    def _remembered(self, source: SourceFile | ReadProblem) -> SourceFile | ReadProblem:
        """The same text in the form that an earlier run has made of it."""
        if isinstance(source, ReadProblem):
            return source
        size = len(source.text) // _TEXTS_PER_TREE
        question = (source.path, source.text)
        return self.memory.once(question, size, lambda: source, source.path)

    def read(self, path: str) -> SourceFile | ReadProblem:
        """The text of a file, as it is now: the overlay's, where there is one."""
        text = self.overlay(path)
        if text is not None:
            return source_from_bytes(path, text)
        return read_file(path) if self.tree.holds(path) else outside(path)

    def count_for_functions(self, path: str, size: int) -> int:
        """Take note that a function reads a file.

        Returns the steps that this allows a run: none where a function has read it before.
        """
        self.read_by_functions[path] = size
        if not self.allows_work or path in self._counted_for_functions:
            return 0
        self._counted_for_functions.add(path)
        before = self.characters + self._characters_for_functions
        self._characters_for_functions += size
        return steps_for(before, size)

    def was_read(self, path: str) -> bool:
        """Whether a function has read a file of late, under this name or another one."""
        return self.tree.resolve(path) in self.read_by_functions

    def overlay(self, path: str) -> bytes | None:
        """What stands in for a file; None for what is read from disk."""
        self.asked_files.add(path)
        text = self._overlays.get(self.tree.resolve(path)) if self._overlays else None
        return None if text is None else text.encode("utf-8", "surrogateescape")

    def parse(self, path: str) -> ParsedFile | ReadProblem:
        """The tree of one file, parsed once."""
        self.asked_files.add(path)
        found = self._parsed.get(path)
        if found is None:
            source = self.source(path)
            found = source if isinstance(source, ReadProblem) else self._parse(source)
            self._parsed[path] = found
        return found

    def _parse(self, source: SourceFile) -> ParsedFile:
        question = (parse, self._parser, source)
        return self.memory.once(
            question,
            len(source.text),
            lambda: parse(source, self._parser),
            (parse, self._parser, source.path),
        )

    def names(self, directory: str) -> tuple[str, ...] | ReadProblem:
        """The names of the configuration files of a directory that are read, in name order."""
        self.asked_folders.add(directory)
        found = self._names.get(directory)
        if found is None:
            found = self._names[directory] = self._with_overlays(directory)
        return found

    def _with_overlays(self, directory: str) -> tuple[str, ...] | ReadProblem:
        found = () if self.alone else self._listed(directory)
        added = [
            name
            for folder, name in self._overlaid
            if folder == directory and is_configuration_file(name)
        ]
        if not added:
            return found
        return read_together({*(() if isinstance(found, ReadProblem) else found), *added})

    def _listed(self, directory: str) -> tuple[str, ...] | ReadProblem:
        """What is in a directory, which is listed once whatever its names are."""
        real = self.tree.real_path(directory) or directory
        found = self._listings.get(real)
        if found is None:
            listed = _configuration_names(directory)
            if isinstance(listed, ReadProblem):
                return listed
            found = self._listings[real] = listed
        return found

    def module(self, directory: str) -> Module | None:
        """The module of a directory; None when there is no configuration file in it."""
        self.asked_folders.add(directory)
        found = self._modules.get(directory)
        if found is None:
            names = self.names(directory)
            if isinstance(names, ReadProblem) or not names:
                return None
            found = self._modules[directory] = self._build(directory, names)
        return found

    def _build(self, directory: str, names: tuple[str, ...]) -> Module:
        builder = ModuleBuilder(directory)
        if self.alone:
            builder.incomplete()
        # Files that override come after all others, each group in name order.
        for name in sorted(names, key=lambda name: (is_override_file(name), name)):
            parsed = self.parse(os.path.join(directory, name))
            if isinstance(parsed, ReadProblem):
                builder.incomplete()
            else:
                builder.add(parsed.body, is_override_file(name))
        return builder.build()


def _usual_size(source: SourceFile) -> int:
    """The characters that as many tokens as there are in a file usually have, at the least."""
    if is_json_file(source.path):
        return sum(map(source.text.count, "{[,")) * _CHARACTERS_OF_ELEMENT
    from symlint.hcl.native.lexer import tokenize

    return int(len(tokenize(source.text).kinds) * _CHARACTERS_OF_TOKEN)


def _configuration_names(directory: str) -> tuple[str, ...] | ReadProblem:
    try:
        names = os.listdir(directory)
    except FileNotFoundError:
        return ReadProblem(directory, "the directory does not exist", "missing")
    except NotADirectoryError:
        return ReadProblem(directory, "expected a directory, found a file", "not a file")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return ReadProblem(directory, f"the directory cannot be read: {reason}", "unreadable")
    except ValueError:
        return ReadProblem(directory, "the directory does not exist", "missing")
    found = (name for name in names if is_configuration_file(name))
    return read_together(n for n in found if not os.path.isdir(os.path.join(directory, n)))

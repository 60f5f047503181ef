"""Which root modules there are below the paths that a run is given.

A root module is a directory with Terraform files that no other module found calls. Hidden
directories, ``.terraform`` and what git ignores are left out; so are modules that have nothing to
do with Sym, unless they are asked for.
"""

from __future__ import annotations

import os
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.named_tuple import NamedTuple
from symlint.source.directories import MAXIMUM_DEPTH, Directories
from symlint.source.file_names import PYTHON_SUFFIX, is_configuration_file
from symlint.source.files import ReadProblem
from symlint.source.reachable import reachable, turned
from symlint.source.tree import project_folder
from symlint.terraform.modules.declarations import is_local_source, literal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from symlint.terraform.modules.loader import FileCache

_SYM_MARKS: Final = ("sym_", "symopsio")
_LEADS_OUT: Final = (
    "it is a symbolic link that leads out of the repository, and is not followed; name the place that "
    "it leads to"
)
_MOST_STEPS_OF_LINKS: Final = 50_000
"""How many files and calls of directories are looked at that are there under another name already."""

_TOO_MANY_LINKS: Final = (
    "symbolic links lead to the same modules in too many ways: not all of them were looked at"
)


class PathProblem(NamedTuple):
    """A path of the command line with nothing to lint; ``message`` does not repeat the path."""

    path: str
    message: str
    kind: Literal["missing", "empty", "unreadable", "too many", "outside"]


class _Wanted(NamedTuple):
    """Which root modules are wanted: all, or those that concern Sym or have one of ``marks``."""

    all_modules: bool
    marks: Sequence[str]


class Discovery(NamedTuple):
    """What there is to lint.

    ``roots`` are absolute directories in path order. ``skipped`` are the directories with
    Terraform files that do not concern Sym and were left out. ``files`` are the absolute paths of
    the files that were named, ``below`` has what there is below each directory that was, and
    ``calls`` the directories that each module there calls.
    """

    roots: tuple[str, ...]
    skipped: tuple[str, ...]
    problems: tuple[PathProblem, ...]
    files: tuple[str, ...] = ()
    below: tuple[Directories, ...] = ()
    calls: Mapping[str, Sequence[str]] = {}


def discover(
    paths: Sequence[str],
    cache: FileCache,
    all_modules: bool = False,
    marks: Sequence[str] = (),
) -> Discovery:
    """The root modules below ``paths``: directories, which are walked, and files.

    A module concerns Sym when a word of Sym's is in its text, or one of ``marks``.

    A file stands for the root modules that its module belongs to, looked for in the enclosing
    git repository, else in the current directory where the file is below it; one of Python for
    those of the modules that may read it, of which there need not be any.
    """
    roots: set[str] = set()
    calls: dict[str, Sequence[str]] = {}
    skipped: set[str] = set()
    problems: list[PathProblem] = []
    files: list[str] = []
    below: list[Directories] = []
    for path in paths:
        absolute = os.path.abspath(path)
        if not cache.tree.include(absolute):
            problems.append(PathProblem(absolute, _LEADS_OUT, "outside"))
        elif os.path.isdir(absolute):
            found = _Walk(cache, absolute, marks)
            below.append(found.below)
            problems += _blind_spots(found.below)
            if not found.directories:
                if not (absolute in found.below.unread or found.below.too_deep):
                    problems.append(
                        PathProblem(absolute, "there are no Terraform files here", "empty")
                    )
                continue
            kept = found.roots(all_modules)
            roots.update(kept)
            calls.update(found.all_calls)
            if found.left_out:
                problems.append(PathProblem(absolute, _TOO_MANY_LINKS, "too many"))
            linted: set[str] = reachable(found.all_calls, kept)
            skipped.update(set(found.directories) - linted)
        elif os.path.lexists(absolute) or cache.overlay(absolute) is not None:
            files.append(absolute)
        else:
            problems.append(PathProblem(absolute, "there is no such file or directory", "missing"))
    roots.update(_roots_of_files(files, cache, problems, _Wanted(all_modules, marks)))
    return Discovery(
        tuple(sorted(roots)),
        tuple(sorted(skipped - roots)),
        tuple(problems),
        tuple(files),
        tuple(below),
        calls,
    )


def _blind_spots(below: Directories) -> Iterator[PathProblem]:
    """What is not looked at below a directory though it should be."""
    for directory, reason in below.unread.items():
        yield PathProblem(directory, f"the directory cannot be read: {reason}", "unreadable")
    yield from _not_looked_into(below)
    if below.too_many_patterns:
        yield PathProblem(
            below.top,
            "the .gitignore files have more patterns than can be compared with what is here; "
            "what git ignores may be linted as well",
            "too many",
        )


def _not_looked_into(below: Directories) -> Iterator[PathProblem]:
    """What is left out because there are too many directories, or they are too deep."""
    if below.beyond:
        message = (
            f"only {below.looked_into:,} directories are looked into, and there are at least "
            f"{below.beyond:,} more here; lint parts of them, one after the other"
        )
        yield PathProblem(below.top, message, "too many")
    if below.too_deep:
        message = (
            f"what lies more than {MAXIMUM_DEPTH} levels below this directory is not looked into "
            f"(directories left out: {below.too_deep:,}); lint it by its own path"
        )
        yield PathProblem(below.top, message, "too many")


def _roots_of_files(
    files: Sequence[str], cache: FileCache, problems: list[PathProblem], wanted: _Wanted
) -> Iterator[str]:
    """The root modules that call the modules of files, themselves where nothing calls them."""
    modules: dict[str, set[str]] = {}
    python: dict[str, list[str]] = {}
    for path in files:
        if path.endswith(PYTHON_SUFFIX):
            python.setdefault(project_folder(path), []).append(path)
            continue
        directory = os.path.dirname(path)
        if not is_configuration_file(os.path.basename(path)):
            # Variable files and the like belong to the module beside them.
            names = cache.names(directory)
            if isinstance(names, ReadProblem) or not names:
                problems.append(
                    PathProblem(path, "there are no Terraform files beside it", "empty")
                )
                continue
        modules.setdefault(project_folder(path), set()).add(directory)
    # Many files may be named; each folder above them is walked once.
    for top in {**modules, **python}:
        walk = _Walk(cache, top, wanted.marks, count=False)
        problems += _not_looked_into(walk.below)
        if top in modules:
            yield from walk.callers(modules[top])
            if walk.left_out:
                problems.append(PathProblem(top, _TOO_MANY_LINKS, "too many"))
        if top in python:
            from symlint.terraform.modules.python_files import PythonReaders

            readers = PythonReaders(python[top], cache, walk.is_top).among(walk.directories)
            if readers:
                yield from walk.callers(readers).intersection(walk.roots(wanted.all_modules))


def mentions_sym(directory: str, cache: FileCache, marks: Sequence[str] = ()) -> bool:
    """Whether a word of Sym's, or one of ``marks``, is in the text of a module; found once in a run."""
    names = cache.names(directory)
    if isinstance(names, ReadProblem):
        return False
    question = (mentions_sym, directory, tuple(marks))
    known: bool | None = cache.answers.get(question)
    if known is None:
        known = cache.answers[question] = _mentions_sym(directory, names, cache, marks)
    return known


def _mentions_sym(
    directory: str, names: Sequence[str], cache: FileCache, marks: Sequence[str]
) -> bool:
    for name in names:
        source = cache.source(os.path.join(directory, name))
        if not isinstance(source, ReadProblem) and any(
            mark in source.text for mark in (*_SYM_MARKS, *marks)
        ):
            return True
    return False


class _Walk:
    """The directories with Terraform files below one directory, and which calls which."""

    def __init__(
        self, cache: FileCache, top: str, marks: Sequence[str] = (), *, count: bool = True
    ) -> None:
        self._cache = cache
        self._marks = (*_SYM_MARKS, *marks)
        self._calls: dict[str, tuple[str, ...]] = {}
        self._concerns: dict[str, bool] = {}
        self._read: dict[tuple[str, tuple[str, ...]], tuple[Sequence[str], bool]] = {}
        self._steps_of_links = _MOST_STEPS_OF_LINKS
        self.left_out = False
        """Whether calls are not followed since links lead to the same modules in too many ways."""
        self.below: Final = Directories(top, count=count)
        self.directories: Final = tuple(self.below.files)

    # --- calls ---

    def calls(self, directory: str) -> tuple[str, ...]:
        """The directories of the configuration that the module of a directory calls."""
        found = self._calls.get(directory)
        if found is None:
            found = self._calls[directory] = self._read_calls(directory)
        return found

    def _read_calls(self, directory: str) -> tuple[str, ...]:
        names = self._cache.names(directory)
        if isinstance(names, ReadProblem):
            return ()
        # Links may give a directory many names; what calls say leads elsewhere from each.
        place = (self._cache.tree.real_path(directory) or directory, names)
        is_known = place in self._read
        if not is_known:
            self._read[place] = self._sources(directory, names)
        sources, self._concerns[directory] = self._read[place]
        if is_known and not self._can_follow(len(names) + len(sources)):
            return ()
        called = {os.path.normpath(os.path.join(directory, source)) for source in sources}
        return tuple(sorted(it for it in called if self._cache.tree.enter(directory, it)))

    def _can_follow(self, steps: int) -> bool:
        self._steps_of_links -= steps + 1
        self.left_out = self.left_out or self._steps_of_links < 0
        return not self.left_out

    def _sources(self, directory: str, names: Iterable[str]) -> tuple[Sequence[str], bool]:
        """The local sources that a module calls, and whether it concerns Sym."""
        sources: dict[str, None] = {}
        concerns = False
        for name in names:
            path = os.path.join(directory, name)
            source = self._cache.source(path)
            if isinstance(source, ReadProblem):
                # What cannot be read is reported by whoever lints it, not passed over.
                concerns = True
                continue
            text = source.text
            concerns = concerns or any(mark in text for mark in self._marks)
            # Only a file that may hold the source of a local module is worth parsing here.
            if '"./' in text or '"../' in text or '".\\\\' in text or '"..\\\\' in text:
                sources.update(dict.fromkeys(self._local_sources(path)))
        return tuple(sources), concerns

    def _local_sources(self, path: str) -> Iterable[str]:
        parsed = self._cache.parse(path)
        if isinstance(parsed, ReadProblem):
            return
        for block in parsed.body.blocks("module"):
            attribute = block.body.attribute("source")
            source = None if attribute is None else literal_text(attribute.value)
            if source is not None and is_local_source(source):
                yield source

    def concerns_sym(self, directory: str) -> bool:
        """Whether the files of one directory mention Sym, or cannot be read."""
        self.calls(directory)
        return self._concerns.get(directory, False)

    @cached_property
    def all_calls(self) -> Mapping[str, tuple[str, ...]]:
        """What the modules here call, and what these call, wherever they are."""
        found: dict[str, tuple[str, ...]] = {}
        own = frozenset(self.directories)
        stack = [*self.directories]
        while stack:
            directory = stack.pop()
            if directory not in found and (directory in own or not self.left_out):
                found[directory] = self.calls(directory)
                stack += found[directory]
        return found

    # --- roots ---

    def is_top(self, directory: str) -> bool:
        """Whether a directory is one of ``top_directories``."""
        return directory in self.top_directories

    @cached_property
    def top_directories(self) -> list[str]:
        """The directories that no other calls, and one of each ring that only calls itself."""
        called: set[str] = set()
        for directory in self.directories:
            called.update(c for c in self.calls(directory) if c != directory)
        tops = [directory for directory in self.directories if directory not in called]
        covered = reachable(self.all_calls, tops)
        for directory in self.directories:
            if directory not in covered:
                tops.append(directory)
                covered = reachable(self.all_calls, [directory], covered)
        return sorted(tops)

    def roots(self, all_modules: bool) -> list[str]:
        """The root modules to lint."""
        tops = self.top_directories
        if all_modules:
            return tops
        concerned = [it for it in self.all_calls if self.concerns_sym(it)]
        callers = reachable(turned(self.all_calls), concerned)
        return [top for top in tops if top in callers]

    def callers(self, directories: Set[str]) -> set[str]:
        """The root modules that lead to ``directories``, and those of these that none leads to."""
        tops = self.top_directories
        callers = reachable(turned(self.all_calls), directories)
        alone = directories - reachable(self.all_calls, tops)
        return {top for top in tops if top in callers} | alone

"""Lints paths: one run for each configuration file, and the reports joined into one."""

from __future__ import annotations

import os
from functools import partial
from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import TimeLimitReachedError
from symlint.lint.finding import SEVERITIES
from symlint.lint.options import Options
from symlint.lint.report import Failure, Report
from symlint.lint.run.coverage import counts, file_statuses, left_over
from symlint.lint.run.inputs import file_cache, unused_variable_files
from symlint.lint.run.shares import Shares, too_many
from symlint.lint.settings.config import DEFAULT
from symlint.lint.settings.config_file import Known, find_config, load_config, nested_config
from symlint.named_tuple import NamedTuple
from symlint.source.cutting import cut
from symlint.source.tree import Tree
from symlint.terraform.instances.collection_pause import RareCollection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from symlint.lint.finding import Finding, Severity
    from symlint.lint.options import FailOn
    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.paths import Root
    from symlint.lint.run.roots.kept import Kept
    from symlint.lint.run.setup import Loaded
    from symlint.lint.settings.config import Config
    from symlint.memory import Memory
    from symlint.terraform.modules.loader import FileCache

__all__ = ["Options", "lint"]

_STEPS_TO_READ: Final = 3
"""What a character takes that is read, in steps, beside what is counted: it is parsed, and looked for."""

_STEPS_TO_SAY: Final = 300
"""What a finding takes that is reported, in steps."""


def lint(
    paths: Sequence[str],
    options: Options = Options(),  # noqa: B008 - a NamedTuple never changes
    progress: Callable[[int, int, str], None] | None = None,
    memory: Memory | None = None,
    *,
    spent: int = 0,
    texts: Mapping[str, str] = {},
    kept: Kept | None = None,
) -> Report:
    """Lint files and directories; the report has every finding, failure and count.

    ``progress`` is called with how many root modules are done, how many there are, and the
    directory of the next one. ``memory`` has what earlier runs made of texts, and gets what this one
    makes of them. ``spent`` is what has been done already of the work that is allowed, in steps.
    ``texts`` stand in for files that are there, by path, as what they may come to.
    ``kept`` has what earlier runs over the same paths have found in root modules; only where files are
    different now are these linted.
    Raises UsageError: ``ConfigError`` for a configuration file or baseline that cannot be used,
    ``SelectionError`` for a selector that selects nothing, ``RegistryError`` for rules that cannot be
    loaded; nothing else.
    """
    cache = file_cache(options, Tree(paths or (os.curdir,)), memory, texts)
    if kept is not None:
        kept.begin(cache)
    shares = Shares(spent=spent)
    known = Known()
    parts = _parts(paths, options, cache, shares, known)
    shares.divide(sum(len(part.roots) for part in parts), cache.characters)
    _leave_out(parts, shares.most)
    try:
        with RareCollection():
            again = partial(_open_again, tuple(paths), options, texts)
            _lint_parts(parts, again, options, progress or _nobody_waits, kept)
            _lint_left_over(parts, options, known, kept, shares.most)
    except TimeLimitReachedError as limit:
        parts[0].run.give_up("", [f"{limit}: not everything was looked at"])
    _say_left_out(parts)
    report = _report(parts, options, cache, shares)
    if kept is None:
        return report
    work = kept.end(part.run for part in parts) + len(report.findings) * _STEPS_TO_SAY
    return report._replace(work=work)


def lint_roots(
    roots: Mapping[str, Config],
    options: Options,
    cache: FileCache,
    loaded: Loaded,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Lint some root modules and no other, each with its configuration, by directory.

    For who lints again and again, and keeps files and rules. Raises what ``lint`` does, and what
    ``progress`` raises.
    """
    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.paths import Root

    shares = Shares()
    parts: dict[str | None, _Part] = {}
    for directory, config in roots.items():
        if config.path not in parts:
            run = ConfigRun(config, options, cache, shares, loaded)
            parts[config.path] = _Part(run, {})
        _take(parts, config.path, Root(directory), options)
    shares.divide(len(roots), cache.characters)
    alone = options._replace(jobs=1)
    _lint_parts(tuple(parts.values()), list, alone, progress or _nobody_waits)
    report = _report(tuple(parts.values()), options, cache, shares)
    placed = (_with_roots(it, tuple(parts.values()), frozenset(roots)) for it in report.findings)
    return report._replace(findings=tuple(placed))


def _with_roots(finding: Finding, parts: Sequence[_Part], roots: frozenset[str]) -> Finding:
    """A finding in a module that several root modules call says which of them have it."""
    collections = [part.run.gathered.collection for part in parts]
    found = {root for it in collections for root in it.roots_of(finding) if root in roots}
    if not found or found == roots or os.path.dirname(finding.range.path) in roots:
        return finding
    top = os.path.commonpath(roots)
    names = " and ".join(os.path.relpath(root, top).replace(os.sep, "/") for root in sorted(found))
    why = f"{finding.why} " if finding.why else ""
    return finding._replace(why=f"{why}This applies only where {cut(names)} calls the module.")


def _report(parts: Sequence[_Part], options: Options, cache: FileCache, shares: Shares) -> Report:
    said_gone: set[tuple[str, str]] = set()
    reports = [part.run.report(said_gone) for part in parts]
    report = reports[0] if len(reports) == 1 else _joined(reports)
    report = report._replace(counts=counts(part.run.looked for part in parts))
    if options.list_files:
        report = report._replace(files=file_statuses(part.run.looked for part in parts))
    if unseen := _unseen(parts, options, report):
        report = report._replace(failures=(*report.failures, *unseen))
    failing = any(
        _fails(one.findings, options.fail_on or part.run.config.fail_on)
        for one, part in zip(reports, parts, strict=True)
    )
    status = 3 if report.failures else 1 if failing else 0
    work = shares.used + cache.characters * _STEPS_TO_READ + len(report.findings) * _STEPS_TO_SAY
    return report._replace(exit_status=status, work=work)


def _nobody_waits(_done: int, _total: int, _directory: str) -> None:
    """A ``progress`` that shows nothing."""


def _lint_parts(
    parts: Sequence[_Part],
    open_again: Callable[[], Sequence[_Part]],
    options: Options,
    progress: Callable[[int, int, str], None],
    kept: Kept | None = None,
) -> None:
    total = sum(len(part.roots) for part in parts)
    known = 0 if kept is None else kept.known_of((part.run, part.roots.values()) for part in parts)
    number = _processes(parts, options, total - known)
    if number > 1:
        from symlint.lint.run.roots.together import lint_together

        lint_together(parts, number, open_again, progress, kept)
        return
    done = 0
    for part in parts:
        for directory, root in sorted(part.roots.items()):
            progress(done, total, directory)
            _lint_root(part.run, root, kept)
            done += 1
    progress(total, total, "")


def _lint_root(run: ConfigRun, root: Root, kept: Kept | None) -> None:
    """Lint a root module, unless it is known what that gives."""
    if kept is None:
        run.lint_root(root)
    else:
        kept.take(run, root)


def _processes(parts: Sequence[_Part], options: Options, roots: int) -> int:
    """How many processes are to lint: the options say it, or the first configuration file."""
    if roots <= 1 or options.jobs == 1:
        return 1
    from symlint.lint.run.roots.processes import processes

    return processes(options.jobs, parts[0].run.config.jobs, roots)


def _open_again(paths: Sequence[str], options: Options, texts: Mapping[str, str]) -> list[_Part]:
    """The root modules of the paths, in another process."""
    cache = file_cache(options, Tree(paths or (os.curdir,)), texts=texts)
    return _parts(paths, options, cache, Shares(), Known())


def _unseen(parts: Sequence[_Part], options: Options, report: Report) -> list[Failure]:
    """What the run was to look at and has not: a green run means that it looked."""
    found = []
    below = [one.top for part in parts for one in part.run.paths.below]
    excluded = dict(report.counts.skipped_files).get("excluded")
    if below and excluded and not report.counts.files and not options.allow_empty:
        found.append(Failure(below[0], "every file here that concerns Sym is excluded"))
    for part in parts:
        config = part.run.config
        if not part.roots or not part.run.paths.holds_all(config):
            continue
        for files in unused_variable_files(part.roots, options, config):
            names = cut(" and ".join(files))
            message = f"variable-files names {names}, which no root module has"
            found.append(Failure(config.path or "", message))
    return found


class _Part(NamedTuple):
    """The root modules, by directory, that one configuration file is for."""

    run: ConfigRun
    roots: dict[str, Root]


def _parts(
    paths: Sequence[str], options: Options, cache: FileCache, shares: Shares, known: Known
) -> list[_Part]:
    """The root modules of the paths, each with the configuration file that is nearest to it."""
    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.setup import Loaded

    loaded = Loaded(known)
    parts: dict[str | None, _Part] = {}
    found: list[tuple[str | None, Root]] = []
    for config, group_paths in _by_config(paths, options, known):
        part = parts[config.path] = _Part(ConfigRun(config, options, cache, shares, loaded), {})
        for root in part.run.paths.find(group_paths):
            nearest = _nearest_config(part, root, options, known)
            found.append((nearest, root))
            if nearest == config.path:
                part.roots[root.directory] = root
    for path, root in found:
        _take(parts, path, root, options)
    return list(parts.values())


def _nearest_config(part: _Part, root: Root, options: Options, known: Known) -> str | None:
    """The configuration file for a root that was found under that of ``part``."""
    nearest = None
    if not options.isolated and options.configuration_file is None:
        nearest = nested_config(root.directory, part.run.paths.beneath(root), known)
    return nearest or part.run.config.path


def _take(
    parts: dict[str | None, _Part], path: str | None, root: Root, options: Options
) -> _Part | None:
    """Add a root to the part of its configuration file; None where that has it or excludes it."""
    from symlint.lint.run.config_run import ConfigRun

    if path is not None and path not in parts:
        first = next(iter(parts.values())).run
        config = first.loaded.config(path)
        run = ConfigRun(config, options, first.cache, first.shares, first.loaded)
        run.paths.is_nested = True
        parts[path] = _Part(run, {})
    part = parts[path]
    if root.directory in part.roots or not part.run.paths.take(root):
        return None
    part.roots[root.directory] = root
    return part


def _leave_out(parts: Sequence[_Part], most: int) -> None:
    """Keep so many root modules at most, the first ones."""
    for part in parts:
        for directory in sorted(part.roots)[most:]:
            del part.roots[directory]
            part.run.paths.left_out[directory] = None
        most -= len(part.roots)


def _say_left_out(parts: Sequence[_Part]) -> None:
    number = sum(len(part.run.paths.left_out) for part in parts)
    if number:
        for part in parts:
            part.run.give_up("", [too_many(number)])


def _lint_left_over(
    parts: list[_Part], options: Options, known: Known, kept: Kept | None, most: int
) -> None:
    """Lint what no root module has led to, so that everything below the paths is looked at.

    There are ``most`` root modules at most, with those that have been linted.
    """
    most -= sum(len(part.roots) for part in parts)
    by_path = {part.run.config.path: part for part in parts}
    seen = {directory for part in parts for directory in part.run.gathered.modules}
    for found_by in tuple(parts):
        for root in left_over(found_by.run.paths, seen):
            if most <= 0:
                found_by.run.paths.left_out[root.directory] = None
                continue
            nearest = _nearest_config(found_by, root, options, known)
            part = _take(by_path, nearest, root, options)
            if part is not None:
                most -= 1
                modules = part.run.gathered.modules
                before = len(modules)
                _lint_root(part.run, root, kept)
                # There may be as many of these root modules as there are modules in all.
                seen.update(islice(reversed(modules), len(modules) - before))
    parts[:] = by_path.values()


def config_for(path: str, options: Options) -> Config:
    """The configuration that applies to a linted path. Raises ConfigError."""
    known = Known()
    return _load(_config_path(path, options, known), known)


def _config_path(path: str, options: Options, known: Known) -> str | None:
    return None if options.isolated else options.configuration_file or find_config(path, known)


def _load(path: str | None, known: Known) -> Config:
    return load_config(os.path.abspath(path), known) if path else DEFAULT


def _by_config(
    paths: Sequence[str], options: Options, known: Known
) -> list[tuple[Config, list[str]]]:
    """The paths of each configuration file, in the order in which they are given."""
    groups: dict[str | None, tuple[Config, list[str]]] = {}
    for path in dict.fromkeys(paths or (os.curdir,)):
        found = _config_path(path, options, known)
        if found not in groups:
            groups[found] = (_load(found, known), [])
        groups[found][1].append(path)
    return list(groups.values())


def _fails(findings: Iterable[Finding], fail_on: FailOn) -> bool:
    if fail_on == "never":
        return False
    counted: tuple[Severity, ...] = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.severity in counted for finding in findings)


def _joined(reports: Sequence[Report]) -> Report:
    """The reports of several configuration files as one; a finding of two is taken once."""
    findings = {
        (finding.code, finding.range.sort_key(), finding.title): finding
        for report in reports
        for finding in report.findings
    }
    rules = {rule.code: rule for report in reports for rule in report.rules}
    from symlint.lint.hiding.hidden import joined

    hidden = [report.hidden for report in reports if report.hidden is not None]
    return Report(
        findings=tuple(sorted(findings.values(), key=lambda finding: finding.sort_key())),
        undecided=tuple(item for report in reports for item in report.undecided),
        failures=tuple(dict.fromkeys(item for report in reports for item in report.failures)),
        suppressed=tuple(item for report in reports for item in report.suppressed),
        counts=reports[0].counts,
        rules=tuple(rules[code] for code in sorted(rules)),
        hidden=joined(hidden) if hidden else None,
    )

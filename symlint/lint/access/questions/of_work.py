"""The question which flows cannot work: code that is broken, and mistakes in what a flow reads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.lint.access.questions.answer import Answer, Part, counted, flow_name, worst
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from symlint.lint.access.inventory import RootGrants
    from symlint.lint.access.questions.answer import FlowName, Group, Verdict
    from symlint.lint.finding import Finding
    from symlint.source.text import Range

_QUESTION: Final = "Are there flows that cannot work?"
_MOST: Final = 50
"""How many mistakes are named."""

_MORE: Final = "further errors, which symlint check lists"


def cannot_work(
    flows: Sequence[Group],
    findings: Iterable[Finding],
    place: Callable[[Range], str],
    doubt: str = "",
) -> Answer:
    """Which flows have broken code, or an error in what they stand on; ``place`` names places.

    ``doubt`` says why there may be errors that are not among the findings.
    """
    broken: dict[str, dict[FlowName, None]] = {}
    perhaps: dict[str, dict[FlowName, None]] = {}
    roots = _Roots(flows)
    for finding in findings:
        if finding.severity == "error":
            text = f"{finding.code}: {finding.title} ({place(finding.range)})"
            names = roots.concerned(finding)
            _add(broken if names and len(names) == 1 else perhaps, text, names or [[]])
    for group in flows:
        for text in _broken(group):
            _add(broken, text, [[flow_name(*group[0])]])
    parts = [Part("yes", text, tuple(names)) for text, names in broken.items()]
    parts += [Part("unknown", text, tuple(names)) for text, names in perhaps.items() if names]
    lost = [text for text, names in perhaps.items() if not names]
    parts += [Part("unknown", f"of no flow that is known: {text}") for text in lost]
    not_working = {name for names in broken.values() for name in names}
    doubtful = {name for names in perhaps.values() for name in names} - not_working
    works = tuple(
        name
        for group in flows
        if (name := flow_name(*group[0])) not in not_working and name not in doubtful
    )
    rest: Verdict = "unknown" if doubt else "no"
    if works:
        parts.append(Part(rest, doubt or "no error is found in what they read", works))
    said = counted(
        [
            Part("yes", "", tuple(not_working)),
            Part("unknown", "", tuple(doubtful)),
            Part(rest, "", works),
        ]
    )
    if lost:
        said += "; errors elsewhere may keep Terraform from applying the rest"
    verdict = worst(it.verdict for it in parts if it.verdict)
    return Answer("broken", _QUESTION, verdict, said, tuple(parts))


def _broken(group: Group) -> Iterator[str]:
    """What in the code of a flow fails, with the targets where that is not so for all of them."""
    found: dict[str, list[str]] = {}
    for _, grant in group:
        for column, cell in grant.cells.items():
            if cell.state == "broken" and cell.value is None:
                found.setdefault(f"{COLUMNS[column]}: {cell.said}", []).append(grant.target)
    for text, targets in found.items():
        yield text if len(targets) == len(group) else f"{text}, for {', '.join(targets)}"


def _add(
    found: dict[str, dict[FlowName, None]], text: str, names: Iterable[Iterable[FlowName]]
) -> None:
    key = text if text in found or len(found) < _MOST else _MORE
    found.setdefault(key, {}).update({name: None for some in names for name in some})


class _Roots:
    """The root modules of an inventory with their flows by address."""

    def __init__(self, flows: Sequence[Group]) -> None:
        self._roots: dict[tuple[str, str], RootGrants] = {}
        self._names: dict[tuple[str, str, str], FlowName] = {}
        for group in flows:
            root, grant = group[0]
            self._roots[root.directory, root.variable_files] = root
            name = flow_name(root, grant)
            self._names[root.directory, root.variable_files, grant.address] = name

    def concerned(self, finding: Finding) -> list[list[FlowName]]:
        """The flows that a finding is about, for each root module that it may be in."""
        found: dict[str, list[FlowName]] = {}
        for root in self._may_be_in(finding.range.path):
            addresses = _addresses(root, finding)
            names = [self._names.get((root.directory, root.variable_files, it)) for it in addresses]
            known = [name for name in names if name is not None]
            if known:
                found.setdefault(root.directory, []).extend(sorted(known))
        return list(found.values())

    def _may_be_in(self, path: str) -> Iterator[RootGrants]:
        """The root modules around a file; all of them for a file of a module that they may call."""
        around = [it for it in self._roots.values() if path.startswith(it.directory + os.sep)]
        nearest = max((len(it.directory) for it in around), default=0)
        for root in self._roots.values():
            if not around or (root in around and len(root.directory) == nearest):
                yield root


def _addresses(root: RootGrants, finding: Finding) -> frozenset[str]:
    """The addresses of the flows of a root module that a finding is about."""
    if root.chains is None:
        return frozenset()
    with_code = root.chains.of_file(finding.range.path)
    if with_code or not finding.address:
        return with_code
    return root.chains.of_address(finding.address) or frozenset()

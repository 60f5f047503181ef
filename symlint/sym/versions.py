"""Versions and version constraints, as Terraform reads and compares them.

Terraform has two readers. ``required_version`` and the ``version`` of a module go through
HashiCorp's go-version; the version of a provider goes through apparentlymart's go-versions. They
differ where it matters: ``~> 1`` admits 2.0.0 for a module and does not for a provider. The tests
hold the cases that were tried with Terraform 1.11.4.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:  # aliases too: only type checkers need them, and each costs start-up time
    from collections.abc import Iterable
    from typing import Final, Literal, TypeAlias

    Dialect: TypeAlias = Literal["module", "provider"]
    """Whose constraint it is: ``required_version`` follows "module"."""

    Share: TypeAlias = Literal["all", "some", "none", "unknown"]
    """For how many admitted versions a statement holds; "unknown" where no admitted one is
    known."""

    Release: TypeAlias = tuple[int, int, int]

_LARGEST = 2**63 - 1
_LONGEST = 256


class VersionError(ValueError):
    """A text is not a version."""


class ConstraintError(ValueError):
    """A text is not a version constraint."""


class Version:
    """A version; ``str()`` gives it as written, without a leading ``v``.

    Compared as go-version does: missing segments are zero, a pre-release comes before its
    release, build metadata does not count.
    """

    __slots__ = ("_key", "metadata", "prerelease", "segments", "text")

    def __init__(
        self, text: str, segments: tuple[int, ...], prerelease: str, metadata: str
    ) -> None:
        self.text: Final = text
        self.segments: Final = segments
        self.prerelease: Final = prerelease
        self.metadata: Final = metadata
        end = len(segments)
        while end and not segments[end - 1]:
            end -= 1
        self._key: Final = (segments[:end], _prerelease_key(prerelease))

    @property
    def release(self) -> tuple[int, int, int]:
        """Major, minor and patch."""
        major, minor, patch = (*self.segments, 0, 0)[:3]
        return major, minor, patch

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __lt__(self, other: Version) -> bool:
        return self._key < other._key

    def __le__(self, other: Version) -> bool:
        return self._key <= other._key

    def __gt__(self, other: Version) -> bool:
        return self._key > other._key

    def __ge__(self, other: Version) -> bool:
        return self._key >= other._key

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Version({self.text!r})"


def _prerelease_key(prerelease: str) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """A key that orders pre-releases as semantic versioning does, releases after them."""
    if not prerelease:
        return (1, ())
    parts = prerelease.split(".")
    return (0, tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts))


def in_order(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Versions in ascending order."""
    return tuple(sorted(versions, key=attrgetter("_key")))


@lru_cache(1000)  # a run reads the same few hundred versions of the catalogue again and again
def parse_version(text: str) -> Version:
    """Read ``text`` as a version: "1", "1.2", "v1.2.3", "1.2.3-beta.1+build".

    Raises VersionError.
    """
    plain = text.strip(" \t")
    plain = plain[1:] if plain[:1] == "v" else plain
    rest, plus, metadata = plain.partition("+")
    numbers, dash, prerelease = rest.partition("-")
    segments = numbers.split(".")
    if (
        len(plain) > _LONGEST
        or not plain.isascii()
        or not all(map(str.isdigit, segments))
        or (dash and not _is_identifiers(prerelease))
        or (plus and not _is_identifiers(metadata))
    ):
        raise VersionError(f"{text!r} is not a version")
    read = tuple(map(int, segments))
    if max(read) > _LARGEST:
        raise VersionError(f"{text!r} is not a version: a number is too large")
    return Version(plain, read, prerelease, metadata)


def _is_identifiers(text: str) -> bool:
    """Whether ``text`` is what may follow a dash or a plus: dotted letters, digits, - and ~."""
    return all(
        part and part.replace("-", "0").replace("~", "0").isalnum() for part in text.split(".")
    )


class Term:
    """One comparison of a constraint; ``operator`` is "=" where none is written."""

    __slots__ = ("operator", "version")

    def __init__(self, operator: str, version: Version) -> None:
        self.operator: Final = operator
        self.version: Final = version

    def __str__(self) -> str:
        return f"{self.operator} {self.version}"


_OPERATORS = (">=", "<=", "!=", "~>", "=", ">", "<")


class Constraint:
    """A conjunction of comparisons; one without terms admits every release.

    ``text`` is the constraint as written; several joined by ``&`` are separated by commas.
    """

    __slots__ = ("dialect", "terms", "text")

    def __init__(self, text: str, terms: tuple[Term, ...], dialect: Dialect) -> None:
        self.text: Final = text
        self.terms: Final = terms
        self.dialect: Final = dialect

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Constraint({self.text!r}, {self.dialect})"

    def __and__(self, other: Constraint) -> Constraint:
        """What both admit. Raises ValueError if one is a module's and one a provider's."""
        if other.dialect != self.dialect:
            raise ValueError("a module's and a provider's constraint cannot be joined")
        text = ", ".join(part for part in (self.text, other.text) if part)
        return Constraint(text, self.terms + other.terms, self.dialect)

    def admits(self, version: Version) -> bool:
        """Whether Terraform may select ``version``; a pre-release only if asked for by name."""
        if version.prerelease and not any(
            term.operator == "=" and term.version == version for term in self.terms
        ):
            return False
        return all(_holds(term, version, self.dialect) for term in self.terms)

    def among(self, known: Iterable[Version]) -> tuple[Version, ...]:
        """The versions of ``known`` that are admitted, in ascending order."""
        return in_order(version for version in known if self.admits(version))

    def newest(self, known: Iterable[Version]) -> Version | None:
        """The version of ``known`` that Terraform would select, or None."""
        return max(self.among(known), default=None)

    def admitted(self, known: Iterable[Version]) -> Admitted:
        """What is admitted of ``known``, and whether releases newer than all of it are too."""
        known = in_order(known)
        beyond = bool(known) and self.reaches(since=_after(known[-1]))
        return Admitted(self.among(known), beyond, self)

    def reaches(self, since: Version | None = None, until: Version | None = None) -> bool:
        """Whether any release, published or not, from ``since`` up to but not including
        ``until`` is admitted.

        Releases have three numbers, as Terraform's registries demand.
        """
        low, high, excluded = _bounds(self.terms, self.dialect)
        if since is not None:
            low = max(low, _at_least(since))
        if until is not None:
            high = _lower(high, _at_least(until))
        if high is not None and low >= high:
            return False
        if high is None or low[:2] != high[:2]:
            return True  # no end to the patch numbers, and only a few of them are excluded
        gaps = {number for number in excluded if low <= number < high}
        return len(gaps) < high[2] - low[2]


ANY_MODULE: Final = Constraint("", (), "module")
ANY_PROVIDER: Final = Constraint("", (), "provider")


class Admitted:
    """The admitted versions: the ``known`` ones in ascending order; ``beyond`` says that releases
    newer than every published version that symlint knows are admitted as well."""

    __slots__ = ("_constraint", "beyond", "known")

    def __init__(self, known: tuple[Version, ...], beyond: bool, constraint: Constraint) -> None:
        self.known: Final = known
        self.beyond: Final = beyond
        self._constraint: Final = constraint

    def __repr__(self) -> str:
        return f"Admitted({', '.join(map(str, self.known))}{' and newer' if self.beyond else ''})"

    @property
    def newest(self) -> Version | None:
        """The version that Terraform would select, as far as known."""
        return self.known[-1] if self.known else None

    @property
    def oldest(self) -> Version | None:
        """The oldest known admitted version."""
        return self.known[0] if self.known else None

    def share(self, since: Version | None = None, until: Version | None = None) -> Share:
        """How many admitted versions lie from ``since`` up to but not including ``until``."""
        if not self.known:
            return "unknown"
        inside = sum(within(version, since, until) for version in self.known)
        outside = len(self.known) - inside
        if self.beyond:
            inside += until is None
            outside += until is not None and self._constraint.reaches(since=until)
        return "some" if inside and outside else "all" if inside else "none"


def within(version: Version, since: Version | None, until: Version | None) -> bool:
    """Whether ``since <= version < until``, where None is no limit.

    A pre-release counts as the release that it leads up to.
    """
    if version.prerelease:
        version = Version("", version.segments, "", "")
    return (since is None or version >= since) and (until is None or version < until)


def parse_constraint(text: str, dialect: Dialect = "module") -> Constraint:
    """Read ``text`` such as "~> 1.0, != 1.0.2"; a module's may be empty.

    Raises ConstraintError where Terraform calls the constraint invalid.
    """
    if not text and dialect == "module":
        return ANY_MODULE
    terms = tuple(_parse_term(part, text, dialect) for part in text.split(","))
    return Constraint(text.strip(), terms, dialect)


def _parse_term(part: str, text: str, dialect: Dialect) -> Term:
    plain = part.strip(" \t\r\n")
    operator = next((op for op in _OPERATORS if plain.startswith(op)), "")
    number = plain[len(operator) :].strip(" \t")
    if not plain:
        raise ConstraintError(f"{text!r} is not a version constraint: a part of it is empty")
    try:
        version = parse_version(number)
    except VersionError:
        raise ConstraintError(
            f"{text!r} is not a version constraint: {plain!r} is not an operator and a version"
        ) from None
    if dialect == "provider" and (number[:1] == "v" or len(version.segments) > 3):
        raise ConstraintError(
            f"{text!r} is not a provider version constraint: {number!r} must have at most three"
            " numbers and no leading v"
        )
    return Term(operator or "=", version)


def _holds(term: Term, version: Version, dialect: Dialect) -> bool:
    """Whether the comparison holds."""
    operator, wanted = term.operator, term.version
    if operator == "=":
        same_build = dialect == "module" or version.metadata == wanted.metadata
        return version == wanted and same_build
    if operator == "!=":
        return version != wanted
    if operator == ">":
        return version > wanted
    if operator == ">=":
        return version >= wanted
    if operator == "<":
        return version < wanted
    if operator == "<=":
        return version <= wanted
    return version >= wanted and _is_pessimistic_match(wanted, version, dialect)


def _is_pessimistic_match(wanted: Version, version: Version, dialect: Dialect) -> bool:
    """Whether ``version`` is below the upper end of ``~> wanted``."""
    written = len(wanted.segments)
    if dialect == "provider":
        fixed = max(1, written - 1)
    else:
        if (wanted.prerelease and not version.prerelease) or written > max(
            3, len(version.segments)
        ):
            return False
        fixed = written - 1  # none for "~> 1", which go-version therefore reads as ">= 1"
    return (*version.segments, 0)[:fixed] == wanted.segments[:fixed]


# --- the releases between two bounds ------------------------------------------------------------


def _at_least(version: Version) -> Release:
    """The first release that is not before ``version``."""
    return _next(version.release) if any(version.segments[3:]) else version.release


def _after(version: Version) -> Version:
    """The first release after ``version``."""
    release = version.release if version.prerelease else _next(version.release)
    return Version(".".join(map(str, release)), release, "", "")


def _next(release: Release) -> Release:
    major, minor, patch = release
    return major, minor, patch + 1


def _lower(one: Release | None, other: Release) -> Release:
    return other if one is None or other < one else one


def _bounds(
    terms: tuple[Term, ...], dialect: Dialect
) -> tuple[Release, Release | None, set[Release]]:
    """First release admitted, first one no longer admitted (None: no end), and exclusions."""
    low: Release = (0, 0, 0)
    high: Release | None = None
    excluded: set[Release] = set()
    for term in terms:
        operator, version = term.operator, term.version
        first = _at_least(version)
        following = _after(version).release
        exact = not version.prerelease and not any(version.segments[3:])
        if operator == "!=":
            if exact:
                excluded.add(first)
        elif operator in (">=", ">"):
            low = max(low, first if operator == ">=" else following)
        elif operator in ("<=", "<"):
            high = _lower(high, first if operator == "<" else following)
        elif operator == "=":
            low = max(low, first)
            high = _lower(high, following if exact else first)
        else:
            low = max(low, first)
            end = _pessimistic_end(version, dialect)
            high = high if end is None else _lower(high, end)
    return low, high, excluded


def _pessimistic_end(version: Version, dialect: Dialect) -> Release | None:
    """The first release that ``~> version`` no longer admits; None if there is none."""
    major, minor, _ = version.release
    written = len(version.segments)
    if dialect == "module":
        if version.prerelease or written > 3:
            return (0, 0, 0)
        if written == 1:
            return None
    return (major, minor + 1, 0) if written == 3 else (major + 1, 0, 0)

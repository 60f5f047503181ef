"""A value as lines that somebody would write in HCL, and why what is in it is not known."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.report.cells import wrap
from symlint.report.escape import neutralise, neutralise_lines
from symlint.terraform.values.addresses import quote
from symlint.terraform.values.conversion import bits_of
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.terraform.values.value import Value

    Places = Mapping[tuple[str | int, ...], str]

MOST_LINES: Final = 400
"""Lines of one value; ``--format json`` shows everything."""

DEEPEST: Final = 50
WITHOUT_TERMINAL: Final = 120
"""How wide the lines of a value are in a log."""

_SHORTEST: Final = 24
"""What is shown at least of a text inside a value."""

UNKNOWN: Final = "(not known)"
AFTER_APPLY: Final = "(known after apply)"
"""As ``terraform plan`` has it, of what a provider decides."""

_DECIDED: Final = ("id", "output")
"""What no configuration sets: of Sym's resources, and of ``terraform_data``."""


class Line(NamedTuple):
    """A line of a value, and what is to be said about it."""

    text: str
    comment: str = ""


def reasons_of(value: Value) -> list[tuple[str, str]]:
    """Why a value, or what is in it, is not known: each reason once, after what it is a reason of."""
    reasons: dict[tuple[str, str], None] = {}
    stack: list[tuple[Value, int]] = [(value, 0)]
    for _ in range(MOST_LINES * 4):
        if not stack:
            break
        current, depth = stack.pop()
        content = current.content
        if isinstance(content, Unknown) and content.reason and not current.sensitive:
            reasons[_unknown(content).strip("()"), content.reason] = None
        found = inside(current) if depth < DEEPEST else None
        stack.extend((inner, depth + 1) for _, inner in reversed(found or ()))
    return list(reasons)


def value_lines(value: Value) -> list[str]:
    """A value as somebody would write it in HCL."""
    return [line.text for line in Writer({}, WITHOUT_TERMINAL, str).lines(value)]


class Writer:
    """Writes a value as somebody would write it in HCL.

    ``places`` says where elements were written, ``room`` how wide lines may be; ``hide`` takes secrets
    out of a text, before it is cut.
    """

    def __init__(self, places: Places, room: int, hide: Callable[[str], str]) -> None:
        self.places = places
        self.room = room
        self.hide = hide
        self.left = MOST_LINES * 4

    def lines(self, value: Value) -> list[Line]:
        return list(self._lines(value, (), "", ""))

    def _lines(self, value: Value, path: tuple[str | int, ...], lead: str, end: str) -> list[Line]:
        """The lines of a value after ``lead``, ``end`` behind it."""
        self.left -= 1
        items = inside(value)
        if items is None or self.left < 0 or len(path) > DEEPEST:
            if not path:
                return _whole_text(value) or [Line(f"{lead}{_scalar(value)[0]}{end}")]
            text, comment = self.element(value, path, len(lead) + len(end))
            return [Line(f"{lead}{text}{end}", comment)]
        opening, closing = "[]" if items and isinstance(items[0][0], int) else "{}"
        if isinstance(value.content, tuple):
            opening, closing = "[]"
        comment = self.whole(value, path)
        if not items and not not_set(value):
            return [Line(f"{lead}{opening}{closing}{end}", comment)]
        blank = " " * (len(lead) - len(lead.lstrip()))
        found = [Line(f"{lead}{opening}", comment)]
        names = [key_text(name) for name, _ in items]
        width = max((len(name) for name in names), default=0) if _aligned(names) else 0
        for (name, element), shown in zip(items, names, strict=True):
            if self.left < 0:
                found.append(Line(f"{blank}  ..."))
                break
            if opening == "[":
                found += self._lines(element, (*path, name), f"{blank}  ", ",")
            else:
                found += self._lines(element, (*path, name), f"{blank}  {shown:<{width}} = ", "")
        if unset := not_set(value):
            start = f"{blank}  # "
            found += [Line(start + line) for line in wrap(unset, self.room - len(start))]
        found.append(Line(f"{blank}{closing}{end}"))
        return found

    def whole(self, value: Value, path: tuple[str | int, ...]) -> str:
        """What is known of a value with elements: what it is, or where it was written."""
        if not path:
            return ""
        if isinstance(value.content, ObjectReference):
            return neutralise(str(value.content.reference))
        return self.places.get(path, "")

    def element(self, value: Value, path: tuple[str | int, ...], taken: int) -> Line:
        """An element in the room of one line, of which something is ``taken``; nothing of what is in it."""
        content = value.content
        text, comment = _scalar(value)
        text, most, length = self.hide(text), max(self.room - taken, _SHORTEST), ""
        if len(text) > most and isinstance(content, str) and not value.sensitive:
            text, length = text[: most - 2] + '…"', f"{len(content):,} characters"
        elif len(text) > most:
            text = text[: most - 2] + "…"
        found = (length, comment or self.places.get(path, ""))
        return Line(text, ", ".join(it for it in found if it))


def _whole_text(value: Value) -> list[Line]:
    """A text of several lines, as a heredoc; nothing for any other value."""
    content = value.content
    if value.sensitive or not isinstance(content, str) or "\n" not in content.rstrip("\n"):
        return []
    lines = neutralise_lines(content.removesuffix("\n"))
    mark = "EOT" if "EOT" not in lines else "END_OF_TEXT"
    return [Line(f"<<{mark}"), *map(Line, lines), Line(mark)]


def _aligned(names: list[str]) -> bool:
    """Whether equals signs stand beneath one another, as ``terraform fmt`` writes them."""
    return max(map(len, names), default=0) <= 30


def inside(value: Value) -> list[tuple[str | int, Value]] | None:
    """The elements by index or name; None for what has none or may not be shown.

    Those are left out that ``not_set`` names.
    """
    found = _elements(value)
    return found and [(name, it) for name, it in found if not _is_unset(name, it)]


def not_set(value: Value) -> str:
    """That the configuration does not set some arguments of a whole resource, in words; or ""."""
    names = [key_text(name) for name, it in _elements(value) or () if _is_unset(name, it)]
    return f"not set: {', '.join(names)}" if names else ""


def _elements(value: Value) -> list[tuple[str | int, Value]] | None:
    content = value.content
    if value.sensitive:
        return None
    if isinstance(content, tuple):
        return list(enumerate(content))
    if isinstance(content, dict):
        return list(content.items())
    if isinstance(content, ObjectReference):
        found = ((name, content.attribute(name)) for name in content.names())
        return [(name, it) for name, it in found if it is not None]
    return None


def _is_unset(name: str | int, value: Value) -> bool:
    """Whether an element is an argument that the provider decides, because nothing is written for it."""
    content = value.content
    if name in _DECIDED or value.hops or not isinstance(content, Unknown):
        return False
    reference = content.reference
    return content.kind == "computed" and reference is not None and reference.path == (name,)


def _scalar(value: Value) -> tuple[str, str]:
    """A value without elements, and what is known of it where it is not known."""
    content = value.content
    if value.sensitive:
        return "(sensitive)", ""
    if content is None:
        return "null", ""
    if isinstance(content, bool):
        return ("true" if content else "false"), ""
    if isinstance(content, str):
        return neutralise(quote(content)), ""
    if isinstance(content, Unknown):
        reference = content.reference
        return _unknown(content), "" if reference is None else neutralise(str(reference))
    if isinstance(content, (tuple, dict, ObjectReference)):
        return "...", ""
    return format_number(content, bits_of(value)), ""  # type: ignore[arg-type]  # only numbers are left


def _unknown(content: Unknown) -> str:
    return AFTER_APPLY if content.kind == "computed" else UNKNOWN


def key_text(name: str | int) -> str:
    """A name or index as it stands before an equals sign."""
    text = str(name)
    plain = text.replace("-", "_").isidentifier() and not text.startswith("-")
    return text if plain and text.isprintable() else neutralise(quote(text))

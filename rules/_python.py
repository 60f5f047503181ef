"""What the rules about the Python of flows share: which code there is, and findings in it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.lint.finding import RelatedRange
from symlint.lint.rule import Rule

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from symlint.lint.finding import Edit, Finding, Fix, Outcome, Severity
    from symlint.source.text import Range
    from symlint.sym.implementation.carried import Implementation, Role
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Lookup

    Place = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | tuple[int, int]


def carried(sym: Lookup, *roles: Role) -> tuple[Implementation, ...]:
    """The Python of the configuration in some roles, known or not; in all without any."""
    from symlint.sym.implementation.carried import implementations

    found = sym.once(implementations)
    return tuple(it for it in found if it.role in roles) if roles else found


class PythonRule(Rule):
    """A rule about the Python that a flow, a flows filter or a strategy carries.

    ``roles`` are those that the rule is about, all of them by default, and ``question`` is what it
    asks of each. Code that cannot be parsed is the question of ``python-syntax``.
    """

    roles: ClassVar[tuple[Role, ...]] = ()
    question: ClassVar[str]

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Ask the rule's questions of all Python of the configuration."""
        for one in carried(configuration, *self.roles):
            if one.code is None:
                yield self.undecided(one.used, self.question, one.reason)
            elif one.code.module is not None:
                yield from self.check_code(one, one.code, one.code.module)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Ask the rule's questions of one text of Python; ``one`` says what carries it."""
        raise NotImplementedError

    def at(
        self,
        one: Implementation,
        place: Place | None,
        title: str,
        *,
        label: str = "",
        related: tuple[RelatedRange, ...] = (),
        why: str = "",
        help_: str = "",
        fix: Fix | None = None,
        severity: Severity | None = None,
        function: str | None = None,
    ) -> Finding:
        """A finding at a node, or at two offsets, of the code that an argument carries.

        What the code lacks stands at its beginning: ``place`` is None. Code that Terraform makes has no
        lines of its own: the finding stands at the expression, and says which line of the text it is
        about. The fix of such code is left out by ``edit``.
        """
        assert one.code is not None
        range_ = range_of(one, place or (0, 0))
        if range_ is None:
            range_ = one.code.whole
            if place is not None:
                line = rendered_line(one, place)
                label = f"{label}: {line}" if label else f"it has the line {line}"
        return self.finding(
            title,
            range_,
            label=label,
            related=tuple(it for it in related if it.range != range_),
            why=why,
            help_=help_,
            address=one.address,
            attribute=one.attribute,
            function=function_around(one, place) if function is None else function,
            path=one.value.hops if range_.path == one.used.path else (),
            fix=fix,
            severity=severity,
        )


def range_of(one: Implementation, place: Place) -> Range | None:
    """Where a part of the code stands; None for one that stands nowhere as it is."""
    assert one.code is not None
    return one.code.place(*_span(one, place))


def edit(one: Implementation, place: Place, replacement: str) -> Edit | None:
    """Write something in place of a part of the code; None where that stands nowhere as it is."""
    from symlint.lint.finding import Edit

    range_ = range_of(one, place)
    return None if range_ is None else Edit(range_, replacement)


def rendered_line(one: Implementation, place: Place) -> str:
    """The line of the text that a part of the code is in, in quotes."""
    from symlint.hcl.native.strings import visible

    assert one.code is not None
    return visible(one.code.line(_span(one, place)[0]).strip(), limit=60)


def function_around(one: Implementation, place: Place | None) -> str:
    """The name of the function that a part of the code is in, or is the definition of."""
    import ast

    if place is None or isinstance(place, tuple) or one.code is None or one.code.module is None:
        return ""
    if isinstance(place, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return place.name
    function = one.code.module.scopes.function_of(place)
    return "" if function is None else function.name


def sharing(one: Implementation) -> tuple[Implementation, ...]:
    """All that carry the same code for the same purpose: that of one file, or of one expression."""
    found = carried(one.view.sym, one.role)
    return tuple(it for it in found if _where(it) == _where(one))


def _where(one: Implementation) -> tuple[object, ...] | None:
    code = one.code
    return None if code is None else (code.text, code.path or code.whole)


def used_by(one: Implementation) -> RelatedRange:
    """The argument that carries the code, as the other half of a contradiction."""
    return RelatedRange(one.used, f"the code of {one.view.local_name}")


def _span(one: Implementation, place: Place) -> tuple[int, int]:
    assert one.code is not None
    return place if isinstance(place, tuple) else one.code.span(place)

"""Every text of Python that a configuration carries, and the argument that carries it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.sym.model.flows import Flow, FlowsFilter
from symlint.sym.model.strategies import Strategy
from symlint.sym.model.texts import reason_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.source.text import Range
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule, PythonProblem
    from symlint.sym.implementation.stretches import Places
    from symlint.sym.model.flows import PromptField
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.values.value import Value

Role: TypeAlias = Literal["flow", "flows_filter", "strategy", "on_change"]
"""What Sym calls of the code: handlers, ``get_flows``, a class, ``on_change_<field>``."""


class Implementation(NamedTuple):
    """Python that an argument of a flow, a flows filter or a strategy carries.

    ``attribute`` is the argument in Terraform's words, ``used`` its expression, ``value`` what it is, or
    one of the values that it may be. ``field`` is the prompt field of an ``on_change``. Without ``code``,
    ``reason`` completes "not known, because ...", or ``missing`` says why its file cannot be read.
    """

    view: View
    role: Role
    attribute: str
    used: Range
    value: Value
    code: Code | None = None
    reason: str = ""
    missing: ReadProblem | None = None
    field: PromptField | None = None

    @property
    def address(self) -> str:
        """The address of the block that carries it."""
        return str(self.view.address)


def implementations(sym: Lookup) -> tuple[Implementation, ...]:
    """All Python of the configuration, in the order of views; ask ``sym.once(implementations)``."""
    return tuple(_all(sym))


def carried_by(view: View) -> list[Implementation]:
    """The code of a flow, a flows filter or a strategy, or all of which one may be its code."""
    return view.sym.once(_by_view).get(view, [])


def all_carried_by(view: View) -> list[Implementation]:
    """All code that something carries, also that of prompt fields, in the order of ``implementations``."""
    return view.sym.once(_all_by_view).get(view, [])


def _all_by_view(sym: Lookup) -> dict[View, list[Implementation]]:
    found: dict[View, list[Implementation]] = {}
    for one in sym.once(implementations):
        found.setdefault(one.view, []).append(one)
    return found


def _by_view(sym: Lookup) -> dict[View, list[Implementation]]:
    every = sym.once(_all_by_view).items()
    return {view: [it for it in found if it.role != "on_change"] for view, found in every}


def _all(sym: Lookup) -> Iterator[Implementation]:
    for flow in sym.all(Flow):
        yield from _of(flow, "flow")
        for field in flow.prompt_fields:
            value = field.value("on_change")
            if not value.is_null:
                name = "params.prompt_field.on_change"
                for leaf in leaves(value):
                    used = field.range("on_change")
                    made = _read(Implementation(flow, "on_change", name, used, leaf))
                    yield made._replace(field=field)
    for filter_ in sym.all(FlowsFilter):
        yield from _of(filter_, "flows_filter")
    for strategy in sym.all(Strategy):
        # Sym runs the code of no other strategy.
        if strategy.entry is not None and strategy.entry.needs_code:
            yield from _of(strategy, "strategy")


def _of(view: View, role: Role) -> Iterator[Implementation]:
    value = view.value("implementation")
    if not value.is_null and not view.is_data:
        for leaf in leaves(value):
            yield _read(
                Implementation(view, role, "implementation", view.range("implementation"), leaf)
            )


def _read(carried: Implementation) -> Implementation:
    """The same with its code, or why there is none."""
    value = carried.value
    text = value.string
    if value.is_null:
        return carried._replace(reason="it is null")
    path = value.read_from
    if path is None and text is not None and "\n" not in text and text.endswith(".py"):
        path = text
    if path is not None:
        return _of_file(carried, path)
    if text is None:
        return carried._replace(reason=reason_of(value))
    if carried.role == "strategy" and "\n" not in text:
        return carried._replace(reason="it is neither the path of a Python file nor code")
    from symlint.sym.implementation.stretches import Places

    read = carried.view.module.files.source
    return _with_code(carried, text, lambda: Places.of_value(value, read))


def _of_file(carried: Implementation, path: str) -> Implementation:
    from symlint.sym.implementation.stretches import Places

    source = carried.view.module.files.source(path)
    if isinstance(source, ReadProblem):
        return carried._replace(missing=source, reason=source.message)
    return _with_code(carried, source.text, lambda: Places.of_file(source), source.path)


def _with_code(
    carried: Implementation, text: str, places: Callable[[], Places], path: str | None = None
) -> Implementation:
    """The same with its code: once for each text and place of it, and what it says once for each text."""
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import TOO_MUCH, parse, steps_to_share

    sym, whole = carried.view.sym, carried.value.origin or carried.used

    def made() -> Code:
        return Code(text, places, whole, path, once_parsed)

    def once_parsed() -> PythonModule | PythonProblem:
        return sym.once_for((parse, text), parsed)

    def parsed() -> PythonModule | PythonProblem:
        of = path or (whole.path, whole.start)
        return parse(text, sym.terraform.budget, sym.terraform.cache.memory, of)

    first = sym.once_for((steps_to_share, text), lambda: carried)
    if first is not carried and not sym.terraform.budget.spend(steps_to_share(once_parsed())):
        return carried._replace(reason=TOO_MUCH)
    return carried._replace(code=sym.once_for((Code, text, path, whole), made))

"""Views of ``sym_flow`` and ``sym_flows_filter``, with their prompt fields."""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.model.arguments import Arguments, BlockArguments, MapArguments
from symlint.sym.model.environments import Environment
from symlint.sym.model.strategies import Strategy
from symlint.sym.model.views import View

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.views import Link
    from symlint.terraform.values.value import Value


class PromptField:
    """One field of the form that a requester fills in.

    ``symbolic`` when it stands for all fields that a ``dynamic`` block may make.
    """

    __slots__ = ("arguments", "symbolic")

    def __init__(self, arguments: Arguments, symbolic: bool = False) -> None:
        self.arguments: Final = arguments
        self.symbolic: Final = symbolic

    @property
    def header(self) -> Range:
        """What stands for the whole field."""
        return self.arguments.header

    @property
    def name(self) -> Value:
        """The ``name`` argument."""
        return self.arguments.value("name")

    @property
    def type(self) -> Value:
        """The ``type`` argument."""
        return self.arguments.value("type")

    @property
    def on_change(self) -> Argument | None:
        """The Python that runs when somebody changes the field."""
        return self.argument("on_change")

    @property
    def default(self) -> Argument | None:
        """What is chosen before somebody chooses."""
        return self.argument("default")

    @property
    def prefetch(self) -> Argument | None:
        """Whether code gives the choices."""
        return self.argument("prefetch")

    def argument(self, name: str) -> Argument | None:
        """One argument, or None where it is not given."""
        return self.arguments.argument(name)

    def value(self, name: str) -> Value:
        """The value of an argument; null where it is not given."""
        return self.arguments.value(name)

    def range(self, name: str) -> Range:
        """The expression of an argument; the header where it is not given."""
        return self.arguments.range(name)


class Flow(View):
    """A ``sym_flow``."""

    KIND = "sym_flow"

    @cached_property
    def params(self) -> Arguments | None:
        """The ``params`` block, or the map that it is with provider 1; None without either."""
        for block in self.instance.blocks("params"):
            return BlockArguments(block, block.range)
        written = self.argument("params")
        return None if written is None else MapArguments(written.value, written.range)

    @property
    def params_header(self) -> Range:
        """What stands for the parameters where one is missing: the flow where it has none."""
        return self.header if self.params is None else self.params.header

    @property
    def params_known(self) -> bool:
        """Whether a parameter that is not found is surely not given."""
        params = self.params
        return self.complete if params is None else self.complete and params.complete

    @property
    def variables(self) -> Argument | None:
        """``vars``, which its Python reads as ``event.flow.vars``."""
        return self.argument("vars")

    @property
    def allows_guests(self) -> bool | None:
        """Whether guests may interact with requests; None where that is not known."""
        from symlint.sym.model.texts import text_of

        params = self.params
        argument = None if params is None else params.argument("allow_guest_interaction")
        if argument is None or argument.value.is_null:
            return False if self.params_known else None
        return {"true": True, "false": False}.get(text_of(argument.value) or "")

    @property
    def allowed_sources(self) -> Argument | None:
        """From where the flow may be called; None where that is not said.

        The value is the list itself, also where provider 1 takes it as JSON, and then unknown if
        the JSON is.
        """
        params = self.params
        if params is None:
            return None
        argument = params.argument("allowed_sources")
        if argument is not None:
            return argument
        argument = params.argument("allowed_sources_json")
        if argument is None:
            return None
        from symlint.sym.model.decoding import decoded_json
        from symlint.terraform.values.value import unknown

        decoded = decoded_json(argument.value, self.instance, self.sym.terraform)
        return argument._replace(value=decoded or unknown("derived", "the JSON is not known"))

    # --- where it leads ---

    @cached_property
    def strategy_link(self) -> Link:
        """Where ``params.strategy_id`` leads; "null" for an approval-only flow."""
        params = self.params
        value = self.value("params") if params is None else params.value("strategy_id")
        if params is not None and params.argument("strategy_id") is None and not params.complete:
            from symlint.terraform.values.value import unknown

            value = unknown("derived", "the parameters are not known")
        range_ = self.header if params is None else params.range("strategy_id")
        return self.sym.resolve(value, range_, "sym_flow.params.strategy_id")

    @property
    def strategy(self) -> Strategy | None:
        """The strategy that the flow grants access with, where that is known."""
        view = self.strategy_link.view
        return view if isinstance(view, Strategy) else None

    @cached_property
    def environment_link(self) -> Link:
        """Where ``environment_id`` leads."""
        return self.link("environment_id")

    @property
    def environment(self) -> Environment | None:
        """The environment that the flow runs in, where that is known."""
        view = self.environment_link.view
        return view if isinstance(view, Environment) else None

    # --- prompt fields ---

    @cached_property
    def prompt_fields(self) -> tuple[PromptField, ...]:
        """The fields of the form in display order; those that are known."""
        return (*self._fields_of_blocks(), *(self._fields_of_json() or ()))

    @property
    def prompt_fields_known(self) -> bool:
        """Whether ``prompt_fields`` are surely all fields."""
        if not self.params_known:
            return False
        fields = self._fields_of_json()
        return fields is not None and not any(field.symbolic for field in self.prompt_fields)

    def _fields_of_blocks(self) -> tuple[PromptField, ...]:
        for params in self.instance.blocks("params"):
            return tuple(
                PromptField(BlockArguments(block, block.range), block.symbolic)
                for block in params.blocks("prompt_field")
            )
        return ()

    def _fields_of_json(self) -> tuple[PromptField, ...] | None:
        """The fields that provider 1 takes as JSON; None where they are not known.

        In JSON syntax, nothing tells the map that it takes from a block.
        """
        params = self.params
        argument = None if params is None else params.argument("prompt_fields_json")
        if argument is None:
            return ()
        from symlint.sym.model.decoding import decoded_json

        decoded = decoded_json(argument.value, self.instance, self.sym.terraform)
        elements = None if decoded is None else decoded.elements
        if elements is None:
            return None
        return tuple(
            PromptField(MapArguments(field, field.origin or argument.range), field.is_unknown)
            for field in elements
            if field.items is not None or field.is_unknown
        )


class FlowsFilter(View):
    """A ``sym_flows_filter``."""

    __slots__ = ()
    KIND = "sym_flows_filter"

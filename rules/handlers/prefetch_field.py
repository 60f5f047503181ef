"""Checks that prefetched fields and the functions that fill them belong together."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, Fix, RelatedRange
from symlint.lint.location import Location
from symlint.rules._python import PythonRule, edit, range_of, sharing, used_by
from symlint.rules._python_examples import FLOW, with_code
from symlint.sym.event.prefetches import Prefetch, prefetched_fields, prefetches
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow, PromptField

_FIELD: Final = """
    prompt_field {
      name     = "repository"
      type     = "string"
      prefetch = true
    }
  """
_FLOW: Final = FLOW.replace("params {}", "params {" + _FIELD + "}")
_CODE: Final = """

@prefetch(field_name="repo")
def get_repositories(event):
    return [FieldOption(value="website", label="Website")]
"""
_WITHOUT_OPTIONS: Final = (
    "Sym asks the function for the options before it shows the form. A field without a function has no "
    "options, and nobody can fill in the form."
)
_IMPORT: Final = "\n\nfrom sym.sdk.field_option import FieldOption\n"


class PrefetchField(PythonRule):
    """Each field with `prefetch = true` has a function under `@prefetch` with its name, and the reverse.

    Sym asks the function for the options of the field before it shows the form. Without it there are none, and
    nobody can fill in the form. A function for a field that the flow does not have, or that does not ask for
    it, is never called.

    **Not flagged.** Fields and names that are not known: undecided. A function that is for a field of another
    flow with the same code.
    """

    roles = ("flow",)
    question = "do its prefetched fields and the functions for them belong together?"
    code = "SYM607"
    name = "prefetch-field"
    severity = "error"
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
        "https://docs.symops.com/docs/prefetch-reducers",
    )
    bad = with_code(_IMPORT + _CODE, _FLOW)
    good = with_code(_IMPORT + _CODE.replace('"repo"', '"repository"'), _FLOW)

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether each field has its function, and each function its field."""
        from symlint.sym.model.arguments import is_given
        from symlint.sym.model.flows import Flow

        flow, found = one.view, module.once(prefetches)
        assert isinstance(flow, Flow)
        # Beside choices of its own, what is wrong is that the field has both.
        wanted = {
            name: field
            for name, field in prefetched_fields(flow)
            if name is not None and not is_given(field.argument("allowed_values"))
        }
        certain = flow.prompt_fields_known
        for name, field in prefetched_fields(flow):
            if name is None:
                certain = False
                yield self.undecided(
                    field.range("prefetch"), self.question, "the field is not known"
                )
        idle = [it for it in found if it.field and not _is_used(it.field, one)] if certain else []
        missing = {name: it for name, it in wanted.items() if all(name != p.field for p in found)}
        if missing and (module.scopes.has_star_import or any(it.field is None for it in found)):
            reason = "for which fields the code fetches options is not known"
            yield self.undecided(one.used, self.question, reason)
        elif len(missing) == len(idle) == 1:
            yield self._misnamed(one, idle.pop(), *missing.popitem())
        else:
            yield from (self._without_function(one, name, it) for name, it in missing.items())
        yield from (self._idle(one, flow, it) for it in idle)
        yield from self._repeated(one, module, found)
        yield from (PASSED for name in wanted if name not in missing)

    def _misnamed(
        self, one: Implementation, prefetch: Prefetch, name: str, field: PromptField
    ) -> Finding:
        change = edit(one, prefetch.node, f'"{name}"')
        return self.at(
            one,
            prefetch.node,
            f'no field "{prefetch.field}" is prefetched, and nothing fetches "{name}"',
            label="no such field",
            related=(RelatedRange(field.range("prefetch"), f'wants the options of "{name}"'),),
            why=_WITHOUT_OPTIONS,
            help_=f'write @prefetch(field_name="{name}"), or name the field "{prefetch.field}"',
            fix=change and Fix(f'write "{name}"', (change,), safe=False),
        )

    def _without_function(self, one: Implementation, name: str, field: PromptField) -> Finding:
        place = Location.of_range(
            field.range("prefetch"), one.address, "params.prompt_field.prefetch"
        )
        return place.finding(
            self,
            f'no function of the code fetches the options of the field "{name}"',
            label="needs a function",
            related=(used_by(one),),
            why=_WITHOUT_OPTIONS,
            help_=f'define one:\n  @prefetch(field_name="{name}")\n  def get_{name}(event):',
        )

    def _idle(self, one: Implementation, flow: Flow, prefetch: Prefetch) -> Finding:
        from symlint.source.close_names import close_name

        fields = {it.name.string: it for it in flow.prompt_fields}
        field = fields.get(prefetch.field)
        if field is not None:
            title = f'the field "{prefetch.field}" does not ask for the options that are fetched'
            related = RelatedRange(field.range("name"), "has no prefetch = true")
            help_ = "add prefetch = true to the field, or remove the function"
        else:
            title = f'the flow has no field "{prefetch.field}" to fetch options for'
            names = [it for it in fields if it is not None]
            shown = f"has the fields {either(names, 'and')}" if names else "has no prompt fields"
            related = RelatedRange(flow.params_header, shown)
            near = close_name(prefetch.field or "", names)
            help_ = f"did you mean {near}?" if near else "remove the function, or add the field"
        return self.at(
            one,
            prefetch.node,
            title,
            label="for no field",
            related=(related, used_by(one)),
            why="Sym never calls the function.",
            help_=help_,
        )

    def _repeated(
        self, one: Implementation, module: PythonModule, found: tuple[Prefetch, ...]
    ) -> Iterator[Finding]:
        """Functions of the text itself that fetch what another one does already."""
        first: dict[str, Prefetch] = {}
        for it in found:
            if it.field is None or it.function not in module.tree.body:
                continue
            earlier = first.setdefault(it.field, it)
            if earlier is not it:
                range_ = range_of(one, earlier.node)
                yield self.at(
                    one,
                    it.node,
                    f'two functions fetch the options of the field "{it.field}"',
                    label="fetched twice",
                    related=() if range_ is None else (RelatedRange(range_, "fetched here, too"),),
                    why="Only one of them can fill the field.",
                    help_="remove one of the functions, or name another field",
                )


def _is_used(field: str, one: Implementation) -> bool:
    """Whether a flow that has the same code may ask for the options of a field."""
    from symlint.sym.model.flows import Flow

    for other in sharing(one):
        flow = other.view
        assert isinstance(flow, Flow)
        if not flow.prompt_fields_known:
            return True
        if any(name in (None, field) for name, _ in prefetched_fields(flow)):
            return True
    return False

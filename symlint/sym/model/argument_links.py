"""The arguments of Sym's resources that must lead to other ones, and where their values lead.

These are no edges of the reference graph, and do not ask it: the graph is read from the text and is
about blocks, while these follow the value of an argument of one instance, by what the catalogue
says that the argument must lead to, and may end with "not known".
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.model.arguments import ABSENT, element, items_of
from symlint.sym.model.link_resolution import LinkList, link_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.catalogue.relations import ReferenceArgument
    from symlint.sym.model.link_resolution import ListState
    from symlint.sym.model.views import Link, Lookup, View
    from symlint.terraform.values.value import Value

_STEPS_PER_REFERENCE: Final = 25
"""What it costs to follow an argument that must lead somewhere, in steps of the budget."""


_STEPS_PER_ELEMENT: Final = 100
"""What it costs to follow, and to keep, an element of a map whose elements must lead somewhere."""


class ArgumentLinks(NamedTuple):
    """An argument of ``view`` that must lead to another resource, and where it leads.

    ``attribute`` is the argument in Terraform's terms: "integrations.slack_id". A single value is
    a list of one link.
    """

    view: View
    reference: ReferenceArgument
    attribute: str
    links: LinkList

    @property
    def leaves(self) -> Iterator[Link]:
        """Where each element leads, conditions taken apart."""
        return self.links.leaves


def argument_links(view: View) -> tuple[ArgumentLinks, ...]:
    """The links that a resource has by the catalogue; those of arguments that are not given, too.

    References that hold for another ``type`` of the resource only are left out; so is what is too much
    work.
    """
    return view.sym.once_for(("argument_links", view.address), lambda: tuple(_links_of(view)))


def _links_of(view: View) -> Iterator[ArgumentLinks]:
    budget = view.sym.terraform.budget
    for reference in view.sym.catalogue.references_of(view.kind):
        if not budget.spend(_STEPS_PER_REFERENCE):
            return
        if reference.condition is None or reference.condition == view.type_name:
            yield from _of_reference(view, reference)


def _of_reference(view: View, reference: ReferenceArgument) -> Iterator[ArgumentLinks]:
    path = reference.path
    attribute = ".".join(path)
    if path[0] == "params":
        params = getattr(view, "params", None)
        if params is not None:
            value, range_ = params.value(path[1]), params.range(path[1])
            yield ArgumentLinks(
                view, reference, attribute, _links(view.sym, value, range_, reference)
            )
        return
    value, range_ = view.value(path[0]), view.range(path[0])
    if path[-1] == "*":
        # What a module gives as a whole is no map of ids.
        items = items_of(value) if value.object_reference is None else {}
        for key, item in items.items():
            if path[0] == "settings" and _leads_nowhere(view, key):
                continue
            if not view.sym.terraform.budget.spend(_STEPS_PER_ELEMENT):
                return
            links = _links(view.sym, item, range_, reference)
            yield ArgumentLinks(view, reference, f"{path[0]}.{key}", links)
        return
    for key in path[1:]:
        value = element(value, key) or ABSENT
    yield ArgumentLinks(view, reference, attribute, _links(view.sym, value, range_, reference))


def _leads_nowhere(view: View, key: str) -> bool:
    """Whether a setting is known to be no id: a region, the ARN of a role."""
    setting = getattr(getattr(view, "entry", None), "settings", {}).get(key)
    return setting is not None and setting.reference is None


def _links(sym: Lookup, value: Value, range_: Range, reference: ReferenceArgument) -> LinkList:
    if reference.many == "list":
        return link_list(sym, value, range_, reference.name)
    link = sym.resolve(value, range_, reference.name)
    state: ListState = "known"
    if link.is_absent or link.outcome == "unknown":
        state = "absent" if link.is_absent else "unknown"
    return LinkList(state, (link,), value, range_, link.reason)


def integration_type(sym: Lookup, link: Link) -> str | None:
    """The ``type`` of the integration that a link leads to; None where that is not known.

    An integration that one of Sym's modules makes has the type that the catalogue says.
    """
    view = link.view
    if view is not None:
        return view.type_name
    subject = link.subject
    if subject is None or subject.kind != "sym_integration" or not subject.is_module:
        return None
    module = sym.module_at(subject.owner.address)
    output = str(subject.owner.path[0]) if subject.owner.path else ""
    forms = () if module is None else module.entry.outputs.get(output, ())
    types = {form.integration_type for form in forms if form.resource == "sym_integration"}
    return types.pop() if len(types) == 1 else None

"""The connector module whose IAM role a permission context integration holds."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.integrations import CONTEXT, Integration

if TYPE_CHECKING:
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Link, Lookup


def module_of_context(sym: Lookup, link: Link) -> SymModule | None:
    """The connector, or runtime connector, whose role the context behind a link holds.

    None where that is not known, and for integrations of other types.
    """
    if link.outcome != "ok":
        return None
    view = link.view
    if isinstance(view, Integration):
        return view.connector if view.type_name == CONTEXT else None
    subject = link.subject
    if subject is None:
        return None
    module = sym.module_around(subject.owner.address)
    return module if module is not None and module.entry.integration_type == CONTEXT else None


def is_contradictory(integration: Integration) -> bool:
    """Whether the external id of a context comes from another module than its settings.

    Then one of the two is wrong, and it is not known whose context it is meant to be.
    """
    source, read = integration.settings_source, integration.sym.output_read(integration.external_id)
    return source is not None and read is not None and source.module is not read.module

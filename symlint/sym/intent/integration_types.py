"""The type of an integration, judged by its settings, external id and names.

Two questions are asked. A strategy knows one use of the integration, and reports the type only
where the integration itself denies it (``denies_its_type``). Where all uses are known and none
accepts the type, it is enough that the integration could be of another one (``could_be``).
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.arguments import items_of
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from symlint.sym.model.integrations import Integration


def denies_its_type(view: Integration, type_name: str, accepted: tuple[str, ...]) -> bool:
    """Whether settings and names of an integration say that it is of an accepted type instead."""
    own = settings_fit(view, type_name)
    if own is None:
        return True
    fitting = [name for name in accepted if settings_fit(view, name)]
    if not fitting:
        return False
    if not own:
        return True
    return any(mentions(it, word) for it in view.names for word in fitting) and not any(
        mentions(it, type_name) for it in view.names
    )


def settings_fit(view: Integration, type_name: str) -> bool | None:
    """Whether the settings of an integration are those of a type; None for unknown types."""
    entry = view.sym.catalogue.integrations.get(type_name)
    if entry is None:
        return None
    source = view.settings_source
    if source is not None and source.gives == "settings":
        return source.module.entry.integration_type == type_name
    given = view.own_settings
    if given is None:
        return False
    known = given <= set(entry.settings) or entry.open_settings
    return given >= set(entry.required_settings) and known


def could_be(integration: Integration, type_name: str) -> bool:
    """Whether the external id is one of a type, and its required settings are given."""
    entry = integration.sym.catalogue.integrations.get(type_name)
    text = integration.external_id.string
    if entry is None or entry.external_id is None or not entry.external_id.formats or text is None:
        return False
    formats = integration.sym.catalogue.formats
    if not any(formats[it].matches(text) for it in entry.external_id.formats):
        return False
    return set(entry.required_settings) <= set(items_of(integration.settings))

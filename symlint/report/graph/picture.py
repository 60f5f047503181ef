"""A picture of the reference graph in the language that was asked for."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any
from symlint.graph import export
from symlint.report.escape import guard_log, json_text, neutralise, without_surrogates
from symlint.report.places import relative_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.graph.picture import Picture


def render_dot(picture: Picture, hide: Callable[[str], str]) -> str:
    """The picture in the language of Graphviz."""
    return guard_log(export.to_dot(picture, lambda text: neutralise(hide(text))))


def render_mermaid(picture: Picture, hide: Callable[[str], str]) -> str:
    """The picture as a Mermaid flow chart."""
    return guard_log(export.to_mermaid(picture, lambda text: neutralise(hide(text))))


def render_json(
    picture: Picture, hide: Callable[[str], str], directory: str, more: dict[str, Any]
) -> str:
    """The picture as JSON, with ``more`` keys; paths are relative to ``directory``."""
    data = export.document(
        picture,
        lambda text: without_surrogates(hide(text)),
        lambda path: without_surrogates(relative_path(path, directory)),
    )
    return json_text({**data, **more}) + "\n"

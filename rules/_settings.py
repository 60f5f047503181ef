"""Findings about required settings and their values: for all rules about ``settings``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location
from symlint.sym.intent.missing_settings import line_for, unexpected_range
from symlint.sym.model.settings import map_range
from symlint.sym.words import quoted, with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule
    from symlint.sym.intent.missing_settings import Missing
    from symlint.sym.model.views import View


def missing_finding(rule: Rule, view: View, missing: Missing, *, what: str, why: str) -> Finding:
    """The finding for a required setting of ``view`` that is not given.

    ``what`` is the thing in words: "okta_group target". Where the setting was given under another
    name, the finding stands there.
    """
    name, description = missing.setting.name, missing.setting.description
    written = unexpected_range(view, missing)
    place = Location.of_range(written or map_range(view), str(view.address), f"settings.{name}")
    place = place._replace(value=view.settings)
    label, help_, fix = f"{name} is missing", f"add it:\n{_line(view, missing)}", None
    if written is not None:
        label = f"no setting of {with_article(what)}"
        help_ = f"did you mean {name}?" if missing.close else f"write {name} instead"
        if written.text.strip('"') == missing.unexpected:
            replacement = quoted(name) if written.text.startswith('"') else name
            fix = place.write(replacement, safe=missing.close)
    header = RelatedRange(view.header, f"this {view.noun}")
    return place.finding(
        rule,
        f"{what} has no {name}",
        label=label,
        related=() if place.range.is_within(view.header) else (header,),
        why=why,
        help_=help_ + (f"\n({name} is the {description})" if description else ""),
        fix=fix,
    )


def _line(view: View, missing: Missing) -> str:
    line = line_for(view, missing.setting)
    return line if view.argument("settings") is not None else f"  settings = {{\n  {line}\n  }}"

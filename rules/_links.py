"""Findings about a reference that leads to the wrong thing: for all rules about references."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location
from symlint.sym.model.texts import shown_value
from symlint.sym.words import either, noun, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Severity
    from symlint.lint.rule import Rule
    from symlint.sym.model.views import Link, View


def link_finding(
    rule: Rule,
    link: Link,
    view: View,
    *,
    attribute: str,
    why: str,
    what: str = "",
    suggestions: tuple[View, ...] = (),
    severity: Severity | None = None,
) -> Finding:
    """The finding for a link of ``view`` that is wrong: where it leads, and what to write instead.

    ``attribute`` is the argument in Terraform's terms, ``what`` what the title calls it (its last
    part where not given); ``suggestions`` are the things that it probably should lead to.
    """
    from symlint.sym.intent.candidates import certain_reference, named_instead

    place = Location.of_link(view, link, attribute)
    place = place.where_taken(view.sym).where_misused(view.sym)
    link = link._replace(range=place.range)
    what, named = what or place.name, named_instead(link, view)
    title, label = _statement(link, what, named)
    replacement = certain_reference(link, view)
    return place.finding(
        rule,
        title,
        label=label,
        related=(*_evidence(link, view, named), *place.use(what)),
        why=why,
        help_=_advice(link, replacement, suggestions, view),
        fix=None if replacement is None else place.write(replacement, safe=True),
        severity=severity,
    )


def _evidence(link: Link, view: View, named: View | None) -> Iterator[RelatedRange]:
    """The ranges of what the link leads to, or names."""
    from symlint.sym.intent.candidates import quoted_block

    subject = link.subject
    if subject is not None and subject.view is not None:
        led = subject.view
        label = f"the {led.noun} that is meant"
        if subject.kind not in link.target.kinds:
            label = f"{with_article(led.noun)}, not {with_article(_wanted(link))}"
        yield RelatedRange(led.header, label)
    elif link.quoted is not None and (block := quoted_block(link, view)) is not None:
        yield RelatedRange(block, f"the {noun(link.quoted.kind)} that is meant")
    elif named is not None:
        yield RelatedRange(named.range("name"), f"the name of this {named.noun}")


def _wanted(link: Link) -> str:
    return either(noun(kind) for kind in link.target.kinds)


def _statement(link: Link, what: str, named: View | None) -> tuple[str, str]:
    """The title, and the label of the text that is wrong."""
    attribute, wanted = link.target.attribute, _wanted(link)
    one = with_article(wanted)
    subject = link.subject
    if link.outcome == "wrong_attribute" and subject is not None:
        taken = str(subject.path[0])
        return f"{what} is the {taken} of {one}, not its {attribute}", f"not the {attribute}"
    if link.outcome == "whole_resource":
        return f"{what} is {with_article('whole ' + wanted)}, not its {attribute}", (
            f"the whole {wanted}"
        )
    if link.outcome == "wrong_kind" and subject is not None:
        actual = _described(link)
        return f"{what} leads to {actual}, not to {one}", f"leads to {actual}"
    if link.outcome == "quoted_address":
        return f"{what} is a reference in quotes, which is a plain string", "not a reference"
    if link.outcome == "wrong_type":
        type_ = with_article(link.value.type.kind)
        return f"{what} is {type_}, not the {attribute} of {one}", type_
    if named is not None:
        return f"{what} is the name of {one}, not its {attribute}", f"not the {attribute}"
    text = link.value.string or ""
    label = "" if text in link.range.text else f"{shown_value(link.value)}: "
    return f"{what} is a string that is not the {attribute} of {one}", f"{label}not an {attribute}"


def _described(link: Link) -> str:
    """What a link of the wrong kind leads to: "a target", "the account_id of a module"."""
    subject = link.subject
    assert subject is not None
    if subject.kind == "module":
        return "a whole module"
    if subject.kind:
        return with_article(noun(subject.kind))
    return f"the {subject.gives} of a module"


def _advice(link: Link, replacement: str | None, suggestions: tuple[View, ...], view: View) -> str:
    from symlint.sym.model.references import reference_to

    attribute, wanted = link.target.attribute, _wanted(link)
    if replacement is not None:
        return f"write {replacement}"
    if link.outcome in ("wrong_attribute", "whole_resource") and link.subject is not None:
        return f"use the {attribute} of the {wanted} instead"
    kind = link.target.kinds[0]
    near = (it for it in suggestions if it.module is view.module)
    texts: dict[str, None] = {}
    for text in filter(None, (reference_to(it, attribute) for it in near)):
        texts[text] = None
        if len(texts) == 4:
            break
    if texts:
        return f"write {either(list(texts))}"
    return f"refer to the {wanted}: {kind}.<name>.{attribute}"

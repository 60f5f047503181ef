"""How rules say that an id leads to the wrong place; shared by all rules about references."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.sym.model.references import reference_to
from symlint.sym.words import either, noun, with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule
    from symlint.source.text import Range
    from symlint.sym.model.views import Link, View
    from symlint.terraform.values.value import Hop, Value


class Explanation(NamedTuple):
    """A wrong link in words."""

    title: str
    label: str
    help: str
    related: tuple[RelatedRange, ...] = ()
    fix: Fix | None = None


def link_finding(
    rule: Rule,
    link: Link,
    view: View,
    *,
    attribute: str,
    why: str,
    what: str = "",
    suggestions: tuple[View, ...] = (),
) -> Finding:
    """The finding for a link of ``view`` that is wrong.

    ``attribute`` is the argument in Terraform's terms, ``what`` what the title calls it (its last
    part where not given); ``suggestions`` are the things that it probably ought to lead to.
    """
    explanation = explain(link, view, what or attribute.rpartition(".")[2], suggestions)
    return rule.finding(
        explanation.title,
        link.range,
        label=explanation.label,
        related=explanation.related,
        why=why,
        help_=explanation.help,
        address=str(view.address),
        attribute=attribute,
        path=way(link.value, link.range),
        fix=explanation.fix,
    )


def explain(link: Link, view: View, what: str, suggestions: tuple[View, ...] = ()) -> Explanation:
    """Say in words where a wrong link of ``view`` leads, and what to write instead."""
    wanted = either(noun(kind) for kind in link.target.kinds)
    bearer = None
    if link.outcome == "literal" and link.value.string is not None:
        bearer = view.sym.named(link.target.kinds, link.value.string)
    title, label = _statement(link, what, wanted, bearer)
    related = []
    subject = link.subject
    if subject is not None and subject.view is not None:
        related.append(
            RelatedRange(
                subject.view.header,
                f"{with_article(subject.view.noun)}, not {with_article(wanted)}",
            )
            if subject.kind not in link.target.kinds
            else RelatedRange(subject.view.header, f"the {subject.view.noun} that is meant")
        )
    elif link.quoted is not None and (meant := _quoted(link, view)) is not None:
        related.append(RelatedRange(meant, f"the {noun(link.quoted.kind)} that is meant"))
    elif bearer is not None:
        related.append(RelatedRange(bearer.range("name"), f"the name of this {bearer.noun}"))
    if not within(link.range, link.argument):
        related.append(RelatedRange(link.argument, f"used as {what} here"))
    replacement = _replacement(link, bearer, view)
    help_ = _advice(link, wanted, replacement, suggestions, view)
    fix = None
    if replacement is not None and within(link.range, link.argument):
        fix = Fix(f"write {replacement}", (Edit(link.range, replacement),), safe=True)
    return Explanation(title, label, help_, tuple(related), fix)


def way(value: Value, range_: Range) -> tuple[Hop, ...]:
    """The way of a value, where it is more than the reference at ``range_`` itself."""
    hops = value.hops
    return hops if any(not within(hop.range, range_) for hop in hops) else ()


def within(inner: Range, outer: Range) -> bool:
    """Whether one range lies inside another."""
    return inner.path == outer.path and outer.start <= inner.start and inner.end <= outer.end


def _statement(link: Link, what: str, wanted: str, bearer: View | None) -> tuple[str, str]:
    """The title, and the label of the text that is wrong."""
    attribute = link.target.attribute
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
        return f"{what} is a reference in quotes, which is plain text", "a text, no reference"
    if link.outcome == "wrong_type":
        type_ = with_article(link.value.type.kind)
        return f"{what} is {type_}, not the {attribute} of {one}", type_
    if bearer is not None:
        return f"{what} is the name of {one}, not its {attribute}", f"not the {attribute}"
    return f"{what} is a text that is no {attribute} of {one}", f"not an {attribute}"


def _described(link: Link) -> str:
    """What a link of the wrong kind leads to: "a target", "the account_id of a module"."""
    subject = link.subject
    assert subject is not None
    if subject.kind == "module":
        return "a whole module"
    if subject.kind:
        return with_article(noun(subject.kind))
    return f"the {subject.gives} of a module"


def _replacement(link: Link, bearer: View | None, view: View) -> str | None:
    """What to write in place of the wrong text where that is certain."""
    attribute = link.target.attribute
    text = link.range.text
    subject = link.subject
    if link.outcome == "wrong_attribute" and subject is not None:
        taken = f".{subject.path[-1]}"
        return text.removesuffix(taken) + f".{attribute}" if text.endswith(taken) else None
    if link.outcome == "whole_resource" and subject is not None:
        plain = text.replace(".", "").replace("_", "").replace("-", "").isalnum()
        return f"{text}.{attribute}" if plain and "\n" not in text else None
    if link.outcome == "quoted_address" and link.quoted is not None:
        kind, name = link.quoted.kind, link.quoted.name
        single = "[" not in link.quoted.expression and _quoted(link, view) is not None
        return f"{kind}.{name}.{attribute}" if single and kind in link.target.kinds else None
    if bearer is not None and bearer.module is view.module:
        return reference_to(bearer, attribute)
    return None


def _quoted(link: Link, view: View) -> Range | None:
    """The block whose address stands in quotes, where it is declared beside ``view``."""
    assert link.quoted is not None
    declared = view.module.module.resources.get((link.quoted.kind, link.quoted.name))
    return None if declared is None else declared.range


def _advice(
    link: Link, wanted: str, replacement: str | None, suggestions: tuple[View, ...], view: View
) -> str:
    attribute = link.target.attribute
    if replacement is not None:
        return f"write {replacement}"
    if link.outcome in ("wrong_attribute", "whole_resource") and link.subject is not None:
        return f"take the {attribute} of the {wanted} instead"
    kind = link.target.kinds[0]
    near = [it for it in suggestions if it.module is view.module]
    texts = dict.fromkeys(text for it in near if (text := reference_to(it, attribute)))
    if texts:
        return f"write {either(list(texts)[:4])}"
    return f"refer to the {wanted}: {kind}.<name>.{attribute}"

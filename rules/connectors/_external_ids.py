"""The texts of ``external-id-source``: title, label and advice for each kind of wrong id."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.named_tuple import NamedTuple
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from symlint.sym.intent.connectors.mismatched_ids import WrongId
    from symlint.sym.model.modules import OutputRead, SymModule


class Wording(NamedTuple):
    """The wording of a finding; ``help`` if it is more than the expression to write."""

    title: str
    label: str
    evidence: RelatedRange
    why: str
    help: str = ""


def wording_of(wrong: WrongId) -> Wording:
    """The wording for each kind of wrong id."""
    module, read = wrong.module, wrong.read
    if module is None:
        return _contradiction(wrong)
    if wrong.kind == "hard_coded":
        return _hard_coded(wrong, module)
    if wrong.kind == "wrong_key":
        return _wrong_key(wrong, module)
    assert read is not None
    if wrong.kind == "other_module":
        return _other_module(wrong, module, read)
    if wrong.kind == "no_such_key":
        return _no_such_key(wrong, module, read)
    return _no_settings(wrong, module, read)


def expression_of(wrong: WrongId) -> str | None:
    """The expression to write for the argument; None if it is not known."""
    from symlint.sym.intent.connectors.external_ids import correct_id
    from symlint.sym.model.references import output_of

    module = wrong.right_module
    if module is None:
        return None
    if wrong.kind == "no_settings":
        return output_of(module, "settings")
    return f"{module.local_name}.settings" if wrong.attribute == "settings" else correct_id(module)


def _other_module(wrong: WrongId, module: SymModule, read: OutputRead) -> Wording:
    same = read.module.local_name == module.local_name
    names = (read.module.local_name, module.local_name)
    own, other = names if wrong.attribute == "external_id" else reversed(names)
    return Wording(
        f"external_id and settings come from different {'instances' if same else 'modules'}",
        f"from {own}",
        RelatedRange(wrong.evidence, f"from {other}"),
        f"Sym assumes the role of {module.local_name} and records access under the id of "
        f"{read.module.local_name}. Where the two are in different accounts, access is granted "
        "in one and recorded for the other.",
    )


def _hard_coded(wrong: WrongId, module: SymModule) -> Wording:
    from symlint.sym.intent.connectors.external_ids import meaning_of

    return Wording(
        f"external_id is hard-coded, its settings come from {with_article(module.title)}",
        "does not follow the module",
        RelatedRange(wrong.evidence, f"from {module.local_name}"),
        f"The literal does not follow {module.local_name}. When the module is applied to another "
        f"{meaning_of(module)}, Sym still records access under this one.",
    )


def _no_such_key(wrong: WrongId, module: SymModule, read: OutputRead) -> Wording:
    from symlint.sym.intent.connectors.external_ids import meaning_of

    key, title = read.path[-1], with_article(module.title)
    keys = next((it.keys for it in module.entry.outputs.get(read.path[0], ()) if it.keys), ())
    why = (
        f"The permission context of {title} is identified by its {meaning_of(module)}. terraform "
        "plan fails once the module is installed."
    )
    if key == "external_id":
        why = (
            "Only a runtime connector has an external_id, and that is not the id of an account: "
            "it is the secret that AWS compares when the role is assumed. terraform plan "
            "fails once the module is installed."
        )
    return Wording(
        f"{title} has no {key} among its settings",
        "no such key",
        RelatedRange(wrong.evidence, f"its settings have {either(keys, 'and')}"),
        why,
    )


def _wrong_key(wrong: WrongId, module: SymModule) -> Wording:
    from symlint.sym.intent.connectors.external_ids import meaning_of

    wanted, read = meaning_of(module), wrong.read
    why = (
        f"Sym knows the role of {module.local_name} by its {wanted}. With another id, "
        "requests do not find the role."
    )
    if read is not None and read.gives == "role_external_id":
        why = (
            "The external_id among the settings is the secret that AWS compares when the role is "
            "assumed. Here it would be sent to Sym as an account id."
        )
    return Wording(
        f"external_id is {wrong.what if read is None else _taken_from(read)}, not the {wanted}",
        f"not the {wanted}",
        RelatedRange(wrong.evidence, f"the settings are those of this {module.title}"),
        why,
    )


def _no_settings(wrong: WrongId, module: SymModule, read: OutputRead) -> Wording:
    known = expression_of(wrong) is not None
    what = read.text if read.path else "a whole module"
    return Wording(
        f"settings is {what}, not the settings of a connector",
        "not the settings",
        RelatedRange(wrong.evidence, with_article(module.title)),
        "Sym looks for cloud, region and role_arn in the settings, and finds none of them.",
        "" if known else "use the settings of a connector module",
    )


def _contradiction(wrong: WrongId) -> Wording:
    meaning = wrong.what
    return Wording(
        f"external_id names another {meaning} than the settings",
        f"not the {meaning} of the settings",
        RelatedRange(wrong.evidence, f"the {meaning} of the settings"),
        "Sym assumes the role that the settings name, and records access under this id: access "
        f"is granted in one {meaning} and recorded for another.",
        f'write "{wrong.right}"' if wrong.right else f"use the same {meaning} in both",
    )


def _taken_from(read: OutputRead) -> str:
    """A description of what an output is."""
    if not read.path:
        return "a whole module"
    gives = read.gives or read.path[-1]
    return {
        "settings": "all of the settings",
        "role_arn": "the ARN of a role",
        "role_name": "the name of a role",
        "role_external_id": "the external id of a role",
        "account_id": "an account id",
        "instance_arn": "the ARN of an SSO instance",
    }.get(gives, f"the {gives.replace('_', ' ')}")

"""What an IAM policy of the configuration may allow, as far as its text is known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_read
from symlint.sym.model.decoding import decoded_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.bodies import ConfiguredBody
    from symlint.terraform.values.value import Value

_POLICY = "aws_iam_policy"
_DOCUMENT = "aws_iam_policy_document"


class _Statement(NamedTuple):
    """One statement: whether it allows something, and the action patterns; None if not known."""

    allows: bool
    actions: tuple[str, ...] | None


def may_allow(sym: Lookup, policy: Value, body: ConfiguredBody, action: str | None) -> bool:
    """Whether a policy, which ``body`` refers to by its ARN or contains, may allow an action.

    True also where that is not known, and where no ``action`` is given. Not for the policies of
    Sym's addons, which are looked at for themselves.
    """
    read = sym.output_read(policy)
    if read is not None and read.module.entry.grant is not None:
        return False
    if action is None:
        return True
    declared = external_read(sym, policy, _POLICY)
    if declared is None:
        return _document_may_allow(sym, policy, body, action)

    def answer() -> bool:
        document = declared.instance.attribute("policy")
        if document is None or declared.is_data:
            return True
        return _document_may_allow(sym, document, declared.instance, action)

    # Many roles may have one policy.
    return sym.once_for((may_allow, declared.instance.address, action), answer)


def _document_may_allow(sym: Lookup, document: Value, body: ConfiguredBody, action: str) -> bool:
    read = external_read(sym, document, _DOCUMENT)
    if read is not None:
        if read.instance.attribute("source_policy_documents") or read.instance.attribute(
            "override_policy_documents"
        ):
            return True
        statements = tuple(_of_block(block) for block in read.instance.blocks("statement"))
    else:
        decoded = decoded_json(document, body, sym.terraform)
        found = None if decoded is None else _statements(decoded)
        if found is None:
            return True
        statements = found
    return any(_covers(statement, action) for statement in statements)


def _of_block(block: ConfiguredBody) -> _Statement:
    effect = block.attribute("effect")
    actions = block.attribute("actions")
    denies = effect is not None and effect.string == "Deny"
    return _Statement(not denies, None if actions is None else _texts(actions))


def _statements(decoded: Value) -> tuple[_Statement, ...] | None:
    """The statements of a policy that is written out; None where they are not known."""
    items = decoded.items
    written = None if items is None else items.get("Statement")
    if written is None:
        return None
    parts = (written,) if written.elements is None else written.elements
    return tuple(_of_object(part) for part in parts)


def _of_object(part: Value) -> _Statement:
    items = part.items or {}
    effect, actions = items.get("Effect"), items.get("Action")
    denies = effect is not None and effect.string == "Deny"
    return _Statement(not denies, None if actions is None else _texts(actions))


def _texts(value: Value) -> tuple[str, ...] | None:
    """The texts of a list, or the one text; None where not all are known."""
    if value.string is not None:
        return (value.string,)
    texts = tuple(_known(value))
    return None if value.elements is None or len(texts) != len(value.elements) else texts


def _known(value: Value) -> Iterator[str]:
    return (it.string for it in value.elements or () if it.string is not None)


def _covers(statement: _Statement, action: str) -> bool:
    if not statement.allows:
        return False
    if statement.actions is None:
        return True
    from fnmatch import fnmatchcase

    # A bracket means nothing in an action, and no action has one.
    return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in statement.actions)

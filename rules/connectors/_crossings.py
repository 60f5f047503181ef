"""Where a chain that crosses from one environment into another has to be mended; see ``_chains``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.intent.chains import right_expression
from symlint.sym.model.references import role_reference
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from symlint.sym.aws.runtime_roles import Trust
    from symlint.sym.intent.chains import Chain


def mended(chain: Chain, kind: str) -> str:
    """What to do about the wrong link of a chain, with the text to write where that is certain."""
    if kind == "trust":
        runtime = chain.role.connector
        reference = None if runtime is None else role_reference(runtime, chain.connector)
        name = chain.connector.entry.trust_input
        if reference is not None:
            return f"write {name} = [{reference}]"
        return f"let {name} hold the ARN of the role of {chain.role.description}"
    trusted = chain.trusted[0].role
    there = "" if trusted is None else trusted.description
    here = chain.role.description
    expression = right_expression(chain, kind, trusted)
    if expression is not None:
        return f"write {kind} = {expression}"
    return {
        "runtime_id": f"let {kind} lead to the runtime of {there}",
        "environment_id": f"let {kind} lead to the environment that runs on {there}",
        "strategy_id": f"let {kind} lead to the strategy of {here}",
        "integration_id": f"let {kind} lead to the integration of {here}",
        "settings": f"take the settings of a connector that trusts {here}",
    }[kind]


def what_is_trusted(trust: Trust) -> str:
    gives = None if trust.read is None else trust.read.gives
    if gives == "role_name":
        return "the name of the role"
    if trust.outcome == "wrong_module" and trust.read is not None:
        return f"an output of {with_article(trust.read.title_of_module)}"
    if trust.outcome == "wrong_resource":
        return "something of a Sym resource"
    if trust.outcome == "wrong_attribute":
        return "another attribute of the role"
    if trust.outcome == "wrong_output" and trust.read is not None:
        if gives is not None:
            return f"the {gives.replace('_', ' ')}"
        return {"module": "a whole module", "aws_iam_role": "the whole role"}.get(
            trust.read.whole or "", "a whole resource"
        )
    return "a text"

"""The rule about where the store has a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import explain, way
from symlint.rules._written import use, written_at
from symlint.rules.integrations._secret_examples import OKTA
from symlint.sym.aws.external import external_read
from symlint.sym.aws.stores import store_types
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret
    from symlint.sym.model.link import Link
    from symlint.terraform.values.value import Value

_SECRET = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secret"


class SecretPath(Rule):
    """The `path` of a secret is its name in the store.

    Sym asks AWS Secrets Manager for the secret of this name: `aws_secretsmanager_secret.x.name`.
    Its `id` is its ARN, which ends in six random characters and changes when the secret is made
    anew; Sym also makes the name of its own resource out of the path.

    The value of the secret (`secret_string`) is an **error**: it would be sent to Sym and stand in
    the state in plain text. So are the whole resource, a reference in quotes, and something of
    another Sym resource.

    **Not flagged.** A name as plain text, or from anywhere else. Values that are not known.
    """

    code = "SYM506"
    name = "secret-path"
    severity = "warning"
    fixable = True
    sources = (_SECRET, "https://github.com/symopsio/examples")
    bad = configuration(
        OKTA.replace("aws_secretsmanager_secret.okta.name", "aws_secretsmanager_secret.okta.arn")
    )
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """What the path of each secret is."""
        for secret in configuration.secrets:
            argument = secret.argument("path")
            if argument is None:
                continue
            for value in leaves(argument.value):
                yield self._judge(secret, value, argument.range)

    def _judge(self, secret: Secret, value: Value, argument: Range) -> Outcome:
        link = secret.sym.resolve(value, argument, "sym_secret.path")
        version = external_read(
            secret.sym, value, *(f"{kind}_version" for kind in store_types(secret.sym))
        )
        if version is not None:
            return self._version(secret, value, argument, link, str((version.path or ("",))[0]))
        if link.outcome in ("wrong_attribute", "whole_resource", "quoted_address"):
            return self._explained(secret, link)
        if link.outcome == "wrong_kind" and _is_ours(link):
            return self._explained(secret, link)
        text = value.string
        if text is None:
            if link.outcome == "ok":
                return PASSED
            reason = "it is not a text" if value.unknown is None else value.unknown.reason
            return self.undecided(argument, "is it the name of the secret?", reason)
        if text.startswith("arn:"):
            return self._arn(secret, value, argument)
        if _is_quoted(secret, text):
            range_ = written_at(value, argument)
            return self._found(
                secret, value, range_, argument, "a reference in quotes, which is plain text",
                "a text, no reference", f"write {text.strip('${}')}", "error",
            )  # fmt: skip
        return PASSED

    def _explained(self, secret: Secret, link: Link) -> Finding:
        told = explain(link, secret, "path")
        taken = link.outcome == "wrong_attribute"
        why = "Sym looks for a secret of this name in the store, and there is none."
        if taken:
            why = (
                "Sym asks the store for a secret by its name. The ARN changes whenever the secret "
                "is made anew, and is no name that Sym can give its own resource."
            )
        return self.finding(
            told.title,
            link.range,
            label=told.label,
            related=told.related,
            why=why,
            help_=told.help,
            address=str(secret.address),
            attribute="path",
            path=way(link.value, link.range),
            fix=told.fix,
            severity="warning" if taken else "error",
        )

    def _version(
        self, secret: Secret, value: Value, argument: Range, link: Link, taken: str
    ) -> Finding:
        help_ = "write the name of the secret: aws_secretsmanager_secret.<name>.name"
        if taken.startswith("secret_"):
            return self._found(
                secret, value, link.range, argument, "the secret itself, not its name",
                "the value of the secret", help_, "error",
            )  # fmt: skip
        what = f"the {taken} of a version of the secret, not its name"
        return self._found(
            secret, value, link.range, argument, what, "not the name", help_, "warning"
        )

    def _arn(self, secret: Secret, value: Value, argument: Range) -> Finding:
        range_ = written_at(value, argument)
        return self._found(
            secret, value, range_, argument, "an ARN, not the name of a secret", "not the name",
            "write the name of the secret", "warning",
        )  # fmt: skip

    def _found(
        self,
        secret: Secret,
        value: Value,
        range_: Range,
        argument: Range,
        what: str,
        label: str,
        help_: str,
        severity: str,
    ) -> Finding:
        return self.finding(
            f"path is {what}",
            range_,
            label=label,
            related=use(range_, argument, "path"),
            why="Sym asks the store for a secret of this name, and there is none.",
            help_=help_,
            address=str(secret.address),
            attribute="path",
            path=way(value, range_),
            severity="error" if severity == "error" else "warning",
        )


def _is_ours(link: Link) -> bool:
    """Whether a link leads to a Sym resource, or to a known output of one of Sym's modules."""
    subject = link.subject
    return subject is not None and (
        subject.kind.startswith("sym_") or bool(subject.gives) or subject.kind == "module"
    )


def _is_quoted(secret: Secret, text: str) -> bool:
    """Whether a text spells out a reference to a resource that is declared beside the secret."""
    steps = text.strip().removeprefix("$${").removesuffix("}").split(".")
    return len(steps) >= 2 and (steps[0], steps[1]) in secret.module.module.resources

"""Checks that the ``path`` of a secret is its name in the store."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import link_finding
from symlint.rules._settings import empty_outcome
from symlint.rules.secrets._examples import OKTA
from symlint.sym.model.texts import reason_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome, Severity
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret
    from symlint.sym.model.views import Link
    from symlint.terraform.values.value import Value

_SECRET = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secret"


class SecretPath(Rule):
    """The `path` of a secret is its name in the store.

    Sym asks AWS Secrets Manager for the secret of this name: `aws_secretsmanager_secret.x.name`.
    Its `id` is its ARN, which ends in six random characters and changes when the secret is created
    again. So does what `split()` takes from the end of the ARN. Sym also derives the name of its own
    resource from the path.

    The value of the secret (`secret_string`) is an **error**: it would be sent to Sym and stored in
    the state in plain text. So are the whole resource, a reference in quotes, and an attribute of
    another Sym resource.

    **Not flagged.** A literal name, or a name from anywhere else. Unknown values. The ARN of a secret
    of another AWS account, which a name does not lead to.
    """

    code = "SYM506"
    name = "secret-path"
    other_severities = ("error",)
    severity = "warning"
    about = ("secrets",)
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
        from symlint.sym.aws.external import external_read
        from symlint.sym.aws.sample_arns import RANDOM_END, text_made_of_arn
        from symlint.sym.aws.stores import store_types

        link = secret.sym.resolve(value, argument, "sym_secret.path")
        versions = (f"{kind}_version" for kind in store_types(secret.sym))
        version = external_read(secret.sym, value, *versions)
        place = Location.of_link(secret, link, "path")
        if value.content == "":
            return empty_outcome(self, secret.sym, place, why=_NO_SECRET, help_=_NAME)
        if version is not None:
            return self._version(place, str((version.path or ("",))[0]))
        if link.outcome == "wrong_attribute" and _is_shared(secret, value):
            return PASSED
        if link.outcome in ("wrong_attribute", "whole_resource", "quoted_address"):
            return self._explained(secret, link)
        if link.outcome == "wrong_kind" and _is_ours(link):
            return self._explained(secret, link)
        text = value.string
        if text is None:
            if link.outcome == "ok":
                return PASSED
            made = text_made_of_arn(secret, "path")
            if made is not None and made.endswith(RANDOM_END):
                return self._of_arn(place, whole=made.startswith("arn:"))
            return self.undecided(argument, "is it the name of the secret?", reason_of(value))
        place = place.of_element(value)
        if text.startswith("arn:"):
            return self._wrong(place, "an ARN, not the name of a secret", "not the name", _NAME)
        if _is_quoted(secret, text):
            what, label = "a reference in quotes, which is a plain string", "not a reference"
            return self._wrong(place, what, label, f"write {text.strip('${}')}", "error")
        return PASSED

    def _explained(self, secret: Secret, link: Link) -> Finding:
        taken = link.outcome == "wrong_attribute"
        why = "Sym looks for a secret of this name in the store, and there is none."
        if taken:
            why = (
                "Sym asks the store for the secret by its name. The ARN changes when the secret is "
                "created again, and Sym cannot use it as the name of its own resource."
            )
        severity: Severity = "warning" if taken else "error"
        return link_finding(self, link, secret, attribute="path", why=why, severity=severity)

    def _version(self, place: Location, taken: str) -> Finding:
        help_ = f"{_NAME}: aws_secretsmanager_secret.<name>.name"
        if taken.startswith("secret_"):
            what = "the secret itself, not its name"
            return self._wrong(place, what, "the value of the secret", help_, "error")
        what = f"the {taken} of a version of the secret, not its name"
        return self._wrong(place, what, "not the name", help_)

    def _of_arn(self, place: Location, *, whole: bool) -> Finding:
        what = "an ARN, not the name of a secret"
        if not whole:
            what = "the end of an ARN, which is the name and six random characters, not the name"
        help_ = f"{_NAME}: aws_secretsmanager_secret.<name>.name"
        return self._wrong(place.at(place.used), what, "not the name", help_)

    def _wrong(
        self, place: Location, what: str, label: str, help_: str, severity: Severity = "warning"
    ) -> Finding:
        return place.finding(
            self,
            f"path is {what}",
            label=label,
            related=place.use(),
            why=_NO_SECRET,
            help_=help_,
            severity=severity,
        )


_NAME = "write the name of the secret"
_NO_SECRET = "Sym asks the store for a secret of this name, and there is none."


def _is_shared(secret: Secret, value: Value) -> bool:
    """Whether the path is read from a secret of another account, to which only its ARN leads."""
    from symlint.sym.aws.account_facts import account_of, account_of_context, is_one_account
    from symlint.sym.aws.stores import stored_secret

    source, stored = secret.source, stored_secret(secret, value)
    if source is None or stored is None:
        return False
    role = account_of_context(secret.sym, source.context_link)
    thing = account_of(stored.instance)
    if role is None or thing is None:
        return False
    return is_one_account(secret.sym, thing, role) is False


def _is_ours(link: Link) -> bool:
    """Whether a link leads to a Sym resource, or to a known output of one of Sym's modules."""
    subject = link.subject
    return subject is not None and (
        subject.kind.startswith("sym_") or bool(subject.gives) or subject.kind == "module"
    )


def _is_quoted(secret: Secret, text: str) -> bool:
    """Whether a string is a reference to a resource that is declared in the module."""
    steps = text.strip().removeprefix("$${").removesuffix("}").split(".")
    return len(steps) >= 2 and (steps[0], steps[1]) in secret.module.module.resources

"""Checks that the path of a secret names a secret that is declared, where one is plainly meant."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.secrets._examples import OKTA
from symlint.sym.model.texts import reason_of
from symlint.sym.words import quoted, shown
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Secret
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value

_PATH = "aws_secretsmanager_secret.okta.name"


class UndeclaredSecret(Rule):
    """The `path` of a secret is the name of the secret that is declared for it.

    A name that is written by hand, or put together a second time, may differ from the one that the
    secret has in its store: `okta` for `sym/main/okta`. Then Sym finds no secret.

    The rule reports a path that no secret of the configuration has if exactly one secret is plainly
    meant: it has the tag by which the runtime may read it, nothing reads it, and its name or its
    block is called almost the same.

    **Not flagged.** A path of a secret that is managed elsewhere. Paths and names that are not known.
    """

    code = "SYM516"
    name = "undeclared-secret"
    severity = "warning"
    about = ("secrets",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secret",
        "https://github.com/symopsio/examples/tree/main/basic/okta_access_strategy",
    )
    bad = configuration(OKTA.replace(_PATH, '"sym/okta-api-key"'))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each path is the name of a secret, where one is meant."""
        from symlint.sym.aws.stores import stored_secret
        from symlint.sym.intent.missing_settings import is_left_to_the_caller
        from symlint.sym.intent.unread_secrets import UnreadSecrets

        reported = set()
        for secret in configuration.secrets:
            for value in () if secret.symbolic else leaves(secret.value("path")):
                text = value.string
                if value.unknown is not None:
                    yield self._unknown(secret, value)
                if not text or text.startswith("arn:"):
                    continue
                if stored_secret(secret, value) is not None:
                    yield PASSED
                    continue
                unread = configuration.once(UnreadSecrets)
                meant = unread.meant_by(secret, text)
                if not unread.complete or is_left_to_the_caller(configuration, value):
                    reason = "not all names of secrets are known"
                    yield self.undecided(secret.range("path"), "is there such a secret?", reason)
                elif meant is None:
                    yield PASSED
                elif (place := _place(secret, value)).range not in reported:
                    reported.add(place.range)
                    yield self._undeclared(place, text, meant)

    def _unknown(self, secret: Secret, value: Value) -> Outcome:
        """The outcome for a path that is not known: it may be read from the secret itself."""
        from symlint.sym.aws.stores import stored_secret

        if stored_secret(secret, value) is not None:
            return PASSED
        return self.undecided(secret.range("path"), "is there such a secret?", reason_of(value))

    def _undeclared(self, place: Location, text: str, meant: ResourceInstance) -> Finding:
        name = meant.attribute("name")
        known = "" if name is None else name.string or ""
        return place.finding(
            self,
            f"no secret has the name {quoted(shown(text))}, and nothing reads {quoted(shown(known))}",
            label="no secret has this name",
            related=(RelatedRange(meant.range, "the secret that nothing reads"), *place.use()),
            why="Sym asks the store for a secret of this name, and there is none.",
            help_=f"write path = {meant.address.without_key().local_name}"
            f"{'' if meant.declaration.repeated is None else '[each.key]'}.name",
        )


def _place(secret: Secret, value: Value) -> Location:
    """Where the path is written; where it is used if others read that text, too."""
    from symlint.sym.aws.tag_conditions import own_text

    place = Location.of_argument(secret, "path").of_element(value)
    if place.in_place:
        return place
    repeated = secret.instance.declaration.repeated is not None
    return place.at(place.used if repeated else own_text(secret.sym, value, place.used))

"""Checks that an ``environment`` is valid in the names that modules derive from it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules._settings import empty_outcome
from symlint.sym.catalogue.patterns import matches
from symlint.sym.words import noun, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.module_parts import NameLimit
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule


_NAMED = "The names and tags of everything that the module makes are derived from it."


class EnvironmentShape(Rule):
    """The `environment` of a module is valid in the names that the module derives from it.

    AWS and Google limit names. Which limit applies depends on what the module creates:

    - the Kinesis Firehose and Datadog connectors create an **S3 bucket**: lower-case letters, digits,
      dots and hyphens, and together with `name_prefix` at most 32 characters;
    - the GCP connector creates a **service account**: lower-case letters, digits and hyphens, at most
      14 characters;
    - all other modules create **roles**: letters, digits and `_+=,.@-`, at most 64 characters with the
      module's own prefix;
    - version 2 of the runtime connector creates a **runtime** in Sym: letters, digits, - and _.

    **Not flagged.** An `environment` that is not known. Modules that use it only in tags.
    """

    code = "SYM309"
    name = "environment-shape"
    severity = "warning"
    about = ("modules",)
    sources = (
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        "https://cloud.google.com/iam/docs/service-accounts-create",
    )
    good = configuration(
        """
module "kinesis_firehose_connector" {
  source  = "symopsio/kinesis-firehose-connector/aws"
  version = "~> 3.0"

  environment = "prod-main"
}
"""
    )
    bad = edited(good, ('"prod-main"', '"Prod_Main"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment fits into the names that are made of it."""
        for module in configuration.modules:
            environment = module.environment
            if environment is None:
                continue
            text = environment.value.string
            if text is None:
                reason = "the environment is not known"
                yield self.undecided(
                    environment.range, "are the names that modules derive from it valid?", reason
                )
                continue
            if not text:
                place = Location.of_argument(module, environment.name)
                help_ = "write the name of the environment"
                yield empty_outcome(self, configuration, place, why=_NAMED, help_=help_)
                continue
            limit = module.entry.name_limit
            if limit is not None and limit.prefix_input is not None:
                prefix = module.value(limit.prefix_input).string or ""
                if len(prefix) >= limit.max_length:
                    yield self._prefix(module, limit, prefix)
                    continue
            problem = _limit_problem(module, text) or _name_problem(module, text)
            yield PASSED if problem is None else self._finding(module, text, problem)

    def _prefix(self, module: SymModule, limit: NameLimit, prefix: str) -> Finding:
        """The finding for a prefix that leaves no room for an environment."""
        name = limit.prefix_input or ""
        place = Location.of_argument(module, name)
        return place.finding(
            self,
            f"{name} is {len(prefix)} characters long; with the environment at most "
            f"{limit.max_length} fit",
            label="too long for the names that the module derives from it",
            related=place.use(),
            why=f"{limit.reason[:1].upper()}{limit.reason[1:]}.",
            help_="write a shorter one",
        )

    def _finding(self, module: SymModule, text: str, problem: tuple[str, str, str]) -> Finding:
        argument = module.environment
        assert argument is not None
        title, why, meant = problem
        if argument.value.sensitive:
            # What is made of a secret says it, too.
            why, meant = "Names that the module derives from it are not valid.", ""
        place = Location.of_argument(module, argument.name)
        return place.finding(
            self,
            f'environment "{shown(text)}" {title}',
            label="not valid in the names that the module derives from it",
            related=place.use(),
            why=why,
            help_=f'write "{meant}"' if meant else "write a shorter one",
        )


def _limit_problem(module: SymModule, text: str) -> tuple[str, str, str] | None:
    """How an environment breaks the limit of a module: title, reason, what to write."""
    limit = module.entry.name_limit
    if limit is None or limit.input != module.entry.environment_input:
        return None
    why = f"{limit.reason[:1].upper()}{limit.reason[1:]}."
    prefix = "" if limit.prefix_input is None else module.value(limit.prefix_input).string or ""
    room = limit.max_length - len(prefix)
    meant = _lowered(text)
    if not matches(limit.pattern, meant) or len(meant) > room:
        meant = ""
    if not matches(limit.pattern, text):
        return f"is not valid for {with_article(module.title)}", why, meant
    if len(text) > room:
        beside = " with the prefix" if prefix else ""
        return f"is {len(text)} characters long; at most {room} fit{beside}", why, ""
    return None


_LONGEST_ROLE: Final = 64


def _name_problem(module: SymModule, text: str) -> tuple[str, str, str] | None:
    """What is wrong with the name of a resource that a module creates."""
    from symlint.sym.model.creations import made_by

    formats = module.catalogue.formats
    for made in made_by(module):
        name, resource = made.name, made.creation.resource
        in_sym = resource.startswith("sym_")
        if name is None or made.addon is not None or not (in_sym or resource == "aws_iam_role"):
            continue
        format_ = formats["slug" if in_sym else "iam_role_name"]
        what = noun(resource) if in_sym else "role"
        called = f'Its {what} would be called "{shown(name, 80)}"'
        if not name.isascii() or not format_.matches(name):
            letters = (it if it.isascii() and format_.matches(it) else "-" for it in text)
            why = f"{called}, which is not {format_.description}. It is rejected."
            title = f"is not valid for {with_article(module.title)}"
            return title, why, "".join(letters).strip("-")
        if not in_sym and len(name) > _LONGEST_ROLE:
            room = max(0, _LONGEST_ROLE - len(name) + len(text))
            why = f"{called}. AWS allows at most {_LONGEST_ROLE} characters."
            return f"is {len(text)} characters long; at most {room} fit", why, ""
    return None


def _lowered(text: str) -> str:
    """A name like ``text`` of lower-case letters, digits and hyphens."""
    letters = (it if it.isascii() and it.isalnum() else "-" for it in text.lower())
    return "".join(letters).strip("-")

"""Checks that an environment runs on the runtime that is called like it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.environments._examples import AWS, PROVIDER
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.intent.environment_runtimes import OtherRuntime
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment


class EnvironmentName(Rule):
    """An environment is called like the runtime connector on whose role it runs.

    The `environment` of the runtime connector is in the names of its roles, and in the tags of the
    secrets and streams that they may read. An environment of another name works, but nobody sees
    which resources belong to it, and often it is a copy in which one name was left as it was.

    - Another name is a **note**.
    - It is a **warning** if another runtime connector has the name of the environment: then
      the `runtime_id` leads to the wrong one.

    **Not flagged.** Names of which one is part of the other (`main` and `main-billing`, `prod` and
    `production`), or that have a word that begins alike (`stage` and `staging`). A runtime that
    several environments share, or whose name says that it is shared (`shared`, `common`, `global`,
    `central`, `core`, `sym`, `runtime`). Environments and runtimes of modules or resources with
    `count` or `for_each`: the names come from the keys. Connectors that trust the runtime and have
    another `environment` than it: `connector-environment` reports them. Unknown names, and runtimes
    that are declared elsewhere.
    """

    code = "SYM515"
    name = "environment-name"
    other_severities = ("warning",)
    severity = "note"
    about = ("environments",)
    sources = (
        f"{PROVIDER}environment",
        "https://github.com/symopsio/terraform-aws-runtime-connector",
    )
    bad = edited(AWS, ('name            = "main"', 'name            = "sandbox"'))
    good = AWS

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has the name of its runtime connector."""
        from symlint.sym.intent.environment_runtimes import other_runtime

        for environment in configuration.environments:
            found = other_runtime(configuration, environment)
            if isinstance(found, str):
                question = "is the environment called like its runtime?"
                yield self.undecided(environment.range("name"), question, found)
            elif found is None:
                yield PASSED
            else:
                yield self._other(environment, found)

    def _other(self, environment: Environment, found: OtherRuntime) -> Finding:
        runtime, own = found.runtime, found.own
        argument = runtime.environment
        assert argument is not None
        text = shown(argument.value.string or "")
        related = [Location.of_argument(runtime, argument.name).annotated("the runtime's name")]
        place = Location.of_argument(environment, "name")
        help_ = "give both the same name"
        if own is not None:
            related.insert(0, place.annotated("the name of the environment"))
            place = Location.of_link(environment, environment.runtime_link, "runtime_id")
            help_ = f"use the runtime of {own.local_name}"
        else:
            related.append(
                Location.of_link(environment, environment.runtime_link, "runtime_id").annotated(
                    "the environment runs on it"
                )
            )
        name = shown(environment.name.string or "")
        return place.finding(
            self,
            f'environment "{name}" runs on the runtime "{text}"',
            label="another name" if own is None else f"not the runtime of {own.local_name}",
            related=(*related, *place.use()),
            why="The role in AWS and the runtime in Sym have the runtime's name: nobody sees that they "
            "belong to this environment.",
            help_=help_,
            severity="note" if own is None else "warning",
        )

"""Checks that the configuration does not declare what a runtime connector creates in Sym."""

from __future__ import annotations

from collections import Counter

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.words import noun, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.creations import Made
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import View


_QUESTION = "is it created only once?"


class DuplicateRuntime(Rule):
    """A runtime connector of version 2 creates the runtime and its permission context itself.

    It creates a `sym_runtime` named after its `environment` and a `permission_context` named
    `<environment>-runtime-context`. Version 1 left both to the configuration, so an upgrade has to
    remove them. If the names are the same, the apply fails or the two overwrite each other. The
    same is true of two runtime connectors with one `environment` in two accounts, and of whatever
    else modules create in Sym.

    A runtime with another name that uses the runtime connector's role is a **note**: it duplicates
    the connector's own runtime.

    **Not flagged.** Version 1, which creates neither. Data sources, which only read. Blocks whose
    `count` or `for_each` is not known, since only one of them may exist. Names that are not known.
    """

    code = "SYM308"
    name = "duplicate-runtime"
    other_severities = ("note",)
    severity = "error"
    sources = (
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/main.tf",
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/docs/version-2-upgrade.md",
    )
    bad = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

resource "sym_runtime" "this" {
  name       = "main"
  context_id = module.runtime_connector.sym_integration.id
}

resource "sym_environment" "this" {
  name       = "main"
  runtime_id = sym_runtime.this.id
}
"""
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

resource "sym_environment" "this" {
  name       = "main"
  runtime_id = module.runtime_connector.sym_runtime.id
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each resource that modules create in Sym is created once."""
        from symlint.sym.aws.roles.runtime import role_of_runtime
        from symlint.sym.model.creations import coexist

        every = list(_created_in_sym(configuration))
        made = [one for one in every if one.name is not None]
        if not every:
            return
        if _has_several_organizations(configuration):
            for one in every:
                reason = "there are several providers of Sym"
                yield self.undecided(one.module.header, _QUESTION, reason)
            return
        yield from self._unnamed(configuration, every)
        declared: dict[tuple[str, str | None, str], View] = {}
        for view in (*configuration.runtimes, *configuration.integrations):
            name = view.name.string
            if not view.is_data and name is not None:
                type_ = view.type_name if view.kind == "sym_integration" else None
                declared.setdefault((view.kind, type_, name.lower()), view)
        wrong: set[View] = set()
        for one in made:
            creation, name = one.creation, _name_of(one)
            other = declared.get((creation.resource, creation.type, name.lower()))
            if other is None:
                yield PASSED
                continue
            wrong.add(other)
            if not coexist(one.module.call, other.instance):
                yield self.undecided(other.header, _QUESTION, "perhaps only one of them exists")
                continue
            yield self._declared_twice(one, other)
        for runtime in configuration.runtimes:
            role = None if runtime.is_data or runtime in wrong else role_of_runtime(runtime)
            connector = None if role is None else role.connector
            if (
                connector is not None
                and any(it.module is connector for it in made)
                and coexist(connector.call, runtime.instance)
            ):
                yield self._idle(runtime, connector)
        yield from self._twice(made)

    def _unnamed(self, sym: SymConfiguration, every: list[Made]) -> Iterator[Outcome]:
        """What modules create under names that are not known, where there are others."""
        views = (*sym.runtimes, *sym.integrations)
        kinds = Counter(it.creation.resource for it in every)
        kinds.update(view.kind for view in views if not view.is_data)
        for one in every:
            if one.name is not None:
                continue
            if kinds[one.creation.resource] == 1:
                yield PASSED
                continue
            environment = one.module.environment
            place = one.module.header if environment is None else environment.range
            yield self.undecided(place, _QUESTION, "its name is not known")

    def _declared_twice(self, made: Made, view: View) -> Finding:
        module = made.module
        what = noun(view.kind)
        reference = _output_of(made)
        use = f", and use {reference} instead" if reference is not None else ""
        environment = module.environment
        related = [RelatedRange(module.header, f"creates {with_article(what)} of this name")]
        if environment is not None:
            related.append(RelatedRange(environment.range, "its name comes from here"))
        place = Location.of_argument(view, "name")
        return place.at(place.used).finding(
            self,
            f'{module.title} already creates the {what} "{shown(_name_of(made))}"',
            label="declared a second time",
            related=tuple(related),
            why=(
                f"Sym allows only one {what} of a name. The apply of the second one fails, or the "
                "two overwrite each other."
            ),
            help_=f"remove {view.local_name}{use}",
        )

    def _idle(self, runtime: View, connector: SymModule) -> Finding:
        return Location.of_block(runtime).finding(
            self,
            f"this runtime duplicates the one that {connector.local_name} creates",
            label="uses the same role",
            related=(RelatedRange(connector.header, "creates a runtime since version 2"),),
            why="Both use the role of the runtime connector: one of them is enough.",
            help_=f"remove it, and write {connector.local_name}.sym_runtime.id where its id is used",
            severity="note",
        )

    def _twice(self, made: list[Made]) -> Iterator[Finding]:
        """Modules that create the same resource in Sym, in different AWS accounts."""
        from symlint.sym.model.creations import coexist

        first: dict[tuple[str, str | None, str], Made] = {}
        reported = set()
        for one in made:
            key = (one.creation.resource, one.creation.type, _name_of(one).lower())
            other = first.setdefault(key, one)
            pair = (other.module, one.module)
            if other is one or pair in reported:
                continue
            reported.add(pair)
            together = coexist(other.module.call, one.module.call)
            if together and not _collide_in_aws(*pair):
                yield self._of_two(other, one)

    def _of_two(self, first: Made, second: Made) -> Finding:
        from symlint.sym.aws.collisions import place_to_change

        what = noun(second.creation.resource)
        module = second.module
        argument, other = module.environment, first.module.environment
        same = () if other is None else (RelatedRange(other.range, "the same environment"),)
        place = Location.of_block(module)
        if argument is not None:
            place = Location.of_argument(module, argument.name)._replace(value=None)
        place = place.at(place_to_change(module, first.module))
        return place.finding(
            self,
            f'two modules create the {what} "{shown(_name_of(second))}"',
            label=f"the environment of {module.local_name}",
            related=(*same, *place.use()),
            why=(
                f"Sym allows only one {what} of a name, in all AWS accounts. The apply of the second "
                "one fails, or the two overwrite each other."
            ),
            help_="give each of them an environment of its own",
        )


def _created_in_sym(sym: SymConfiguration) -> Iterator[Made]:
    """The resources of the Sym provider that modules create."""
    from symlint.sym.model.creations import made_by

    for module in sym.modules:
        if not any(it.resource.startswith("sym_") for it in module.entry.creates):
            continue
        for made in made_by(module):
            if made.creation.resource.startswith("sym_"):
                yield made


def _name_of(made: Made) -> str:
    assert made.name is not None
    return made.name


def _has_several_organizations(sym: SymConfiguration) -> bool:
    """Whether there may be several organizations: each has names of its own."""
    providers = (name for it in sym.module_instances for name, _ in it.module.providers)
    return sum(name == "sym" for name in providers) > 1


def _output_of(made: Made) -> str | None:
    """The output of a module with the id of a resource that it creates."""
    for name, forms in made.module.entry.outputs.items():
        for form in forms:
            if form.resource == made.creation.resource:
                return f"{made.module.local_name}.{name}.id"
    return None


def _collide_in_aws(one: SymModule, other: SymModule) -> bool:
    """Whether ``duplicate-connector`` reports the two already."""
    from symlint.sym.aws.collisions import collision

    return collision(one, other) is not None

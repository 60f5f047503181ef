"""Checks the ``addons`` and ``addon_params`` of version 1 of the runtime connector."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.sym.model.settings import item_ranges
from symlint.sym.model.texts import reason_of
from symlint.sym.words import either, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.module_parts import Addon
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value

_ADDONS = "addons"
_PARAMS = "addon_params"
_STOPS = "terraform plan fails once the module is installed"


class RuntimeAddons(Rule):
    """The `addons` of a version 1 runtime connector are addons, with the parameters they need.

    There are three: `aws/secretsmgr`, `aws/kinesis-firehose` and `aws/kinesis-data-stream`. The
    last one requires `addon_params` with the `stream_arns` that Sym may write to. The module
    ignores a parameter that the addon does not have and uses the default (a **warning**).

    **Not flagged.** Version 2 has no addons: `unavailable-module-input` reports them. Unknown values
    are undecided.
    """

    code = "SYM305"
    name = "runtime-addons"
    other_severities = ("warning",)
    severity = "error"
    about = ("runtime_connectors",)
    fixable = True
    sources = (
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/v1.0.6/variables.tf",
        "https://registry.terraform.io/modules/symopsio/runtime-connector/aws/1.0.6",
    )
    good = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"

  environment = "main"
  addons      = ["aws/secretsmgr"]
}
"""
    )
    bad = edited(good, ('"aws/secretsmgr"', '"secretsmgr"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the addons of each runtime connector exist and have what they need."""
        for runtime in configuration.runtime_connectors:
            addons = runtime.entry.addons
            forms = runtime.entry.inputs.get(_ADDONS, ())
            if not addons or all(runtime.share(it.since, it.until) == "none" for it in forms):
                continue
            argument = runtime.argument(_ADDONS)
            if argument is not None:
                yield from self._addons(runtime, argument)
            yield from self._params(configuration, runtime, runtime.value(_PARAMS))

    def _addons(self, runtime: SymModule, argument: Argument) -> Iterator[Outcome]:
        value, place = argument.value, Location.of_argument(runtime, _ADDONS)
        if value.is_null:
            return
        if value.elements is None:
            if value.string is not None:
                yield self._no_list(runtime, place.at(argument.range), value.string)
                return
            reason = reason_of(value, "it is not known")
            yield self.undecided(argument.range, "are these addons?", reason)
            return
        for element in value.elements:
            text = element.string
            if text is None:
                yield self.undecided(argument.range, "is it an addon?", "the value is not known")
            elif text not in runtime.entry.addons:
                yield self._no_addon(runtime, place.of_element(element), text)
            else:
                addon = runtime.entry.addons[text]
                yield self._required(runtime, place.of_element(element), addon)

    def _no_list(self, runtime: SymModule, place: Location, text: str) -> Finding:
        written = place.range.text
        certain = written == f'"{text}"' and text in runtime.entry.addons
        return place.finding(
            self,
            "addons is one string, not a list",
            label="not a list",
            why=f"{_STOPS}: it takes a list of addons.",
            help_=f'write {_ADDONS} = ["{shown(text)}"]',
            fix=place.write(f"[{written}]", safe=True) if certain else None,
        )

    def _no_addon(self, runtime: SymModule, place: Location, text: str) -> Finding:
        known = tuple(runtime.entry.addons)
        meant = _meant(text, known)
        certain = meant is not None and place.range.text == f'"{text}"'
        allowed = f"the addons are {either(known, 'and')}"
        return place.finding(
            self,
            f'{with_article(runtime.title)} has no addon "{shown(text)}"',
            label="not an addon",
            related=place.use(),
            why=f"{_STOPS}: Unsupported addon value.",
            help_=f'did you mean "{meant}"? {allowed}' if meant is not None else allowed,
            fix=place.at_origin().write(f'"{meant}"', safe=True) if certain else None,
        )

    def _required(self, runtime: SymModule, place: Location, addon: Addon) -> Outcome:
        """Whether an addon has its required parameters."""
        if not addon.required_params:
            return PASSED
        question = "does the addon have its parameters?"
        params = runtime.value(_PARAMS)
        given: Value | None = None
        if not params.is_null:
            if params.items is None:
                return self.undecided(place.used, question, "addon_params is not known")
            given = params.items.get(addon.name)
        elif not runtime.complete:
            return self.undecided(place.used, question, "the block has errors")
        if given is not None and given.items is None:
            return self.undecided(place.used, question, "addon_params is not known")
        own = {} if given is None else given.items or {}
        missing = [name for name in addon.required_params if name not in own]
        if not missing or any(_meant_param(addon, own, key) in missing for key in own):
            return PASSED  # a misspelt one is reported where it is written
        related = place.use()
        if given is not None or not params.is_null:
            here = runtime.range(_PARAMS) if given is None else given.origin
            label = f"no {missing[0]} here"
            related = (*related, RelatedRange(here or runtime.range(_PARAMS), label))
        lines = "\n".join(f"    {name} = [...]" for name in missing)
        return place._replace(attribute=_PARAMS).finding(
            self,
            f'addon "{addon.name}" has no {either(missing, "and")}',
            label=f"needs {either(missing, 'and')}",
            related=related,
            why=f"{_STOPS}: it looks for them in addon_params.",
            help_=f'add\n{_PARAMS} = {{\n  "{addon.name}" = {{\n{lines}\n  }}\n}}',
        )

    def _params(
        self, sym: SymConfiguration, runtime: SymModule, params: Value
    ) -> Iterator[Outcome]:
        """Whether each parameter is one of an addon."""
        known = tuple(runtime.entry.addons)
        for name, given in (params.items or {}).items():
            addon = runtime.entry.addons.get(name)
            if addon is None:
                place = _at_key(sym, runtime, params, name)
                what = f'"{shown(name)}", which is not an addon'
                yield self._no_param(place, what, known, _meant(name, known))
                continue
            own = given.items or {}
            for key in own:
                if key in addon.params:
                    yield PASSED
                elif addon.params:
                    what = f'"{shown(key)}", which is not a parameter of {name}'
                    meant = _meant_param(addon, own, key)
                    place = _at_key(sym, runtime, given, key)
                    found = self._no_param(place, what, addon.params, meant)
                    if meant in addon.required_params:
                        found = found._replace(severity="error", why=f"{_STOPS}: it needs {meant}.")
                    yield found

    def _no_param(
        self, place: Location, what: str, known: tuple[str, ...], meant: str | None
    ) -> Finding:
        return place.finding(
            self,
            f"addon_params has {what}",
            label="ignored",
            related=place.use(),
            why="The module ignores it: the addon keeps its defaults.",
            help_=f"did you mean {meant}?" if meant else f"write {either(known)}",
            severity="warning",
        )


def _at_key(sym: SymConfiguration, runtime: SymModule, map_: Value, key: str) -> Location:
    """The place of a key of ``addon_params``, or of a map in it."""
    place = Location.of_argument(runtime, _PARAMS)
    written = item_ranges(sym, map_, key)
    if written is not None:
        return place.at(written[0])
    return place.of_element((map_.items or {})[key])


def _meant_param(addon: Addon, given: Mapping[str, Value], key: str) -> str | None:
    """The parameter that is not given and that ``key``, which is none, was meant to be."""
    from symlint.source.close_names import close_name

    if key in addon.params:
        return None
    return close_name(key, [it for it in addon.params if it not in given])


def _meant(text: str, known: tuple[str, ...]) -> str | None:
    """The addon that is meant; its last part alone identifies it."""
    from symlint.source.close_names import close_name

    parts = [it for it in known if it.rpartition("/")[2] == text.rpartition("/")[2].lower()]
    return parts[0] if len(parts) == 1 else close_name(text, known)

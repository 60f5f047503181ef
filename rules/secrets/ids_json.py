"""Checks that ``secret_ids_json`` is a list in JSON."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.secrets._examples import PAGER
from symlint.sym.model.texts import reason_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.integrations import Integration
    from symlint.terraform.values.value import Value


class SecretIdsJson(Rule):
    """`secret_ids_json` is `jsonencode([...])` of a list of ids.

    The settings of an integration are a map of strings, so the ids of the secrets of a `custom`
    integration are one string: a list in JSON. With a single id, a list that is not encoded, or any
    other JSON, the implementation gets no secrets.

    **Not flagged.** Unknown strings. A list that is not encoded has the wrong type: `argument-type`
    reports it. `secret-setting` checks the elements of the list.
    """

    code = "SYM316"
    name = "secret-ids-json"
    severity = "error"
    about = ("integrations.entry.list_settings",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
        "https://github.com/symopsio/examples/tree/main/advanced/custom_integration",
    )
    bad = configuration(PAGER.replace("jsonencode([sym_secret.pager.id])", "sym_secret.pager.id"))
    good = configuration(PAGER)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each setting that is a list in JSON is one."""
        for integration in configuration.integrations:
            entry = integration.entry
            for name in () if entry is None else entry.list_settings:
                value = integration.setting(name)
                for leaf in () if value is None else leaves(value):
                    if not leaf.is_null:
                        yield self._judge(integration, name, leaf)

    def _judge(self, integration: Integration, name: str, value: Value) -> Outcome:
        from symlint.sym.model.decoding import decoded_json, text_with_ids

        place = Location.of_setting(integration, name)._replace(value=value)
        if value.type.kind in ("list", "tuple", "set", "map", "object"):
            return PASSED  # The schema says that a setting is a text.
        argument, reference = integration.range("settings"), "sym_integration.settings"
        link = integration.sym.resolve(value, argument, reference)
        if link.view is not None or link.outcome in ("ok", "identifier"):
            encoded = f"jsonencode([{link.range.text}])"
            return self._wrong(place.at(link.range), "one id, not a list", encoded)
        body, terraform = integration.instance, integration.sym.terraform
        decoded = decoded_json(value, body, terraform)
        if decoded is None:
            text = text_with_ids(value, body, terraform) if value.is_unknown else None
            if value.is_unknown and (text is None or _is_list(text)):
                return self.undecided(place.range, f"is {name} a list in JSON?", reason_of(value))
            place = place if text is None else place.at(value.origin)
            return self._wrong(place, "a string that is not JSON")
        return self._decoded(integration, decoded, place)

    def _decoded(self, integration: Integration, decoded: Value, place: Location) -> Outcome:
        kind = decoded.type.kind
        if decoded.elements is not None or kind in ("list", "tuple", "set"):
            return PASSED
        argument, reference = integration.range("settings"), "sym_integration.settings"
        inner = integration.sym.resolve(decoded, argument, reference)
        if inner.view is not None or inner.outcome == "identifier":
            written = f"[{inner.range.text}]"
            return self._wrong(place.at(inner.range), "one id in JSON, not a list", written)
        if decoded.is_unknown:
            question = f"is {place.name} a list in JSON?"
            return self.undecided(place.range, question, reason_of(decoded))
        return self._wrong(place, "JSON, but not a list")

    def _wrong(self, place: Location, what: str, replacement: str | None = None) -> Finding:
        if replacement is not None and "\n" in replacement:
            replacement = None
        return place.finding(
            self,
            f"{place.name} is {what}",
            label="not a list in JSON",
            related=place.use(),
            why=(
                "Sym reads this string as a list of ids. Without a list, the implementation gets no "
                "secrets."
            ),
            help_=f"write {replacement or f'{place.name} = jsonencode([sym_secret.<name>.id])'}",
            fix=None if replacement is None else place.write(replacement, safe=True),
        )


def _is_list(text: str) -> bool:
    import json

    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False

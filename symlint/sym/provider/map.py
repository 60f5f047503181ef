"""The parameters of a flow before version 2 of the provider: a map of texts, with JSON in it.

https://registry.terraform.io/providers/symopsio/sym/1.14.1/docs/resources/flow: keys that the
provider does not know are passed over in silence, those of a prompt field are refused when the
flow is created.
"""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import Literal, ObjectItem
from symlint.hcl.walk import walk
from symlint.sym.model.texts import text_of
from symlint.sym.provider.schema_problems import SchemaProblem
from symlint.sym.versions import within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.hcl.nodes import Expression
    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Argument, Provider
    from symlint.sym.provider.blocks import Place
    from symlint.sym.provider.schema_problems import SchemaProblemKind
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version
    from symlint.terraform.values.value import Value

_FIELDS: Final = "prompt_fields_json"
_BOOLEAN: Final = ("true", "false")


def check_params_map(
    place: Place,
    value: Value,
    expression: Expression,
    judged: tuple[Version, ...],
    versions: ProviderVersions,
    provider: Provider,
    add: Callable[[SchemaProblem], None],
) -> None:
    """Compare a known ``params = { ... }`` with the keys that its versions know."""
    _Map(place, expression, judged, versions, provider, add).check(value)


class _Map:
    def __init__(
        self,
        place: Place,
        expression: Expression,
        judged: tuple[Version, ...],
        versions: ProviderVersions,
        provider: Provider,
        add: Callable[[SchemaProblem], None],
    ) -> None:
        self._place = place.inside("params", expression.range)
        self._expression = expression
        self._judged = judged
        self._versions = versions
        self._provider = provider
        self._add = add

    def check(self, value: Value) -> None:
        items = value.items
        if items is None:
            return
        self._keys(self._place, items, self._provider.params_map_keys)
        for name, forms in self._provider.params_map_keys.items():
            given = items.get(name) if forms[0].allowed == _BOOLEAN else None
            text = None if given is None else text_of(given)
            known = self._provider.literal_booleans
            if given is not None and text is not None and text not in known:
                range_ = given.origin or self._expression.range
                self._problem("type", self._place, name, range_, forms[0], "a bool is required")
        fields = items.get(_FIELDS)
        if fields is not None and fields.string is not None:
            self._fields(fields.string, fields)

    def _keys(
        self,
        place: Place,
        items: Mapping[str, object],
        table: Mapping[str, tuple[Argument, ...]],
    ) -> None:
        for name in items:
            forms = table.get(name)
            range_ = self._key_range(name)
            if forms is None:
                self._add(
                    SchemaProblem(
                        "unknown-argument", place, name, range_, self._versions, self._judged,
                        "key", None, tuple(table),
                    )
                )  # fmt: skip  # as many a line as fit
            elif not any(within(v, it.since, it.until) for v in self._judged for it in forms):
                self._problem("unavailable", place, name, range_, forms[-1], "")

    def _fields(self, text: str, value: Value) -> None:
        import json

        try:
            decoded = json.loads(text)
        except (ValueError, RecursionError):
            decoded = None
        range_ = value.origin or self._expression.range
        if not isinstance(decoded, list):
            form = self._provider.params_map_keys[_FIELDS][0]
            self._problem("type", self._place, _FIELDS, range_, form, "a JSON list is required")
            return
        place = self._place.inside("prompt_field", range_)
        table = self._provider.json_field_keys
        for field in decoded:
            if not isinstance(field, dict):
                continue
            self._keys(place, field, table)
            for name, forms in table.items():
                if forms[0].required and field.get(name) is None:
                    self._problem("missing", place, name, range_, forms[0], str(field.get("name")))

    def _problem(
        self,
        kind: SchemaProblemKind,
        place: Place,
        name: str,
        range_: Range,
        form: Argument,
        detail: str,
    ) -> None:
        self._add(
            SchemaProblem(
                kind, place, name, range_, self._versions, self._judged, "key", form, detail=detail
            )
        )

    def _key_range(self, name: str) -> Range:
        """Where a key is written, as far as it stands in the expression itself."""
        return self._key_ranges.get(name, self._expression.range)

    @cached_property
    def _key_ranges(self) -> dict[object, Range]:
        """Where each key is written first."""
        found: dict[object, Range] = {}
        for node in walk(self._expression):
            if type(node) is ObjectItem and type(node.key) is Literal:
                found.setdefault(node.key.value, node.key.range)
        return found

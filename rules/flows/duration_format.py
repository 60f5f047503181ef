"""Checks that Sym can read the values of a duration field."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.flows._examples import OKTA
from symlint.rules.flows._prompt_fields import type_entry
from symlint.sym.model.texts import reason_of, shown_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.terraform.values.value import Value


class DurationFormat(Rule):
    """The values of a duration field are a number and a unit: `30m`, `1h`, `2d`.

    Sym converts the chosen value to seconds and shows it in its own format. If it cannot read the
    value, the request has no end or fails.

    **Not flagged.** Unknown values: undecided. Fields of other types. The format is taken from Sym's
    examples, so this is a warning.
    """

    code = "SYM411"
    name = "duration-format"
    severity = "warning"
    about = ("flows",)
    fixable = True
    sources = ("https://github.com/symopsio/examples",)
    good = configuration(
        OKTA.format(
            """
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }
"""
        )
    )
    bad = edited(
        good,
        ('      allowed_values = ["30m", "1h"]', '      allowed_values = ["30 minutes", "1h"]'),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each value of each field has the shape that its type wants."""
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = type_entry(flow, field)
                if entry is None or entry.format is None:
                    continue
                for name in ("allowed_values", "default"):
                    argument = field.argument(name)
                    if argument is None:
                        continue
                    value = argument.value
                    values = (value,) if value.elements is None else value.elements
                    for it in values:
                        place = Location.of_argument(flow, name, field, "params.prompt_field")
                        yield from self._judge(flow, entry.format, it, place.of_element(it))

    def _judge(
        self, flow: Flow, format_name: str, value: Value, place: Location
    ) -> Iterator[Outcome]:
        text = text_of(value)
        if value.is_unknown:
            yield self.undecided(place.used, "is it a duration?", reason_of(value))
        if not text:
            return
        shape = flow.sym.catalogue.formats[format_name]
        if shape.matches(text):
            yield PASSED
            return
        meant = _shortened(text)
        if meant is not None and not shape.matches(meant):
            meant = None
        name = place.attribute.rpartition(".")[2]
        yield place.finding(
            self,
            f"{shown_value(value)} is not {shape.description}",
            label="not a duration",
            related=place.use(f"a value of {name}"),
            why="Sym cannot read from it how long access lasts.",
            help_=f'write "{meant}"' if meant else f'write it like "{shape.example}"',
            fix=place.quote(meant, safe=False) if meant else None,
        )


def _shortened(text: str) -> str | None:
    """``30m`` for ``30 minutes``; None if it is not a number and a unit."""
    bare = text.strip().lower()
    digits = len(bare) - len(bare.lstrip("0123456789"))
    number, unit = bare[:digits], bare[digits:].strip(" -_.")
    units = {"m": ("min", "mins", "minute", "minutes"), "h": ("hr", "hrs", "hour", "hours"),
             "d": ("day", "days")}  # fmt: skip  # as many a line as fit
    for short, names in units.items():
        if number and (unit == short or unit in names):
            return number + short
    return None

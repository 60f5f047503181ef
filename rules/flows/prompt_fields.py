"""Rules about prompt fields: the form that people fill in to ask for access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._links import way
from symlint.rules._settings import text_of
from symlint.rules._written import is_given, literal_fix, shown, use, written_at
from symlint.rules.flows.flow_params import flow_example
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.provider import PromptFieldType
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField

_FLOW = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow"


def field_name(field: PromptField) -> str:
    """The name of a field as it stands in messages."""
    name = field.name.string
    return "a prompt field" if name is None or field.name.sensitive else f"the field {name}"


def type_entry(flow: Flow, field: PromptField) -> PromptFieldType | None:
    """What the catalogue knows of the type of a field."""
    return flow.sym.catalogue.provider.prompt_field_types.get(field.type.string or "")


class PromptFieldTypeRule(Rule):
    """The `type` of a prompt field is one that Sym knows.

    The type decides what people see in the form and what `impl.py` gets. The provider refuses
    other values when Terraform plans.

    **Not flagged.** A type that the provider has in other versions than those that the
    configuration admits (`unavailable-argument` speaks of that). Values that are not known.
    """

    code = "SYM405"
    name = "prompt-field-type"
    severity = "error"
    fixable = True
    sources = (_FLOW,)
    bad = flow_example(
        """
  params {
    prompt_field {
      name = "reason"
      type = "text"
    }
  }
"""
    )
    good = flow_example(
        """
  params {
    prompt_field {
      name = "reason"
      type = "string"
    }
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the type of each field exists in some version."""
        types = configuration.catalogue.provider.prompt_field_types
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                name = field.type.string
                if name is None:
                    if field.type.is_unknown:
                        reason = "" if field.type.unknown is None else field.type.unknown.reason
                        yield self.undecided(field.range("type"), "is it a type?", reason)
                elif name in types:
                    yield PASSED
                else:
                    yield self._unknown(flow, field, name, types)

    def _unknown(
        self, flow: Flow, field: PromptField, name: str, types: Mapping[str, PromptFieldType]
    ) -> Finding:
        from symlint.source.close_names import close_name

        used = field.range("type")
        range_ = written_at(field.type, used)
        current = [it for it, entry in types.items() if entry.until is None]
        meant = _SYNONYMS.get(name.lower()) or close_name(name, current)
        if meant not in current:
            meant = None
        lines = [f'write type = "{meant}"'] if meant else []
        return self.finding(
            f"{shown(field.type)} is not a type of prompt field",
            range_,
            label=f"the type of {field_name(field)}",
            related=use(range_, used, "the type of a prompt field"),
            why="The provider refuses the type when Terraform plans.",
            help_="\n".join((*lines, f"the types are {either(current, 'and')}")),
            address=str(flow.address),
            attribute="params.prompt_field.type",
            path=way(field.type, range_),
            fix=literal_fix(range_, used, meant, safe=False) if meant else None,
        )


_SYNONYMS = {
    "str": "string",
    "text": "string",
    "integer": "int",
    "number": "int",
    "boolean": "bool",
    "user": "slack_user",
    "users": "slack_user_list",
    "list(string)": "str_list",
    "string_list": "str_list",
    "list(number)": "int_list",
}
"""What other systems call the same things."""


class DuplicatePromptField(Rule):
    """The prompt fields of a flow have different names.

    The name is the key under which `impl.py` finds what somebody entered: of two fields of one
    name, one is lost.

    **Not flagged.** Names that are not known, such as those of a `dynamic` block over a variable
    without a value.
    """

    code = "SYM406"
    name = "duplicate-prompt-field"
    severity = "error"
    sources = (_FLOW,)
    bad = flow_example(
        """
  params {
    prompt_field {
      name  = "reason"
      label = "Why do you need access?"
      type  = "string"
    }

    prompt_field {
      name  = "reason"
      label = "Which ticket is it for?"
      type  = "string"
    }
  }
"""
    )
    good = flow_example(
        """
  params {
    prompt_field {
      name  = "reason"
      label = "Why do you need access?"
      type  = "string"
    }

    prompt_field {
      name  = "ticket"
      label = "Which ticket is it for?"
      type  = "string"
    }
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each field of each flow has a name of its own."""
        for flow in configuration.flows:
            seen: dict[str, PromptField] = {}
            for field in flow.prompt_fields:
                name = field.name.string
                if name is None or field.symbolic:
                    continue
                first = seen.setdefault(name, field)
                if first is field:
                    yield PASSED
                elif _suits(flow, first) < _suits(flow, field):
                    yield self._duplicate(flow, field, first)
                else:
                    yield self._duplicate(flow, first, field)

    def _duplicate(self, flow: Flow, first: PromptField, field: PromptField) -> Finding:
        used = field.range("name")
        range_ = written_at(field.name, used)
        other = written_at(first.name, first.range("name"))
        related = () if other == range_ else (RelatedRange(other, "the other field of this name"),)
        return self.finding(
            f"the flow has two prompt fields that are called {shown(field.name)}",
            range_,
            label="this name is taken",
            related=(*related, *use(range_, used, "the name of a prompt field")),
            why="impl.py finds what was entered by the name of the field: one of the two is lost.",
            help_="give each field a name of its own",
            address=str(flow.address),
            attribute="params.prompt_field.name",
            path=way(field.name, range_),
        )


def _suits(flow: Flow, field: PromptField) -> int:
    """How much else of a field goes with its name: of two of a name the other one is odd."""
    from symlint.sym.words import mentions

    name = field.name.string or ""
    special = flow.sym.catalogue.provider.special_fields.get(name)
    label = (field.value("label").string or "").replace(" ", "_").replace("?", "")
    words = [word for word in name.replace("-", "_").split("_") if word]
    typed = special is not None and special.type == field.type.string
    return 2 * typed + any(mentions(label, word) for word in words)


class PromptFieldArgument(Rule):
    """A prompt field has only arguments that do something for its type.

    The people that a `slack_user` field offers come from Slack, so `allowed_values` and `prefetch`
    mean nothing there, and fields that hold a list or a person have no `default`.

    **Not flagged.** Arguments that say nothing: null, an empty text or list, `prefetch = false`.
    """

    code = "SYM407"
    name = "prompt-field-argument"
    severity = "warning"
    sources = (_FLOW,)
    bad = flow_example(
        """
  params {
    prompt_field {
      name           = "on_behalf_of"
      type           = "slack_user"
      allowed_values = ["@alice", "@bob"]
    }
  }
"""
    )
    good = flow_example(
        """
  params {
    prompt_field {
      name = "on_behalf_of"
      type = "slack_user"
    }
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each argument of each field does something."""
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = type_entry(flow, field)
                for name in () if entry is None else entry.not_applicable:
                    yield self._judge(flow, field, name)

    def _judge(self, flow: Flow, field: PromptField, name: str) -> Outcome:
        argument = field.argument(name)
        if argument is None or not is_given(argument):
            if argument is not None and argument.value.is_unknown:
                return self.undecided(argument.range, "is it given?", "the value is not known")
            return PASSED
        type_name = field.type.string or ""
        types = [
            it
            for it, entry in flow.sym.catalogue.provider.prompt_field_types.items()
            if name not in entry.not_applicable and entry.until is None
        ]
        return self.finding(
            f"{name} has no effect in {with_article(type_name)} field",
            argument.name_range,
            label="no effect",
            related=(RelatedRange(written_at(field.type, field.range("type")), "because of this"),),
            why=f"People will not see what {name} says: {either(types, 'and')} fields have it.",
            help_=f"remove {name}, or give the field another type",
            address=str(flow.address),
            attribute=f"params.prompt_field.{name}",
        )


class PromptFieldDefault(Rule):
    """The `default` of a prompt field is one of its `allowed_values`, and these are not prefetched.

    `allowed_values` are all that people can choose; a default that is none of them cannot be
    chosen. `prefetch` asks a function of `impl.py` for the choices instead: with both it is not
    clear which choices people get.

    **Not flagged.** Fields where one of the two is not known, and fields of a type that has no
    default at all (`prompt-field-argument` speaks of that).
    """

    code = "SYM408"
    name = "prompt-field-default"
    severity = "note"
    fixable = True
    sources = (_FLOW,)
    bad = flow_example(
        """
  params {
    prompt_field {
      name           = "urgency"
      type           = "string"
      default        = "Normal"
      allowed_values = ["Low", "Medium", "High"]
    }
  }
"""
    )
    good = flow_example(
        """
  params {
    prompt_field {
      name           = "urgency"
      type           = "string"
      default        = "Medium"
      allowed_values = ["Low", "Medium", "High"]
    }
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each default is a choice, and the choices come from one place."""
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = type_entry(flow, field)
                if entry is None or "allowed_values" in entry.not_applicable:
                    continue
                if "default" not in entry.not_applicable:
                    yield from self._default(flow, field)
                yield from self._prefetch(flow, field)

    def _default(self, flow: Flow, field: PromptField) -> Iterator[Outcome]:
        default, allowed = field.argument("default"), field.argument("allowed_values")
        elements = None if allowed is None else allowed.value.elements
        if default is None or allowed is None or not elements or not is_given(default):
            return
        choices = [text_of(it) for it in elements]
        text = text_of(default.value)
        if text is None or None in choices:
            question = "is the default one of the allowed values?"
            yield self.undecided(default.range, question, "one of the values is not known")
            return
        if text in choices:
            yield PASSED
            return
        from symlint.source.close_names import close_name

        meant = close_name(text, [it for it in choices if it is not None])
        range_ = written_at(default.value, default.range)
        yield self.finding(
            f"the default {shown(default.value)} is not one of the allowed values",
            range_,
            label=f"the default of {field_name(field)}",
            related=(
                RelatedRange(written_at(allowed.value, allowed.range), "the allowed values"),
                *use(range_, default.range, "the default"),
            ),
            why="People choose from the allowed values, and the default is not among them.",
            help_=f'write "{meant}"' if meant else "write one of the allowed values, or add it",
            address=str(flow.address),
            attribute="params.prompt_field.default",
            path=way(default.value, range_),
            fix=literal_fix(range_, default.range, meant, safe=False) if meant else None,
        )

    def _prefetch(self, flow: Flow, field: PromptField) -> Iterator[Outcome]:
        prefetch, allowed = field.argument("prefetch"), field.argument("allowed_values")
        if prefetch is None or allowed is None or text_of(prefetch.value) != "true":
            return
        if not is_given(allowed):
            return
        yield self.finding(
            f"{field_name(field)} has both allowed_values and prefetch",
            prefetch.name_range,
            label="asks impl.py for the choices",
            related=(RelatedRange(allowed.name_range, "gives the choices here"),),
            why="A prefetched field gets its choices from impl.py, not from allowed_values.",
            help_="keep the one that you mean",
            address=str(flow.address),
            attribute="params.prompt_field.prefetch",
        )

"""Collects what is secret in the configurations of a run."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.lint.hiding.expressions import Named, SecretExpressions, literals
from symlint.lint.hiding.hidden import Hidden
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.results import ParsedFile
    from symlint.lint.hiding.hidden import SourceKey
    from symlint.source.text import SourceFile
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.implementation.code import Code
    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.values.value import Value

_MOST_VALUES: Final = 20_000
_LONGEST: Final = 20_000
"""Characters of a secret that are looked for; snippets show none of it anyway."""

_LONG: Final = 8
"""Characters of what is hardly a word by chance."""

_NO_SECRETS: Final = ("true", "false", "null")


class Found(NamedTuple):
    """What is secret in some root modules: where it stands, and the texts."""

    places: dict[SourceKey, set[tuple[int, int]]]
    texts: dict[str, None]

    def merge(self, other: Found) -> None:
        """Add what is secret in other root modules."""
        for key, spans in other.places.items():
            self.places.setdefault(key, set()).update(spans)
        self.texts.update(other.texts)

    def without(self, other: Found) -> Found:
        """What is not in another one."""
        places = {
            key: new
            for key, spans in self.places.items()
            if (new := spans.difference(other.places.get(key, ())))
        }
        return Found(places, {text: None for text in self.texts if text not in other.texts})


class Secrets:
    """Collects what is secret in root modules."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._formats: Final = catalogue.formats
        self._named: Final = Named(
            frozenset(
                name
                for module in catalogue.modules.values()
                for name, forms in module.inputs.items()
                if forms[-1].secret
            )
        )
        pattern = self._formats["secret_token"].pattern.replace(r"\S", r"""[^\s"'`,;)\]}]""")
        self._tokens: Final = re.compile(pattern)
        self._searched: Final[set[Module]] = set()
        self.found: Final = Found({}, {})

    def take(
        self,
        roots: Iterable[tuple[CalledModules, Inputs]],
        values: Iterable[Value],
        codes: Iterable[Code] = (),
    ) -> None:
        """Collect what is secret in root modules.

        ``roots`` are what each root module calls, itself included, and what it is given. ``values``
        are what evaluation has met that is sensitive, or may have something sensitive in it,
        ``codes`` the Python that is carried.
        """
        for called, inputs in roots:
            found = SecretExpressions(called, inputs, self._named)
            for expression, said in found.find():
                for literal in literals(expression):
                    self._take_literal(literal, said=said)
            self._take_inputs(called, inputs, found)
            self._take_tokens(called)
        for value in values:
            self._take_value(value)
        for code in codes:
            self._take_code(code)

    def hidden(self) -> Hidden:
        """What hides all that was collected, in whatever order."""
        texts = None
        if self.found.texts:
            from symlint.lint.hiding.texts import SecretTexts

            texts = SecretTexts(sorted(self.found.texts))
        return Hidden(self.found.places, texts, self._tokens)

    # --- what is written ---

    def _take_literal(self, literal: nodes.Literal, *, said: bool) -> None:
        value = literal.value
        text = value if isinstance(value, str) else literal.range.text
        self._take_written(text, _inside(literal), said=said)

    def _take_written(self, text: str, place: Range | None, *, said: bool) -> None:
        if not text.strip() or self._formats["placeholder"].matches(text):
            return
        # What only a name says is secret may be a word that stands elsewhere, too: a name of a user.
        if said or len(text) >= _LONG:
            self._take_text(text)
        if place is not None:
            self._take_place(place)

    def _take_code(self, code: Code) -> None:
        from symlint.lint.hiding.python import secret_texts

        for node, text in secret_texts(code):
            self._take_written(text, code.place(*code.span(node)), said=False)

    def _take_tokens(self, called: CalledModules) -> None:
        """Take what looks like a secret wherever it stands: a sentence may say a part of it.

        A module that many root modules call is searched once.
        """
        for module in called.modules.values():
            if module in self._searched:
                continue
            self._searched.add(module)
            for body in module.bodies:
                for match in self._tokens.finditer(body.source.text):
                    self._take_text(match[0])

    def _take_place(self, range_: Range) -> None:
        key = (range_.path, range_.source.text)
        self.found.places.setdefault(key, set()).add((range_.start, range_.end))

    def _take_text(self, text: str) -> None:
        if text not in _NO_SECRETS:
            self.found.texts[text[:_LONGEST]] = None

    def _take_value(self, value: Value) -> None:
        """Take the texts in a sensitive value, however it was made."""
        stack = [(value, value.sensitive)]
        for _ in range(_MOST_VALUES):
            if not stack:
                break
            current, sensitive = stack.pop()
            sensitive = sensitive or current.sensitive
            content = current.content
            if isinstance(content, (tuple, dict)):
                inside = content if isinstance(content, tuple) else content.values()
                if sensitive and isinstance(content, dict):
                    self._take_keys(content)
                stack += ((inner, sensitive) for inner in inside)
            elif sensitive and isinstance(content, str) and not _is_plain(current):
                self._take_text(content)

    def _take_keys(self, keys: Iterable[str]) -> None:
        """Take the keys of a sensitive map that are hardly names: those of attributes are no secret."""
        from symlint.lint.hiding.texts import is_strong

        for key in keys:
            if is_strong(key):
                self._take_text(key)

    # --- what is given ---

    def _take_inputs(self, called: CalledModules, inputs: Inputs, found: SecretExpressions) -> None:
        variables = called.root.variables
        for name, value in inputs.values.items():
            origin = value.origin
            # What is given on the command line or by the environment is written in no file.
            if origin is None or not origin.path.startswith("<") or name not in variables:
                continue
            if found.is_secret(variables[name], called.root):
                self._take_place(origin)
                self._take_texts_in(value)
        for problem in inputs.problems:
            source = problem.range.source
            if source.path.startswith("<"):
                name, _, _ = source.text.partition(" = ")
                self._take_refused(source, name, called.root, found)
        for path in inputs.files:
            parsed = called.cache.parse(path)
            if isinstance(parsed, ReadProblem):
                continue
            if parsed.problems:
                from symlint.lint.hiding.broken import inputs_in

                self._take_broken(parsed.source, inputs_in(parsed, called.root))
            for name, attribute in parsed.body.attributes.items():
                if name not in variables:
                    # Nobody says whether it is secret.
                    for literal in literals(attribute.value):
                        self._take_place(_inside(literal))
        for parsed in _broken(called):
            from symlint.lint.hiding.broken import secrets_in

            self._take_broken(parsed.source, secrets_in(parsed))

    def _take_refused(
        self, source: SourceFile, name: str, root: Module, found: SecretExpressions
    ) -> None:
        """Take what an option gives to a variable that is secret, or is none."""
        variable = root.variables.get(name)
        span = (len(name) + len(" = "), len(source.text))
        if variable is None:
            self._take_place(Range(source, *span))
        elif found.is_secret(variable, root):
            self._take_broken(source, [span])

    def _take_broken(self, source: SourceFile, spans: Iterable[tuple[int, int]]) -> None:
        """Take a text that could not be parsed, and each word of it."""
        from symlint.lint.hiding.broken import words

        for start, end in spans:
            self._take_place(Range(source, start, end))
            for word in words(source.text[start:end]):
                self._take_text(word)

    def _take_texts_in(self, value: Value) -> None:
        for part in (value, *(value.elements or ()), *(value.items or {}).values()):
            if part.string:
                self._take_text(part.string)


def _inside(literal: nodes.Literal) -> Range:
    """The range of a text without its quotes."""
    written = literal.range
    quoted = len(written.text) > 1 and written.text[0] == '"' == written.text[-1]
    return written._replace(start=written.start + 1, end=written.end - 1) if quoted else written


def _is_plain(value: Value) -> bool:
    """Whether a value is what is written: sensitive for how it was chosen, or known already."""
    return isinstance(value.written, nodes.Literal)


def _broken(called: CalledModules) -> Iterator[ParsedFile]:
    """The files of modules that have syntax errors."""
    for module in called.modules.values():
        for body in () if module.complete else module.bodies:
            parsed = called.cache.parse(body.source.path)
            if not isinstance(parsed, ReadProblem) and parsed.problems:
                yield parsed

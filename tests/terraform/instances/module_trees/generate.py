"""Random configurations without providers: module trees, instances and values between them."""

from __future__ import annotations

import random

TYPES = (
    "string",
    "number",
    "bool",
    "list(string)",
    "map(string)",
    "object({ a = string, b = optional(number, 7) })",
)
WORDS = ("alpha", "beta", "gamma", "delta", "ops")


class Generator:
    """Writes one configuration; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.files: dict[str, str] = {}
        self.modules: list[tuple[str, dict[str, str], dict[str, str]]] = []

    def configuration(self) -> dict[str, str]:
        """The files of a root module that calls up to three others, and a variable file."""
        for index in range(self.random.randint(1, 3)):
            self._child(index)
        lines = ["# root"]
        scope = self._variables(lines, root=True)
        self._contents(lines, scope, calls=True)
        self._outputs(lines, scope, 10)
        self.files["main.tf"] = "\n".join(lines) + "\n"
        return self.files

    def _child(self, index: int) -> None:
        lines: list[str] = []
        scope = self._variables(lines, root=False)
        inputs = dict(self._declared)
        self._contents(lines, scope, calls=bool(self.modules) and self.random.random() < 0.6)
        outputs = self._outputs(lines, scope, 3)
        self.files[f"m{index}/main.tf"] = "\n".join(lines) + "\n"
        self.modules.append((f"m{index}", inputs, outputs))

    # --- declarations ---

    def _variables(self, lines: list[str], root: bool) -> dict[str, list[str]]:
        scope: dict[str, list[str]] = {}
        self._declared: dict[str, str] = {}
        values = []
        for index in range(self.random.randint(2, 4)):
            type_ = self.random.choice(TYPES)
            name = f"v{index}"
            default = root or self.random.random() < 0.5
            lines.append(f'variable "{name}" {{\n  type = {type_}')
            if default:
                lines.append(f"  default = {self._constant(type_)}")
            lines.append("}")
            if root and self.random.random() < 0.4:
                values.append(f"{name} = {self._constant(type_)}")
            if not default or (not root and self.random.random() < 0.5):
                self._declared[name] = type_
            scope.setdefault(type_, []).append(f"var.{name}")
        if root:
            self.files["terraform.tfvars"] = "\n".join(values) + "\n"
        return scope

    def _contents(self, lines: list[str], scope: dict[str, list[str]], calls: bool) -> None:
        for index in range(self.random.randint(2, 5)):
            what = self.random.random()
            if what < 0.4:
                type_ = self.random.choice(TYPES)
                lines.append(f"locals {{\n  l{index} = {self.expression(type_, scope)}\n}}")
                # An object's optional attribute is in its type only once it has been converted.
                if not type_.startswith("object"):
                    scope.setdefault(type_, []).append(f"local.l{index}")
            elif what < 0.7 or not calls:
                self._resource(lines, scope, f"r{index}")
            else:
                self._call(lines, scope, f"c{index}")

    def _repetition(
        self, lines: list[str], scope: dict[str, list[str]]
    ) -> tuple[str, dict[str, list[str]]]:
        kind = self.random.choice(("", "count", "for_each map", "for_each set"))
        inner = {key: list(value) for key, value in scope.items()}
        # Instance keys have to be known when planning.
        scope = {t: [n for n in names if ".id" not in n] for t, names in scope.items()}
        if kind == "count":
            count = self.random.choice(
                (
                    "0",
                    "1",
                    "2",
                    "3",
                    f"length({self.expression('list(string)', scope)})",
                    f"{self.expression('bool', scope)} ? 1 : 0",
                )
            )
            lines.append(f"  count = {count}")
            inner.setdefault("number", []).append("count.index")
        elif kind:
            if kind == "for_each map":
                lines.append(f"  for_each = {self.expression('map(string)', scope)}")
            else:
                lines.append(f"  for_each = toset({self.expression('list(string)', scope)})")
            inner.setdefault("string", []).extend(("each.key", "each.value"))
        return kind, inner

    def _resource(self, lines: list[str], scope: dict[str, list[str]], name: str) -> None:
        lines.append(f'resource "terraform_data" "{name}" {{')
        kind, inner = self._repetition(lines, scope)
        type_ = self.random.choice(TYPES[:5])
        lines.append(f"  input = {self.expression(type_, inner)}\n}}")
        self._instances(scope, f"terraform_data.{name}", kind, "input", type_)
        self._instances(scope, f"terraform_data.{name}", kind, "id", "string")

    def _call(self, lines: list[str], scope: dict[str, list[str]], name: str) -> None:
        directory, inputs, outputs = self.random.choice(self.modules)
        up = "./" if lines and lines[0] == "# root" else "../"
        lines.append(f'module "{name}" {{\n  source = "{up}{directory}"')
        kind, inner = self._repetition(lines, scope)
        lines.extend(f"  {key} = {self.expression(type_, inner)}" for key, type_ in inputs.items())
        lines.append("}")
        for output, type_ in outputs.items():
            self._instances(scope, f"module.{name}", kind, output, type_)

    def _instances(
        self, scope: dict[str, list[str]], address: str, kind: str, attribute: str, type_: str
    ) -> None:
        """Ways to refer to an attribute of one or all instances."""
        if not kind:
            scope.setdefault(type_, []).append(f"{address}.{attribute}")
            if type_ == "string":
                scope.setdefault("list(string)", []).append(f"{address}[*].{attribute}")
            return
        scope.setdefault("number", []).append(f"length({address})")
        if type_ != "string":
            return
        strings, lists = scope.setdefault("string", []), scope.setdefault("list(string)", [])
        maps = scope.setdefault("map(string)", [])
        if kind == "count":
            strings.append(f'try({address}[0].{attribute}, "none")')
            strings.append(f'join(",", {address}[*].{attribute})')
            lists.extend((f"{address}[*].{attribute}", f"{address}.*.{attribute}"))
            maps.append(f"{{ for i, x in {address} : i => x.{attribute} }}")
        else:
            strings.append(f'try({address}["alpha"].{attribute}, "none")')
            lists.append(f"values({address})[*].{attribute}")
            lists.append(f"keys({address})")
            lists.append(f"[for k, x in {address} : x.{attribute}]")
            maps.append(f"{{ for k, x in {address} : k => x.{attribute} }}")

    def _outputs(
        self, lines: list[str], scope: dict[str, list[str]], number: int
    ) -> dict[str, str]:
        outputs = {}
        for index in range(number):
            type_ = self.random.choice(TYPES[:5])
            lines.append(f'output "o{index}" {{\n  value = {self.expression(type_, scope, 3)}\n}}')
            outputs[f"o{index}"] = type_
        return outputs

    # --- expressions ---

    def _constant(self, type_: str) -> str:
        choose = self.random.choice
        if type_ == "string":
            return choose(('"alpha"', '"beta"', '""', '"x y"', '"5"', '"true"'))
        if type_ == "number":
            return choose(("0", "1", "2.5", "10", '"3"'))
        if type_ == "bool":
            return choose(("true", "false", '"true"'))
        if type_ == "list(string)":
            return choose(
                ('["alpha", "beta"]', "[]", '["ops"]', '["b", "a", "alpha"]', '["1", "true"]')
            )
        if type_ == "map(string)":
            return choose(('{ alpha = "one" }', "{}", '{ beta = "two", alpha = 1 }'))
        return choose(('{ a = "x" }', '{ a = "y", b = 2 }', '{ a = 1, b = null, c = "extra" }'))

    def expression(self, type_: str, scope: dict[str, list[str]], depth: int = 2) -> str:
        """An expression of a type, of names in scope as far as there are any."""
        names = scope.get(type_, [])
        if depth == 0 or (names and self.random.random() < 0.5):
            return self.random.choice(names) if names else self._constant(type_)
        if type_.startswith("object"):
            return f"{{ a = {self.expression('string', scope, depth - 1)}, b = 3 }}"
        make = {
            "string": self._string,
            "number": self._number,
            "bool": self._bool,
            "list(string)": self._list,
            "map(string)": self._map,
        }[type_]
        return make(scope, depth - 1)

    def _string(self, scope: dict[str, list[str]], depth: int) -> str:
        def one() -> str:
            return self.expression("string", scope, depth)

        objects = [
            name + ".a"
            for type_, names in scope.items()
            if type_.startswith("object")
            for name in names
        ]
        forms = [
            lambda: f'"${{{one()}}}-${{{self.expression("number", scope, depth)}}}"',
            lambda: f"upper({one()})",
            lambda: f"({self.expression('bool', scope, depth)} ? {one()} : {one()})",
            lambda: f'lookup({self.expression("map(string)", scope, depth)}, "alpha", {one()})',
            lambda: f'join("-", {self.expression("list(string)", scope, depth)})',
            lambda: (
                f'"%{{ if {self.expression("bool", scope, depth)} }}yes%{{ else }}${{{one()}}}%{{ endif }}"'
            ),
            lambda: f"try({self.expression('list(string)', scope, depth)}[0], {one()})",
            lambda: self._constant("string"),
        ]
        if objects:
            forms.append(lambda: self.random.choice(objects))
        return self.random.choice(forms)()

    def _number(self, scope: dict[str, list[str]], depth: int) -> str:
        forms = [
            lambda: f"length({self.expression('list(string)', scope, depth)})",
            lambda: (
                f"({self.expression('number', scope, depth)} + {self.expression('number', scope, depth)})"
            ),
            lambda: f"({self.expression('number', scope, depth)} * 3 - 1)",
            lambda: f"length({self.expression('string', scope, depth)})",
            lambda: self._constant("number"),
        ]
        return self.random.choice(forms)()

    def _bool(self, scope: dict[str, list[str]], depth: int) -> str:
        forms = [
            lambda: (
                f"({self.expression('number', scope, depth)} > {self.expression('number', scope, depth)})"
            ),
            lambda: (
                f"({self.expression('string', scope, depth)} == {self.expression('string', scope, depth)})"
            ),
            lambda: f'contains({self.expression("list(string)", scope, depth)}, "alpha")',
            lambda: f"(!{self.expression('bool', scope, depth)})",
            lambda: (
                f"({self.expression('bool', scope, depth)} && {self.expression('bool', scope, depth)})"
            ),
        ]
        return self.random.choice(forms)()

    def _list(self, scope: dict[str, list[str]], depth: int) -> str:
        forms = [
            lambda: (
                f"[{self.expression('string', scope, depth)}, {self.expression('string', scope, depth)}]"
            ),
            lambda: f"[for x in {self.expression('list(string)', scope, depth)} : upper(x)]",
            lambda: (
                f'[for x in {self.expression("list(string)", scope, depth)} : x if x != "alpha"]'
            ),
            lambda: (
                f"concat({self.expression('list(string)', scope, depth)}, {self.expression('list(string)', scope, depth)})"
            ),
            lambda: f"keys({self.expression('map(string)', scope, depth)})",
            lambda: f"sort(values({self.expression('map(string)', scope, depth)}))",
            lambda: f"distinct({self.expression('list(string)', scope, depth)})",
        ]
        return self.random.choice(forms)()

    def _map(self, scope: dict[str, list[str]], depth: int) -> str:
        forms = [
            lambda: f"{{ alpha = {self.expression('string', scope, depth)} }}",
            lambda: (
                f"merge({self.expression('map(string)', scope, depth)}, {self.expression('map(string)', scope, depth)})"
            ),
            lambda: (
                f"{{ for x in distinct({self.expression('list(string)', scope, depth)}) : x => upper(x) }}"
            ),
            lambda: (
                f'{{ for k, x in {self.expression("map(string)", scope, depth)} : k => "${{k}}-${{x}}" }}'
            ),
        ]
        return self.random.choice(forms)()

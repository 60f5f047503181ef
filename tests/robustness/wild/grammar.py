"""Files in HCL that follow the grammar, and mean anything: every construct, anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from robustness.expressions import TEXTS, call

from symlint.hcl.fragments import parse_expression
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from random import Random

BLOCKS: Final = (
    *("resource", "resource", "resource", "data", "module", "variable", "output", "locals", "provider"),
    *("terraform", "moved", "removed", "import", "check", "ephemeral", "required_providers", "backend"),
    *("lifecycle", "provisioner", "connection", "dynamic", "content", "validation", "precondition"),
    *("postcondition", "params", "prompt_field", "settings", "assert", "run", "mock_provider", "x"),
)  # fmt: skip  # as many a line as fit
LABELS: Final = (
    *("sym_flow", "sym_strategy", "sym_target", "sym_integration", "sym_secret", "sym_secrets", "sym_runtime"),
    *("sym_environment", "sym_error_logger", "sym_log_destination", "sym_user", "aws_iam_role", "null_resource"),
    *("a", "b", "this", "sym", "aws", "", "a b", "${a}", "1", "\\u0000", "é", "prompt_field", "-"),
)  # fmt: skip  # as many a line as fit
NAMES: Final = (
    *("type", "name", "label", "settings", "targets", "integration_id", "strategy_id", "params", "count"),
    *("for_each", "depends_on", "provider", "providers", "source", "version", "default", "value", "vars"),
    *("sensitive", "nullable", "description", "implementation", "environment_id", "runtime_id", "path"),
    *("external_id", "prompt_fields", "allowed_sources", "role_arn", "secret_ids", "condition", "key_name"),
    *("error_message", "from", "to", "id", "for_each", "a", "b", "x", "alias", "org", "required_version"),
)  # fmt: skip  # as many a line as fit
ROOTS: Final = (
    *("local.a", "local.b", "var.a", "var.x", "each.key", "each.value", "count.index", "self", "path.module"),
    *("sym_target.a", "sym_target.this", "sym_strategy.b", "sym_flow.this", "sym_integration.a", "module.a"),
    *("data.aws_iam_role.a", "terraform.workspace", "path.root", "prompt_field.value", "x", "i", "k"),
)  # fmt: skip  # as many a line as fit
TYPES: Final = (
    *("any", "string", "number", "bool", "list(any)", "map(string)", "set(string)", "tuple([any])"),
    "object({ a = optional(any, {}), b = optional(list(string)) })",
)
RESOURCES: Final = (
    *('"sym_target" "a"', '"sym_target" "this"', '"sym_strategy" "b"', '"sym_flow" "this"'),
    *('"sym_integration" "a"', '"aws_iam_role" "a"'),
)
OPERATORS: Final = (*("+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"),)


def file(rng: Random, size: int) -> str:
    """The text of a file of about this many characters."""
    pieces: list[str] = []
    length = 0
    while length < min(size, 60_000):
        pieces.append(_item(rng, rng.randint(1, 4), 0))
        length += len(pieces[-1])
    return "".join(pieces)


def module(rng: Random, size: int) -> str:
    """The text of a module whose names are declared, so that its expressions have values."""
    known = ("a", "b", "x", *(f"l{i}" for i in range(min(size // 60, 200))))
    text = "".join(f"  {name} = {_sound(rng, rng.randint(1, 5))}\n" for name in known)
    text = re.sub(r"\blocal\.[ab]\b", lambda _: f"local.{rng.choice(known)}", text)
    pieces = [f"locals {{\n{text}}}\n"]
    for name in ("a", "x"):
        kind = rng.choice(TYPES)
        pieces.append(f'variable "{name}" {{\n  type = {kind}\n  default = {_constant(rng)}\n}}\n')
    for label in RESOURCES:
        many = rng.choice(("", "", "  count = {}\n", "  for_each = {}\n")).format(_sound(rng, 3))
        names = rng.sample(sorted({*NAMES} - {"count", "for_each"}), rng.choice((1, 3, 6)))
        lines = "".join(f"  {name} = {_sound(rng, 3)}\n" for name in names)
        pieces.append(f"resource {label} {{\n{many}{lines}}}\n")
    pieces.append(f'output "x" {{\n  value = {_sound(rng, 4)}\n}}\n')
    return "".join(pieces)


def _sound(rng: Random, depth: int) -> str:
    """An expression without syntax errors."""
    for _ in range(5):
        text = expression(rng, depth)
        if not parse_expression(SourceFile("a.tf", text.rstrip()))[1]:
            return text
    return _constant(rng)


def _constant(rng: Random) -> str:
    return rng.choice(
        ('"x"', "1", "null", "[]", "{}", '["a", "b"]', '{ a = "x", b = [1, true] }', "[[1], [2]]")
    )


def values(rng: Random, size: int) -> str:
    """The text of a variable file."""
    names = rng.choices(NAMES, k=max(1, min(size // 30, 400)))
    return "".join(f"{name} = {expression(rng, 3)}\n" for name in names)


def _item(rng: Random, depth: int, level: int) -> str:
    indent = "  " * level
    if rng.random() < 0.04:
        return indent + rng.choice(
            ("# symlint: ignore[SYM201] x\n", "# é\n", "/* x\n */ ", "// \n", "\n")
        )
    if depth == 0 or (level and rng.random() < 0.6):
        name = rng.choice(NAMES) if rng.random() < 0.95 else f'"{rng.choice(NAMES)}"'
        end = rng.choice(("\n", "\n", "\n", "\n", " # x\n", " // symlint: ignore[all] y\n"))
        return f"{indent}{name} = {expression(rng, depth)}{end}"
    labels = "".join(
        f" {label}" if rng.random() < 0.1 else f' "{label}"'
        for label in rng.choices(LABELS, k=rng.choice((0, 1, 2, 2, 2, 3)))
    )
    if rng.random() < 0.05:
        return f"{indent}{rng.choice(BLOCKS)}{labels} {{ a = {expression(rng, 1)} }}\n"
    items = [_item(rng, depth - 1, level + 1) for _ in range(rng.choice((0, 1, 3, 5, 9)))]
    return f"{indent}{rng.choice(BLOCKS)}{labels} {{\n{''.join(items)}{indent}}}\n"


def expression(rng: Random, depth: int) -> str:
    """An expression with so many levels at most."""
    if depth <= 0 or rng.random() < 0.2:
        return _leaf(rng)

    def inner() -> str:
        return expression(rng, depth - 1)

    match rng.randrange(16):
        case 0:
            return f"({inner()})"
        case 1:
            return f"[{', '.join(inner() for _ in range(rng.choice((0, 1, 2, 5))))}]"
        case 2:
            return _object(rng, depth)
        case 3:
            return f"{inner()} {rng.choice(OPERATORS)} {inner()}"
        case 4:
            return f"{inner()} ? {inner()} : {inner()}"
        case 5:
            return f"{rng.choice(('!', '-', '- -', '!!'))}{inner()}"
        case 6:
            return f"[for {rng.choice(('x', 'i, x', 'k, v'))} in {inner()} : {inner()}{_condition(rng, depth)}]"
        case 7:
            group = rng.choice(("", "", "..."))
            return f"{{ for k, x in {inner()} : {inner()} => {inner()}{group}{_condition(rng, depth)} }}"
        case 8:
            return f"{inner()}{rng.choice(('[*]', '.*', '[*].id', '.*.a', '[*][0]', '[*].a.b[*]'))}"
        case 9:
            return f"{inner()}[{inner()}]"
        case 10 | 11:
            return call(rng, 40, depth=1)
        case 12:
            return _heredoc(rng, depth)
        case 13:
            return f"{inner()}.{rng.choice((*NAMES, '0', '1.2'))}"
        case _:
            return f'"{_template(rng, depth)}"'


def _leaf(rng: Random) -> str:
    return rng.choice(
        (
            *(rng.choice(ROOTS), rng.choice(ROOTS), f"{rng.choice(ROOTS)}.{rng.choice(NAMES)}"),
            *(
                f'"{rng.choice(LABELS[:13])}"',
                f'"{rng.choice(TEXTS)}"',
                '"okta"',
                '"aws_iam"',
                '""',
            ),
            *("null", "true", "false", "0", "1", "-1", "1.5", "1e3", "1e400", "0.1e-9", "[]", "{}"),
            *(
                '["a", "b"]',
                '{ a = 1, b = "x" }',
                '["x", 1, null]',
                "[[1], [2, 3]]",
                '{ a = { b = ["c"] } }',
            ),
        )
    )


def _object(rng: Random, depth: int) -> str:
    pairs = []
    for _ in range(rng.choice((0, 1, 2, 5))):
        name = rng.choice(NAMES)
        key = rng.choice(
            (name, name, f'"{name}"', f"({expression(rng, depth - 1)})", '"${a}"', "1")
        )
        pairs.append(f"{key} {rng.choice('==:')} {expression(rng, depth - 1)}")
    return "{ " + rng.choice((", ", "\n", ",\n")).join(pairs) + " }"


def _condition(rng: Random, depth: int) -> str:
    return f" if {expression(rng, depth - 1)}" if rng.random() < 0.3 else ""


def _template(rng: Random, depth: int) -> str:
    strip = rng.choice(("", "", "~"))
    inner = expression(rng, depth - 1)
    return rng.choice(("a", "", "$${", "%%{", "é")) + rng.choice(
        (
            f"${{{strip}{inner}{strip}}}",
            f"${{{inner}}}x${{{_leaf(rng)}}}",
            f"%{{{strip} if {inner} }}a%{{ else }}b%{{ endif {strip}}}",
            f"%{{ for x in {inner} }}${{x}}{strip}%{{ endfor }}",
            f"%{{ for k, x in {inner} ~}}${{k}}%{{ if x == 1 }}b%{{ endif }}{strip}%{{ endfor }}",
            "plain",
        )
    )


def _heredoc(rng: Random, depth: int) -> str:
    mark = rng.choice(("E", "EOT", "é", "a-b"))
    lines = "\n".join(f"  {_template(rng, depth)}" for _ in range(rng.choice((0, 1, 3))))
    return f"<<{rng.choice(('', '-'))}{mark}\n{lines}\n{rng.choice(('', '  '))}{mark}\n"

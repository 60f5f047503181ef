"""Hostile expressions: deep, long, and calls of every function with what it was not made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.terraform.functions import names

if TYPE_CHECKING:
    from random import Random

PAIRS: Final = (
    ("(", ")"),
    ("[", "]"),
    ("{ a = ", " }"),
    ("{ (", ") = 1 }"),
    ('"${', '}"'),
    ('"x${', '}y"'),
    ("true ? 1 : (", ")"),
    ("(", " == 1) ? 1 : 2"),
    ("!", ""),
    ("-", ""),
    ("1 + (", ")"),
    ("upper(", ")"),
    ("merge({}, ", ")"),
    ("try(", ", 1)"),
    ("[for x in ", " : x]"),
    ("{ for k, v in ", " : k => v }"),
    ("[for x in [1] : ", " if x > 0]"),
    ("local.a[", "]"),
    ('"%{ if true }', '%{ endif }"'),
    ('"%{ for x in [1] }', '%{ endfor }"'),
    ("<<E\n${", "}\nE\n"),
    ("object({ a = optional(", ") })"),
    ("list(", ")"),
)
"""What begins and ends each construct that holds an expression."""

TAILS: Final = (
    *("[0]", '["a"]', ".a", ".0", "[*]", ".*", ".*.a", " + 1", " && true", " == 1", " ? 1 : 2"),
    *(" - -1", "[local.a]", ", 1", "...", "%", "${", '"', "(", ".a()", " => ", "\n", " /* */"),
)
"""What may be repeated behind an expression."""

TEXTS: Final = (
    *("", "a", "\u00e9\u0301", "e\u0316\u0301" * 50, "\U0001f468\u200d" * 50, "\u202e::error::x"),
    *("(a*)*b", "((a{0,50}){0,50}){0,50}", "(a|b|ab)*c", "[^a]" * 40, "(?i)\\\\pL+", "a{1000}" * 9),
    *("(" * 99, "a?" * 50 + "a" * 50, "/(.*)*x/", "$0$1${1}", "**/*a*a*a*a*b", "{a,b}" * 20, "[!"),
    *(
        "2020-01-01T00:00:00Z",
        "9999-12-31T23:59:59+14:00",
        "1000000h",
        "10.0.0.0/8",
        "::/0",
        "fd00::/8",
    ),
    *(
        "%d %s %v %#v %q",
        "%100000000d",
        "%.99999999f",
        "%*d",
        "YYYY" * 99,
        "EEEE'",
        "\\u0000",
        "\\ud800",
    ),
    *(
        "a: &a [*a]",
        "[" * 200,
        "{a: " * 200,
        "? : - |",
        "a: >",
        "<<: *b",
        "!!binary x",
        "1e999999999",
    ),
    *(
        '{\\"a\\":' * 99,
        "1" * 5000,
        "0x" + "f" * 5000,
        "a,b\\nc,d",
        "QUJD" * 99,
        "UTF-16LE",
        "../x",
    ),
    *("/etc/passwd", "%{ for i in range(1000) }%{ for j in range(1000) }x%{ endfor }%{ endfor }"),
)
"""Strings that mean something to some function."""


def literal(rng: Random, size: int) -> str:
    """A value that is written out, some of them ``size`` long."""
    amount = rng.randint(1, max(1, size))
    return rng.choice(
        (
            *(
                "null",
                "true",
                "-1",
                "0",
                "1e999999",
                "1.5",
                "[]",
                "{}",
                "local.a",
                "var.v",
                "each.key",
            ),
            f'"{rng.choice(TEXTS)}"',
            f'"{rng.choice(TEXTS)}"',
            f'"{rng.choice("a -_.:/@#e0") * amount}"',
            "9" * amount,
            f"range({rng.choice((5, 1000, 10**6, 10**9))})",
            f"[for i in range({min(amount, 1000)}) : i]",
            f'{{ for i in range({min(amount, 1000)}) : "k${{i}}" => [i, {{ a = i }}] }}',
            f'join("{rng.choice(("", ",", TEXTS[2]))}", [for i in range({min(amount, 1000)}) : "ab${{i}}"])',
            "[" + "{ a = 1 }, " * min(amount, 300) + "]",
            "[for i in range(1000) : [for j in range(1000) : [for k in range(1000) : k]]]",
        )
    )


def call(rng: Random, size: int, depth: int = 3) -> str:
    """A call of any function with any arguments, some of them calls."""
    name = rng.choice((*names(), "core::upper", "provider::sym::x", "nosuchfunction"))
    arguments = [
        call(rng, size, depth - 1) if depth and rng.random() < 0.4 else literal(rng, size)
        for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 2, 3, 4)))
    ]
    last = "..." if arguments and rng.random() < 0.1 else ""
    return f"{name}({', '.join(arguments)}{last})"


def nested(rng: Random, size: int) -> str:
    """An expression that holds others, many levels deep, now and then without their ends."""
    pairs = rng.sample(PAIRS, rng.randint(1, 3))
    length = sum(len(begin) + len(end) for begin, end in pairs)
    depth = rng.choice((20, 99, 150, 250, 1000, 10**6))
    depth = max(1, min(depth, size // length))
    begin = "".join(pair[0] for pair in pairs) * depth
    end = "".join(pair[1] for pair in reversed(pairs)) * depth
    return (
        begin + rng.choice(("1", "local.a", "[]", "string")) + (end if rng.random() < 0.9 else "")
    )


def long(rng: Random, size: int) -> str:
    """An expression that goes on and on."""
    tail = rng.choice(TAILS)
    start = rng.choice(("local.a", "[1]", "1", "var.v", '"x"', "sym_target.t", "(1)"))
    return start + tail * rng.randint(1, max(1, size // len(tail)))


def looped(rng: Random, size: int) -> str:
    """A call for each element of something large."""
    times = rng.choice((10, 1000, 100_000))
    inner = call(rng, min(size, 200), 1)
    return f"[for i in setproduct(range({min(times, 1000)}), range({max(1, times // 1000)})) : {inner}]"


def expression(rng: Random, size: int) -> str:
    """Any of these."""
    return rng.choice((literal, call, call, call, nested, nested, long, looped))(rng, size)

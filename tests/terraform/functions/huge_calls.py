"""Calls of every function with very large arguments, and what they cost.

    python tests/terraform/functions/huge_calls.py FIRST STEP

evaluates every STEP-th of the calls, from FIRST on, under limits of memory and of the processor, and
writes a line of JSON for each: the call, the steps it spent, the lines of Python that ran, and the
exception if there was one. The last line has the most memory that was resident, in megabytes.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from function_evaluation import FilesScope, expression
from support.effort import lines_run

from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.values.types import BOOL, NUMBER, STRING, list_of, map_of, object_of, set_of
from symlint.terraform.values.types import tuple_of as tuple_type
from symlint.terraform.values.value import Value, string, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TEXT = 60_000
LIST = 2_000
BUDGET = 500_000
ADDRESS_SPACE = 1_500_000_000
SECONDS = 300


def texts(count: int) -> list[Value]:
    return [string(f"k{i}") for i in range(count)]


def as_tuple(values: Iterable[Value]) -> Value:
    elements = tuple(values)
    return Value(tuple_type(one.type for one in elements), elements)


def as_list(values: Iterable[Value]) -> Value:
    elements = tuple(values)
    return Value(list_of(elements[0].type), elements)


def as_object(items: dict[str, Value]) -> Value:
    return Value(object_of({name: one.type for name, one in items.items()}), items)


def nested(levels: int) -> Value:
    value = string("x")
    for _ in range(levels):
        value = as_tuple([value])
    return value


def number(value: int | Fraction) -> Value:
    return Value(NUMBER, value)


def tiny(index: int) -> Fraction:
    return Fraction(3**300 + 2 * index, 1 << 4_000)


def computed() -> Value:
    return unknown("computed", "made by apply", type_=STRING)


VALUES: dict[str, Callable[[], Value]] = {
    "a": lambda: string("a" * TEXT),
    "b64": lambda: string("QUFB" * (TEXT // 4)),
    "b64lines": lambda: string("QUFB\n" * (TEXT // 5) + "!"),
    "big": lambda: number((1 << 4_000) - 1),
    "bigs": lambda: as_list(number((1 << 4_000) + i) for i in range(LIST // 10)),
    "bools": lambda: as_list([Value(BOOL, True)] * LIST),
    "choices": lambda: unknown(
        "condition", "", alternatives=tuple(string("a" * (TEXT // 8) + str(i)) for i in range(8))
    ),
    "commas": lambda: string(",".join(map(str, range(TEXT // 6))) + "\n" + "," * (TEXT // 6)),
    "csv": lambda: string("a,b,c\n" + "1,2,3\n" * (TEXT // 6)),
    "csvquotes": lambda: string('a\n"' + '""' * (TEXT // 2) + '"'),
    "csvquoted": lambda: string(",".join(['"x"'] * (TEXT // 4)) + "\n"),
    "date": lambda: string("2020-02-29T10:20:30Z"),
    "dates": lambda: string("YYYY-" * (TEXT // 5)),
    "deep": lambda: nested(90),
    "different": lambda: as_tuple(
        as_object({f"a{i}": string("x"), "b": number(i)}) for i in range(LIST // 4)
    ),
    "digits": lambda: string("9" * TEXT),
    "duration": lambda: string("1h" * (TEXT // 2)),
    "emoji": lambda: string("\U0001f44d\u200d" * (TEXT // 4)),
    "fraction": lambda: string("2020-02-29T10:20:30." + "9" * TEXT + "Z"),
    "json": lambda: string("[" + ",".join(['{"a":1,"b":"x"}'] * (TEXT // 16)) + "]"),
    "jsonbad": lambda: string('{"a":"' + "x" * TEXT),
    "jsonnumbers": lambda: string("[" + ",".join(["1.5e-1000"] * (TEXT // 10)) + "]"),
    "jsonopen": lambda: string("[" * TEXT),
    "letters": lambda: string("\u00e9" * TEXT),
    "lines": lambda: string("\n" * TEXT),
    "list": lambda: as_list(texts(LIST)),
    "lists": lambda: as_list(as_list(texts(3)) for _ in range(LIST // 3)),
    "listmap": lambda: Value(
        map_of(list_of(STRING)), {f"k{i}": as_list(texts(2)) for i in range(LIST // 2)}
    ),
    "map": lambda: Value(map_of(STRING), {f"k{i}": string("v") for i in range(LIST)}),
    "marks": lambda: string("e" + "\u0300\u0316" * (TEXT // 2)),
    "mixed": lambda: as_tuple(number(i) if i % 2 else string("x") for i in range(LIST)),
    "numbers": lambda: as_list(map(number, range(LIST))),
    "object": lambda: as_object({f"k{i}": string("v") for i in range(LIST)}),
    "objects": lambda: as_list(
        as_object({"a": string(f"k{i}"), "b": number(i)}) for i in range(LIST // 3)
    ),
    "path": lambda: string("a/" * (TEXT // 4) + "../" * (TEXT // 4)),
    "percent": lambda: string("%%" * (TEXT // 2)),
    "quotes": lambda: string("'" * TEXT),
    "same": lambda: as_list([string("x")] * LIST),
    "set": lambda: Value(set_of(STRING), tuple(texts(LIST))),
    "spaces": lambda: string(" " * TEXT),
    "template": lambda: string("${x}" * (TEXT // 4)),
    "tinies": lambda: as_list(number(tiny(i)) for i in range(LIST // 10)),
    "tiny": lambda: number(tiny(0)),
    "tuple": lambda: as_tuple(texts(LIST)),
    "tuples": lambda: as_tuple(as_tuple(texts(i % 50)) for i in range(LIST // 20)),
    "unknowns": lambda: as_list(computed() for _ in range(LIST)),
    "verbs": lambda: string("%[1]v" * (TEXT // 5)),
    "words": lambda: string("word " * (TEXT // 5)),
}

CALLS = r"""
[var.a, var.list]
"${var.a}${var.a}"
"${var.marks}x"
"${var.choices}${var.choices}"
[for x in var.list : upper(x)]
{for x in var.list : x => x...}
var.objects[*].a
[for x in var.tinies : x / 3]
[for x in var.list : contains(var.list, "y")]
[for x in var.list : concat(var.list, var.list)]
[for x in var.list : length(var.emoji)]
[for x in var.list : sha256(var.a)]
[for x in var.list : strcontains(var.a, "b")]
[for x in var.list : var.list == var.set]
[for x in var.list : var.map[var.nosuch]]
[for x in var.list : [x, var.objects]]
true ? var.different : var.tuples
var.nosuch ? var.different : var.tuples
abs(var.big)
abspath(var.path)
alltrue(var.bools)
anytrue([for b in var.bools : !b])
base64decode(var.b64)
base64decode(var.b64lines)
base64encode(var.letters)
base64gzip(var.words)
base64sha256(var.a)
base64sha512(var.a)
basename(var.path)
bcrypt(var.a)
can(tonumber(var.a))
ceil(var.tiny)
chomp(var.lines)
chunklist(var.lists, 1)
chunklist(var.list, 3)
cidrhost(var.a, 1)
cidrhost("10.0.0.0/8", var.big)
cidrnetmask(var.digits)
cidrsubnet("10.0.0.0/8", 8, var.big)
cidrsubnets("::/0", [for n in var.numbers : 32]...)
coalesce(var.mixed...)
coalesce(var.unknowns...)
coalescelist(var.tuples...)
compact(var.mixed)
concat(var.tuples...)
concat(var.lists...)
contains(var.objects, {a = "x", b = 1})
contains(var.mixed, "y")
csvdecode(var.csv)
csvdecode(var.commas)
csvdecode(var.csvquotes)
csvdecode(var.csvquoted)
dirname(var.path)
distinct(var.list)
distinct(var.objects)
distinct(var.different)
distinct(var.unknowns)
distinct(var.bigs)
element(var.list, var.nosuch)
endswith(var.a, "a")
ephemeralasnull(var.list)
file(var.path)
filebase64(var.path)
filebase64sha256(var.path)
filebase64sha512(var.path)
fileexists(var.path)
filemd5(var.path)
fileset(var.path, "*")
filesha1(var.path)
filesha256(var.path)
filesha512(var.path)
flatten([for x in var.list : [x, [x]]])
flatten(var.deep)
floor(var.tiny)
format(var.percent)
format(var.verbs, 1)
format(var.verbs, var.big)
format(var.verbs, var.list)
format("%100000s", var.emoji)
format("%q", var.a)
format("%100000.100000f", var.tiny)
format("%v", var.objects)
formatdate(var.dates, var.date)
formatdate(var.quotes, var.date)
formatdate("YYYY", var.fraction)
formatlist("%s-%s", var.list, var.a)
formatlist(var.verbs, var.list)
formatlist("%v", var.tinies)
formatlist("%s", var.unknowns)
indent(1000, var.lines)
indent(9000000000, "a")
index(var.objects, {a = "x", b = 1})
issensitive(var.list)
join(",", var.numbers)
join(var.a, var.list)
join("", var.unknowns)
join(",", var.lists...)
jsondecode(var.json)
jsondecode(var.jsonnumbers)
jsondecode(var.jsonbad)
jsondecode(var.jsonopen)
jsonencode(var.objects)
jsonencode(var.tinies)
jsonencode(var.letters)
keys(var.object)
length(var.marks)
log(var.big, 10)
lookup(var.map, var.nosuch)
lower(var.letters)
matchkeys(var.list, var.list, var.same)
matchkeys(var.objects, var.objects, var.objects)
max(var.tinies...)
max(var.list...)
md5(var.a)
merge(var.different...)
merge(var.object, var.map)
min(var.numbers...)
nonsensitive(var.list)
one(var.list)
parseint(var.digits, 10)
parseint(substr(var.digits, 0, 1000), 36)
pathexpand(var.path)
plantimestamp()
pow(var.tiny, var.big)
range(0, var.big, 1)
range(0, 1, var.tiny)
regex("(a*)*b", var.a)
regex("((a{10}){10}){10}b", var.a)
regex(var.a, "a")
regex(join("", [for i in var.list : "(a)"]), var.a)
regex("[${join("", [for i in var.list : "\\p{Common}"])}]", "a")
regex("(${join("|", [for i in range(900) : "(?:){1000}"])})", "a")
regexall("a(.*b)?", var.a)
regexall("(.)(.)(.)(.)(.)(.)", var.letters)
regexall("(?i)[\\d\\w\\pL]+", var.words)
replace(var.a, "a", var.words)
replace(var.a, "/(a)/", join("", [for i in var.list : "$1"]))
reverse(var.list)
rsadecrypt(var.a, var.a)
sensitive(var.list)
setintersection(var.objects, var.objects)
setproduct(var.list, var.list)
setproduct([for i in var.list : ["a", "b"]]...)
setproduct(var.objects, ["a"])
setsubtract(var.objects, var.objects)
setunion(var.lists...)
sha1(var.a)
sha256(var.a)
sha512(var.a)
signum(var.big)
slice(var.list, 0, 2000)
sort(var.list)
split("", var.letters)
split(",", var.commas)
startswith(var.a, var.a)
strcontains(var.a, "${substr(var.a, 0, 50000)}b")
strrev(var.emoji)
substr(var.marks, 5, 10)
sum(var.tinies)
sum(var.list)
templatefile("hello.tftpl", {name = var.a})
templatestring(var.template, {x = var.a})
textdecodebase64(var.b64, "UTF-8")
textencodebase64(var.letters, "UTF-16LE")
timeadd(var.date, var.duration)
timeadd(var.fraction, "1h")
timecmp(var.fraction, var.date)
timestamp()
title(var.words)
tobool(var.a)
tolist(var.mixed)
tolist(var.different)
tolist(var.tuples)
tomap(var.object)
tonumber(var.digits)
toset(var.objects)
toset(var.different)
toset(var.unknowns)
tostring(var.tiny)
transpose(var.listmap)
trim(var.a, var.words)
trimprefix(var.a, var.a)
trimspace(var.spaces)
trimsuffix(var.a, var.a)
try(var.a.b, var.list)
upper(var.letters)
urlencode(var.letters)
uuid()
uuidv5("dns", var.a)
uuidv5(var.a, "a")
values(var.object)
yamldecode(var.json)
yamldecode(var.jsonopen)
yamlencode(var.objects)
zipmap(var.list, var.tuple)
""".strip().splitlines()
"""One a line: a call of a function, in a few cases with others around it."""


class HugeScope(FilesScope):
    """A scope in which ``var.NAME`` is a value of ``VALUES``, made once."""

    made: dict[str, Value]

    def __init__(self, made: dict[str, Value], call: str) -> None:
        super().__init__(steps=BUDGET)
        for name, make in VALUES.items():
            if f"var.{name}" in call and f"var.{name}" not in made:
                made[f"var.{name}"] = make()
        self.values = made


def cost(call: str, made: dict[str, Value]) -> dict[str, object]:
    """What evaluating a call takes."""
    scope = HugeScope(made, call)
    node = expression(call)
    raised = ""
    lines = 0
    try:
        lines = lines_run(lambda: evaluate(node, scope))
    except Exception as error:  # whatever it is, the test says so
        raised = repr(error)[:200]
    spent = BUDGET - scope.budget.remaining
    return {"call": call, "spent": spent, "lines": lines, "raised": raised}


def _most_resident() -> float:
    """Return the most megabytes that were resident in this process.

    Linux counts those of the process that started this one in ``ru_maxrss`` (``exec_mmap`` in
    ``fs/exec.c``), and the test runner may be large: ``VmHWM`` is of this program alone.
    """
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [kilobytes] = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(kilobytes) / 1024


def main(first: int, step: int) -> None:
    """Evaluate some of the calls, and write what they take."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    made: dict[str, Value] = {}
    for call in CALLS[first::step]:
        print(json.dumps(cost(call, made)), flush=True)
    print(json.dumps(_most_resident()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

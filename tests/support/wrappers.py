"""Ways in which tired engineers write the same value: X is the value, N a name of their own.

After ``||`` stands what the wrapper declares beside the expression. Every one of them gives the
value of X itself, whichever way its unknown variables turn out: for texts, all texts that have no
blanks, commas or upper-case letters and are not empty.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MODULE = """
variable "in" {}
output "out" { value = var.in }
output "object" { value = { x = var.in } }
output "list" { value = [var.in] }
"""
"""The module ``./wrap``, which gives what it takes."""

VARIABLES = """
variable "flag" { type = bool }
variable "extra" {
  type    = map(string)
  default = {}
}
locals {
  none    = {}
  pattern = "$${x}"
}
"""

_CALL = 'module "N" {\n  source = "./wrap"\n  in     = X\n}'
_COUNTED = _CALL.replace("in  ", "count  = 1\n  in  ")
_REPEATED = _CALL.replace("in  ", 'for_each = toset(["a"])\n  in  ')

ANY = f"""
X
local.N||locals {{ N = X }}
local.N.x||locals {{ N = {{ x = X }} }}
local.N["x"]||locals {{ N = {{ x = X }} }}
local.N[0]||locals {{ N = [X] }}
module.N.out||{_CALL}
module.N.object.x||{_CALL}
module.N[0].out||{_COUNTED}
one(module.N[*].out)||{_COUNTED}
module.N["a"].out||{_REPEATED}
coalesce(null, X)
coalesce(X)
try(X, null)
try(local.none.x, X)
try({{ x = X }}.x, null)
one([X])
one([for v in [X] : v])
element([X], 0)
element(coalescelist([], [X]), 0)
[X][0]
concat([], [X])[0]
reverse([X])[0]
slice([X, X], 0, 1)[0]
values({{ x = X }})[0]
lookup({{ x = X }}, "x", null)
lookup({{ x = X }}, "x")
{{ a = X }}["a"]
merge({{ x = null }}, {{ x = X }}).x
merge({{ x = X }}, {{}})["x"]
zipmap(["x"], [X]).x
{{ for k, v in {{ x = X }} : k => v }}.x
[for v in [X] : v][0]
[for v in [X] : v if v != null][0]
{{ a = X }}.*.a[0]
[{{ a = X }}].0.a
true ? X : null
var.flag ? X : X
X != null ? X : null
length([X]) > 0 ? X : null
can(X) ? X : null
jsondecode(jsonencode({{ x = X }})).x
jsondecode(jsonencode(X))
yamldecode(yamlencode({{ x = X }})).x
sensitive(X)
nonsensitive(sensitive(X))
matchkeys([X], ["a"], ["a"])[0]
chunklist([X], 1)[0][0]
"""

TEXT = """
"${X}"
"${X}${""}"
"${trimspace(X)}"
trimspace(X)
trimspace(" ${X} ")
trimspace(format("%s ", X))
trimspace(<<EOT
${X}
EOT
)
chomp(X)
chomp(<<-EOT
  ${X}
EOT
)
format("%s", X)
format("%v", X)
format("%s%s", X, "")
format("%s", trimspace(X))
formatlist("%s", [X])[0]
join("", [X])
join(",", [X])
join("", [X, ""])
join("", [trimspace(X)])
join("-", compact([X, ""]))
tostring(X)
lower(X)
replace(X, " ", "")
replace(X, "\\n", "")
replace(" ${X}", " ", "")
trim(X, " ")
trimprefix(X, " ")
trimprefix(" ${X}", " ")
trimsuffix(X, "\\n")
coalesce(X, "")
coalesce("", X)
coalesce(try(X, null), "")
coalesce(lookup({ x = X }, "x", null), "z")
try(X, "")
try(tostring(X), "")
tolist([X])[0]
tolist(toset([X]))[0]
one(toset([X]))
flatten([[X]])[0]
one(setunion([X], []))
tolist(setintersection([X], [X]))[0]
split(",", X)[0]
split(" ", X)[0]
element(split(",", X), 0)
split(",", join(",", [X, "b"]))[0]
compact([X])[0]
compact(["", X])[0]
distinct([X, X])[0]
sort([X])[0]
tomap({ x = X })["x"]
merge({ x = X }, var.extra).x
{ for k, v in { x = X } : k => v if v != "" }["x"]
X != "" ? X : null
substr(X, 0, -1)
base64decode(base64encode(X))
templatestring(local.pattern, { x = X })
"%{ if true }${X}%{ endif }"
"%{ for v in [X] }${v}%{ endfor }"
"""

LIST = """
concat(X, [])
flatten(X)
flatten([X, []])
flatten([for v in X : [v]])
compact(X)
compact(concat(X, [""]))
compact(concat(X, [null]))
distinct(X)
distinct(concat(X, X))
distinct(compact(flatten([X, [""]])))
toset(X)
tolist(X)
tolist(toset(X))
sort(X)
reverse(X)
slice(X, 0, 1)
setunion(X)
setunion(X, [])
setsubtract(X, [])
setintersection(X, X)
coalescelist(X, [])
coalescelist(compact(X), [])
coalesce(X, [])
try(X, [])
tolist(try(X, []))
values({ a = X[0] })
values(tomap({ a = X[0] }))
[for v in X : v]
[for v in X : v if v != ""]
[for v in X : trimspace(v)]
[for v in X : "${v}"]
[for k, v in { a = X[0] } : v]
[for v in [{ id = X[0] }] : v.id]
[for v in { a = { id = X[0] } } : v["id"]]
[{ id = X[0] }][*].id
X[*]
true ? X : []
var.flag ? X : []
length(X) > 0 ? X : []
lookup({ a = X }, "a", [])
lookup(tomap({ a = tolist(X) }), "a", [])
split(",", join(",", X))
formatlist("%s", X)
[one(X)]
[coalesce(X[0], "")]
[trimspace(X[0])]
[format("%s", X[0])]
[lower(X[0])]
[try(X[0], "")]
module.N.list[0]||module "N" {
  source = "./wrap"
  in     = X
}
module.N[*].out[0]||module "N" {
  source = "./wrap"
  count  = 1
  in     = X
}
concat(var.flag ? X : [], [])
concat(X, var.flag ? X : [])
flatten([var.flag ? X : [], X])
sensitive(X)
"""

MAP = """
merge(X, {})
merge({}, X)
merge(X)
merge(X, null)
merge(X, var.flag ? {} : {})
merge(X, var.extra)
merge(var.extra, X)
merge([X, {}]...)
merge([for v in [X] : v]...)
merge(X, local.none)
merge(try(X, {}), {})
merge(coalesce(X, {}), {})
merge(lookup({ a = X }, "a", {}), {})
merge({ for k, v in X : k => v }, {})
merge([for k, v in X : { (k) = v }]...)
{ for k, v in X : k => v }
{ for k, v in X : k => v if v != null }
{ for k, v in X : k => v if v != "" }
{ for k, v in X : k => tostring(v) }
{ for k, v in X : k => trimspace(v) }
{ for k, v in X : lower(k) => v }
{ for k, v in X : k => "${v}" }
{ for k in keys(X) : k => X[k] }
{ for k in sort(keys(X)) : k => lookup(X, k, null) }
{ for p in [for k, v in X : { k = k, v = v }] : p.k => p.v }
zipmap(keys(X), values(X))
zipmap(keys(X), [for k in keys(X) : X[k]])
tomap(X)
tomap({ for k, v in X : k => v })
coalesce(X, {})
coalesce(try(X, null), {})
try(X, {})
lookup({ a = X }, "a", {})
true ? X : {}
length(X) > 0 ? X : {}
"""


class Wrapper(NamedTuple):
    """An expression around a value, and what it needs beside it."""

    expression: str
    beside: str

    def of(self, value: str, name: str) -> Wrapper:
        """The wrapper around a value, with a name for what it declares."""
        return Wrapper(*(_filled(text, value, name) for text in self))


def _filled(text: str, value: str, name: str) -> str:
    text = re.sub(r"(?<![A-Za-z_])X(?![A-Za-z_])", lambda _: value, text)
    return re.sub(r"(?<![A-Za-z_])N(?![A-Za-z_])", lambda _: name, text)


def _wrappers(text: str) -> tuple[Wrapper, ...]:
    """The wrappers of a text, one a line; one of several lines ends where its brackets close."""
    found: list[str] = []
    for line in text.strip().splitlines():
        if found and _is_open(found[-1]):
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return tuple(Wrapper(*it.partition("||")[::2]) for it in found)


def _is_open(text: str) -> bool:
    brackets = sum(text.count(it) for it in "([{") - sum(text.count(it) for it in ")]}")
    return brackets > 0


TEXTS = _wrappers(ANY) + _wrappers(TEXT)
LISTS = _wrappers(ANY) + _wrappers(LIST)
MAPS = _wrappers(ANY) + _wrappers(MAP)

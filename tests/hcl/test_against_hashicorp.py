"""Values and ranges compared with HashiCorp's own parser, as pygohcl wraps it."""

from __future__ import annotations

from pathlib import Path

import pygohcl
import pytest
from hashicorp import as_hashicorp

from symlint.hcl import parse
from symlint.source.files import read_file
from symlint.source.text import SourceFile

FIXTURES = Path(__file__).parent.parent / "fixtures"

SAMPLE = r"""
literals = [true, false, null, 1, 1.50, 1e3, -1, !true, 12345678901234567890123]
strings  = ["a\n\t\"\\", "\u00e9", "cafe\u0301", "$${a} %%{b} $ %", "$$${c}", ""]
heredoc  = <<EOT
  a
 b \n $${c}
EOT
flush = <<-EOT
      a
        b

      c
    EOT
flush2 = <<-EOT
      a ${b} c
        d ${~ e ~}
      f
    EOT
flush3 = <<-EOT
  ${a}
    b
<tab>c
  EOT
blank = <<-EOT

    a
  <space>
  <tab>b
    EOT
marker = <<EOT
EOT x
  EOT<space>
strip  = " a ${~ b ~}  \n c"
strip2 = " a %{~ if b ~}  \n c %{~ else ~} d %{~ endif ~} e"
loop   = "x%{ for k, v in a ~} ${k} %{~ endfor } y"
object = { a = 1, "b" : 2, (c) = 3, d.e = 4, true = 5, 6 = 7 }
index  = a["b"][c].d.0.e[*].f.*.g
splat  = a.b.*.c[0]
call   = f(a, [b, "c"], { d = 1 }...)
space  = provider::x::f ( a , b )
unary  = -a.b + !c[0]
cond   = a == 1 && b ? "x" : (c || d)
for    = [for k, v in a : "${k}" if v]
group  = { for v in a : v.k => v... }
mixed  = "${a ? "b" : ""}-%{ if c }d%{ endif }"
paren  = (a
  + b)
block "label" bare {
  one { x = y.z }
  nested {
    a = [for x in y : x][0]
  }
}
""".replace("<space>", " ").replace("<tab>", "\t")


def agree(text: str) -> None:
    result = parse(SourceFile("/x.tf", text))
    assert result.problems == ()
    assert as_hashicorp(result.body) == pygohcl.loads(text)


def test_sample() -> None:
    agree(SAMPLE)


def test_sample_with_carriage_returns() -> None:
    agree(SAMPLE.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.rglob("*.tf")), ids=lambda path: str(path.relative_to(FIXTURES))
)
def test_fixtures(path: Path) -> None:
    source = read_file(path)
    assert isinstance(source, SourceFile)
    agree(source.text)

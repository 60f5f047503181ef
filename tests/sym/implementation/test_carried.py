"""Which Python a configuration carries, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.configurations import configuration

from symlint.sym.catalogue import load_catalogue
from symlint.sym.implementation.carried import Implementation, implementations
from symlint.sym.model.configuration import SymConfiguration

if TYPE_CHECKING:
    from pathlib import Path

CODE = "é = 'ü'\ndef get_permissions(event): pass\n"


def carried(tmp_path: Path, expression: str, **files: str) -> list[Implementation]:
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8", newline="")
    main = f'resource "sym_flow" "this" {{\n  implementation = {expression}\n}}\n'
    sym = SymConfiguration(configuration(tmp_path, main), load_catalogue())
    return list(sym.once(implementations))


def places(one: Implementation) -> list[tuple[str, str, int, int]]:
    """The functions of the code: their names, and where these stand."""
    code = one.code
    assert code is not None
    assert code.module is not None
    found = []
    for function in code.module.functions:
        place = code.place(*code.name_span(function))
        range_ = place or code.whole
        name = range_.path.rpartition("/")[2]
        found.append((range_.text, name, range_.line, range_.column))
    return found


NAMED = [("get_permissions", "impl.py", 2, 5)]


def test_a_file(tmp_path: Path) -> None:
    [one] = carried(tmp_path, 'file("${path.module}/impl.py")', impl=CODE)
    assert (one.address, one.role, one.attribute) == ("sym_flow.this", "flow", "implementation")
    assert places(one) == NAMED


def test_a_path(tmp_path: Path) -> None:
    [one] = carried(tmp_path, '"${path.module}/impl.py"', impl=CODE)
    assert places(one) == NAMED


def test_a_file_behind_a_local_and_a_conversion(tmp_path: Path) -> None:
    [one] = carried(tmp_path, 'tostring(one([file("./impl.py")]))', impl=CODE)
    assert places(one) == NAMED


def test_one_of_two_files(tmp_path: Path) -> None:
    expression = 'file(uuid() == "a" ? "a.py" : "b.py")'
    found = carried(tmp_path, expression, a=CODE, b="\n" + CODE)
    assert [places(one)[0][1:3] for one in found] == [("a.py", 2), ("b.py", 3)]


def test_a_byte_order_mark_and_carriage_returns(tmp_path: Path) -> None:
    text = "\ufeff" + CODE.replace("\n", "\r\n")
    [one] = carried(tmp_path, 'file("impl.py")', impl=text)
    assert places(one) == NAMED


def test_a_heredoc(tmp_path: Path) -> None:
    heredoc = "<<-EOT\n    é = 'ü'\n    if é:\n      def helper(): pass\n  EOT"
    [one] = carried(tmp_path, heredoc)
    assert places(one) == [("helper", "main.tf", 5, 11)]


def test_a_text_that_is_computed_stands_at_its_expression(tmp_path: Path) -> None:
    expression = 'join("\\n", ["x = 1", "def helper(): pass"])'
    [one] = carried(tmp_path, expression)
    assert places(one) == [(expression, "main.tf", 2, 20)]


def test_what_is_not_known(tmp_path: Path) -> None:
    [one] = carried(tmp_path, "data.http.code.body")
    assert one.code is None
    assert one.reason


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    [one] = carried(tmp_path, '"impl.py"')
    assert one.missing is not None
    assert one.missing.kind == "missing"


def test_what_several_flows_share_is_read_once(tmp_path: Path) -> None:
    flow = 'resource "sym_flow" "{}" {{\n  implementation = file("impl.py")\n}}\n'
    (tmp_path / "impl.py").write_text(CODE, encoding="utf-8")
    main = "".join(map(flow.format, "ab"))
    sym = SymConfiguration(configuration(tmp_path, main), load_catalogue())
    one, other = sym.once(implementations)
    assert one.code is not None
    assert other.code is not None
    assert one.code.module is other.code.module

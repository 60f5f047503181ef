"""Following the arguments that must lead somewhere is counted work, given or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.configurations import configuration

from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.argument_links import argument_links
from symlint.sym.model.configuration import SymConfiguration

if TYPE_CHECKING:
    from pathlib import Path


def test_arguments_of_empty_blocks_cost_steps(tmp_path: Path) -> None:
    text = 'resource "sym_flow" "a" {\n  params {\n  }\n}\n'
    [view] = SymConfiguration(configuration(tmp_path, text), load_catalogue()).views
    budget = view.sym.terraform.budget
    before = budget.remaining
    found = len(argument_links(view))
    spent = before - budget.remaining
    assert spent >= 20 * found > 0
    # Whoever asks again gets the same, for nothing.
    assert len(argument_links(view)) == found
    assert budget.remaining == before - spent
    [view] = SymConfiguration(configuration(tmp_path, text), load_catalogue()).views
    view.sym.terraform.budget.remaining = spent // 2
    assert len(argument_links(view)) < found
    assert view.sym.terraform.budget.given_up


def test_elements_of_a_map_cost_steps(tmp_path: Path) -> None:
    keys = "".join(f'    k{number}_id = "x"\n' for number in range(50))
    text = f'resource "sym_environment" "a" {{\n  integrations = {{\n{keys}  }}\n}}\n'
    [view] = SymConfiguration(configuration(tmp_path, text), load_catalogue()).views
    budget = view.sym.terraform.budget
    view.value("integrations")
    before = budget.remaining
    found = len(argument_links(view))
    assert found > 50
    assert before - budget.remaining >= 50 * 100
    [view] = SymConfiguration(configuration(tmp_path, text), load_catalogue()).views
    view.value("integrations")
    view.sym.terraform.budget.remaining = 2_000
    assert len(argument_links(view)) < 25
    assert view.sym.terraform.budget.given_up

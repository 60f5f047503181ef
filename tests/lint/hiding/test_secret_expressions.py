"""Which expressions are secret, and what of them is text."""

from functools import partial
from pathlib import Path

import pytest
from support.effort import lines_run
from support.writing import write

from symlint.hcl import parse
from symlint.lint.hiding.broken import secrets_in, words
from symlint.lint.hiding.collecting import Secrets
from symlint.lint.hiding.expressions import Named, SecretExpressions, literals
from symlint.source.text import SourceFile
from symlint.sym.catalogue import load_catalogue
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules.declarations import Module
from symlint.terraform.modules.loader import FileCache


def found(text: str, *names: str) -> list[tuple[str, bool]]:
    module = Module("/x")
    module.bodies = (parse(SourceFile("/x/main.tf", text)).body,)
    return [(it.expression.range.text, it.said) for it in Named(frozenset(names)).within(module)]


def test_names_and_calls() -> None:
    assert found("locals {\n  password = 1\n  a = { api_key = 2, b = sensitive(3) }\n}\n") == [
        ("1", False),
        ("2", False),
        ("3", True),
    ]


def test_names_of_the_catalogue() -> None:
    text = 'module "m" {\n  license = "x"\n}\n'
    assert found(text) == []
    assert found(text, "license") == [('"x"', False)]


@pytest.mark.parametrize(
    ("resource", "is_store"),
    [
        ("azurerm_key_vault_secret", True),
        ("github_actions_secret", True),
        ("google_secret_manager_secret_version", True),
        ("kubernetes_secret_v1", True),
        ("aws_secretsmanager_secret_version", True),
        ("local_sensitive_file", True),
        ("sym_secret", False),
        ("aws_ssm_parameter", False),
        ("local_file", False),
    ],
)
def test_stores(resource: str, is_store: bool) -> None:
    text = f'resource "{resource}" "x" {{\n  value = "v"\n  name = "n"\n}}\n'
    assert found(text) == ([('"v"', False)] if is_store else [])


def test_parameters_are_secret_where_their_type_says_so() -> None:
    text = 'resource "aws_ssm_parameter" "x" {\n  type = "SecureString"\n  value = "v"\n}\n'
    assert found(text) == [('"v"', False)]


def test_what_is_only_a_name_is_followed(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(
        'variable "x" {\n  sensitive = true\n  default = "d"\n}\n', encoding="utf-8"
    )
    (tmp_path / "main.tf").write_text(
        'variable "a" {\n  default = "1"\n}\nvariable "b" {\n  default = "2"\n}\n'
        'locals {\n  a = (var.a)\n  b = "${var.b}"\n}\n'
        'module "m" {\n  source = "./m"\n  x = local.a\n}\n'
        'module "n" {\n  source = "./m"\n  x = local.b\n}\n',
        encoding="utf-8",
    )
    (tmp_path / "terraform.tfvars").write_text('a = "3"\nb = "4"\n', encoding="utf-8")
    configuration = Configuration(str(tmp_path))
    secret = SecretExpressions(configuration.called, configuration.inputs, Named(frozenset()))
    texts = {it.expression.range.text for it in secret.find()}
    assert texts == {'"d"', "local.a", "local.b", "(var.a)", '"${var.b}"', '"1"', '"3"'}


def test_literals_are_those_of_the_value() -> None:
    text = (
        'x = var.a == "no" ? jsonencode({ key = "1", "k" = [2] }) : '
        'upper(file("no")) == "no" ? "${"3"}-${m["no"]}" : [for k in ["no"] : "4"]\n'
    )
    (attribute,) = parse(SourceFile("/x/main.tf", text)).body.attributes.values()
    assert sorted(it.range.text.strip('"') for it in literals(attribute.value)) == [
        "-", "1", "2", "3", "4",
    ]  # fmt: skip  # as many a line as fit


def test_what_could_not_be_parsed() -> None:
    text = (
        'variable "x" {\n  sensitive = true\n  default = "one\n}\n'
        'variable "y" {\n  default = "two\n}\n'
        'locals {\n  password = "three\n  password = "four"\n}\n'
    )
    parsed = parse(SourceFile("/x/main.tf", text))
    spans = [text[start:end] for start, end in secrets_in(parsed)]
    assert any("one" in it for it in spans)
    assert any("three" in it for it in spans)
    assert not any("two" in it for it in spans)


def test_the_words_of_ignore_comments_are_none_of_a_secret() -> None:
    text = 'password = "hunter22 # symlint: ignore[SYM201] because\nother88'
    assert words(text) == ["password", "hunter22", "other88"]


def test_what_several_root_modules_call_is_searched_once(tmp_path: Path) -> None:
    called = "".join(f"# xoxb-{number:012}\n" for number in range(100))
    call = 'module "m" {\n  source = "../m"\n}\n'
    write(tmp_path, {"m/main.tf": called, "a/main.tf": call, "b/main.tf": call})
    cache, secrets = FileCache(), Secrets(load_catalogue())
    lines = []
    for name in ("a", "b"):
        opened = Configuration(str(tmp_path / name), cache=cache)
        root = (opened.called, opened.inputs)
        lines.append(lines_run(partial(secrets.take, [root], [])))
    assert len(secrets.found.texts) == 100
    assert lines[1] < lines[0] - 100

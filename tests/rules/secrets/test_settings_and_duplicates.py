"""SYM316, SYM512 and SYM513: settings that are misspelled, ids that are no list, secrets that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.checking import all_rules, configuration, facts, findings, rules_of
from support.resource_forms import FORMS, in_form
from support.writing import write

from symlint.lint.finding import Undecided
from symlint.rules.integrations.unknown_setting import UnknownSetting

if TYPE_CHECKING:
    from pathlib import Path

A_UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
SECRET = {"path": "sym/aptible", "source_id": A_UUID}
CUSTOM = {"type": "custom", "name": "pager", "external_id": "pager"}
CONTEXT = {
    "type": "permission_context",
    "name": "iam",
    "external_id": "111122223333",
    "settings": {
        "cloud": "aws",
        "region": "us-east-1",
        "role_arn": "arn:aws:iam::111122223333:role/sym/SymIAMMain",
    },
}
SECRETS = """
resource "sym_secret" "a" {
  path      = "sym/a"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}

resource "sym_secret" "b" {
  path      = "sym/b"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}
"""
CUSTOM_SETTING = "is not a setting of a custom integration"
ONE_LIST = "${jsonencode([sym_secret.a.id, sym_secret.b.id])}"

# --- keys ---

Keys = tuple[str, dict[str, Any], str, str]
WRONG_KEYS: dict[str, Keys] = {
    "jsonkey": ("sym_secret", SECRET, "username", "jsonkey is not a setting of a secret"),
    "json-key": ("sym_secret", SECRET, "username", "json-key is not a setting of a secret"),
    "key": ("sym_secret", SECRET, "username", "key is not a setting of a secret"),
    "field": ("sym_secret", SECRET, "username", "field is not a setting of a secret"),
    "secret_id_json": ("sym_integration", CUSTOM, "[]", f"secret_id_json {CUSTOM_SETTING}"),
    "secrets_ids_json": ("sym_integration", CUSTOM, "[]", f"secrets_ids_json {CUSTOM_SETTING}"),
    "secret_ids": ("sym_integration", CUSTOM, ONE_LIST, f"secret_ids {CUSTOM_SETTING}"),
    "secrets": ("sym_integration", CUSTOM, ONE_LIST, f"secrets {CUSTOM_SETTING}"),
    "secret_id": (
        "sym_integration",
        CUSTOM,
        "${sym_secret.a.id}",
        f"secret_id {CUSTOM_SETTING}",
    ),
    "acount_id": (
        "sym_integration",
        CONTEXT,
        "111122223333",
        "acount_id is not a setting of a permission_context integration",
    ),
}
RIGHT_KEYS: dict[str, tuple[str, dict[str, Any], str]] = {
    "json_key": ("sym_secret", SECRET, "username"),
    "secret_ids_json": ("sym_integration", CUSTOM, ONE_LIST),
    "secret_id": ("sym_integration", CUSTOM, "an AppRole"),
    "secrets": ("sym_integration", CUSTOM, "none"),
    "team": ("sym_integration", CUSTOM, "${sym_secret.a.id}"),
    "account_id": ("sym_integration", CONTEXT, "111122223333"),
    "note": ("sym_integration", CONTEXT, "by hand"),
}


def files(form: str, kind: str, arguments: dict[str, Any], key: str, text: str) -> dict[str, str]:
    written = in_form(form, kind, arguments, f"settings.{key}", text)
    inner = "part/secrets.tf" if any(name.startswith("part/") for name in written) else "secrets.tf"
    return {**written, inner: SECRETS}


def forms(text: str) -> tuple[str, ...]:
    """The forms in which a text can be written: a reference stays in its module."""
    return ("root", "module", "json") if "${" in text else FORMS


@pytest.mark.parametrize(
    ("key", "form"), [(key, form) for key, it in WRONG_KEYS.items() for form in forms(it[2])]
)
def test_a_setting_that_does_not_exist(tmp_path: Path, key: str, form: str) -> None:
    kind, arguments, text, title = WRONG_KEYS[key]
    root = write(tmp_path, files(form, kind, arguments, key, text))
    found = [it for it in facts(findings(root, all_rules())) if not it[0].startswith("SYM92")]
    assert found == [("SYM512", "warning", title)]


@pytest.mark.parametrize(
    ("key", "form"), [(key, form) for key, it in RIGHT_KEYS.items() for form in forms(it[2])]
)
def test_a_setting_that_exists_or_may_be_the_users_own(tmp_path: Path, key: str, form: str) -> None:
    kind, arguments, text = RIGHT_KEYS[key]
    root = write(tmp_path, files(form, kind, arguments, key, text))
    assert [it for it in facts(findings(root, all_rules())) if it[0][:5] != "SYM92"] == []


@pytest.mark.parametrize("key", ["jsonkey", "key", "secret_ids"])
def test_the_fix_of_a_key(tmp_path: Path, key: str) -> None:
    kind, arguments, text, _ = WRONG_KEYS[key]
    root = write(tmp_path, files("root", kind, arguments, key, text))
    (found,) = findings(root, rules_of("SYM512"))
    assert found.fix is not None
    meant = '"json_key"' if kind == "sym_secret" else '"secret_ids_json"'
    assert [it.replacement for it in found.fix.edits] == [meant]


def test_a_key_with_no_meaning_has_no_fix(tmp_path: Path) -> None:
    arguments = {**SECRET, "settings": {"json_key": "username"}}
    root = write(tmp_path, in_form("root", "sym_secret", arguments, "settings.field", "x"))
    (found,) = findings(root, rules_of("SYM512"))
    assert (found.help, found.fix) == ("remove it", None)


def test_settings_that_are_not_known(tmp_path: Path) -> None:
    text = SECRETS.replace('"sym/a"', '"sym/a"\n  settings = var.settings')
    root = write(tmp_path, {"main.tf": text + 'variable "settings" { type = map(string) }\n'})
    outcomes = list(UnknownSetting().check(configuration(root)))
    assert sum(isinstance(it, Undecided) for it in outcomes) == 1


def test_a_source_of_a_type_that_is_not_known(tmp_path: Path) -> None:
    source = 'resource "sym_secrets" "s" {\n  type = "pigeon_loft"\n  name = "s"\n}\n'
    arguments = {"path": "a", "source_id": "${sym_secrets.s.id}"}
    written = in_form("root", "sym_secret", arguments, "settings.pigeon", "x")
    root = write(tmp_path, {**written, "source.tf": source})
    assert findings(root, rules_of("SYM512", "SYM513")) == []


# --- a list of ids that is not encoded ---

NOT_JSON = "secret_ids_json is a string that is not JSON"
IDS = {
    "${sym_secret.a.id},${sym_secret.b.id}": NOT_JSON,
    "[${sym_secret.a.id}]": NOT_JSON,
    '${join(",", [sym_secret.a.id, sym_secret.b.id])}': NOT_JSON,
    "${sym_secret.a.id}": "secret_ids_json is one id, not a list",
}
LISTS = (
    ONE_LIST,
    '["${sym_secret.a.id}", "${sym_secret.b.id}"]',
    '${format("%s", jsonencode([sym_secret.a.id]))}',
)


@pytest.mark.parametrize("form", ["root", "module", "json"])
@pytest.mark.parametrize("text", IDS)
def test_ids_that_are_no_list_in_json(tmp_path: Path, text: str, form: str) -> None:
    root = write(tmp_path, files(form, "sym_integration", CUSTOM, "secret_ids_json", text))
    (found,) = findings(root, rules_of("SYM316"))
    assert (found.severity, found.title) == ("error", IDS[text])


@pytest.mark.parametrize("form", ["root", "module", "json"])
@pytest.mark.parametrize("text", LISTS)
def test_ids_that_are_a_list_in_json(tmp_path: Path, text: str, form: str) -> None:
    root = write(tmp_path, files(form, "sym_integration", CUSTOM, "secret_ids_json", text))
    assert findings(root, rules_of("SYM3", "SYM5", "SYM1")) == []


# --- two secrets that are one ---

STORE = """
resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main"

  settings = {
    context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}

resource "aws_secretsmanager_secret" "bot" {
  name_prefix = "sym/bot"
}

resource "aws_secretsmanager_secret" "okta" {
  name = "sym/okta"
}

resource "aws_secretsmanager_secret" "each" {
  for_each = toset(["a", "b"])
  name     = each.key
}
"""


def secret(
    name: str, path: str, key: str = "", source: str = "sym_secrets.main.id", repeat: str = ""
) -> str:
    settings = f"  settings  = {{ json_key = {key} }}\n" if key else ""
    each = f"  for_each  = toset({repeat})\n" if repeat else ""
    return (
        f'resource "sym_secret" "{name}" {{\n{each}  path      = {path}\n'
        f"  source_id = {source}\n{settings}}}\n"
    )


BOT = "aws_secretsmanager_secret.bot.name"
OKTA = "aws_secretsmanager_secret.okta.name"
NO_KEY = "another secret has the same path and no json_key either"
SAME_KEY = "another secret has the same path and json_key"
LOCAL = 'locals {\n  bot = "sym/bot"\n  key = "username"\n}\n'
SAME = {
    "of a resource": (secret("user", BOT) + secret("password", BOT), NO_KEY),
    "of a text": (secret("user", '"sym/bot"') + secret("password", '"sym/bot"'), NO_KEY),
    "through a local": (
        LOCAL + secret("user", "local.bot") + secret("password", '"sym/bot"'),
        NO_KEY,
    ),
    "of one key": (secret("user", BOT, '"username"') + secret("password", BOT, "local.key") + LOCAL, SAME_KEY),
    "null keys": (secret("user", BOT, "null") + secret("password", BOT), NO_KEY),
    "of all instances": (secret("bot", BOT, repeat='["user", "password"]'), NO_KEY),
    "of a copied block": (secret("github", OKTA) + secret("okta", OKTA), NO_KEY),
    "of a literal source": (
        secret("a", BOT, source=f'"{A_UUID}"') + secret("b", BOT, source=f'"{A_UUID}"'),
        NO_KEY,
    ),
}  # fmt: skip  # one case a line
OTHER = {
    "keys": secret("user", BOT, '"username"') + secret("password", BOT, '"password"'),
    "key and the whole": secret("user", BOT, '"username"') + secret("all", BOT),
    "paths": secret("user", BOT) + secret("password", OKTA),
    "sources": secret("user", BOT)
    + secret("password", BOT, source="sym_secrets.other.id")
    + STORE.partition("resource \"aws")[0].replace('"main"', '"other"'),
    "a key that is not known": secret("user", BOT, "var.key")
    + secret("password", BOT, "var.key2")
    + 'variable "key" {}\nvariable "key2" {}\n',
    "paths that are not known": secret("user", "var.path")
    + secret("password", "var.path2")
    + 'variable "path" {}\nvariable "path2" {}\n',
    "keys of instances": secret("bot", BOT, "each.key", repeat='["user", "password"]'),
    "paths of instances": secret(
        "bot", "aws_secretsmanager_secret.each[each.key].name", repeat='["a", "b"]'
    ),
    "instances that are not known": secret("bot", BOT, repeat="var.names")
    + 'variable "names" { type = list(string) }\n',
}  # fmt: skip  # one case a line
CALL = 'module "part" {\n  source = "./part"\n}\n'


def placed(text: str, module: bool) -> dict[str, str]:
    return {"main.tf": CALL, "part/main.tf": STORE + text} if module else {"main.tf": STORE + text}


@pytest.mark.parametrize("module", [False, True])
@pytest.mark.parametrize("name", SAME)
def test_secrets_that_are_one_value(tmp_path: Path, name: str, module: bool) -> None:
    text, title = SAME[name]
    (found,) = findings(write(tmp_path, placed(text, module)), rules_of("SYM512", "SYM513"))
    assert (found.code, found.severity, found.title) == ("SYM513", "warning", title)
    if name == "of a copied block":
        assert found.address.endswith("sym_secret.github")


@pytest.mark.parametrize("module", [False, True])
@pytest.mark.parametrize("name", OTHER)
def test_secrets_that_are_not_one_value(tmp_path: Path, name: str, module: bool) -> None:
    root = write(tmp_path, placed(OTHER[name], module))
    assert findings(root, rules_of("SYM512", "SYM513")) == []


def test_secrets_in_json(tmp_path: Path) -> None:
    import json

    def block(key: str) -> str:
        own = {"path": f"${{{BOT}}}", "source_id": "${sym_secrets.main.id}"}
        both = {"user": {**own, "settings": {"json_key": key}}, "password": own}
        both["password"] = {**own, "settings": {"json_key": "password"}}
        return json.dumps({"resource": {"sym_secret": both}})

    wrong = {"main.tf": STORE, "secrets.tf.json": block("password")}
    right = {"main.tf": STORE, "secrets.tf.json": block("username")}
    found = findings(write(tmp_path / "wrong", wrong), rules_of("SYM513"))
    assert [it.title for it in found] == [SAME_KEY]
    assert findings(write(tmp_path / "right", right), rules_of("SYM513")) == []


def test_modules_may_each_bring_their_own(tmp_path: Path) -> None:
    given = 'variable "path" {}\n' + secret("bot", "var.path", source=f'"{A_UUID}"')
    call = 'module "a" {\n  source = "./part"\n  path = "sym/bot"\n}\n'
    root = write(tmp_path, {"main.tf": call + call.replace('"a"', '"b"'), "part/main.tf": given})
    assert findings(root, rules_of("SYM513")) == []


TWO = """
variable "legacy" {
  type = bool
}

resource "sym_secret" "new" {
  NEW
  path      = "sym/okta"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}

resource "sym_secret" "old" {
  OLD
  path      = "sym/okta"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}
"""


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ("count = var.legacy ? 0 : 1", "count = var.legacy ? 1 : 0", 0),
        ('for_each = toset(var.legacy ? [] : ["a"])', "count = var.legacy ? 1 : 0", 0),
        ('count = terraform.workspace == "a" ? 0 : 1', 'count = terraform.workspace == "a" ? 1 : 0', 0),
        ("", "", 1),
        ("count = 1", "", 1),
    ],
)  # fmt: skip  # one case a line
def test_one_of_two_secrets(tmp_path: Path, new: str, old: str, expected: int) -> None:
    root = write(tmp_path, {"main.tf": TWO.replace("NEW", new).replace("OLD", old)})
    assert len(findings(root, rules_of("SYM513"))) == expected

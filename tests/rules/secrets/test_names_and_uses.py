"""SYM506, SYM513, SYM517, SYM516: names made of ARNs or by hand, and secrets in the wrong place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import facts, findings, rules_of, undecided
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "0f8fad5b-d9cb-469f-a165-70867728950e"
ARN = "aws_secretsmanager_secret.okta.arn"
SPLIT = f'split(":", {ARN})[6]'
STORED = """
variable "known_later" {}

resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
  tags = { SymEnv = "main" }
}

resource "aws_secretsmanager_secret" "many" {
  for_each = toset(["a", "b"])
  name     = "sym/main/${each.key}"
  tags     = { SymEnv = "main" }
}

resource "aws_secretsmanager_secret" "counted" {
  count = 2
  name  = "sym/main/${count.index}"
  tags  = { SymEnv = "main" }
}
"""


def secret(name: str, path: str, rest: str = "") -> str:
    return (
        f'resource "sym_secret" "{name}" {{\n  source_id = "{SOURCE}"\n  path = {path}\n{rest}}}\n'
    )


# --- names made of an ARN ---

RANDOM_END = {
    "element": f'element(split(":", {ARN}), 6)',
    "index": SPLIT,
    "last": f'reverse(split(":", {ARN}))[0]',
    "id": 'element(split(":", aws_secretsmanager_secret.okta.id), 6)',
    "regex": f'regex("secret:(.*)$", {ARN})[0]',
    "replace": f'replace({ARN}, "/^.*:secret:/", "")',
    "slice": f'join(":", slice(split(":", {ARN}), 6, 7))',
    "for": f'[for part in split(":", {ARN}) : part][6]',
    "condition": f"var.known_later ? {SPLIT} : {SPLIT}",
    "for_each": 'split(":", aws_secretsmanager_secret.many["a"].arn)[6]',
    "values": 'split(":", values(aws_secretsmanager_secret.many)[0].arn)[6]',
    "count": 'split(":", element(aws_secretsmanager_secret.counted[*].arn, 0))[6]',
}
WITHOUT_RANDOM_END = {
    "regex": f'regex("secret:(.*)-[^-]{{6}}$", {ARN})[0]',
    "replace": f'replace({SPLIT}, "/-[A-Za-z0-9]{{6}}$/", "")',
    "substr": f"substr({SPLIT}, 0, length({SPLIT}) - 7)",
    "slice": f'join("-", slice(split("-", {SPLIT}), 0, length(split("-", {SPLIT})) - 1))',
    "name": "aws_secretsmanager_secret.okta.name",
    "template": '"${aws_secretsmanager_secret.okta.name}"',
    "unknown": 'split(":", var.known_later)[6]',
}


def in_form(form: str, path: str) -> dict[str, str]:
    if form == "root":
        return {"main.tf": STORED + secret("s", path)}
    if form == "local":
        local = f"locals {{\n  made = {path}\n}}\n"
        return {"main.tf": STORED + local + secret("s", "local.made")}
    if form == "module":
        call = f'module "part" {{\n  source = "./part"\n  path   = {path}\n}}\n'
        inner = 'variable "path" {}\n' + secret("s", "var.path")
        return {"main.tf": STORED + call, "part/main.tf": inner}
    own = {"source_id": SOURCE, "path": f"${{{path}}}"}
    written = {"resource": {"sym_secret": {"s": own}}}
    return {"main.tf": STORED, "secret.tf.json": json.dumps(written)}


@pytest.mark.parametrize("form", ["root", "local", "module", "json"])
@pytest.mark.parametrize("made", RANDOM_END)
def test_the_end_of_an_arn_is_no_name(tmp_path: Path, made: str, form: str) -> None:
    root = write(tmp_path, in_form(form, RANDOM_END[made]))
    (found,) = findings(root, rules_of("SYM506"))
    assert found.title.startswith("path is the end of an ARN, which is the name and six random")


@pytest.mark.parametrize("form", ["root", "local", "module", "json"])
@pytest.mark.parametrize("made", WITHOUT_RANDOM_END)
def test_a_name_without_the_random_end_is_one(tmp_path: Path, made: str, form: str) -> None:
    root = write(tmp_path, in_form(form, WITHOUT_RANDOM_END[made]))
    assert findings(root, rules_of("SYM5", "SYM3")) == []


@pytest.mark.parametrize("path", ["local.parts[6]", "element(local.parts, 6)", "module.store.name"])
def test_the_end_of_an_arn_in_two_steps(tmp_path: Path, path: str) -> None:
    steps = f'locals {{\n  parts = split(":", {ARN})\n}}\n'
    steps += f'module "store" {{\n  source = "./store"\n  arn    = {ARN}\n}}\n'
    store = 'variable "arn" {}\noutput "name" {\n  value = split(":", var.arn)[6]\n}\n'
    root = write(tmp_path, {"main.tf": STORED + steps + secret("s", path), "store/main.tf": store})
    assert [it.code for it in findings(root, rules_of("SYM506"))] == ["SYM506"]


def test_locals_that_refer_to_one_another(tmp_path: Path) -> None:
    local = f'locals {{\n  a = split(":", "${{local.b}}{ARN}")\n  b = local.a[0]\n}}\n'
    root = write(tmp_path, {"main.tf": STORED + local + secret("s", "local.a[6]")})
    assert findings(root, rules_of("SYM506")) == []


# --- names that no secret has ---


def stored(name: str, path: str, tags: str = '{ SymEnv = "main" }', rest: str = "") -> str:
    return (
        f'resource "aws_secretsmanager_secret" "{name}" {{\n  name = {path}\n'
        f"  tags = {tags}\n{rest}}}\n"
    )


EACH = '  for_each = toset(["okta", "github"])\n'
UNDECLARED = {
    "last part": stored("a", '"sym/main/okta"') + secret("b", '"okta"'),
    "misspelt": stored("a", '"sym/main/okta"') + secret("b", '"sym/main/otka"'),
    "block": stored("okta", '"sym/main/okta"') + secret("okta", '"sym/main/okta-token"'),
    "each": stored("a", '"sym/main/${each.key}"', rest=EACH) + secret("b", "each.key", EACH),
    "local": 'locals {\n  p = "sym/main/otka"\n}\n'
    + stored("a", '"sym/main/okta"')
    + secret("b", "local.p"),
    "other environment": 'locals {\n  env = "main"\n}\n'
    + stored("okta", '"sym/${local.env}/okta"')
    + secret("okta", '"sym/prod/okta"'),
    "its value is written": stored("a", '"sym/main/okta"')
    + secret("b", '"okta"')
    + 'resource "aws_secretsmanager_secret_version" "a" {\n'
    "  secret_id = aws_secretsmanager_secret.a.id\n  secret_string = var.known_later\n}\n",
    "another one is read": stored("a", '"sym/main/okta"')
    + stored("g", '"sym/main/github"')
    + secret("g", "aws_secretsmanager_secret.g.name")
    + secret("b", '"okta"'),
}
MAY_BE_RIGHT = {
    "the name": stored("a", '"sym/main/okta"') + secret("b", '"sym/main/okta"'),
    "the name by each": stored("a", '"sym/main/${each.key}"', rest=EACH)
    + secret("b", '"sym/main/${each.value}"', EACH),
    "managed elsewhere": secret("b", '"sym/main/okta"'),
    "of another name": stored("a", '"sym/main/github"') + secret("b", '"sym/main/okta"'),
    "not for Sym": stored("okta", '"app/okta"', "{}") + secret("okta", '"sym/main/okta"'),
    "read": stored("a", '"sym/main/okta"')
    + secret("b", "aws_secretsmanager_secret.a.name")
    + secret("c", '"okta"'),
    "used": stored("okta", '"sym/main/okta"')
    + secret("okta", '"sym/main/okta-2"')
    + 'output "secret" {\n  value = aws_secretsmanager_secret.okta.name\n}\n',
    "not known": stored("a", "var.known_later") + secret("a", '"okta"'),
    "name_prefix": stored("a", "null", rest='  name_prefix = "okta"\n') + secret("a", '"okta"'),
    "two may be meant": stored("a", '"sym/main/okta"')
    + stored("b", '"sym/prod/okta"')
    + secret("c", '"okta"'),
    "path not known": stored("a", '"sym/main/okta"')
    + secret("b", "var.known_later")
    + secret("c", '"okta"'),
    "other key": stored("okta", '"sym/main/${each.key}"', rest=EACH)
    + secret("okta", '"sym/main/${each.key}"', '  for_each = toset(["okta", "github", "pager"])\n'),
    "literal instance": stored("a", '"sym/main/okta"', rest="  count = var.known_later ? 1 : 0\n")
    + secret("b", '"okta"'),
}


def as_module(main: str, form: str) -> dict[str, str]:
    main = 'variable "known_later" {}\n' + main
    if form == "root":
        return {"main.tf": main}
    call = 'variable "later" {}\nmodule "part" {\n  source      = "./part"\n'
    call += "  known_later = var.later\n"
    call += "  for_each = { x = 1 }\n" if form == "for_each" else ""
    return {"main.tf": call + "}\n", "part/main.tf": main}


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize("case", UNDECLARED)
def test_no_secret_has_this_name(tmp_path: Path, case: str, form: str) -> None:
    root = write(tmp_path, as_module(UNDECLARED[case], form))
    (found,) = findings(root, rules_of("SYM516"))
    assert (found.severity, found.label) == ("warning", "no secret has this name")


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize("case", MAY_BE_RIGHT)
def test_a_path_that_may_be_right(tmp_path: Path, case: str, form: str) -> None:
    root = write(tmp_path, as_module(MAY_BE_RIGHT[case], form))
    assert findings(root, rules_of("SYM516")) == []


def test_a_default_may_be_another_name(tmp_path: Path) -> None:
    variable = 'variable "path" {\n  default = "okta"\n}\n'
    main = variable + stored("a", '"sym/main/okta"') + secret("b", "var.path")
    assert findings(write(tmp_path, {"main.tf": main}), rules_of("SYM516")) == []


def test_names_that_are_not_known_are_undecided(tmp_path: Path) -> None:
    root = write(tmp_path, as_module(MAY_BE_RIGHT["not known"], "root"))
    reason = "not all names of secrets are known"
    assert undecided(root, rules_of("SYM516")) == [("SYM516", "is there such a secret?", reason)]


# --- which secret a setting takes ---


def key(name: str) -> str:
    return f'  settings = {{ json_key = "{name}" }}\n'


def integration(type_: str, **settings: str) -> str:
    given = "".join(f"    {name} = {value}\n" for name, value in settings.items())
    return (
        f'resource "sym_integration" "{type_}" {{\n  type = "{type_}"\n  name = "{type_}"\n'
        f'  external_id = "orchard"\n  settings = {{\n{given}  }}\n}}\n'
    )


def aptible(username: str, password: str) -> str:
    return integration("aptible", username_secret=username, password_secret=password)


BOT = secret("bot_user", '"bot"', key("username")) + secret("bot_pass", '"bot"', key("password"))
OPAQUE = secret("one", '"a"', key("login")) + secret("two", '"a"', key("token"))
PLAIN = secret("bot_username", '"sym/u"') + secret("bot_password", '"sym/p"')
EACH_OF = secret(
    "bot", '"sym/bot"', '  for_each = toset(["username", "password"])\n' + key("${each.key}")
)
ONE = secret("one", '"sym/a"') + secret("two", '"sym/b"')
OKTA = integration("okta", api_token_secret="sym_secret.one.id")
MIXED_UP = {
    "exchanged": BOT + aptible("sym_secret.bot_pass.id", "sym_secret.bot_user.id"),
    "by keys": OPAQUE + aptible("sym_secret.two.id", "sym_secret.one.id"),
    "by names": PLAIN + aptible("sym_secret.bot_password.id", "sym_secret.bot_username.id"),
    "by paths": secret("a", '"sym/bot-user"')
    + secret("b", '"sym/bot-password"')
    + aptible("sym_secret.b.id", "sym_secret.a.id"),
    "for_each": EACH_OF + aptible('sym_secret.bot["password"].id', 'sym_secret.bot["username"].id'),
    "one of two": BOT + aptible("sym_secret.bot_pass.id", "sym_secret.bot_pass.id"),
    "one of two, by no name": ONE + aptible("sym_secret.one.id", "sym_secret.one.id"),
    "key": secret("bot_user", '"b"', key("password"))
    + secret("bot_pass", '"b2"', key("password"))
    + aptible("sym_secret.bot_user.id", "sym_secret.bot_pass.id"),
    "by an output": BOT
    + aptible("local.ids.p", "local.ids.u")
    + "locals {\n  ids = { u = sym_secret.bot_user.id, p = sym_secret.bot_pass.id }\n}\n",
    "two services": ONE + OKTA + integration("github", api_token_secret="sym_secret.one.id"),
    "pagerduty": ONE + OKTA + integration("pagerduty", api_token_secret="sym_secret.one.id"),
}
EACH_RIGHT = {
    "json": BOT + aptible("sym_secret.bot_user.id", "sym_secret.bot_pass.id"),
    "keys": OPAQUE + aptible("sym_secret.one.id", "sym_secret.two.id"),
    "names": PLAIN + aptible("sym_secret.bot_username.id", "sym_secret.bot_password.id"),
    "for_each": EACH_OF + aptible('sym_secret.bot["username"].id', 'sym_secret.bot["password"].id'),
    "names that say nothing": ONE + aptible("sym_secret.two.id", "sym_secret.one.id"),
    "a name that says both": secret("user_password_a", '"sym/a"')
    + secret("user_password_b", '"sym/b"')
    + aptible("sym_secret.user_password_b.id", "sym_secret.user_password_a.id"),
    "one name that does not fit": secret("token", '"sym/a"')
    + secret("b", '"sym/b"')
    + aptible("sym_secret.token.id", "sym_secret.b.id"),
    "keys go before names": secret("password", '"a"', key("username"))
    + secret("username", '"a"', key("password"))
    + aptible("sym_secret.password.id", "sym_secret.username.id"),
    "two services": ONE + OKTA + integration("github", api_token_secret="sym_secret.two.id"),
    "a list of code": ONE
    + OKTA
    + integration("custom", secret_ids_json="jsonencode([sym_secret.one.id])"),
    "not known": aptible("var.known_later", "var.known_later"),
    "literal": aptible(f'"{SOURCE}"', f'"{SOURCE}"'),
    "one type": ONE + OKTA + OKTA.replace('"sym_integration" "okta"', '"sym_integration" "okta_2"'),
}


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize("case", MIXED_UP)
def test_secrets_that_are_mixed_up(tmp_path: Path, case: str, form: str) -> None:
    root = write(tmp_path, as_module(MIXED_UP[case], form))
    (found,) = findings(root, rules_of("SYM517"))
    assert found.severity == "warning"


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize("case", EACH_RIGHT)
def test_secrets_that_are_where_they_belong(tmp_path: Path, case: str, form: str) -> None:
    root = write(tmp_path, as_module(EACH_RIGHT[case], form))
    assert findings(root, rules_of("SYM517")) == []


def test_who_is_to_blame_for_a_shared_secret(tmp_path: Path) -> None:
    github = integration("github", api_token_secret="sym_secret.okta.id")
    okta = integration("okta", api_token_secret="sym_secret.okta.id")
    for main in (github + okta, okta + github):
        root = write(tmp_path, {"main.tf": secret("okta", '"sym/okta"') + main})
        (found,) = findings(root, rules_of("SYM517"))
        title = "api_token_secret is the same secret as api_token_secret of the okta integration"
        assert (found.title, found.address) == (title, "sym_integration.github")


# --- a secret without a key beside one with a key ---

NO_KEY = secret("a", '"sym/bot"', key("username")) + secret("b", '"sym/bot"')
EMPTY_KEY = secret("a", '"sym/bot"', key("username")) + secret("b", '"sym/bot"', key(""))
BOTH = aptible("sym_secret.a.id", "sym_secret.b.id")
MAP = (
    '  for_each = {\n    u = { path = "sym/bot", json_key = "username" }\n'
    '    p = { path = "sym/bot" }\n  }\n'
    '  settings = { json_key = lookup(each.value, "json_key", null) }\n'
)


@pytest.mark.parametrize("form", ["root", "module", "for_each"])
@pytest.mark.parametrize(
    "main",
    [
        NO_KEY + BOTH,
        EMPTY_KEY + BOTH,
        secret("s", "each.value.path", MAP)
        + aptible('sym_secret.s["u"].id', 'sym_secret.s["p"].id'),
    ],
)
def test_a_password_that_is_the_whole_json(tmp_path: Path, main: str, form: str) -> None:
    root = write(tmp_path, as_module(main, form))
    (found,) = findings(root, rules_of("SYM513"))
    assert (
        found.why == "Sym takes the text of the whole JSON for the password, and fails to sign in."
    )


@pytest.mark.parametrize(
    "main",
    [
        NO_KEY,
        NO_KEY + integration("custom", secret_ids_json="jsonencode([sym_secret.b.id])"),
        NO_KEY.replace('"sym/bot"', '"sym/other"', 1) + BOTH,
        secret("a", '"sym/a"', key("")) + secret("b", '"sym/b"', key("")) + BOTH,
        NO_KEY.replace(key("username"), "  settings = { json_key = var.known_later }\n") + BOTH,
    ],
)
def test_a_whole_json_that_may_be_meant(tmp_path: Path, main: str) -> None:
    root = write(tmp_path, as_module(main, "root"))
    assert facts(findings(root, rules_of("SYM513"))) == []

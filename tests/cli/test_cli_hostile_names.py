"""Files, folders, labels, keys and comments full of commands and escapes: no command passes them on."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from support.processes.measuring import first_measured

from symlint.report.formats import FORMATS

Run = Callable[..., Result]

TEXTS = (
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\n::error::forged",
    "\r::error::forged",
    "##[error]forged",
    "##VSO[task.complete result=Succeeded]x",
    "##teamcity[buildStatus status='SUCCESS']",
    "\u202eevil\u2066",
    "\u2028::error::x",
    "]]><x/>",
    "--> `x` | <b> @team #1",
    "\udcff",
)

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check", "--show-undecided", "--statistics", "--profile", "strict"),
    *(("check", "--show-undecided", f"--format={name}") for name in FORMATS if name != "text"),
    ("check", "--color", "always"),
    ("check", "--fix=all", "--diff"),
    ("check", "--select", "{0}"),
    ("check", "--var", "{0}=1", "--var", "x={0}"),
    ("check", "--var-file", "{0}"),
    ("check", "--config", "{0}"),
    ("check", "--baseline", "{0}"),
    ("check", "--output", "json=no/such/{0}"),
    ("check", "--exclude", "{0}"),
    ("check", "missing {0}"),
    ("{0}",),
    ("graph", "-f", "dot"),
    ("graph", "-f", "mermaid"),
    ("graph", "-f", "json"),
    ("graph", "--around", "{0}"),
    *(
        ("graph", "--reaches", "123456789012", "-f", name)
        for name in ("text", "json", "dot", "mermaid")
    ),
    ("graph", "--impact", "local.m"),
    ("graph", "--reaches", "{0}"),
    ("graph", "--impact", "{0}"),
    ("graph", "missing {0}"),
    ("trace",),
    ("trace", "-f", "json"),
    ("trace", "{0}"),
    ("trace", "local.m", "missing {0}"),
    ("explain", "{0}"),
    ("config", "show"),
    ("config", "show", "{0}"),
    ("baseline", "create", "--baseline", "{0}.json"),
    ("baseline", "prune", "--baseline", "{0}.json"),
    ("test", "{0}"),
    *(("access", "-f", name) for name in ("text", "json", "csv", "markdown")),
    *(("diff", "-f", name, ".", "root {1}") for name in ("text", "json", "markdown")),
    ("access", "missing {0}"),
    ("diff", "{0}", "."),
    ("graph", "--format", "{0}"),
    ("rules", "{0}"),
    ("completion", "{0}"),
    ("check", "--{0}"),
    ("check", "--fix={0}"),
    ("check", "--severity", "{0}=error"),
    ("check", "--severity", "SYM201={0}"),
    ("check", "--rules", "{0}"),
    ("check", "--plugin", "{0}"),
    ("check", "--timeout", "{0}"),
    ("check", "--fix"),
)

SETTINGS = (
    "{0} = 1",
    "select = [{0}]",
    "profile = {0}",
    "fail-on = {0}",
    "baseline = {0}",
    "variable-files = [{0}]",
    "[severity]\n{0} = 'error'",
    "[severity]\nSYM201 = {0}",
    "[[overrides]]\npaths = [{0}]\nignore = [{0}]",
    "rules = [{0}]",
    "plugins = [{0}]",
    "broken {1}",
)
"""Files of settings, with a text in quotes or as it is."""

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
COMMAND = re.compile(r"^\s*::|##\[|##vso\[|##teamcity\[", re.IGNORECASE | re.MULTILINE)
OWN = re.compile(r"\x1b\[[\d;]*m|^::(?:error|warning|notice) ", re.MULTILINE)
"""Colours, and the commands of the format github."""


def plant(folder: Path, text: str) -> None:
    """A root module in which everything that has a name has this one."""
    name = text.replace("/", "")
    quoted = json.dumps(text)
    root = folder / f"root {name}"
    root.mkdir()
    (folder / "symlint.toml").write_text(
        f"exclude = [{json.dumps(text.encode('utf-8', 'replace').decode())}]\n", encoding="utf-8"
    )
    source = f"""
# symlint: ignore[SYM201] {text}
# {text}
resource "sym_target" {quoted} {{
  type = {quoted}
  name = {quoted} # {text.strip()}
  settings = {{ {quoted} = {quoted} }}
}}
resource "sym_flow" "x" {{
  name = {quoted}
  vars = {{ {quoted} = local.undeclared }}
  implementation = file({quoted})
  params {{
    strategy_id = sym_target.x[{quoted}].id
  }}
}}
module {quoted} {{
  source = {quoted}
}}
locals {{
  m = {{ {quoted} = {quoted} }}
  n = local.m[{quoted}]
  o = local.m["{text}"]
}}
variable "x" {{}}
output "m" {{
  value = local.m
}}
output {quoted} {{
  value = local.n
}}
"""
    for path in (root / f"{name}.tf", folder / "main.tf"):
        path.write_text(source, encoding="utf-8", errors="surrogateescape")
    (folder / "terraform.tfvars").write_text(
        f"x = {quoted}\n{quoted} = {quoted}\nbroken {text} = \n",
        encoding="utf-8",
        errors="surrogateescape",
    )
    (folder / f"{name}.auto.tfvars.json").write_text(json.dumps({text: text}), encoding="utf-8")
    (folder / "more.tf.json").write_text(
        json.dumps({"resource": {"sym_target": {text: {"type": text, text: [text]}}}}),
        encoding="utf-8",
    )


def assert_harmless(result: Result, command: tuple[str, ...]) -> None:
    assert "this is a bug" not in result.stderr, command
    # Lines of CSV end as the standard has it.
    for output in (result.stdout.replace("\r\n", "\n"), result.stderr):
        said = OWN.sub("", output)
        assert not STEERING.search(said), command
        assert not COMMAND.search(said), (command, said)


@pytest.mark.parametrize("text", first_measured(TEXTS), ids=ascii)
def test_no_setting_steers_a_terminal_or_a_log(
    text: str, symlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_BUILD", "True")
    (tmp_path / "main.tf").write_text('resource "sym_target" "x" {}\n', encoding="utf-8")
    quoted = json.dumps(text.encode("utf-8", "replace").decode())
    for setting in SETTINGS:
        written = setting.replace("{0}", quoted).replace("{1}", text)
        path = tmp_path / "symlint.toml"
        path.write_text(written, encoding="utf-8", errors="surrogateescape")
        result = symlint("check")
        assert_harmless(result, (written,))
        assert result.exit_code in (1, 2, 3), written


@pytest.mark.parametrize("text", first_measured(TEXTS), ids=ascii)
def test_nothing_steers_a_terminal_or_a_log(
    text: str, symlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, text)
    monkeypatch.setenv(
        "TF_BUILD", "True"
    )  # elsewhere a patch is what its reader needs, byte by byte
    for command in COMMANDS:
        named = text.replace("/", "")
        arguments = [part.replace("{0}", text).replace("{1}", named) for part in command]
        result = symlint(*arguments)
        assert_harmless(result, command)
        if "json" in command or "--format=json" in command:
            json.loads(result.stdout)

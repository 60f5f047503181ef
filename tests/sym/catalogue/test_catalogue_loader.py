"""The loader: user additions, its errors, the generated tables, and what it costs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from support.transcript import compare_transcript

from symlint.sym.catalogue import CatalogueError, build, load_catalogue
from symlint.sym.catalogue.catalogue import EXTENSIBLE
from symlint.sym.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path


def from_toml(text: str) -> Any:
    return load_catalogue(tomllib.loads(text))


def test_a_new_target_type_and_a_wider_strategy() -> None:
    catalogue = from_toml("""
        [strategies.custom]
        target_types = ["custom", "database"]

        [targets.database.settings]
        identifier = { required = true }
        level = { required = true, allowed = ["read", "write"] }
    """)
    assert catalogue.strategies["custom"].target_types == ("custom", "database")
    assert catalogue.strategies["custom"].implementation == "required"
    database = catalogue.targets["database"]
    assert (database.title, database.required_settings) == ("database", ("identifier", "level"))
    assert catalogue.targets["okta_group"].required_settings == ("group_id",)
    assert list(catalogue.targets)[-1] == "database"
    assert "database" not in load_catalogue().targets


def test_tables_are_laid_over_and_lists_replaced() -> None:
    catalogue = from_toml("""
        [targets.custom.settings.team]
        required = true
        [integrations.knowbe4.settings.region]
        allowed = ["us"]
    """)
    assert catalogue.targets["custom"].required_settings == ("identifier", "team")
    region = catalogue.integrations["knowbe4"].settings["region"]
    assert (region.allowed, region.required) == (("us",), True)


def test_a_fork_of_a_module() -> None:
    catalogue = from_toml("""
        [modules.acme-iam]
        like = "iam-connector"
        sources = [
          { address = "app.terraform.io/acme/iam/aws", versions = ["1.0.0", "1.1.0"] },
          { address = "git::https://git.acme.example/iam.git" },
        ]
        [modules.acme-iam.inputs.team]
        type = "string"
        required = true
        since = "1.1.0"
    """)
    module, source = catalogue.module_for("app.terraform.io/acme/iam/aws")
    assert (module.name, module.context, module.external_id) == ("acme-iam", "iam", "account_id")
    assert [str(it) for it in source.versions] == ["1.0.0", "1.1.0"]
    assert "team" in module.inputs_at(parse_version("1.1.0"))
    assert "team" not in module.inputs_at(parse_version("1.0.0"))
    assert "team" not in catalogue.modules["iam-connector"].inputs
    assert catalogue.module_for("git::https://git.acme.example/iam.git?ref=main")[0] is module
    assert catalogue.module_for("symopsio/iam-connector/aws")[0].name == "iam-connector"
    legacy = (
        'sources = [{ address = "a/a", status = "legacy" }, { address = "b/b", status = "STATUS" }]'
    )
    for status, current in (("current", "b/b"), ("legacy", "a/a")):
        text = f'[modules.x]\nlike = "iam-connector"\n{legacy.replace("STATUS", status)}\n'
        assert from_toml(text).modules["x"].current_source.address == current


def test_other_kinds_of_mappings_will_do() -> None:
    extra = MappingProxyType({"targets": MappingProxyType({"x": MappingProxyType({"title": "X"})})})
    assert load_catalogue(extra).targets["x"].title == "X"


ERRORS = [
    ("[provider]", "provider", "cannot be added to"),
    ("[strategy.x]", "strategy", "subjects are strategies"),
    ("strategies = 1", "strategies", "must be a table"),
    ("strategies.x = 1", "strategies.x", "must be a table"),
    ("strategies.x.colour = 1", "strategies.x.colour", "known keys: title, target_types"),
    ("strategies.x.title = 1", "strategies.x.title", "must be a string"),
    ("strategies.x.target_types = [1]", "strategies.x.target_types", "list of strings"),
    ("strategies.x.needs_runtime = 'yes'", "strategies.x.needs_runtime", "true or false"),
    ("strategies.x.since = 'new'", "strategies.x.since", "'new' is not a version"),
    (
        "strategies.x.implementation = 'no'",
        "strategies.x.implementation",
        "'required', 'unused'",
    ),
    ("strategies.x.strength = 'sure'", "strategies.x.strength", "must be one of 'enforced'"),
    ("strategies.x.like = 'aws'", "strategies.x.like", "must be one of aptible, aws_iam"),
    ("targets.x.settings = []", "targets.x.settings", "must be a table"),
    ("targets.x.settings.a.need = 1", "targets.x.settings.a.need", "not a key of this table"),
    ("modules.x.kind = 'addon'", "modules.x", "lacks the key 'sources'"),
    ("modules.iam-connector.sources = 1", "modules.iam-connector.sources", "list of tables"),
    (
        "modules.iam-connector.sources = [{}]",
        *("modules.iam-connector.sources.0", "lacks the key 'address'"),
    ),
    (
        "modules.iam-connector.sources = [{address = 'a', versions = ['2.0', '1.0']}]",
        *("modules.iam-connector.sources.0.versions", "ascending order"),
    ),
    (
        "modules.iam-connector.inputs.a = [1]",
        *("modules.iam-connector.inputs.a", "must be a table"),
    ),
    ("modules.iam-connector.inputs = 1", "modules.iam-connector.inputs", "must be a table"),
    (
        "modules.gcp-connector.name_limit.max_length = -1",
        *("modules.gcp-connector.name_limit.max_length", "whole number"),
    ),
    (
        "targets.x.settings.a.from_resources = 1",
        *("targets.x.settings.a.from_resources", "must be a table"),
    ),
    ("strategies.x.target_types = ['y']", "strategies.x.target_types", "'y' is not in the cat"),
    ("strategies.x.connector = 'y'", "strategies.x.connector", "'y' is not in the catalogue"),
    ("targets.x.settings.a.format = 'y'", "targets.x.settings.a.format", "'y' is not in the"),
    (
        "modules.iam-connector.requires = [{provider = 'hashicorp/aws', constraint = '?'}]",
        *("modules.iam-connector.requires.constraint", "is not a version constraint"),
    ),
    ("environment.x_id.expected = 1", "environment.x_id.expected", "true or false"),
    ("formats.x.pattern = 'a'", "formats.x", "lacks the key 'description'"),
    (
        "formats.x = {description = 'd', example = 'e', pattern = '('}",
        *("formats.x.pattern", "is not a regular expression"),
    ),
    ("modules.x = {like = 'iam-connector'}", "modules.x", "lacks the key 'sources'"),
    ("strategies.x.integration_types = ['y']", "strategies.x.integration_types", "'y' is not"),
    ("integrations.x.made_by = 'y'", "integrations.x.made_by", "'y' is not"),
    ("secrets.x.granted_by = 'y'", "secrets.x.granted_by", "'y' is not"),
    ("log_destinations.x.granted_by = 'y'", "log_destinations.x.granted_by", "'y' is not"),
    (
        "integrations.x.external_id = {description = 'd', formats = ['y']}",
        *("integrations.x.external_id.formats", "'y' is not"),
    ),
    ("strategies.x.session_resources = ['y']", "strategies.x.session_resources", "'y' is not"),
    (
        "modules.iam-connector.scope.target_type = 'y'",
        *("modules.iam-connector.scope.target_type", "'y' is not"),
    ),
    (
        "modules.iam-connector.integration_type = 'y'",
        *("modules.iam-connector.integration_type", "'y' is not"),
    ),
    (
        "modules.iam-connector.outputs.a.integration_type = 'y'",
        *("modules.iam-connector.outputs.a.integration_type", "'y' is not"),
    ),
    (
        "targets.x.settings.a.reference = 'y'",
        *("targets.x.settings.a.reference", "'y' is not"),
    ),
    (
        "environment.x_id.integration_types = ['y']",
        "environment.x_id.integration_types",
        "'y' is not",
    ),
    ("strategies.x = {title = 'x', colour = 1}", "strategies.x.colour", "not a key of this"),
]


@pytest.mark.parametrize(("text", "key", "message"), ERRORS)
def test_errors_name_the_key(text: str, key: str, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        from_toml(text)
    assert ".".join(caught.value.key) == key
    assert message in caught.value.message
    assert str(caught.value) == f"{key}: {caught.value.message}"


def test_snapshot_of_errors() -> None:
    said = {}
    for text, _, _ in ERRORS:
        with pytest.raises(CatalogueError) as caught:
            from_toml(text)
        said[text] = f"  {caught.value}"
    compare_transcript(__file__, said)


@pytest.mark.parametrize("subject", EXTENSIBLE)
def test_every_extensible_subject_is_checked(subject: str) -> None:
    with pytest.raises(CatalogueError):
        load_catalogue({subject: {"x": {"no-such-key": 1}}})


def test_generated_tables_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check"]) == 0, "run python -m symlint.sym.catalogue.build"
    assert capsys.readouterr().out == ""


def test_stale_tables_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "FOLDERS", (tmp_path,))
    (tmp_path / "some.toml").write_text("a = 1\n", encoding="utf-8")
    assert build.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().out
    assert build.main([]) == 0
    assert build.main(["--check"]) == 0
    (tmp_path / "_data.py").write_text("old", encoding="utf-8")
    assert build.main(["--check"]) == 1


def test_generated_tables_say_what_the_toml_says() -> None:
    from symlint.sym.catalogue import _data
    from symlint.sym.catalogue.sdk_api import _data as api_data

    for folder, data in zip(build.FOLDERS, (_data, api_data), strict=True):
        for path in folder.glob("*.toml"):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            assert thawed(getattr(data, path.stem)()) == table


def thawed(value: object) -> object:
    if isinstance(value, dict):
        return {key: thawed(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thawed(item) for item in value]
    return value


def test_loading_imports_nothing_heavy() -> None:
    script = (
        "import sys; before = set(sys.modules)\n"
        "from symlint.sym.catalogue import load_catalogue\n"
        "catalogue = load_catalogue()\n"
        "catalogue.strategies['aws_iam'], catalogue.module_for('symopsio/iam-connector/aws')\n"
        "heavy = {'re', 'json', 'tomllib', 'dataclasses', 'inspect', 'decimal', 'pathlib'}\n"
        "heavy |= {'symlint.sym.catalogue.provider', 'symlint.sym.catalogue.sdk'}\n"
        "heavy |= {'symlint.sym.catalogue.sdk_api', 'ast'}\n"
        "print(sorted(heavy & (set(sys.modules) - before)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout.strip() == "[]"


def test_what_additions_do_not_change_is_that_of_all_catalogues() -> None:
    one, other = (load_catalogue({"targets": {"acme": {"title": it}}}) for it in ("one", "other"))
    assert (one.targets["acme"].title, other.targets["acme"].title) == ("one", "other")
    shipped = load_catalogue()
    assert "acme" not in shipped.targets
    for subject in ("strategies", "modules", "references", "environment_keys", "provider", "sdk"):
        assert getattr(one, subject) is getattr(shipped, subject)

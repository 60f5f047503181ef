"""Configuration files are found, read strictly, and described."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from support.effort import lines_run
from support.transcript import compare_transcript

from symlint.lint.errors import ConfigError, UsageError
from symlint.lint.options import Options
from symlint.lint.settings.config import DEFAULT, Override
from symlint.lint.settings.config_file import (
    Known,
    config_error,
    find_config,
    load_config,
    nested_config,
)
from symlint.lint.settings.globs import PathGlobs
from symlint.lint.settings.keys import KEYS
from symlint.lint.settings.show import config_schema, effective_settings, starter_text
from symlint.lint.settings.toml_lines import TomlLines, too_long_key
from symlint.source.path_patterns import Work
from symlint.sym.assertion import Assertion
from symlint.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = """\
select = ["recommended", "SYM4"]
ignore = ["SYM402"]
profile = "strict"
preview = true
fail-on = "error"
exclude = ["legacy/"]
variable-files = ["prod.tfvars", ["common.tfvars", "sandbox.tfvars"]]
baseline = "known.json"
required-version = ">= 0.1"
rules = ["lint-rules"]
plugins = ["acme"]
jobs = 4

[severity]
SYM301 = "error"

[catalogue.targets.acme_thing]
label = "Acme"

[[overrides]]
paths = ["sandbox/**"]
ignore = ["SYM5"]

[[overrides]]
paths = ["other"]
severity = { SYM301 = "note" }

[[assert]]
name = "two people"
flows = { environment = "prod*", name = ["a", "b"] }
targets = { type = "okta_group" }
setting = { group_id = "00g*" }
expect = { self-approval = false, automatic = "never", longest = "<= 1h", ends = ["by time"] }
severity = "warning"
on-unknown = "note"
allow-empty = true
"""


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_every_key(tmp_path: Path) -> None:
    config = load_config(write(tmp_path / "symlint.toml", EVERYTHING))
    assert config.select == ("recommended", "SYM4")
    assert config.variable_files == (("prod.tfvars",), ("common.tfvars", "sandbox.tfvars"))
    assert config.baseline == str(tmp_path / "known.json")
    assert config.rules == (str(tmp_path / "lint-rules"),)
    assert config.severity == {"SYM301": "error"}
    assert config.catalogue == {"targets": {"acme_thing": {"label": "Acme"}}}
    assert config.overrides == (
        Override(("sandbox/**",), ignore=("SYM5",)),
        Override(("other",), severity={"SYM301": "note"}),
    )
    (assertion,) = config.assertions
    assert assertion.place is not None
    assert assertion.place.text == 'name = "two people"'
    assert config.assertions == (
        Assertion(
            "two people",
            {"environment": ("prod*",), "name": ("a", "b")},
            {"type": ("okta_group",)},
            {"group_id": ("00g*",)},
            {
                "self-approval": False,
                "automatic": ("never",),
                "longest": 3600,
                "ends": ("by time",),
            },
            "warning",
            "note",
            allow_empty=True,
            place=assertion.place,
        ),
    )
    settings = {setting.key: setting for setting in effective_settings(config, Options())}
    assert "default" not in {setting.origin for setting in settings.values()}
    assert settings["fail-on"].origin == f"{tmp_path}/symlint.toml:5"


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    path = write(tmp_path / "symlint.toml", "")
    config = load_config(path)
    assert config == DEFAULT._replace(path=path, directory=str(tmp_path))
    assert {setting.origin for setting in effective_settings(config, Options())} == {"default"}


def test_defaults_are_those_of_the_table() -> None:
    for key in KEYS:
        assert getattr(DEFAULT, key.field) == key.default, key.name


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('ignore = []\nselct = ["SYM2"]\n', 2, "unknown key 'selct'; did you mean select?"),
        ("zzz = 1\n", 1, "unknown key 'zzz'; known are select, ignore"),
        ('select = "SYM2"\n', 1, "select must be an array of strings"),
        ('select = [\n  "SYM2",\n  3,\n]\n', 1, "select must hold only strings"),
        (
            '\n[severity]\nSYM2 = "error"\nSYM3 = "eror"\n',
            4,
            "the severity of SYM3 must be error, warning or note, not 'eror'; did you mean error?",
        ),
        (
            'severity = { SYM2 = "error", SYM3 = 1 }\n',
            1,
            "the severity of SYM3 must be error, warning or note",
        ),
        ('preview = "yes"\n', 1, "preview must be true or false"),
        (
            'fail-on = "sometimes"\n',
            1,
            "fail-on must be error, warning, note or never, not 'sometimes'",
        ),
        ("fail-on = 1\n", 1, "fail-on must be error, warning, note or never"),
        ("jobs = 0\n", 1, "jobs must be auto or a number from 1 to 64"),
        ("jobs = 65\n", 1, "jobs must be auto or a number from 1 to 64"),
        ("jobs = true\n", 1, "jobs must be auto or a number from 1 to 64"),
        ('jobs = "many"\n', 1, "jobs must be auto or a number from 1 to 64"),
        ('profile = "stric"\n', 1, "profile must be recommended or strict, not 'stric'; did you"),
        ('ignore = ["SYM2", " "]\n', 1, "ignore must hold only strings that are not empty"),
        ('exclude = [""]\n', 1, "exclude must hold only strings that are not empty"),
        ("severity = []\n", 1, "severity must be a table, such as severity = {"),
        ("baseline = 1\n", 1, "baseline must be a string, such as baseline = "),
        ("baseline = ' '\n", 1, "baseline must be a string, such as baseline = "),
        ('variable-files = "x"\n', 1, "variable-files must be an array, such as variable-files = "),
        ("variable-files = ['a', ['b', '']]\n", 1, "variable-files must hold file names"),
        ("variable-files = [[]]\n", 1, "variable-files must hold file names"),
        ("variable-files = [1]\n", 1, "variable-files must hold file names"),
        (
            '\nrequired-version = ">= 99"\n',
            2,
            f"this configuration is for symlint >= 99; this is symlint {__version__}",
        ),
        ('required-version = "latest"\n', 1, "'latest' is not a version constraint"),
        (
            "[[overrides]]\npaths = ['a']\nignore = ['b']\n[[overrides]]\npaths = ['x']\nignor = 1\n",
            6,
            "unknown key 'ignor'; did you mean ignore?",
        ),
        ("overrides = [1]\n", 1, "overrides must be a table, such as [[overrides]]"),
        ("[[overrides]]\npaths = []\nignore = ['b']\n", 1, "overrides need paths, such as paths"),
        ("[[overrides]]\nignore = ['SYM2']\n", 1, "overrides need paths"),
        (
            "[[overrides]]\npaths = ['a']\n",
            1,
            "overrides need ignore or severity: this one changes nothing",
        ),
        ("assert = 1\n", 1, "assert must be an array of tables: [[assert]]"),
        ("[[assert]]\nexpect = {}\n", 2, "expect must say something, such as expect = {"),
        ("[[assert]]\nname = 'a'\n", 1, "an assertion needs expect, such as expect = {"),
        ("[[assert]]\nexpect = { gated = true }\n", 1, "an assertion needs name"),
        ("[[assert]]\nname = 'a'\nexpct = 1\n", 3, "unknown key 'expct'; did you mean expect?"),
        (
            "[[assert]]\nname = 'a'\nexpect = { gatd = true }\n",
            3,
            "unknown key 'gatd'; did you mean gated?",
        ),
        (
            "[[assert]]\nname = 'a'\nexpect = { automatic = 'nver' }\n",
            3,
            "automatic must be never, conditional or always, not 'nver'; did you mean never?",
        ),
        (
            "[[assert]]\nname = 'a'\nflows = { nam = 'x' }\n",
            3,
            "unknown key 'nam'; did you mean name?",
        ),
        ("[[assert]]\nname = 'a'\nflows = { name = [] }\n", 3, "name must be a pattern or an"),
        (
            "[[assert]]\nname = 'a'\nexpect = { longest = '1h' }\n",
            3,
            "longest must be a limit, such as longest = ",
        ),
        ("overrides = 1\n", 1, "overrides must be an array of tables: [[overrides]]"),
        ("catalogue = 1\n", 1, "catalogue must be a table"),
        ("a = 1\nb = \n", 2, "is not valid TOML at column 5: Invalid value"),
        ("a = 1\nb = 'x", 2, "is not valid TOML at its end: Expected"),
        ("a = 1\nb = " + "9" * 5000, 2, "a number has too many digits"),
        ("a = 1\n" + ".".join("a" * 33) + " = 1", 2, "a key has more than 32 names"),
        ("a = 1\n[" + " . ".join(['"a.b"'] * 33) + "]", 2, "a key has more than 32 names"),
        ("a = { " + ".".join("a" * 200_000) + " = 1 }", 1, "a key has more than 32 names"),
        ("a = " + "[" * 5000, None, "is not valid TOML: nested too deeply"),
        ("#" * 1_000_001, None, "the file is larger than 1 MB, the most that is read"),
    ],
)
def test_mistakes_are_errors_with_their_line(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    path = write(tmp_path / "symlint.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.problem.startswith(message)
    assert caught.value.line == line
    assert caught.value.path == path


def test_in_pyproject_too(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.symlint]\npreview = true\nselct = []\n'
    path = write(tmp_path / "pyproject.toml", text)
    with pytest.raises(ConfigError, match=r"pyproject.toml:6: unknown key 'selct'"):
        load_config(path)
    write(tmp_path / "pyproject.toml", text.replace("selct = []", 'ignore = ["SYM2"]'))
    config = load_config(path)
    assert (config.preview, config.ignore) == (True, ("SYM2",))
    error = config_error(config, ("ignore",), "no such rule", "SYM2")
    assert error.line == 6
    for text in ("[tool]\nsymlint = 1\n", "tool = 1\n"):
        write(tmp_path / "pyproject.toml", text)
        with pytest.raises(ConfigError) as caught:
            load_config(path)
        assert caught.value.problem == "tool.symlint must be a table"


def test_found_upward_to_the_repository_root(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "a" / "b").mkdir(parents=True)
    outside = write(tmp_path / "symlint.toml", "")
    assert find_config(str(tmp_path / "repo" / "a" / "b")) is None
    assert find_config(str(tmp_path)) == outside
    top = write(tmp_path / "repo" / ".symlint.toml", "")
    assert find_config(str(tmp_path / "repo" / "a" / "b")) == top
    file = write(tmp_path / "repo" / "a" / "main.tf", "")
    assert find_config(file) == top
    nearer = write(tmp_path / "repo" / "a" / "symlint.toml", "")
    assert find_config(file) == nearer


def test_outside_a_repository_only_the_folder_itself(tmp_path: Path) -> None:
    write(tmp_path / "symlint.toml", "")
    (tmp_path / "a").mkdir()
    assert find_config(str(tmp_path / "a")) is None


def test_the_nearest_one_up_to_below_a_folder(tmp_path: Path) -> None:
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    (tmp_path / "symlint.toml").touch()
    assert nested_config(str(inner), str(tmp_path)) is None
    (tmp_path / "one" / "symlint.toml").touch()
    assert nested_config(str(inner), str(tmp_path)) == str(tmp_path / "one" / "symlint.toml")
    assert nested_config(str(tmp_path / "one"), str(tmp_path / "one")) is None
    (inner / "symlint.toml").touch()
    assert nested_config(str(inner), str(tmp_path)) == str(inner / "symlint.toml")


def test_no_folder_is_above_the_topmost(tmp_path: Path) -> None:
    assert nested_config("/no-such-folder", str(tmp_path)) is None


def test_no_folder_is_looked_into_twice(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.symlint]\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    known = Known()
    assert nested_config(str(tmp_path / "a" / "b"), str(tmp_path.parent), known)
    write(tmp_path / "pyproject.toml", "")
    assert nested_config(str(tmp_path / "a"), str(tmp_path.parent), known)
    assert find_config(str(tmp_path), known)
    assert find_config(str(tmp_path)) is None


def test_a_folder_takes_no_longer_the_deeper_it_is(tmp_path: Path) -> None:
    known, lines = Known(), []
    folders = [tmp_path.joinpath(*["a"] * depth) for depth in range(1, 20)]
    for folder in folders:
        folder.mkdir()
        write(folder / "pyproject.toml", "# symlint")
        find = partial(nested_config, str(folder), str(tmp_path), known)
        lines.append(lines_run(find))
    assert lines[5] == lines[-1], lines


def test_a_pyproject_without_our_section_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.other]\nx = 'symlint'\n")
    assert find_config(str(tmp_path)) is None
    for text in (
        "not toml, but about symlint",
        "tool = 'symlint'\n",
        "[tool]\nx = 'symlint'\n",
        "[symlint]\n",
        "[tool.other]\n",
    ):
        write(tmp_path / "pyproject.toml", text)
        assert find_config(str(tmp_path)) is None
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.symlint]\n# \xff")
    assert find_config(str(tmp_path)) is None
    broken = write(tmp_path / "pyproject.toml", "[tool.symlint]\nbroken")
    assert find_config(str(tmp_path)) == broken
    path = write(tmp_path / "pyproject.toml", "[tool.symlint]\n")
    assert find_config(str(tmp_path)) == path


def test_two_files_in_one_folder_are_an_error(tmp_path: Path) -> None:
    write(tmp_path / "symlint.toml", "")
    write(tmp_path / "pyproject.toml", "[tool.symlint]\n")
    with pytest.raises(ConfigError) as caught:
        find_config(str(tmp_path))
    assert (caught.value.path, caught.value.line) == (str(tmp_path / "symlint.toml"), None)
    assert caught.value.problem == (
        "two configuration files in one folder: symlint.toml and pyproject.toml; keep one"
    )


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "symlint.toml").write_bytes(b"\xff\xfe")
    for name, problem in (
        ("symlint.toml", "is not UTF-8"),
        ("nowhere.toml", "the file does not exist"),
    ):
        with pytest.raises(ConfigError) as caught:
            load_config(str(tmp_path / name))
        assert caught.value.problem == problem


def test_effective_settings_say_what_comes_from_where(tmp_path: Path) -> None:
    path = write(tmp_path / "symlint.toml", 'ignore = ["SYM2"]\nselect = ["SYM3"]\n')
    options = Options(ignore=("SYM402",), select=("SYM4",), use_baseline=False)
    settings = {s.key: s for s in effective_settings(load_config(path), options)}
    assert settings["ignore"][1:] == (("SYM2", "SYM402"), f"{path}:1 + command line")
    assert settings["select"][1:] == (("SYM4",), "command line")
    assert settings["profile"][1:] == ("recommended", "default")
    assert settings["baseline"][1:] == (None, "command line")
    strict = {s.key: s for s in effective_settings(load_config(path), Options(profile="strict"))}
    assert strict["select"][1:] == (None, "command line"), "a profile replaces what is selected"
    assert strict["profile"][1:] == ("strict", "command line")
    path = write(
        tmp_path / "symlint.toml",
        'profile = "strict"\nseverity = { SYM2 = "note" }\nbaseline = "x"\nexclude = ["a"]\n',
    )
    for options, expected in (
        (
            Options(),
            (
                ("profile", "strict", f"{path}:1"),
                ("severity", {"SYM2": "note"}, f"{path}:2"),
                ("baseline", str(tmp_path / "x"), f"{path}:3"),
                ("exclude", ("a",), f"{path}:4"),
                ("select", None, "default"),
                ("preview", False, "default"),
            ),
        ),
        (
            Options(profile="strict", severity={"SYM3": "error"}, exclude=("b",), preview=True),
            (
                ("severity", {"SYM2": "note", "SYM3": "error"}, f"{path}:2 + command line"),
                ("exclude", ("a", "b"), f"{path}:4 + command line"),
                ("profile", "strict", "command line"),
                ("select", None, "default"),
                ("preview", True, "command line"),
            ),
        ),
        (
            Options(profile="strict", select=("SYM4",), baseline="y"),
            (("select", ("SYM4",), "command line"), ("baseline", "y", "command line")),
        ),
    ):
        found_settings = {s.key: s for s in effective_settings(load_config(path), options)}
        assert tuple(tuple(found_settings[key]) for key, _, _ in expected) == expected


def test_the_schema_accepts_what_the_reader_accepts(tmp_path: Path) -> None:
    import tomllib

    schema = config_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(tomllib.loads(EVERYTHING))
    wrongs: tuple[dict[str, Any], ...] = (
        {"selct": []},
        {"select": "SYM2"},
        {"select": [""]},
        {"severity": {"SYM2": "eror"}},
        {"variable-files": [[]]},
        {"overrides": [{"ignore": ["SYM2"]}]},
        {"overrides": [{"paths": ["a"]}]},
        {"fail-on": "sometimes"},
        {"jobs": "many"},
        {"jobs": 0},
        {"preview": 1},
        {"assert": [{"name": "a"}]},
        {"assert": [{"name": "a", "expect": {}}]},
        {"assert": [{"name": "a", "expect": {"gatd": True}}]},
        {"assert": [{"name": "a", "expect": {"longest": "1h"}}]},
        {"assert": [{"name": "a", "expect": {"gated": True}, "flows": {"nam": "x"}}]},
    )
    for wrong in wrongs:
        assert not validator.is_valid(wrong), wrong


def test_the_starter_is_a_configuration_in_every_example(tmp_path: Path) -> None:
    text = starter_text()
    path = tmp_path / "symlint.toml"
    assert load_config(write(path, text)).keys == ()
    uncommented = "\n".join(
        line[2:] if (line.startswith("# ") and "=" in line) or line.startswith("# [") else ""
        for line in text.split("\n")
    )
    config = load_config(write(path, uncommented))
    assert set(config.keys) == {key.name for key in KEYS}
    assert max(map(len, text.split("\n"))) <= 100


def test_snapshot_of_the_starter() -> None:
    compare_transcript(__file__, {"starter": starter_text()})


def test_little_is_wished_for_by_default() -> None:
    wished = {name: value for name, value in Options()._asdict().items() if value}
    assert wished == {"parser": "symlint", "ignores": True, "use_baseline": True}


def test_dots_that_are_in_no_key_are_no_long_key(tmp_path: Path) -> None:
    many = ", ".join(f'"a.b{number}.tf"' for number in range(50))
    text = f"# {'.' * 50}\nexclude = [\n{many}]\nignore = ['SYM2{'.' * 40}']\n"
    assert load_config(write(tmp_path / "symlint.toml", text)).exclude[-1] == "a.b49.tf"


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "text",
    [
        '"' * 400_000,
        '"\\' * 200_000,
        "a = '''" + "'" * 400_000,
        '"""\\' * 100_000,
        "[" * 400_000,
        "= " * 200_000,
        ("a." * 31 + "a = 1\n") * 6000,
        ("'\n" + '"\n') * 100_000,
    ],
    ids=range(8),
)
def test_lines_of_any_text(text: str) -> None:
    assert TomlLines(text + "\n").line(("zzz",)) is None
    too_long_key("." * 40 + "\n" + text)


def test_lines_of_keys_and_strings() -> None:
    assert TomlLines("a = 1\n[b.c.d]\n").line(("b", "c")) == 2
    lines = TomlLines(
        '# a = 1\na = """\nb = 2\n"""\n"c d".e = [\n  "x", # = "y"\n  "z=",\n]\n'
        "[[t]]\nk = 1\n[[t]]\nk = { l = 'm' }\n[t.u]\nv = 'x'\n"
    )
    assert lines.line(("a",)) == 2
    assert lines.line(("b",)) is None
    assert lines.line(("c d", "e"), "z=") == 7
    assert lines.line(("c d", "e"), "y") == 5
    assert lines.line(("t", 1, "k", "l")) == 12
    assert lines.line(("t", 1, "u", "v")) == 14
    assert lines.line(("t", 1)) == 11
    assert lines.line(("t", 0)) == 9
    assert lines.line(("t", 0, "k")) == 10
    assert lines.line(("t", 1, "k"), "m") == 12
    assert lines.line(("c d",)) == 5
    assert lines.line(()) is None
    assert TomlLines("a.b = 1\na.c = 'x'").line(("a", "c"), "x") == 2
    assert TomlLines("x = [\n1]\ny = '''\nz'''\nq = 1").line(("q",)) == 5
    assert (
        TomlLines("[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]\nc = 1").line(("a", 1, "b", 0, "c")) == 6
    )


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("legacy/", "legacy/main.tf", True),
        ("legacy", "a/legacy/main.tf", True),
        ("/legacy", "a/legacy/main.tf", False),
        ("a/legacy", "b/a/legacy", False),
        ("*.tf", "a/b/main.tf", True),
        ("a/*.tf", "a/b/main.tf", False),
        ("a/**/main.tf", "a/main.tf", True),
        ("a/**/main.tf", "a/b/c/main.tf", True),
        ("**/examples/**", "x/examples/y", True),
        ("**/examples/**", "examples/y", True),
        ("sandbox/**", "sandbox", True),
        ("sandbox/**", "sandboxes/x", False),
        ("**", "anything/at/all", True),
        ("m[ai]in.tf", "miin.tf", True),
        ("m[!a]in.tf", "main.tf", False),
        ("m[!a]in.tf", "m/in.tf", False),
        ("mai?.tf", "main.tf", True),
        ("ma+n.tf", "maan.tf", False),
        ("./a", "a/main.tf", True),
        ("./a", "b/a/main.tf", False),
        ("/**", "anything/at/all", True),
        ("./**", "anything/at/all", True),
        ("x/**", "y/x/z", False),
        ("*", ".", True),
        ("m[\\]a]in.tf", "m]in.tf", True),
        ("m[[:alpha:]]in.tf", "main.tf", True),
        ("\\*.tf", "main.tf", False),
        ("[", "[", False),
    ],
)
def test_globs(pattern: str, path: str, expected: bool) -> None:
    assert path_globs(pattern).match(path) is expected


def path_globs(*patterns: str, work: int = 1_000_000) -> PathGlobs:
    return PathGlobs(patterns, Work(work), UsageError)


def test_a_later_pattern_takes_back_what_an_earlier_one_excludes() -> None:
    globs = path_globs("*.gen.tf", "!keep.gen.tf", "out/", "!out/in.tf")
    assert globs.match("a/x.gen.tf")
    assert not globs.match("a/keep.gen.tf")
    # As with git: not what is in a folder that is excluded.
    assert globs.match("out/in.tf")


def test_patterns_cost_what_they_do_and_no_more() -> None:
    hostile = "*a*a*a*a*a*a*a*a*a*b"
    assert not path_globs(hostile, work=20_000).match("a" * 60)
    assert not path_globs(*[f"**/{it}/x" for it in range(100)], work=1_000_000).match("a/" * 1000)
    with pytest.raises(UsageError, match="these are more patterns than can be compared"):
        path_globs(hostile, work=100)
    globs = path_globs(*[hostile] * 1000, work=1_100_000)
    with pytest.raises(UsageError, match="write fewer of them"):
        list(map(globs.match, map(str, range(1000))))


def test_many_lists_of_patterns_cost_what_they_do() -> None:
    def spent(pattern: str) -> int:
        work = Work(10**9)
        globs = PathGlobs([pattern], work, UsageError)
        before = work.left
        for number in range(1000):
            globs.match(f"a/b{number}")
        return before - work.left

    assert spent("**/x*/**") < 20 * 1000, "no path has an x, which is seen at once"
    assert spent("**") > 100 * 1000, "each path is remembered"

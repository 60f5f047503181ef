"""A run from paths to a report, with rules of the test's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import symlint
from symlint.lint.errors import ConfigError, RegistryError, SelectionError
from symlint.lint.options import Options
from symlint.lint.report import Counts
from symlint.lint.run.config_run import lint_under
from symlint.lint.run.engine import lint
from symlint.lint.run.inputs import open_configuration
from symlint.lint.settings.config_file import load_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.lint.report import Report
    from symlint.terraform.instances.configuration import Configuration

    Write = Callable[[dict[str, str]], Path]

RULES = '''
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule

class Names(Rule):
    """Locals have good names."""
    code = "TEST100"
    name = "local-name"
    severity = "error"
    bad = "locals {\\n  bad = 1\\n}\\n"
    good = "locals {\\n  fine = 1\\n}\\n"

    def check(self, configuration):
        for module in configuration.terraform.modules():
            path = ".".join([*map(str, module.path), ""])
            for name, local in module.module.locals.items():
                place = local.attribute.name_range
                if name.startswith("bad"):
                    related = []
                    if module.call is not None:
                        related = [RelatedRange(module.call.range, "called here")]
                    yield self.finding(f"{name} is a bad name", place, address=f"{path}local.{name}",
                                       related=tuple(related))
                elif name.startswith("unclear"):
                    yield self.undecided(place, "is it a bad name", "nobody knows")
                else:
                    yield PASSED

class Values(Rule):
    """Locals are not prod."""
    code = "TEST101"
    name = "local-value"
    severity = "warning"
    bad = "locals {\\n  a = \\"prod\\"\\n}\\n"
    good = "locals {\\n  a = \\"main\\"\\n}\\n"

    def check(self, configuration):
        for module in configuration.terraform.modules():
            for name, local in module.module.locals.items():
                value = module.local(name)
                if value.string == "prod":
                    yield self.finding("it is prod", local.attribute.value.range)

class Crashing(Rule):
    """Nothing is called crash."""
    code = "TEST102"
    name = "crashing"
    severity = "note"
    bad = "locals {\\n  bad = 1\\n}\\n"
    good = ""

    def check(self, configuration):
        for name, local in configuration.terraform.root.module.locals.items():
            yield self.finding("a note", local.attribute.name_range)
            if name == "crash":
                raise KeyError("lost\\nand found")
'''

CHILD = "locals {\n  bad = 1\n}\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files below a folder that is current and has the rules above; gives the folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()

    def write_files(files: dict[str, str]) -> Path:
        everything = {
            "lint-rules/rules.py": RULES,
            "symlint.toml": 'rules = ["lint-rules"]\nselect = ["TEST"]\n',
            **files,
        }
        for name, text in everything.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write_files


def look(*paths: str, **options: object) -> Report:
    options = {"all_modules": True, "trust_config": True, **options}
    return lint(paths or (".",), Options(**options))  # type: ignore[arg-type]  # each test gives the fields it is about


def places(report: Report) -> list[tuple[str, str, int]]:
    return [
        (finding.code, os.path.relpath(finding.range.path), finding.range.line)
        for finding in report.findings
    ]


def test_findings_counts_and_exit_status(write: Write) -> None:
    write({"main.tf": 'locals {\n  bad  = 1\n  fine = 1\n  unclear = "prod"\n}\n'})
    report = look(ignore=("TEST102",))
    assert places(report) == [("TEST100", "main.tf", 2), ("TEST101", "main.tf", 4)]
    assert report.counts == Counts(1, 1, 0, 1)
    assert [undecided.code for undecided in report.undecided] == ["TEST100"]
    assert report.exit_status == 1
    assert [rule.code for rule in report.rules] == ["SYM001", "TEST100", "TEST101"]
    assert report.findings[0].address == "local.bad"
    assert report.findings[1].address == "local.unclear"


def test_fail_on(write: Write) -> None:
    write({"main.tf": 'locals {\n  a = "prod"\n}\n'})
    assert look(ignore=("TEST102",)).exit_status == 1
    assert look(ignore=("TEST102",), fail_on="error").exit_status == 0
    assert look(select=("TEST102",)).exit_status == 0
    assert look(select=("TEST102",), fail_on="note").exit_status == 1
    assert look(fail_on="never").exit_status == 0
    assert look(ignore=("TEST102",), fail_on="error", severity={"TEST101": "error"}).exit_status


def test_a_crashing_rule_is_a_failure_and_the_others_go_on(write: Write) -> None:
    root = write({"main.tf": "locals {\n  crash = 1\n  bad = 1\n}\n"})
    report = look()
    assert report.exit_status == 3
    (failure,) = report.failures
    assert failure.path == str(root)
    assert (
        failure.message
        == "rule TEST102 (crashing) crashed: KeyError: 'lost\\nand found' (rules.py:56)"
    )
    assert ("TEST100", "main.tf", 3) in places(report)
    assert ("TEST102", "main.tf", 2) in places(report)


UNUSABLE = {
    "self.finding('x', None)": "cannot be used: the range of a finding is None, not a Range",
    "self.finding('x', place._replace(end=10_000))": (
        "cannot be used: the range of a finding is not in its file: 11 to 10000"
    ),
    "self.finding('x', place._replace(end=len(place.source.text) + 1))": (
        "cannot be used: the range of a finding is not in its file: 11 to 20"
    ),
    "self.finding('x', place._replace(start=-1))": (
        "cannot be used: the range of a finding is not in its file: -1 to 12"
    ),
    "self.finding('x', place._replace(start=13))": (
        "cannot be used: the range of a finding is not in its file: 13 to 12"
    ),
    "self.finding(place, place)": (
        "cannot be used: a finding has a value of type Range where a string is expected"
    ),
    **{
        f"self.finding('x', place, {name}=place)": (
            "cannot be used: a finding has a value of type Range where a string is expected"
        )
        for name in ("label", "why", "help_", "address", "attribute")
    },
    "self.finding('x', place, severity='fatal')": (
        "cannot be used: a finding has the severity 'fatal'"
    ),
    "self.finding('x', place, related=('y',))": (
        "cannot be used: related holds a value of type str, not a RelatedRange"
    ),
    "self.finding('x', place, related=(RelatedRange('y', 'z'),))": (
        "cannot be used: the range of a related range is a value of type str, not a Range"
    ),
    "self.finding('x', place, related=(RelatedRange(place, None),))": (
        "cannot be used: a related range has None where a string is expected"
    ),
    "self.finding('x', place, path=(place,))": (
        "cannot be used: path holds a value of type Range, not a Hop"
    ),
    "self.finding('x', place, fix='y')": "cannot be used: fix is a value of type str, not a Fix",
    "self.finding('x', place, fix=Fix('y', (Edit(None, ''),), True))": (
        "cannot be used: the range of an edit is None, not a Range"
    ),
    "self.finding('x', place, fix=Fix(1, (), True))": (
        "cannot be used: a fix has a value of type int where a string is expected"
    ),
    "self.finding('x', place, fix=Fix('y', (Edit(place, 1),), True))": (
        "cannot be used: a fix has a value of type int where a string is expected"
    ),
    "self.undecided(None, 'x', 'y')": (
        "cannot be used: the range of an undecided question is None, not a Range"
    ),
    "self.undecided(place, 1, 'y')": (
        "cannot be used: an undecided question has a value of type int where a string is expected"
    ),
    "self.undecided(place, 'x', None)": (
        "cannot be used: an undecided question has None where a string is expected"
    ),
    "'x'": "cannot be used: it yielded a value of type str, which is not an outcome",
    "None": "cannot be used: it yielded None, which is not an outcome",
    "1 / 0": "crashed: ZeroDivisionError: division by zero (rules.py:9)",
}
"""Outcomes of a user's rule, and what is said of them."""


@pytest.mark.parametrize("outcome", UNUSABLE)
def test_what_cannot_be_shown_is_a_failure_of_its_rule(write: Write, outcome: str) -> None:
    rule = (
        "from symlint.lint.finding import Edit, Fix, RelatedRange\nfrom symlint.lint.rule import Rule\n"
        'class Own(Rule):\n    """Own."""\n    code, name, severity = "OWN100", "own", "error"\n'
        '    bad = good = ""\n    def check(self, configuration):\n'
        "        for local in configuration.terraform.root.module.locals.values():\n"
        f"            place = local.attribute.name_range; yield {outcome}\n"
    )
    write(
        {
            "lint-rules/rules.py": rule,
            "symlint.toml": 'rules = ["lint-rules"]\nselect = ["OWN"]\n',
            "main.tf": "locals {\n  a = 1\n}\n",
        }
    )
    report = look()
    (failure,) = report.failures
    assert failure.message.startswith("rule OWN100 (own) ")
    assert failure.message == f"rule OWN100 (own) {UNUSABLE[outcome]}"
    assert "report" not in failure.message, "it is the user's rule"
    assert report.exit_status == 3
    assert not report.findings


def test_syntax_errors_are_findings_that_nothing_holds_back(write: Write) -> None:
    write({"main.tf": "# symlint: ignore-file[SYM001] no\na = [\n}\nlocals {\n  bad = 1\n}\n"})
    report = look(select=("SYM2",))
    assert {code for code, _, _ in places(report)} == {"SYM001"}
    assert report.exit_status == 1
    with pytest.raises(SelectionError):
        look(ignore=("SYM001",))


def test_paths_with_nothing_to_lint_are_failures(write: Write) -> None:
    root = write({"empty/readme.md": "", "full/main.tf": CHILD})
    report = look("nowhere", "empty", "full")
    assert [os.path.relpath(failure.path, root) for failure in report.failures] == [
        "empty",
        "nowhere",
    ]
    assert report.exit_status == 3
    assert places(report)[0] == ("TEST100", "full/main.tf", 2)


def test_files_that_cannot_be_read_are_failures(write: Write) -> None:
    root = write({"main.tf": CHILD})
    (root / "binary.tf").write_bytes(b"\0\1")
    (root / "loop.tf").symlink_to("loop.tf")
    report = look(select=("TEST100",))
    assert [Path(failure.path).name for failure in report.failures] == [
        "binary.tf",
        "loop.tf",
    ]
    assert report.exit_status == 3
    assert places(report) == [("TEST100", "main.tf", 2)]


MODULES = {
    "one/main.tf": 'module "a" {\n  source = "../child"\n}\nmodule "b" {\n  source = "../child"\n}\n',
    "two/main.tf": 'module "c" {\n  source = "../child"\n}\nlocals {\n  bad_too = 1\n}\n',
    "child/main.tf": CHILD,
}


def test_one_finding_for_all_instances_and_roots(write: Write) -> None:
    write(MODULES)
    report = look(select=("TEST100",))
    assert places(report) == [("TEST100", "child/main.tf", 2), ("TEST100", "two/main.tf", 5)]
    assert report.findings[0].more_instances == 2
    assert report.findings[0].address == "module.a.local.bad"
    assert report.counts[:2] == (3, 3)


def test_the_order_of_paths_does_not_matter(write: Write) -> None:
    write(MODULES)
    one, other = look("one", "two"), look("two", "one")
    assert places(one) == places(other)
    assert [f.address for f in one.findings] == [f.address for f in other.findings]


def test_named_files_limit_what_is_shown(write: Write) -> None:
    write(MODULES)
    select = {"select": ("TEST100",)}
    report = look("child/main.tf", **select)
    assert places(report) == [("TEST100", "child/main.tf", 2)]
    assert (report.findings[0].address, report.findings[0].more_instances) == (
        "module.a.local.bad",
        2,
    )
    # The finding in the child is about the call in the named file too.
    assert places(look("one/main.tf", **select)) == [("TEST100", "child/main.tf", 2)]
    both = [("TEST100", "child/main.tf", 2), ("TEST100", "two/main.tf", 5)]
    assert places(look("two/main.tf", **select)) == both
    assert places(look("child/main.tf", "two", **select)) == both


def test_a_changed_module_shows_what_breaks_in_the_calls_of_it(write: Write) -> None:
    call = 'module "child" {\n  source = "./child"\n  old    = 1\n}\n'
    use = 'output "x" {\n  value = [module.child.old, local.nowhere]\n}\n'
    write({"main.tf": call, "use.tf": use, "child/main.tf": 'output "new" {\n  value = 1\n}\n'})
    broken = [("SYM105", "main.tf", 3), ("SYM101", "use.tf", 2)]
    assert places(look("child/main.tf", select=("SYM1",))) == broken
    assert len(look(select=("SYM1",)).findings) == 3


def test_a_changed_file_shows_what_its_values_break_elsewhere(write: Write) -> None:
    locals_ = 'locals {\n  name = "a b"\n}\n'
    between = "locals {\n  target = local.name\n}\n"
    target = 'resource "sym_target" "this" {\n  type = "okta_group"\n  name = local.target\n}\n'
    write({"locals.tf": locals_, "between.tf": between, "main.tf": target, "other.tf": ""})
    select = {"select": ("resource-name",)}
    everywhere = [finding.title for finding in look(**select).findings]
    assert everywhere
    for name in ("locals.tf", "between.tf", "main.tf"):
        assert [finding.title for finding in look(name, **select).findings] == everywhere
    assert not look("other.tf", **select).findings


@pytest.mark.parametrize("deleted", ["impl.py", "targets.tf", "child"])
def test_what_a_deleted_file_breaks_is_shown_beside_a_changed_one(
    write: Write, deleted: str
) -> None:
    use = """\
locals {
  text  = file("${path.module}/impl.py")
  group = local.target
}
module "child" {
  source = "./child"
}
"""
    files = {
        "main.tf": use,
        "impl.py": "",
        "targets.tf": "locals {\n  target = 1\n}\n",
        "child/main.tf": "locals {}\n",
        "changed.tf": "locals {\n  bad = 1\n}\n",
        "other/main.tf": "locals {}\n",
    }
    write(files)
    only = {"select": ("SYM1",)}
    assert not look("changed.tf", **only).findings
    Path(deleted).rename("gone")
    (finding,) = look("changed.tf", **only).findings
    assert Path(finding.range.path).name == "main.tf"
    assert [it.title for it in look(**only).findings] == [finding.title]
    assert not look("other/main.tf", **only).findings


def test_a_syntax_error_beside_a_named_file_is_shown(write: Write) -> None:
    write({"main.tf": "", "broken.tf": "a = [\n"})
    assert [code for code, _, _ in places(look("main.tf"))] == ["SYM001"]


def test_ignore_comments_here_and_at_the_module_call(write: Write) -> None:
    call = 'module "a" {\n  source = "../child"\n}\n'
    ignore = "# symlint: ignore[TEST100] agreed\n"
    write({"one/main.tf": ignore + call, "child/main.tf": CHILD})
    report = look(select=("TEST100", "SYM9"))
    assert report.findings == ()
    (held_back,) = report.suppressed
    assert (held_back.kind, held_back.reason) == ("comment", "agreed")
    assert held_back.finding.code == "TEST100"
    assert len(look(select=("TEST100",), ignores=False).findings) == 1


def test_a_call_without_a_comment_is_still_reported(write: Write) -> None:
    calls = (
        '# symlint: ignore[TEST100] agreed\nmodule "a" {\n  source = "../child"\n}\n'
        'module "b" {\n  source = "../child"\n}\n'
    )
    write({"one/main.tf": calls, "child/main.tf": CHILD})
    report = look(select=("TEST100", "SYM9"))
    assert [(f.address, f.more_instances) for f in report.findings] == [("module.b.local.bad", 0)]
    assert report.suppressed == ()


def test_hygiene_of_ignore_comments(write: Write) -> None:
    lines = [
        "locals {",
        "  fine = 1 # symlint: ignore[TEST100] not needed",
        "  good = 1 # symlint: ignore[local-nam, TEST9] unknown",
        "  bad1 = 1 # symlint: ignore[TEST100]",
        "  bad2 = 1 # symlint: ignore[TEST100] until=2020-01-01 long ago",
        "  best = 1 # symlint: ignored",
        "  unclear = 1 # symlint: ignore[TEST100] one never knows",
        "  right = 1 # symlint: ignore[TEST101] its rule does not run",
        "  fair = 1 # symlint: ignore[SYM001] cannot be",
        "}",
    ]
    write({"main.tf": "\n".join(lines)})
    report = look(select=("TEST100", "SYM9"))
    assert places(report) == [
        ("SYM901", "main.tf", 2),
        ("SYM902", "main.tf", 3),
        ("SYM902", "main.tf", 3),
        ("SYM903", "main.tf", 4),
        ("TEST100", "main.tf", 5),
        ("SYM904", "main.tf", 5),
        ("SYM905", "main.tf", 6),
        ("SYM902", "main.tf", 9),
    ]
    assert "did you mean local-name?" in report.findings[1].label
    assert report.suppressed[0].finding.range.line == 4


def test_ignore_comment_takes_no_beginnings_of_codes(write: Write) -> None:
    write({"main.tf": "locals {\n  bad = 1 # symlint: ignore[TEST1] all of them\n}\n"})
    report = look(select=("TEST100", "SYM902"))
    found = next(finding for finding in report.findings if finding.code == "SYM902")
    assert found.title == '"TEST1" is the beginning of codes, not a code'
    assert found.help == "write the code of each finding, as in ignore[TEST100]"
    assert found.fix is None


def test_nothing_is_unused_where_something_could_not_be_read(write: Write) -> None:
    comment = "locals {\n  fine = 1 # symlint: ignore[TEST100] hm\n}\n"
    write({"main.tf": comment + "x = [\n"})
    assert [code for code, _, _ in places(look(select=("TEST100", "SYM9")))] == ["SYM001"]
    write({"main.tf": comment.replace("TEST100", "TEST102") + "locals {\n  crash = 1\n}\n"})
    report = look(select=("TEST102", "SYM9"), ignore=("SYM903",))
    assert "SYM901" not in {code for code, _, _ in places(report)}


def test_unused_comments_are_removed_by_their_fix(write: Write) -> None:
    from symlint.lint.run.repair.repairing import fix

    root = write(
        {
            "main.tf": "locals {\n  a = 1 # symlint: ignore[TEST100] x\n"
            "  # symlint: ignore[TEST100] y\n  b = 1\n"
            "  bad = 1 # symlint: ignore[TEST100, TEST101] z\n"
            "  c = 1 /* symlint: ignore[TEST100] w */\n}\n"
        }
    )
    result = fix(lambda texts: look(select=("TEST100", "TEST101", "SYM9"), overlays=texts))
    assert (root / "main.tf").read_text(encoding="utf-8") == (
        "locals {\n  a = 1\n  b = 1\n  bad = 1 # symlint: ignore[TEST100] z\n  c = 1\n}\n"
    )
    assert result.report.findings == ()


def test_a_profile_of_the_options_replaces_what_the_file_selects(write: Write) -> None:
    write(
        {
            "symlint.toml": 'rules = ["lint-rules"]\nselect = ["TEST101"]\n',
            "main.tf": 'locals {\n  bad = "prod"\n}\n',
        }
    )
    codes = {
        (profile, select): [it.code for it in look(profile=profile, select=select).findings]
        for profile in (None, "recommended")
        for select in (None, ("TEST100",))
    }
    assert codes == {
        (None, None): ["TEST101"],
        (None, ("TEST100",)): ["TEST100"],
        ("recommended", None): ["TEST100", "TEST102", "TEST101"],
        ("recommended", ("TEST100",)): ["TEST100"],
    }


def test_severities_and_overrides_by_path(write: Write) -> None:
    write(
        {
            "symlint.toml": 'rules = ["lint-rules"]\nselect = ["TEST100"]\n'
            'severity = { TEST = "warning" }\n'
            '[[overrides]]\npaths = ["sandbox/**"]\nseverity = { TEST100 = "note" }\n'
            '[[overrides]]\npaths = ["legacy"]\nignore = ["TEST1"]\n',
            **{f"{name}/main.tf": CHILD for name in ("legacy", "live", "sandbox")},
        }
    )
    severities = {
        os.path.relpath(finding.range.path): finding.severity for finding in look().findings
    }
    assert severities == {"live/main.tf": "warning", "sandbox/main.tf": "note"}


def test_exclude_leaves_out_roots_files_and_named_files(write: Write) -> None:
    write(
        {
            "a/main.tf": CHILD,
            "a/generated.tf": "locals {\n  bad_generated = 1\n}\n",
            "b/main.tf": CHILD,
            "c/main.tf": 'module "child" {\n  source = "../b"\n}\n',
        }
    )
    report = look(select=("TEST100",), exclude=("b/", "generated.tf"))
    assert places(report) == [("TEST100", "a/main.tf", 2)]
    assert look("b/main.tf", select=("TEST100",), exclude=("b/",)).findings == ()
    assert look("a/generated.tf", exclude=("generated.tf",)).counts[:2] == (0, 0)


def test_what_only_an_excluded_root_calls_is_not_looked_at(write: Write) -> None:
    call = 'module "shared" {\n  source = "../shared"\n}\n'
    write({"a/main.tf": "", "b/main.tf": call, "shared/main.tf": CHILD})
    report = look(select=("TEST100",), exclude=("b/",))
    assert (report.findings, report.counts[:2]) == ((), (1, 1))
    assert report.counts.skipped_files == (("excluded", 2),)
    assert len(look(select=("TEST100",)).findings) == 1


def test_modules_after_a_downloaded_one_are_looked_at(write: Write) -> None:
    manifest = '{"Modules":[{"Key":"m","Source":"acme/m/aws","Dir":".terraform/modules/m"}]}'
    write(
        {
            "main.tf": 'module "m" {\n  source = "acme/m/aws"\n}\nmodule "n" {\n  source = "./n"\n}\n',
            ".terraform/modules/modules.json": manifest,
            ".terraform/modules/m/main.tf": CHILD,
            "n/main.tf": "# symlint: ignore-file[TEST100] agreed\n" + CHILD,
        }
    )
    report = look(select=("TEST100",))
    assert (report.findings, report.counts[:2]) == ((), (2, 2))
    assert [it.reason for it in report.suppressed] == ["agreed"]


def test_downloaded_modules_are_not_judged(write: Write) -> None:
    manifest = '{"Modules":[{"Key":"m","Source":"acme/m/aws","Dir":".terraform/modules/m"}]}'
    write(
        {
            "main.tf": 'module "m" {\n  source = "acme/m/aws"\n}\nlocals {\n  bad = 1\n}\n',
            ".terraform/modules/modules.json": manifest,
            ".terraform/modules/m/main.tf": CHILD + "a = [\n",
        }
    )
    report = look(select=("TEST100",))
    assert places(report) == [("TEST100", "main.tf", 5)]
    assert report.counts[:2] == (1, 1)


VARIABLE = 'variable "environment" {}\nlocals {\n  a = var.environment\n}\n'


def test_several_variable_files_one_after_the_other(write: Write) -> None:
    write(
        {
            "main.tf": VARIABLE,
            "prod.tfvars": 'environment = "prod"\n',
            "sandbox.tfvars": 'environment = "sandbox"\n',
            "live.tfvars": 'environment = "prod"\n',
        }
    )
    assert look(select=("TEST101",)).findings == ()
    (found,) = look(
        select=("TEST101",), variable_files=(("prod.tfvars",), ("sandbox.tfvars",))
    ).findings
    assert found.variable_files == ("prod.tfvars",)
    assert found.why == "This applies only with prod.tfvars."
    assert found.more_instances == 0
    (found,) = look(
        select=("TEST101",), variable_files=(("prod.tfvars",), ("live.tfvars",))
    ).findings
    assert (found.variable_files, found.why) == ((), "")
    together = look(select=("TEST101",), variable_files=(("prod.tfvars", "sandbox.tfvars"),))
    assert together.findings == ()
    assert len(look(select=("TEST101",), variables={"environment": "prod"}).findings) == 1


def test_variable_files_of_the_configuration_file_are_relative_to_each_root(write: Write) -> None:
    write(
        {
            "symlint.toml": 'rules = ["lint-rules"]\nselect = ["TEST101"]\n'
            'variable-files = ["prod.tfvars", "sandbox.tfvars"]\n',
            "a/main.tf": VARIABLE,
            "a/prod.tfvars": 'environment = "prod"\n',
            "b/main.tf": VARIABLE,
            "b/sandbox.tfvars": 'environment = "sandbox"\n',
            "c/main.tf": VARIABLE,
        }
    )
    report = look()
    assert places(report) == [("TEST101", "a/main.tf", 3)]
    assert report.failures == ()


def test_a_missing_variable_file_is_a_failure(write: Write) -> None:
    write({"main.tf": VARIABLE})
    report = look(variable_files=(("nowhere.tfvars",),))
    assert [Path(failure.path).name for failure in report.failures] == ["nowhere.tfvars"]
    assert report.exit_status == 3


def test_the_baseline_holds_old_findings_back(write: Write) -> None:
    from symlint.lint.suppression.baseline import create_baseline, write_baseline

    root = write({"main.tf": "locals {\n  bad = 1\n  bad_old = 1\n}\n"})
    report = look(select=("TEST100",))
    write_baseline(create_baseline(report.findings, str(root / "known.json")))
    (root / "main.tf").write_text(
        "# moved\n\nlocals {\n  bad_new = 1\n  bad = 1\n}\n", encoding="utf-8"
    )
    options = {"select": ("TEST100", "SYM906"), "baseline": "known.json"}
    report = look(**options)
    assert places(report) == [("SYM906", "known.json", 5), ("TEST100", "main.tf", 4)]
    assert [(item.kind, item.finding.address) for item in report.suppressed] == [
        ("baseline", "local.bad")
    ]
    assert places(look(**options, use_baseline=False))[0] == ("TEST100", "main.tf", 4)
    assert "SYM906" not in {
        f.code for f in look(select=("SYM906",), baseline="known.json").findings
    }
    with pytest.raises(ConfigError, match="the baseline does not exist"):
        look(baseline="nowhere.json")


def test_a_baseline_holds_no_syntax_error_back(write: Write) -> None:
    from symlint.lint.suppression.baseline import Baseline, entry_of, write_baseline

    root = write({"main.tf": "a = [\n"})
    path = str(root / "known.json")
    write_baseline(Baseline(path, {entry_of(it, path): 1 for it in look().findings}))
    assert [code for code, _, _ in places(look(baseline="known.json"))] == ["SYM001"]


def test_standard_input_stands_in_for_a_file(write: Write) -> None:
    root = write({"main.tf": "locals {\n  bad = 1\n}\n"})
    overlay = {str(root / "main.tf"): "locals {\n  fine = 1\n}\n"}
    assert look(select=("TEST100",), overlays=overlay).findings == ()
    overlay = {str(root / "new" / "main.tf"): CHILD}
    report = look("new/main.tf", select=("TEST100",), overlays=overlay)
    assert (places(report), report.failures) == ([("TEST100", "new/main.tf", 2)], ())


def test_each_path_has_its_own_configuration_file(write: Write) -> None:
    write(
        {
            "a/main.tf": CHILD,
            "b/main.tf": CHILD,
            "b/symlint.toml": 'rules = ["../lint-rules"]\nselect = ["TEST100"]\nfail-on = "never"\n'
            'severity = { TEST100 = "note" }\n',
        }
    )
    report = look("a", "b")
    assert [finding.severity for finding in report.findings] == ["error", "note", "note"]
    assert report.counts[:2] == (2, 2)
    assert look("b").exit_status == 0
    assert look("a", "b").exit_status == 1
    isolated = look("a", "b", isolated=True, select=("SYM001",))
    assert [rule.code for rule in isolated.rules] == ["SYM001"]
    isolated = look(".", isolated=True)
    assert not [rule.code for rule in isolated.rules if rule.code.startswith("TEST")]
    chosen = look("a", configuration_file="b/symlint.toml")
    assert [finding.severity for finding in chosen.findings] == ["note"]


def test_each_root_module_has_the_nearest_configuration_file(write: Write) -> None:
    nested = 'rules = ["../lint-rules"]\nselect = ["TEST100"]\nseverity = { TEST100 = "note" }\n'
    write(
        {
            "a/main.tf": CHILD,
            "b/main.tf": CHILD,
            "b/inner/main.tf": CHILD,
            "b/symlint.toml": nested + 'exclude = ["excluded"]\n',
            "b/excluded/main.tf": CHILD,
        }
    )
    steps = []
    report = lint(
        (".",), Options(all_modules=True, trust_config=True), lambda *step: steps.append(step[:2])
    )
    assert places(report) == [
        ("TEST100", "a/main.tf", 2),
        ("TEST102", "a/main.tf", 2),
        ("TEST100", "b/inner/main.tf", 2),
        ("TEST100", "b/main.tf", 2),
    ]
    assert [finding.severity for finding in report.findings] == ["error", "note", "note", "note"]
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert report.counts[:2] == (3, 3)
    assert places(look(".", "b")) == places(report)
    assert look(".", "b").counts == report.counts
    assert len(look(".", configuration_file="symlint.toml").findings) == 8
    assert places(look("b/inner")) == [("TEST100", "b/inner/main.tf", 2)]


def test_a_file_between_two_configuration_files_is_reported_once(write: Write) -> None:
    write({"a/main.tf": CHILD, "a/symlint.toml": 'rules = ["../lint-rules"]\nselect = ["TEST1"]\n'})
    report = look("a", ".")
    assert places(report) == [("TEST100", "a/main.tf", 2), ("TEST102", "a/main.tf", 2)]


def test_a_file_above_a_linted_folder_is_not_read_where_there_is_no_repository(
    write: Write,
) -> None:
    root = write({"a/x/main.tf": CHILD, "longer/main.tf": CHILD})
    (root / ".git").rmdir()
    report = look("a", "longer", select=("all",))
    assert not [rule.code for rule in report.rules if rule.code.startswith("TEST")]
    assert len(look("a", "longer", select=("TEST100",), configuration_file="symlint.toml").findings)


def test_mistakes_in_asking_are_errors(write: Write) -> None:
    write({"main.tf": ""})
    with pytest.raises(SelectionError):
        look(select=("NOTHING",))
    for text in ("1 / 0", "import sys; sys.exit(0)"):
        write({"symlint.toml": 'rules = ["broken"]\n', "broken/rules.py": f"{text}\n"})
        with pytest.raises(RegistryError, match=r"rules\.py failed"):
            look()
    write({"symlint.toml": 'select = ["NOTHING"]\n'})
    with pytest.raises(ConfigError, match=r"symlint.toml:1: no rule matches 'NOTHING'"):
        look()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'select = ["TEST"]\nrules = ["nowhere"]\n',
            r"symlint\.toml:2: the rules folder .*nowhere",
        ),
        ('plugins = [\n  "acme",\n]\n', r"symlint\.toml:2: there is no rule plug-in acme"),
    ],
)
def test_rules_that_are_not_there_are_errors_with_their_line(
    write: Write, text: str, message: str
) -> None:
    write({"symlint.toml": text})
    with pytest.raises(ConfigError, match=message):
        look()


def test_progress_is_reported(write: Write) -> None:
    root = write({"a/main.tf": "", "b/main.tf": ""})
    reported: list[tuple[int, int, str]] = []
    lint(["."], Options(all_modules=True, trust_config=True), lambda *step: reported.append(step))
    assert reported == [(0, 2, str(root / "a")), (1, 2, str(root / "b")), (2, 2, "")]


def test_a_report_on_one_configuration_file_leaves_the_exit_status_to_others(write: Write) -> None:
    root = write({"main.tf": CHILD})
    config = load_config(str(root / "symlint.toml"))
    report = lint_under([str(root)], config, Options(all_modules=True, trust_config=True))
    assert (len(report.findings), report.exit_status) == (2, 0)


def test_a_configuration_that_cannot_be_opened_is_a_failure(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write({"a/main.tf": "# symlint: ignore-file[TEST100] x\n", "b/main.tf": CHILD})

    def fail(directory: str, *rest: object) -> Configuration:
        if directory.endswith("a"):
            raise KeyError("x")
        return open_configuration(directory, *rest)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr("symlint.lint.run.config_run.open_configuration", fail)
    report = look(select=("TEST100", "SYM9"))
    (failure,) = report.failures
    assert failure.path == str(root / "a")
    assert failure.message.startswith("reading it crashed: KeyError: 'x' (test_engine.py:")
    assert failure.message.endswith("); please report this")
    assert places(report) == [("TEST100", "b/main.tf", 2)]


def test_the_python_api(write: Write) -> None:
    root = write({"main.tf": CHILD})
    report = symlint.lint(root, select="TEST100", all_modules=True, trust_config=True)
    assert places(report) == [("TEST100", "main.tf", 2)]
    # The name now stands for the package, which can be called just as well.
    again = symlint.lint([str(root)], select=["TEST100"], all_modules=True, trust_config=True)
    assert again.findings[0].title == report.findings[0].title
    assert symlint.lint(
        root, variable_files="x.tfvars", all_modules=True, trust_config=True
    ).failures

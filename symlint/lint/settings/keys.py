"""The keys of a configuration file: what each holds, by default and in words.

This table is all there is: validation, the JSON schema, the starter file and ``config show`` are
made from it.
"""

from __future__ import annotations

from symlint.annotations import Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

KeyKind: TypeAlias = Literal[
    "selectors",
    "globs",
    "paths",
    "names",
    "path",
    "boolean",
    "choice",
    "version",
    "severities",
    "variable-files",
    "catalogue",
    "overrides",
    "assertions",
    "name",
    "patterns",
    "expectations",
    "choices",
    "limit",
    "jobs",
]

MOST_JOBS: Final = 64
"""How many processes may lint at once."""


class Key(NamedTuple):
    """One key. ``default`` is None where not setting it means something of its own."""

    name: str
    kind: KeyKind
    default: object
    description: str
    example: str
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name in Python of what the key sets."""
        return _FIELDS.get(self.name, self.name.replace("-", "_"))


_FIELDS: Final = {"assert": "assertions"}
"""Keys that are words of Python."""

_SEVERITIES: Final = ("error", "warning", "note")

KEYS: Final = (
    Key(
        "select",
        "selectors",
        None,
        "The rules to run: codes, names, beginnings of codes, profiles or all. "
        "Without it, those of the profile.",
        'select = ["recommended", "SYM4"]',
    ),
    Key("ignore", "selectors", (), "Rules not to run.", 'ignore = ["SYM402"]'),
    Key(
        "profile",
        "choice",
        "recommended",
        "The rules that run by default: recommended, or strict for all that are stable.",
        'profile = "strict"',
        ("recommended", "strict"),
    ),
    Key("preview", "boolean", False, "Run rules in preview as well.", "preview = true"),
    Key(
        "severity",
        "severities",
        {},
        "Severities by rule, in place of the rules' own.",
        'severity = { SYM301 = "error" }',
    ),
    Key(
        "fail-on",
        "choice",
        "warning",
        "The lowest severity that makes the exit status 1.",
        'fail-on = "error"',
        (*_SEVERITIES, "never"),
    ),
    Key(
        "exclude",
        "globs",
        (),
        "Files and folders to exclude, as in .gitignore, relative to this file.",
        'exclude = ["legacy/", "**/examples/**"]',
    ),
    Key(
        "variable-files",
        "variable-files",
        (),
        "Variable files to check the configuration with, one after the other; files in inner "
        "brackets are loaded together. Relative to the root module.",
        'variable-files = ["prod.tfvars", ["common.tfvars", "sandbox.tfvars"]]',
    ),
    Key(
        "baseline",
        "path",
        None,
        "The baseline: a file of findings to suppress, relative to this file.",
        'baseline = "symlint-baseline.json"',
    ),
    Key(
        "required-version",
        "version",
        None,
        "The versions of symlint that this file is written for.",
        'required-version = ">= 0.1"',
    ),
    Key(
        "rules",
        "paths",
        (),
        "Folders with rules of your own, relative to this file. Their code is run, so it counts only "
        "with --trust-config, or where --rules names the folder too.",
        'rules = ["lint-rules"]',
    ),
    Key(
        "plugins",
        "names",
        (),
        "Installed rule plug-ins to load (entry points of the group symlint.rules). Their code is run, "
        "so it counts only with --trust-config, or where --plugin names it too.",
        'plugins = ["acme"]',
    ),
    Key(
        "jobs",
        "jobs",
        "auto",
        "How many processes lint root modules at once: a number, at most one for each processor, "
        "or auto, which is one for each where there are many root modules.",
        "jobs = 4",
    ),
    Key(
        "catalogue",
        "catalogue",
        {},
        "Types and modules of your own, in the form of symlint's catalogue.",
        "# [catalogue.targets.my_target]\n# settings = { role = { required = true } }",
    ),
    Key(
        "overrides",
        "overrides",
        (),
        "Other rules and severities for some paths (globs relative to this file).",
        '# [[overrides]]\n# paths = ["sandbox/**"]\n# ignore = ["SYM5"]',
    ),
    Key(
        "assert",
        "assertions",
        (),
        "What must hold of the access that is granted; SYM701 says where it does not.",
        '# [[assert]]\n# name = "nobody approves alone"\n# expect = { self-approval = false }',
    ),
)

ASSERTION_KEYS: Final = (
    Key(
        "name",
        "name",
        None,
        "What the assertion is called.",
        'name = "production needs two people"',
    ),
    Key(
        "flows",
        "patterns",
        {},
        "Only grants of flows whose name, label, environment or strategy-type matches.",
        'flows = { environment = "prod*" }',
        ("name", "label", "environment", "strategy-type"),
    ),
    Key(
        "targets",
        "patterns",
        {},
        "Only grants of targets whose type, name or label matches.",
        'targets = { type = "aws_sso_permission_set" }',
        ("type", "name", "label"),
    ),
    Key(
        "setting",
        "patterns",
        {},
        "Only grants of targets whose settings match.",
        'setting = { permission_set_arn = "*AdminAccess*" }',
    ),
    Key(
        "expect",
        "expectations",
        None,
        "What must hold of each of these grants.",
        'expect = { self-approval = false, longest = "<= 1h" }',
    ),
    Key(
        "severity",
        "choice",
        "error",
        "How severe it is where that does not hold.",
        'severity = "warning"',
        _SEVERITIES,
    ),
    Key(
        "on-unknown",
        "choice",
        "ignore",
        "How severe it is where that cannot be known.",
        'on-unknown = "warning"',
        (*_SEVERITIES, "ignore"),
    ),
    Key(
        "allow-empty",
        "boolean",
        False,
        "Whether it may be about no grant at all; SYM702 reports that otherwise.",
        "allow-empty = true",
    ),
)

EXPECT_KEYS: Final = (
    Key(
        "self-approval",
        "boolean",
        None,
        "Whether who asks can approve alone.",
        "self-approval = false",
    ),
    Key(
        "automatic",
        "choices",
        None,
        "When access is given without approval.",
        'automatic = ["never", "conditional"]',
        ("never", "conditional", "always"),
    ),
    Key(
        "approve-at-most",
        "choice",
        None,
        "Who may approve, at most.",
        'approve-at-most = "member"',
        ("admin", "member", "all-users", "guests"),
    ),
    Key("longest", "limit", None, "The longest time that can be asked for.", 'longest = "<= 1h"'),
    Key(
        "ends",
        "choices",
        None,
        "What ends access, each of them.",
        'ends = ["by time"]',
        ("by time", "by hand"),
    ),
    Key("flows", "names", None, "The only flows that may grant it.", 'flows = ["aws-sso-access"]'),
    Key("logged", "boolean", None, "Whether there is a log destination.", "logged = true"),
    Key("notified", "boolean", None, "Whether somebody is told of a request.", "notified = true"),
    Key("gated", "boolean", None, "Whether a hook can refuse an approval.", "gated = true"),
)

OVERRIDE_KEYS: Final = (
    Key("paths", "globs", (), "The paths that this applies to.", 'paths = ["sandbox/**"]'),
    Key("ignore", "selectors", (), "Rules whose findings there are dropped.", 'ignore = ["SYM5"]'),
    Key(
        "severity",
        "severities",
        {},
        "Severities by rule for findings there.",
        'severity = { SYM301 = "note" }',
    ),
)

"""The program as the operating system sees it: imports, pipes, signals, colour, exit status."""

import contextlib
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from support.processes.measuring import measured

FIXTURES = Path(__file__).parent.parent / "fixtures"

HEAVY = {
    "asyncio", "click", "dataclasses", "decimal", "difflib", "hashlib", "hcl2", "http", "importlib.metadata",
    "ipaddress", "json", "lark", "markdown_it", "networkx", "pathlib", "pygments", "rich",
    "subprocess", "symlint.rules", "tempfile", "textwrap", "tomllib", "typing", "urllib", "xml", "yaml",
}  # fmt: skip  # as many a line as fit
"""Modules that cost a noticeable part of a run."""

CLICK = {"click", "typing"}
# click wraps the text of its help with textwrap.
HELP = {*CLICK, "textwrap"}
ALLOWED: dict[tuple[str, ...], set[str]] = {
    ("--version",): set(),
    ("--help",): {"textwrap"},
    ("check", "--help"): HELP,
    ("config", "--help"): HELP,
    ("completion", "bash"): CLICK,
    ("rules",): {"symlint.rules"},
    ("rules", "--format", "json"): {*CLICK, "symlint.rules", "json", "textwrap"},
    ("explain", "SYM101"): {"symlint.rules", "textwrap"},
    ("aws_iam",): {"symlint.rules"},
    ("check", "--", "aws_iam/flow.tf"): {"symlint.rules"},
    ("aws_iam", "--format", "json"): {*CLICK, "symlint.rules", "json", "hashlib"},
}
"""What each command may import of them."""

BROKEN = 'output "x" {\n  value = local.nowhere\n}\nresource "sym_flow" "this" {}\n'


def symlint(
    *arguments: str, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "symlint", *arguments],
        cwd=cwd,
        env=clean_environment() | (environment or {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def clean_environment() -> dict[str, str]:
    unwanted = ("CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM_PROGRAM")
    return {name: text for name, text in os.environ.items() if name not in unwanted}


def imported(*command: str, cwd: Path = FIXTURES) -> set[str]:
    """The modules that a Python process imports, with all packages that they are in."""
    result = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=clean_environment(),
    )
    names = re.findall(r"^import time:.*\| +(\S+)$", result.stderr, re.MULTILINE)
    return {name[: end.start()] for name in names for end in re.finditer(r"\.|$", name)}


@cache
def imported_by_python() -> set[str]:
    """What the interpreter and an editable installation import by themselves."""
    return imported("-c", "pass")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration and no pyproject.toml above, which would have to be read."""
    folder = tmp_path_factory.mktemp("imports")
    shutil.copytree(FIXTURES / "aws_iam", folder / "aws_iam")
    return folder


@pytest.mark.parametrize("arguments", ALLOWED, ids=" ".join)
def test_command_imports_nothing_heavy(arguments: tuple[str, ...], folder: Path) -> None:
    found = imported("-m", "symlint", *arguments, cwd=folder) - imported_by_python()
    assert "symlint.cli.running" in found
    assert found & HEAVY <= ALLOWED[arguments]


MOST_MODULES = {
    ("--version",): 10,
    ("--help",): 19,
    ("rules",): 50,
    ("explain", "SYM101"): 52,
    ("aws_iam",): 406,
}
"""How many modules of symlint a command may import; each takes a thousandth of a clean run."""
COUNTING = (
    "import atexit, sys\n"
    "atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))\n"
    "from symlint.cli.main import main\n"
    "main()\n"
)


@pytest.mark.parametrize("arguments", MOST_MODULES, ids=" ".join)
def test_command_imports_few_modules(arguments: tuple[str, ...], folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", COUNTING, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=clean_environment(),
    )
    own = [name for name in result.stderr.split() if name.startswith("symlint")]
    assert "symlint.cli.running" in own
    assert len(own) <= MOST_MODULES[arguments], len(own)


# --- pipes and signals ---


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_findings_are_status_1_and_a_missing_path_is_3(broken: Path) -> None:
    result = symlint(cwd=broken)
    assert result.returncode == 1
    assert "error[SYM101]" in result.stdout
    assert symlint("missing", cwd=broken).returncode == 3
    assert symlint("--select", "SYM777", cwd=broken).returncode == 2


def test_clean_configuration_is_status_0() -> None:
    result = symlint(str(FIXTURES / "aws_iam"), cwd=FIXTURES)
    assert result.stderr == ""
    assert result.returncode == 0, result.stdout
    assert result.stdout.startswith("No problems found.\nLooked at ")


@pytest.mark.parametrize("arguments", [[], ["--format", "json"], ["rules"], ["--help"]])
def test_reader_that_goes_away_is_no_matter(broken: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "symlint", *arguments],
            cwd=broken,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            env=clean_environment(),
        )
    finally:
        os.close(writer)
    assert result.stderr == b""
    assert result.returncode == 141


def watch(*arguments: str, cwd: Path, libraries: Path | None = None) -> subprocess.Popen[bytes]:
    """A process that an interrupt reaches even where the tests run in the background of a shell."""
    return subprocess.Popen(
        [sys.executable, *measured(), "-m", "symlint", "--watch", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment() | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(libraries or "")},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.fixture
def no_watchfiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of libraries that hides watchfiles."""
    folder = tmp_path_factory.mktemp("libraries")
    (folder / "watchfiles.py").write_text("raise ImportError\n", encoding="utf-8")
    return folder


def test_interrupt_is_quiet_and_status_130(broken: Path) -> None:
    process = watch(cwd=broken)
    assert process.stderr is not None
    assert b"Watching" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert b"SYM101" in out
    assert b"Traceback" not in err
    assert process.returncode == 130


@pytest.mark.parametrize("with_watchfiles", [True, False])
def test_watch_lints_again_when_a_file_changes(
    broken: Path, no_watchfiles: Path, with_watchfiles: bool
) -> None:
    libraries = None if with_watchfiles else no_watchfiles
    process = watch("--quiet", cwd=broken, libraries=libraries)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        assert b"Watching" in said
        assert (b"symlint[watch]" in said) is not with_watchfiles
        time.sleep(0.05)
        (broken / "more.tf").write_text(
            'output "y" {\n  value = local.elsewhere\n}\n', encoding="utf-8"
        )
        assert b"Watching" in process.stderr.readline()
    finally:
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    assert out.count(b"local.nowhere") > 1
    assert b"local.elsewhere" in out


# --- colour and encoding ---


PATIENT = """
from symlint.cli import main, progress
progress.PATIENCE = 3600.0
main.main()
"""
"""The command, except that no machine is so busy that its short runs get a progress bar."""


def on_terminal(*arguments: str, cwd: Path, environment: dict[str, str] | None = None) -> str:
    """What the command writes to a terminal."""
    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT, *arguments],
        cwd=cwd,
        stdin=other,
        stdout=other,
        stderr=other,
        env=clean_environment() | {"TERM": "xterm-256color"} | (environment or {}),
    )
    os.close(other)
    written = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    os.close(main)
    process.wait(timeout=60)
    return written.decode()


def test_access_is_a_table_on_a_wide_terminal_only() -> None:
    okta = str(FIXTURES / "okta")
    wide, narrow = {"COLUMNS": "140"}, {"COLUMNS": "120"}
    assert "╭──" in on_terminal("access", okta, cwd=FIXTURES, environment=wide)
    assert "╭──" not in on_terminal("access", okta, cwd=FIXTURES, environment=narrow)
    everything = ("--columns", "grants,ends,approve,gates,automatic,recorded,session,through")
    assert "╭──" not in on_terminal("access", *everything, okta, cwd=FIXTURES, environment=wide)
    assert "╭──" not in symlint("access", okta, cwd=FIXTURES, environment=wide).stdout


def test_color_on_a_terminal_only(broken: Path) -> None:
    assert "\x1b" not in symlint(cwd=broken).stdout
    assert "\x1b[1;31merror[SYM101]" in on_terminal(cwd=broken)
    assert "\x1b" not in on_terminal(cwd=broken, environment={"NO_COLOR": "1"})
    assert "\x1b[" in symlint(cwd=broken, environment={"FORCE_COLOR": "1"}).stdout


def test_links_where_the_terminal_is_known_to_follow_them(broken: Path) -> None:
    assert "\x1b]8;;" not in on_terminal(cwd=broken)
    linked = on_terminal(cwd=broken, environment={"TERM": "xterm-kitty"})
    assert f"\x1b]8;;{(broken / 'main.tf').as_uri()}\x1b\\main.tf:2:" in linked


def test_explain_is_rendered_on_a_terminal_and_markdown_elsewhere(tmp_path: Path) -> None:
    assert symlint("explain", "SYM101", cwd=tmp_path).stdout.startswith("# SYM101")
    rendered = on_terminal("explain", "SYM101", cwd=tmp_path)
    assert "\x1b[" in rendered
    assert "```" not in rendered
    assert "undeclared-reference" in rendered


def test_long_page_goes_through_the_pager_of_a_terminal(tmp_path: Path) -> None:
    pager = {"PAGER": "sed -e s/^/paged:/"}
    sized = "stty rows 20 cols 90; exec "
    program = f"{sized} {sys.executable} -m symlint explain SYM101"
    main, other = pty.openpty()
    process = subprocess.Popen(
        ["sh", "-c", program],
        cwd=tmp_path,
        stdin=other,
        stdout=other,
        stderr=other,
        env=clean_environment() | {"TERM": "xterm-256color"} | pager,
        start_new_session=True,
    )
    os.close(other)
    with contextlib.suppress(OSError):  # Linux says so at the end of the output
        written = b""
        while part := os.read(main, 65_536):
            written += part
    os.close(main)
    assert process.wait(timeout=60) == 0
    assert written.count(b"paged:") > 20


def test_short_runs_have_no_progress_bar(broken: Path) -> None:
    assert "\r" not in on_terminal(cwd=broken).replace("\r\n", "\n")


def test_ascii_output_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'output "x" {\n  value = local.ключ # 漢字\n}\n' + BROKEN, encoding="utf-8"
    )
    environment = {"PYTHONIOENCODING": "ascii"}
    result = symlint(cwd=tmp_path, environment=environment)
    assert result.returncode == 1
    assert "\\u043a" in result.stdout


def test_other_folder_than_the_linted_one(broken: Path) -> None:
    inner = broken / "inner"
    inner.mkdir()
    assert f"--> {broken}/main.tf:2:" in symlint("..", cwd=inner).stdout
    assert "--> main.tf:2:" in symlint(str(broken), cwd=broken).stdout


def test_current_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'rmdir ../gone && exec "$0" -m symlint'
    result = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable],
        cwd=gone,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=clean_environment(),
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "symlint: the current folder no longer exists\n"


# --- standard input ---


def test_standard_input(broken: Path) -> None:
    command = [sys.executable, "-m", "symlint", "-", "--stdin-filename", "main.tf", "-f", "concise"]
    result = subprocess.run(
        command,
        cwd=broken,
        input=BROKEN.replace("nowhere", "unsaved"),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=clean_environment(),
    )
    assert 'local "unsaved" is not declared' in result.stdout
    assert "nowhere" not in result.stdout
    assert result.stdout.startswith("main.tf:2:")


# --- the other commands, on real files ---


@pytest.fixture
def fixture_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES / "aws_iam", tmp_path / "aws_iam"))


def test_graph(fixture_copy: Path) -> None:
    result = symlint("graph", "--around", "sym_target.billing", cwd=fixture_copy)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("digraph references {")
    assert '"sym_flow.iam" -> "sym_strategy.iam"' in result.stdout
    assert '"sym_integration.slack"' not in result.stdout


def test_graph_of_what_there_is_not(fixture_copy: Path) -> None:
    result = symlint("graph", "--around", "sym_target.biling", cwd=fixture_copy)
    assert result.returncode == 2
    assert "Did you mean sym_target.billing?" in result.stderr


def test_graph_of_what_cannot_be_read_is_not_to_be_trusted(fixture_copy: Path) -> None:
    (fixture_copy / "broken.tf").write_text("locals {\n  b = \n}\n", encoding="utf-8")
    result = symlint("graph", cwd=fixture_copy)
    assert result.returncode == 3
    assert '"sym_flow.iam" -> "sym_strategy.iam"' in result.stdout
    assert result.stderr.startswith("failed: broken.tf: 2:7: expected an expression")


def test_graph_of_several_roots() -> None:
    result = symlint("graph", ".", cwd=FIXTURES)
    assert result.returncode == 2
    assert "aws_iam" in result.stderr


def test_baseline_holds_back_and_is_pruned(broken: Path) -> None:
    assert symlint("baseline", "create", cwd=broken).returncode == 0
    held = symlint("--baseline", "symlint-baseline.json", cwd=broken)
    assert held.returncode == 0, held.stdout
    assert "suppressed" in held.stdout
    (broken / "main.tf").write_text("# moved\n" + BROKEN, encoding="utf-8")
    assert symlint("--baseline", "symlint-baseline.json", cwd=broken).returncode == 0
    (broken / "main.tf").write_text(BROKEN.replace("local.nowhere", "1"), encoding="utf-8")
    assert "Removed 1 finding " in symlint("baseline", "prune", cwd=broken).stdout


# --- completion ---


def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    script = """
        compopt() { :; }
        eval "$(symlint completion bash)"
        COMP_WORDS=(symlint "$@"); COMP_CWORD=$#; COMPREPLY=()
        _symlint_completion symlint
        echo "${COMPREPLY[@]}"
    """

    program = tmp_path / "symlint"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m symlint "$@"\n', encoding="utf-8")
    program.chmod(0o755)

    def complete(*words: str) -> list[str]:
        result = subprocess.run(
            [bash, "-c", script, "bash", *words],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=True,
            env=clean_environment() | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        )
        return result.stdout.split()

    assert complete("rul") == ["rules"]
    assert complete("--format", "sa") == ["sarif"]
    assert "--fail-on" in complete("--fa")
    assert "SYM101" in complete("explain", "SYM1")


def completed(tmp_path: Path, shell: str, script: str) -> list[str]:
    """What a real shell offers, one line each."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"needs {shell}")
    (tmp_path / "symlint").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m symlint "$@"\n', encoding="utf-8"
    )
    (tmp_path / "symlint").chmod(0o755)
    (tmp_path / "main.tf").write_text("", encoding="utf-8")
    result = subprocess.run(
        [program, *(["-f"] if shell == "zsh" else ["--no-config"]), "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=clean_environment()
        | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)},
    )
    return result.stdout.splitlines()


ZSH = """
    autoload -Uz compinit; compinit -u; eval "$(symlint completion zsh)"
    compadd() { print -rl -- $completions }
    _describe() { print -rl -- $completions_with_descriptions }
    _path_files() { print FILES }
    words=(WORDS); CURRENT=$#words; _symlint_completion
"""


def test_zsh_completes_commands_beside_files(tmp_path: Path) -> None:
    offered = completed(tmp_path, "zsh", ZSH.replace("WORDS", "symlint ''"))
    assert "FILES" in offered
    assert "check:Lint configurations; what symlint PATH... does." in offered
    assert any(
        it.startswith("SYM201:")
        for it in completed(tmp_path, "zsh", ZSH.replace("WORDS", "symlint explain SYM20"))
    )


def test_fish_keeps_commas_in_descriptions(tmp_path: Path) -> None:
    script = 'symlint completion fish | source; complete -C "symlint "'
    offered = completed(tmp_path, "fish", script)
    assert "access\tShow who can get what, and who lets them." in offered
    assert "main.tf" in offered


# --- repairs ---


@pytest.fixture
def wrecked(fixture_copy: Path) -> Path:
    """A configuration with one mistake, which ``--fix=all`` repairs."""
    flow = fixture_copy / "flow.tf"
    text = flow.read_text(encoding="utf-8")
    assert text.count('"aws_iam"') == 1
    flow.write_text(text.replace('"aws_iam"', '"okta"'), encoding="utf-8")
    return fixture_copy


ONLY = ("--select", "SYM201")


def test_diff_is_a_patch_and_writes_nothing(wrecked: Path) -> None:
    before = (wrecked / "flow.tf").read_text(encoding="utf-8")
    result = symlint(*ONLY, "--fix=all", "--diff", cwd=wrecked)
    assert result.returncode == 1
    assert '-  type           = "okta"\n+  type           = "aws_iam"\n' in result.stdout
    assert result.stdout.startswith("--- a/flow.tf\n+++ b/flow.tf\n")
    assert "Would fix 1 finding in 1 file; 0 would remain." in result.stderr
    assert (wrecked / "flow.tf").read_text(encoding="utf-8") == before
    patch = shutil.which("patch")
    if patch:
        subprocess.run(
            [patch, "-p1"],
            cwd=wrecked,
            input=result.stdout,
            encoding="utf-8",
            check=True,
        )
        assert symlint(*ONLY, cwd=wrecked).returncode == 0


def test_fix_repairs_once(wrecked: Path) -> None:
    assert symlint(*ONLY, "--fix", cwd=wrecked).returncode == 1, "the fix is not a safe one"
    result = symlint(*ONLY, "--fix=all", cwd=wrecked)
    assert result.returncode == 0
    assert result.stderr.startswith("Fixed 1 finding:\n  flow.tf:")
    assert (wrecked / "flow.tf").read_text(encoding="utf-8") == (
        FIXTURES / "aws_iam" / "flow.tf"
    ).read_text(encoding="utf-8")
    assert symlint(*ONLY, "--fix=all", cwd=wrecked).stderr == ""


def test_file_that_cannot_be_repaired(wrecked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from symlint.cli import running
    from symlint.source import writing

    def refuse(replacement: writing.Replacement) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.Replacement, "take_place", refuse)
    monkeypatch.chdir(wrecked)
    assert running.run([*ONLY, "--fix=all"]) == 3

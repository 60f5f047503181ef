"""Closed streams, full disks, signals and absurd environments: one sentence and the right status."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "symlint"]
FIXTURES = Path(__file__).parent.parent / "fixtures"
BROKEN = 'output "x" {\n  value = local.nowhere\n}\nresource "sym_flow" "this" {}\n'


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def environment(**changes: str) -> dict[str, str]:
    unwanted = ("CI", "GITHUB_ACTIONS", "FORCE_COLOR", "COLUMNS", "PYTHONWARNDEFAULTENCODING")
    kept = {name: text for name, text in os.environ.items() if name not in unwanted}
    return kept | changes


def shell(
    script: str, *arguments: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A script in which ``"$@"`` is the command."""
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", *COMMAND, *arguments],
        cwd=cwd,
        env=environment() if env is None else env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def assert_calm(result: subprocess.CompletedProcess[str], status: int) -> None:
    assert result.returncode == status, result.stderr
    for word in ("Traceback", "bug", "ignored", "Error:"):
        assert word not in result.stderr


COMMANDS = [
    [],
    ["--format", "json"],
    ["--version"],
    ["--help"],
    ["rules"],
    ["explain", "SYM101"],
    ["graph"],
    ["trace"],
    ["config", "show"],
    ["completion", "bash"],
]

# --- streams ---


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_full_disk(broken: Path, arguments: list[str]) -> None:
    result = shell('"$@" > /dev/full', *arguments, cwd=broken)
    assert_calm(result, 3)
    said = "symlint: cannot write to standard output: no space left on device\n"
    assert result.stderr.endswith(said)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["rules"]], ids=" ".join)
def test_closed_output(broken: Path, arguments: list[str]) -> None:
    result = shell('"$@" >&-', *arguments, cwd=broken)
    assert_calm(result, 3)
    assert result.stderr.endswith("symlint: cannot write to standard output: it is closed\n")


@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
def test_closed_output_is_no_matter_where_nothing_is_written_to_it(
    broken: Path, where: str
) -> None:
    result = shell(f'"$@" {where}', "--format", "json", "--output", "out.json", cwd=broken)
    assert_calm(result, 1)
    assert json.loads((broken / "out.json").read_text("utf-8"))["summary"]["errors"] > 0


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "<&-"])
def test_closed_error_or_input_changes_nothing(broken: Path, where: str) -> None:
    usual = shell('"$@"', cwd=broken)
    assert_calm(result := shell(f'"$@" {where}', cwd=broken), 1)
    assert result.stdout == usual.stdout
    assert shell(f'"$@" {where}', "missing", cwd=broken).returncode == 3
    assert shell(f'"$@" {where}', "--no-such-option", cwd=broken).returncode == 2


def test_all_streams_closed(broken: Path) -> None:
    result = shell('"$@" <&- >&- 2>&-', cwd=broken)
    assert (result.returncode, result.stdout, result.stderr) == (3, "", "")
    assert (broken / "main.tf").read_text("utf-8") == BROKEN


def test_closed_input_that_is_to_be_read(broken: Path) -> None:
    result = shell('"$@" <&-', "-", cwd=broken)
    assert result.returncode == 2
    assert "Cannot read standard input: Bad file descriptor." in result.stderr
    assert "Traceback" not in result.stderr


def test_output_that_does_not_block(broken: Path) -> None:
    """A pipe that its reader has made one that does not block, and that is full for a while."""
    many = "".join(f'output "x{n}" {{\n  value = local.nowhere{n}\n}}\n' for n in range(400))
    (broken / "more.tf").write_text(many, encoding="utf-8")
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    process = subprocess.Popen(
        [*COMMAND, "--format", "json"], cwd=broken, stdout=writer, env=environment()
    )
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as file:
        assert len(json.load(file)["findings"]) > 400
    assert process.wait(timeout=60) == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_reader_that_leaves_after_the_first_line(broken: Path, unbuffered: str) -> None:
    many = "".join(f'output "x{n}" {{\n  value = local.nowhere{n}\n}}\n' for n in range(400))
    (broken / "more.tf").write_text(many, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "--format", "json"],
        cwd=broken,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED=unbuffered),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141


def test_output_that_is_no_file(broken: Path) -> None:
    script = (
        "import io, sys\n"
        "sys.stdout = text = io.StringIO()\n"
        "from symlint.cli.main import main\n"
        "try:\n    main([])\n"
        "except SystemExit as exit_:\n    assert exit_.code == 1\n"
        "assert 'SYM101' in text.getvalue()\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=broken, env=environment(), check=True)


# --- signals ---

SIGNALLED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})

import symlint.fast_import
symlint.fast_import.import_fast()
sys.meta_path.insert(0, Finder())
sys.argv[1:] = {arguments!r}
from symlint.cli.main import main
main()
"""
CLICK = ["click", "symlint.cli.group", "symlint.cli.commands.check"]
MODULES = [
    "signal" if "signal" not in sys.modules else "symlint.cli.streams",
    "symlint.cli.streams",
    *CLICK,
    "symlint.lint.run.engine",
    "symlint.rules",
    "symlint.terraform.expressions.evaluate",
    "symlint.report.formats.text",
]


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_while_modules_are_imported(broken: Path, module: str, number: int) -> None:
    arguments = ["check", "--statistics"] if module in CLICK else []
    script = SIGNALLED.format(module=module, number=int(number), arguments=arguments)
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=broken,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert_calm(result, 128 + number)
    assert result.stderr.strip() == ""


def test_second_signal_ends_the_process_at_once(broken: Path) -> None:
    script = (
        "import os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from symlint.cli import stopping\n"
        "stopping.heed_signals()\n"
        "try:\n    os.kill(os.getpid(), signal.SIGTERM)\n"
        "except KeyboardInterrupt as stopped:\n"
        "    assert stopping.status_of(stopped) == 143\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=broken, env=environment(), check=False, timeout=60
    )
    assert result.returncode == -signal.SIGINT


def test_signals_that_are_ignored_stay_ignored(broken: Path) -> None:
    script = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from symlint.cli import stopping\n"
        "stopping.heed_signals()\n"
        "assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=broken, env=environment(), check=True)


# --- the interpreter and the environment ---


def test_what_is_registered_for_the_end_of_the_process_is_done(broken: Path) -> None:
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: sys.stderr.write('done'))\n"
        "del sys.argv[1:]\n"
        "from symlint.cli.main import main\n"
        "main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=broken,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr) == (1, "done")


def test_without_assertions_and_docstrings(broken: Path) -> None:
    def run(*arguments: str, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
        result = subprocess.run(
            [sys.executable, *options, "-m", "symlint", *arguments],
            cwd=broken,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        return result.returncode, result.stdout, result.stderr

    for arguments in (
        (str(FIXTURES / "broken"),),
        ("--format", "sarif"),
        ("explain", "SYM201"),
        ("--help",),
    ):
        assert run(*arguments, options=("-OO",)) == run(*arguments)


ENVIRONMENTS: dict[str, dict[str, str]] = {
    "nothing": {},
    "C": {"LC_ALL": "C", "LANG": "C"},
    "ASCII": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "no such locale": {"LC_ALL": "xx_XX.nothing"},
    "no terminal": {"TERM": "", "HOME": "/nonexistent"},
    "strange terminal": {"TERM": "\x1b[31m", "TERM_PROGRAM": "x" * 1000, "VTE_VERSION": "²"},
    "warnings are errors": {"PYTHONWARNINGS": "error"},
    "development mode": {"PYTHONDEVMODE": "1"},
    "options as variables": {
        "SYMLINT_FORMAT": "nonsense",
        "SYMLINT_CHECK_FAIL_ON": "nonsense",
        "SYMLINT_PATHS": "/nonexistent",
    },
    "width 0": {"COLUMNS": "0"},
    "width 1": {"COLUMNS": "1"},
    "negative width": {"COLUMNS": "-5"},
    "width of many digits": {"COLUMNS": "9" * 5000},
    "width of other digits": {"COLUMNS": "²³"},
    "colours": {"NO_COLOR": "", "FORCE_COLOR": "no", "CLICOLOR_FORCE": "\x1b"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environment(broken: Path, name: str) -> None:
    result = shell('"$@"', cwd=broken, env=ENVIRONMENTS[name])
    assert_calm(result, 1)
    assert "SYM101" in result.stdout
    assert_calm(shell('"$@"', "--help", cwd=broken, env=ENVIRONMENTS[name]), 0)


def test_few_files_may_be_open(tmp_path: Path) -> None:
    for number in range(150):
        (tmp_path / f"root{number}").mkdir()
        (tmp_path / f"root{number}" / "main.tf").write_text(BROKEN, encoding="utf-8")
    result = shell('ulimit -n 64; "$@"', "--format", "json", cwd=tmp_path)
    assert_calm(result, 1)
    summary = json.loads(result.stdout)["summary"]
    assert (summary["files"], summary["failures"]) == (150, 0)


def test_folder_that_cannot_be_written(broken: Path) -> None:
    broken.chmod(0o555)
    try:
        assert_calm(shell('"$@"', cwd=broken), 1)
        if os.geteuid():
            assert_calm(shell('"$@"', "--output", "sarif=out.sarif", cwd=broken), 2)
    finally:
        broken.chmod(0o755)


@pytest.mark.parametrize("how", ["x", "bash_complete", "bash_nothing", "\x1b[31m"])
def test_completion_that_no_shell_asked_for(broken: Path, how: str) -> None:
    result = shell('"$@"', cwd=broken, env=environment(_SYMLINT_COMPLETE=how))
    assert_calm(result, 2)
    assert result.stderr.startswith("symlint: _SYMLINT_COMPLETE is set")

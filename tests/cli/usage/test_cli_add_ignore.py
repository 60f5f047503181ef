"""``--add-ignore REASON``: comments that suppress what is found, and nothing else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

BROKEN = Path(__file__).parents[2] / "fixtures" / "broken"


@pytest.fixture
def copy(in_folder: None) -> None:
    shutil.copytree(BROKEN, ".", dirs_exist_ok=True)


def test_each_finding_gets_a_comment(symlint: Run, copy: None) -> None:
    assert symlint().exit_code == 1
    result = symlint("--add-ignore", "from before")
    assert result.exit_code == 0
    assert "5 findings suppressed" in result.stdout
    assert result.stderr.startswith("Added comments for 5 findings:\n  access.tf:18:23: SYM301\n")
    text = Path("access.tf").read_text("utf-8")
    assert '= "prod" # symlint: ignore[SYM301] from before\n' in text
    assert "# symlint: ignore[SYM609] from before\n" in Path("impl.py").read_text("utf-8")
    assert symlint("--select", "all").exit_code == 0, "no comment is unused or without a reason"


def test_what_is_selected_alone(symlint: Run, copy: None) -> None:
    symlint("--select", "SYM3", "--add-ignore", "later")
    text = Path("access.tf").read_text("utf-8")
    assert text.count("# symlint:") == 2


def test_several_findings_of_one_line_share_a_comment(symlint: Run) -> None:
    Path("main.tf").write_text('output "a" {\n  value = [local.b, sym_flow.c]\n}\n', "utf-8")
    before = symlint("--all-modules", "-fconcise").stdout.splitlines()
    assert len(before) == 2
    assert symlint("--all-modules", "--add-ignore", "later").exit_code == 0
    assert Path("main.tf").read_text("utf-8").count("# symlint:") == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_text_of_a_heredoc_is_left_alone(symlint: Run, newline: str) -> None:
    lines = [
        'output "a" {',
        "  value = <<EOT",
        "${local.b}",
        "EOT",
        "}",
        'output "b" {',
        "  value = local.c",
        "}",
        "",
    ]
    Path("main.tf").write_bytes(newline.join(lines).encode())
    result = symlint("--all-modules", "--add-ignore", "later")
    assert result.exit_code == 1
    assert "no comment can stand at main.tf:3:" in result.stderr
    lines[6] += " # symlint: ignore[SYM101] later"
    assert Path("main.tf").read_bytes() == newline.join(lines).encode()


def test_json_has_no_comments(symlint: Run) -> None:
    text = '{"output": {"a": {"value": "${local.b}"}}}\n'
    Path("main.tf.json").write_text(text, "utf-8")
    assert symlint("--all-modules", "--add-ignore", "later").exit_code == 1
    assert Path("main.tf.json").read_text("utf-8") == text


@pytest.mark.parametrize(
    "arguments",
    [
        ["--add-ignore", " "],
        ["--add-ignore", "a\nb"],
        ["--add-ignore", "--diff"],
        ["--add-ignore", "x", "--fix"],
        ["-", "--add-ignore", "x"],
    ],
)
def test_wrong_usage(symlint: Run, copy: None, arguments: list[str]) -> None:
    assert symlint(*arguments, standard_input=b"").exit_code == 2
    assert "# symlint" not in Path("access.tf").read_text("utf-8")

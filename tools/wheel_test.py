"""Build the wheel, install it in an empty environment, and use it as a stranger would.

Run: ``python -m tools.wheel_test``. Checks that the installed wheel gives the same output as this
checkout when run from another folder, and that it works from a read-only installation run by a
user who owns nothing. That user takes root to become, and a Python that everybody may run; without
them the owner runs the installation, and the last line says so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.environment import make_environment

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "fixtures" / "aws_iam"
OTHER_USER = "nobody"


def run(*command: str | Path, cwd: Path, user: str | None = None) -> str:
    """The standard output of a command; raises when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        user=user,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": "/nonexistent" if user else str(cwd)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        sys.exit(
            f"{' '.join(map(str, command))} exited with {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def build(folder: Path) -> Path:
    """The wheel, built from a source distribution as a release would be."""
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"no wheel can be built:\n{done.stdout}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """The folder of the scripts of a new environment that holds the wheel and nothing else."""
    python = make_environment(folder)
    subprocess.run([python, "-m", "pip", "install", "-qq", wheel], check=True)
    return python.parent


def make_read_only(folder: Path) -> None:
    """Take the right to write from every file and folder below ``folder``."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222 | 0o444)


def another_user(python: Path) -> str | None:
    """A user who owns nothing and may run ``python``; none when there is no such user."""
    if os.geteuid() != 0 or OTHER_USER not in {entry.pw_name for entry in pwd.getpwall()}:
        return None
    try:
        run(python, "-c", "", cwd=python.parent, user=OTHER_USER)
    except PermissionError:  # an interpreter in root's home
        return None
    return OTHER_USER


def main() -> None:
    """Run the whole check; exits with a message when something differs."""
    with tempfile.TemporaryDirectory(prefix="symlint-wheel-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        scripts = install(build(folder / "dist"), folder / "environment")
        elsewhere = folder / "elsewhere"
        shutil.copytree(EXAMPLE, elsewhere / "example")
        expected = run(sys.executable, "-m", "symlint", "example", cwd=elsewhere)
        for arguments in ([], ["--parser", "python-hcl2"]):
            found = run(scripts / "symlint", "example", *arguments, cwd=elsewhere)
            if found != expected:
                sys.exit(f"the wheel says\n{found}\nthis checkout says\n{expected}")
        run(scripts / "python", "-c", "import yaml._yaml", cwd=elsewhere)  # libyaml came along
        make_read_only(folder / "environment")
        user = another_user(scripts / "python")
        for arguments in ([], ["--parser", "python-hcl2"], ["--format", "json"]):
            run(scripts / "symlint", "example", *arguments, cwd=elsewhere, user=user)
        run(scripts / "symlint", "explain", "SYM201", cwd=elsewhere, user=user)
        for path in folder.rglob("*"):  # so that the temporary folder can be removed
            if not path.is_symlink() and path.is_dir():
                path.chmod(0o755)
    whom = user or f"its owner (no other user may run {Path(sys.executable).resolve()})"
    print(f"wheel: same output as the checkout; read-only installation run by {whom}")


if __name__ == "__main__":
    main()

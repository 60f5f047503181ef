"""What a release asks for, and the container image where there is a builder."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.release_check import problems

ROOT = Path(__file__).parents[2]
CHANGELOG = "# Changelog\n\n## [1.2.3] - 2026-12-01\n\n## [1.2.2] - not yet released\n"


def test_a_release() -> None:
    assert problems("v1.2.3", "1.2.3", CHANGELOG) == []


@pytest.mark.parametrize(
    ("tag", "version", "count"), [("v1.2.4", "1.2.3", 1), ("v1.2.2", "1.2.2", 1), ("1.3", "2.0", 2)]
)
def test_no_release(tag: str, version: str, count: int) -> None:
    assert len(problems(tag, version, CHANGELOG)) == count


def builder() -> str | None:
    """A program that builds images here; none where it has no daemon, or cannot have the base image."""
    for name in ("docker", "podman"):
        if program := shutil.which(name):
            command = [program, "run", "--rm", "python:3.13-slim", "python", "-V"]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                return program
    return None


def test_the_image_lints() -> None:
    if (program := builder()) is None:
        pytest.skip("no docker or podman here that has python:3.13-slim")
    tag = "symlint-under-test"
    subprocess.run([program, "build", "--quiet", "--tag", tag, str(ROOT)], check=True)
    fixtures = f"{ROOT / 'tests' / 'fixtures'}:/work:ro"
    command = [program, "run", "--rm", "--volume", fixtures, tag]
    assert subprocess.run([*command, "aws_iam"], check=False).returncode == 0
    assert subprocess.run([*command, "broken"], check=False).returncode == 1
    user = [program, "run", "--rm", "--entrypoint", "id", tag, "-u"]
    assert subprocess.check_output(user, encoding="utf-8").strip() == "65534"

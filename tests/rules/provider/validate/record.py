"""Records what the real ``terraform validate`` says of the configurations of ``provider_cases.py``.

    python record.py PROTO [--python PYTHON] [--terraform TERRAFORM]

Writes ``verdicts.json`` beside this file. Needs what the repository does not have: ``terraform``
1.11 on PATH; grpcio, grpcio-tools and msgpack from PyPI in the interpreter ``PYTHON``, which runs
``provider_server.py``; and ``PROTO``, the file ``docs/plugin-protocol/tfplugin6.proto`` of
github.com/hashicorp/terraform. Works offline.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from provider_cases import CASES, REQUIRED_NULL, VERSIONS, WHOLE

HERE = Path(__file__).parent


def main() -> None:
    """Record all verdicts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("proto", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--terraform", default="terraform")
    arguments = parser.parse_args()
    command = [arguments.python, HERE / "provider_server.py", arguments.proto]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        environment = {
            **os.environ,
            "TF_REATTACH_PROVIDERS": server.stdout.readline().strip(),
            "TF_CLI_CONFIG_FILE": os.devnull,
            "CHECKPOINT_DISABLE": "1",
        }
        texts = {**CASES, **REQUIRED_NULL, **WHOLE}

        def ask(name: str) -> dict[str, object]:
            return verdict(arguments.terraform, environment, texts[name], name not in WHOLE)

        with ThreadPoolExecutor(2) as pool:
            verdicts = dict(zip(texts, pool.map(ask, texts), strict=True))
    finally:
        server.stdin.close()
        server.wait(10)
    lines = (f"{json.dumps(name)}: {json.dumps(it)}" for name, it in verdicts.items())
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / "verdicts.json").write_text(text, encoding="utf-8")


def verdict(
    terraform: str, environment: dict[str, str], text: str, with_versions: bool
) -> dict[str, object]:
    """Whether a configuration is valid, and the errors with their lines."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "main.tf").write_text(text, encoding="utf-8")
        (directory / "impl.py").write_text("# reviewed\n", encoding="utf-8")
        if with_versions:
            (directory / "versions.tf").write_text(VERSIONS, encoding="utf-8")
        answer = subprocess.run(
            [terraform, "validate", "-json"],
            cwd=directory,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    report = json.loads(answer.stdout)
    errors = [
        {
            "line": it["range"]["start"]["line"] if "range" in it else None,
            "summary": it["summary"],
        }
        for it in report["diagnostics"]
        if it["severity"] == "error"
    ]
    return {"valid": report["valid"], "errors": errors}


if __name__ == "__main__":
    main()

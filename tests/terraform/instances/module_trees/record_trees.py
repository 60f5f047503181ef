"""Record what Terraform plans for generated module trees, or compare with what is recorded.

    python tests/terraform/instances/module_trees/record_trees.py COUNT    record that many that can be planned
    python tests/terraform/instances/module_trees/record_trees.py --check  compare, and exit with 1 at a difference

``recorded.json`` has for every seed the files and the outputs: ``value`` with what is not known
left out, ``unknown``, which has ``true`` in its places, and the value when it is ``applied``.
Needs ``terraform`` 1.11 on PATH; works offline.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from generate import Generator

RECORDED = Path(__file__).parent / "recorded.json"


def _terraform(directory: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    command = ["terraform", f"-chdir={directory}", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False
    )


def plan(files: dict[str, str]) -> dict[str, Any]:
    """The outputs that Terraform plans, or its first error."""
    with tempfile.TemporaryDirectory() as directory:
        for name, text in files.items():
            path = Path(directory) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        initialized = _terraform(directory, "init", "-backend=false", "-no-color")
        if initialized.returncode:
            return {"error": initialized.stderr}
        planned = _terraform(
            directory, "plan", "-input=false", "-lock=false", "-no-color", "-out=p"
        )
        if planned.returncode:
            return {"error": planned.stderr}
        shown = json.loads(_terraform(directory, "show", "-json", "p").stdout, parse_float=str)
        _terraform(directory, "apply", "-lock=false", "-no-color", "p")
        applied = json.loads(_terraform(directory, "output", "-json").stdout, parse_float=str)
    return {
        name: {
            "value": change.get("after"),
            "unknown": change["after_unknown"],
            "applied": without_ids(applied.get(name, {}).get("value")),
        }
        for name, change in shown.get("output_changes", {}).items()
    }


def without_ids(value: Any) -> Any:
    """``value`` with the same text in place of every random identifier."""
    text = json.dumps(value)
    return json.loads(re.sub(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}", "identifier", text))


def main() -> None:
    """Record or compare."""
    if "--check" in sys.argv:
        recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
        changed = [s for s, case in recorded.items() if plan(case["files"]) != case["outputs"]]
        print(f"{len(changed)} of {len(recorded)} differ: {' '.join(changed)}")
        sys.exit(bool(changed))
    cases: dict[str, Any] = {}
    seed = 0
    while len(cases) < int(sys.argv[1]):
        files = Generator(seed).configuration()
        outputs = plan(files)
        # A refused plan says nothing of values; verdicts are compared elsewhere.
        if "error" not in outputs:
            cases[str(seed)] = {"files": files, "outputs": outputs}
        seed += 1
    lines = ",\n".join(f" {json.dumps(seed)}: {json.dumps(case)}" for seed, case in cases.items())
    RECORDED.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

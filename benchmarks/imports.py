"""What an empty module costs: Python's own finder beside that of ``symlint.fast_import``.

    python -m benchmarks.imports

Both import the same thousand modules, each in a process of its own, taking turns.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

MODULES = 1000
MEASURED = f"""
import sys, time
import symlint, symlint.fast_import
symlint.__path__.append(sys.argv[1])
if sys.argv[2] == "fast":
    symlint.fast_import.import_fast()
import symlint.empty
began = time.process_time()
for number in range({MODULES}):
    __import__(f"symlint.empty.module{{number}}")
print(time.process_time() - began)
"""


def main() -> None:
    """Measure and print microseconds for one module."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "empty")
        package.mkdir()
        for name in ("__init__", *(f"module{number}" for number in range(MODULES))):
            (package / f"{name}.py").touch()
        compileall.compile_dir(package, quiet=2)
        spent: dict[str, list[float]] = {"Python's finder": [], "fast": []}
        for _ in range(9):
            for kind, found in spent.items():
                command = [sys.executable, "-c", MEASURED, folder, kind]
                done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
                found.append(float(done.stdout) / MODULES * 1e6)
    for kind, found in spent.items():
        print(f"{kind:16} median {statistics.median(found):6.1f} us, least {min(found):6.1f} us")


if __name__ == "__main__":
    main()

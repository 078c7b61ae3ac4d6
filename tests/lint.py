"""`python -m tests.lint`: style, types, import contracts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    [str(BIN / "ruff"), "check"],
    [str(BIN / "ruff"), "format", "--check"],
    [str(BIN / "mypy")],
    [str(BIN / "lint-imports"), "--no-cache"],
)


def main() -> int:
    worst = 0
    for command in CHECKS:
        print("== " + " ".join([Path(command[0]).name, *command[1:]]), flush=True)
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())

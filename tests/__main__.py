"""`python -m tests`: every test on SQLite, then on PostgreSQL, then in a browser.

Options go on to pytest: `python -m tests -k sign_in`. `--only sqlite` (or postgresql, browser)
runs one part. JOBCENTER_SEED sets the seed of the sampled parts; it is printed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.databases import start_postgresql

PARTS = ("sqlite", "postgresql", "browser")


def main(arguments: list[str]) -> int:
    parts, extra = _parts(arguments)
    seed = os.environ.setdefault("JOBCENTER_SEED", str(secrets.randbelow(10**6)))
    print(f"seed {seed} (JOBCENTER_SEED={seed} repeats this run)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        failed = [part for part in parts if _run(part, Path(folder), extra) != 0]
    print("failed: " + ", ".join(failed) if failed else "all parts passed", flush=True)
    return 1 if failed else 0


def _parts(arguments: list[str]) -> tuple[tuple[str, ...], list[str]]:
    if arguments[:1] == ["--only"]:
        return (arguments[1],), arguments[2:]
    return PARTS, arguments


def _run(part: str, folder: Path, extra: list[str]) -> int:
    environment = dict(os.environ)
    seed = os.environ["JOBCENTER_SEED"]
    command = [sys.executable, "-m", "pytest", "-q", f"--hypothesis-seed={seed}", *extra]
    if part == "browser":
        if shutil.which("chromium") is None and "browser" not in _required():
            print("browser: chromium is not installed; skipped", flush=True)
            return 0
        command += ["-m", "browser", "-n", "2", "--dist", "load"]
    else:
        command += ["-m", "not browser", "-n", "2", "--dist", "loadfile"]
        environment["JOBCENTER_TEST_DB"] = part
    if part == "postgresql":
        given = environment.get("JOBCENTER_TEST_PG")  # a server that runs already
        environment["JOBCENTER_TEST_PG"] = given or start_postgresql(folder)
    print(f"== {part}", flush=True)
    code = subprocess.run(command, env=environment, check=False).returncode
    return 0 if code == 5 and extra else code  # 5: nothing chosen by -k in this part


def _required() -> list[str]:
    return os.environ.get("JOBCENTER_REQUIRE", "").split(",")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

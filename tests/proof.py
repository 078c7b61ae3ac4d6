"""`python -m tests.proof`: the long figures, written to docs/proof/ with machine and load.

20,000 odd inputs on each database, the matcher's benchmark, the pages at 153,467 people, questions
to the sight log at five million rows, the time of a refused sign-in, 1,000 random histories of
referrals and 64 clients at them, reports against a naive calculator on 10,000 random histories and
at five million events, 200 kills of the worker, 100,000 numbers under 64 killed issuers and
formulas in exported cells.
1,000 classes whose last places up to 128 clients want, and certificates by 64 issuers that die.
`python -m tests.proof fuzz` (or `matcher`, `pages`, `sights`, `sign_in`, `referrals`, `seats`,
`certificates`, `reports`, `report_speed`) runs a part.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.support.databases import start_postgresql

PROOF = Path(__file__).resolve().parent.parent / "docs" / "proof"
PEOPLE = int(os.environ.get("JOBCENTER_PEOPLE", "153467"))
LINES = int(os.environ.get("JOBCENTER_LEDGER", "5000000"))
SIGHTS = int(os.environ.get("JOBCENTER_SIGHTS", "5000000"))
LIBRARIES = ("flask", "sqlalchemy", "numpy", "scipy", "scikit-learn", "psycopg")


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(pages * size / 2**30),
        "python": platform.python_version(),
        "load_average": [round(one, 2) for one in os.getloadavg()],
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "on": time.strftime("%Y-%m-%d"),
    }


def write(name: str, figures: dict[str, Any]) -> None:
    PROOF.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"machine": machine(), **figures}, indent=2, ensure_ascii=False)
    (PROOF / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"docs/proof/{name}.json", flush=True)


def fuzz(folder: Path) -> bool:
    inputs = os.environ.get("JOBCENTER_FUZZ", "20000")
    return tested(
        folder, "fuzz", "tests/building/test_fuzz.py", "crashes",
        {"inputs_per_database": int(inputs)}, {"JOBCENTER_FUZZ": inputs},
    )  # fmt: skip


def referrals(folder: Path) -> bool:
    histories = os.environ.get("JOBCENTER_HISTORIES", "1000")
    clients = os.environ.get("JOBCENTER_CLIENTS", "64")
    return tested(
        folder, "referrals", "tests/rooms/referrals/test_together.py", "broken_promises",
        {"random_histories": int(histories), "clients_at_once": int(clients)},
        {"JOBCENTER_HISTORIES": histories, "JOBCENTER_CLIENTS": clients},
    )  # fmt: skip


def seats(folder: Path) -> bool:
    classes = os.environ.get("JOBCENTER_SEATS", "1000")
    clients = os.environ.get("JOBCENTER_CLIENTS", "128")
    return tested(
        folder, "seats", "tests/rooms/enrolments/test_last_seat.py", "broken_promises",
        {"classes": int(classes), "most_clients_at_once": int(clients)},
        {"JOBCENTER_SEATS": classes, "JOBCENTER_CLIENTS": clients},
    )  # fmt: skip


def certificates(folder: Path) -> bool:
    issued = os.environ.get("JOBCENTER_CERTIFICATES", "1000")
    issuers = os.environ.get("JOBCENTER_ISSUERS", "64")
    return tested(
        folder, "certificates", "tests/rooms/certificates/test_certificates.py",
        "gaps_or_doubles", {"certificates": int(issued), "issuers_at_once": int(issuers)},
        {"JOBCENTER_CERTIFICATES": issued, "JOBCENTER_ISSUERS": issuers},
    )  # fmt: skip


def tested(
    folder: Path, name: str, path: str, counted: str, figures: dict[str, Any],
    settings: dict[str, str],
) -> bool:  # fmt: skip
    """Run tests with larger numbers on either database, and write down how that went."""
    results: dict[str, Any] = dict(figures)
    for kind in ("sqlite", "postgresql"):
        environment = os.environ | {"JOBCENTER_TEST_DB": kind} | settings
        if kind == "postgresql":
            environment["JOBCENTER_TEST_PG"] = start_postgresql(folder)
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", path]
        done = subprocess.run(command, env=environment, check=False)
        seconds = round(time.monotonic() - started)
        results[kind] = {counted: 0 if done.returncode == 0 else "some", "seconds": seconds}
    write(name, results)
    return all(results[kind][counted] == 0 for kind in ("sqlite", "postgresql"))


def erasure(folder: Path) -> bool:
    """A hundred markers of erased people: none found, in a restored backup neither."""
    results: dict[str, Any] = {}
    for kind in ("sqlite", "postgresql"):
        report = folder / f"erasure-{kind}.json"
        environment = os.environ | {
            "JOBCENTER_TEST_DB": kind,
            "JOBCENTER_MARKERS": os.environ.get("JOBCENTER_MARKERS", "100"),
            "JOBCENTER_ERASURE_REPORT": str(report),
        }  # fmt: skip
        if kind == "postgresql":
            given = os.environ.get("JOBCENTER_TEST_PG")
            environment["JOBCENTER_TEST_PG"] = given or start_postgresql(folder)
        command = [sys.executable, "-m", "pytest", "-q", "tests/rooms/privacy/test_erasure.py"]
        done = subprocess.run(command, env=environment, check=False)
        if done.returncode != 0:
            return False
        results[kind] = json.loads(report.read_text(encoding="utf-8"))
    write("erasure", results)
    return True


def kills(folder: Path) -> bool:
    """200 kills of the worker: nothing lost, no effect twice."""
    return reported(folder, "kills", "tests/rooms/work/test_kills.py", "killed_at_any_point",
                    {"JOBCENTER_KILLS": os.environ.get("JOBCENTER_KILLS", "200")})  # fmt: skip


def numbers(folder: Path) -> bool:
    """100,000 numbers under 64 issuers, killed and rolled back: no duplicate, no gap."""
    given = {"JOBCENTER_NUMBERS": "100000", "JOBCENTER_ISSUERS": "64"}
    return reported(folder, "numbers", "tests/rooms/work/test_kills.py", "issuers",
                    {name: os.environ.get(name, most) for name, most in given.items()})  # fmt: skip


def formulas(folder: Path) -> bool:
    """Cells of exported files over a corpus of attacks: no formula."""
    return reported(folder, "formulas", "tests/rooms/exchange/test_writer.py", "corpus",
                    {"JOBCENTER_CELLS": os.environ.get("JOBCENTER_CELLS", "200000")},
                    kinds=("sqlite",))  # fmt: skip


def reported(
    folder: Path, name: str, path: str, chosen: str, settings: dict[str, str],
    kinds: tuple[str, ...] = ("sqlite", "postgresql"),
) -> bool:  # fmt: skip
    """Run the chosen test with larger numbers and write down the figures that it left."""
    results: dict[str, Any] = {}
    for kind in kinds:
        report = folder / f"{name}-{kind}.json"
        environment = os.environ | settings | {
            "JOBCENTER_TEST_DB": kind, "JOBCENTER_PROOF_REPORT": str(report),
        }  # fmt: skip
        if kind == "postgresql":
            given = os.environ.get("JOBCENTER_TEST_PG")
            environment["JOBCENTER_TEST_PG"] = given or start_postgresql(folder)
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", path, "-k", chosen]
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            return False
        seconds = round(time.monotonic() - started)
        results[kind] = json.loads(report.read_text(encoding="utf-8")) | {"seconds": seconds}
    write(name, results)
    return True


def matcher(_folder: Path) -> bool:
    command = [sys.executable, "-m", "ml", "benchmark", "--profiles", str(PEOPLE), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        write(f"benchmark-{PEOPLE}", json.loads(done.stdout))
    else:
        print(done.stderr)
    return done.returncode == 0


def pages(folder: Path) -> bool:
    return on_both(folder, f"pages-{PEOPLE}", "tests.bench_pages", str(PEOPLE))


def sights(folder: Path) -> bool:
    return on_both(folder, f"sights-{SIGHTS}", "tests.bench_sights", str(SIGHTS))


def on_both(folder: Path, name: str, module: str, *arguments: str) -> bool:
    """Run a script that prints its figures last, on either database, and write them down."""
    results = {}
    for kind in ("sqlite", "postgresql"):
        environment = dict(os.environ)
        if kind == "postgresql":
            environment["DATABASE_URL"] = start_postgresql(folder)
        environment["JOBCENTER_INSTANCE"] = str(folder / kind)
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(done.stderr[-3000:])
            return False
        results[kind] = json.loads(done.stdout.splitlines()[-1])
    write(name, results)
    return True


def ledger(folder: Path) -> bool:
    return on_both(folder, f"ledger-{LINES}", "tests.bench_ledger", str(LINES))


def reports(folder: Path) -> bool:
    """10,000 random histories on each database against the naive calculator: no difference."""
    histories = int(os.environ.get("JOBCENTER_REPORTS", "10000"))
    results: dict[str, Any] = {"histories_per_database": histories}
    for kind in ("sqlite", "postgresql"):
        environment = os.environ | {
            "JOBCENTER_TEST_DB": kind, "JOBCENTER_REPORTS": str(histories),
        }  # fmt: skip
        if kind == "postgresql":
            environment["JOBCENTER_TEST_PG"] = start_postgresql(folder)
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "tests/rooms/reports/test_proof.py"]
        done = subprocess.run(command, env=environment, check=False)
        seconds = round(time.monotonic() - started)
        results[kind] = {"differences": 0 if done.returncode == 0 else "some", "seconds": seconds}
    write("reports", results)
    return all(results[kind]["differences"] == 0 for kind in ("sqlite", "postgresql"))


def report_speed(folder: Path) -> bool:
    return on_both(folder, f"report-speed-{LINES}", "tests.bench_reports", str(LINES))


def sign_in(_folder: Path) -> bool:
    command = [sys.executable, "-m", "tests.bench_sign_in", "300"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        write("sign-in", json.loads(done.stdout.splitlines()[-1]))
    else:
        print(done.stderr[-3000:])
    return done.returncode == 0


def uploads(folder: Path) -> bool:
    """200 hostile uploads, and the CPU of checking 20,000 rows on either database."""
    count = int(os.environ.get("JOBCENTER_HOSTILE", "200"))
    environment = os.environ | {"JOBCENTER_HOSTILE": str(count), "JOBCENTER_TEST_DB": "sqlite"}
    tried = "tests/rooms/exchange/test_hostile.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", tried], env=environment, check=False
    )
    result = {"hostile_uploads": count, "crashed_or_stored": 0 if done.returncode == 0 else "some"}
    write("hostile-uploads", result)
    checked = on_both(folder, "import-20000", "tests.bench_import", "20000")
    return done.returncode == 0 and checked


PARTS = {"fuzz": fuzz, "matcher": matcher, "pages": pages, "sights": sights, "sign_in": sign_in,
         "reports": reports, "report_speed": report_speed,
         "ledger": ledger, "referrals": referrals, "uploads": uploads, "seats": seats,
         "certificates": certificates}  # fmt: skip


def main(names: list[str]) -> int:
    failed = []
    for name in names or list(PARTS):
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            if not PARTS[name](Path(folder)):
                failed.append(name)
    return 1 if failed else 0


PARTS["erasure"] = erasure  # a hundred markers of erased people
PARTS |= {"kills": kills, "numbers": numbers, "formulas": formulas}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

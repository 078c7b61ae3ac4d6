"""`python -m tests.bench_ledger LINES`: the ledger's search page over millions of lines.

Fills an empty database (DATABASE_URL, or SQLite in JOBCENTER_INSTANCE) and prints, as JSON, how
long each kind of search takes, the slowest of five.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert, text

from jobcenter.app import create_app
from jobcenter.audit.models import LedgerEntry
from jobcenter.audit.search import Wanted, search
from jobcenter.kernel.db import db

CHUNK = 20_000
START = dt.datetime(2021, 1, 4, tzinfo=dt.UTC)
ACTIONS = (
    "change-seeker",
    "register-seeker",
    "give-consent",
    "sign-in",
    "sign-out",
    "number-paper",
)
KINDS = ("seeker", "person", "user", "vacancy", "enterprise", "paper")


def lines(count: int) -> Iterator[dict[str, Any]]:
    """Yield invented lines over five years; a few kinds and acts are rare."""
    draw = random.Random(1)
    step = dt.timedelta(days=5 * 365) / count
    for number in range(1, count + 1):
        rare = number % 100_000 == 0
        yield {
            "id": number,
            "at": START + step * number,
            "user_id": draw.choice((None, *range(1, 40))),
            "actor": "Trần Thu Hà",
            "action": "set-wages" if rare else draw.choice(ACTIONS),
            "subject_kind": "minimum-wage" if rare else draw.choice(KINDS),
            "subject_id": draw.randrange(1, 153_467),
            "details": {"fields": ["pay_min", "shifts"]},
        }


def fill(count: int) -> None:
    rows: list[dict[str, Any]] = []
    for row in lines(count):
        rows.append(row)
        if len(rows) == CHUNK:
            db.session.execute(insert(LedgerEntry), rows)
            db.session.commit()
            rows.clear()
    db.session.execute(insert(LedgerEntry), rows) if rows else None
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE ledger_entry"))


def searches(count: int) -> dict[str, Wanted]:
    day = dt.date(2023, 6, 14)
    return {
        "newest": Wanted(),
        "page in the middle": Wanted(older_than=count // 2),
        "last page": Wanted(older_than=40),
        "one account": Wanted(user_id=7),
        "one account, old lines": Wanted(user_id=7, older_than=count // 50),
        "an act": Wanted(actions=("give-consent",)),
        "a rare act": Wanted(actions=("set-wages",)),
        "a rare kind": Wanted(kind="minimum-wage"),
        "one record": Wanted(records=(("seeker", 4711), ("person", 4711))),
        "one day": Wanted(first_day=day, last_day=day),
        "a day before all": Wanted(first_day=dt.date(2001, 1, 1), last_day=dt.date(2001, 1, 1)),
        "account, act and month": Wanted(
            user_id=7, actions=("sign-in",), first_day=day, last_day=day + dt.timedelta(days=30)
        ),
        "a rare act in an old month": Wanted(
            actions=("set-wages",), first_day=day, last_day=day + dt.timedelta(days=30)
        ),
        "commands": Wanted(is_command=True),
    }


def main(count: int) -> None:
    app = create_app()
    with app.app_context():
        upgrade()
        fill(count)
        figures = {}
        for name, wanted in searches(count).items():
            times, found = [], 0
            for _ in range(5):
                started = time.perf_counter()
                found = len(search(db.session(), wanted).lines)
                times.append(time.perf_counter() - started)
                db.session.rollback()
            figures[name] = {"lines": found, "slowest_ms": round(max(times) * 1000, 1)}
    print(json.dumps({"lines": count, "searches": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))

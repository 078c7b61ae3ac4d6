"""Who saw whom among five million sights, beside the plain way: `python -m tests.bench_sights [n]`.

The database comes from the settings (DATABASE_URL, JOBCENTER_INSTANCE). Each question is asked
through the same query as the page asks, first page and count; the plain way is the same query
after the indexes were dropped: every row is read. Sealing and checking the seals of all rows are
timed too. The last line is JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from jobcenter.app import create_app
from jobcenter.audit import sealing
from jobcenter.audit import sights as queries
from jobcenter.audit.choices import Log, Look
from jobcenter.audit.models import Sight
from jobcenter.audit.sights import SightFilter
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Slice

PEOPLE, USERS, DAYS = 153_467, 60, 730
START = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
ASKED = 15

# Rows made by the database itself: two years, people and accounts at random, every thousandth
# look sensitive.
FILL = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
        INSERT INTO sight (at, user_id, person_id, look, fields, purpose)
        SELECT strftime('%Y-%m-%d %H:%M:%S.000000', 1735689600 + i * (63072000.0 / :rows),
                        'unixepoch'),
               1 + abs(random() % 60), 1 + abs(random() % 153467),
               CASE WHEN i % 1000 = 0 THEN 'sensitive' WHEN i % 9 = 0 THEN 'file' ELSE 'list' END,
               '', CASE WHEN i % 1000 = 0 THEN 'xét hỗ trợ học nghề' ELSE '' END
        FROM n""",
    "postgresql": """
        INSERT INTO sight (at, user_id, person_id, look, fields, purpose)
        SELECT to_timestamp(1735689600 + i * (63072000.0 / :rows)),
               1 + floor(random() * 60)::int, 1 + floor(random() * 153467)::int,
               CASE WHEN i % 1000 = 0 THEN 'sensitive' WHEN i % 9 = 0 THEN 'file' ELSE 'list' END,
               '', CASE WHEN i % 1000 = 0 THEN 'xét hỗ trợ học nghề' ELSE '' END
        FROM generate_series(1, :rows) AS i""",
}


def questions(draw: random.Random) -> dict[str, Callable[[], SightFilter]]:
    def month() -> dict[str, dt.datetime]:
        since = START + dt.timedelta(days=draw.randrange(DAYS - 31))
        return {"since": since, "until": since + dt.timedelta(days=31)}

    return {
        "who saw one person": lambda: SightFilter(person_ids=(draw.randint(1, PEOPLE),)),
        "who saw one person in a month": lambda: SightFilter(
            person_ids=(draw.randint(1, PEOPLE),), **month()
        ),
        "whom one account saw": lambda: SightFilter(user_id=draw.randint(1, USERS)),
        "whom one account saw in a month": lambda: SightFilter(
            user_id=draw.randint(1, USERS), **month()
        ),
        "all in a month": lambda: SightFilter(**month()),
        "sensitive data in a month": lambda: SightFilter(look=Look.SENSITIVE, **month()),
        "one purpose in a month": lambda: SightFilter(purpose="học nghề", **month()),
        "one purpose, whenever": lambda: SightFilter(purpose="học nghề"),
    }


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measured(engine: Engine, times: int, figures: dict[str, Any], way: str) -> None:
    """Ask each question so many times and keep the median and the worst."""
    draw = random.Random(1)
    for name, make in questions(draw).items():
        took = []
        with Session(engine) as session:
            for _ in range(times):
                wanted = make()
                took.append(timed(lambda w=wanted: queries.sights(session, w, Slice())) * 1000)
                session.rollback()
        told = figures.setdefault(name, {})
        told[f"{way}_ms_p50"] = round(statistics.median(took), 1)
        told[f"{way}_ms_max"] = round(max(took), 1)
        print(name, told, flush=True)


def main(rows: int) -> None:
    app = create_app()
    with app.app_context():
        upgrade()
        engine = db.engine
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":  # a page is cut after a minute, this is none
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            took = timed(lambda: connection.execute(
                text(FILL[engine.dialect.name]), {"rows": rows}
            ))  # fmt: skip
            connection.execute(text("ANALYZE"))
        figures: dict[str, Any] = {"rows": rows, "made_in_seconds": round(took)}
        measured(engine, ASKED, figures, "indexed")
        heads = app.config["SETTINGS"].seal_heads
        figures["seal_all_seconds"] = round(timed(lambda: sealing.seal_all(engine, heads)))
        started = time.perf_counter()
        verdict = sealing.verify(engine, Log.SIGHT, heads)
        figures["verify_all_seconds"] = round(time.perf_counter() - started)
        assert verdict.fault is None
        assert verdict.rows == rows
        figures["seals"] = verdict.seals
        with engine.begin() as connection:
            for index in Sight.__table__.indexes:
                connection.execute(text(f"DROP INDEX {index.name}"))
        measured(engine, 3, figures, "plain")
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5_000_000)

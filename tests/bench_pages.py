"""`python -m tests.bench_pages N`: how long a candidate page and a search take at N people.

Makes a database with a demo of N in the instance given by the environment, builds the index, then
measures whole requests inside one process. The last line printed is JSON, times in milliseconds.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.app import create_app
from jobcenter.catalogue.rules import load_shipped
from jobcenter.demo.load import load
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db, declare_kind
from jobcenter.matching.rules import rebuild
from jobcenter.people.models import Person
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client

QUERIES = 60
COMMON = ("Nguyễn", "nguyen", "Trần Thị", "văn", "Nguyễn Thị")  # names that thousands have


def prepare(app: Flask, people: int) -> dict[str, float]:
    """Make the database and the index; return how many seconds each took."""
    settings = app.config["SETTINGS"]
    seconds = {}
    with app.app_context():
        upgrade()
        load_shipped(db.session())
        db.session.commit()
        started = time.perf_counter()
        load(
            db.session(),
            seed=1,
            today=clock.today(),
            instance=Path(settings.instance),
            seekers=people,
        )
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("ANALYZE"))
            db.session.commit()
        seconds["demo_s"] = round(time.perf_counter() - started, 1)
        started = time.perf_counter()
        rebuild(db.session())
        seconds["index_s"] = round(time.perf_counter() - started, 1)
    return seconds


def timed(client: Client, paths: list[str]) -> dict[str, float]:
    """Fetch each address once after three to warm up; return the percentiles.

    A number typed into an address is sent onward, out of it; that way is part of the time.
    """
    for path in paths[:3]:
        assert client.browser.get(path, follow_redirects=True).status_code == 200, path
    times = []
    for path in paths:
        started = time.perf_counter()
        assert client.browser.get(path, follow_redirects=True).status_code == 200, path
        times.append(1000 * (time.perf_counter() - started))
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[18], 1)}


def addresses(session: Session, draw: random.Random) -> dict[str, list[str]]:
    """Return what is asked: candidates with and without filters, names, phones, lists."""
    keys = session.scalars(select(Vacancy.key).where(Vacancy.state == VacancyState.OPEN)).all()
    top = session.scalar(select(func.max(Person.id))) or 1
    chosen = [draw.randrange(1, top) for _ in range(2 * QUERIES)]
    people = session.scalars(select(Person).where(Person.id.in_(chosen))).all()
    filters = (
        "",
        "?shift=office",
        "?general_education=thpt",
        "?keyword=may",
        "?available_by=01/12/2026",
    )
    names = [person.full_name for person in people]
    search = "/counsellor/seekers?text="
    return {
        "candidates": [
            f"/counsellor/vacancies/{draw.choice(keys)}/candidates{draw.choice(filters)}"
            for _ in range(QUERIES)
        ],
        "search_name": [search + name for name in names[:QUERIES]],
        "search_unaccented_words": [
            search + " ".join(reversed(vietnamese.fold(name).split()[-2:]))
            for name in names[:QUERIES]
        ],
        "search_id_tail": [
            search + (p.id_number or "031098001234")[-draw.randint(4, 11) :]
            for p in people[:QUERIES]
        ],
        "search_name_and_year": [
            f"{search}{p.full_name} {p.birth_year or 1990}" for p in people[:QUERIES]
        ],
        "search_commonest_name": [search + draw.choice(COMMON) for _ in range(QUERIES)],
        "lookalikes": [
            f"/counsellor/seekers/{key}/merge"
            for key in session.scalars(
                select(Seeker.key).where(Seeker.person_id.in_([p.id for p in people[:QUERIES]]))
            )
        ],
        "search_phone": [search + (p.phone or "0912")[3:] for p in people[:QUERIES]],
        "seeker_list": [f"/counsellor/seekers?page={draw.randint(1, 200)}" for _ in range(QUERIES)],
    }


def main(people: int) -> None:
    app = create_app()
    figures: dict[str, Any] = {"people": people, **prepare(app, people)}
    declare_kind(writing=True)
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        counsellor = session.scalars(select(User).where(User.role == Role.COUNSELLOR)).first()
        assert counsellor is not None
        client = Client(app, session).sign_in_as(counsellor)
        asked = addresses(session, random.Random(1))
        session.commit()
        figures["pages"] = {name: timed(client, paths) for name, paths in asked.items()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)

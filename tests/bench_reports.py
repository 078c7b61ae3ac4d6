"""The annual report and the board on a full register: `python -m tests.bench_reports [events]`.

The database comes from the settings (DATABASE_URL, JOBCENTER_INSTANCE). People, files and events
are copied out of the demo's year 2020 until there are 153,467 people and so many events of a
referral or consultations, spread over five years. Timed are the year's figures, the board as its
readers meet it, and the naive calculator of the tests on the same rows. The last line is JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import sys
import time
import uuid
from itertools import islice
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter.advising.models import Consultation
from jobcenter.app import create_app
from jobcenter.catalogue.rules import load_shipped
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.people.models import Person
from jobcenter.referrals.choices import ReferralState, Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.reports import board, counting, periods
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from tests.rooms.reports.histories import History
from tests.rooms.reports.naive import Naive

PEOPLE = int(os.environ.get("JOBCENTER_PEOPLE", "153467"))
TODAY = dt.date(2024, 12, 31)
DAYS = 5 * 365
STEPS = (("draft", 0), (Verb.CONSENT.value, 1), (Verb.SEND.value, 2), (Verb.INTERVIEW.value, 3),
         (Verb.REJECT.value, 5))  # fmt: skip


def fill(session: Session, events: int) -> None:
    """Write people, then a third of the events as consultations and the rest as referrals."""
    load_shipped(session)
    firm = Enterprise(name="x", folded="x", standing="approved", park_code="nomura")
    session.add(firm)
    session.flush()
    jobs = [
        Vacancy(number=f"V{n}", enterprise_id=firm.id, state="closed", headcount=9, title="x",
                registered_on=day(n * 37), folded="x", occupation_code="8153")
        for n in range(400)
    ]  # fmt: skip
    session.add_all(jobs)
    session.flush()
    now = {"created_at": clock.now(), "changed_at": clock.now(), "version": 1}
    add(session, Person, ({"id": n, "key": uuid.uuid4(), "full_name": "x", "birth_year": 1990,
                           "sex": "female" if n % 2 else "male", **now}
                          for n in range(1, PEOPLE + 1)))  # fmt: skip
    add(session, Seeker, ({"id": n, "key": uuid.uuid4(), "number": f"S{n}", "person_id": n,
                           "registered_on": day(n), "state": "looking", **now}
                          for n in range(1, PEOPLE + 1)))  # fmt: skip
    add(session, Consultation, (
        {"key": uuid.uuid4(), "day": day(n), "person_id": 1 + n * 7_919 % PEOPLE,
         "channel": "phone", "name": "", "next_step": "", "note": "", "struck_because": "", **now}
        for n in range(events // 3)
    ))  # fmt: skip
    sent = events * 2 // 3 // len(STEPS)
    add(session, Referral, (
        {"id": n, "key": uuid.uuid4(), "vacancy_id": jobs[n % 400].id, "note": "",
         "seeker_id": 1 + n * 104_729 % PEOPLE, "state": ReferralState.REJECTED,
         "sent_at": at(n, 2), "answered_at": at(n, 5), "ended_at": at(n, 9), **now}
        for n in range(1, sent + 1)
    ))  # fmt: skip
    add(session, ReferralEvent, (
        {"referral_id": n, "at": at(n, later), "verb": verb, "after": "rejected",
         "hand": "centre", "actor": "x", "note": "", "slot_place": ""}
        for n in range(1, sent + 1)
        for verb, later in STEPS
    ))  # fmt: skip


def add(session: Session, table: Any, rows: Any) -> None:
    while some := list(islice(rows, 20_000)):
        session.execute(insert(table), some)
        session.commit()


def day(n: int) -> dt.date:
    return dt.date(2020, 1, 1) + dt.timedelta(days=n * 31 % DAYS)


def at(n: int, later: int) -> dt.datetime:
    moment = dt.datetime.combine(day(n), dt.time(9), clock.LOCAL)
    return moment + dt.timedelta(days=later)


def timed(act: Any) -> float:
    started = time.monotonic()
    act()
    return round(time.monotonic() - started, 3)


def main(events: int) -> None:
    app = create_app()
    with app.app_context():
        upgrade()
        session = db.session()
        if session.scalar(select(Person.id).limit(1)) is None:
            fill(session, events)
        with clock.frozen(at(0, 0).replace(year=2024, month=12, day=31)):
            year, month = periods.read("2024"), periods.read("2024-12")
            annual = timed(lambda: counting.figures(session, year, today=TODAY, compare=True))
            first = timed(lambda: board.board(session, month))
            pages = [timed(lambda: board.board(session, month)) for _n in range(100)]
            p95 = statistics.quantiles([first, *pages], n=20)[-1]
            naive = timed(lambda: Naive(History(session, None).read(), TODAY).figures("2024"))
    told = {"people": PEOPLE, "events": events, "annual_s": annual, "board_first_s": first,
            "board_p95_s": p95, "naive_s": naive}  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)

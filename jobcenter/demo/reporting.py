"""What was printed of 2020, the report of 2020 as it was submitted, and the plan of this year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.accounts.models import User
from jobcenter.advising.choices import AT_COUNTER, BY_PHONE, Outcome
from jobcenter.advising.models import Consultation
from jobcenter.demo.bulk import new_row
from jobcenter.demo.draw import Draw
from jobcenter.kernel.actor import Actor
from jobcenter.reports import counting, periods, rules
from jobcenter.reports.choices import ZoneFigure
from jobcenter.reports.rules import PublishedData
from jobcenter.seekers.models import Seeker

SOURCE = "Ban Quản lý Khu kinh tế Hải Phòng, kết quả năm 2020"
FIRST, LAST = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
PRINTED = (
    ("consultations", "3800", True), ("referrals", "2560", True), ("intake", "450", False),
    ("intake_plan_percent", "97.8", False), ("intake_short", "19", False),
    ("intake_elementary", "356", False), ("intake_partner", "75", False),
    ("safety_trainees", "143", False), ("safety_enterprises", "2", False),
    (ZoneFigure.VIETNAMESE.value, "153467", False),
    (ZoneFigure.VIETNAMESE_GROWTH.value, "15", False),
    (ZoneFigure.FOREIGN.value, "4500", False), (ZoneFigure.FOREIGN_GROWTH.value, "29", False),
    (ZoneFigure.FDI_PROJECTS.value, "400", False),
    (ZoneFigure.FDI_CAPITAL.value, "16248.858", False),
    (ZoneFigure.DOMESTIC_PROJECTS.value, "167", False),
    (ZoneFigure.DOMESTIC_CAPITAL.value, "145885.183", False),
    (ZoneFigure.PARKS.value, "11", False),
)  # fmt: skip
MOST_ADVISED = 1_500  # of the files of this year
# How far the plan of this year lies above what the pace so far would reach, in percent.
AMBITION = {"consultations": 104, "referrals": 98, "persons_placed": 112, "safety_trainees": 95}


def write(session: Session, *, today: dt.date, by: User | None) -> None:
    """Write down the printed totals, submit the report of 2020, set the plan of this year."""
    actor = Actor(
        user_id=by.id if by else None, name=by.name if by else "flask demo", role="manager",
        rights=EVERYTHING,
    )  # fmt: skip
    for code, value, is_floor in PRINTED:
        data = PublishedData(
            code=code, first=FIRST, last=LAST, value=Decimal(value), source=SOURCE,
            is_floor=is_floor,
        )  # fmt: skip
        rules.publish(session, data=data, by=actor)
    report = rules.draft(session, period=periods.read("2020"), by=actor)
    for verb in ("check", "submit"):
        rules.move(session, report=report, verb=verb, by=actor)
    _advice(session, today)
    _targets(session, today, actor)


def _advice(session: Session, today: dt.date) -> None:
    """Let the people of this year's files have been advised, on the day of the file and later."""
    draw = Draw(f"{today.year}-advice")
    since = max(dt.date(today.year, 1, 1), today - dt.timedelta(days=330))
    files = session.execute(
        select(Seeker.person_id, Seeker.registered_on)
        .where(Seeker.registered_on >= since, Seeker.registered_on <= today)
        .order_by(Seeker.id)
        .limit(MOST_ADVISED)
    ).all()
    rows = []
    for person, registered in files:
        for turn in range(draw.between(1, 3)):
            later = draw.below((today - registered).days + 1) if turn else 0
            rows.append(
                new_row()
                | {
                    "day": registered + dt.timedelta(days=later), "person_id": person, "name": "",
                    "channel": draw.pick((AT_COUNTER, AT_COUNTER, BY_PHONE)),
                    "subjects": draw.pick((("job",), ("job", "referral"), ("vocational",))),
                    "outcome": Outcome.ADVISED, "next_step": "", "note": "", "struck_because": "",
                }
            )  # fmt: skip
    if rows:
        session.execute(insert(Consultation), rows)


def _targets(session: Session, today: dt.date, by: Actor) -> None:
    year = periods.Period(periods.PeriodKind.YEAR, today.year)
    so_far = counting.count(session, year.window(today), set(AMBITION))
    share = today.timetuple().tm_yday
    for code, percent in AMBITION.items():
        if not so_far[code]:
            continue
        reached = int(so_far[code] or 0) * 366 // share
        target = max(10, (reached * percent // 100) // 10 * 10)
        rules.set_target(
            session, year=today.year, code=code, target=target, decision="Kế hoạch năm", by=by
        )

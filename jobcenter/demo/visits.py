"""A morning at the counter: some were served, two are at a desk, a few wait; then what it told."""

from __future__ import annotations

import datetime as dt
import secrets

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import User
from jobcenter.accounts.rules import add_user
from jobcenter.advising.choices import VisitState
from jobcenter.advising.models import CounterSeat, Visit
from jobcenter.demo import advice
from jobcenter.demo.draw import Draw
from jobcenter.kernel import clock, series
from jobcenter.kernel.actor import system
from jobcenter.people.models import Person
from jobcenter.seekers.choices import AVAILABLE
from jobcenter.seekers.models import Seeker

BY = system("flask demo", EVERYTHING)
COLLEAGUES = (("tuvan2", "Lê Thị Hạnh", 1), ("tuvan3", "Nguyễn Văn Quang", 3))
OWN_DESK = 2
ABOUTS = (
    ("Xin phiếu giới thiệu, có giấy khám", ("referral",)),
    ("Tìm việc có ký túc xá", ("job", "referral")),
    ("Hỏi lớp may công nghiệp", ("vocational",)),
    ("Hỏi thủ tục hưởng trợ cấp thất nghiệp", ("unemployment-insurance",)),
    ("Chọn việc thứ hai, gần nhà", ("job",)),
    ("Bổ sung bằng nghề vào hồ sơ", ("other",)),
    ("Báo kết quả phỏng vấn", ("referral",)),
    ("Hỏi về hợp đồng thử việc", ("policy-law",)),
)
WALK_INS = ("Cô Lan", "")
# (state, minutes ago the ticket was taken, minutes waited, minutes served)
MORNING = (
    *((VisitState.DONE, 200 - 14 * n, 4 + n % 9, 9 + 5 * (n % 3)) for n in range(9)),
    (VisitState.LEFT, 71, 24, 0),
    (VisitState.DONE, 64, 8, 21),
    (VisitState.SERVING, 38, 11, 0),
    (VisitState.SERVING, 27, 9, 0),
    *((VisitState.WAITING, minutes, 0, 0) for minutes in (14, 11, 9, 6, 2)),
)


def write(session: Session, *, seed: int, today: dt.date, counsellor: User | None) -> None:
    """Seat the counsellors and write the morning, and earlier visits of the same people."""
    crew = _colleagues(session)
    if counsellor is not None:
        session.add(CounterSeat(user_id=counsellor.id, desk=OWN_DESK))
    draw = Draw(f"{seed}-visits")
    people = session.scalars(
        select(Person)
        .join(Seeker, Seeker.person_id == Person.id)
        .where(Seeker.state.in_(AVAILABLE))
        .order_by(Seeker.id.desc())
        .limit(4 * len(MORNING))
    ).all()
    for person in draw.some(people, len(people) // 2):
        _earlier(session, draw, person, today, crew)
    visitors = draw.some(people, len(MORNING))
    visits = [_visit(draw, n, told, today, crew) for n, told in enumerate(MORNING)]
    for visit, person in zip(visits, visitors, strict=False):
        visit.person_id = person.id
    for visit, name in zip(reversed(visits), WALK_INS, strict=False):
        visit.person_id, visit.name = None, name
    first = series.take(session, f"visit {today:%m-%d}", today.year, len(visits))
    for number, visit in enumerate(visits, first):
        visit.number = number
    session.add_all(visits)
    session.flush()
    advice.write(session, seed=seed, today=today, counsellor=counsellor)


def _colleagues(session: Session) -> list[tuple[int, int]]:
    """Add counsellors of whom nobody knows a password; return (user, desk) of each."""
    hashed = PasswordHasher().hash(secrets.token_urlsafe(32))
    crew = []
    for login, name, desk in COLLEAGUES:
        user = add_user(
            session, login=login, name=name, role=Role.COUNSELLOR, password_hash=hashed, by=BY
        )
        session.add(CounterSeat(user_id=user.id, desk=desk))
        crew.append((user.id, desk))
    session.flush()
    return crew


def _visit(
    draw: Draw,
    place: int,
    told: tuple[VisitState, int, int, int],
    today: dt.date,
    crew: list[tuple[int, int]],
) -> Visit:
    """Return one visit of the morning; a counsellor serves one person at a time."""
    state, ago, waited, served = told
    opening = dt.datetime.combine(today, dt.time(), clock.LOCAL)
    taken = max(clock.now() - dt.timedelta(minutes=ago), opening)
    begun = taken + dt.timedelta(minutes=waited)
    about, services = ABOUTS[place % len(ABOUTS)] if draw.chance(80) else ("", ("job",))
    visit = Visit(
        day=today, about=about, services=services, state=state, taken_at=taken, waiting_since=taken
    )
    if state in (VisitState.DONE, VisitState.SERVING):
        visit.served_by_id, visit.desk = crew[place % len(crew)]
        visit.called_at = visit.started_at = begun
        visit.calls = 1
    if state in (VisitState.DONE, VisitState.LEFT):
        visit.ended_at = begun + dt.timedelta(minutes=served)
    return visit


def _earlier(
    session: Session, draw: Draw, person: Person, today: dt.date, crew: list[tuple[int, int]]
) -> None:
    day = today - dt.timedelta(days=draw.between(5, 60))
    taken = dt.datetime.combine(day, dt.time(draw.between(8, 15), draw.below(60)), clock.LOCAL)
    begun = taken + dt.timedelta(minutes=draw.between(2, 25))
    user_id, desk = draw.pick(crew)
    about, services = draw.pick(ABOUTS)
    session.add(
        Visit(
            day=day, number=series.take(session, f"visit {day:%m-%d}", day.year),
            person_id=person.id, about=about, services=services, state=VisitState.DONE, desk=desk,
            served_by_id=user_id, taken_at=taken, waiting_since=taken, called_at=begun,
            started_at=begun, ended_at=begun + dt.timedelta(minutes=draw.between(6, 30)), calls=1,
        )
    )  # fmt: skip

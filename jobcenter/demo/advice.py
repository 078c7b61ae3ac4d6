"""A year of advice: consultations, sessions, plans, appointments, and what followed the hires."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.advising.choices import (
    AppointmentState,
    Doer,
    FeedbackAbout,
    FeedbackWay,
    Outcome,
    VisitState,
)
from jobcenter.advising.models import (
    ActionPlan,
    Appointment,
    Consultation,
    FeedbackAnswer,
    JobSession,
    PlanStep,
    Visit,
)
from jobcenter.catalogue.queries import is_working_day
from jobcenter.demo import aftercare
from jobcenter.demo.bulk import new_row
from jobcenter.demo.draw import Draw, Table
from jobcenter.kernel import clock
from jobcenter.seekers.choices import AVAILABLE
from jobcenter.seekers.models import Seeker

MOST = 1_600  # consultations of the year, whatever the register holds
SUBJECTS = Table(
    (
        (("job",), 34), (("referral",), 18), (("job", "referral"), 12), (("vocational",), 12),
        (("policy-law",), 9), (("unemployment-insurance",), 11), (("other",), 4),
    )
)  # fmt: skip
CHANNELS = Table((("phone", 40), ("online", 22), ("in-person", 34), ("at-firm", 4)))
OUTCOMES = Table(
    (
        (Outcome.ADVISED, 34), (Outcome.TO_REFERRAL, 24), (Outcome.LACKS_PAPERS, 14),
        (Outcome.NOTHING_FITS, 12), (Outcome.TO_CLASS, 9), (Outcome.PASSED_ON, 3), (None, 4),
    )
)  # fmt: skip
NEXT_STEPS = ("Mang bằng nghề đến", "Gọi lại tuần sau", "Làm giấy khám sức khoẻ",
              "Chờ công ty trả lời", "Đăng ký lớp may buổi tối", "")  # fmt: skip
NOTES = ("Muốn ca ngày, gần nhà, đi xe công ty.", "Đã xem 3 vị trí, chọn kiểm hàng.",
         "Hỏi về hợp đồng thử việc và BHXH.", "Con nhỏ, chưa làm ca đêm được.", "")  # fmt: skip
GOALS = ("Làm may công nghiệp ca ngày trước Tết", "Có việc kho, lương từ 9 triệu",
         "Học xong Sơ cấp điện rồi xin bảo trì", "Việc văn phòng ở Tràng Duệ",
         "Làm lại sau khi sinh, ca hành chính")  # fmt: skip
STEPS = (("Làm giấy khám sức khoẻ", Doer.PERSON), ("Nộp bản sao bằng nghề", Doer.PERSON),
         ("Gọi hỏi công ty kết quả phỏng vấn", Doer.CENTRE), ("Tập trả lời phỏng vấn", Doer.PERSON),
         ("Tìm vị trí có xe đưa đón", Doer.CENTRE))  # fmt: skip
ABOUTS = ("Chọn việc thứ hai: bảo trì cơ điện", "Nộp đơn học Sơ cấp Điện công nghiệp",
          "Báo kết quả phỏng vấn", "Xem 3 vị trí kiểm hàng, không đi ca đêm",
          "Nhận phiếu giới thiệu")  # fmt: skip
HOURS = (dt.time(8), dt.time(8, 45), dt.time(9, 30), dt.time(10, 15), dt.time(14))
PLACES = ("Nhà văn hoá X. An Lão", "Hội trường UBND P. Thuỷ Nguyên", "Nhà văn hoá X. Tiên Lãng",
          "Cổng KCN Tràng Duệ", "Trường THPT Vĩnh Bảo")  # fmt: skip
STRANGERS = ("Bác Tư", "Chị Hoa", "Anh Khánh", "Cô Năm", "Em Trang")


def write(session: Session, *, seed: int, today: dt.date, counsellor: User | None) -> None:
    """Write the year; who was served at the counter is a consultation of that visit."""
    draw = Draw(f"{seed}-advice")
    crew = list(
        session.scalars(select(User.id).where(User.role == Role.COUNSELLOR).order_by(User.id))
    )
    people = session.execute(
        select(Seeker.person_id, Seeker.registered_on)
        .where(Seeker.registered_on <= today)
        .order_by(Seeker.id.desc())
        .limit(MOST)
    ).all()
    _of_visits(session, draw)
    if not crew or not people:
        return
    days = _days(session, today)
    _year(session, draw, crew, [(row.person_id, row.registered_on) for row in people], days)
    _sessions(session, draw, crew, [row.person_id for row in people], days)
    aftercare.write(session, seed=seed, today=today, crew=crew, days=days)
    _feedback(session, draw, today)
    if counsellor is not None:
        _own(session, draw, today, counsellor)
    session.flush()


def _days(session: Session, today: dt.date) -> list[dt.date]:
    """Return the working days of this year until today."""
    first = today.replace(month=1, day=2)
    every = (first + dt.timedelta(days=n) for n in range((today - first).days + 1))
    return [day for day in every if is_working_day(session, day)] or [today]


def _row(draw: Draw, day: dt.date, by_id: int | None, channel: str) -> dict[str, Any]:
    return new_row() | {
        "day": day, "person_id": None, "name": "", "phone": None, "channel": channel,
        "subjects": draw.of(SUBJECTS), "outcome": draw.of(OUTCOMES),
        "next_step": draw.pick(NEXT_STEPS), "note": draw.pick(NOTES), "by_id": by_id,
        "visit_id": None, "session_id": None, "group_key": None, "struck_because": "",
    }  # fmt: skip


def _of_visits(session: Session, draw: Draw) -> None:
    done = session.scalars(
        select(Visit).where(Visit.state == VisitState.DONE).order_by(Visit.id)
    ).all()
    rows = [
        _row(draw, visit.day, visit.served_by_id, "in-person")
        | {
            "person_id": visit.person_id, "name": "" if visit.person_id else visit.name,
            "subjects": visit.services or (), "visit_id": visit.id,
        }
        for visit in done
    ]  # fmt: skip
    if rows:
        session.execute(insert(Consultation), rows)


def _year(
    session: Session, draw: Draw, crew: Sequence[int], people: Sequence[tuple[int, dt.date]],
    days: Sequence[dt.date],
) -> None:  # fmt: skip
    """Advise people since they registered, one to three times; a few talks to several at once."""
    rows = []
    for person_id, registered in people:
        known = [day for day in days if day >= registered]
        if not known or draw.chance(25):
            continue
        for _n in range(draw.between(1, 3)):
            day = draw.pick(known)
            rows.append(_row(draw, day, draw.pick(crew), draw.of(CHANNELS))
                        | {"person_id": person_id})  # fmt: skip
    for day in draw.some(days, 8):
        group, note = uuid.UUID(int=draw.below(2**62)), draw.pick(NOTES[:3])
        for person_id, _registered in draw.some(people, draw.between(4, 9)):
            rows.append(
                _row(draw, day, crew[0], "in-person")
                | {"person_id": person_id, "group_key": group, "note": note}
            )
    session.execute(insert(Consultation), rows[:MOST])


def _sessions(
    session: Session, draw: Draw, crew: Sequence[int], people: Sequence[int],
    days: Sequence[dt.date],
) -> None:  # fmt: skip
    """Hold a regular session every month and a mobile one every second; copy the paper notes."""
    rows: list[dict[str, Any]] = []
    for place, month in enumerate(sorted({day.replace(day=1) for day in days})):
        within = [day for day in days if day.replace(day=1) == month]
        kinds = ("regular", "mobile") if place % 2 else ("regular",)
        for kind in kinds:
            came = draw.between(45, 160)
            held = JobSession(
                day=draw.pick(within), kind=kind,
                place=draw.pick(PLACES) if kind == "mobile" else "Sàn giao dịch của trung tâm",
                organiser="Trung tâm Dịch vụ việc làm", firms=draw.between(5, 18),
                openings=draw.between(120, 900), attended=came, interviewed=came // 3,
                preselected=came // 6, recorded_by_id=crew[0],
            )  # fmt: skip
            session.add(held)
            session.flush()
            channel = "mobile" if kind == "mobile" else "at-session"
            for n in range(draw.between(6, 18)):
                row = _row(draw, held.day, draw.pick(crew), channel) | {"session_id": held.id}
                who = {"person_id": draw.pick(people)}
                rows.append(row | ({"name": draw.pick(STRANGERS)} if n % 4 == 0 else who))
    session.execute(insert(Consultation), rows)


def _feedback(session: Session, draw: Draw, today: dt.date) -> None:
    scores = Table(((5, 44), (4, 34), (3, 13), (2, 6), (1, 3)))
    abouts = Table(((FeedbackAbout.VISIT, 60), (FeedbackAbout.PLACEMENT, 26),
                    (FeedbackAbout.REFERRAL, 14)))  # fmt: skip
    session.execute(
        insert(FeedbackAnswer),
        [
            {
                "about": draw.of(abouts), "score": draw.of(scores), "words": "",
                "way": FeedbackWay.COUNTER if draw.chance(30) else FeedbackWay.LINK,
                "month": today.replace(month=draw.between(1, today.month), day=1),
            }
            for _n in range(180)
        ],
    )  # fmt: skip


def _own(session: Session, draw: Draw, today: dt.date, counsellor: User) -> None:
    """Give the counsellor plans with steps due, and appointments of today and around it."""
    files = session.execute(
        select(Seeker.person_id)
        .where(Seeker.responsible_id == counsellor.id, Seeker.state.in_(AVAILABLE))
        .order_by(Seeker.id)
        .limit(60)
    ).scalars().all()  # fmt: skip
    for place, person_id in enumerate(files[::2]):
        opened = today - dt.timedelta(days=draw.between(10, 90))
        over = place % 7 == 6
        plan = ActionPlan(
            person_id=person_id, goal=draw.pick(GOALS), opened_on=opened, by_id=counsellor.id,
            closed_on=today - dt.timedelta(days=3) if over else None,
            is_reached=True if over else None,
        )  # fmt: skip
        for what, doer in draw.some(STEPS, draw.between(1, 3)):
            due = today + dt.timedelta(days=draw.between(-6, 21))
            ended = over or (due < today and draw.chance(70))
            plan.steps.append(
                PlanStep(
                    what=what, doer=doer, due_on=due, ended_by_id=counsellor.id if ended else None,
                    ended_on=min(due, today) if ended else None, is_done=True if ended else None,
                )
            )  # fmt: skip
        session.add(plan)
    people = draw.some(files, len(files))
    for place, person_id in enumerate(people[:25]):
        _appointment(session, draw, today, counsellor, person_id, place)


def _appointment(
    session: Session, draw: Draw, today: dt.date, counsellor: User, person_id: int, place: int
) -> None:
    """Book five a day: today, the next days, and some that are past."""
    offset, slot = (0, 1, 2, -1, -4)[place // 5], HOURS[place % 5]
    starts = dt.datetime.combine(today + dt.timedelta(days=offset), slot, clock.LOCAL)
    is_past = starts < clock.now() - dt.timedelta(minutes=30)
    state = AppointmentState.BOOKED
    if is_past:
        state = AppointmentState.MISSED if draw.chance(20) else AppointmentState.KEPT
    session.add(
        Appointment(
            person_id=person_id, user_id=counsellor.id, starts_at=starts, minutes=30,
            channel=draw.pick(("in-person", "in-person", "phone", "online")),
            about=ABOUTS[place % len(ABOUTS)], state=state, booked_by_id=counsellor.id,
            ended_at=starts + dt.timedelta(minutes=30) if is_past else None,
        )
    )  # fmt: skip

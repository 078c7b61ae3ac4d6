"""A year of the school: programmes, trainers, rooms, targets, classes in every state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.courses import classes, rules, timetable
from jobcenter.courses.choices import ClassState, FillRule, RoomKind
from jobcenter.courses.data import ClassData, ModuleData, ProgrammeData, SkillData
from jobcenter.courses.models import TrainingClass
from jobcenter.demo import lessons, school_money
from jobcenter.demo.draw import Draw
from jobcenter.enrolments import rules as enrolling
from jobcenter.enrolments.choices import EnrolState, Source
from jobcenter.enrolments.filling import fill
from jobcenter.enrolments.history import PastLearner, bring_in
from jobcenter.enrolments.rules import Asked
from jobcenter.enrolments.support import Proof
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.people.models import Person
from jobcenter.seekers.models import Seeker

MOST_PEOPLE = 480
TRAINERS = (
    ("Ngô Đình Phúc", "Điện công nghiệp"), ("Vũ Thị Hải Yến", "May công nghiệp"),
    ("Đoàn Văn Trường", "Hàn, cơ khí"), ("Phạm Thu Trang", "An toàn lao động"),
    ("Bùi Quốc Khánh", "Vận hành xe nâng"), ("Lương Thị Mai", "Tin học văn phòng"),
)  # fmt: skip
ROOMS = (
    ("Xưởng điện 1", RoomKind.WORKSHOP, 18), ("Xưởng may", RoomKind.WORKSHOP, 36),
    ("Xưởng hàn", RoomKind.HAZARD, 12), ("Phòng A201", RoomKind.THEORY, 40),
    ("Bãi tập xe nâng", RoomKind.HAZARD, 10),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A programme of the demo: code, type, name, English, skills, certificate, hours, price."""

    code: str
    type: str
    name: str
    english: str
    skills: tuple[tuple[str, str], ...]
    certificate: str
    modules: tuple[tuple[str, int, int, int], ...]
    fee: int
    trainer: int
    room: int
    partner: str = ""
    hazard: bool = False


PROGRAMMES = (
    Plan("SC-DCN", "so-cap-1", "Điện công nghiệp", "Industrial electricity",
         (("Lắp đặt mạch điện", "7411"), ("Bảo trì điện", "7412")), "Thẻ an toàn điện",
         (("An toàn điện", 15, 30, 3), ("Khí cụ và mạch điều khiển", 30, 120, 6),
          ("Bảo trì hệ thống điện", 20, 72, 4)), 2_800_000, 0, 0),
    Plan("SC-MAY", "so-cap-1", "May công nghiệp", "Industrial sewing",
         (("May công nghiệp", "8153"), ("Cắt vải", "7532")), "Chứng chỉ may công nghiệp",
         (("Vận hành máy 1 kim, 2 kim", 15, 105, 4), ("May các cụm chi tiết", 20, 100, 4),
          ("Ráp sản phẩm", 10, 38, 4)), 2_200_000, 1, 1),
    Plan("SC-HAN", "so-cap-1", "Hàn điện và hàn MAG", "Arc and MAG welding",
         (("Hàn hồ quang", "7212"), ("Hàn MAG", "7212")), "Chứng chỉ hàn 3G",
         (("An toàn và thiết bị hàn", 20, 20, 2), ("Hàn hồ quang tay", 25, 115, 4),
          ("Hàn MAG", 20, 90, 4)), 3_200_000, 2, 2, hazard=True),
    Plan("NH-XN", "under-3-months", "Vận hành xe nâng", "Forklift driving",
         (("Lái xe nâng", "8344"),), "Chứng chỉ vận hành xe nâng",
         (("Lái xe nâng an toàn", 12, 36, 4),), 3_500_000, 4, 4, hazard=True),
    Plan("NH-TH", "under-3-months", "Tin học văn phòng", "Office computing",
         (("Soạn thảo, bảng tính", "4110"),), "Chứng chỉ tin học cơ bản",
         (("Soạn thảo văn bản", 10, 30, 2), ("Bảng tính", 10, 30, 2)), 1_200_000, 5, 3),
    Plan("ATLD-3", "safety-3", "Huấn luyện an toàn nhóm 3", "Safety training group 3",
         (), "Thẻ an toàn lao động", (("Pháp luật và kỹ năng an toàn", 8, 14, 2),), 450_000, 3, 3),
    Plan("LK-QTKD", "partner", "Quản trị kinh doanh (liên kết)", "Business administration",
         (("Quản lý sản xuất", "1321"),), "", (), 0, 5, 3, partner="Trường Đại học Hải Phòng"),
    Plan("ATLD-1", "safety-1", "Huấn luyện an toàn nhóm 1", "Safety training group 1",
         (), "Giấy chứng nhận huấn luyện", (("Pháp luật và tổ chức an toàn", 14, 0, 2),),
         700_000, 3, 3),
)  # fmt: skip
# (programme, course, first day from today, days, size of places, people, state, funding)
CLASSES = (
    (5, "L0", -752, 12, 30, 26, ClassState.CLOSED, "enterprise"),
    (5, "L0B", -700, 12, 30, 22, ClassState.CLOSED, "enterprise"),
    (7, "Q0", -716, 9, 20, 12, ClassState.CLOSED, "enterprise"),
    (1, "K8", -290, 152, 35, 34, ClassState.CLOSED, "ctmtqg"),
    (0, "K10", -262, 152, 30, 29, ClassState.CLOSED, "self-paid"),
    (5, "L1", -130, 12, 60, 56, ClassState.CLOSED, "enterprise"),
    (3, "K21", -200, 32, 20, 19, ClassState.CLOSED, "self-paid"),
    (6, "K3", -75, 700, 60, 42, ClassState.RUNNING, "self-paid"),
    (0, "K11", -152, 146, 30, 30, ClassState.FINISHED, "city-budget"),
    (1, "K9", -55, 150, 36, 36, ClassState.RUNNING, "city-budget"),
    (0, "K12", -51, 150, 30, 26, ClassState.RUNNING, "self-paid"),
    (2, "K5", -20, 150, 18, 15, ClassState.RUNNING, "self-paid"),
)  # fmt: skip
# (programme, course, first day from today, days, places, who apply, how places are filled)
OPEN = (
    (3, "K22", 9, 32, 12, 18, FillRule.FIRST_COME),
    (1, "K10", 14, 160, 35, 22, FillRule.FIRST_COME),
    (0, "K13", 25, 160, 20, 27, FillRule.PRIORITY),
    (4, "K7", 40, 45, 30, 8, FillRule.FIRST_COME),
)  # fmt: skip
TARGETS = {"so-cap-1": 220, "under-3-months": 60, "partner": 60}
HOURS = {True: (dt.time(18), dt.time(20, 30)), False: (dt.time(7, 30), dt.time(11))}


def write(
    session: Session, *, seed: int, today: dt.date, by: Actor, firm_id: int,
    teacher_id: int | None = None,
) -> None:  # fmt: skip
    """Write the school's year; small registers give small classes."""
    draw = Draw(f"{seed}-school")
    pool = list(
        session.scalars(
            select(Seeker.person_id)
            .join(Seeker.person)
            .where(Person.birth_year <= today.year - 18)
            .order_by(Seeker.id)
            .limit(MOST_PEOPLE)
        )
    )
    trainers = [
        rules.add_trainer(
            session, name=name, subject=subject, by=by, account_id=None if n else teacher_id
        )
        for n, (name, subject) in enumerate(TRAINERS)
    ]
    rooms = [
        rules.add_room(session, name=name, kind=kind, seats=seats, by=by)
        for name, kind, seats in ROOMS
    ]
    made = [_programme(session, one, today, by) for one in PROGRAMMES]
    for of, target in TARGETS.items():
        rules.set_target(
            session, year=today.year, of=of, target=target, decision="QĐ 05/QĐ-TN", by=by
        )
    _taught(session, draw, made, today, trainers, rooms, pool, by, firm_id)
    for line in OPEN:
        _open(session, draw, line, made, today, trainers, rooms, pool, by)
    _own(session, by)
    _planned(session, made, today, trainers, rooms, by)


def _taught(
    session: Session, draw: Draw, made: Any, today: dt.date, trainers: Any, rooms: Any,
    pool: list[int], by: Actor, firm_id: int,
) -> None:  # fmt: skip
    """Write the classes that have begun, with all that was done in them."""
    lessons.receive_blanks(session, today, by)
    begun = []
    for row in CLASSES:
        plan = PROGRAMMES[row[0]]
        firm = firm_id if plan.type.startswith("safety") else None
        data = _data(row, plan, today, trainers, rooms, firm)
        people = [pool.pop() for _n in range(min(row[5], len(pool)))]
        learners = [_learner(draw, person, row, firm) for person in people]
        is_closed = row[6] is ClassState.CLOSED
        course = bring_in(
            session, programme=made[row[0]], data=data, learners=learners, by=by,
            state=ClassState.FINISHED if is_closed else row[6], source=Source.COUNTER,
            decision=(f"{draw.between(11, 90)}/QĐ-TN", data.starts_on - dt.timedelta(days=7)),
        )  # fmt: skip
        if course.curriculum_id:
            _sessions(session, course, by)
        begun.append((course, is_closed))
    receipt = 1
    for number, (course, is_closed) in enumerate(
        sorted(begun, key=lambda one: (one[0].ends_on, one[0].id)), 1
    ):
        lessons.teach(session, draw, course, today)
        if course.state is ClassState.FINISHED:
            lessons.finish(session, draw, course, by, is_closed=is_closed)
        if is_closed:
            lessons.close(session, course, by)
        receipt = school_money.fees(session, draw, course, receipt)
        school_money.support(session, draw, course, today, by)
        if course.enterprise_id:
            school_money.invoice(
                session, course, number, by, is_paid=course.ends_on.year < today.year
            )
    lessons.count_blanks(session, today, by)
    school_money.order(session, firm_id, today)


def _programme(session: Session, plan: Plan, today: dt.date, by: Actor) -> Any:
    row = rules.add_programme(
        session,
        data=ProgrammeData(
            code=plan.code, type=plan.type, name_vi=plan.name, name_en=plan.english,
            partner=plan.partner, certificate=plan.certificate, is_hazardous=plan.hazard,
            least_age=18 if plan.hazard else 15,
            skills=[SkillData(name=name, occupation_code=code) for name, code in plan.skills],
        ),
        by=by,
    )  # fmt: skip
    if plan.modules:
        rules.set_curriculum(
            session, programme=row, valid_from=dt.date(today.year - 2, 1, 1),
            decision="QĐ 21/QĐ-TN", by=by,
            modules=[
                ModuleData(code=f"MD{n:02d}", name=name, theory_hours=theory,
                           practice_hours=practice, exam_hours=exam)
                for n, (name, theory, practice, exam) in enumerate(plan.modules, 1)
            ],
        )  # fmt: skip
    return row


def _data(
    row: Any, plan: Plan, today: dt.date, trainers: Any, rooms: Any, firm_id: int | None = None
) -> ClassData:
    start = today + dt.timedelta(days=row[2])
    evening = plan.type == "so-cap-1"
    from_, to = HOURS[evening]
    return ClassData(
        code=f"{plan.code}-{row[1]}", name=f"{plan.name} {row[1]}", course=row[1],
        intake=f"Đợt {1 + (start.month - 1) // 3}/{start.year}", starts_on=start,
        ends_on=start + dt.timedelta(days=row[3]), places=row[4], fee=plan.fee or None,
        funding=row[7] if len(row) > 7 else "self-paid",
        fill_rule=row[6] if isinstance(row[6], FillRule) else FillRule.FIRST_COME,
        trainer_id=trainers[plan.trainer].id, room_id=rooms[plan.room].id,
        weekdays=("0", "1", "2", "3", "4") if evening else ("0", "2", "4"),
        starts_at=from_, ends_at=to, session_hours=3 if evening else 4,
        enterprise_id=firm_id, contract_number="18/HĐ-HL" if firm_id else "",
        contract_on=start - dt.timedelta(days=20) if firm_id else None,
        ordered=row[4] if firm_id else None,
    )  # fmt: skip


def _learner(draw: Draw, person: int, row: Any, firm_id: int | None) -> PastLearner:
    over = row[6] in (ClassState.CLOSED, ClassState.FINISHED)
    state = EnrolState.ENROLLED  # results are decided when everything is written
    if over and firm_id is None and draw.chance(4):
        state = EnrolState.DROPPED
    public = row[7] in ("ctmtqg", "city-budget") and draw.chance(70)
    group = draw.pick(("LDNT", "HN", "HCN", "PN")) if public else None
    return PastLearner(
        person_id=person, state=state, target_group=group, enterprise_id=firm_id,
        proof_number=f"{draw.between(10, 400)}/XN-UBND" if public else "",
        funding=row[7] if public or firm_id else "self-paid",
    )  # fmt: skip


def _sessions(session: Session, course: TrainingClass, by: Actor) -> None:
    """Make the timetable; the class ends with its last session."""
    course.ends_on = timetable.make(session, course=course, by=by).last or course.ends_on
    session.flush()


def _open(
    session: Session, draw: Draw, line: Any, made: Any, today: dt.date, trainers: Any, rooms: Any,
    pool: list[int], by: Actor,
) -> None:  # fmt: skip
    plan = PROGRAMMES[line[0]]
    data = _data(line, plan, today, trainers, rooms)
    course = classes.plan(session, programme=made[line[0]], data=data, by=by)
    _sessions(session, course, by)
    classes.move(session, course=course, verb="open", by=by)
    for _n in range(min(line[5], len(pool))):
        person = session.get_one(Person, pool.pop())
        poor = draw.chance(30)
        proof = Proof(group="HN", number=f"{draw.between(10, 400)}/HN", issuer="UBND phường")
        try:
            made_rows = enrolling.apply(
                session, person=person, courses=[course], by=by,
                asked=Asked(proof=proof) if poor else Asked(),
            )  # fmt: skip
        except Refused:
            continue
        if made_rows[0].holds_seat and draw.chance(12):
            enrolling.leave(
                session, enrolment=made_rows[0], verb="withdraw", reason="Đã đi làm", by=by
            )
    if course.fill_rule is FillRule.PRIORITY:
        fill(session, course=course, by=by)


def _own(session: Session, by: Actor) -> None:
    """Let the person behind the demo's account learn too."""
    person = session.scalars(
        select(Person).where(Person.user_id.is_not(None)).order_by(Person.id).limit(1)
    ).first()
    course = session.scalars(
        select(TrainingClass)
        .where(
            TrainingClass.state == ClassState.ENROLLING,
            TrainingClass.taken < TrainingClass.places,
        )
        .order_by(TrainingClass.starts_on)
        .limit(1)
    ).first()
    if person is not None and course is not None:
        try:
            enrolling.apply(session, person=person, courses=[course], by=by)
        except Refused:
            return  # too young in this draw


def _planned(
    session: Session, made: Any, today: dt.date, trainers: Any, rooms: Any, by: Actor
) -> None:
    row = (2, "K6", 60, 110, 18, 0, FillRule.FIRST_COME)
    data = _data(row, PROGRAMMES[2], today, trainers, rooms)
    classes.plan(session, programme=made[2], data=data, by=by)

"""The school's part of the town that pages are looked at in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.catalogue.choices import Award
from jobcenter.certificates import blanks
from jobcenter.certificates import rules as certificates
from jobcenter.courses.choices import RoomKind
from jobcenter.courses.models import Trainer, TrainingRoom
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.teaching import attendance, marks, queries
from jobcenter.teaching.choices import MarkKind


@pytest.fixture
def make_school(
    session: Session, make_class: Any, make_enrolment: Any, make_session: Any, make_person: Any
) -> Any:
    """make_school(teacher, people, by): a class that runs, with attendance, marks, results."""

    def make(teacher: Any, people: list[Any], by: Actor) -> dict[str, Any]:
        trainer = Trainer(name="Ngô Đình Phúc", account_id=teacher.id)
        room = TrainingRoom(name="Xưởng điện 2", kind=RoomKind.WORKSHOP, seats=18)
        session.add_all([trainer, room])
        session.flush()
        start = clock.today() - dt.timedelta(days=2)
        course = make_class(
            name="Sơ cấp Điện công nghiệp K12", starts_on=start, trainer_id=trainer.id,
            room_id=room.id, state="running", fee=2_400_000,
        )  # fmt: skip
        rows = [make_enrolment(course=course, person=one) for one in people]
        for back in (2, 1, 0):
            held = make_session(course, day=clock.today() - dt.timedelta(days=back))
            signs = {row.id: attendance.read_sign("CM"[n % 2]) for n, row in enumerate(rows)}
            attendance.take(session, course=course, held=held, signs=signs, version=None, by=by)
        for module in queries.modules_of(course):
            cells = {MarkKind.REGULAR: [70, 85], MarkKind.END: [80]}
            marks.write(session, course=course, module=module, version=None, by=by,
                        rows={row.id: cells for row in rows})  # fmt: skip
        marks.write(session, course=course, module=None, version=None, by=by,
                    rows={row.id: {MarkKind.EXAM_PRACTICE: [80]} for row in rows})  # fmt: skip
        marks.decide(session, course=course, learners=rows, by=by)
        blanks.receive(session, award=Award.CERTIFICATE, first="A0001", count=5,
                       on=clock.today(), receipt="1/PGH", by=by)  # fmt: skip
        made = certificates.issue(session, enrolment=rows[0], by=by)
        for state, name in (("offered", "Cao Thị Phương"), ("waiting", "Hà Văn Thắng")):
            make_enrolment(course=course, person=make_person(full_name=name), state=state)
        make_class(name="Sơ cấp Hàn K5")
        session.commit()
        return {
            "class": course.key, "held": held.key, "programme": course.programme.key,
            "enrolment": rows[0].key, "trainer": trainer.key, "room": room.key,
            "person": rows[0].person.key, "certificate": made.key,
        }  # fmt: skip

    return make

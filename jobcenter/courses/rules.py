"""Writing programmes, their curricula and rules, targets, trainers and rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Occupation
from jobcenter.catalogue.queries import check_code
from jobcenter.courses.choices import PARTNER, RoomKind
from jobcenter.courses.data import ModuleData, ProgrammeData
from jobcenter.courses.models import (
    Curriculum,
    Module,
    PlanTarget,
    Programme,
    ProgrammeSkill,
    Trainer,
    TrainingClass,
    TrainingRoom,
)
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import Base, hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_

MOST_MODULES = 60


def require_school(by: Actor) -> None:
    """Refuse whoever does not keep the school's books."""
    if not by.may(Right.SCHOOL):
        raise NotAllowed


def add_programme(session: Session, *, data: ProgrammeData, by: Actor) -> Programme:
    """Write down a programme."""
    require_school(by)
    row = Programme(code="", type="", name_vi="", folded="")
    _write_programme(session, row, data)
    _insert(session, row, N_("Đã có chương trình mang mã này."), "code")
    record(session, by=by, action="add-programme", kind="programme", subject_id=row.id)
    return row


def change_programme(
    session: Session, *, programme: Programme, data: ProgrammeData, version: int | None, by: Actor
) -> None:
    """Change a programme; classes that follow its curricula are not touched."""
    require_school(by)
    hold(session, programme, version)
    was_type = programme.type
    if data.type != was_type and _has_classes(session, programme):
        raise Refused(
            N_("Chương trình đã có lớp, không đổi loại được. Thêm chương trình mới."), field="type"
        )
    _write_programme(session, programme, data)
    programme.changed_at = clock.now()
    _flush(session, N_("Đã có chương trình mang mã này."), "code")
    record(session, by=by, action="change-programme", kind="programme", subject_id=programme.id)


def _has_classes(session: Session, programme: Programme) -> bool:
    found = select(TrainingClass.id).where(TrainingClass.programme_id == programme.id).limit(1)
    return session.scalar(found) is not None


def _write_programme(session: Session, row: Programme, data: ProgrammeData) -> None:
    check_code(session, "V", data.type, field="type", kept=(row.type,))
    check_code(
        session, "A", data.least_education, field="least_education", kept=(row.least_education,)
    )
    if data.type == PARTNER and not data.partner:
        raise Refused(N_("Chương trình liên kết cần tên trường cấp bằng."), field="partner")
    if not 13 <= data.least_age <= 60:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field="least_age", least=13, most=60)
    for name in (
        "type", "name_vi", "name_en", "certificate", "least_age", "least_education",
        "is_hazardous", "is_offered", "description",
    ):  # fmt: skip
        setattr(row, name, getattr(data, name))
    row.code = data.code.upper()
    row.partner = data.partner if data.type == PARTNER else ""
    row.folded = vietnamese.fold(f"{row.code} {data.name_vi} {data.name_en}")[:400]
    _write_skills(session, row, data)


def _write_skills(session: Session, row: Programme, data: ProgrammeData) -> None:
    wanted = {vietnamese.clean_line(one.name): one.occupation_code for one in data.skills}
    for known in filter(None, wanted.values()):
        if session.get(Occupation, known) is None:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field="skills")
    there = {one.name: one for one in row.skills}
    for name, one in there.items():
        if name not in wanted:
            row.skills.remove(one)
    for place, (name, code) in enumerate(wanted.items(), 1):
        one = there.get(name) or ProgrammeSkill(name=name)
        one.position, one.occupation_code = place, code
        if name not in there:
            row.skills.append(one)


def set_curriculum(
    session: Session,
    *,
    programme: Programme,
    valid_from: dt.date,
    decision: str,
    modules: Sequence[ModuleData],
    by: Actor,
) -> Curriculum:
    """Write the modules of a programme from a day on; the same day again replaces them.

    Refused once a class follows that curriculum: what people learnt stays as it was.
    """
    require_school(by)
    hold(session, programme, None)
    _check_modules(modules)
    row = session.scalar(
        select(Curriculum).where(
            Curriculum.programme_id == programme.id, Curriculum.valid_from == valid_from
        )
    )
    if row is None:
        row = Curriculum(programme=programme, valid_from=valid_from)
        session.add(row)
    else:
        in_use = select(TrainingClass.id).where(TrainingClass.curriculum_id == row.id).limit(1)
        if session.scalar(in_use) is not None:
            raise Refused(
                N_("Đã có lớp học theo chương trình này. Ghi chương trình mới từ một ngày khác."),
                field="valid_from",
            )
        row.modules.clear()
        session.flush()
    row.decision = decision
    row.modules = [Module(position=n, **vars(one)) for n, one in enumerate(modules, 1)]
    programme.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="set-curriculum", kind="programme", subject_id=programme.id,
        valid_from=valid_from.isoformat(), count=len(modules),
    )  # fmt: skip
    return row


def _check_modules(modules: Sequence[ModuleData]) -> None:
    if not modules:
        raise Refused(N_("Cần ít nhất một mô đun."), field="modules")
    if len(modules) > MOST_MODULES:
        raise Refused(N_("Nhiều nhất %(most)s mô đun."), field="modules", most=MOST_MODULES)
    codes = [one.code for one in modules]
    if len(set(codes)) != len(codes):
        raise Refused(N_("Mỗi mô đun một mã riêng."), field="modules")
    for one in modules:
        if one.theory_hours + one.practice_hours + one.exam_hours < 1:
            raise Refused(N_("Mô đun %(code)s chưa có giờ nào."), field="modules", code=one.code)


def set_target(
    session: Session, *, year: int, of: str, target: int, decision: str, by: Actor
) -> PlanTarget:
    """Write the target of a programme type in a year's plan."""
    if not (by.may(Right.SCHOOL) or by.may(Right.OVERVIEW)):
        raise NotAllowed
    check_code(session, "V", of, field="type")
    found = select(PlanTarget).where(PlanTarget.year == year, PlanTarget.type == of)
    row = session.scalar(found)
    before = row.target if row else None
    if row is None:
        row = PlanTarget(year=year, type=of, target=target, decision=decision)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            row = session.scalars(found).one()  # somebody wrote it a moment ago
    hold(session, row, None)
    row.target, row.decision = target, decision
    session.flush()
    record(
        session, by=by, action="set-target", kind="plan-target", subject_id=row.id,
        code=of, before=before, after=target,
    )  # fmt: skip
    return row


def add_trainer(
    session: Session, *, name: str, phone: str = "", subject: str = "", by: Actor,
    account_id: int | None = None,
) -> Trainer:  # fmt: skip
    """Write down a trainer."""
    require_school(by)
    row = Trainer(name=name)
    _write_trainer(row, name, phone, subject, account_id)
    _insert(session, row, N_("Tài khoản này đã là của một giáo viên khác."), "account")
    record(session, by=by, action="add-trainer", kind="trainer", subject_id=row.id)
    return row


def change_trainer(
    session: Session, *, trainer: Trainer, name: str, phone: str, subject: str, is_active: bool,
    version: int | None, by: Actor, account_id: int | None = None,
) -> None:  # fmt: skip
    """Change a trainer, or say that they teach no more."""
    require_school(by)
    hold(session, trainer, version)
    _write_trainer(trainer, name, phone, subject, account_id)
    trainer.is_active = is_active
    _flush(session, N_("Tài khoản này đã là của một giáo viên khác."), "account")
    record(session, by=by, action="change-trainer", kind="trainer", subject_id=trainer.id)


def _write_trainer(
    row: Trainer, name: str, phone: str, subject: str, account_id: int | None
) -> None:
    row.name, row.subject, row.account_id = name, subject, account_id
    row.phone = vietnamese.parse_phone(phone) if phone else None


def add_room(
    session: Session, *, name: str, kind: RoomKind, seats: int, place: str = "", by: Actor
) -> TrainingRoom:
    """Write down a room."""
    require_school(by)
    row = TrainingRoom(name=name, kind=kind, seats=seats, place=place)
    _insert(session, row, N_("Đã có phòng mang tên này."), "name")
    record(session, by=by, action="add-room", kind="training-room", subject_id=row.id)
    return row


def change_room(
    session: Session, *, room: TrainingRoom, name: str, kind: RoomKind, seats: int, place: str,
    is_active: bool, version: int | None, by: Actor,
) -> None:  # fmt: skip
    """Change a room, or say that it is used no more."""
    require_school(by)
    hold(session, room, version)
    room.name, room.kind, room.seats, room.place = name, kind, seats, place
    room.is_active = is_active
    _flush(session, N_("Đã có phòng mang tên này."), "name")
    record(session, by=by, action="change-room", kind="training-room", subject_id=room.id)


def _insert(session: Session, row: Base, twice: str, field: str) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Refused(twice, field=field) from error


def _flush(session: Session, twice: str, field: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Refused(twice, field=field) from error

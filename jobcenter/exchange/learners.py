"""People for classes from a file: an enterprise's list of its workers, or one that the school has.

An enterprise brings lists only for classes that it ordered, and learns nothing of the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.courses import queries as courses
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments import rules, workers
from jobcenter.enrolments.choices import STANDING, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.exchange import parsers
from jobcenter.exchange.fields import Field, Kind, Look, Made, Problem, Row, Source, Values
from jobcenter.exchange.reading import Cell
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Sex, Strength
from jobcenter.people.entry import is_sure
from jobcenter.people.likeness import Traits
from jobcenter.people.lookalikes import Lookalike
from jobcenter.people.many import known_among
from jobcenter.people.models import Person
from jobcenter.people.rules import Identity

_UNDONE = N_("Hoàn tác lần nhập từ tệp")
_WITHDRAWABLE = frozenset({EnrolState.APPLIED, EnrolState.WAITING, EnrolState.ENROLLED})


def _course(cell: Cell, look: Look) -> int | None:
    """Read a class by its code: of those that the actor may see."""
    code = parsers.plain(cell).upper()
    if not code:
        return None
    if "classes" not in look.kept:
        rows = courses.visible_to(look.by).with_only_columns(TrainingClass.code, TrainingClass.id)
        look.kept["classes"] = {row[0].upper(): row[1] for row in look.session.execute(rows)}
    if code not in look.kept["classes"]:
        raise Refused(N_("Không có lớp mang mã này."))
    found: int = look.kept["classes"][code]
    return found


FIELDS: tuple[Field, ...] = (
    Field("course", N_("Mã lớp"), _course, "ATLD-3-L2", needed=True,
          aliases=("lop", "ma lop hoc", "class"), width=16),
    Field("full_name", N_("Họ và tên"), parsers.name, "Nguyễn Thị Thu Hường", needed=True,
          aliases=("ho ten", "ten", "ho ten nguoi lao dong", "ho va ten hoc vien", "full name"),
          width=26),
    Field("birth", N_("Ngày sinh"), parsers.birth, "14/03/1998", needed=True,
          aliases=("ngay thang nam sinh", "nam sinh", "date of birth"),
          hint=N_("Ngày/tháng/năm, hoặc chỉ năm sinh"), width=13),
    Field("sex", N_("Giới tính"), parsers.code("sex"), "Nữ", offers=("Nam", "Nữ", "Khác"),
          aliases=("gioi", "nam nu", "nam/nu"), width=10),
    Field("id_number", N_("Số CCCD"), parsers.id_number, "031198001234",
          aliases=("cccd", "can cuoc", "so can cuoc", "cmnd", "cmnd/cccd", "cccd/cmnd"),
          hint=N_("12 số; số CMND 9 số cũ cũng được"), width=16),
    Field("phone", N_("Điện thoại"), parsers.phone, "0912 345 678",
          aliases=("so dien thoai", "sdt", "dt"), width=15),
    Field("job_title", N_("Công việc đang làm"), parsers.line(120), "Thợ hàn",
          aliases=("cong viec", "chuc vu", "chuc danh", "vi tri", "bo phan"), width=24),
)  # fmt: skip


def _whole(look: Look, values: Values) -> None:
    if not (values.get("phone") or values.get("id_number")):
        raise Refused(N_("Cần số điện thoại hoặc số CCCD."), field="phone")
    course = _of(look.session, look.by, values["course"])
    if not courses.takes_people(course, look.today):
        raise Refused(N_("Lớp %(code)s không nhận người lúc này."), field="course",
                      code=course.code)  # fmt: skip


def _of(session: Session, by: Actor, course_id: int) -> TrainingClass:
    return session.scalars(courses.visible_to(by).where(TrainingClass.id == course_id)).one()


def _identity(values: Values) -> Identity:
    sex, born = values.get("sex"), values["birth"]
    return Identity(
        full_name=values["full_name"], birth_date=born.day, birth_year=born.year,
        sex=Sex(sex) if sex else None, id_number=values.get("id_number"),
        phone=values.get("phone"),
    )  # fmt: skip


def _traits(values: Values) -> Traits:
    number, sex = values.get("id_number"), values.get("sex")
    is_old = number is not None and len(number) == len("123456789")
    return Traits(
        full_name=values["full_name"], birth_date=values["birth"].day,
        birth_year=values["birth"].year, sex=Sex(sex) if sex else None,
        phone=values.get("phone"), id_number=None if is_old else number,
        old_id_number=number if is_old else None,
    )  # fmt: skip


def _judge(look: Look, rows: Sequence[Row]) -> None:
    """Say who is twice in the file, sits in the class already, or may be somebody known."""
    traits = [_traits(row.values) for row in rows]
    found = known_among(look.session, traits)
    people = {one.person_id for each in found for one in each}
    names, sitting = _names(look.session, people), _sitting(look.session, rows)
    seen: dict[tuple[Any, ...], int] = {}
    for row, mine, alike in zip(rows, traits, found, strict=True):
        number = mine.id_number or mine.old_id_number
        who = number or (mine.name_key, mine.birth_date or mine.birth_year, mine.phone)
        before = seen.setdefault((row.values["course"], who), row.number)
        if before != row.number:
            row.problems.append(
                Problem("full_name", N_("Trùng người và lớp với dòng %(row)s."), {"row": before})
            )
            continue
        strong = [one for one in alike if one.strength > Strength.WEAK]
        if strong:
            _judge_known(look, row, strong, names, sitting)


def _judge_known(
    look: Look, row: Row, strong: Sequence[Lookalike], names: dict[int, str],
    sitting: set[tuple[int, int]],
) -> None:  # fmt: skip
    first = strong[0]
    is_meant = is_sure(first)  # taken as the same person without asking anybody
    is_outside = workers.is_outside(look.by)
    same_name = workers.is_same_name(names[first.person_id], row.values["full_name"])
    if is_meant and is_outside and not same_name:
        row.problems.append(Problem("id_number", workers.OTHER_NAME, {}))
    elif is_meant and (row.values["course"], first.person_id) in sitting:
        row.state = "known"
        row.problems.append(Problem("full_name", N_("Đã có trong lớp này."), {}, is_warning=True))
    elif not is_meant and is_outside:
        row.problems.append(Problem("full_name", workers.ALIKE, {}))
    elif not is_meant:
        row.state = "doubtful"
        row.twins = [
            ("person", one.person_id, tuple(str(reason) for reason in one.reasons))
            for one in strong[:3]
        ]


def _names(session: Session, people: set[int]) -> dict[int, str]:
    rows = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(sorted(people))))
    return {row[0]: row[1] for row in rows}


def _sitting(session: Session, rows: Sequence[Row]) -> set[tuple[int, int]]:
    found = session.execute(
        select(Enrolment.class_id, Enrolment.person_id).where(
            Enrolment.class_id.in_({row.values["course"] for row in rows}),
            Enrolment.state.in_(STANDING),
        )
    )
    return {(row[0], row[1]) for row in found}


def _write(look: Look, values: Values, source: Source) -> Made:
    row = workers.send(
        look.session, course=_of(look.session, look.by, values["course"]),
        identity=_identity(values), job=vietnamese.clean_line(values.get("job_title") or ""),
        by=look.by, others=source.apart,
    )  # fmt: skip
    look.session.flush()
    return Made(row.id, str(row.version), row.number)


def _undo(
    session: Session, by: Actor, subject_id: int, stamp: str, _before: dict[str, Any] | None
) -> bool:
    row = session.get(Enrolment, subject_id)
    if row is None or str(row.version) != stamp or row.state not in _WITHDRAWABLE:
        return False
    try:
        rules.leave(session, enrolment=row, verb="withdraw", reason=_UNDONE, by=by)
    except Refused:  # the class has begun
        return False
    return True


ENROLMENTS = Kind(
    code="enrolments",
    label=N_("Người học của lớp"),
    about=N_("Mỗi dòng là một người ghi vào một lớp; hết chỗ thì vào danh sách chờ."),
    right=Right.SCHOOL,
    own_right=Right.OWN_FIRM,
    fields=FIELDS,
    whole=_whole,
    judge=_judge,
    write=_write,
    undo=_undo,
    subject="enrolment",
    notes=(N_("Hoàn tác rút đơn của những người đã ghi; hồ sơ người mới vẫn ở trong sổ."),),
)

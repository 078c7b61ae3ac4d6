"""Writing vacancies: drafting, changing, and the moves between their states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Commune, Occupation, Park
from jobcenter.catalogue.queries import check_code, minimum_wage
from jobcenter.enterprises.models import Enterprise
from jobcenter.enterprises.queries import is_closed
from jobcenter.kernel import clock, series, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import expect_version
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.choices import (
    FIRM_EDITABLE,
    FIRM_VERBS,
    LIST_OF,
    LIST_OF_MANY,
    VACANCY_MOVES,
    VacancyState,
)
from jobcenter.vacancies.models import RequiredCertificate, Vacancy, WordingFlag
from jobcenter.vacancies.queries import discriminating
from jobcenter.vacancies.wording import flag_discrimination

SERIES = "YC"
REGION = 1  # Hải Phòng but Bạch Long Vĩ; a park across regions takes the highest (domain.md 3.3)
_TABLES = {"occupation_code": Occupation, "park_code": Park, "commune_code": Commune}
_FLAGGED = ("title", "description", "requirement")


@dataclass(frozen=True, kw_only=True)
class VacancyData:
    """What a firm asks for; None means "not stated". Pay in VND, hours a month, days."""

    title: str
    headcount: int = 1
    description: str = ""
    requirement: str = ""
    occupation_code: str | None = None
    position: str | None = None
    general_education: str | None = None
    qualification: str | None = None
    field: str = ""
    skill_grade: int | None = None
    certificates: Sequence[str] = ()
    languages: Sequence[str] | None = None
    office_it: str | None = None
    soft_skills: Sequence[str] | None = None
    skills: str = ""
    experience: str | None = None
    years_experience: int | None = None
    park_code: str | None = None
    commune_code: str | None = None
    place: str = ""
    contract: str | None = None
    extra_demands: Sequence[str] | None = None
    mode: str | None = None
    purpose: str | None = None
    pay_kind: str | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    shift: str | None = None
    overtime_hours: int | None = None
    benefits: Sequence[str] | None = None
    conditions: Sequence[str] | None = None
    priority_groups: Sequence[str] | None = None
    apply_ways: Sequence[str] | None = None
    services: Sequence[str] | None = None
    has_dormitory: bool | None = None
    has_bus: bool | None = None
    probation_days: int | None = None
    safety_group: int | None = None
    round: str = ""
    deadline: dt.date | None = None
    start_on: dt.date | None = None
    genuine_requirement: str = ""
    contact_name: str = ""
    contact_phone: str | None = None
    contact_email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an imported vacancy comes from; `ref` is unique, so nothing comes twice."""

    source: str
    ref: str
    firm_as_written: str = ""
    notes: str = ""


_PLAIN = tuple(field.name for field in fields(VacancyData) if field.name != "certificates")


def draft(
    session: Session,
    *,
    data: VacancyData,
    enterprise: Enterprise | None,
    by: Actor,
    origin: Origin | None = None,
) -> Vacancy:
    """Write down a new vacancy as a draft with the next number of the year."""
    _require_writer(by, enterprise)
    today = clock.today()
    number = series.take(session, SERIES, today.year)
    vacancy = Vacancy(
        number=series.numbered(SERIES, today.year, number, width=4),
        enterprise=enterprise,
        state=VacancyState.DRAFT,
        registered_on=today,
        filled=0,
    )
    if origin is not None:
        vacancy.source, vacancy.source_ref = origin.source, origin.ref
        vacancy.firm_as_written, vacancy.import_notes = origin.firm_as_written, origin.notes
    _write(session, vacancy, data)
    session.add(vacancy)
    session.flush()
    action = "draft-vacancy" if origin is None else "import-vacancy"
    record(session, by=by, action=action, kind="vacancy", subject_id=vacancy.id)
    return vacancy


def change(
    session: Session,
    *,
    vacancy: Vacancy,
    data: VacancyData,
    enterprise: Enterprise | None,
    version: int | None,
    by: Actor,
) -> None:
    """Change a vacancy; refuses when somebody saved it after `version`.

    An open one must stay fit to be open, whoever changes it.
    """
    _require_writer(by, vacancy.enterprise)
    _require_writer(by, enterprise)
    if not may_edit(vacancy, by):
        raise Refused(N_("Vị trí đã gửi hoặc đã đăng. Gọi trung tâm để sửa."))
    expect_version(vacancy, version)
    changed = _write(session, vacancy, data)
    if vacancy.enterprise is not enterprise:
        vacancy.enterprise = enterprise
        changed.append("enterprise")
    if not changed:
        return
    if vacancy.state is VacancyState.OPEN:
        _require_publishable(session, vacancy)
    # Certificates and flags are rows of their own: the version must rise for them too.
    vacancy.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="change-vacancy", kind="vacancy", subject_id=vacancy.id,
        fields=changed,
    )  # fmt: skip


def move(session: Session, *, vacancy: Vacancy, verb: str, by: Actor) -> None:
    """Move a vacancy along `VACANCY_MOVES`; what becomes open must be fit for job seekers."""
    _require_writer(by, vacancy.enterprise)
    if verb not in VACANCY_MOVES.table:
        raise Refused(N_("Không có việc nào như vậy."))
    if not by.may(Right.VACANCIES_WRITE) and verb not in FIRM_VERBS:
        raise NotAllowed
    after = VACANCY_MOVES.after(verb, vacancy.state)
    if after is VacancyState.OPEN:
        _require_publishable(session, vacancy)
    before, vacancy.state = vacancy.state, after
    session.flush()
    record(
        session, by=by, action=f"{verb}-vacancy", kind="vacancy", subject_id=vacancy.id,
        before=before.value, after=after.value,
    )  # fmt: skip


def may_edit(vacancy: Vacancy, by: Actor) -> bool:
    """Say whether `by` may change the vacancy now: a firm only its own drafts."""
    if by.may(Right.VACANCIES_WRITE):
        return True
    return by.acts_for(vacancy.enterprise_id) and vacancy.state in FIRM_EDITABLE


def verbs_for(vacancy: Vacancy, by: Actor) -> list[str]:
    """Return what `by` may do with the vacancy now, in the table's order."""
    verbs = VACANCY_MOVES.verbs(vacancy.state)
    if by.may(Right.VACANCIES_WRITE):
        return verbs
    is_own = by.acts_for(vacancy.enterprise_id)
    return [verb for verb in verbs if is_own and verb in FIRM_VERBS]


def refusals(session: Session, vacancy: Vacancy) -> list[Refused]:
    """Return everything that keeps the vacancy from being open, in words."""
    found = []
    if vacancy.enterprise is None:
        found.append(Refused(N_("Chưa gắn với doanh nghiệp nào."), field="firm"))
    elif is_closed(vacancy.enterprise):
        found.append(
            Refused(N_("Trung tâm đang không làm việc với doanh nghiệp này."), field="firm")
        )
    if vacancy.deadline is not None and vacancy.deadline < clock.today():
        found.append(Refused(N_("Hạn nhận hồ sơ đã qua."), field="deadline"))
    if discriminating(vacancy) and not vacancy.genuine_requirement:
        found.append(
            Refused(
                N_("Có câu phân biệt đối xử. Sửa câu đó, hoặc ghi lý do của yêu cầu đặc thù."),
                field="genuine_requirement",
            )
        )
    floor = minimum_wage(session, region=REGION, on=clock.today())
    lowest = vacancy.pay_min if vacancy.pay_min is not None else vacancy.pay_max
    if floor and lowest is not None and lowest < floor and _is_full_month(vacancy):
        figure = f"{floor:,}".replace(",", ".")
        found.append(
            Refused(
                N_("Thấp hơn lương tối thiểu vùng I: %(figure)s đ."), field="pay_min", figure=figure
            )
        )
    return found


def _require_publishable(session: Session, vacancy: Vacancy) -> None:
    with session.no_autoflush:
        for refused in refusals(session, vacancy):
            raise refused


def _is_full_month(vacancy: Vacancy) -> bool:
    part = vacancy.mode == "part-time" or vacancy.shift == "part-time"
    return not part and vacancy.pay_kind not in ("day", "hour", "commission")


def _require_writer(by: Actor, enterprise: Enterprise | None) -> None:
    if by.may(Right.VACANCIES_WRITE):
        return
    if enterprise is None or not by.acts_for(enterprise.id):
        raise NotAllowed


def _write(session: Session, vacancy: Vacancy, data: VacancyData) -> list[str]:
    values: dict[str, object] = {name: getattr(data, name) for name in _PLAIN}
    with session.no_autoflush:
        _check(session, vacancy, data)
    values["title"] = vietnamese.clean_line(data.title)
    for name in ("description", "requirement", "genuine_requirement"):
        values[name] = vietnamese.clean_prose(getattr(data, name))
    values["contact_phone"] = _phone(data.contact_phone)
    for name in LIST_OF_MANY:
        codes = getattr(data, name)
        same = codes is not None and set(codes) == set(getattr(vacancy, name) or ())
        values[name] = getattr(vacancy, name) if same else codes and tuple(codes)
    changed = [name for name, value in values.items() if getattr(vacancy, name) != value]
    for name in changed:
        setattr(vacancy, name, values[name])
    certificates = [c for c in map(vietnamese.clean_line, data.certificates) if c]
    certificates = list(dict.fromkeys(certificates))
    if [one.name for one in vacancy.certificates] != certificates:
        kept = {one.name: one for one in vacancy.certificates}
        vacancy.certificates = [
            kept.get(name) or RequiredCertificate(name=name) for name in certificates
        ]
        changed.append("certificates")
    if "title" in changed:
        words = f"{vacancy.title} {vacancy.number} {vacancy.firm_as_written or ''}"
        vacancy.folded = vietnamese.fold(words)[:500]
    if set(changed) & set(_FLAGGED):
        vacancy.flags = _flags(vacancy)
    return changed


def _flags(vacancy: Vacancy) -> list[WordingFlag]:
    return [
        WordingFlag(kind=flag.kind, field=name, excerpt=flag.excerpt[:300])
        for name in _FLAGGED
        for flag in flag_discrimination(getattr(vacancy, name))
    ]


def _phone(typed: str | None) -> str | None:
    if not typed:
        return None
    try:
        return vietnamese.parse_phone(typed)
    except Refused as refused:
        raise Refused(refused.message, field="contact_phone", **refused.params) from None


def _check(session: Session, vacancy: Vacancy, data: VacancyData) -> None:
    if not vietnamese.clean_line(data.title):
        raise Refused(N_("Cần tên công việc."), field="title")
    if data.headcount < max(1, vacancy.filled or 0):
        raise Refused(
            N_("Ít nhất %(least)s người."), field="headcount", least=max(1, vacancy.filled or 0)
        )
    if data.pay_min is not None and data.pay_max is not None and data.pay_max < data.pay_min:
        raise Refused(N_("Lương đến phải từ mức thấp trở lên."), field="pay_max")
    _check_codes(session, vacancy, data)


def _check_codes(session: Session, vacancy: Vacancy, data: VacancyData) -> None:
    for name, of in LIST_OF.items():
        kept = (getattr(vacancy, name),)
        check_code(session, of, getattr(data, name), field=name, kept=kept)
    for name, of in LIST_OF_MANY.items():
        for code in getattr(data, name) or ():
            check_code(session, of, code, field=name, kept=getattr(vacancy, name))
    for name, table in _TABLES.items():
        code = getattr(data, name)
        if code and session.get(table, code) is None:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field=name)

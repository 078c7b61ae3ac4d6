"""Writing vacancies: drafting and changing. `steps` moves them, `checks` says what must hold."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Commune, Occupation, Park
from jobcenter.catalogue.queries import check_code
from jobcenter.catalogue.units import file_number
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock, series, vietnamese
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import expect_version, hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.changes import note, note_all, require_writer
from jobcenter.vacancies.checks import (
    FLAGGED,
    SHOWN,
    flag_again,
    refuse_new_faults,
    require_lawful,
)
from jobcenter.vacancies.choices import FIRM_EDITABLE, LIST_OF, LIST_OF_MANY, VacancyState
from jobcenter.vacancies.data import Origin, VacancyData
from jobcenter.vacancies.models import RequiredCertificate, Vacancy
from jobcenter.vacancies.queries import may_write
from jobcenter.vacancies.steps import settle

SERIES = "YC"
_TABLES = {"occupation_code": Occupation, "park_code": Park, "commune_code": Commune}


Changed = dict[str, tuple[Any, Any]]
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
    require_firm(by, enterprise)
    today = clock.today()
    number = series.take(session, SERIES, today.year)
    vacancy = Vacancy(
        number=file_number(session, "vacancy", number=number, on=today),
        enterprise=enterprise,
        state=VacancyState.DRAFT,
        registered_on=today,
        filled=0,
    )
    if origin is not None:
        vacancy.source, vacancy.source_ref = origin.source, origin.ref
        vacancy.firm_as_written, vacancy.import_notes = origin.firm_as_written, origin.notes
    changed = _write(session, vacancy, data)
    if origin is None:  # a posting of last year is kept as it is, a person is told at once
        refuse_new_faults(session, vacancy, changed)
    session.add(vacancy)
    session.flush()
    action = "draft-vacancy" if origin is None else "import-vacancy"
    record(session, by=by, action=action, kind="vacancy", subject_id=vacancy.id)
    note(session, vacancy=vacancy, by=by, action=action)
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

    What job seekers see, or saw until it filled up, must stay lawful, whoever changes it.
    """
    require_writer(by, vacancy)
    require_firm(by, enterprise)
    hold(session, vacancy, None)
    if not may_edit(vacancy, by):
        raise Refused(N_("Vị trí đã gửi hoặc đã đăng. Gọi trung tâm để sửa."))
    expect_version(vacancy, version)
    changed = _write(session, vacancy, data)
    if vacancy.enterprise is not enterprise:
        changed["enterprise"] = (vacancy.enterprise_id, enterprise.id if enterprise else None)
        vacancy.enterprise = enterprise
    if not changed:
        return
    refuse_new_faults(session, vacancy, changed)
    was = vacancy.state
    settle(vacancy)
    if was is not vacancy.state:
        changed["state"] = (was.value, vacancy.state.value)
    if vacancy.state in SHOWN:
        require_lawful(session, vacancy)
    # Certificates and flags are rows of their own: the version must rise for them too.
    vacancy.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="change-vacancy", kind="vacancy", subject_id=vacancy.id,
        fields=list(changed),
    )  # fmt: skip
    note_all(session, vacancy=vacancy, by=by, action="change-vacancy", changed=changed)


def may_edit(vacancy: Vacancy, by: Actor) -> bool:
    """Say whether `by` may change the vacancy now: a firm only its own drafts."""
    if not may_write(vacancy, by):
        return False
    return by.may(Right.VACANCIES_WRITE) or vacancy.state in FIRM_EDITABLE


def require_firm(by: Actor, enterprise: Enterprise | None) -> None:
    """Refuse who writes a vacancy of a firm that is not theirs."""
    if by.may(Right.VACANCIES_WRITE):
        require_impartial(by, enterprise.id if enterprise is not None else None)
        return
    if enterprise is None or not by.acts_for(enterprise.id):
        raise NotAllowed


def _write(session: Session, vacancy: Vacancy, data: VacancyData) -> Changed:
    """Put `data` into the vacancy and return what changed: field -> (before, after)."""
    with session.no_autoflush:
        _check(session, vacancy, data)
    values = _values(vacancy, data)
    changed: Changed = {}
    for name, value in values.items():
        if (before := getattr(vacancy, name)) != value:
            changed[name] = (before, value)
            setattr(vacancy, name, value)
    certificates = [c for c in map(vietnamese.clean_line, data.certificates) if c]
    certificates = list(dict.fromkeys(certificates))
    there = [one.name for one in vacancy.certificates]
    if there != certificates:
        rows = {one.name: one for one in vacancy.certificates}
        vacancy.certificates = [
            rows.get(name) or RequiredCertificate(name=name) for name in certificates
        ]
        changed["certificates"] = (there, certificates)
    if "title" in changed:
        words = f"{vacancy.title} {vacancy.number} {vacancy.firm_as_written or ''}"
        vacancy.folded = vietnamese.fold(words)[:500]
    if set(changed) & set(FLAGGED):
        flag_again(vacancy)
    return changed


def _values(vacancy: Vacancy, data: VacancyData) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(data, name) for name in _PLAIN}
    values["title"] = vietnamese.clean_line(data.title)
    for name in ("description", "requirement"):
        values[name] = vietnamese.clean_prose(getattr(data, name))
    values["contact_phone"] = read_phone(data.contact_phone)
    for name in LIST_OF_MANY:
        codes = getattr(data, name)
        same = codes is not None and set(codes) == set(getattr(vacancy, name) or ())
        values[name] = getattr(vacancy, name) if same else codes and tuple(codes)
    return values


def read_phone(typed: str | None) -> str | None:
    """Return a contact's phone as it is kept, or refuse at its field."""
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
    if (data.round_number is None) != (data.round_month is None):
        empty = "round_number" if data.round_number is None else "round_month"
        raise Refused(N_("Đợt tuyển gồm số đợt và tháng: ghi cả hai hoặc bỏ cả hai."), field=empty)
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

"""One sheet of a firm with several jobs: contact once, each job a vacancy of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.catalogue.units import file_number
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock, series, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.data import VacancyData
from jobcenter.vacancies.models import RecruitmentSheet
from jobcenter.vacancies.rules import draft, read_phone, require_firm

SERIES = "PN"
MOST_JOBS = 20


class InJob(Refused):
    """A rule says no to one job of a sheet; `row` counts from 0."""

    def __init__(self, row: int, refused: Refused) -> None:
        super().__init__(refused.message, field=refused.field, **refused.params)
        self.row = row


@dataclass(frozen=True, kw_only=True)
class SheetData:
    """What stands once on a sheet and holds for each of its jobs."""

    contact_name: str = ""
    contact_position: str = ""
    contact_phone: str | None = None
    contact_email: str | None = None
    services: Sequence[str] | None = None
    round_number: int | None = None
    round_month: dt.date | None = None
    deadline: dt.date | None = None


def file_sheet(
    session: Session,
    *,
    sheet: SheetData,
    jobs: Sequence[VacancyData],
    enterprise: Enterprise | None,
    by: Actor,
) -> RecruitmentSheet:
    """Write down a sheet and a draft vacancy for each of its jobs, or nothing at all.

    What a job refuses is raised as `InJob`, so that it is said at that job.
    """
    require_firm(by, enterprise)
    if enterprise is None:
        raise Refused(N_("Phiếu phải ghi doanh nghiệp."), field="firm")
    if not jobs:
        raise Refused(N_("Ghi ít nhất một công việc."))
    if len(jobs) > MOST_JOBS:
        raise Refused(N_("Một phiếu có nhiều nhất %(most)s công việc."), most=MOST_JOBS)
    for code in sheet.services or ():
        check_code(session, "ask", code, field="services")
    today = clock.today()
    number = series.take(session, SERIES, today.year)
    row = RecruitmentSheet(
        number=file_number(session, "sheet", number=number, on=today),
        enterprise_id=enterprise.id,
        received_on=today,
        contact_name=vietnamese.clean_line(sheet.contact_name),
        contact_position=vietnamese.clean_line(sheet.contact_position),
        contact_phone=read_phone(sheet.contact_phone),
        contact_email=sheet.contact_email,
        services=tuple(sheet.services) if sheet.services else None,
    )
    session.add(row)
    session.flush()
    record(
        session, by=by, action="file-sheet", kind="sheet", subject_id=row.id, number=row.number,
        count=len(jobs),
    )  # fmt: skip
    for place, job in enumerate(jobs):
        try:
            made = draft(session, data=_whole(job, sheet), enterprise=enterprise, by=by)
        except Refused as refused:
            raise InJob(place, refused) from None
        made.sheet_id = row.id
    session.flush()
    return row


def _whole(job: VacancyData, sheet: SheetData) -> VacancyData:
    return replace(
        job,
        contact_name=sheet.contact_name,
        contact_phone=sheet.contact_phone,
        contact_email=sheet.contact_email,
        services=sheet.services,
        round_number=sheet.round_number,
        round_month=sheet.round_month,
        deadline=sheet.deadline,
    )

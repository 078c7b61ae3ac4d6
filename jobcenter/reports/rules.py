"""Reports from draft to submitted; published figures and targets written down."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import somebody_else_may
from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.reports import freezing, periods
from jobcenter.reports.choices import FOUR_EYES, MOST_TARGET, REPORT_MOVES, ReportState, ZoneFigure
from jobcenter.reports.declaring import Measure
from jobcenter.reports.indicators import ALL, VERSION
from jobcenter.reports.models import PublishedFigure, Report, ReportStep, YearTarget
from jobcenter.reports.periods import Period
from jobcenter.settings.queries import setting


def draft(session: Session, *, period: Period, by: Actor) -> Report:
    """Count a period and keep it as a draft: the next edition where there are others."""
    _require(by)
    last = session.scalar(select(func.max(Report.edition)).where(Report.code == period.code)) or 0
    report = Report(
        code=period.code, edition=last + 1, state=ReportState.DRAFT, definitions=VERSION,
        counted_at=clock.now(), figures={}, context={},
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(report)
    except IntegrityError as error:
        raise Refused(N_("Người khác vừa lập báo cáo của kỳ này. Mở danh sách để xem.")) from error
    freezing.take(session, report)
    _note(session, report, "draft", by)
    return report


def move(
    session: Session, *, report: Report, verb: str, by: Actor, version: int | None = None
) -> None:
    """Take one step: count again, check, send back, submit.

    Only a period that is over can be checked; from then on nothing counts the figures again.
    """
    _require(by)
    hold(session, report, version)
    if verb not in REPORT_MOVES.table:
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    after = REPORT_MOVES.after(verb, report.state)
    if verb == "check" and not periods.read(report.code).is_over(clock.today()):
        raise Refused(N_("Kỳ chưa hết nên số còn đổi. Hết kỳ rồi mới ghi đã kiểm tra."))
    if verb == "check" and needs_other(session, report, by):
        raise Refused(N_("Bạn là người lập bản này: nhờ một quản lý khác kiểm tra."))
    if verb in ("refresh", "check"):
        report.definitions, report.counted_at = VERSION, clock.now()
        freezing.take(session, report)
    report.state = after
    if after is ReportState.SUBMITTED:
        report.submitted_at = clock.now()
    session.flush()
    _note(session, report, verb, by)


def needs_other(session: Session, report: Report, by: Actor) -> bool:
    """Say whether somebody else has to check a draft: the reader made it, and is not alone."""
    made = [step.by_id for step in report.steps if step.verb in ("draft", "refresh")]
    if by.user_id is None or not made or made[-1] != by.user_id:
        return False
    if not setting(session, FOUR_EYES):
        return False
    return somebody_else_may(session, Right.OVERVIEW, by.user_id)


def _note(session: Session, report: Report, verb: str, by: Actor) -> None:
    session.add(ReportStep(report_id=report.id, verb=verb, by_id=by.user_id))
    session.flush()
    record(
        session, by=by, action=f"{verb}-report", kind="report", subject_id=report.id,
        code=report.code,
    )  # fmt: skip


def _require(by: Actor) -> None:
    if not by.may(Right.OVERVIEW):
        raise NotAllowed


def one(session: Session, key: uuid.UUID, by: Actor) -> Report:
    """Return a report with its steps, or refuse as if it were not there."""
    _require(by)
    steps = selectinload(Report.steps).options(joinedload(ReportStep.by))
    found = session.scalar(select(Report).where(Report.key == key).options(steps))
    if found is None:
        raise Missing
    return found


def listed(session: Session, by: Actor) -> Sequence[Report]:
    """Return the reports, the latest period first."""
    _require(by)
    found = select(Report).order_by(Report.counted_at.desc(), Report.id.desc()).limit(200)
    return session.scalars(found.options(selectinload(Report.steps))).all()


def frozen(session: Session, period: Period) -> Report | None:
    """Return the last submitted report of a period."""
    return session.scalar(
        select(Report)
        .where(Report.code == period.code, Report.state == ReportState.SUBMITTED)
        .order_by(Report.edition.desc())
        .limit(1)
    )


@dataclass(frozen=True, kw_only=True)
class PublishedData:
    """A printed total: of an indicator over a period, or of the zone up to a day."""

    code: str
    first: dt.date
    last: dt.date
    value: Decimal
    source: str
    is_floor: bool = False


def publish(session: Session, *, data: PublishedData, by: Actor) -> PublishedFigure:
    """Write down what was printed; the same source and period is corrected."""
    _require(by)
    if data.code not in {*ALL, *(each.value for each in ZoneFigure)}:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="code")
    if data.last < data.first:
        raise Refused(N_("Ngày cuối không trước ngày đầu."), field="last")
    if not data.source:
        raise Refused(N_("Cần ghi số này in ở đâu."), field="source")
    if not 0 <= data.value < 10**12:
        raise Refused(N_("Ghi bằng chữ số."), field="value")
    same = (PublishedFigure.code == data.code, PublishedFigure.first == data.first,
            PublishedFigure.last == data.last, PublishedFigure.source == data.source)  # fmt: skip
    row = session.scalar(select(PublishedFigure).where(*same).with_for_update())
    if row is None:
        row = PublishedFigure(**vars(data))
        session.add(row)
    row.value, row.is_floor = data.value, data.is_floor
    session.flush()
    record(
        session, by=by, action="publish-figure", kind="published-figure", subject_id=row.id,
        code=data.code, value=str(data.value),
    )  # fmt: skip
    return row


def set_target(
    session: Session, *, year: int, code: str, target: int, decision: str, by: Actor
) -> None:
    """Write the plan of a year for an indicator; the intake's plan is the school's own."""
    _require(by)
    one_of = ALL.get(code)
    if (
        one_of is None
        or one_of.fact is None
        or one_of.types != ()
        or one_of.measure is Measure.MEDIAN
    ):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="code")
    if year not in periods.YEARS:
        raise Refused(N_("Ghi năm như 2026."), field="year")
    if not 0 <= target <= MOST_TARGET:
        raise Refused(N_("Ghi bằng chữ số."), field="target")
    row = session.get(YearTarget, (year, code), with_for_update=True)
    if row is None:
        row = YearTarget(year=year, code=code)
        session.add(row)
    row.target, row.decision = target, decision
    session.flush()
    record(
        session, by=by, action="set-year-target", kind="year-target", subject_id=None,
        code=code, value=str(target), valid_from=str(year),
    )  # fmt: skip


def year_targets(session: Session, year: int) -> dict[str, YearTarget]:
    """Return the targets of a year by indicator."""
    rows = session.scalars(select(YearTarget).where(YearTarget.year == year))
    return {row.code: row for row in rows}

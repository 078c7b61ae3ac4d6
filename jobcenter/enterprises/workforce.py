"""How many work at a firm, by date: written down, corrected, added up for the zone.

Each record counts its own place: a parent's figure leaves its branches out, so that a total counts
nobody twice. The firm's size band follows its latest figure.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.enterprises.checks import require_keeper
from jobcenter.enterprises.models import Enterprise, WorkforceFigure
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

MOST = 500_000
COUNTS = ("vietnamese", "foreign", "female", "firms", "firms_with_female", "firms_without")
# The official form's bands: the least number of each.
BANDS = (
    (1001, "over-1000"), (501, "501-1000"), (301, "301-500"), (101, "101-300"), (51, "51-100"),
    (10, "10-50"), (0, "under-10"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FigureData:
    """Who worked at the place on a day; `female` of both, None where nobody said."""

    as_of: dt.date
    vietnamese: int
    foreign: int
    female: int | None = None
    source: str
    note: str = ""


@dataclass(frozen=True)
class ZoneTotal:
    """What the firms' latest figures up to a day add up to.

    `female` counts only the `firms_with_female` firms that said it; `oldest` is the day of the
    oldest figure used.
    """

    on: dt.date
    vietnamese: int
    foreign: int
    female: int
    firms: int
    firms_with_female: int
    firms_without: int
    oldest: dt.date | None

    @property
    def total(self) -> int:
        """Return everybody counted."""
        return self.vietnamese + self.foreign


def write_figure(
    session: Session, *, enterprise: Enterprise, data: FigureData, by: Actor, why: str = ""
) -> WorkforceFigure:
    """Write down the figure of a day; another of the same day is replaced and kept."""
    require_keeper(by, enterprise)
    hold(session, enterprise, None)
    _check(session, data)
    before = session.scalar(_current(enterprise).where(WorkforceFigure.as_of == data.as_of))
    if before is not None and all(getattr(before, n) == v for n, v in vars(data).items()):
        return before
    if before is not None:
        _replace(before, why or N_("Ghi lại cho cùng ngày"))
        session.flush()
    figure = WorkforceFigure(
        enterprise_id=enterprise.id, recorded_by_id=by.user_id, recorded_by=by.name or by.role,
        **vars(data),
    )  # fmt: skip
    session.add(figure)
    session.flush()
    _derive_size(session, enterprise)
    record(
        session, by=by, action="write-workforce", kind="enterprise", subject_id=enterprise.id,
        day=data.as_of.isoformat(), count=figure.total,
    )  # fmt: skip
    return figure


def withdraw_figure(
    session: Session, *, enterprise: Enterprise, key: uuid.UUID, why: str, by: Actor
) -> None:
    """Take a wrong figure out of every total; it stays in the history with the reason."""
    require_keeper(by, enterprise)
    hold(session, enterprise, None)
    figure = session.scalar(_current(enterprise).where(WorkforceFigure.key == key))
    if figure is None:
        raise Missing
    why = vietnamese.clean_line(why)
    if not why:
        raise Refused(N_("Ghi lý do bỏ số liệu này."), field="why")
    _replace(figure, why)
    session.flush()
    _derive_size(session, enterprise)
    record(
        session, by=by, action="withdraw-workforce", kind="enterprise",
        subject_id=enterprise.id, day=figure.as_of.isoformat(), reason=why,
    )  # fmt: skip


def figures(session: Session, enterprise: Enterprise) -> Sequence[WorkforceFigure]:
    """Return every figure of the firm with those replaced, the latest day first."""
    return session.scalars(
        select(WorkforceFigure)
        .where(WorkforceFigure.enterprise_id == enterprise.id)
        .order_by(WorkforceFigure.as_of.desc(), WorkforceFigure.id.desc())
    ).all()


def latest(
    session: Session, enterprise: Enterprise, *, on: dt.date | None = None
) -> WorkforceFigure | None:
    """Return the firm's last figure, or its last one up to a day."""
    found = _current(enterprise)
    if on is not None:
        found = found.where(WorkforceFigure.as_of <= on)
    return session.scalar(found.order_by(WorkforceFigure.as_of.desc()).limit(1))


def zone_total(session: Session, *, on: dt.date) -> ZoneTotal:
    """Add up the last figure of each firm up to a day."""
    parts = [part for _park, part in zone_by_park(session, on=on)]
    sums = {name: sum(getattr(part, name) for part in parts) for name in COUNTS}
    days = [part.oldest for part in parts if part.oldest is not None]
    return ZoneTotal(on=on, oldest=min(days, default=None), **sums)


def zone_by_park(session: Session, *, on: dt.date) -> list[tuple[str | None, ZoneTotal]]:
    """Return the same sums for each park that has firms, None for firms outside."""
    last = (
        select(
            WorkforceFigure.enterprise_id.label("firm"),
            func.max(WorkforceFigure.as_of).label("day"),
        )
        .where(WorkforceFigure.as_of <= on, WorkforceFigure.replaced_at.is_(None))
        .group_by(WorkforceFigure.enterprise_id)
        .subquery()
    )
    figure = WorkforceFigure
    rows = session.execute(
        select(
            Enterprise.park_code,
            func.sum(figure.vietnamese).label("vietnamese"),
            func.sum(figure.foreign).label("foreign"),
            func.sum(figure.female).label("female"),
            func.count(figure.id).label("firms"),
            func.count(figure.female).label("firms_with_female"),
            (func.count(Enterprise.id) - func.count(figure.id)).label("firms_without"),
            func.min(figure.as_of).label("oldest"),
        )
        .outerjoin(last, last.c.firm == Enterprise.id)
        .outerjoin(
            figure,
            (figure.enterprise_id == Enterprise.id)
            & (figure.as_of == last.c.day)
            & figure.replaced_at.is_(None),
        )
        .group_by(Enterprise.park_code)
        .order_by(Enterprise.park_code)
    )
    return [(row.park_code, _part(on, row)) for row in rows]


def _part(on: dt.date, row: Any) -> ZoneTotal:
    counts = {name: int(getattr(row, name) or 0) for name in COUNTS}
    return ZoneTotal(on=on, oldest=row.oldest, **counts)


def size_band(total: int) -> str:
    """Return the band of the official form that a number of workers falls in."""
    return next(code for least, code in BANDS if total >= least)


def _current(enterprise: Enterprise) -> Select[WorkforceFigure]:
    return select(WorkforceFigure).where(
        WorkforceFigure.enterprise_id == enterprise.id, WorkforceFigure.replaced_at.is_(None)
    )


def _replace(figure: WorkforceFigure, why: str) -> None:
    figure.replaced_at = clock.now()
    figure.replaced_why = why


def _derive_size(session: Session, enterprise: Enterprise) -> None:
    found = latest(session, enterprise)
    if found is not None:
        enterprise.size_band = size_band(found.total)
        session.flush()


def _check(session: Session, data: FigureData) -> None:
    if not dt.date(1990, 1, 1) <= data.as_of <= clock.today():
        raise Refused(N_("Ngày chốt số liệu không sau hôm nay."), field="as_of")
    for name in ("vietnamese", "foreign"):
        if not 0 <= getattr(data, name) <= MOST:
            raise Refused(N_("Từ 0 đến %(most)s người."), field=name, most=f"{MOST:,}")
    if data.female is not None and not 0 <= data.female <= data.vietnamese + data.foreign:
        raise Refused(N_("Số nữ không nhiều hơn tổng số lao động."), field="female")
    if not data.source:
        raise Refused(N_("Chọn nguồn số liệu."), field="source")
    check_code(session, "figure", data.source, field="source")

"""The papers of an application: what is there, what lacks, what has run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.seekers.choices import ALWAYS_NEEDED, Paper, PaperState
from jobcenter.seekers.models import DossierItem, Seeker
from jobcenter.seekers.queries import files_of

HEALTH_CHECK_MONTHS = 12  # Circular 32/2023/TT-BYT


@dataclass(frozen=True, kw_only=True)
class PaperData:
    """What is known of one paper; `has` None means "not asked"."""

    has: bool | None = None
    dated_on: dt.date | None = None
    valid_to: dt.date | None = None
    note: str = ""

    def state(self, today: dt.date) -> PaperState:
        """Return where the paper stands on `today`."""
        if self.has is None:
            return PaperState.UNKNOWN
        if not self.has:
            return PaperState.LACKING
        is_over = self.valid_to is not None and self.valid_to < today
        return PaperState.EXPIRED if is_over else PaperState.HAVE


Dossier = dict[Paper, PaperData]


def dossier(session: Session, seeker: Seeker) -> Dossier:
    """Return every paper of a human, in the order of the list; merged files fill what is blank."""
    rows = session.scalars(
        select(DossierItem)
        .where(DossierItem.seeker_id.in_(files_of(session, seeker)))
        .order_by(DossierItem.id)
    ).all()
    rows = sorted(rows, key=lambda row: row.seeker_id == seeker.id)
    known = {row.paper: _read(row) for row in rows}
    return {paper: known.get(paper, PaperData()) for paper in Paper}


def _read(row: DossierItem) -> PaperData:
    return PaperData(has=row.has, dated_on=row.dated_on, valid_to=row.valid_to, note=row.note)


def write_dossier(
    session: Session,
    *,
    seeker: Seeker,
    papers: Mapping[Paper, PaperData],
    version: int | None,
    by: Actor,
) -> list[Paper]:
    """Write the whole list down in one act and return what changed.

    A health check without an end counts for twelve months. Raises `Stale` when somebody saved
    after `version`.
    """
    hold(session, seeker, version)
    before = dossier(session, seeker)
    wanted = {paper: _finished(paper, papers.get(paper, PaperData())) for paper in Paper}
    changed = [paper for paper in Paper if wanted[paper] != before[paper]]
    if not changed:
        return []
    rows = {row.paper: row for row in session.scalars(
        select(DossierItem).where(DossierItem.seeker_id == seeker.id)
    )}  # fmt: skip
    for paper in changed:
        _write(session, seeker, paper, wanted[paper], rows.get(paper))
    seeker.changed_at = clock.now()  # rows of their own: the file's version rises for them too
    session.flush()
    record(
        session, by=by, action="change-dossier", kind="seeker", subject_id=seeker.id,
        fields=[paper.value for paper in changed],
    )  # fmt: skip
    return changed


def _finished(paper: Paper, data: PaperData) -> PaperData:
    """Return the data as they are kept; refuses dates that cannot be."""
    if data.dated_on and data.dated_on > clock.today():
        raise Refused(N_("Ngày trên giấy chưa tới."), field=f"{paper.value}_dated_on")
    valid_to = data.valid_to
    if paper is Paper.HEALTH_CHECK and data.has and data.dated_on and not valid_to:
        valid_to = _year_after(data.dated_on)
    if valid_to and data.dated_on and valid_to < data.dated_on:
        raise Refused(N_("Hạn dùng trước ngày trên giấy."), field=f"{paper.value}_valid_to")
    if data.has is None:
        return PaperData()
    return PaperData(
        has=data.has, dated_on=data.dated_on, valid_to=valid_to,
        note=vietnamese.clean_line(data.note),
    )  # fmt: skip


def _year_after(day: dt.date) -> dt.date:
    """Return the last day of the twelve months that begin on `day`."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28) if leap else day.replace(year=day.year + 1)


def _write(
    session: Session, seeker: Seeker, paper: Paper, data: PaperData, row: DossierItem | None
) -> None:
    if row is None:
        row = DossierItem(seeker_id=seeker.id, paper=paper)
        session.add(row)
    row.has, row.note = data.has, data.note
    row.dated_on, row.valid_to = data.dated_on, data.valid_to


def lacking(papers: Dossier, today: dt.date, more: Collection[Paper] = ()) -> list[Paper]:
    """Return what an application still lacks: what every firm asks for, and `more`."""
    needed = [paper for paper in Paper if paper in ALWAYS_NEEDED or paper in more]
    return [paper for paper in needed if papers[paper].state(today) is not PaperState.HAVE]

"""What must always hold in the data. Each check names the rows that break its promise.

Constraints, triggers and rules keep most of this true from the inside; a check looks again from the
outside, for what slips past them: a row changed by hand, a restored file, a bug. Rows are named by
their numbers, never by people's names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from jobcenter.audit import sealing
from jobcenter.audit.choices import Log, Look
from jobcenter.audit.models import Sight
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import unbalanced as seats_unbalanced
from jobcenter.enterprises.models import Enterprise, Member
from jobcenter.kernel import clock
from jobcenter.kernel.models import SeriesCounter
from jobcenter.kernel.words import N_
from jobcenter.papers.models import Paper
from jobcenter.people.models import Person
from jobcenter.people.queries import identities
from jobcenter.placements.models import Placement
from jobcenter.placements.queries import unbalanced
from jobcenter.privacy.queries import unfinished
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from jobcenter.work.choices import JobState
from jobcenter.work.models import Job, JobFile

NAMED = 20  # rows that a finding names; it counts them all


class PromisesBroken(Exception):
    """Raised by the night's run: which promises are broken, by how many rows."""


@dataclass(frozen=True)
class Check:
    """One promise: its code, what it says, and how to find the rows that break it."""

    code: str
    promise: str
    broken: Callable[[Session, Path], Iterable[str]]


@dataclass(frozen=True)
class Finding:
    """What a check found: how many rows are broken, the first of them by number."""

    code: str
    promise: str
    count: int
    rows: tuple[str, ...]


def run(session: Session, seal_heads: Path, only: str | None = None) -> list[Finding]:
    """Carry out the checks, each in the reader's transaction; an empty count is a kept promise."""
    chosen = [check for check in CHECKS if only in (None, check.code)]
    return [_find(check, session, seal_heads) for check in chosen]


def _find(check: Check, session: Session, seal_heads: Path) -> Finding:
    rows = list(check.broken(session, seal_heads))
    return Finding(check.code, check.promise, len(rows), tuple(rows[:NAMED]))


def _headcounts(session: Session, _heads: Path) -> Iterator[str]:
    return (one.number for one in unbalanced(session))


def _seats(session: Session, _heads: Path) -> Iterator[str]:
    return (f"class {one.id}: {one.taken}/{one.places}" for one in seats_unbalanced(session))


def _paper_numbers(session: Session, _heads: Path) -> Iterator[str]:
    """A series of n numbers must be 1..n: unique by the database, so a gap shows in the counts."""
    series = (Paper.unit, Paper.kind, Paper.year)
    rows = session.execute(
        select(*series, func.count(), func.min(Paper.number), func.max(Paper.number))
        .where(Paper.number.is_not(None))
        .group_by(*series)
        .having(or_(func.max(Paper.number) != func.count(), func.min(Paper.number) != 1))
        .order_by(*series)
    )
    return (f"{u.value}/{kind}/{year}: {n} ({low}–{high})" for u, kind, year, n, low, high in rows)


def _file_numbers(session: Session, _heads: Path) -> Iterator[str]:
    """No file or vacancy carries a number beyond what its counter gave."""
    for series, column in (("HS", Seeker.number), ("YC", Vacancy.number)):
        given = {
            row.year: row.last
            for row in session.scalars(select(SeriesCounter).where(SeriesCounter.series == series))
        }
        for number in session.scalars(select(column).where(column.like(f"{series}-____-%"))):
            year, last = int(number[3:7]), number[8:]
            if last.isdigit() and int(last) > given.get(year, 0):
                yield number


def _seals(session: Session, heads: Path) -> Iterator[str]:
    engine = session.get_bind().engine
    for log in Log:
        fault = sealing.verify(engine, log, heads).fault
        if fault is not None:
            yield f"{log.value}: {fault.kind}, row {fault.row_id}, seal {fault.seal_id}"


def _merges(session: Session, _heads: Path) -> Iterator[str]:
    """A merged person leads to one who stands; following the pointers never comes round."""
    merged = select(Person.id, Person.merged_into_id).where(Person.merged_into_id.is_not(None))
    leads = {at: to for at, to in session.execute(merged) if to is not None}
    for start in leads:
        at, seen = start, set[int]()
        while at in leads and at not in seen:
            seen.add(at)
            at = leads[at]
        if at in seen:
            yield f"person {start}"


def _referral_events(session: Session, _heads: Path) -> Iterator[str]:
    """The state of a referral is what its last step made of it."""
    last = (
        select(ReferralEvent.referral_id, func.max(ReferralEvent.id).label("id"))
        .group_by(ReferralEvent.referral_id)
        .subquery()
    )
    rows = session.execute(
        select(Referral.id, Referral.state, ReferralEvent.after)
        .join(last, last.c.referral_id == Referral.id)
        .join(ReferralEvent, ReferralEvent.id == last.c.id)
        .where(ReferralEvent.after != Referral.state)
        .order_by(Referral.id)
    )
    return (f"referral {row[0]}: {row[1].value}, last step {row[2].value}" for row in rows)


def _hires(session: Session, _heads: Path) -> Iterator[str]:
    """A hire by a referral is a placement of that person with that firm."""
    rows = session.execute(
        select(Referral.id)
        .outerjoin(Placement, Placement.id == Referral.placement_id)
        .join(Vacancy, Vacancy.id == Referral.vacancy_id)
        .where(
            Referral.state == ReferralState.HIRED,
            or_(
                Placement.id.is_(None),
                Placement.vacancy_id.is_distinct_from(Referral.vacancy_id),
                Placement.enterprise_id.is_distinct_from(Vacancy.enterprise_id),
            ),
        )
    )
    return (f"referral {row[0]}" for row in rows)


def _sights(session: Session, _heads: Path) -> Iterator[str]:
    """A firm saw a name only of a person who had said yes to it, works there or learns for it."""
    rows = session.execute(_unexplained_sights()).all()
    for sight, person_id, firm_id, at in rows:
        reasons = [_explained(one, firm_id, at) for one in identities(session, person_id)]
        if not session.scalar(select(or_(*reasons))):
            yield f"sight {sight}"


def _unexplained_sights() -> Select[int, int, int, dt.datetime]:
    by_own_id = _explained(Sight.person_id, Member.enterprise_id, Sight.at)
    return (
        select(Sight.id, Sight.person_id, Member.enterprise_id, Sight.at)
        .join(Member, Member.user_id == Sight.user_id)
        .where(Sight.look != Look.MASKED, ~by_own_id)
        .order_by(Sight.id)
    )


def _explained(person: Any, firm: Any, at: Any) -> ColumnElement[bool]:
    """Whether `firm`, or a branch of it, had a reason at `at` to see the name of `person`."""
    house = select(Enterprise.id).where(or_(Enterprise.id == firm, Enterprise.parent_id == firm))
    file = select(Seeker.id).where(Seeker.person_id == person)
    yes = (
        exists()
        .where(Referral.vacancy_id == Vacancy.id, Vacancy.enterprise_id.in_(house))
        .where(Referral.seeker_id.in_(file), Referral.agreed_at <= at)
        .where(or_(Referral.ended_at.is_(None), Referral.ended_at >= at))
    )
    works = exists().where(Placement.enterprise_id.in_(house), Placement.seeker_id.in_(file))
    learns = exists().where(Enrolment.enterprise_id.in_(house), Enrolment.person_id == person)
    return or_(yes, works, learns)


def _erasures(session: Session, _heads: Path) -> Iterator[str]:
    """The worker clears the index and the files within minutes."""
    late = clock.now() - dt.timedelta(hours=1)
    return (f"erasure {row.id}" for row in unfinished(session) if row.erased_at < late)


def _files(session: Session, _heads: Path) -> Iterator[str]:
    """A file is left by a job that ended well, and no job says done twice over its lease."""
    orphans = select(JobFile.job_id).join(Job, Job.id == JobFile.job_id)
    return (f"job {i}" for i in session.scalars(orphans.where(Job.state != JobState.DONE)))


CHECKS = (
    Check("headcounts", N_("Số đã tuyển của vị trí bằng số người đang tính vào vị trí."),
          _headcounts),
    Check("seats", N_("Số chỗ đã giữ của lớp bằng số học viên giữ chỗ, không quá số chỗ."), _seats),
    Check("paper-numbers", N_("Số giấy tờ liền nhau từ 1, không hụt."), _paper_numbers),
    Check("file-numbers", N_("Không hồ sơ, vị trí nào mang số chưa cấp."), _file_numbers),
    Check("seals", N_("Nhật ký còn nguyên như khi niêm phong."), _seals),
    Check("merges", N_("Hồ sơ gộp dẫn tới một hồ sơ còn đứng."), _merges),
    Check("referral-events", N_("Trạng thái giới thiệu đúng với bước cuối của nó."),
          _referral_events),
    Check("hires", N_("Mỗi người trúng tuyển qua giới thiệu có một chỗ làm."), _hires),
    Check("sights", N_("Doanh nghiệp chỉ xem tên người đã đồng ý với mình."), _sights),
    Check("erasures", N_("Người đã xoá không còn sót trong chỉ mục và tệp."), _erasures),
    Check("files", N_("Tệp kết quả thuộc về một việc đã xong."), _files),
)  # fmt: skip

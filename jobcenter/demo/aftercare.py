"""What followed the hires: terms, checks at their marks, older jobs, and a few complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import ComplaintKind, ComplaintState, ComplaintWay
from jobcenter.advising.models import Complaint, ComplaintNote
from jobcenter.catalogue.queries import working_days_after
from jobcenter.demo.draw import Draw
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock, series
from jobcenter.placements.choices import DEFAULT_MARKS, CheckAnswer, CheckWay, EndReason
from jobcenter.placements.models import Placement, PlacementCheck
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker

OLDER = 90  # jobs of earlier months, without a vacancy
CONTRACTS = ("under-12m", "12-36m", "12-36m", "indefinite")
STORIES = (
    (ComplaintKind.FEE, "Người tự xưng môi giới đòi 2 triệu đồng mới cho vào phỏng vấn.",
     "Đã làm việc với công ty, người đó không phải nhân viên. Đã báo công an phường."),
    (ComplaintKind.UNLIKE_OFFER, "Nói làm ca hành chính, vào thì xếp ca đêm.",
     "Công ty đã chuyển lại ca ngày từ tuần sau."),
    (ComplaintKind.DISCRIMINATION, "Bị loại vì có con nhỏ dưới 3 tuổi.", ""),
    (ComplaintKind.UNLIKE_OFFER, "Lương thử việc thấp hơn mức ghi ở bản tin.", ""),
    (ComplaintKind.CENTRE, "Chờ hơn một giờ mới được gọi.",
     "Đã thêm một quầy buổi sáng thứ Hai."),
)  # fmt: skip


def write(
    session: Session, *, seed: int, today: dt.date, crew: Sequence[int], days: Sequence[dt.date]
) -> None:
    """Write terms and checks of every job, older jobs too, and the complaints of the year."""
    draw = Draw(f"{seed}-aftercare")
    firms = session.scalars(select(Enterprise.id).order_by(Enterprise.id).limit(40)).all()
    _older(session, draw, today, firms, crew)
    session.flush()
    rows = session.scalars(
        select(Placement)
        .where(Placement.started_on >= today - dt.timedelta(days=430))
        .order_by(Placement.id)
    ).all()
    for row in rows:
        row.contract = draw.pick(CONTRACTS)
        row.pay = 100_000 * draw.between(65, 118)
        row.probation_until = row.started_on + dt.timedelta(days=draw.pick((6, 30, 30, 60)))
        _checks(session, draw, today, row, crew)
    _complaints(session, draw, firms, crew, days)


def _older(
    session: Session, draw: Draw, today: dt.date, firms: Sequence[int], crew: Sequence[int]
) -> None:
    """Let people whose files say so have started months ago; some left since."""
    states = (FileState.PLACED, FileState.FOUND_ALONE)
    taken = select(Placement.seeker_id)
    files = session.execute(
        select(Seeker.id, Seeker.state)
        .where(Seeker.state.in_(states), Seeker.id.not_in(taken))
        .order_by(Seeker.id.desc())
        .limit(OLDER)
    ).all()
    for seeker_id, state in files:
        start = today - dt.timedelta(days=draw.between(31, 400))
        stayed = (today - start).days
        leaves = draw.chance(22) and stayed > 40
        end = start + dt.timedelta(days=draw.between(3, stayed - 1)) if leaves else None
        session.add(
            Placement(
                seeker_id=seeker_id, enterprise_id=draw.pick(firms), started_on=start, ended_on=end,
                end_reason=draw.pick((EndReason.QUIT, EndReason.QUIT, EndReason.CONTRACT_OVER,
                                      EndReason.DISMISSED)) if end else None,
                is_own_find=state is FileState.FOUND_ALONE, recorded_by_id=draw.pick(crew),
                confirmed_at=clock.now(),
            )
        )  # fmt: skip


def _checks(
    session: Session, draw: Draw, today: dt.date, row: Placement, crew: Sequence[int]
) -> None:
    """Ask at most marks; the last one of some stays due."""
    for mark in DEFAULT_MARKS:
        on = row.started_on + dt.timedelta(days=mark)
        if on > today or draw.chance(18):
            continue
        answered = min(on + dt.timedelta(days=draw.between(0, 6)), today)
        gone = row.ended_on is not None and row.ended_on < on
        said = CheckAnswer.LEFT if gone else CheckAnswer.THERE
        if not gone and draw.chance(8):
            said = CheckAnswer.UNKNOWN
        session.add(
            PlacementCheck(
                placement_id=row.id, mark=mark, answer=said, answered_on=answered,
                way=draw.pick((CheckWay.PHONE, CheckWay.PHONE, CheckWay.MESSAGE,
                               CheckWay.FIRM_LIST)),
                by_id=draw.pick(crew),
            )
        )  # fmt: skip
        if gone:
            return


def _complaints(
    session: Session, draw: Draw, firms: Sequence[int], crew: Sequence[int], days: Sequence[dt.date]
) -> None:
    people = session.scalars(select(Seeker.person_id).order_by(Seeker.id.desc()).limit(60)).all()
    chosen = sorted(draw.some(days[-90:], len(STORIES)))
    for place, (day, (kind, text, outcome)) in enumerate(zip(chosen, STORIES, strict=False)):
        number = series.take(session, "KN", day.year)
        state = ComplaintState.SETTLED if outcome else ComplaintState.AT_WORK
        state = ComplaintState.NEW if place == len(STORIES) - 2 else state
        closed = working_days_after(session, day, 4) if outcome else None
        row = Complaint(
            number=series.numbered("KN", day.year, number, 4), received_on=day, kind=kind,
            way=ComplaintWay.OWN_PAGE if place == 1 else ComplaintWay.COUNTER,
            person_id=draw.pick(people), told={"text": text}, outcome={"text": outcome},
            enterprise_id=None if kind is ComplaintKind.CENTRE else draw.pick(firms), state=state,
            owner_id=None if state is ComplaintState.NEW else crew[0],
            due_on=working_days_after(session, day, 10), closed_on=closed,
        )  # fmt: skip
        session.add(row)
        session.flush()
        if state is not ComplaintState.NEW:
            at = dt.datetime.combine(day, dt.time(15), clock.LOCAL)
            told = {"text": "Đã gọi người khiếu nại và công ty, hẹn làm việc."}
            session.add(ComplaintNote(complaint_id=row.id, at=at, by_id=crew[0], text=told))

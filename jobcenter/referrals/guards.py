"""How each condition of the state table is checked: it passes, or refuses in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.enterprises.queries import is_closed
from jobcenter.kernel import clock
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.queries import agreed
from jobcenter.referrals.choices import INTRODUCED, LIVE, MOST_LIVE, REASONS
from jobcenter.referrals.models import Referral
from jobcenter.referrals.steps import Guard, Need, Step
from jobcenter.seekers.choices import AVAILABLE
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of
from jobcenter.settings.queries import setting
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import takes_candidates

FURTHEST = dt.timedelta(days=180)  # an interview later than this is a slip of the pen


@dataclass(frozen=True, kw_only=True)
class Said:
    """What comes with a verb."""

    reason: str | None = None
    note: str = ""
    way: Way | None = None
    evidence: str = ""
    interview_at: dt.datetime | None = None
    interview_place: str = ""
    started_on: dt.date | None = None
    placement_id: int | None = None  # of a hire: set by `hiring`


NOTHING = Said()


def takes_people(vacancy: Vacancy) -> None:
    """Refuse where the vacancy takes nobody now."""
    if is_closed(vacancy.enterprise) or not takes_candidates(vacancy, clock.today()):
        raise Refused(
            N_("Vị trí %(number)s không còn nhận người. Mở lại vị trí rồi làm tiếp."),
            number=vacancy.number,
        )


def looks_for_work(session: Session, seeker: Seeker) -> None:
    """Refuse whoever looks for no work, or did not let the centre keep the file."""
    if seeker.state not in AVAILABLE:
        raise Refused(N_("Hồ sơ %(number)s không còn tìm việc."), number=seeker.number)
    if Purpose.REGISTER not in agreed(session, seeker.person_id):
        raise Refused(
            N_("%(number)s chưa đồng ý cho trung tâm lưu hồ sơ. Ghi sự đồng ý trước."),
            number=seeker.number,
        )


def within_limit(session: Session, seeker: Seeker, *, besides: int | None = None) -> None:
    """Refuse one more live introduction than the setting allows; call it with the file locked."""
    most = setting(session, MOST_LIVE)
    now = session.scalar(
        select(func.count(func.distinct(Referral.vacancy_id))).where(
            Referral.seeker_id.in_(files_of(session, seeker)),
            Referral.state.in_(INTRODUCED),
            Referral.id != (besides or 0),
        )
    )
    if (now or 0) >= most:
        raise Refused(
            N_("%(number)s đang được giới thiệu ở %(now)s nơi, nhiều nhất là %(most)s."),
            number=seeker.number,
            now=now,
            most=most,
        )


def agrees(session: Session, seeker: Seeker) -> None:
    """Refuse without a standing consent to be introduced."""
    if Purpose.INTRODUCE not in agreed(session, seeker.person_id):
        raise Refused(
            N_("%(number)s chưa đồng ý được giới thiệu với doanh nghiệp. Ghi sự đồng ý trước."),
            number=seeker.number,
        )


def _day_has_come(_session: Session, referral: Referral) -> None:
    if referral.interview_at is not None and referral.interview_at > clock.now():
        raise Refused(N_("Chưa tới giờ phỏng vấn đã hẹn."))


def _not_live_again(session: Session, referral: Referral) -> None:
    files = files_of(session, referral.seeker)
    other = session.scalar(
        select(Referral.id)
        .where(
            Referral.vacancy_id == referral.vacancy_id,
            Referral.seeker_id.in_(files),
            Referral.state.in_(LIVE),
        )
        .limit(1)
    )
    if other is not None:
        raise Refused(N_("Người này đang được giới thiệu lại cho vị trí này."))


def _time_is_over(_session: Session, referral: Referral) -> None:
    if referral.valid_to is None or referral.valid_to >= clock.today():
        raise Refused(N_("Phiếu giới thiệu còn hạn."))


_CHECKS: dict[Guard, Callable[[Session, Referral], None]] = {
    Guard.TAKES_PEOPLE: lambda _session, row: takes_people(row.vacancy),
    Guard.LOOKS_FOR_WORK: lambda session, row: looks_for_work(session, row.seeker),
    Guard.WITHIN_LIMIT: lambda session, row: within_limit(session, row.seeker, besides=row.id),
    Guard.AGREES: lambda session, row: agrees(session, row.seeker),
    Guard.DAY_HAS_COME: _day_has_come,
    Guard.NOT_LIVE_AGAIN: _not_live_again,
    Guard.TIME_IS_OVER: _time_is_over,
}


def check(session: Session, referral: Referral, step: Step, said: Said) -> None:
    """Refuse while a guard of the step does not hold, or what it needs was not said."""
    for guard in step.guards:
        _CHECKS[guard](session, referral)
    for need in step.needs:
        _NEEDS[need](step, said)


def _reason(step: Step, said: Said) -> None:
    known = REASONS.get(said.reason or "")
    if known is None or known.verb is not step.verb:
        raise Refused(N_("Chọn lý do."), field="reason")


def _note(_step: Step, said: Said) -> None:
    if not said.note.strip():
        raise Refused(N_("Ghi lý do cho doanh nghiệp biết."), field="note")


def _way(_step: Step, said: Said) -> None:
    if said.way is None or said.way is Way.ONLINE:
        raise Refused(N_("Chọn cách người lao động trả lời."), field="way")
    if said.way is not Way.COUNTER and not said.evidence.strip():
        raise Refused(
            N_("Ghi cuộc gọi lúc nào hoặc giấy nào làm chứng cho lời đồng ý."), field="evidence"
        )


def _slot(_step: Step, said: Said) -> None:
    if said.interview_at is None:
        raise Refused(N_("Ghi ngày, giờ phỏng vấn."), field="day")
    if said.interview_at <= clock.now():
        raise Refused(N_("Giờ phỏng vấn phải ở phía trước."), field="day")
    if said.interview_at > clock.now() + FURTHEST:
        raise Refused(N_("Ngày phỏng vấn xa hơn nửa năm, xem lại."), field="day")


def _start(_step: Step, said: Said) -> None:
    if said.started_on is None:
        raise Refused(N_("Ghi ngày bắt đầu làm."), field="started_on")


_NEEDS: dict[Need, Callable[[Step, Said], None]] = {
    Need.REASON: _reason,
    Need.NOTE: _note,
    Need.WAY: _way,
    Need.SLOT: _slot,
    Need.START: _start,
}

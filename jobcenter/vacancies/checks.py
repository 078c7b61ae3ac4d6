"""What must hold before job seekers see a vacancy, and settling the wordings flagged in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.models import MinimumWage
from jobcenter.catalogue.queries import wage, wage_floor
from jobcenter.enterprises.queries import is_closed
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Amount, Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.changes import note, require_writer
from jobcenter.vacancies.choices import DISCRIMINATING, VacancyState
from jobcenter.vacancies.models import Vacancy, WordingFlag
from jobcenter.vacancies.queries import unsettled
from jobcenter.vacancies.wording import flag_discrimination

REGIONS = {1: "I", 2: "II", 3: "III", 4: "IV"}
# Where the place, or its region, is not known: the highest floor, and how to say it better.
HIGHEST = 1
FLAGGED = ("title", "description", "requirement")
# What stands before job seekers: an approval is not taken away under their eyes.
SHOWN = (VacancyState.OPEN, VacancyState.FILLED)


def refusals(session: Session, vacancy: Vacancy) -> list[Refused]:
    """Return everything that keeps the vacancy from being open, in words."""
    late = Refused(N_("Hạn nhận hồ sơ đã qua."), field="deadline")
    over = vacancy.deadline is not None and vacancy.deadline < clock.today()
    return [*unlawful(session, vacancy), *([late] if over else [])]


def unlawful(session: Session, vacancy: Vacancy) -> list[Refused]:
    """Return what must not stand before job seekers on any day."""
    found = []
    if vacancy.enterprise is None:
        found.append(Refused(N_("Chưa gắn với doanh nghiệp nào."), field="firm"))
    elif is_closed(vacancy.enterprise):
        found.append(
            Refused(N_("Trung tâm đang không làm việc với doanh nghiệp này."), field="firm")
        )
    if open_flags := unsettled(vacancy):
        found.append(
            Refused(
                N_(
                    "Còn %(count)s chỗ phân biệt đối xử chưa xử lý. Sửa câu, hoặc ghi lý do của "
                    "yêu cầu đặc thù để người khác duyệt."
                ),
                field="requirement",
                count=len(open_flags),
            )
        )
    if (low := underpaid(session, vacancy)) is not None:
        found.append(low)
    return found


def underpaid(session: Session, vacancy: Vacancy) -> Refused | None:
    """Return why the pay is unlawful: under the minimum wage of its place, on the day it starts.

    Hourly pay, and monthly and daily pay of full-time work, are compared. The law fixes no figure
    for a day: it is the hour's times the eight hours of a normal day.
    """
    lowest = vacancy.pay_min if vacancy.pay_min is not None else vacancy.pay_max
    per = _paid_per(vacancy)
    if lowest is None or per is None:
        return None
    floor, is_known = _floor(session, vacancy)
    if floor is None:
        return None
    figure = {"month": floor.monthly, "hour": floor.hourly, "day": DAY_HOURS * floor.hourly}[per]
    if lowest >= figure:
        return None
    return Refused(
        _TOO_LOW[per, is_known], field="pay_min", region=REGIONS[floor.region],
        figure=Amount(figure), day=floor.valid_from,
    )  # fmt: skip


DAY_HOURS = 8
_TOO_LOW = {
    ("month", True): N_(
        "Thấp hơn lương tối thiểu vùng %(region)s: %(figure)s đ, áp dụng từ %(day)s"
    ),
    ("hour", True): N_(
        "Thấp hơn lương tối thiểu vùng %(region)s: %(figure)s đ một giờ, áp dụng từ %(day)s"
    ),
    ("month", False): N_(
        "Thấp hơn lương tối thiểu vùng %(region)s: %(figure)s đ, áp dụng từ %(day)s. Chưa rõ vùng "
        "của nơi làm việc nên so với vùng cao nhất: ghi khu công nghiệp hoặc phường, xã."
    ),
    ("day", True): N_(
        "Thấp hơn lương tối thiểu vùng %(region)s: %(figure)s đ một ngày 8 giờ, áp dụng từ %(day)s"
    ),
    ("day", False): N_(
        "Thấp hơn lương tối thiểu vùng %(region)s: %(figure)s đ một ngày 8 giờ, áp dụng từ "
        "%(day)s. Chưa rõ vùng của nơi làm việc nên so với vùng cao nhất: ghi khu công nghiệp "
        "hoặc phường, xã."
    ),
    ("hour", False): N_(
        "Thấp hơn lương tối thiểu vùng %(region)s: %(figure)s đ một giờ, áp dụng từ %(day)s. Chưa "
        "rõ vùng của nơi làm việc nên so với vùng cao nhất: ghi khu công nghiệp hoặc phường, xã."
    ),
}


def _floor(session: Session, vacancy: Vacancy) -> tuple[MinimumWage | None, bool]:
    """Return the minimum wage where and when the job starts, and whether the region is known."""
    on = max(clock.today(), vacancy.start_on or clock.today())
    park, commune = vacancy.park_code, vacancy.commune_code
    if park is None and commune is None and vacancy.enterprise is not None:
        park, commune = vacancy.enterprise.park_code, vacancy.enterprise.commune_code
    found = wage_floor(session, park=park, commune=commune, on=on)
    return (found, True) if found else (wage(session, region=HIGHEST, on=on), False)


def _paid_per(vacancy: Vacancy) -> str | None:
    """Return for which time the pay is compared, None where it cannot be."""
    if vacancy.pay_kind == "hour":
        return "hour"
    if "part-time" in (vacancy.mode, vacancy.shift) or vacancy.pay_kind == "commission":
        return None
    return "day" if vacancy.pay_kind == "day" else "month"


_OF_PAY = frozenset(
    {"pay_min", "pay_max", "pay_kind", "mode", "shift", "park_code", "commune_code", "start_on",
     "enterprise"}
)  # fmt: skip


def refuse_new_faults(session: Session, vacancy: Vacancy, changed: Collection[str]) -> None:
    """Refuse what a person just typed and no later check would let pass."""
    if "deadline" in changed:
        require_future(vacancy.deadline)
    if _OF_PAY & set(changed):
        with session.no_autoflush:
            low = underpaid(session, vacancy)
        if low is not None:
            raise low


def require_future(deadline: dt.date | None) -> None:
    """Refuse a deadline that is over."""
    if deadline is not None and deadline < clock.today():
        raise Refused(
            N_("Hạn nhận hồ sơ phải từ hôm nay, %(day)s, trở đi."),
            field="deadline",
            day=clock.today(),
        )


def require_publishable(session: Session, vacancy: Vacancy) -> None:
    """Refuse the first thing that keeps the vacancy from being open."""
    with session.no_autoflush:
        for refused in refusals(session, vacancy):
            raise refused


def require_lawful(session: Session, vacancy: Vacancy) -> None:
    """Refuse the first thing that must not stand before job seekers."""
    with session.no_autoflush:
        for refused in unlawful(session, vacancy):
            raise refused


def flag_again(vacancy: Vacancy) -> None:
    """Flag the wordings of the present text; what was said of one that stays is kept."""
    there = {(flag.field, flag.kind, flag.excerpt): flag for flag in reversed(vacancy.flags)}
    flags = []
    for name in FLAGGED:
        for found in flag_discrimination(getattr(vacancy, name)):
            excerpt = vietnamese.clean_line(found.excerpt)[:300]
            flag = there.pop((name, found.kind, excerpt), None)
            flag = flag or WordingFlag(
                kind=found.kind, field=name, excerpt=excerpt, grounds="", remark=""
            )
            flag.start, flag.stop = found.start, found.end
            flags.append(flag)
    vacancy.flags = flags


def give_grounds(
    session: Session,
    *,
    vacancy: Vacancy,
    flag_id: int,
    grounds: str,
    version: int | None,
    by: Actor,
) -> None:
    """Write why the nature of the work demands a flagged wording; an approval before is void."""
    flag = _held(session, vacancy, flag_id, version, by)
    text = vietnamese.clean_prose(grounds)
    if not text:
        raise Refused(N_("Ghi tính chất công việc nào đòi hỏi điều này."), field="grounds")
    _require_movable(vacancy, flag)
    before, flag.grounds = flag.grounds, text
    flag.grounds_by_id, flag.grounds_at = by.user_id, clock.now()
    flag.approved_by_id, flag.approved_at = None, None
    _told(session, vacancy, flag, by, "give-grounds", before, text)


def approve(
    session: Session, *, vacancy: Vacancy, flag_id: int, version: int | None, by: Actor
) -> None:
    """Accept the grounds of a genuine requirement; never by whoever wrote them."""
    flag = _held(session, vacancy, flag_id, version, by)
    if not by.may(Right.VACANCIES_WRITE) or by.user_id is None:
        raise NotAllowed
    if not flag.grounds:
        raise Refused(N_("Chưa có lý do của yêu cầu đặc thù để duyệt."))
    if flag.grounds_by_id == by.user_id:
        raise Refused(N_("Người ghi lý do không tự duyệt. Nhờ một đồng nghiệp duyệt."))
    if flag.approved_at is None:
        flag.approved_by_id, flag.approved_at, flag.remark = by.user_id, clock.now(), ""
        _told(session, vacancy, flag, by, "approve-wording", None, flag.grounds)


def remark(
    session: Session,
    *,
    vacancy: Vacancy,
    flag_id: int,
    text: str,
    version: int | None,
    by: Actor,
) -> None:
    """Write at a marked place what the firm must change; shown to it there."""
    flag = _held(session, vacancy, flag_id, version, by)
    if not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    text = vietnamese.clean_prose(text)
    if not text:
        raise Refused(N_("Ghi điều doanh nghiệp cần sửa."), field="remark")
    _require_movable(vacancy, flag)
    before, flag.remark, flag.remark_at = flag.remark, text, clock.now()
    flag.approved_by_id, flag.approved_at = None, None
    _told(session, vacancy, flag, by, "remark-wording", before, text)


def _held(
    session: Session, vacancy: Vacancy, flag_id: int, version: int | None, by: Actor
) -> WordingFlag:
    require_writer(by, vacancy)
    hold(session, vacancy, version)
    flags = {flag.id: flag for flag in vacancy.flags if flag.kind in DISCRIMINATING}
    if flag_id not in flags:
        raise Missing
    return flags[flag_id]


def _require_movable(vacancy: Vacancy, flag: WordingFlag) -> None:
    if flag.approved_at is not None and vacancy.state in SHOWN:
        raise Refused(N_("Câu này đã duyệt và đang đăng. Tạm dừng nhận trước khi đổi lý do."))


def _told(
    session: Session,
    vacancy: Vacancy,
    flag: WordingFlag,
    by: Actor,
    action: str,
    before: str | None,
    after: str,
) -> None:
    vacancy.changed_at = clock.now()  # the version rises: a page opened before is old
    session.flush()
    record(
        session, by=by, action=action, kind="vacancy", subject_id=vacancy.id, field=flag.field,
        wording=flag.kind.value,
    )  # fmt: skip
    note(
        session, vacancy=vacancy, by=by, action=action, field=flag.field, before=before or None,
        after=after, note=f"“{flag.excerpt}”",
    )  # fmt: skip

"""The year 2020 as the zone authority published it, told in records of invented people.

450 learners of 460 planned (19 below three months, 356 elementary, 75 with a partner), 143 workers
of two firms in safety training counted apart, more than 3,800 consultations, more than 2,560
profiles introduced. Every figure of the report is counted from these rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from jobcenter.advising.choices import AT_COUNTER, AT_SESSION, BY_PHONE, Outcome
from jobcenter.advising.models import Consultation, JobSession
from jobcenter.demo import past_school
from jobcenter.demo.bulk import at, make_people, new_row, returning
from jobcenter.demo.draw import Draw, Table
from jobcenter.kernel import series, vietnamese
from jobcenter.people.choices import CONSENT_TEXT_VERSION, Purpose, Way
from jobcenter.people.models import Consent
from jobcenter.placements.choices import EndReason
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import Hand, ReferralState, Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker, Wish
from jobcenter.vacancies.choices import CloseReason, VacancyState
from jobcenter.vacancies.models import Vacancy, VacancyChange

YEAR = 2020
NEW_YEAR = dt.date(YEAR, 1, 1)
FILES = 1_318
CONSULTATIONS = 3_846
REFERRALS = 2_574
ORDERS = 48
SESSIONS = 14
_FIRST_NUMBER = 700_000  # keeps ID numbers apart from those of the register's other people
_MONTHS = Table([(1, 7), (2, 9), (3, 9), (4, 3), (5, 8), (6, 10), (7, 9), (8, 7), (9, 10),
                 (10, 10), (11, 10), (12, 8)])  # fmt: skip
_TITLES = (
    ("Công nhân lắp ráp điện tử", "8202", "mid"), ("Công nhân may công nghiệp", "8153", ""),
    ("Công nhân sản xuất", "9329", ""), ("Nhân viên kiểm tra chất lượng", "7543", ""),
    ("Công nhân vận hành máy ép nhựa", "8142", ""), ("Nhân viên kho", "4321", ""),
    ("Thợ hàn", "7212", "mid"), ("Công nhân đóng gói", "9321", ""),
)  # fmt: skip
_SUBJECTS = Table(
    [
        (("job",), 50), (("job", "referral"), 22), (("vocational",), 9), (("policy-law",), 8),
        (("unemployment-insurance",), 6), (("job", "vocational"), 3), (("other",), 2),
    ]
)  # fmt: skip
_CHANNELS = Table([(AT_COUNTER, 68), (BY_PHONE, 20), ("online", 6), (AT_SESSION, 6)])
# What became of a referral.
_ENDS = Table(
    [("hired", 39), ("rejected", 24), ("no-show", 12), ("no-answer", 18), ("withdrawn", 7)]
)


@dataclass(frozen=True)
class Order:
    """A vacancy of the year."""

    id: int
    firm: int
    registered_on: dt.date


@dataclass(frozen=True)
class Filed:
    """Somebody with a file of the year."""

    person_id: int
    seeker_id: int
    registered_on: dt.date


def write(session: Session, *, seed: int, firm_ids: Sequence[int]) -> None:
    """Write the year into a loaded town; the town's firms recruit, its people are others."""
    draw = Draw(f"{seed}-{YEAR}")
    filed = _files(session, draw)
    sessions = _sessions(session, draw)
    _consultations(session, draw, filed, sessions)
    orders = _orders(session, draw, firm_ids)
    hired = _referrals(session, draw, filed, orders)
    idle = [one for one in filed if one.seeker_id not in hired]
    past_school.write(
        session, draw, firm_ids=firm_ids, first_number=_FIRST_NUMBER + FILES,
        known=[(one.person_id, one.seeker_id) for one in idle],
    )  # fmt: skip


def day_of_year(draw: Draw, since: dt.date = NEW_YEAR) -> dt.date:
    """Return a working day of the year, fewer in the weeks when people stayed at home."""
    while True:
        day = dt.date(YEAR, draw.of(_MONTHS), draw.between(1, 28))
        if day.weekday() < 5 and day >= since:
            return day


def _files(session: Session, draw: Draw) -> list[Filed]:
    ids = make_people(session, draw, _FIRST_NUMBER, FILES, YEAR)
    days = sorted(day_of_year(draw) for _n in ids)
    number = series.take(session, "HS", YEAR, FILES)
    rows = [
        new_row()
        | {
            "number": series.numbered("HS", YEAR, number + place), "person_id": person,
            "registered_on": day, "state": FileState.CLOSED,
            "general_education": draw.pick(("thcs", "thpt", "thpt")),
        }
        for place, (person, day) in enumerate(zip(ids, days, strict=True))
    ]  # fmt: skip
    seekers = returning(session, Seeker, rows)
    filed = [Filed(*one) for one in zip(ids, seekers, days, strict=True)]
    session.execute(
        insert(Wish),
        [
            {"seeker_id": one.seeker_id, "rank": 1, "title": title, "occupation_code": code}
            for one in filed
            for title, code, _more in [draw.pick(_TITLES)]
        ],
    )
    session.execute(
        insert(Consent),
        [
            {
                "person_id": one.person_id, "purpose": Purpose.REGISTER,
                "text_version": CONSENT_TEXT_VERSION, "way": Way.COUNTER,
                "evidence": "Phiếu đăng ký giấy", "given_at": at(one.registered_on, 9),
            }
            for one in filed
        ],
    )  # fmt: skip
    return filed


def _sessions(session: Session, draw: Draw) -> list[tuple[int, dt.date]]:
    kinds = Table([("regular", 8), ("mobile", 4), ("online", 2)])
    rows = []
    for _n in range(SESSIONS):
        came = draw.between(60, 240)
        met = came * draw.between(40, 70) // 100
        rows.append(
            new_row()
            | {
                "day": day_of_year(draw), "kind": draw.of(kinds), "organiser": "", "partners": "",
                "place": draw.pick(("Trung tâm", "Nhà văn hoá xã", "Khu công nghiệp")),
                "firms": draw.between(5, 18), "openings": draw.between(120, 900),
                "attended": came, "interviewed": met, "preselected": met * 6 // 10, "note": "",
            }
        )  # fmt: skip
    ids = returning(session, JobSession, rows)
    return [(one, row["day"]) for one, row in zip(ids, rows, strict=True)]


def _consultations(
    session: Session, draw: Draw, filed: Sequence[Filed], sessions: Sequence[tuple[int, dt.date]]
) -> None:
    rows = []
    for place in range(CONSULTATIONS):
        # everybody with a file was advised on the day it was opened; the others as they come
        known = filed[place] if place < len(filed) else draw.pick(filed)
        day = known.registered_on if place < len(filed) else day_of_year(draw, known.registered_on)
        channel = draw.of(_CHANNELS)
        at_session = draw.pick(sessions) if channel == AT_SESSION else None
        is_known = place < len(filed) or (at_session is None and draw.chance(84))
        rows.append(
            new_row()
            | {
                "day": at_session[1] if at_session and not is_known else day,
                "person_id": known.person_id if is_known else None, "name": "",
                "channel": channel if not at_session or not is_known else AT_COUNTER,
                "subjects": draw.of(_SUBJECTS), "outcome": Outcome.ADVISED, "next_step": "",
                "note": "", "struck_because": "",
                "session_id": at_session[0] if at_session and not is_known else None,
            }
        )  # fmt: skip
    session.execute(insert(Consultation), rows)


def _orders(session: Session, draw: Draw, firm_ids: Sequence[int]) -> list[Order]:
    number = series.take(session, "YC", YEAR, ORDERS)
    days = sorted(day_of_year(draw) for _n in range(ORDERS))
    days[:8] = [NEW_YEAR + dt.timedelta(days=n) for n in range(1, 9)]
    rows = []
    for place, day in enumerate(days):
        title, code, qualified = draw.pick(_TITLES)
        rows.append(
            new_row()
            | {
                "number": series.numbered("YC", YEAR, number + place, 4),
                "enterprise_id": firm_ids[place % len(firm_ids)], "state": VacancyState.CLOSED,
                "registered_on": day, "title": title, "folded": vietnamese.fold(title),
                "headcount": draw.between(6, 24) * 10, "filled": 0, "occupation_code": code,
                "qualification": "so-cap" if qualified else "untrained", "description": title,
                "requirement": "", "field": "", "skills": "", "place": "", "contact_name": "",
                "firm_as_written": "", "source": "demo", "import_notes": "", "sent_back_for": "",
                "deadline": dt.date(YEAR + 1, 3, 31), "close_reason": CloseReason.EXPIRED,
            }
        )  # fmt: skip
    ids = returning(session, Vacancy, rows)
    for one, row in zip(ids, rows, strict=True):
        close = dt.date(YEAR + 1, 4, 1) if row["registered_on"].month > 8 else None
        closed_on = close or row["registered_on"] + dt.timedelta(days=110)
        for action, before, after, day in (
            ("publish-vacancy", "submitted", "open", row["registered_on"]),
            ("close-vacancy", "open", "closed", closed_on),
        ):
            session.add(
                VacancyChange(
                    vacancy_id=one, actor="Trần Thu Hà", action=action, field="state",
                    before=before, after=after, at=at(day, 10),
                )
            )  # fmt: skip
    return [
        Order(one, row["enterprise_id"], row["registered_on"])
        for one, row in zip(ids, rows, strict=True)
    ]


def _referrals(
    session: Session, draw: Draw, filed: Sequence[Filed], orders: Sequence[Order]
) -> set[int]:
    """Introduce people to one to three orders each; return the files of who was hired."""
    told: list[dict[str, Any]] = []
    hired: dict[int, int] = {}
    pairs: set[tuple[int, int]] = set()
    while len(told) < REFERRALS:
        one = filed[len(told) % len(filed)]
        open_then = [o for o in orders if o.registered_on <= one.registered_on]
        order = draw.pick(open_then or orders[:1])
        if (one.seeker_id, order.id) in pairs:
            order = orders[(orders.index(order) + 1) % len(orders)]
        since = max(one.registered_on, order.registered_on)
        if (one.seeker_id, order.id) in pairs or since > dt.date(YEAR, 12, 24):
            order, since = orders[0], min(one.registered_on, dt.date(YEAR, 12, 24))
            if (one.seeker_id, order.id) in pairs:
                pairs.discard((one.seeker_id, order.id))  # introduced a second time, later
        pairs.add((one.seeker_id, order.id))
        end = draw.of(_ENDS)
        if end == "hired" and one.seeker_id in hired:
            end = "no-answer"
        if end == "hired":
            hired[one.seeker_id] = order.id
        sent = min(since + dt.timedelta(days=draw.between(0, 9)), dt.date(YEAR, 12, 31))
        told.append({"file": one, "order": order, "end": end, "sent": sent})
    _write_referrals(session, draw, told)
    return set(hired)


def _write_referrals(session: Session, draw: Draw, told: list[dict[str, Any]]) -> None:
    placed = [one for one in told if one["end"] == "hired"]
    rows = []
    for one in placed:
        start = one["sent"] + dt.timedelta(days=draw.between(4, 20))
        ended = start + dt.timedelta(days=draw.between(65, 1400))
        gone = draw.chance(92)
        one["start"], one["is_there"] = start, not gone
        rows.append(
            new_row()
            | {
                "seeker_id": one["file"].seeker_id, "vacancy_id": one["order"].id,
                "enterprise_id": one["order"].firm, "started_on": start,
                "ended_on": ended if gone else None,
                "end_reason": draw.pick(_LEFT) if gone else None,
                "counts_to_headcount": True, "confirmed_at": at(start, 15),
            }
        )  # fmt: skip
    for one, number in zip(placed, returning(session, Placement, rows), strict=True):
        one["placement"] = number
    there = [one["file"].seeker_id for one in placed if one["is_there"]]
    wanted = {one["order"].id for one in placed}
    for vacancy in session.scalars(select(Vacancy).where(Vacancy.id.in_(wanted))):
        vacancy.filled = sum(one["order"].id == vacancy.id for one in placed)
        vacancy.headcount = max(vacancy.headcount, vacancy.filled)
    session.execute(
        update(Seeker)
        .where(Seeker.id.in_(there))
        .values(state=FileState.PLACED, version=Seeker.version + 1)
        .execution_options(synchronize_session=False)
    )
    numbers = returning(session, Referral, [_referral(one) for one in told])
    events: list[dict[str, Any]] = []
    for one, number in zip(told, numbers, strict=True):
        events += _events(one, number)
    session.execute(insert(ReferralEvent), sorted(events, key=lambda event: event["at"]))


_LEFT = (EndReason.QUIT, EndReason.CONTRACT_OVER)
_REASONS = {"rejected": "interview", "withdrawn": "far"}


def _referral(one: dict[str, Any]) -> dict[str, Any]:
    sent, end = one["sent"], one["end"]
    answered = (
        at(sent + dt.timedelta(days=4), 14) if end not in ("no-answer", "withdrawn") else None
    )
    return new_row() | {
        "vacancy_id": one["order"].id, "seeker_id": one["file"].seeker_id,
        "state": ReferralState(end), "agreed_at": at(sent, 9), "agreed_way": Way.COUNTER,
        "agreed_evidence": "Phiếu giới thiệu giấy", "sent_at": at(sent, 10),
        "answered_at": answered, "ended_at": at(_over(one), 16),
        "answer_by": sent + dt.timedelta(days=7), "valid_to": sent + dt.timedelta(days=30),
        "placement_id": one.get("placement"), "reason": _REASONS.get(end), "note": "",
        "interview_place": "", "firm_note": "",
    }  # fmt: skip


def _over(one: dict[str, Any]) -> dt.date:
    days = {"no-answer": 31, "withdrawn": 3, "no-show": 4}.get(one["end"], 5)
    day: dt.date = one.get("start") or one["sent"] + dt.timedelta(days=days)
    return day


_S = ReferralState
_LAST = {"hired": Verb.HIRE, "rejected": Verb.REJECT, "no-show": Verb.NO_SHOW,
         "no-answer": Verb.EXPIRE, "withdrawn": Verb.WITHDRAW}  # fmt: skip


def _events(one: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Return the steps of a referral as the pages would have left them."""
    sent, end = one["sent"], one["end"]
    steps: list[tuple[str, ReferralState | None, ReferralState, Hand, dt.datetime]] = [
        ("draft", None, _S.DRAFTED, Hand.CENTRE, at(sent, 8, 30)),
        (Verb.CONSENT, _S.DRAFTED, _S.CONSENTED, Hand.CENTRE, at(sent, 9)),
        (Verb.SEND, _S.CONSENTED, _S.SENT, Hand.CENTRE, at(sent, 10)),
    ]
    state = _S.SENT
    if end in ("hired", "rejected"):
        day = sent + dt.timedelta(days=4)
        steps.append((Verb.INTERVIEW, state, _S.INTERVIEWED, Hand.CENTRE, at(day, 14)))
        state = _S.INTERVIEWED
    hand = Hand.CLOCK if end == "no-answer" else Hand.CENTRE
    steps.append((_LAST[end], state, ReferralState(end), hand, at(_over(one), 16)))
    return [
        {
            "referral_id": number, "at": moment, "verb": str(verb), "before": before,
            "after": after, "hand": by, "actor": "Trần Thu Hà", "note": "", "slot_place": "",
            "reason": _REASONS.get(end) if verb is _LAST[end] else None,
        }
        for verb, before, after, by, moment in steps
    ]  # fmt: skip

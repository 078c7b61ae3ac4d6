"""The school's year 2020: plan, programmes, classes, learners; safety training of two firms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter.courses.choices import ClassState, FillRule
from jobcenter.courses.models import PlanTarget, Programme, TrainingClass
from jobcenter.demo.bulk import at, make_people, new_row, returning
from jobcenter.demo.draw import Draw
from jobcenter.enrolments.choices import PUBLIC_FUNDING, SEATED, EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import series, vietnamese
from jobcenter.placements.choices import EndReason
from jobcenter.placements.models import Placement

YEAR = 2020
TARGETS = {"under-3-months": 20, "so-cap-1": 360, "partner": 80}  # 460 in all
WITH_JOBS = 118  # learners whose job after the course is known

# Code, type, name in Vietnamese and in English, partner.
_PROGRAMMES = (
    ("NH-CBMA", "under-3-months", "Kỹ thuật chế biến món ăn", "Cooking", ""),
    ("SC1-MCN", "so-cap-1", "May công nghiệp", "Industrial sewing", ""),
    ("SC1-DCN", "so-cap-1", "Điện công nghiệp", "Industrial electricity", ""),
    ("SC1-HAN", "so-cap-1", "Hàn điện", "Arc welding", ""),
    ("SC1-XN", "so-cap-1", "Vận hành xe nâng", "Forklift driving", ""),
    ("LK-LUAT", "partner", "Đại học ngành Luật", "Law (university)", "Trường đại học liên kết"),
    ("AT-N3", "safety-3", "Huấn luyện an toàn nhóm 3", "Safety training, group 3", ""),
    ("AT-N4", "safety-4", "Huấn luyện an toàn nhóm 4", "Safety training, group 4", ""),
)
# Programme, how many, month it began, days it took, which firm ordered it.
_CLASSES: tuple[tuple[str, int, int, int, int | None], ...] = (
    ("NH-CBMA", 19, 7, 60, None),
    ("SC1-MCN", 36, 2, 100, None),
    ("SC1-MCN", 35, 5, 100, None),
    ("SC1-MCN", 38, 6, 100, None),
    ("SC1-DCN", 34, 6, 110, None),
    ("SC1-DCN", 36, 8, 110, None),
    ("SC1-HAN", 35, 5, 105, None),
    ("SC1-HAN", 37, 9, 100, None),
    ("SC1-XN", 35, 7, 95, None),
    ("SC1-XN", 34, 9, 95, None),
    ("SC1-XN", 36, 12, 95, None),
    ("LK-LUAT", 75, 10, 1400, None),
    ("AT-N3", 43, 3, 3, 0),
    ("AT-N4", 40, 3, 2, 0),
    ("AT-N3", 32, 11, 3, 1),
    ("AT-N4", 28, 11, 2, 1),
)


def write(
    session: Session, draw: Draw, *, firm_ids: Sequence[int], first_number: int,
    known: Sequence[tuple[int, int]],
) -> None:  # fmt: skip
    """Write plan, classes and learners; `known` are (person, file) of whom some learn too."""
    there = set(session.scalars(select(PlanTarget.type).where(PlanTarget.year == YEAR)))
    session.add_all(
        PlanTarget(year=YEAR, type=of, target=target, decision="Kế hoạch năm 2020")
        for of, target in TARGETS.items()
        if of not in there
    )
    programmes = _programmes(session)
    classes = list(_classes(programmes, firm_ids))
    ids = returning(session, TrainingClass, [row for row, _size in classes])
    learners = list(known[:WITH_JOBS])
    strangers = make_people(
        session, draw, first_number, sum(size for _row, size in classes) - len(learners), YEAR
    )  # fmt: skip
    number = series.take(session, "HV", YEAR, len(learners) + len(strangers))
    rows: list[dict[str, Any]] = []
    jobs: list[dict[str, Any]] = []
    for class_id, (row, size) in zip(ids, classes, strict=True):
        for place in range(size):
            is_known = bool(learners) and row["enterprise_id"] is None and place % 3 == 0
            person, file = learners.pop() if is_known else (strangers.pop(), None)
            made = _enrolment(draw, row, class_id, person)
            rows.append(made | {"number": series.numbered("HV", YEAR, number + len(rows))})
            if file is not None and made["state"] is EnrolState.COMPLETED:
                jobs.append(_job(draw, file, firm_ids, made["ended_on"]))
        row["taken"] = sum(
            one["class_id"] == class_id and one["holds_seat"] for one in rows[-size:]
        )
    session.execute(insert(Enrolment), rows)
    session.execute(insert(Placement), jobs)
    for class_id, (row, _size) in zip(ids, classes, strict=True):
        session.get_one(TrainingClass, class_id).taken = row["taken"]
    session.flush()


def _programmes(session: Session) -> dict[str, Programme]:
    there = {row.code: row for row in session.scalars(select(Programme))}
    for code, of, name_vi, name_en, partner in _PROGRAMMES:
        if code not in there:
            there[code] = Programme(
                code=code, type=of, name_vi=name_vi, name_en=name_en, partner=partner,
                folded=vietnamese.fold(f"{code} {name_vi} {name_en}"),
            )  # fmt: skip
            session.add(there[code])
    session.flush()
    return there


def _classes(
    programmes: dict[str, Programme], firm_ids: Sequence[int]
) -> Iterator[tuple[dict[str, Any], int]]:
    for place, (code, size, month, days, firm) in enumerate(_CLASSES, 1):
        programme = programmes[code]
        start = dt.date(YEAR, month, 6 + place)
        name = f"{programme.name_vi} K{place}-{YEAR}"
        is_ordered = firm is not None
        funding = "enterprise" if is_ordered else "self-paid"
        yield new_row() | {
            "code": f"{code}-{YEAR}-{place:02d}", "name": name, "folded": vietnamese.fold(name),
            "programme_id": programme.id, "state": ClassState.CLOSED, "course": f"K{place}",
            "intake": f"Đợt {month}/{YEAR}", "starts_on": start,
            "ends_on": start + dt.timedelta(days=days), "places": size + 2, "taken": 0,
            "fill_rule": FillRule.FIRST_COME, "place": "", "weekdays": ("0", "2", "4"),
            "funding": funding, "cancel_reason": "", "note": "", "decision_number": "",
            "enterprise_id": None if firm is None else firm_ids[firm % len(firm_ids)],
            "contract_number": f"{place:02d}/{YEAR}/HĐ" if is_ordered else "",
            "ordered": size if is_ordered else None, "session_hours": 4,
        }, size  # fmt: skip


def _enrolment(draw: Draw, course: dict[str, Any], class_id: int, person_id: int) -> dict[str, Any]:
    """Return a learner: most complete, a few drop out or fail; firms' workers all complete."""
    is_ordered = course["enterprise_id"] is not None
    state, ended = EnrolState.COMPLETED, course["ends_on"]
    if not is_ordered and draw.chance(6):
        state, ended = EnrolState.DROPPED, course["starts_on"] + dt.timedelta(days=30)
    elif not is_ordered and draw.chance(3):
        state = EnrolState.FAILED
    is_elementary = course["code"].startswith("SC1")
    funding = "de-an-1956" if is_elementary and draw.chance(62) else course["funding"]
    paid = funding in PUBLIC_FUNDING
    return new_row() | {
        "person_id": person_id, "class_id": class_id, "state": state, "preference": 1,
        "holds_seat": state in SEATED, "job_title": "",
        "source": Source.ENTERPRISE if is_ordered else Source.COUNTER,
        "enterprise_id": course["enterprise_id"],
        "applied_at": at(course["starts_on"] - dt.timedelta(days=20), 9),
        "enrolled_on": course["starts_on"], "ended_on": ended,
        "end_reason": "Thôi học" if state is EnrolState.DROPPED else "", "funding": funding,
        "target_group": draw.pick(("LDNT", "LDNT", "PN", "HN", "HCN")) if paid else None,
        "proof_number": "", "proof_issuer": "", "support_turn": 1 if paid else None,
        "support_grounds": "", "note": "",
    }  # fmt: skip


def _job(draw: Draw, file: int, firm_ids: Sequence[int], done: dt.date) -> dict[str, Any]:
    start = done + dt.timedelta(days=draw.between(5, 150))
    return new_row() | {
        "seeker_id": file, "vacancy_id": None, "enterprise_id": draw.pick(firm_ids),
        "started_on": start, "ended_on": start + dt.timedelta(days=draw.between(90, 900)),
        "end_reason": EndReason.QUIT, "counts_to_headcount": False,
        "confirmed_at": at(start, 15),
    }  # fmt: skip

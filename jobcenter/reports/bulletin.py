"""The recruitment-demand bulletin of a round: what firms ask for, by qualification and class.

A vacancy stands in one class of list U: by its position where it leads people, else by the
qualification asked for. What asks for none is general labour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise
from jobcenter.reports import rounding
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy

MANAGER, HIGH, MIDDLE, GENERAL = "manager", "high-technical", "mid-technical", "general"
CLASSES = (MANAGER, HIGH, MIDDLE, GENERAL)
_LEADING = frozenset({"manager", "leader"})
_HIGH = frozenset({"cao-dang", "dai-hoc", "thac-si", "tien-si"})
_UNTRAINED = frozenset({None, "", "untrained"})
_NEVER_ASKED = (VacancyState.DRAFT, VacancyState.SUBMITTED)
Round = tuple[dt.date, int]


@dataclass(frozen=True)
class Demand:
    """One line: how many are wanted and how many of these are still wanted."""

    code: str
    wanted: int
    left: int
    percent: float | None


@dataclass(frozen=True)
class FirmDemand:
    """What one firm asks for in the round."""

    name: str
    key: str
    wanted: int
    left: int


@dataclass(frozen=True)
class Bulletin:
    """A round: totals, lines by class (list U) and by qualification (list B), firms by demand."""

    round: Round
    firms: int
    wanted: int
    left: int
    general: int
    trained: int
    general_percent: float | None
    trained_percent: float | None
    classes: Sequence[Demand]
    qualifications: Sequence[Demand]
    by_firm: Sequence[FirmDemand]


def class_of(position: str | None, qualification: str | None) -> str:
    """Return the class of list U that a vacancy stands in."""
    if position in _LEADING:
        return MANAGER
    if qualification in _HIGH:
        return HIGH
    return GENERAL if qualification in _UNTRAINED else MIDDLE


def rounds(session: Session) -> list[Round]:
    """Return the rounds that vacancies were registered in, the latest first."""
    rows = session.execute(
        select(Vacancy.round_month, Vacancy.round_number)
        .where(Vacancy.round_month.is_not(None), Vacancy.state.not_in(_NEVER_ASKED))
        .distinct()
        .order_by(Vacancy.round_month.desc(), Vacancy.round_number.desc())
        .limit(60)
    )
    return [(month, number) for month, number in rows if month is not None and number is not None]


def bulletin(session: Session, of: Round) -> Bulletin:
    """Return the bulletin of a round from its vacancies; a withdrawn draft is in none."""
    wanted = func.sum(Vacancy.headcount)
    rows = session.execute(
        select(Vacancy.position, Vacancy.qualification, wanted, func.sum(Vacancy.filled))
        .where(*_in_round(of))
        .group_by(Vacancy.position, Vacancy.qualification)
    ).all()
    total = sum(int(row[2]) for row in rows)
    classes = _lines(((class_of(p, q), w, f) for p, q, w, f in rows), total)
    qualifications = _lines(((q or "untrained", w, f) for _p, q, w, f in rows), total)
    by_class = {line.code: line.wanted for line in classes}
    general = by_class.get(GENERAL, 0)
    firms = _firms(session, of)
    return Bulletin(
        round=of, firms=len(firms), wanted=total, left=sum(line.left for line in classes),
        general=general, trained=total - general,
        general_percent=rounding.percent(general, total),
        trained_percent=rounding.percent(total - general, total),
        classes=[line for code in CLASSES for line in classes if line.code == code],
        qualifications=sorted(qualifications, key=lambda line: (-line.wanted, line.code)),
        by_firm=firms,
    )  # fmt: skip


def _in_round(of: Round) -> tuple[ColumnElement[bool], ...]:
    return (
        Vacancy.round_month == of[0], Vacancy.round_number == of[1],
        Vacancy.state.not_in(_NEVER_ASKED), Vacancy.enterprise_id.is_not(None),
    )  # fmt: skip


def _lines(rows: Iterable[tuple[str, int, int]], total: int) -> list[Demand]:
    sums: dict[str, tuple[int, int]] = {}
    for code, wanted, filled in rows:
        before = sums.get(code, (0, 0))
        sums[code] = (before[0] + int(wanted), before[1] + int(wanted) - int(filled))
    return [
        Demand(code, wanted, left, rounding.percent(wanted, total))
        for code, (wanted, left) in sums.items()
    ]


def _firms(session: Session, of: Round) -> list[FirmDemand]:
    rows = session.execute(
        select(Enterprise.name, Enterprise.key, func.sum(Vacancy.headcount),
               func.sum(Vacancy.filled))
        .join(Vacancy, Vacancy.enterprise_id == Enterprise.id)
        .where(*_in_round(of))
        .group_by(Enterprise.id, Enterprise.name, Enterprise.key)
        .order_by(func.sum(Vacancy.headcount).desc(), Enterprise.name)
    )  # fmt: skip
    return [FirmDemand(name, str(key), int(w), int(w) - int(f)) for name, key, w, f in rows]

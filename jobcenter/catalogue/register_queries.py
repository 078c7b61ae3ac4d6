"""Reading whole registers, for the pages that keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.models import (
    CalendarDay,
    Commune,
    CommuneRegion,
    MinimumWage,
    Park,
    TargetGroupRule,
)
from jobcenter.catalogue.queries import HOME_PROVINCE
from jobcenter.kernel.errors import Missing


def calendar_days(session: Session, year: int) -> Sequence[CalendarDay]:
    """Return the days of a year that are not what their weekday says, in order."""
    within = CalendarDay.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    return session.scalars(select(CalendarDay).where(within).order_by(CalendarDay.day)).all()


def all_wages(session: Session) -> Sequence[MinimumWage]:
    """Return every minimum wage, the latest decree first."""
    order = (MinimumWage.valid_from.desc(), MinimumWage.region)
    return session.scalars(select(MinimumWage).order_by(*order)).all()


def regions_of(session: Session, commune_code: str) -> Sequence[CommuneRegion]:
    """Return the wage regions of a commune, the latest first."""
    return session.scalars(
        select(CommuneRegion)
        .where(CommuneRegion.commune_code == commune_code)
        .order_by(CommuneRegion.valid_from.desc())
    ).all()


def group_rules(session: Session, code: str) -> Sequence[TargetGroupRule]:
    """Return what a target group meant from each date on, the latest first."""
    return session.scalars(
        select(TargetGroupRule)
        .where(TargetGroupRule.code == code)
        .order_by(TargetGroupRule.valid_from.desc())
    ).all()


def parks(session: Session) -> Sequence[Park]:
    """Return every park, closed ones too, by name."""
    return session.scalars(select(Park).order_by(Park.name_vi, Park.code)).all()


def one_park(session: Session, code: str) -> Park:
    """Return a park, or refuse."""
    found = session.get(Park, code)
    if found is None:
        raise Missing
    return found


def one_commune(session: Session, code: str) -> Commune:
    """Return a commune, or refuse."""
    found = session.get(Commune, code)
    if found is None:
        raise Missing
    return found


def communes_at_home(session: Session) -> Sequence[Commune]:
    """Return the communes of Hải Phòng, by name."""
    return session.scalars(
        select(Commune)
        .where(Commune.province_code == HOME_PROVINCE)
        .order_by(Commune.name, Commune.code)
    ).all()

"""Frozen reports with the rows they counted, figures that others published, targets of a year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.accounts.models import User
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Keyed, Line, UtcDateTime, Versioned, choice
from jobcenter.reports.choices import ReportState


class Report(Keyed, Versioned, Base):
    """The figures of a period as they were when it was checked, with the version of definitions.

    `figures` is {code: [period, to date, plan, last year]}, `context` what stands around them. A
    second edition of a period does not touch the first.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("code", "edition"),
        CheckConstraint("edition >= 1", name="edition_from_one"),
        CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at_a_time"
        ),
    )

    code: Mapped[str] = mapped_column(String(10))  # of the period: 2020, 2020-Q4, 2020-12
    edition: Mapped[int]
    state: Mapped[ReportState] = mapped_column(choice(ReportState, "state_known"))
    definitions: Mapped[str] = mapped_column(String(20))
    counted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    context: Mapped[dict[str, Any]] = mapped_column(JSON)

    steps: Mapped[list[ReportStep]] = relationship(order_by="ReportStep.id")


class ReportStep(Base):
    """What was done with a report: by whom, when. Rows are only added."""

    __tablename__ = "report_step"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    verb: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    by: Mapped[User | None] = relationship()


class ReportRows(Base):
    """The rows that one figure of a report counted, packed: what a later difference is found by."""

    __tablename__ = "report_rows"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class PublishedFigure(Keyed, Versioned, Base):
    """A total that somebody printed: it stands beside the computed one, never in its place.

    `is_floor`: "more than". `code` is an indicator's or a figure of the zone.
    """

    __tablename__ = "published_figure"
    __table_args__ = (
        UniqueConstraint("code", "first", "last", "source"),
        CheckConstraint("last >= first", name="last_after_first"),
        Index("ix_published_figure_last_code", "last", "code"),
    )

    code: Mapped[str] = mapped_column(String(40))
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    value: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    is_floor: Mapped[bool] = mapped_column(default=False, server_default=false())
    source: Mapped[str] = mapped_column(Line(200))


class YearTarget(Versioned, Base):
    """The plan of a year for an indicator; the school's own targets stand with its programmes."""

    __tablename__ = "year_target"
    __table_args__ = (
        CheckConstraint("target >= 0", name="target_not_negative"),
        CheckConstraint("year BETWEEN 2000 AND 2200", name="year_plausible"),
    )

    year: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    target: Mapped[int]
    decision: Mapped[str] = mapped_column(Line(120), default="")

"""Placements, and what was learned of them later."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.db import Base, Keyed, Line, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED
from jobcenter.placements.choices import CheckAnswer, CheckWay, EndReason
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy

_IS_LIVE = text("ended_on IS NULL")


class Placement(Keyed, Versioned, Base):
    """One job of one person. `counts_to_headcount`: it fills a place of its vacancy.

    Without a vacancy it is a job that nobody ordered from the centre; `is_own_find` says that the
    person found it without us. A firm's report is believed for the count of places at once; that
    the person's file says "has work" waits until staff confirm it.
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended_for_a_reason"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        CheckConstraint("pay IS NULL OR pay > 0", name="pay_positive"),
        CheckConstraint("probation_until IS NULL OR probation_until >= started_on",
                        name="probation_after_start"),
        CheckConstraint("vacancy_id IS NOT NULL OR NOT counts_to_headcount",
                        name="counts_somewhere"),
        CheckConstraint("ended_on IS NOT NULL OR vacancy_id IS NULL OR counts_to_headcount",
                        name="live_counts"),
        Index(
            "uq_placement_live", "vacancy_id", "seeker_id", unique=True,
            sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE,
        ),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id"), index=True)
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(choice(EndReason, "end_reason_known"))
    counts_to_headcount: Mapped[bool] = mapped_column(default=False)
    contract: Mapped[str | None] = mapped_column(String(30))  # list O
    pay: Mapped[int | None] = mapped_column(Integer)  # dong a month, as agreed at the start
    probation_until: Mapped[dt.date | None]
    is_own_find: Mapped[bool] = mapped_column(
        default=False, server_default=text("false"), info=COUNTED
    )
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    seeker: Mapped[Seeker] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
    vacancy: Mapped[Vacancy | None] = relationship()


class PlacementCheck(Keyed, Base):
    """Whether somebody was still there so many days after the start: asked once for each mark."""

    __tablename__ = "placement_check"
    __table_args__ = (
        UniqueConstraint("placement_id", "mark"),
        CheckConstraint("mark > 0", name="mark_positive"),
        {"info": BASIC | BLANKED},
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    mark: Mapped[int] = mapped_column(Integer, info=COUNTED)
    answer: Mapped[CheckAnswer] = mapped_column(choice(CheckAnswer, "answer_known"), info=COUNTED)
    way: Mapped[CheckWay] = mapped_column(choice(CheckWay, "way_known"), info=COUNTED)
    answered_on: Mapped[dt.date] = mapped_column(info=COUNTED)
    said_by: Mapped[str] = mapped_column(Line(120), default="")
    note: Mapped[str] = mapped_column(Line(300), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    placement: Mapped[Placement] = relationship()

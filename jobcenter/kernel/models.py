"""Tables without business words: number series and one-time form keys."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, UtcDateTime


class SeriesCounter(Base):
    """The last number given in a series and year; a row, not a sequence, so no gap on rollback."""

    __tablename__ = "series_counter"
    __table_args__ = (CheckConstraint("last >= 0", name="last_not_negative"),)

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class Submission(Base):
    """A form key that was used, and where its answer led: a second click gets the same answer."""

    __tablename__ = "submission"

    form_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None]
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

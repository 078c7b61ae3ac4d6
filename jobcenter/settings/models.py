"""The values that an administrator gave, by date."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Line, UtcDateTime


class SettingValue(Base):
    """One value from a day on; who gave it and when stands beside it and in the ledger."""

    __tablename__ = "setting_value"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Line(200))
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    changed_by: Mapped[str] = mapped_column(Line(120))

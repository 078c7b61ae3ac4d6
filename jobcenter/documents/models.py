"""The office's own Word forms."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Keyed, Line, UtcDateTime

_IN_USE = text("ended_at IS NULL")


class OfficeForm(Keyed, Base):
    """A Word file that takes the place of our own form of one kind of paper, while in use."""

    __tablename__ = "office_form"
    __table_args__ = (
        Index(
            "uq_office_form_in_use", "kind", unique=True,
            sqlite_where=_IN_USE, postgresql_where=_IN_USE,
        ),
    )  # fmt: skip

    kind: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(Line(120))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

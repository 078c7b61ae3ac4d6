"""Drafts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.drafts.choices import KEEP_DAYS
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Keyed, Sealed, SealedData, UtcDateTime
from jobcenter.kernel.privacy import BASIC, DELETED


class Draft(Keyed, Base):
    """One form begun by one user; `title` tells drafts apart in a list of them."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("ix_draft_user_kind", "user_id", "kind", "saved_at"),
        Index("ix_draft_saved_at", "saved_at"),
        {"info": BASIC | DELETED},
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(40))  # DraftKind; a new form needs no migration
    title: Mapped[str] = mapped_column(Sealed("draft.title"))
    payload: Mapped[dict[str, Any]] = mapped_column(SealedData("draft.payload"))
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    saved_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    @property
    def kept_until(self) -> dt.datetime:
        """Return when the draft is deleted if nobody goes on with it."""
        return self.saved_at + dt.timedelta(days=KEEP_DAYS)

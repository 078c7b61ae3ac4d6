"""Tables of the ledger and the sight log; triggers refuse UPDATE and DELETE on both."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.audit.choices import Look
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Line, UtcDateTime, choice
from jobcenter.kernel.privacy import BASIC


class LedgerEntry(Base):
    """One change: who, when, what, on which record. Never holds sensitive values."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index("ix_ledger_entry_subject", "subject_kind", "subject_id", "id"),
        # what the ledger is searched by, each with the number that its pages are cut at
        Index("ix_ledger_entry_user", "user_id", "id"),
        Index("ix_ledger_entry_action", "action", "id"),
        Index("ix_ledger_entry_kind", "subject_kind", "id"),
        Index("ix_ledger_entry_at", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(Line(120), info=BASIC)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Sight(Base):
    """One look at personal data: who saw which fields of whom, for what purpose."""

    __tablename__ = "sight"
    __table_args__ = (
        Index("ix_sight_person_at", "person_id", "at"),
        Index("ix_sight_user_at", "user_id", "at"),
        Index("ix_sight_at", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None]
    person_id: Mapped[int]
    look: Mapped[Look] = mapped_column(choice(Look, "look_known"))
    fields: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Line(200))

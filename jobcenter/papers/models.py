"""The register of papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.kernel.db import Base, Keyed, Line, SealedData, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED
from jobcenter.papers.choices import PaperState, Unit


class Paper(Keyed, Versioned, Base):
    """One paper. `content` is what is printed, kept sealed as it was; `code` confirms it."""

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("unit", "kind", "year", "number"),
        CheckConstraint(
            "state = 'cancelled' OR (number IS NOT NULL) = "
            "(state IN ('numbered', 'printed', 'signed'))",
            name="number_from_numbering_on",
        ),
        CheckConstraint(
            "(number IS NULL) = (year IS NULL) AND (number IS NULL) = (shown IS NULL) "
            "AND (number IS NULL) = (code IS NULL) AND (number IS NULL) = (issued_on IS NULL)",
            name="number_is_whole",
        ),
        CheckConstraint("copies >= 0", name="copies_not_negative"),
        Index("ix_paper_subject", "subject_kind", "subject_id"),
        {"info": BASIC | BLANKED},
    )

    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit_known"))
    kind: Mapped[str] = mapped_column(String(40), info=COUNTED)
    state: Mapped[PaperState] = mapped_column(choice(PaperState, "state_known"))
    year: Mapped[int | None]
    number: Mapped[int | None]
    shown: Mapped[str | None] = mapped_column(String(60), unique=True, info=COUNTED)
    code: Mapped[str | None] = mapped_column(String(16), unique=True, info=COUNTED)
    issued_on: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    subject_kind: Mapped[str] = mapped_column(String(30), info=COUNTED)
    subject_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(Line(200))
    content: Mapped[dict[str, Any]] = mapped_column(SealedData("paper.content"))
    copies: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Line(300), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

"""Files that were brought in: what was found in them, and which records their rows became.

The file itself is never kept: only the cells of its table, sealed, until a week after.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.exchange.choices import BatchState
from jobcenter.kernel import clock
from jobcenter.kernel.db import (
    Base,
    Id,
    Keyed,
    Line,
    SealedData,
    UtcDateTime,
    Versioned,
    choice,
)
from jobcenter.kernel.privacy import BASIC, PLAIN, kept
from jobcenter.kernel.words import N_


class ImportBatch(Keyed, Versioned, Base):
    """One file: who brought it, how its rows were judged, what became of them."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("good + bad + doubtful + known <= total", name="rows_counted_once"),
        Index("ix_import_batch_kind_id", "kind", "id"),
        {"info": BASIC | kept(N_("Sổ các lần nhập tệp: chỉ còn số dòng, các ô đã xoá"))},
    )

    kind: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(Line(160), info=PLAIN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner: Mapped[str] = mapped_column(Line(120), info=BASIC)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    state: Mapped[BatchState] = mapped_column(choice(BatchState, "state_known"))
    job_key: Mapped[Any] = mapped_column(Uuid, nullable=True)
    total: Mapped[int] = mapped_column(default=0)
    good: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    doubtful: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    undone: Mapped[int] = mapped_column(default=0)
    # Rows of which a human said that they are somebody else than who is alike.
    apart: Mapped[list[int]] = mapped_column(JSON, default=list)
    cells: Mapped[dict[str, Any] | None] = mapped_column(
        SealedData("import_batch.cells"), deferred=True, info=BASIC
    )
    findings: Mapped[dict[str, Any] | None] = mapped_column(
        SealedData("import_batch.findings"), deferred=True, info=BASIC
    )
    written_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cleared_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ImportedRow(Base):
    """What one row became; `stamp` is the record's state then, `mark` a keyed digest of the row.

    While it stands, the very same row changes nothing, from whichever file it comes.
    """

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("batch_id", "row"), Index("ix_imported_row_mark", "mark"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    row: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Id)
    number: Mapped[str] = mapped_column(Line(200), default="")
    stamp: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

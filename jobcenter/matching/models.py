"""Stored lists, the documents and vocabularies they were made from, and those set aside.

The change marks are written by triggers of the database (see the migrations): whatever touches a
file, by form, import, command or hand, raises its mark, and every process reads the marks before
it answers.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Keyed, Line, UtcDateTime, choice
from jobcenter.kernel.privacy import BASIC, DELETED, PLAIN
from jobcenter.matching.choices import Audience, Unsuitable


class ChangeMark(Base):
    """When a seeker's file last changed, on the database's own scale (see `queries.marks`)."""

    __tablename__ = "match_change"

    seeker_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(BigInteger, index=True)


class ChangeCounter(Base):
    """The scale of the marks on SQLite: one row that triggers raise."""

    __tablename__ = "match_counter"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    # A random name of this database: an index made from another one is not used.
    database: Mapped[str] = mapped_column(String(32))


class Lexicon(Base):
    """A frozen vocabulary with its idf, under which stored lists were scored."""

    __tablename__ = "match_lexicon"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)


class MatchDocument(Base):
    """What ml was given for one file at one time, by content hash; erased with the person."""

    __tablename__ = "match_document"
    __table_args__ = {"info": BASIC | DELETED}

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class Recommendation(Keyed, Base):
    """One list as it left: for whom, from what, under which version."""

    __tablename__ = "recommendation"
    __table_args__ = {"info": PLAIN | DELETED}

    audience: Mapped[Audience] = mapped_column(choice(Audience, "audience_known"))
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id"), index=True)
    seeker_id: Mapped[int | None] = mapped_column(ForeignKey("seeker.id"), index=True)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None]
    version: Mapped[str] = mapped_column(Line(60))
    lexicon: Mapped[str | None] = mapped_column(String(64))
    query: Mapped[dict[str, Any]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)


class RecommendationItem(Base):
    """One line of a list: who, with which scores, from which document."""

    __tablename__ = "recommendation_item"
    __table_args__ = (UniqueConstraint("recommendation_id", "rank"), {"info": BASIC | DELETED})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"))
    rank: Mapped[int]
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    score: Mapped[float]
    job_fit: Mapped[int]
    wish_fit: Mapped[int]
    price: Mapped[float]
    document: Mapped[str] = mapped_column(String(64))


class SetAside(Base):
    """A person whom a counsellor found not suitable for a vacancy, with the reason."""

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("vacancy_id", "seeker_id"), {"info": BASIC | DELETED})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    reason: Mapped[Unsuitable] = mapped_column(choice(Unsuitable, "reason_known"))
    note: Mapped[str] = mapped_column(Line(300), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

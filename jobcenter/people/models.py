"""People and their consents."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.kernel import clock
from jobcenter.kernel.db import (
    Base,
    Codes,
    Id,
    Keyed,
    Line,
    Prose,
    Sealed,
    UtcDateTime,
    Versioned,
    choice,
)
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, DELETED, SENSITIVE, blank_to
from jobcenter.kernel.rotation import blind
from jobcenter.kernel.vietnamese import NAME_KEY
from jobcenter.people.choices import Purpose, Sex, Way

_STANDING = text("withdrawn_at IS NULL")
_NOT_UNDONE = text("undone_at IS NULL")


class Person(Keyed, Versioned, Base):
    """A person: basic data readable by staff, ID number and ethnicity encrypted.

    `search` holds the folded name and phone digits, `sort` the key by given name. A merged person
    points at the one who stays; queries follow the pointer, so a merge can be undone.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("birth_year BETWEEN 1900 AND 2200", name="birth_year_plausible"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_into_itself"),
        Index("ix_person_sort_id", "sort", "id"),
        # By these two a lookalike is found: the same words of a name, or the same birth.
        Index("ix_person_name_key_birth_year", "name_key", "birth_year"),
        Index("ix_person_birth", "birth_year", "birth_date", "search"),
        {"info": BLANKED},
    )

    full_name: Mapped[str] = mapped_column(Line(120), info=BASIC | blank_to("(đã xoá)"))
    birth_date: Mapped[dt.date | None] = mapped_column(info=BASIC)
    birth_year: Mapped[int | None] = mapped_column(Integer, info=BASIC | COUNTED)
    sex: Mapped[Sex | None] = mapped_column(choice(Sex, "sex_known"), info=BASIC | COUNTED)
    id_number: Mapped[str | None] = mapped_column(Sealed("person.id_number"), info=BASIC)
    id_number_blind: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=BASIC | blind("id_number", purpose="person.id_number")
    )
    id_tail_blind: Mapped[str | None] = mapped_column(
        String(64), index=True, info=BASIC | blind("id_number", purpose="person.id_tail", tail=4)
    )
    # The number of nine digits from before 2016: never proof, since a few were given twice.
    old_id_number: Mapped[str | None] = mapped_column(Sealed("person.old_id_number"), info=BASIC)
    old_id_blind: Mapped[str | None] = mapped_column(
        String(64), index=True, info=BASIC | blind("old_id_number", purpose="person.old_id_number")
    )
    id_issued_on: Mapped[dt.date | None] = mapped_column(info=BASIC)
    id_issued_by: Mapped[str | None] = mapped_column(Line(160), info=BASIC)
    ethnicity: Mapped[str | None] = mapped_column(Sealed("person.ethnicity"), info=SENSITIVE)
    phone: Mapped[str | None] = mapped_column(String(16), index=True, info=BASIC)
    email: Mapped[str | None] = mapped_column(Line(120), info=BASIC)
    zalo: Mapped[str | None] = mapped_column(Line(40), info=BASIC)
    permanent_commune: Mapped[str | None] = mapped_column(ForeignKey("commune.code"), info=BASIC)
    permanent_detail: Mapped[str | None] = mapped_column(Line(200), info=BASIC)
    current_commune: Mapped[str | None] = mapped_column(
        ForeignKey("commune.code"), index=True, info=BASIC
    )
    current_detail: Mapped[str | None] = mapped_column(Line(200), info=BASIC)
    social_insurance_number: Mapped[str | None] = mapped_column(String(10), info=BASIC)
    # Looked through from end to end: the index is a tenth of the table.
    search: Mapped[str] = mapped_column(String(300), default="", index=True, info=BASIC)
    # The folded words in alphabetical order, so that a name is the same in every order.
    name_key: Mapped[str] = mapped_column(
        String(NAME_KEY), default="", server_default="", info=BASIC
    )
    sort: Mapped[str] = mapped_column(String(700), default="", info=BASIC)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    erased_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ConsentText(Base):
    """The words that a consent is given to, in force from a day until the next version's day.

    What somebody agreed to is never changed: new words are a new version.
    """

    __tablename__ = "consent_text"
    __table_args__ = (
        UniqueConstraint("purpose", "version"),
        UniqueConstraint("purpose", "valid_from"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose, "purpose_known"))
    version: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[dt.date]
    text_vi: Mapped[str] = mapped_column(Prose)
    text_en: Mapped[str] = mapped_column(Prose)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Consent(Base):
    """One yes for one purpose, with its text, way and evidence; withdrawing fills two columns."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"
        ),
        # At most one live consent for a purpose: a second click changes nothing.
        Index(
            "uq_consent_live", "person_id", "purpose", unique=True,
            sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
        # The very words that were agreed to stay readable.
        ForeignKeyConstraint(
            ["purpose", "text_version"], ["consent_text.purpose", "consent_text.version"]
        ),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose, "purpose_known"))
    text_version: Mapped[str] = mapped_column(String(20), info=COUNTED)
    way: Mapped[Way] = mapped_column(choice(Way, "way_known"))
    evidence: Mapped[str] = mapped_column(Line(200), default="")
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    person: Mapped[Person] = relationship()


class PersonMerge(Keyed, Base):
    """Two records found to be of one person: who stays, what that changed, and whether undone.

    `overwritten` holds the values that the one who stays had before and got instead, `stopped` the
    consents that this merge ended because the other record had withdrawn them.
    """

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("survivor_id <> loser_id", name="two_people"),
        # Whoever was merged points at one person until that is undone.
        Index(
            "uq_person_merge_standing", "loser_id", unique=True,
            sqlite_where=_NOT_UNDONE, postgresql_where=_NOT_UNDONE,
        ),
        {"info": DELETED},
    )  # fmt: skip

    survivor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    loser_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    merged_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    overwritten: Mapped[str | None] = mapped_column(
        Sealed("person_merge.overwritten"), info=SENSITIVE
    )
    stopped: Mapped[list[int]] = mapped_column(JSON, default=list, info=BASIC)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class SuspectedPair(Keyed, Base):
    """Two records that may be of one person, until somebody says that they are not.

    Found in batch by `people.suspects`; a pair that was merged needs no row.
    """

    __tablename__ = "suspected_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="first_before_second"),
        CheckConstraint("strength BETWEEN 1 AND 4", name="strength_known"),
        Index("ix_suspected_pair_open", "apart_at", "strength", "id"),
        {"info": BASIC | DELETED},
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    strength: Mapped[int] = mapped_column(Integer)
    reasons: Mapped[tuple[str, ...] | None] = mapped_column(Codes)
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    # Who said that these are two people, and when.
    apart_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    apart_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

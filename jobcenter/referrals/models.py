"""Referrals and what was done with them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.enterprises.models import OF_FIRM
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Keyed, Line, Prose, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED
from jobcenter.people.choices import Way
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import Hand, LinkState, ReferralState
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy

_IS_LIVE = text("ended_at IS NULL")
_LIVE = "'asked', 'drafted', 'proposed', 'consented', 'sent', 'seen', 'invited', 'interviewed'"


class Referral(Keyed, Versioned, Base):
    """One seeker put forward for one vacancy.

    `asked_at` is set where the firm asked, `agreed_*` is the person's yes to this firm and this
    vacancy, `valid_to` its last day. What the firm wrote down of the person goes when it ends.
    """

    __tablename__ = "referral"
    __table_args__ = (
        # A double click or two people at once: the pair is under way once.
        Index(
            "uq_referral_live", "vacancy_id", "seeker_id", unique=True,
            sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE,
        ),
        Index("ix_referral_state_answer_by", "state", "answer_by"),
        CheckConstraint(f"(ended_at IS NULL) = (state IN ({_LIVE}))", name="ends_with_its_state"),
        CheckConstraint("(agreed_at IS NULL) = (agreed_way IS NULL)", name="yes_is_whole"),
        CheckConstraint(
            "agreed_at IS NOT NULL OR state NOT IN "
            "('consented', 'sent', 'seen', 'invited', 'interviewed')",
            name="open_by_a_yes",
        ),
        CheckConstraint(
            "sent_at IS NOT NULL OR state NOT IN ('sent', 'seen', 'invited', 'interviewed')",
            name="sent_before_answers",
        ),
        CheckConstraint("state <> 'invited' OR interview_at IS NOT NULL", name="invited_to_a_time"),
        CheckConstraint(
            "(placement_id IS NOT NULL) = (state IN ('hired', 'hire-cancelled'))",
            name="hired_by_a_placement",
        ),
        CheckConstraint("ended_at IS NULL OR firm_note = ''", name="firms_note_goes"),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    state: Mapped[ReferralState] = mapped_column(choice(ReferralState, "state_known"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    agreed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    agreed_way: Mapped[Way | None] = mapped_column(choice(Way, "way_known"))
    agreed_evidence: Mapped[str] = mapped_column(Line(200), default="", server_default="")
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    interview_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    interview_place: Mapped[str] = mapped_column(Line(200), default="", server_default="")
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(30), info=COUNTED)
    note: Mapped[str] = mapped_column(Line(300), default="")
    firm_note: Mapped[str] = mapped_column(Prose, default="", server_default="")

    vacancy: Mapped[Vacancy] = relationship()
    seeker: Mapped[Seeker] = relationship()
    placement: Mapped[Placement | None] = relationship()


class ReferralEvent(Base):
    """One thing that was done with a referral; rows are only added."""

    __tablename__ = "referral_event"
    __table_args__ = (
        Index("ix_referral_event_referral_id_id", "referral_id", "id"),
        Index("ix_referral_event_verb_at", "verb", "at"),
        {"info": BASIC | BLANKED},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    # a Verb, or how it began: "ask", "draft"
    verb: Mapped[str] = mapped_column(String(30), info=COUNTED)
    before: Mapped[ReferralState | None] = mapped_column(choice(ReferralState, "before_known"))
    after: Mapped[ReferralState] = mapped_column(choice(ReferralState, "after_known"))
    hand: Mapped[Hand] = mapped_column(choice(Hand, "hand_known"))
    user_id: Mapped[int | None] = mapped_column(Id)
    actor: Mapped[str] = mapped_column(Line(120))
    reason: Mapped[str | None] = mapped_column(String(30), info=COUNTED)
    note: Mapped[str] = mapped_column(Line(300), default="")
    slot_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    slot_place: Mapped[str] = mapped_column(Line(200), default="")

    referral: Mapped[Referral] = relationship()


class AnswerLink(Keyed, Versioned, Base):
    """A firm's way to answer without an account: one vacancy, one contact, some days.

    The address is signed with the key of the installation: who reads this row cannot make it.
    """

    __tablename__ = "answer_link"
    __table_args__ = (
        # The link before is taken back when a new one is made: one address works at a time.
        Index(
            "uq_answer_link_live", "vacancy_id", unique=True,
            sqlite_where=text("answered_at IS NULL AND revoked_at IS NULL"),
            postgresql_where=text("answered_at IS NULL AND revoked_at IS NULL"),
        ),
        CheckConstraint("expires_at > made_at", name="ends_after_made"),
        CheckConstraint(
            "answered_at IS NULL OR revoked_at IS NULL", name="answered_or_revoked_not_both"
        ),
        {"info": OF_FIRM},
    )  # fmt: skip

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    contact_name: Mapped[str] = mapped_column(Line(120), info=BASIC)
    contact_email: Mapped[str | None] = mapped_column(Line(120), info=BASIC)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    vacancy: Mapped[Vacancy] = relationship()

    @property
    def state(self) -> LinkState:
        """Return where the link stands now."""
        if self.answered_at is not None:
            return LinkState.ANSWERED
        if self.revoked_at is not None:
            return LinkState.REVOKED
        return LinkState.EXPIRED if self.expires_at <= clock.now() else LinkState.OPEN

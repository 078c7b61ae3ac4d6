"""Referrals."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Keyed, Line, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC
from jobcenter.referrals.choices import ReferralState
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy

_IS_LIVE = text("state = 'asked'")


class Referral(Keyed, Versioned, Base):
    """One seeker put forward for one vacancy."""

    __tablename__ = "referral"
    __table_args__ = (
        # A double click or two firms' users at once: the pair is asked for once.
        Index(
            "uq_referral_live", "vacancy_id", "seeker_id", unique=True,
            sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE,
        ),
        {"info": BASIC},
    )  # fmt: skip

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    state: Mapped[ReferralState] = mapped_column(choice(ReferralState, "state_known"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    note: Mapped[str] = mapped_column(Line(300), default="")

    vacancy: Mapped[Vacancy] = relationship()
    seeker: Mapped[Seeker] = relationship()

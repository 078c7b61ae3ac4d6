"""Enterprises, their contacts, users and bus routes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.accounts.models import User
from jobcenter.enterprises.choices import Interest, RequestState, Standing
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Keyed, Line, Prose, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, PLAIN, kept
from jobcenter.kernel.words import N_

# Firms and those who act for them are no job seekers: their records are corrected where they stand.
OF_FIRM = kept(N_("Dữ liệu của doanh nghiệp và người đại diện, sửa ngay trên hồ sơ doanh nghiệp"))


class Enterprise(Keyed, Versioned, Base):
    """An employer: a firm with a tax number, or an individual (`is_individual`).

    A branch is a record of its own with its place, vacancies and users, under its `parent`.
    """

    __tablename__ = "enterprise"
    __table_args__ = (
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )

    name: Mapped[str] = mapped_column(Line(200))
    short_name: Mapped[str] = mapped_column(Line(60), default="")
    folded: Mapped[str] = mapped_column(String(300), index=True)
    tax_number: Mapped[str | None] = mapped_column(String(14), unique=True)
    is_individual: Mapped[bool] = mapped_column(default=False)
    type: Mapped[str | None] = mapped_column(String(40))  # list L
    capital_country: Mapped[str] = mapped_column(Line(60), default="")  # list country
    park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code"), index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("commune.code"))
    address: Mapped[str] = mapped_column(Line(200), default="")
    phone: Mapped[str | None] = mapped_column(String(16), info=PLAIN)
    email: Mapped[str | None] = mapped_column(Line(120), info=PLAIN)
    sector: Mapped[str] = mapped_column(Line(120), default="")
    product: Mapped[str] = mapped_column(Line(200), default="")
    size_band: Mapped[str | None] = mapped_column(String(40))
    standing: Mapped[Standing] = mapped_column(choice(Standing, "standing_known"))
    note: Mapped[str | None] = mapped_column(Prose)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)

    parent: Mapped[Enterprise | None] = relationship(remote_side="Enterprise.id")
    contacts: Mapped[list[Contact]] = relationship(
        order_by="Contact.id", cascade="all, delete-orphan"
    )
    bus_routes: Mapped[list[BusRoute]] = relationship(
        order_by="BusRoute.name, BusRoute.id", cascade="all, delete-orphan"
    )


class Contact(Base):
    """A person at the firm whom the centre calls."""

    __tablename__ = "contact"
    __table_args__ = {"info": BASIC | OF_FIRM}

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    name: Mapped[str] = mapped_column(Line(120))
    position: Mapped[str] = mapped_column(Line(80), default="")
    phone: Mapped[str | None] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(Line(120))
    takes_sms: Mapped[bool] = mapped_column(default=False)
    takes_email: Mapped[bool] = mapped_column(default=False)


class BusRoute(Base):
    """A worker bus of the firm."""

    __tablename__ = "bus_route"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    name: Mapped[str] = mapped_column(Line(80))

    stops: Mapped[list[BusStop]] = relationship(
        order_by="BusStop.position", cascade="all, delete-orphan"
    )


class BusStop(Base):
    """A stop of a route, in a commune, with the time as people say it ("06:10")."""

    __tablename__ = "bus_stop"
    __table_args__ = (
        UniqueConstraint("route_id", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("bus_route.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Line(120))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("commune.code"))
    at: Mapped[str] = mapped_column(Line(20), default="")


class Member(Base):
    """A user who acts for a firm; the unique user keeps anyone from acting for two.

    A firm with members has an administrator among them: `members` sees to it under a lock.
    """

    __tablename__ = "enterprise_member"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    is_admin: Mapped[bool] = mapped_column(default=False, info=PLAIN)
    joined_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, default=clock.now)


class FirmInvitation(Base):
    """To which firm an invitation leads, and as what."""

    __tablename__ = "firm_invitation"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    is_admin: Mapped[bool] = mapped_column(default=False)


class StandingChange(Base):
    """One decision about working with a firm: who, when, why. Rows are only added."""

    __tablename__ = "standing_change"
    __table_args__ = ({"info": OF_FIRM},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    before: Mapped[Standing] = mapped_column(choice(Standing, "before_known"))
    after: Mapped[Standing] = mapped_column(choice(Standing, "after_known"))
    reason: Mapped[str] = mapped_column(Line(500))
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(Line(120), info=BASIC)


_IS_LIVE = text("state IN ('waiting', 'asked')")


class FirmRequest(Keyed, Versioned, Base):
    """Somebody asks to act for a firm: a new one, or the known one in `enterprise_id`."""

    __tablename__ = "firm_request"
    __table_args__ = (
        # one account waits for one answer
        Index(
            "uq_firm_request_live", "user_id", unique=True,
            sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE,
        ),
        CheckConstraint(
            "state <> 'granted' OR enterprise_id IS NOT NULL", name="granted_names_firm"
        ),
        {"info": BASIC | OF_FIRM},
    )  # fmt: skip

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[RequestState] = mapped_column(choice(RequestState, "state_known"), index=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    firm_name: Mapped[str] = mapped_column(Line(200))
    tax_number: Mapped[str] = mapped_column(String(14))
    park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code"))
    address: Mapped[str] = mapped_column(Line(200), default="")
    name: Mapped[str] = mapped_column(Line(120))
    position: Mapped[str] = mapped_column(Line(80), default="")
    phone: Mapped[str] = mapped_column(String(16))
    email: Mapped[str] = mapped_column(Line(120), default="")
    sent_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    enterprise: Mapped[Enterprise | None] = relationship()
    steps: Mapped[list[FirmRequestStep]] = relationship(order_by="FirmRequestStep.id")


class FirmRequestStep(Base):
    """What was said on a request: by whom, when, in their words. Rows are only added."""

    __tablename__ = "firm_request_step"
    __table_args__ = {"info": BASIC | OF_FIRM}

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("firm_request.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    verb: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Line(500), default="")
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(Line(120))
    by_role: Mapped[str] = mapped_column(String(30))


_IS_CURRENT = text("replaced_at IS NULL")


class WorkforceFigure(Keyed, Base):
    """How many worked at the firm's place on a day, from which source.

    A correction is a new row; the old one stays with the moment and the reason it was replaced.
    """

    __tablename__ = "workforce_figure"
    __table_args__ = (
        Index(
            "uq_workforce_figure_current", "enterprise_id", "as_of", unique=True,
            sqlite_where=_IS_CURRENT, postgresql_where=_IS_CURRENT,
        ),
        CheckConstraint("vietnamese >= 0 AND \"foreign\" >= 0", name="not_negative"),
        CheckConstraint(
            "female IS NULL OR female BETWEEN 0 AND vietnamese + \"foreign\"",
            name="female_among_them",
        ),
    )  # fmt: skip

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    as_of: Mapped[dt.date]
    vietnamese: Mapped[int]
    foreign: Mapped[int]
    female: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(40))  # list figure
    note: Mapped[str] = mapped_column(Line(300), default="")
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_by: Mapped[str] = mapped_column(Line(120))
    replaced_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    replaced_why: Mapped[str] = mapped_column(Line(300), default="")

    @property
    def total(self) -> int:
        """Return everybody who worked there."""
        return self.vietnamese + self.foreign


_STANDS = text("ended_at IS NULL")


class DeclaredInterest(Keyed, Base):
    """A person of the centre said to be tied to a firm; while it stands they act on it no more."""

    __tablename__ = "declared_interest"
    __table_args__ = (
        Index(
            "uq_declared_interest_stands", "user_id", "enterprise_id", unique=True,
            sqlite_where=_STANDS, postgresql_where=_STANDS,
        ),
        {"info": BASIC | OF_FIRM},
    )  # fmt: skip

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    kind: Mapped[Interest] = mapped_column(choice(Interest, "kind_known"))
    note: Mapped[str] = mapped_column(Line(300), default="")
    declared_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    declared_by: Mapped[str] = mapped_column(Line(120))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(Line(120), default="")
    ended_why: Mapped[str] = mapped_column(Line(300), default="")

    enterprise: Mapped[Enterprise] = relationship()
    user: Mapped[User] = relationship()

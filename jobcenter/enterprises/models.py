"""Enterprises, their contacts, users and bus routes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.enterprises.choices import Standing
from jobcenter.kernel.db import Base, Id, Keyed, Line, Prose, Versioned, choice
from jobcenter.kernel.privacy import BASIC, PLAIN


class Enterprise(Keyed, Versioned, Base):
    """An employer: a firm with a tax number, or an individual (`is_individual`)."""

    __tablename__ = "enterprise"

    name: Mapped[str] = mapped_column(Line(200))
    short_name: Mapped[str] = mapped_column(Line(60), default="")
    folded: Mapped[str] = mapped_column(String(300), index=True)
    tax_number: Mapped[str | None] = mapped_column(String(14), unique=True)
    is_individual: Mapped[bool] = mapped_column(default=False)
    type: Mapped[str | None] = mapped_column(String(40))  # list L
    capital_country: Mapped[str] = mapped_column(Line(60), default="")
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

    contacts: Mapped[list[Contact]] = relationship(
        order_by="Contact.id", cascade="all, delete-orphan"
    )
    bus_routes: Mapped[list[BusRoute]] = relationship(
        order_by="BusRoute.name, BusRoute.id", cascade="all, delete-orphan"
    )


class Contact(Base):
    """A person at the firm whom the centre calls."""

    __tablename__ = "contact"
    __table_args__ = {"info": BASIC}

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
    """A user who acts for a firm; the unique user keeps anyone from acting for two."""

    __tablename__ = "enterprise_member"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    is_admin: Mapped[bool] = mapped_column(default=False, info=PLAIN)

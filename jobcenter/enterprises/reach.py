"""Reaching a firm: whom to call, and how its workers travel. The firm's own people keep both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Commune
from jobcenter.enterprises.checks import known, needed, require_keeper
from jobcenter.enterprises.models import BusRoute, BusStop, Contact, Enterprise
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

MOST_CONTACTS, MOST_ROUTES, MOST_STOPS = 10, 30, 60
_TIME = re.compile(r"(\d{1,2})\s*[:hHgG]\s*(\d{2})?")


@dataclass(frozen=True, kw_only=True)
class ContactData:
    """A person at the firm whom the centre calls."""

    name: str
    position: str = ""
    phone: str = ""
    email: str = ""
    takes_sms: bool = False
    takes_email: bool = False


@dataclass(frozen=True, kw_only=True)
class StopData:
    """A stop of a bus route; `at` as people say it ("06:10")."""

    name: str
    commune_code: str | None = None
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class RouteData:
    """A worker bus with its stops in order."""

    name: str
    stops: Sequence[StopData] = ()


def replace_contacts(
    session: Session,
    *,
    enterprise: Enterprise,
    contacts: Sequence[ContactData],
    version: int | None,
    by: Actor,
) -> None:
    """Put `contacts` in the place of those the firm has; refuses unreadable phones.

    Raises `Stale` when somebody saved the firm after `version`.
    """
    require_keeper(by, enterprise)
    hold(session, enterprise, version)
    if len(contacts) > MOST_CONTACTS:
        raise Refused(N_("Ghi nhiều nhất %(most)s dòng mỗi mục."), most=MOST_CONTACTS)
    wanted = [
        Contact(
            name=needed(one.name, N_("Cần tên người liên hệ."), field="contacts"),
            position=one.position,
            phone=vietnamese.parse_phone(one.phone) if one.phone else None,
            email=one.email or None,
            takes_sms=one.takes_sms,
            takes_email=one.takes_email,
        )
        for one in contacts
    ]
    if list(map(_written, enterprise.contacts)) == list(map(_written, wanted)):
        return
    enterprise.contacts = wanted
    enterprise.changed_at = clock.now()  # rows of their own: the firm's version rises for them too
    session.flush()
    record(
        session, by=by, action="replace-contacts", kind="enterprise", subject_id=enterprise.id,
        count=len(contacts),
    )  # fmt: skip


def replace_bus_routes(
    session: Session,
    *,
    enterprise: Enterprise,
    routes: Sequence[RouteData],
    version: int | None,
    by: Actor,
) -> None:
    """Put `routes` in the place of those the firm has, stops in the order given.

    Raises `Stale` when somebody saved the firm after `version`.
    """
    require_keeper(by, enterprise)
    hold(session, enterprise, version)
    if len(routes) > MOST_ROUTES:
        raise Refused(N_("Ghi nhiều nhất %(most)s dòng mỗi mục."), most=MOST_ROUTES)
    wanted = [_route(session, one) for one in routes]
    if sorted(map(_route_written, enterprise.bus_routes)) == sorted(map(_route_written, wanted)):
        return
    enterprise.bus_routes = wanted
    enterprise.changed_at = clock.now()  # rows of their own: the firm's version rises for them too
    session.flush()
    record(
        session, by=by, action="replace-bus-routes", kind="enterprise",
        subject_id=enterprise.id, count=len(routes),
    )  # fmt: skip


def _written(contact: Contact) -> tuple[object, ...]:
    names = ("name", "position", "phone", "email", "takes_sms", "takes_email")
    return tuple(getattr(contact, name) for name in names)


def _route_written(route: BusRoute) -> tuple[str, list[tuple[str, str, str]]]:
    return route.name, [(stop.name, stop.commune_code or "", stop.at) for stop in route.stops]


def clean_time(text: str) -> str:
    """Return a time of day as "06:10"; people also write 6:10, 6h10 and 6h."""
    plain = vietnamese.clean_line(text)
    if not plain:
        return ""
    match = _TIME.fullmatch(plain)
    hour, minute = (int(part or 0) for part in match.groups()) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise Refused(N_("Không có giờ “%(time)s”."), field="routes", time=plain)
    return f"{hour:02d}:{minute:02d}"


def _route(session: Session, data: RouteData) -> BusRoute:
    name = needed(data.name, N_("Cần tên tuyến xe."), field="routes")
    if len(data.stops) > MOST_STOPS:
        raise Refused(N_("Ghi nhiều nhất %(most)s dòng mỗi mục."), field="routes", most=MOST_STOPS)
    stops = [
        BusStop(
            position=place,
            name=needed(stop.name, N_("Cần tên điểm dừng."), field="routes"),
            commune_code=known(session, Commune, stop.commune_code, field="routes"),
            at=clean_time(stop.at),
        )
        for place, stop in enumerate(data.stops, start=1)
    ]
    return BusRoute(name=name, stops=stops)

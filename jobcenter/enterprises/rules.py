"""Writing firms down: the record, working with it, whom to call, how workers travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Commune, Park
from jobcenter.catalogue.queries import check_code
from jobcenter.enterprises.choices import STANDING_MOVES, Standing
from jobcenter.enterprises.models import BusRoute, BusStop, Contact, Enterprise, StandingChange
from jobcenter.enterprises.names import clean_tax_number, is_branch_number, root
from jobcenter.enterprises.queries import folded_name
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_

MOST_CONTACTS, MOST_ROUTES = 10, 30
_SAME = (
    "name", "short_name", "is_individual", "type", "capital_country", "park_code",
    "commune_code", "address", "email", "sector", "product", "size_band", "note",
)  # fmt: skip


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


@dataclass(frozen=True, kw_only=True)
class EnterpriseData:
    """What is written down of a firm; codes are those of the lists that the model names."""

    name: str
    short_name: str = ""
    tax_number: str = ""
    is_individual: bool = False
    type: str | None = None
    capital_country: str = ""
    park_code: str | None = None
    commune_code: str | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    sector: str = ""
    product: str = ""
    size_band: str | None = None
    note: str = ""
    parent_id: int | None = None


def add(session: Session, *, data: EnterpriseData, by: Actor) -> Enterprise:
    """Write down a new firm; it waits for approval."""
    _require_staff(by)
    enterprise = Enterprise(standing=Standing.PENDING)
    _write(session, enterprise, data)
    session.add(enterprise)
    session.flush()
    record(session, by=by, action="add-enterprise", kind="enterprise", subject_id=enterprise.id)
    return enterprise


def change(
    session: Session,
    *,
    enterprise: Enterprise,
    data: EnterpriseData,
    version: int | None,
    by: Actor,
) -> None:
    """Change a firm's record; refuses when somebody saved it after `version`."""
    _require_staff(by)
    hold(session, enterprise, version)
    changed = _write(session, enterprise, data)
    session.flush()
    if changed:
        record(
            session, by=by, action="change-enterprise", kind="enterprise",
            subject_id=enterprise.id, fields=changed,
        )  # fmt: skip


def move(session: Session, *, enterprise: Enterprise, verb: str, reason: str, by: Actor) -> None:
    """Approve a firm, pause, ban, or lift the ban; why is kept, and told to the firm."""
    _require_staff(by)
    if verb not in STANDING_MOVES.table:
        raise Refused(N_("Không có việc nào như vậy."))
    reason = vietnamese.clean_line(reason)
    if not reason and verb != "approve":
        raise Refused(N_("Ghi lý do; doanh nghiệp đọc được lý do này."), field="reason")
    after = STANDING_MOVES.after(verb, enterprise.standing)
    if verb == "lift":
        after = _before_ban(session, enterprise)
    before, enterprise.standing = enterprise.standing, after
    session.add(
        StandingChange(
            enterprise_id=enterprise.id,
            before=before,
            after=after,
            reason=reason,
            by_user_id=by.user_id,
            by_name=by.name or by.role,
        )
    )
    session.flush()
    record(
        session, by=by, action=f"{verb}-enterprise", kind="enterprise",
        subject_id=enterprise.id, before=before.value, after=after.value, reason=reason,
    )  # fmt: skip


def _before_ban(session: Session, enterprise: Enterprise) -> Standing:
    """Return the standing that a lifted ban leads back to."""
    before = session.scalar(
        select(StandingChange.before)
        .where(
            StandingChange.enterprise_id == enterprise.id,
            StandingChange.after == Standing.BANNED,
        )
        .order_by(StandingChange.id.desc())
        .limit(1)
    )
    return before or Standing.PENDING


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
    _require_staff(by)
    hold(session, enterprise, version)
    if len(contacts) > MOST_CONTACTS:
        raise Refused(N_("Ghi nhiều nhất %(most)s dòng mỗi mục."), most=MOST_CONTACTS)
    wanted = [
        Contact(
            name=_needed(one.name, N_("Cần tên người liên hệ."), field="contacts"),
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
    _require_staff(by)
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


def _write(session: Session, enterprise: Enterprise, data: EnterpriseData) -> list[str]:
    values: dict[str, object] = {name: getattr(data, name) for name in _SAME}
    values["name"] = _needed(data.name, N_("Cần tên doanh nghiệp."), field="name")
    values["folded"] = folded_name(data.name)
    for name, of in (("type", "L"), ("size_band", "size")):
        kept = (getattr(enterprise, name),)
        values[name] = check_code(session, of, getattr(data, name), field=name, kept=kept)
    values["park_code"] = _known(session, Park, data.park_code, field="park_code")
    values["commune_code"] = _known(session, Commune, data.commune_code, field="commune_code")
    values["phone"] = vietnamese.parse_phone(data.phone) if data.phone else None
    values["email"] = data.email or None
    values["note"] = data.note or None
    values["tax_number"] = _tax_number(session, enterprise, data)
    values["parent_id"] = _parent(session, enterprise, data.parent_id, values["tax_number"])
    changed = [name for name, value in values.items() if getattr(enterprise, name) != value]
    for name in changed:
        setattr(enterprise, name, values[name])
    return [name for name in changed if name != "folded"]


def _tax_number(session: Session, enterprise: Enterprise, data: EnterpriseData) -> str | None:
    if data.is_individual and not data.tax_number:
        return None
    number = clean_tax_number(data.tax_number)
    if number is None:
        raise Refused(N_("Mã số thuế gồm 10 số, chi nhánh thêm “-” và 3 số."), field="tax_number")
    with session.no_autoflush:
        other = session.scalar(select(Enterprise).where(Enterprise.tax_number == number))
    if other is not None and other.id != enterprise.id:
        raise Refused(
            N_("Mã số thuế này đã có ở %(name)s. Tìm và mở hồ sơ đó."),
            field="tax_number",
            name=other.name,
        )
    return number


def _written(contact: Contact) -> tuple[object, ...]:
    names = ("name", "position", "phone", "email", "takes_sms", "takes_email")
    return tuple(getattr(contact, name) for name in names)


def _route_written(route: BusRoute) -> tuple[str, list[tuple[str, str, str]]]:
    return route.name, [(stop.name, stop.commune_code or "", stop.at) for stop in route.stops]


def _parent(
    session: Session, enterprise: Enterprise, parent_id: int | None, number: object
) -> int | None:
    """Return the parent, one floor above; a branch's number is the parent's with a suffix."""
    if parent_id is None:
        return None
    with session.no_autoflush:
        parent = session.get(Enterprise, parent_id, with_for_update={"of": Enterprise})
        own = enterprise.id or 0  # a new firm has no number yet, and no branches
        has_branches = session.scalar(
            select(Enterprise.id).where(Enterprise.parent_id == own).limit(1)
        )
    if parent is None or parent is enterprise or parent.parent_id is not None or has_branches:
        raise Refused(N_("Chi nhánh thuộc thẳng một công ty, công ty đó không là chi nhánh."),
                      field="parent")  # fmt: skip
    numbers = (parent.tax_number, number)
    if all(isinstance(one, str) for one in numbers):
        below, above = str(number), str(parent.tax_number)
        if root(below) != root(above) or not is_branch_number(below) or is_branch_number(above):
            raise Refused(
                N_("Mã số thuế của chi nhánh là mã số công ty mẹ (%(number)s) thêm “-” và 3 số."),
                field="parent",
                number=above,
            )
    return parent_id


def _route(session: Session, data: RouteData) -> BusRoute:
    name = _needed(data.name, N_("Cần tên tuyến xe."), field="routes")
    stops = [
        BusStop(
            position=place,
            name=_needed(stop.name, N_("Cần tên điểm dừng."), field="routes"),
            commune_code=_known(session, Commune, stop.commune_code, field="routes"),
            at=stop.at,
        )
        for place, stop in enumerate(data.stops, start=1)
    ]
    return BusRoute(name=name, stops=stops)


def _known(
    session: Session, table: type[Park] | type[Commune], code: str | None, *, field: str
) -> str | None:
    if code and session.get(table, code) is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field=field)
    return code or None


def _needed(text: str, why: str, *, field: str) -> str:
    plain = vietnamese.clean_line(text)
    if not plain:
        raise Refused(why, field=field)
    return plain


def _require_staff(by: Actor) -> None:
    if not by.may(Right.ENTERPRISES_WRITE):
        raise NotAllowed

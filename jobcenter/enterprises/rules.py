"""Writing firms down: the record, and whether the centre works with the firm."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Commune, Park
from jobcenter.catalogue.queries import check_code
from jobcenter.enterprises.checks import known, needed, require_keeper, require_staff
from jobcenter.enterprises.choices import STANDING_MOVES, Standing
from jobcenter.enterprises.models import Enterprise, StandingChange, WorkforceFigure
from jobcenter.enterprises.names import clean_tax_number, is_branch_number, root
from jobcenter.enterprises.queries import folded_name
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

HOME = "vn"
_SAME = (
    "name", "short_name", "is_individual", "type", "capital_country", "park_code",
    "commune_code", "address", "email", "sector", "product", "size_band", "note",
)  # fmt: skip


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


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """What a firm's own people keep of its record."""

    short_name: str = ""
    commune_code: str | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    sector: str = ""
    product: str = ""


def add(session: Session, *, data: EnterpriseData, by: Actor) -> Enterprise:
    """Write down a new firm; it waits for approval."""
    require_staff(by)
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
    require_staff(by, enterprise)
    hold(session, enterprise, version)
    changed = _write(session, enterprise, data)
    session.flush()
    if changed:
        record(
            session, by=by, action="change-enterprise", kind="enterprise",
            subject_id=enterprise.id, fields=changed,
        )  # fmt: skip


def change_own(
    session: Session, *, enterprise: Enterprise, data: OwnData, version: int | None, by: Actor
) -> None:
    """Change what the firm's own people may: never who the firm is."""
    require_keeper(by, enterprise)
    hold(session, enterprise, version)
    values: dict[str, object] = dict(vars(data))
    values["phone"] = vietnamese.parse_phone(data.phone) if data.phone else None
    values["email"] = data.email or None
    values["commune_code"] = known(session, Commune, data.commune_code, field="commune_code")
    changed = [name for name, value in values.items() if getattr(enterprise, name) != value]
    for name in changed:
        setattr(enterprise, name, values[name])
    session.flush()
    if changed:
        record(
            session, by=by, action="change-enterprise", kind="enterprise",
            subject_id=enterprise.id, fields=changed,
        )  # fmt: skip


def move(session: Session, *, enterprise: Enterprise, verb: str, reason: str, by: Actor) -> None:
    """Approve a firm, pause, ban, or lift the ban; why is kept, and told to the firm."""
    require_staff(by, enterprise)
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


def _write(session: Session, enterprise: Enterprise, data: EnterpriseData) -> list[str]:
    values: dict[str, object] = {name: getattr(data, name) for name in _SAME}
    values["name"] = needed(data.name, N_("Cần tên doanh nghiệp."), field="name")
    values["folded"] = folded_name(data.name)
    values["type"] = check_code(session, "L", data.type, field="type", kept=[enterprise.type])
    values["park_code"] = known(session, Park, data.park_code, field="park_code")
    values["commune_code"] = known(session, Commune, data.commune_code, field="commune_code")
    values["phone"] = vietnamese.parse_phone(data.phone) if data.phone else None
    values["email"] = data.email or None
    values["note"] = data.note or None
    values["capital_country"] = _capital_country(session, enterprise, data)
    values["size_band"] = _size_band(session, enterprise, data.size_band)
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


def _size_band(session: Session, enterprise: Enterprise, band: str | None) -> str | None:
    """Return the band: that of the workforce figures where there are any, else the one chosen."""
    with session.no_autoflush:
        has_figures = session.scalar(
            select(WorkforceFigure.id)
            .where(
                WorkforceFigure.enterprise_id == (enterprise.id or 0),
                WorkforceFigure.replaced_at.is_(None),
            )
            .limit(1)
        )
        if has_figures:
            return enterprise.size_band
        return check_code(session, "size", band, field="size_band", kept=[enterprise.size_band])


def _capital_country(session: Session, enterprise: Enterprise, data: EnterpriseData) -> str:
    """Return where the capital comes from; foreign capital comes from abroad, other from here."""
    country = data.capital_country
    with session.no_autoflush:
        check_code(
            session, "country", country, field="capital_country",
            kept=[enterprise.capital_country],
        )  # fmt: skip
    if data.type == "foreign" and country == HOME:
        raise Refused(N_("Có vốn nước ngoài thì ghi nước đầu tư."), field="capital_country")
    if data.type in ("state", "private") and country not in ("", HOME):
        raise Refused(N_("Vốn trong nước thì nước đầu tư là Việt Nam."), field="capital_country")
    return country


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

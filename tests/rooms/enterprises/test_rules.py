from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.audit.models import LedgerEntry
from jobcenter.enterprises import queries, reach, rules
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.models import BusStop
from jobcenter.enterprises.reach import ContactData, RouteData, StopData
from jobcenter.enterprises.rules import EnterpriseData, OwnData
from jobcenter.kernel.actor import NOBODY, Actor, system
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
FIRM = EnterpriseData(name="Công ty TNHH Điện tử Cát Bi", tax_number="0201234567")


@pytest.mark.parametrize("number", ["0201234567", "0201234567-001", "02 0123 4567"])
def test_a_tax_number_is_ten_digits_or_a_branch(session: Session, number: str) -> None:
    data = EnterpriseData(name="Công ty Sao Biển", tax_number=number)
    firm = rules.add(session, data=data, by=BY)
    assert firm.tax_number == number.replace(" ", "")
    assert firm.standing is Standing.PENDING


@pytest.mark.parametrize("number", ["", "123", "02012345678", "0201234567-1", "٠٢٠١٢٣٤٥٦٧"])
def test_other_tax_numbers_are_refused_at_their_field(session: Session, number: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.add(session, data=EnterpriseData(name="Công ty X", tax_number=number), by=BY)
    assert refused.value.field == "tax_number"


def test_an_individual_needs_no_tax_number(session: Session) -> None:
    data = EnterpriseData(name="Bà Phạm Thị Mận", is_individual=True)
    assert rules.add(session, data=data, by=BY).tax_number is None


def test_one_tax_number_is_one_firm(session: Session) -> None:
    rules.add(session, data=FIRM, by=BY)
    with pytest.raises(Refused, match="Cát Bi"):
        rules.add(session, data=EnterpriseData(name="Khác", tax_number="0201234567"), by=BY)


def test_a_change_names_its_fields_and_an_old_form_is_stale(session: Session) -> None:
    firm = rules.add(session, data=FIRM, by=BY)
    seen = firm.version
    data = EnterpriseData(name=FIRM.name, tax_number=FIRM.tax_number, sector="Điện tử")
    rules.change(session, enterprise=firm, data=data, version=seen, by=BY)
    session.flush()
    last = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert last is not None
    assert last.details == {"fields": ["sector"]}
    with pytest.raises(Stale):
        rules.change(session, enterprise=firm, data=FIRM, version=seen, by=BY)


def test_routes_are_replaced_with_their_stops(session: Session, make_enterprise: Make) -> None:
    firm = make_enterprise()
    for size in (3, 2):
        stops = [StopData(name=f"Điểm {n}", at="06:10") for n in range(size)]
        reach.replace_bus_routes(
            session,
            enterprise=firm,
            routes=[RouteData(name="Tuyến 1", stops=stops)],
            version=firm.version,
            by=BY,
        )
    assert session.scalars(select(BusStop.position).order_by(BusStop.position)).all() == [1, 2]


def test_a_contact_needs_a_name_and_a_readable_phone(
    session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    for wrong in (ContactData(name="", phone="0912345678"), ContactData(name="A", phone="123")):
        with pytest.raises(Refused):
            reach.replace_contacts(
                session, enterprise=firm, contacts=[wrong], version=firm.version, by=BY
            )


def test_only_those_with_the_right_write(session: Session, make_enterprise: Make) -> None:
    firm = make_enterprise()
    outsider = Actor(user_id=1, name="", role="enterprise-user", enterprise_id=firm.id)
    for by in (NOBODY, outsider):
        with pytest.raises(NotAllowed):
            rules.add(session, data=FIRM, by=by)
        with pytest.raises(NotAllowed):
            rules.move(session, enterprise=firm, verb="ban", reason="x", by=by)


def test_a_firm_sees_itself_alone(session: Session, make_enterprise: Make) -> None:
    own, other = make_enterprise(), make_enterprise()
    actor = Actor(user_id=1, name="", role="enterprise-user", enterprise_id=own.id)
    assert queries.one(session, own.key, actor) is own
    with pytest.raises(Missing):
        queries.one(session, other.key, actor)
    with pytest.raises(Missing):
        queries.one(session, own.key, NOBODY)


@pytest.mark.parametrize(
    ("kind", "country", "good"),
    [
        ("foreign", "kr", True), ("foreign", "", True), ("foreign", "vn", False),
        ("private", "vn", True), ("private", "", True), ("private", "kr", False),
        ("state", "jp", False), (None, "kr", True), ("foreign", "atlantis", False),
    ],
)  # fmt: skip
def test_capital_and_its_country_agree(
    session: Session, kind: str | None, country: str, good: bool
) -> None:
    data = EnterpriseData(
        name="Công ty X", tax_number="0201234567", type=kind, capital_country=country
    )
    if good:
        assert rules.add(session, data=data, by=BY).capital_country == country
        return
    with pytest.raises(Refused) as refused:
        rules.add(session, data=data, by=BY)
    assert refused.value.field == "capital_country"


def test_a_branch_hangs_on_one_parent_with_its_number(
    session: Session, make_enterprise: Make
) -> None:
    parent = make_enterprise(tax_number="0201234567")
    branch = rules.add(
        session,
        data=EnterpriseData(name="Chi nhánh", tax_number="0201234567-001", parent_id=parent.id),
        by=BY,
    )
    for firm, above in ((parent, branch), (parent, parent), (branch, branch)):
        data = EnterpriseData(name=firm.name, tax_number=str(firm.tax_number), parent_id=above.id)
        with pytest.raises(Refused) as refused:
            rules.change(session, enterprise=firm, data=data, version=None, by=BY)
        assert refused.value.field == "parent"
    for number in ("0201234568-001", "0207654321"):
        data = EnterpriseData(name="X", tax_number=number, parent_id=parent.id)
        with pytest.raises(Refused):
            rules.add(session, data=data, by=BY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("6:10", "06:10"), ("6h10", "06:10"), ("06h", "06:00"), ("", ""), ("18g05", "18:05")],
)
def test_a_time_is_kept_one_way(typed: str, kept: str) -> None:
    assert reach.clean_time(typed) == kept


@pytest.mark.parametrize("typed", ["25:00", "6:75", "sáng", "6"])
def test_an_impossible_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        reach.clean_time(typed)


def test_a_firms_own_people_never_change_who_it_is(session: Session, make_enterprise: Make) -> None:
    firm, other = make_enterprise(name="Sao Biển"), make_enterprise()
    by = Actor(1, "", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], enterprise_id=firm.id)
    data = OwnData(phone="0912 345 678", sector="Dệt may", address="Lô A1")
    rules.change_own(session, enterprise=firm, data=data, version=firm.version, by=by)
    assert (firm.name, firm.phone, firm.sector) == ("Sao Biển", "+84912345678", "Dệt may")
    with pytest.raises(NotAllowed):
        rules.change_own(session, enterprise=other, data=data, version=None, by=by)
    with pytest.raises(NotAllowed):
        rules.change(session, enterprise=firm, data=FIRM, version=None, by=by)

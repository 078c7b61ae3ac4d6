"""What is owed and paid, and public support: by the best proven group, and nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.courses.models import TrainingClass
from jobcenter.documents import school_papers
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.db import prepare
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.teaching import attendance
from jobcenter.tuition import queries, rules
from jobcenter.tuition.choices import FeeKind, SheetState, SupportKind
from jobcenter.tuition.models import PaymentSheet, SupportItem
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today


def day(back: int) -> dt.date:
    return clock.today() - dt.timedelta(days=back)


def test_a_learner_never_pays_more_than_is_owed(
    session: Session, make_class: Make, make_enrolment: Make
) -> None:
    course = make_class(fee=2_400_000)
    row, other = make_enrolment(course=course), make_enrolment(course=course)
    write: dict[str, Any] = {"enrolment": row, "on": TODAY(), "by": BY}
    charge = {"learners": [row, other], "amount": 2_400_000, "on": TODAY(), "by": BY}
    assert rules.charge_all(session, **charge) == 2
    assert rules.charge_all(session, **charge) == 0
    rules.write_fee(session, kind=FeeKind.PAID, amount=1_000_000, receipt="PT01", **write)
    for wrong in (
        {"kind": FeeKind.PAID, "amount": 1_400_001, "receipt": "PT02"},
        {"kind": FeeKind.PAID, "amount": 5, "receipt": ""},
        {"kind": FeeKind.PAID, "amount": 5, "receipt": "PT01"},
        {"kind": FeeKind.WAIVED, "amount": 5},
        {"kind": FeeKind.REFUNDED, "amount": 1_000_001, "reason": "Nghỉ"},
        {"kind": FeeKind.PAID, "amount": 0, "receipt": "PT03"},
    ):
        with pytest.raises(Refused):
            rules.write_fee(session, **write | wrong)
    rules.write_fee(session, kind=FeeKind.WAIVED, amount=400_000, reason="Hộ nghèo", **write)
    assert queries.accounts(session, [row.id])[row.id].owed == 1_000_000
    assert queries.owing(session, BY)[0][1:] == (2, 3_400_000)
    with pytest.raises(NotAllowed):
        rules.write_fee(
            session, kind=FeeKind.DUE, amount=1,
            **write | {"by": Actor(1, "x", "manager", RIGHTS[Role.MANAGER])},
        )  # fmt: skip


def test_a_firm_pays_its_invoice_once(
    session: Session, make_class: Make, make_enterprise: Make
) -> None:
    course = make_class(enterprise_id=make_enterprise().id)
    with pytest.raises(Refused):
        rules.write_invoice(session, course=make_class(), number="1", amount=1, on=TODAY(), by=BY)
    made = rules.write_invoice(session, course=course, number="HD01", amount=50, on=TODAY(), by=BY)
    pay: dict[str, Any] = {"invoice": made, "on": TODAY(), "by": BY}
    rules.write_payment(session, amount=30, reference="UNC1", **pay)
    for wrong in ({"amount": 30, "reference": "UNC2"}, {"amount": 5, "reference": "UNC1"}):
        with pytest.raises(Refused):
            rules.write_payment(session, **pay | wrong)
    assert [one.paid for one, _course in queries.unpaid_invoices(session, BY)] == [30]


@pytest.fixture
def supported(
    session: Session, make_class: Make, make_enrolment: Make, make_session: Make
) -> tuple[Any, Any]:
    """A class of three locked days and a learner of a poor household who missed one of them."""
    course = make_class(starts_on=day(8), fee=2_600_000, funding="city-budget")
    row = make_enrolment(
        course=course, support_turn=1, target_group="HN", proof_number="12", proof_issuer="UBND"
    )
    for n, letter in enumerate("CKM"):
        held = make_session(course, day=day(8 - n))
        attendance.unlock(session, course=course, day=held.day, reason="x", by=BY)
        signs = {row.id: attendance.read_sign(letter)}
        attendance.take(session, course=course, held=held, signs=signs, version=None, by=BY)
        attendance.lock(session, course=course, day=held.day, version=None, by=BY)
    return course, row


def sums(found: list[Any]) -> dict[SupportKind, int]:
    return {kind: sum(one.amount for one in found if one.kind is kind) for kind in SupportKind}


def test_support_by_the_best_group_days_and_distance(
    session: Session, supported: tuple[Any, Any], make_enrolment: Make
) -> None:
    course, row = supported
    unsupported = make_enrolment(course=course)
    learners = [row, unsupported]

    def now() -> dict[SupportKind, int]:
        return sums(queries.due(session, course, learners, day(30), TODAY()))

    # 3 M is the ceiling of HN, the fee is less; two days there of three; no distance known
    assert now() == {
        SupportKind.TRAINING: 2_600_000, SupportKind.MEAL: 60_000, SupportKind.TRAVEL: 0,
    }  # fmt: skip
    for km, hard, group, travel in (
        (14, False, "HN", 0), (15, False, "HN", 200_000), (5, True, "HN", 300_000),
        (4, True, "HN", 0), (5, False, "KT", 300_000),
    ):  # fmt: skip
        row.target_group = group
        session.flush()
        rules.set_terms(session, enrolment=row, distance_km=km, is_hard_area=hard, by=BY)
        assert now()[SupportKind.TRAVEL] == travel, (km, hard, group)
    assert queries.best_group(session, row, is_hard_area=False) == ("KT", 6_000_000)
    row.target_group = "HCN"
    assert now()[SupportKind.TRAINING] == 2_500_000
    row.proof_number = ""
    session.flush()
    assert queries.due(session, course, learners, day(30), TODAY()) == []


def test_a_day_that_is_open_is_not_paid(session: Session, supported: tuple[Any, Any]) -> None:
    course, row = supported
    attendance.unlock(session, course=course, day=day(8), reason="Ghi sai", by=BY)
    found = queries.due(session, course, [row], day(30), TODAY())
    assert sums(found)[SupportKind.MEAL] == 30_000


def test_nothing_is_paid_twice(session: Session, supported: tuple[Any, Any]) -> None:
    course, row = supported
    make: dict[str, Any] = {"course": course, "learners": [row], "by": BY}
    first = rules.make_sheet(session, first=day(8), last=day(7), **make)
    assert first.total == 2_630_000
    second = rules.make_sheet(session, first=day(8), last=TODAY(), **make)
    assert second.total == 30_000
    with pytest.raises(Refused):
        rules.make_sheet(session, first=day(30), last=TODAY(), **make)
    again = {
        "sheet_id": second.id, "enrolment_id": row.id, "person_id": row.person_id,
        "kind": first.items[0].kind, "day": first.items[0].day, "amount": 1,
    }  # fmt: skip
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(SupportItem).values(stands=True, target_group="HN", **again))
    rules.pay_sheet(session, sheet=first, on=TODAY(), version=None, by=BY)
    with pytest.raises(Refused):
        rules.cancel_sheet(session, sheet=first, reason="Sai", version=None, by=BY)
    rules.cancel_sheet(session, sheet=second, reason="Sai", version=None, by=BY)
    third = rules.make_sheet(session, first=day(30), last=TODAY(), **make)
    assert (third.total, second.state) == (30_000, SheetState.CANCELLED)
    for table in [school_papers.payment_sheet(session, third)]:
        assert table.rows[0][3] == "1"
        assert school_papers.pdf(session, table).startswith(b"%PDF")


def test_who_was_written_twice_is_paid_once(
    session: Session, supported: tuple[Any, Any], make_class: Make, make_enrolment: Make,
    make_session: Make, make_person: Make,
) -> None:  # fmt: skip
    course, row = supported
    paid = rules.make_sheet(
        session, course=course, learners=[row], first=day(30), last=TODAY(), by=BY
    )
    assert paid.total == 2_660_000
    twin = make_person()
    other = make_class(starts_on=day(8), fee=2_000_000, funding="city-budget")
    again = make_enrolment(
        course=other, person=twin, support_turn=2, support_grounds="QĐ 5", target_group="HN",
        proof_number="12",
    )  # fmt: skip
    held = make_session(other, day=day(7))
    attendance.unlock(session, course=other, day=held.day, reason="x", by=BY)
    signs = {again.id: attendance.read_sign("C")}
    attendance.take(session, course=other, held=held, signs=signs, version=None, by=BY)
    attendance.lock(session, course=other, day=held.day, version=None, by=BY)
    # the first class paid a meal on day 8 and on day 6, this one would on day 7
    assert sums(queries.due(session, other, [again], day(30), TODAY())) == {
        SupportKind.TRAINING: 2_000_000, SupportKind.MEAL: 30_000, SupportKind.TRAVEL: 0,
    }  # fmt: skip
    twin.merged_into_id = row.person_id
    session.flush()
    found = queries.due(session, other, [again], day(30), TODAY())
    assert sums(found) == {
        SupportKind.TRAINING: 0, SupportKind.MEAL: 30_000, SupportKind.TRAVEL: 0,
    }  # fmt: skip


def test_two_offices_at_once_make_one_sheet(
    app: Flask, session: Session, supported: tuple[Any, Any]
) -> None:
    course, row = supported
    session.commit()
    course_id, row_id = course.id, row.id
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"], pool_size=8, pool_timeout=300)
    prepare(engine)

    def act(one: Session) -> None:
        rules.make_sheet(
            one, course=one.get_one(TrainingClass, course_id),
            learners=[one.get_one(Enrolment, row_id)], first=day(30), last=TODAY(), by=BY,
        )  # fmt: skip

    answers = together(engine, [act] * 6)
    engine.dispose()
    assert all(isinstance(one, Refused) for one in answers if one)
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(PaymentSheet)) == 1
    assert sum(one.amount for one in session.scalars(select(SupportItem))) == 2_660_000


@pytest.mark.parametrize("what", sorted(school_papers.SCHOOL_LISTS))
def test_each_list_of_a_class_is_set(
    session: Session, supported: tuple[Any, Any], what: str
) -> None:
    table = school_papers.make(session, what, supported[0], BY)
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert school_papers.pdf(session, table).startswith(b"%PDF")

"""Money of the classes: fees paid, half paid and waived; invoices; support of Decision 46."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter.certificates.choices import OrderState
from jobcenter.certificates.models import TrainingOrder
from jobcenter.courses.choices import ClassState
from jobcenter.courses.models import TrainingClass
from jobcenter.demo.bulk import at
from jobcenter.demo.draw import Draw
from jobcenter.demo.lessons import learners_of
from jobcenter.enrolments.choices import PUBLIC_FUNDING
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.tuition import rules
from jobcenter.tuition.choices import FeeKind
from jobcenter.tuition.models import FeeLine

_WAIVED = "Con thương binh, theo quyết định của hiệu trưởng"


def fees(session: Session, draw: Draw, course: TrainingClass, receipt: int) -> int:
    """Charge who pays for themselves; most have paid. Return the next receipt's number."""
    if not course.fee or course.enterprise_id:
        return receipt
    rows: list[dict[str, Any]] = []
    on = course.starts_on
    for one in learners_of(session, course):
        if one.funding in PUBLIC_FUNDING:
            continue
        same = {"enrolment_id": one.id, "receipt": "", "reason": ""}
        rows.append(same | {"kind": FeeKind.DUE, "amount": course.fee, "day": on})
        is_over = course.state is ClassState.CLOSED
        paid = course.fee if is_over or draw.chance(62) else course.fee // 2
        if not is_over and draw.chance(14):
            paid = 0
        if draw.chance(4):
            paid = 0
            rows.append(same | {"kind": FeeKind.WAIVED, "amount": course.fee, "day": on,
                                "reason": _WAIVED})  # fmt: skip
        if paid:
            rows.append(
                same | {"kind": FeeKind.PAID, "amount": paid, "receipt": f"PT-{receipt:05d}",
                        "day": on + dt.timedelta(days=draw.between(0, 6))}
            )  # fmt: skip
            receipt += 1
    if rows:
        session.execute(insert(FeeLine), rows)
    return receipt


def invoice(
    session: Session, course: TrainingClass, number: int, by: Actor, *, is_paid: bool
) -> None:
    """Ask the firm for its class; an open one is paid by half."""
    learners = len(learners_of(session, course))
    if not learners or not course.fee:
        return
    on = course.ends_on + dt.timedelta(days=3)
    with clock.frozen(at(on, 14)):
        amount = learners * course.fee
        row = rules.write_invoice(
            session, course=course, number=f"1C26TTN-{number:05d}", amount=amount, on=on, by=by
        )
    paid_on = on + dt.timedelta(days=12)
    with clock.frozen(at(paid_on, 9)):
        rules.write_payment(
            session, invoice=row, amount=amount if is_paid else amount // 2, on=paid_on,
            reference=f"UNC-{number:04d}", by=by,
        )  # fmt: skip


def support(session: Session, draw: Draw, course: TrainingClass, today: dt.date, by: Actor) -> None:
    """Pay what public support owes, month by month; the last month lies there unpaid."""
    learners = [one for one in learners_of(session, course) if one.funding in PUBLIC_FUNDING]
    if not learners:
        return
    for one in learners:
        rules.set_terms(
            session, enrolment=one, distance_km=draw.between(2, 28), is_hard_area=False, by=by
        )
    first = course.starts_on
    end = min(course.ends_on, today)
    while first < end:
        last = first + dt.timedelta(days=29)
        if last >= end and course.state is not ClassState.CLOSED:
            break
        with clock.frozen(at(last + dt.timedelta(days=6), 15)):
            try:
                sheet = rules.make_sheet(
                    session, course=course, learners=learners, first=first, last=last, by=by
                )
            except Refused:  # nobody in this draw proves a group
                return
            is_last = last + dt.timedelta(days=30) >= today
            if not is_last:
                rules.pay_sheet(session, sheet=sheet, on=clock.today(), version=None, by=by)
        first = last + dt.timedelta(days=1)


def order(session: Session, firm_id: int, today: dt.date) -> None:
    """Let the firm ask for the next safety class."""
    session.add(
        TrainingOrder(
            enterprise_id=firm_id, type="safety-3", headcount=24, state=OrderState.ASKED,
            wanted_on=today + dt.timedelta(days=21), note="Học vào ca sáng, tại nhà máy",
        )
    )  # fmt: skip
    session.flush()

"""Writing money: fees of learners, invoices of firms, payment sheets of public support."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.series import numbered, take
from jobcenter.kernel.words import N_
from jobcenter.tuition.choices import MOST_MONEY, SERIES, FeeKind, SheetState
from jobcenter.tuition.models import (
    FeeLine,
    Invoice,
    InvoicePayment,
    PaymentSheet,
    SupportItem,
    SupportTerms,
)
from jobcenter.tuition.queries import accounts, due, require_school

_TWICE = N_("Khoản này đã có người ghi. Xem lại bảng.")


def write_fee(
    session: Session, *, enrolment: Enrolment, kind: FeeKind, amount: int, on: dt.date, by: Actor,
    receipt: str = "", reason: str = "",
) -> FeeLine:  # fmt: skip
    """Write one line of a learner's account; nothing is paid or waived beyond what is owed."""
    require_school(by)
    if not 1 <= amount <= MOST_MONEY:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field="amount", least=1, most=MOST_MONEY)
    hold(session, enrolment, None)
    account = accounts(session, [enrolment.id])[enrolment.id]
    reason, receipt = vietnamese.clean_line(reason)[:200], vietnamese.clean_line(receipt)[:40]
    if kind in (FeeKind.PAID, FeeKind.WAIVED) and amount > account.owed:
        raise Refused(
            N_("%(who)s chỉ còn nợ %(owed)s đồng."), field="amount",
            who=enrolment.person.full_name, owed=account.owed,
        )  # fmt: skip
    paid = account.sums[FeeKind.PAID] - account.sums[FeeKind.REFUNDED]
    if kind is FeeKind.REFUNDED and amount > paid:
        raise Refused(N_("Không hoàn nhiều hơn số đã nộp."), field="amount")
    if kind is FeeKind.PAID and not receipt:
        raise Refused(N_("Ghi số phiếu thu."), field="receipt")
    if kind in (FeeKind.WAIVED, FeeKind.REFUNDED) and not reason:
        raise Refused(N_("Cần ghi lý do."), field="reason")
    row = FeeLine(
        enrolment_id=enrolment.id, kind=kind, amount=amount, day=on, receipt=receipt,
        reason=reason, by_id=by.user_id,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Refused(N_("Số phiếu này đã ghi rồi."), field="receipt") from error
    record(
        session, by=by, action="write-fee", kind="enrolment", subject_id=enrolment.id,
        code=kind.value, count=amount, number=receipt or None,
    )  # fmt: skip
    return row


def charge_all(
    session: Session, *, learners: Sequence[Enrolment], amount: int, on: dt.date, by: Actor
) -> int:
    """Write the fee of a class for whoever has none yet; return for how many."""
    require_school(by)
    found = accounts(session, [row.id for row in learners])
    count = 0
    for row in learners:
        if not found[row.id].sums[FeeKind.DUE]:
            write_fee(session, enrolment=row, kind=FeeKind.DUE, amount=amount, on=on, by=by)
            count += 1
    return count


def write_invoice(
    session: Session, *, course: TrainingClass, number: str, amount: int, on: dt.date, by: Actor,
    note: str = "",
) -> Invoice:  # fmt: skip
    """Write an invoice to the firm that ordered the class."""
    require_school(by)
    if course.enterprise_id is None:
        raise Refused(N_("Lớp này không do doanh nghiệp đặt."))
    number = vietnamese.clean_line(number)[:40]
    if not number:
        raise Refused(N_("Cần điền mục này."), field="number")
    row = Invoice(
        class_id=course.id, enterprise_id=course.enterprise_id, number=number, issued_on=on,
        amount=amount, note=note,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Refused(N_("Đã có hoá đơn mang số này."), field="number") from error
    record(
        session, by=by, action="write-invoice", kind="class", subject_id=course.id,
        number=number, count=amount,
    )  # fmt: skip
    return row


def write_payment(
    session: Session, *, invoice: Invoice, amount: int, on: dt.date, reference: str, by: Actor
) -> None:
    """Write what a firm paid; never beyond the invoice, a reference once."""
    require_school(by)
    hold(session, invoice, None)
    session.refresh(invoice, ["payments"])
    reference = vietnamese.clean_line(reference)[:60]
    if not reference:
        raise Refused(N_("Ghi số chứng từ."), field="reference")
    left = invoice.amount - invoice.paid
    if not 1 <= amount <= left:
        raise Refused(N_("Hoá đơn chỉ còn %(left)s đồng."), field="amount", left=left)
    try:
        with session.begin_nested():
            session.add(
                InvoicePayment(invoice_id=invoice.id, paid_on=on, amount=amount,
                               reference=reference, by_id=by.user_id)
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(N_("Chứng từ này đã ghi rồi."), field="reference") from error
    invoice.changed_at = clock.now()
    session.flush()
    session.expire(invoice, ["payments"])
    record(
        session, by=by, action="write-invoice-payment", kind="class", subject_id=invoice.class_id,
        number=invoice.number, count=amount,
    )  # fmt: skip


def set_terms(
    session: Session, *, enrolment: Enrolment, distance_km: int | None, is_hard_area: bool,
    by: Actor,
) -> None:  # fmt: skip
    """Write how far a learner lives."""
    require_school(by)
    hold(session, enrolment, None)
    row = session.scalar(select(SupportTerms).where(SupportTerms.enrolment_id == enrolment.id))
    if row is None:
        row = SupportTerms(enrolment_id=enrolment.id)
        session.add(row)
    elif (row.distance_km, row.is_hard_area) == (distance_km, is_hard_area):
        return
    row.distance_km, row.is_hard_area = distance_km, is_hard_area
    session.flush()
    record(session, by=by, action="set-support-terms", kind="enrolment", subject_id=enrolment.id)


def make_sheet(
    session: Session, *, course: TrainingClass, learners: Sequence[Enrolment], first: dt.date,
    last: dt.date, by: Actor,
) -> PaymentSheet:  # fmt: skip
    """Make a sheet of all support that is due for these days and was not paid before."""
    require_school(by)
    if last < first:
        raise Refused(N_("Ngày cuối phải từ ngày đầu trở đi."), field="last")
    hold(session, course, None)  # two sheets of a class come one after the other
    found = due(session, course, learners, first, last)
    if not found:
        raise Refused(N_("Không còn khoản nào chưa chi trong những ngày này."))
    number = numbered(SERIES, clock.today().year, take(session, SERIES, clock.today().year), 4)
    sheet = PaymentSheet(
        class_id=course.id, number=number, first_day=first, last_day=last, made_by_id=by.user_id
    )
    try:
        with session.begin_nested():
            session.add(sheet)
            session.flush()
            session.add_all(
                SupportItem(
                    sheet_id=sheet.id, enrolment_id=one.enrolment_id, person_id=one.person_id,
                    kind=one.kind, day=one.day, amount=one.amount, target_group=one.group,
                )
                for one in found
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    record(
        session, by=by, action="make-payment-sheet", kind="class", subject_id=course.id,
        number=number, count=len(found),
    )  # fmt: skip
    return sheet


def pay_sheet(
    session: Session, *, sheet: PaymentSheet, on: dt.date, version: int | None, by: Actor
) -> None:
    """Say that a sheet was paid out."""
    require_school(by)
    hold(session, sheet, version)
    if sheet.state is not SheetState.MADE:
        raise Refused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
    sheet.state, sheet.paid_on = SheetState.PAID, on
    session.flush()
    _note(session, sheet, "pay-payment-sheet", by)


def cancel_sheet(
    session: Session, *, sheet: PaymentSheet, reason: str, version: int | None, by: Actor
) -> None:
    """Cancel a sheet that was not paid: its days may be paid by another one."""
    require_school(by)
    hold(session, sheet, version)
    reason = vietnamese.clean_line(reason)[:200]
    if not reason:
        raise Refused(N_("Cần ghi lý do."), field="reason")
    if sheet.state is not SheetState.MADE:
        raise Refused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
    sheet.state, sheet.reason = SheetState.CANCELLED, reason
    session.execute(
        update(SupportItem)
        .where(SupportItem.sheet_id == sheet.id)
        .values(stands=False)
        .execution_options(synchronize_session="fetch")
    )
    session.flush()
    _note(session, sheet, "cancel-payment-sheet", by, reason)


def _note(
    session: Session, sheet: PaymentSheet, action: str, by: Actor, reason: str | None = None
) -> None:
    record(
        session, by=by, action=action, kind="class", subject_id=sheet.class_id,
        number=sheet.number, reason=reason,
    )  # fmt: skip

"""Money of a class: fees of learners, invoices of the firm, payment sheets of public support."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.errors import words
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.teaching import ActForm, course_of, frame, learners_of
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.tuition import queries, rules
from jobcenter.tuition.choices import (
    FEE_LABELS,
    MOST_MONEY,
    SHEET_KINDS,
    SHEET_LABELS,
    SUPPORT_LABELS,
    FeeKind,
)

if TYPE_CHECKING:
    from jobcenter.courses.models import TrainingClass


@desk.get("/money")
@allow(Right.SCHOOL)
def money() -> ResponseReturnValue:
    """Show which classes and firms owe money."""
    return render_template(
        "school/money/overview.html",
        owing=queries.owing(db.session(), me()),
        invoices=queries.unpaid_invoices(db.session(), me()),
    )


@desk.get("/classes/<uuid:class_key>/money")
@allow(Right.SCHOOL)
def class_money(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show fees, invoices and support of a class."""
    return _page(course_of(class_key))


def _page(course: TrainingClass, refused: str = "") -> str:
    session = db.session()
    rows = learners_of(course)
    ids = [row.id for row in rows]
    far = queries.terms(session, ids)
    supported = [row for row in rows if row.support_turn is not None]
    return render_template(
        "school/money/of_class.html",
        **frame(course, "money"),
        rows=rows,
        accounts=queries.accounts(session, ids),
        lines=queries.lines(session, ids),
        names={row.id: row.person.full_name for row in rows},
        fee_labels=FEE_LABELS,
        kinds=[kind for kind in FeeKind if kind is not FeeKind.DUE],
        invoices=queries.invoices(session, course),
        sheets=queries.sheets(session, course),
        sheet_labels=SHEET_LABELS,
        sheet_kinds=SHEET_KINDS,
        support_labels=SUPPORT_LABELS,
        supported=supported,
        terms=far,
        groups={
            row.id: queries.best_group(
                session, row, is_hard_area=row.id in far and far[row.id].is_hard_area
            )
            for row in supported
        },
        refused=refused,
        typed=request.form,
    )


@desk.post("/classes/<uuid:class_key>/money")
@allow(Right.SCHOOL)
def act_on_money(class_key: uuid.UUID) -> ResponseReturnValue:
    """Do what the button of one of the page's forms says."""
    course = course_of(class_key)
    form = ActForm()
    here = url_for("school.class_money", class_key=class_key)
    if before := once.already(form):
        return redirect(before, 303)
    act = ACTS.get(request.form.get("act", ""))
    try:
        if act is None or not form.validate():
            raise Refused(N_("Chọn một giá trị trong danh sách."))
        told = act(course, form)
    except Missing:
        raise
    except Refused as refused:
        said = words(refused)
        db.session.rollback()
        return _page(course_of(class_key), said), 422
    once.remember(form, here)
    db.session.commit()
    flash(told, "success")
    return redirect(here, 303)


def _amount(name: str = "amount") -> int:
    plain = vietnamese.clean_line(request.form.get(name, ""))
    plain = plain.replace(".", "").replace(" ", "").replace(",", "").removesuffix("đ")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 11):
        raise Refused(N_("Ghi số tiền bằng chữ số."), field=name)
    if not 1 <= int(plain) <= MOST_MONEY:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field=name, least=1, most=MOST_MONEY)
    return int(plain)


def _day(name: str, default: dt.date) -> dt.date:
    text = vietnamese.clean_line(request.form.get(name, ""))[:20]
    return vietnamese.parse_date(text) if text else default


def _charge(course: TrainingClass, _form: ActForm) -> str:
    count = rules.charge_all(
        db.session(), learners=learners_of(course), amount=_amount(), on=clock.today(), by=me()
    )
    return str(_("Đã ghi học phí phải nộp của %(count)s người.", count=count))


def _fee(course: TrainingClass, _form: ActForm) -> str:
    key, kind = key_in(request.form.get("learner")), request.form.get("kind", "")
    row = next((one for one in learners_of(course) if one.key == key), None)
    if row is None:
        raise Refused(N_("Chọn một học viên."), field="learner")
    if kind not in set(FeeKind):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="kind")
    rules.write_fee(
        db.session(), enrolment=row, kind=FeeKind(kind), amount=_amount(),
        on=_day("on", clock.today()), receipt=request.form.get("receipt", ""),
        reason=request.form.get("reason", ""), by=me(),
    )  # fmt: skip
    return f"{_(FEE_LABELS[FeeKind(kind)])}: {row.person.full_name}"


def _invoice(course: TrainingClass, _form: ActForm) -> str:
    rules.write_invoice(
        db.session(), course=course, number=request.form.get("number", ""), amount=_amount(),
        on=_day("on", clock.today()), by=me(),
    )  # fmt: skip
    return str(_("Đã ghi hoá đơn."))


def _payment(course: TrainingClass, _form: ActForm) -> str:
    key = key_in(request.form.get("invoice"))
    if key is None:
        raise Missing
    invoice = queries.one_invoice(db.session(), key, course)
    rules.write_payment(
        db.session(), invoice=invoice, amount=_amount(), on=_day("on", clock.today()),
        reference=request.form.get("reference", ""), by=me(),
    )  # fmt: skip
    return str(_("Đã ghi tiền doanh nghiệp trả."))


def _terms(course: TrainingClass, _form: ActForm) -> str:
    for row in learners_of(course):
        text = request.form.get(f"km-{row.key}")
        if text is None:
            continue
        plain = vietnamese.clean_line(text)
        if plain and not (plain.isascii() and plain.isdigit() and int(plain[:9]) <= 500):
            raise Refused(N_("Quãng đường ghi bằng số km, nhiều nhất 500."))
        rules.set_terms(
            db.session(), enrolment=row, distance_km=int(plain) if plain else None,
            is_hard_area=f"hard-{row.key}" in request.form, by=me(),
        )  # fmt: skip
    return str(_("Đã ghi quãng đường."))


def _make(course: TrainingClass, _form: ActForm) -> str:
    sheet = rules.make_sheet(
        db.session(), course=course, learners=learners_of(course),
        first=_day("first", course.starts_on), last=_day("last", clock.today()), by=me(),
    )  # fmt: skip
    return str(_("Đã lập bảng thanh toán %(number)s.", number=sheet.number))


def _settle(course: TrainingClass, form: ActForm) -> str:
    key = key_in(request.form.get("sheet"))
    if key is None:
        raise Missing
    sheet = queries.one_sheet(db.session(), key, course)
    if request.form.get("verb") == "cancel":
        rules.cancel_sheet(
            db.session(), sheet=sheet, reason=request.form.get("reason", ""),
            version=form.seen_version(), by=me(),
        )  # fmt: skip
        return str(_("Đã huỷ bảng %(number)s.", number=sheet.number))
    rules.pay_sheet(
        db.session(), sheet=sheet, on=clock.today(), version=form.seen_version(), by=me()
    )
    return str(_("Đã ghi đã chi bảng %(number)s.", number=sheet.number))


ACTS: dict[str, Callable[[TrainingClass, ActForm], str]] = {
    "charge": _charge,
    "fee": _fee,
    "invoice": _invoice,
    "payment": _payment,
    "terms": _terms,
    "make": _make,
    "settle": _settle,
}

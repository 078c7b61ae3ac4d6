"""Safety papers that run out, by firm, and the classes that firms order."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.catalogue.choices import AWARD_LABELS
from jobcenter.certificates import queries, safety
from jobcenter.certificates.choices import ORDER_KINDS, ORDER_LABELS, SAFETY
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import ClassState
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.errors import words
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.teaching import ActForm
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice


@desk.get("/safety")
@allow(Right.SCHOOL)
def safety_papers() -> ResponseReturnValue:
    """Show whose paper is over or will be within 60 days, by firm; and the firms' orders."""
    session, today = db.session(), clock.today()
    firm = key_in(request.args.get("firm"))
    rows = queries.running_out(session, me(), today)
    shown = [row for row in rows if firm is None or (row.enterprise and row.enterprise.key == firm)]
    saw([row.person_id for row in shown], Look.LIST)
    return render_template(
        "school/certificates/safety.html",
        firms=queries.by_firm(rows, today),
        firm=firm,
        rows=shown,
        window_of=queries.window_of,
        award_labels=AWARD_LABELS,
        orders=queries.orders(session, me()),
        order_labels=ORDER_LABELS,
        order_kinds=ORDER_KINDS,
        classes=_safety_classes(),
        year=today.year,
        trained=queries.trained_in(session, today.year),
        fresh=lambda: ActForm(formdata=None),
    )


def _safety_classes() -> list[tuple[str, str]]:
    rules_of = courses.rules_of_types(db.session())
    types = [of for of, rows in rules_of.items() if rows[0].award in SAFETY]
    found = []
    for of in types:
        page = courses.listed(db.session(), me(), courses.ClassFilter(type=of), Slice(1, 20))
        found += [
            (str(one.key), f"{one.code} {one.name}")
            for one in page.items
            if one.state in (ClassState.PLANNED, ClassState.ENROLLING, ClassState.RUNNING)
        ]
    return found


@desk.post("/safety/orders/<uuid:order_key>")
@allow(Right.SCHOOL)
def answer_order(order_key: uuid.UUID) -> ResponseReturnValue:
    """Name the class of an order, or say why there is none yet."""
    session = db.session()
    asked = queries.one_order(session, order_key, me())
    here = url_for("school.safety_papers")
    form = ActForm()
    if before := once.already(form):
        return redirect(before, 303)
    key = key_in(request.form.get("course"))
    course = courses.one_class(session, key, me()) if key else None
    try:
        safety.answer(
            session, asked=asked, course=course, words=request.form.get("answer", ""),
            version=form.seen_version(), by=me(),
        )  # fmt: skip
        once.remember(form, here)
        db.session.commit()
        flash(_("Đã trả lời doanh nghiệp."), "success")
    except Refused as refused:
        db.session.rollback()
        flash(words(refused), "error")
    return redirect(here, 303)

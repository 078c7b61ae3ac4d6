"""The register of breaches, with the hours that are left to tell the authority."""

from __future__ import annotations

import datetime as dt
import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import names
from jobcenter.desks.access import allow, me
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.forms import DateField, Form, LineField, NumberField, ProseField
from jobcenter.desks.paper_files import pdf_page
from jobcenter.desks.privacy.blueprint import desk
from jobcenter.documents import reports
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.privacy import breaches as rules
from jobcenter.privacy.choices import ACTION_LABELS

TITLE = "Thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân"


class BreachForm(Form):
    """What is known of a breach by now."""

    what = ProseField(N_("Chuyện gì đã xảy ra"), most=4000, needed=True)
    happened = LineField(N_("Xảy ra khi nào, ở đâu"), most=200)
    kinds = LineField(N_("Loại dữ liệu"), most=300, description=N_("Họ tên, số điện thoại…"))
    people = NumberField(N_("Khoảng bao nhiêu người"), most=10_000_000)
    harm = ProseField(N_("Hậu quả có thể có"), most=4000)
    measures = ProseField(N_("Đã làm gì và sẽ làm gì"), most=4000)

    def told(self) -> rules.Told:
        """Return what the form says."""
        return rules.Told(
            what=self.what.data or "", happened=self.happened.data or "",
            kinds=self.kinds.data or "", people=self.people.data, harm=self.harm.data or "",
            measures=self.measures.data or "",
        )  # fmt: skip


class NewBreachForm(BreachForm):
    """The same, with the moment from which the clock runs."""

    found_on = DateField(N_("Phát hiện ngày"))
    found_time = LineField(N_("Lúc"), most=5, description=N_("14:30"))

    def found_at(self) -> dt.datetime:
        """Return the moment of finding; now where nothing is said."""
        if self.found_on.day is None:
            return clock.now()
        typed = self.found_time.data or "00:00"
        try:
            at = dt.time.fromisoformat(typed.zfill(5))
        except ValueError:
            raise Refused(N_("Viết giờ theo dạng 14:30."), field="found_time") from None
        local = dt.datetime.combine(self.found_on.day, at.replace(tzinfo=None), clock.LOCAL)
        return local.astimezone(dt.UTC)


@desk.get("/breaches")
@allow(Right.PRIVACY)
def breaches() -> ResponseReturnValue:
    """List breaches; those under way stand first with what is left of their time."""
    return render_template(
        "privacy/breaches.html",
        rows=rules.listed(db.session()),
        is_late=rules.is_late,
        hours_left=rules.hours_left,
    )


@desk.route("/breaches/new", methods=["GET", "POST"])
@allow(Right.PRIVACY)
def add_breach() -> ResponseReturnValue:
    """Write a breach down."""
    form = NewBreachForm()
    return create(
        form,
        act=lambda: rules.report(
            db.session(), found_at=form.found_at(), told=form.told(), by=me()
        ),
        leads_to=lambda made: url_for("privacy.breach", key=made.key),
        told=lambda made: _("Đã ghi %(number)s. Báo cơ quan có thẩm quyền trước %(when)s.",
                            number=made.number,
                            when=f"{clock.local(made.tell_by):%H:%M %d/%m/%Y}"),
        show=lambda: render_template(
            "privacy/breach_form.html", form=form, is_new=True, form_errors=bool(form.errors),
            back=url_for("privacy.breaches"), title=_("Ghi một vi phạm"),
        ),
    )  # fmt: skip


@desk.route("/breaches/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.PRIVACY)
def edit_breach(key: uuid.UUID) -> ResponseReturnValue:
    """Write down what is known by now."""
    back = url_for("privacy.breach", key=key)
    return edit(
        Editing(
            kind="breach",
            read=lambda: rules.one(db.session(), key),
            form=lambda found, **kw: BreachForm(obj=found, **kw),
            save=lambda found, form: rules.change(
                db.session(), breach=found, told=form.told(), version=form.seen_version(), by=me()
            ),
            show=lambda form, found: render_template(
                "privacy/breach_form.html", form=form, is_new=False, back=back,
                form_errors=bool(form.errors), title=found.number,
            ),
            told=lambda _found: _("Đã lưu."),
            back=back,
            title=lambda found: found.number,
        )
    )  # fmt: skip


@desk.get("/breaches/<uuid:key>")
@allow(Right.PRIVACY)
def breach(key: uuid.UUID) -> ResponseReturnValue:
    """Show one breach: its clock, what is known, who was told."""
    return _page(key)


def _page(key: uuid.UUID, why: str = "") -> ResponseReturnValue:
    found = rules.one(db.session(), key)
    page = render_template(
        "privacy/breach.html",
        breach=found,
        why=why,
        is_late=rules.is_late(found),
        hours_left=rules.hours_left(found),
        verbs={verb: ACTION_LABELS[verb] for verb in (*rules.VERBS, "report-breach",
                                                      "change-breach")},
        staff=names(db.session(), {one.by_id for one in found.steps if one.by_id}),
        form_errors=bool(why),
    )  # fmt: skip
    return page, 422 if why else 200


@desk.post("/breaches/<uuid:key>")
@allow(Right.PRIVACY)
def breach_step(key: uuid.UUID) -> ResponseReturnValue:
    """Note a step: done, the authority told, the people told, the end."""
    found = rules.one(db.session(), key)
    text = request.form.get("text", "")[:500]
    try:
        rules.step(
            db.session(), breach=found, verb=request.form.get("verb", ""), text=text, by=me()
        )
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _page(key, _(refused.message, **refused.params))
    flash(_("Đã ghi."), "success")
    return redirect(url_for("privacy.breach", key=key), 303)


@desk.get("/breaches/<uuid:key>/notice")
@allow(Right.PRIVACY)
def breach_notice(key: uuid.UUID) -> ResponseReturnValue:
    """Show what the authority is sent, to print and sign."""
    found = rules.one(db.session(), key)
    body = reports.pdf(db.session(), title=TITLE, lead="", sections=rules.letter(found))
    return pdf_page(body, found.number)

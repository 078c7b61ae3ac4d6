"""Links by which a firm without an account answers: made, mailed, shown with a QR, taken back."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import once, qr
from jobcenter.desks.access import allow, me
from jobcenter.desks.answer_links import address_of
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import Form, LineField
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell
from jobcenter.referrals import links
from jobcenter.referrals.choices import LINK_KINDS, LINK_LABELS, LinkState
from jobcenter.vacancies import queries as vacancies


class LinkForm(Form):
    """Who of the firm answers."""

    contact = LineField(N_("Người trả lời của doanh nghiệp"), most=120, needed=True)
    email = LineField(N_("Email, để trống nếu chỉ in mã QR"), most=120)


@desk.get("/vacancies/<uuid:key>/answer-links")
@allow(Right.VACANCIES_WRITE)
def answer_links(key: uuid.UUID) -> ResponseReturnValue:
    """Show the links of a vacancy, the one that works with its address and QR."""
    vacancy = vacancies.one(db.session(), key, me())
    return _page(
        vacancy,
        LinkForm(
            formdata=None,
            data={"contact": vacancy.contact_name, "email": vacancy.contact_email or ""},
        ),
    )


def _page(vacancy: Any, form: LinkForm) -> str:
    found = links.of_vacancy(db.session(), vacancy)
    live = next((one for one in found if one.state is LinkState.OPEN), None)
    address = address_of(live.key) if live else ""
    return render_template(
        "counsellor/referrals/links.html",
        vacancy=vacancy,
        links=found,
        live=live,
        address=address,
        code=qr.draw(address) if live else None,
        form=form,
        form_errors=bool(form.errors),
        fresh=lambda: Form(formdata=None),
        link_labels=LINK_LABELS,
        link_kinds=LINK_KINDS,
    )


@desk.post("/vacancies/<uuid:key>/answer-links")
@allow(Right.VACANCIES_WRITE)
def make_answer_link(key: uuid.UUID) -> ResponseReturnValue:
    """Make a link, mail it where an address is known, and show it."""
    vacancy, form = vacancies.one(db.session(), key, me()), LinkForm()
    target = url_for("counsellor.answer_links", key=key)
    try:
        if not form.validate():
            return _page(vacancy, form), 422
        if before := once.already(form):
            return redirect(before)
        link = links.make(
            db.session(), vacancy=vacancy, contact=form.contact.data or "",
            email=form.email.data or "", by=me(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(vacancies.one(db.session(), key, me()), form), 422
    if link.contact_email:
        _mail(link, vacancy)
    once.remember(form, target)
    db.session.commit()
    flash(
        _("Đã gửi liên kết tới %(email)s.", email=link.contact_email)
        if link.contact_email
        else _("Đã có liên kết. In trang này đưa doanh nghiệp."),
        "success",
    )
    return redirect(target, 303)


def _mail(link: Any, vacancy: Any) -> None:
    tell(
        db.session(),
        key=f"answer-link/{link.key}",
        template="answer-link",
        to=To(address=link.contact_email),
        params={
            "name": link.contact_name,
            "title": vacancy.title,
            "vacancy": vacancy.number,
            "link": address_of(link.key),
            "until": f"{clock.local(link.expires_at):%d/%m/%Y}",
        },
    )


@desk.post("/vacancies/<uuid:key>/answer-links/<uuid:link_key>")
@allow(Right.VACANCIES_WRITE)
def revoke_answer_link(key: uuid.UUID, link_key: uuid.UUID) -> ResponseReturnValue:
    """Take a link back; its address opens nothing from now on."""
    vacancy = vacancies.one(db.session(), key, me())
    link = links.one(db.session(), vacancy, link_key)
    if Form().validate():
        links.revoke(db.session(), link=link, by=me())
        db.session.commit()
        flash(_("Đã thu hồi liên kết."), "success")
    return redirect(url_for("counsellor.answer_links", key=key), 303)

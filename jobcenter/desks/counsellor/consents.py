"""What a person agreed to: for each purpose the very words, the way, the evidence, by whom."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import names
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.counsellor.seeker_forms import ConsentForm
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.people.choices import PURPOSE_LABELS, WAY_LABELS, Purpose, Way
from jobcenter.people.queries import consents
from jobcenter.people.rules import give_consent, withdraw_consent
from jobcenter.people.texts import every_text, in_force
from jobcenter.seekers import queries

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker


@desk.get("/seekers/<uuid:key>/consents")
@allow(Right.SEEKERS_READ)
def seeker_consents(key: uuid.UUID) -> ResponseReturnValue:
    """Show each purpose; `?give=` opens the form that records a yes."""
    found = queries.one(db.session(), key, me())
    return _page(found, None)


@desk.post("/seekers/<uuid:key>/consents")
@allow(Right.SEEKERS_WRITE)
def record_consent(key: uuid.UUID) -> ResponseReturnValue:
    """Record a yes with its evidence, or the end of one."""
    found = queries.one(db.session(), key, me())
    form = ConsentForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        told = _record(found, form)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(queries.one(db.session(), key, me()), form), 422
    flash(told, "success")
    return redirect(url_for("counsellor.seeker_consents", key=key), 303)


def _record(found: Seeker, form: ConsentForm) -> str:
    session, purpose = db.session(), Purpose(form.purpose.data or "")
    if form.act.data == "withdraw":
        withdraw_consent(session, person=found.person, purpose=purpose, by=me())
        return str(_("Đã ghi rút đồng ý. Có hiệu lực ngay."))
    give_consent(
        session,
        person=found.person,
        purpose=purpose,
        way=Way(form.way.data),
        evidence=form.evidence.data or "",
        text=form.text.data or None,
        by=me(),
    )
    return str(_("Đã ghi sự đồng ý."))


def _page(found: Seeker, form: ConsentForm | None) -> str:
    saw(found.person_id, Look.FILE)
    given = consents(db.session(), found.person_id)
    giving = form.purpose.data if form else request.args.get("give", "")
    return render_template(
        "counsellor/file/consents.html",
        **frame(found, "consents"),
        **consents_shown(given),
        form=form or ConsentForm(formdata=None),
        giving=giving if giving in set(Purpose) else "",
        form_errors=form is not None,
    )


def consents_shown(given: Any) -> dict[str, Any]:
    """Return what a page needs to tell consents: rows by purpose, their words, who recorded."""
    session = db.session()
    return {
        "standing": {one.purpose: one for one in given if one.withdrawn_at is None},
        "ended": {
            purpose: [one for one in given if one.purpose == purpose and one.withdrawn_at]
            for purpose in Purpose
        },
        "texts": in_force(session, clock.today()),
        "agreed_texts": {(one.purpose, one.version): one for one in every_text(session)},
        "recorders": names(
            session, [i for one in given for i in (one.recorded_by_id, one.withdrawn_by_id)]
        ),
        "purposes": PURPOSE_LABELS,
        "ways": WAY_LABELS,
    }

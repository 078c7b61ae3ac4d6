"""Whose data fall due: who was told and when, who stays and why, and the word that erases."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import Form
from jobcenter.desks.privacy.blueprint import desk
from jobcenter.desks.proof import proved
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.privacy import retention as rules
from jobcenter.privacy.choices import DUE_LABELS
from jobcenter.seekers import queries as seekers

MOST = 100  # erased by one word


@desk.get("/retention")
@allow(Right.PRIVACY)
def retention() -> ResponseReturnValue:
    """List whose data fall due; those whose day has come can be chosen."""
    rows = rules.listed(db.session())
    saw([row.person_id for row in rows], Look.LIST)
    return render_template(
        "privacy/retention.html",
        rows=rows,
        states=DUE_LABELS,
        files=seekers.of_people(db.session(), me(), [row.person_id for row in rows]),
        ready=[row for row in rows if row.state == "told" and row.due_on <= clock.today()],
    )


@desk.post("/retention/<uuid:key>/keep")
@allow(Right.PRIVACY)
def keep_due(key: uuid.UUID) -> ResponseReturnValue:
    """Hold one file back, with the reason."""
    found = rules.one(db.session(), key)
    rules.keep(db.session(), due=found, why=request.form.get("why", "")[:300], by=me())
    db.session.commit()
    flash(_("Đã giữ lại hồ sơ này."), "success")
    return redirect(url_for("privacy.retention"), 303)


@desk.post("/retention/erase")
@allow(Right.PRIVACY)
@proved
def erase_due() -> ResponseReturnValue:
    """Erase the chosen ones; each is a transaction of its own."""
    chosen = _keys(request.form.getlist("due"))
    if not Form().validate() or not chosen:
        flash(_("Chọn ít nhất một người."), "warning")
        return redirect(url_for("privacy.retention"), 303)
    gone = 0
    for key in chosen:
        gone += rules.erase_due(db.session(), due=rules.one(db.session(), key), by=me())
        db.session.commit()
    left = len(chosen) - gone
    flash(ngettext("Đã xoá %(num)s người.", "Đã xoá %(num)s người.", gone), "success")
    if left:
        flash(_("%(left)s người vẫn giữ: có liên hệ lại hoặc còn việc đang làm.", left=left),
              "warning")  # fmt: skip
    return redirect(url_for("privacy.retention"), 303)


def _keys(typed: list[str]) -> list[uuid.UUID]:
    found = []
    for text in typed[:MOST]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found

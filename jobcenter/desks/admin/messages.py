"""The outbox: what waits, what left, what could not; and what each kind of notice says."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import Form
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.notices import queries, rules
from jobcenter.notices.choices import CHANNEL_LABELS, STATE_KINDS, STATE_LABELS, NoticeState
from jobcenter.notices.templates import TEMPLATES


@desk.get("/messages")
@allow(Right.USERS_MANAGE)
def messages() -> ResponseReturnValue:
    """List notices by state and kind, without what they say of people."""
    state, template = request.args.get("state", ""), request.args.get("template", "")
    page = queries.listed(
        db.session(),
        state=NoticeState(state) if state in set(NoticeState) else None,
        template=template if template in TEMPLATES else "",
        window=asked(request.args.get("page")),
    )
    return render_template(
        "admin/messages.html",
        page=page,
        state=state,
        template=template,
        templates=TEMPLATES,
        states=STATE_LABELS,
        kinds=STATE_KINDS,
        channels=CHANNEL_LABELS,
    )


@desk.get("/messages/templates")
@allow(Right.USERS_MANAGE)
def message_templates() -> ResponseReturnValue:
    """Show each kind of notice in both languages with example values."""
    shown = [
        (one, queries.written(one, "vi", one.params), queries.written(one, "en", one.params))
        for one in TEMPLATES.values()
    ]
    return render_template("admin/message_templates.html", shown=shown)


@desk.post("/messages/<uuid:key>")
@allow(Right.USERS_MANAGE)
def move_message(key: uuid.UUID) -> ResponseReturnValue:
    """Send a dead notice again, or drop one that has not left."""
    found = queries.one(db.session(), key)
    act = request.form.get("act", "")
    if not Form().validate() or act not in ("replay", "cancel"):
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    if act == "replay":
        rules.replay(db.session(), notice=found, by=me())
    else:
        rules.cancel(db.session(), notice=found, by=me())
    db.session.commit()
    flash(_("Tin nay là: %(state)s.", state=_(STATE_LABELS[found.state])), "success")
    return redirect(url_for("admin.messages"), 303)

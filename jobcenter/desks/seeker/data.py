"""The person's own rights over their data: what they asked, a new request, a copy of everything."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.editing import create
from jobcenter.desks.forms import Form, ProseField
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.proof import proved
from jobcenter.desks.seeker.blueprint import desk
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.queries import identities
from jobcenter.privacy import copying, queries, rules
from jobcenter.privacy.choices import (
    ASKED_LABELS,
    GROUND_LABELS,
    REQUEST_KINDS,
    REQUEST_LABELS,
    Asked,
    Came,
    RequestState,
)
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from jobcenter.privacy.models import DataRequest

MOST_OPEN = 5


class AskForm(Form):
    """What the person asks about their data."""

    asked = RadioField(
        N_("Tôi muốn"), choices=lambda: [(one.value, ASKED_LABELS[one]) for one in Asked]
    )
    said = ProseField(N_("Nói rõ hơn"), most=2000)


@desk.route("/data", methods=["GET", "POST"])
@allow(Right.OWN_FILE)
def own_data() -> ResponseReturnValue:
    """Show the person's requests with their last days, and take another."""
    form = AskForm()
    return create(
        form,
        act=lambda: _ask(form),
        leads_to=lambda _made: url_for("seeker.own_data"),
        told=lambda made: _("Đã gửi %(number)s. Trung tâm trả lời chậm nhất %(day)s.",
                            number=made.number, day=made.due_on.strftime("%d/%m/%Y")),
        show=lambda: _page(form),
    )  # fmt: skip


def _ask(form: AskForm) -> DataRequest:
    person = seekers.own(db.session(), me()).person
    mine = queries.own(db.session(), identities(db.session(), person.id))
    if sum(one.state is RequestState.OPEN for one in mine) >= MOST_OPEN:
        raise Refused(N_("Bạn đang có nhiều yêu cầu chưa trả lời. Đợi trung tâm trả lời đã."))
    return rules.take_request(
        db.session(), person=person, asked=Asked(form.asked.data), came=Came.ONLINE,
        said=form.said.data or "", proof=_("Đăng nhập trang cá nhân"), by=me(),
    )  # fmt: skip


def _page(form: AskForm) -> str:
    person = seekers.own(db.session(), me()).person
    return render_template(
        "seeker/data.html",
        form=form,
        form_errors=bool(form.errors),
        requests=queries.own(db.session(), identities(db.session(), person.id)),
        asked_labels=ASKED_LABELS,
        states=REQUEST_LABELS,
        kinds=REQUEST_KINDS,
        grounds=GROUND_LABELS,
    )


@desk.post("/data/<uuid:data_request_key>/take-back")
@allow(Right.OWN_FILE)
def take_back(data_request_key: uuid.UUID) -> ResponseReturnValue:
    """Take an own request back."""
    person = seekers.own(db.session(), me()).person
    mine = identities(db.session(), person.id)
    found = queries.own_one(db.session(), data_request_key, mine)
    rules.take_back(db.session(), request=found, by=me())
    db.session.commit()
    flash(_("Đã rút lại yêu cầu."), "success")
    return redirect(url_for("seeker.own_data"), 303)


@desk.post("/data/copy")
@allow(Right.OWN_FILE)
@proved
def own_copy() -> ResponseReturnValue:
    """Give the person everything that is held about them, after the password was typed again."""
    seeker = seekers.own(db.session(), me())
    person_id, number = seeker.person_id, seeker.number
    db.session.rollback()
    body, rows = copying.build(db.session(), person_id, named=number)
    copying.note(db.session(), person_id, rows=rows, by=me())
    db.session.commit()
    return attachment(body, f"du-lieu-cua-toi-{number}.zip", "application/zip")

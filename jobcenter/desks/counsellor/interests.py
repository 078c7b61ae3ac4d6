"""What a person of the centre says of their own ties to firms."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import user_by_id
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.editing import create
from jobcenter.desks.forms import Form, LineField
from jobcenter.enterprises import interests, queries
from jobcenter.enterprises.choices import INTEREST_LABELS, Interest
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_


class InterestForm(Form):
    """To which firm, and how."""

    firm = LineField(N_("Doanh nghiệp"), most=200, needed=True, render_kw={"list": "firms"})
    kind = RadioField(
        N_("Liên quan thế nào"),
        choices=lambda: [(one.value, INTEREST_LABELS[one]) for one in Interest],
    )
    note = LineField(N_("Ghi chú"), most=300)


@desk.route("/interests", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_READ)
def own_interests() -> ResponseReturnValue:
    """Show the own declarations, take another."""
    form = InterestForm()
    return create(
        form,
        act=lambda: _declare(form),
        leads_to=lambda _made: url_for("counsellor.own_interests"),
        told=lambda _made: _("Đã ghi. Việc của doanh nghiệp này do đồng nghiệp khác làm."),
        show=lambda: render_template(
            "counsellor/interests.html",
            form=form,
            declared=interests.declared(db.session(), user_id=me().user_id),
            kinds=INTEREST_LABELS,
            firms=queries.names(db.session(), me()),
            form_errors=bool(form.errors),
        ),
    )


def _declare(form: InterestForm) -> object:
    firm = queries.read_firm(db.session(), form.firm.data or "", field="firm")
    if firm is None:
        raise Refused(N_("Cần điền mục này."), field="firm")
    user = user_by_id(db.session(), me().user_id or 0)
    if user is None:
        raise Missing
    return interests.declare(
        db.session(),
        user=user,
        enterprise=firm,
        kind=Interest(form.kind.data),
        note=form.note.data or "",
        by=me(),
    )

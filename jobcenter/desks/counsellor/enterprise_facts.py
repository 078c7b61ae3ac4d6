"""A firm's everyday facts, kept by the centre: contacts, buses, workforce; and the zone's sums."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import firm_pages
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.firm_pages import Place
from jobcenter.desks.forms import DateField, Form
from jobcenter.enterprises import queries, workforce
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_


def _place(key: uuid.UUID) -> Place:
    def crumbs(firm: Any) -> list[tuple[str, str | None]]:
        return [
            (_("Doanh nghiệp"), url_for("counsellor.enterprises")),
            (firm.short_name or firm.name, url_for("counsellor.enterprise", key=key)),
        ]

    return Place(
        read=lambda: queries.one(db.session(), key, me()),
        back=url_for("counsellor.enterprise", key=key),
        workforce=url_for("counsellor.enterprise_workforce", key=key),
        crumbs=crumbs,
    )


@desk.route("/enterprises/<uuid:key>/contacts", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def edit_contacts(key: uuid.UUID) -> ResponseReturnValue:
    """Change whom the centre calls at the firm."""
    return firm_pages.edit_contacts(_place(key))


@desk.route("/enterprises/<uuid:key>/buses", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def edit_buses(key: uuid.UUID) -> ResponseReturnValue:
    """Change the firm's bus routes with their stops."""
    return firm_pages.edit_buses(_place(key))


@desk.route("/enterprises/<uuid:key>/workforce", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def enterprise_workforce(key: uuid.UUID) -> ResponseReturnValue:
    """Show the firm's figures by date, and take another."""
    return firm_pages.show_workforce(_place(key))


@desk.post("/enterprises/<uuid:key>/workforce/<uuid:figure_key>/withdraw")
@allow(Right.ENTERPRISES_WRITE)
def withdraw_workforce(key: uuid.UUID, figure_key: uuid.UUID) -> ResponseReturnValue:
    """Take a wrong figure out, with why."""
    return firm_pages.withdraw_figure(_place(key), figure_key)


class OnForm(Form):
    """Up to which day the zone is added up; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    on = DateField(N_("Tính đến ngày"))


@desk.get("/enterprises/workforce")
@allow(Right.ENTERPRISES_READ)
def zone_workforce() -> ResponseReturnValue:
    """Show the zone's workforce up to a day, by park."""
    form = OnForm(request.args)
    form.validate()
    day = (None if form.errors else form.on.day) or clock.today()
    return render_template(
        "counsellor/zone_workforce.html",
        form=form,
        total=workforce.zone_total(db.session(), on=day),
        parks=workforce.zone_by_park(db.session(), on=day),
    )

"""The firm's everyday facts, kept by its own people: record, contacts, buses, workforce."""

from __future__ import annotations

import uuid
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import firm_pages
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.firm_forms import OWN_SOURCES
from jobcenter.desks.firm_pages import Place
from jobcenter.enterprises import queries
from jobcenter.kernel.db import db


def _place(firm_key: uuid.UUID) -> Place:
    back = url_for("enterprise.branch", firm_key=firm_key)

    def crumbs(firm: Any) -> list[tuple[str, str | None]]:
        return [(firm.short_name or firm.name, back)]

    return Place(
        read=lambda: queries.one(db.session(), firm_key, me()),
        back=back,
        workforce=url_for("enterprise.workforce", firm_key=firm_key),
        crumbs=crumbs,
        sources=OWN_SOURCES,
    )


@desk.route("/firms/<uuid:firm_key>/edit", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def edit_own(firm_key: uuid.UUID) -> ResponseReturnValue:
    """Change what the firm keeps of its own record."""
    return firm_pages.edit_own(_place(firm_key))


@desk.route("/firms/<uuid:firm_key>/contacts", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def edit_contacts(firm_key: uuid.UUID) -> ResponseReturnValue:
    """Change whom the centre calls."""
    return firm_pages.edit_contacts(_place(firm_key))


@desk.route("/firms/<uuid:firm_key>/buses", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def edit_buses(firm_key: uuid.UUID) -> ResponseReturnValue:
    """Change the bus routes with their stops."""
    return firm_pages.edit_buses(_place(firm_key))


@desk.route("/firms/<uuid:firm_key>/workforce", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def workforce(firm_key: uuid.UUID) -> ResponseReturnValue:
    """Show the figures by date, and take another."""
    return firm_pages.show_workforce(_place(firm_key))


@desk.post("/firms/<uuid:firm_key>/workforce/<uuid:figure_key>/withdraw")
@allow(Right.OWN_FIRM)
def withdraw_workforce(firm_key: uuid.UUID, figure_key: uuid.UUID) -> ResponseReturnValue:
    """Take a wrong figure out, with why."""
    return firm_pages.withdraw_figure(_place(firm_key), figure_key)

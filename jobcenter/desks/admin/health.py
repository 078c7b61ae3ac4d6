"""How the installation fares: what ails it with the remedy, and what last night's checks found."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.config import VERSION, Settings
from jobcenter.desks.access import allow
from jobcenter.desks.admin.blueprint import desk
from jobcenter.kernel.db import db
from jobcenter.upkeep.checks import CHECKS
from jobcenter.upkeep.choices import LEVEL_LABELS, LEVEL_SIGNS
from jobcenter.upkeep.doctor import examine, worst
from jobcenter.work.queries import runs


@desk.get("/health")
@allow(Right.USERS_MANAGE)
def health() -> ResponseReturnValue:
    """Show each symptom with its remedy, and each promise with last night's answer."""
    settings: Settings = current_app.config["SETTINGS"]
    symptoms = examine(db.session(), settings)
    return render_template(
        "admin/health.html",
        symptoms=symptoms,
        worst=worst(symptoms),
        levels=LEVEL_LABELS,
        signs=LEVEL_SIGNS,
        checks=CHECKS,
        last=runs(db.session()).get("check-promises"),
        version=VERSION,
    )

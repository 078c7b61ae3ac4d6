"""The ledger: who did what, newest first."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit import queries
from jobcenter.desks.access import allow
from jobcenter.desks.admin.blueprint import desk
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked


@desk.get("/ledger")
@allow(Right.LEDGER_READ)
def ledger() -> ResponseReturnValue:
    """List what was done, by whom."""
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template("admin/ledger.html", page=queries.entries(db.session(), window=window))

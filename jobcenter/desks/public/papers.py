"""Confirms a paper from its code: number, date, validity, and nothing more."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter.desks.access import public
from jobcenter.desks.public.views import desk
from jobcenter.documents.choices import KINDS
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.papers import queries
from jobcenter.papers.choices import UNIT_LABELS


@desk.get("/giay")
@public
def confirm_form() -> ResponseReturnValue:
    """Ask for the code that stands on the paper."""
    typed = vietnamese.clean_line(request.args.get("code", ""))[:40]
    code = queries.read_code(typed)
    if code:
        return redirect(url_for("public.confirm", code=code))
    return render_template("public/confirm.html", typed=typed, found=None, asked=bool(typed))


@desk.get("/giay/<code>")
@public
def confirm(code: str) -> ResponseReturnValue:
    """Tell what may be told of one paper."""
    found = queries.confirm(db.session(), code, clock.today())
    page = render_template(
        "public/confirm.html",
        typed=vietnamese.clean_line(code)[:40],
        found=found,
        kind=KINDS[found.kind].label if found and found.kind in KINDS else "",
        units=UNIT_LABELS,
        asked=True,
    )
    return page, 200 if found else 404

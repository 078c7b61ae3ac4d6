"""For whoever runs it: is it alive, may it be asked, which version, how it fares.

/healthz is anybody's. The others answer a caller on this machine alone, not one who came through a
proxy; everybody else finds nothing there.
"""

from __future__ import annotations

from ipaddress import ip_address

from flask import Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from jobcenter.config import VERSION, Settings
from jobcenter.desks import observing
from jobcenter.desks.access import public
from jobcenter.desks.public.views import desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.upkeep import doctor
from jobcenter.upkeep.queries import figures


@desk.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Say that the process and its database answer."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}


@desk.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether work may be sent here: database at its version, worker on time."""
    _inside()
    session = db.session()
    late = doctor.late_schedules(session, clock.now())
    behind = doctor.is_behind(session)
    answer = {"status": "no" if behind else "ok", "migrations": not behind, "late": late}
    return answer, 503 if behind else 200


@desk.get("/version")
@public
def version() -> ResponseReturnValue:
    """Say which program and which database this is."""
    _inside()
    return {"version": VERSION, "migration": doctor.migration(db.session())}


@desk.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Give figures for Prometheus; none of them is about a person."""
    _inside()
    settings: Settings = current_app.config["SETTINGS"]
    body = observing.written(figures(db.session(), settings.instance))
    return Response(body, content_type="text/plain; version=0.0.4; charset=utf-8")


def _inside() -> None:
    came_through = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    try:
        is_here = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        is_here = False
    if came_through or not is_here:
        abort(404)

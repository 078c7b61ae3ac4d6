"""Who saw whom: a page says whose data it shows, and that is written before the page leaves."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, current_app, g, make_response
from sqlalchemy.exc import SQLAlchemyError

from jobcenter.audit.choices import Look
from jobcenter.audit.rules import Glance, log_sights
from jobcenter.desks.access import me
from jobcenter.desks.errors import page
from jobcenter.kernel.db import db


def saw(people: int | Iterable[int], look: Look, *, fields: str = "", purpose: str = "") -> None:
    """Note that the page being made shows these people (ids of persons) to who is signed in.

    `fields` names the columns where the look does not say it; `purpose` is what was stated, or
    the number of the vacancy that a list is for. A person's own data are no sight.
    """
    ids = [people] if isinstance(people, int) else people
    kept: list[Glance] = g.setdefault("sights", [])
    kept += [Glance(one, look, fields, purpose) for one in ids if one != me().person_id]


def attach(app: Flask) -> None:
    """Write what was noted, in one short transaction, when the page is ready; else no page."""

    def write(response: Response) -> Response:
        noted: list[Glance] = g.pop("sights", [])
        if not noted or 300 <= response.status_code < 400:
            return response
        # The page is made. A form that was refused may still hold SQLite's one writer's place.
        db.session.rollback()
        try:
            log_sights(list(dict.fromkeys(noted)), by=me())
        except SQLAlchemyError:
            current_app.logger.exception("sights not written, so the page was kept back")
            return make_response(page(503))
        return response

    app.after_request(write)

"""Pages that fetch themselves again: nobody pressed anything, and most of it was seen before.

The page carries a sealed note of when it was made. Its refresh sends the note back, so that only
whoever is new on it counts as seen; a note that is missing, forged or another's counts as none.
"""

from __future__ import annotations

import datetime as dt

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from jobcenter.desks.access import me
from jobcenter.kernel import clock

HEADER = "X-Passive"
# What was being saved while the page was made came too late for it.
MARGIN = dt.timedelta(seconds=15)


def is_passive() -> bool:
    """Say whether the page fetches itself; an idle browser is then still idle."""
    return HEADER in request.headers


def note() -> str:
    """Return the note of a page made now."""
    return str(_seal().dumps([me().user_id, clock.now().timestamp()]))


def shown_until() -> dt.datetime | None:
    """Return whose changes the reader has on the page already; None for a page opened anew."""
    try:
        user_id, at = _seal().loads(request.headers.get(HEADER, ""))
        made = dt.datetime.fromtimestamp(at, dt.UTC)
        return made - MARGIN if user_id == me().user_id else None
    except (BadData, TypeError, ValueError, OverflowError):
        return None


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="passive")

"""What happened to a file, and who has seen it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import LOOK_LABELS, Look
from jobcenter.audit.seen import seen
from jobcenter.desks import timeline
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.lookers import lookers
from jobcenter.desks.pages import translate
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked
from jobcenter.seekers import queries

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

PAGES = 40  # of fifty lines; further back than anybody reads


@desk.get("/seekers/<uuid:key>/timeline")
@allow(Right.SEEKERS_READ)
def seeker_timeline(key: uuid.UUID) -> ResponseReturnValue:
    """Show what happened, the newest first, narrowed by what stands in the address."""
    found = _found(key)
    show = request.args.get("show", "")
    show = show if show in timeline.SHOWN else "all"
    window = asked(request.args.get("page"), "50")
    number = min(window.number, PAGES)
    lines = timeline.timeline(found, show=show, most=number * window.size + 1)
    here = lines[(number - 1) * window.size :][: window.size]
    return render_template(
        "counsellor/file/timeline.html",
        **frame(found, "timeline"),
        lines=here,
        filters=_filters(found, show),
        number=number,
        has_more=len(lines) > number * window.size and number < PAGES,
    )


def _filters(found: Seeker, show: str) -> list[dict[str, Any]]:
    return [
        {
            "label": translate(label),
            "href": url_for("counsellor.seeker_timeline", key=found.key, show=name),
            "current": name == show,
        }
        for name, (label, _kinds) in timeline.SHOWN.items()
    ]


@desk.get("/seekers/<uuid:key>/sights")
@allow(Right.SEEKERS_READ)
def seeker_sights(key: uuid.UUID) -> ResponseReturnValue:
    """Show who has seen the file, by day, how and for what."""
    found = _found(key)
    groups = seen(db.session(), timeline.human_of(found).person_ids)
    return render_template(
        "counsellor/file/sights.html",
        **frame(found, "sights"),
        groups=groups,
        who=lookers(one.user_id for one in groups),
        looks=LOOK_LABELS,
        sensitive=Look.SENSITIVE,
    )


def _found(key: uuid.UUID) -> Seeker:
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    return found

"""Long work as its owner sees it: how far it is, its result, stop, run again."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me, signed_in
from jobcenter.desks.paper_files import attachment
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked
from jobcenter.work import queries, rules
from jobcenter.work.choices import OPEN, STATE_KINDS, STATE_LABELS, JobState
from jobcenter.work.queue import ring
from jobcenter.work.timetable import SCHEDULES

desk = Blueprint("work", __name__, url_prefix="/work")


@desk.get("/")
@signed_in
def jobs() -> ResponseReturnValue:
    """List the reader's jobs; whoever manages accounts sees everybody's."""
    return render_template(
        "work/list.html",
        page=queries.listed(db.session(), me(), asked(request.args.get("page"))),
        states=STATE_LABELS,
        kinds=STATE_KINDS,
    )


@desk.get("/<uuid:key>")
@signed_in
def job(key: uuid.UUID) -> ResponseReturnValue:
    """Show one job; asked for by htmx, only the part that changes."""
    found = queries.one(db.session(), key, me())
    part = request.headers.get("HX-Request") == "true"
    return render_template(
        "work/_progress.html" if part else "work/show.html",
        job=found,
        is_open=found.state in OPEN,
        may_repeat=found.state in (JobState.FAILED, JobState.CANCELLED),
        has_file=found.owner_id == me().user_id and queries.has_file(db.session(), found),
        states=STATE_LABELS,
        kinds=STATE_KINDS,
    )


@desk.get("/<uuid:key>/file")
@signed_in
def job_file(key: uuid.UUID) -> ResponseReturnValue:
    """Give the owner the file that a job left."""
    found = queries.one(db.session(), key, me())
    file = queries.file_of(db.session(), found, me())
    return attachment(file.body, file.name, file.kind)


@desk.post("/<uuid:key>/cancel")
@signed_in
def cancel_job(key: uuid.UUID) -> ResponseReturnValue:
    """Ask a job to stop."""
    found = queries.one(db.session(), key, me())
    rules.cancel(db.session(), job=found, by=me())
    db.session.commit()
    flash(_("Đã yêu cầu dừng."), "success")
    return redirect(url_for("work.job", key=key), 303)


@desk.post("/<uuid:key>/repeat")
@signed_in
def repeat_job(key: uuid.UUID) -> ResponseReturnValue:
    """Run a job again that failed or was stopped."""
    found = queries.one(db.session(), key, me())
    rules.repeat(db.session(), job=found, by=me())
    db.session.commit()
    ring(key)
    return redirect(url_for("work.job", key=key), 303)


@desk.get("/schedules")
@allow(Right.USERS_MANAGE)
def schedules() -> ResponseReturnValue:
    """List the scheduled work with its last run."""
    return render_template(
        "work/schedules.html", schedules=SCHEDULES, runs=queries.runs(db.session())
    )

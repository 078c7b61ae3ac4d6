"""The register of job seekers: list, one file, its state and consents."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.audit.queries import history
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.counsellor.seeker_data import masked_numbers
from jobcenter.desks.counsellor.seeker_forms import FilterForm
from jobcenter.desks.forms import OWN
from jobcenter.desks.sights import saw
from jobcenter.drafts import queries as drafts
from jobcenter.drafts.choices import DraftKind
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked
from jobcenter.matching.gaps import waiting_for
from jobcenter.people.choices import PURPOSE_LABELS
from jobcenter.people.queries import agreed
from jobcenter.seekers import queries, rules
from jobcenter.seekers.choices import (
    FILE_MOVES,
    STATE_KINDS,
    STATE_LABELS,
    VERB_LABELS,
    FileState,
)
from jobcenter.seekers.queries import QUESTIONS

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker


@desk.get("/seekers")
@allow(Right.SEEKERS_READ)
def seekers() -> ResponseReturnValue:
    """List the register, narrowed by what stands in the address."""
    form = FilterForm(request.args)
    wanted, good = wanted_of(form)
    window = asked(request.args.get("page"), request.args.get("size"))
    page = queries.listed(db.session(), me(), wanted, window)
    saw([one.person_id for one in page.items], Look.LIST)
    return render_template(
        "counsellor/seekers_list.html",
        form=form,
        page=page,
        sort=wanted.sort,
        sort_href=_sorted_href("newest" if wanted.sort == "name" else "name"),
        is_narrowed=bool(good.keys() - {"sort", *OWN}),
        states=STATE_LABELS,
        kinds=STATE_KINDS,
        drafts=drafts.own(db.session(), me(), DraftKind.INTAKE),
    )


def wanted_of(form: FilterForm) -> tuple[queries.SeekerFilter, dict[str, Any]]:
    """Return the filter that an address asks for, and the fields of it that could be read."""
    form.validate()
    good = {field.short_name: field.data for field in form if field.data and not field.errors}
    wanted = queries.SeekerFilter(
        text=good.get("text", ""),
        state=FileState(good["state"]) if "state" in good else None,
        commune=good.get("commune"),
        general_education=good.get("education"),
        shift=good.get("shift"),
        available_by=form.available_by.day if "available_by" in good else None,
        sort=good.get("sort", "newest"),
    )
    return wanted, good


def _sorted_href(by: str) -> str:
    """Return the address of the same list in another order, from its first page."""
    kept = [(k, v) for k, v in request.args.items() if k not in ("sort", "page")]
    return f"{request.path}?{urlencode([*kept, ('sort', by)])}"


@desk.get("/seekers/<uuid:key>")
@allow(Right.SEEKERS_READ)
def seeker(key: uuid.UUID) -> ResponseReturnValue:
    """Show one file, calmly: what is known, what to ask, what was agreed to."""
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    return render_template("counsellor/file/overview.html", **_shown(found))


def _shown(found: Seeker) -> dict[str, object]:
    session, person = db.session(), found.person
    log = [
        *history(session, kind="seeker", subject_id=found.id),
        *history(session, kind="person", subject_id=person.id),
    ]
    return frame(found, "file") | {
        "agreed": agreed(session, person.id),
        **questions(found),
        "doubts": _doubts(found),
        "verbs": [(verb, VERB_LABELS[verb]) for verb in FILE_MOVES.verbs(found.state)],
        "history": sorted(log, key=lambda entry: entry.id, reverse=True)[:30],
        "purposes": PURPOSE_LABELS,
        "numbers": masked_numbers(found),
        "may_see_sensitive": me().may(Right.SENSITIVE_READ),
    }


def questions(found: Seeker) -> dict[str, object]:
    """Return what to ask: what open vacancies wait for first, then what else is blank."""
    waiting = []
    if me().may(Right.MATCHES_READ):
        waiting = waiting_for(db.session(), seeker=found, actor=me())
    asked = {one.field for one in waiting}
    blank = [QUESTIONS[name] for name in queries.blank(found) if name not in asked]
    return {"waiting": waiting, "missing": blank}


def _doubts(found: Seeker) -> list[str]:
    person = found.person
    if not person.id_number:
        return []
    sex = person.sex.value if person.sex else None
    return vietnamese.doubt_id_number(person.id_number, birth_year=person.birth_year, sex=sex)


@desk.post("/seekers/<uuid:key>/move")
@allow(Right.SEEKERS_WRITE)
def move_seeker(key: uuid.UUID) -> ResponseReturnValue:
    """Lead the file to another state."""
    found = queries.one(db.session(), key, me())
    rules.move(db.session(), seeker=found, verb=request.form.get("verb", ""), by=me())
    db.session.commit()
    flash(_("Hồ sơ nay là: %(state)s.", state=_(STATE_LABELS[found.state])), "success")
    return redirect(url_for("counsellor.seeker", key=key), 303)

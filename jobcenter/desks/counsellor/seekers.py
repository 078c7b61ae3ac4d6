"""The register of job seekers: list, one file, its state and consents."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.advising.queries import find_by_reference, last_visits
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.finding import KEPT, is_number, looked_for, onward
from jobcenter.desks.counsellor.seeker_forms import FilterForm
from jobcenter.desks.forms import OWN
from jobcenter.desks.sights import saw
from jobcenter.drafts import queries as drafts
from jobcenter.drafts.choices import DraftKind
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked
from jobcenter.kernel.vietnamese import mask_id_number
from jobcenter.seekers import queries
from jobcenter.seekers.choices import (
    STATE_KINDS,
    STATE_LABELS,
    FileState,
)


@desk.get("/seekers")
@allow(Right.SEEKERS_READ)
def seekers() -> ResponseReturnValue:
    """List the register, narrowed by what stands in the address."""
    form = FilterForm(request.args)
    wanted, good = wanted_of(form)
    if is_number(form.text.data or ""):  # typed into the address itself: it stays there no longer
        kept = {name: str(request.args[name]) for name in KEPT & request.args.keys()}
        return onward("counsellor.seekers", wanted.text, "", **kept)
    if (slip := find_by_reference(db.session(), wanted.text, me())) is not None:
        return redirect(_behind(slip))
    window = asked(request.args.get("page"), request.args.get("size"))
    page = queries.listed(db.session(), me(), wanted, window, most=most(wanted))
    saw([one.person_id for one in page.items], Look.LIST)
    return render_template(
        "counsellor/seekers_list.html",
        form=form,
        page=page,
        sort=wanted.sort,
        sort_href=_sorted_href("newest" if wanted.sort == "name" else "name"),
        is_narrowed=bool(good.keys() - {"sort", *OWN}),
        looked_for=wanted.text,
        number=mask_id_number(wanted.text) if wanted.text and "text" not in good else "",
        last=last_visits(db.session(), [one.person_id for one in page.items]),
        states=STATE_LABELS,
        kinds=STATE_KINDS,
        drafts=drafts.own(db.session(), me(), DraftKind.INTAKE),
    )


def most(wanted: queries.SeekerFilter) -> int | None:
    """Return how far a list is counted: the whole register is, a search among it is not."""
    return queries.COUNTED if wanted.text else None


def _behind(slip: Any) -> str:
    """Return where a slip leads whose QR was read into the search box: to its person's file."""
    ids = [slip.person_id] if slip.person_id is not None else []
    for file in queries.of_people(db.session(), me(), ids).values():
        return url_for("counsellor.seeker", key=file.key)
    return url_for("counsellor.visit_slip", key=slip.key)


def wanted_of(form: FilterForm) -> tuple[queries.SeekerFilter, dict[str, Any]]:
    """Return the filter that an address asks for, and the fields of it that could be read."""
    form.validate()
    good = {field.short_name: field.data for field in form if field.data and not field.errors}
    wanted = queries.SeekerFilter(
        text=looked_for(good.get("text", ""), good.get("hidden", "")),
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

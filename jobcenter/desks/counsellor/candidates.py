"""Candidates for a vacancy: the list with its reasons, how it was reckoned, who is not suitable."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.labels import choices
from jobcenter.desks.sights import saw
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import asked
from jobcenter.matching import queries, rules
from jobcenter.matching.choices import SEEKER_VACANCIES, UNSUITABLE_LABELS, Audience, Unsuitable
from jobcenter.matching.queries import CandidateFilter
from jobcenter.referrals.queries import in_process
from jobcenter.seekers import queries as seekers
from jobcenter.settings.queries import setting
from jobcenter.vacancies import queries as vacancies


@dataclass(frozen=True)
class Wanted:
    """The filters as typed, as read, and what could not be read."""

    typed: dict[str, str]
    read: CandidateFilter
    error: str

    @property
    def narrows(self) -> bool:
        """Say whether any filter is set."""
        return any(self.typed.values())


def read_filter(args: MultiDict[str, str]) -> Wanted:
    """Read the filters of an address; a day that cannot be read narrows nothing and is said."""
    names = ("keyword", "place", "shift", "education", "available")
    typed = {name: vietnamese.clean_line(args.get(name, ""))[:120] for name in names}
    day, error = None, ""
    if typed["available"]:
        try:
            day = vietnamese.parse_date(typed["available"])
        except Refused as refused:
            error = words(refused)
    read = CandidateFilter(
        typed["keyword"], typed["place"], typed["shift"], typed["education"], day
    )
    return Wanted(typed, read, error)


class AsideForm(Form):
    """Why somebody is not suitable."""

    reason = LineField(most=30, needed=True)
    note = LineField(most=300)


@desk.get("/vacancies/<uuid:key>/candidates")
@allow(Right.MATCHES_READ)
def candidates(key: uuid.UUID) -> ResponseReturnValue:
    """Show who fits a vacancy; the list is stored before the page leaves."""
    vacancy = vacancies.one(db.session(), key, me())
    wanted = read_filter(request.args)
    found = queries.candidates(
        db.session(), vacancy=vacancy, actor=me(), audience=Audience.COUNSELLOR,
        wanted=wanted.read, window=asked(request.args.get("page")),
    )  # fmt: skip
    questions = queries.ask_next(db.session(), found)
    rules.store(found, by=me())
    aside = queries.set_aside_list(db.session(), vacancy)
    seen = [*(item.seeker for item in found.page.items), *(seeker for _mark, seeker in aside)]
    saw([seeker.person_id for seeker in seen], Look.LIST, purpose=vacancy.number)
    return render_template(
        "counsellor/candidates.html",
        vacancy=vacancy,
        found=found,
        page=found.page,
        wanted=wanted,
        questions=questions,
        left=vacancies.openings_left(vacancy),
        waiting=len(in_process(db.session(), vacancy.id)),
        aside=aside,
        reasons=UNSUITABLE_LABELS,
        communes=choices("commune"),
        shifts=choices("K", blank=_("Tất cả")),
        schooling=choices("A", blank=_("Tất cả")),
        may_write=me().may(Right.VACANCIES_WRITE),
    )


@desk.get("/vacancies/<uuid:key>/candidates/<uuid:seeker_key>")
@allow(Right.MATCHES_READ)
def candidate(key: uuid.UUID, seeker_key: uuid.UUID) -> ResponseReturnValue:
    """Show how the two numbers of a pair came about."""
    vacancy = vacancies.one(db.session(), key, me())
    seeker = seekers.one(db.session(), seeker_key, me())
    saw(seeker.person_id, Look.FILE, purpose=vacancy.number)
    told = queries.explanation(db.session(), vacancy=vacancy, seeker=seeker, actor=me())
    return render_template("counsellor/candidate.html", vacancy=vacancy, seeker=seeker, told=told)


@desk.post("/vacancies/<uuid:key>/candidates/<uuid:seeker_key>/set-aside")
@allow(Right.VACANCIES_WRITE)
def set_aside(key: uuid.UUID, seeker_key: uuid.UUID) -> ResponseReturnValue:
    """Take somebody off a vacancy's list, with the reason."""
    vacancy = vacancies.one(db.session(), key, me())
    seeker = seekers.one(db.session(), seeker_key, me())
    form = AsideForm()
    if not form.validate() or form.reason.data not in set(Unsuitable):
        raise Refused(_("Chọn một giá trị trong danh sách."))
    rules.set_aside(
        db.session(), vacancy=vacancy, seeker=seeker, reason=Unsuitable(form.reason.data),
        note=form.note.data or "", by=me(),
    )  # fmt: skip
    db.session.commit()
    undo = url_for("counsellor.take_back", key=key, seeker_key=seeker_key)
    said: Any = {
        "text": _("Đã bỏ qua 1 người cho vị trí này."),
        "undo": {"label": _("Hoàn tác"), "href": undo},
    }
    flash(said, "success")
    return redirect(url_for("counsellor.candidates", key=key))


@desk.post("/vacancies/<uuid:key>/candidates/<uuid:seeker_key>/set-aside/undo")
@allow(Right.VACANCIES_WRITE)
def take_back(key: uuid.UUID, seeker_key: uuid.UUID) -> ResponseReturnValue:
    """Put somebody back on a vacancy's list."""
    vacancy = vacancies.one(db.session(), key, me())
    seeker = seekers.one(db.session(), seeker_key, me())
    rules.take_back(db.session(), vacancy=vacancy, seeker=seeker, by=me())
    db.session.commit()
    flash(_("Người này lại có trong danh sách."), "success")
    return redirect(url_for("counsellor.candidates", key=key))


@desk.get("/seekers/<uuid:key>/vacancies")
@allow(Right.MATCHES_READ)
def seeker_vacancies(key: uuid.UUID) -> ResponseReturnValue:
    """Show the open vacancies for a job seeker."""
    seeker = seekers.one(db.session(), key, me())
    limit = setting(db.session(), SEEKER_VACANCIES)
    found = queries.vacancies_for(db.session(), seeker=seeker, actor=me(), limit=limit)
    rules.store_offers(found, by=me())
    saw(seeker.person_id, Look.FILE)
    return render_template("counsellor/seeker_vacancies.html", seeker=seeker, found=found)

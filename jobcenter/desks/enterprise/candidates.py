"""Masked candidates for the firm's own vacancies, and asking to be introduced.

What the template gets is made here and holds no name, phone, age, number or key of a person: what
is not there cannot be shown by mistake.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.forms import Form
from jobcenter.desks.labels import choices
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Page, asked
from jobcenter.matching import queries, rules
from jobcenter.matching.choices import Audience
from jobcenter.matching.queries import Candidate, CandidateFilter
from jobcenter.matching.words import GateMark
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.queries import in_process
from jobcenter.vacancies import queries as vacancies


@dataclass(frozen=True)
class Masked:
    """A line as the firm sees it; `line` is its place on the stored list."""

    line: int
    code: str
    job: str
    years: float | None
    certificates: tuple[str, ...]
    general_education: str
    commune: str
    available_on: dt.date | None
    job_fit: int | None
    gates: tuple[GateMark, ...]


@desk.get("/vacancies/<uuid:key>/candidates")
@allow(Right.OWN_FIRM)
def candidates(key: uuid.UUID) -> ResponseReturnValue:
    """Show who fits, masked; only people who agreed to be shown."""
    vacancy = vacancies.one(db.session(), key, me())
    shift, place = request.args.get("shift", ""), request.args.get("place", "")
    found = queries.candidates(
        db.session(), vacancy=vacancy, actor=me(), audience=Audience.ENTERPRISE,
        wanted=CandidateFilter(shift=shift, place=place),
        window=asked(request.args.get("page")),
    )  # fmt: skip
    record = rules.store(found, by=me())
    page = found.page
    saw([item.seeker.person_id for item in page.items], Look.MASKED, purpose=vacancy.number)
    items = [_masked(item) for item in page.items]
    return render_template(
        "enterprise/candidates.html",
        vacancy=vacancy,
        record=record,
        shift=shift,
        place=place,
        communes=choices("commune"),
        shifts=choices("K", blank=_("Tất cả")),
        page=Page(items, page.number, page.size, page.total),
        left=vacancies.openings_left(vacancy),
        waiting=len(in_process(db.session(), vacancy.id, me())),
    )


def _masked(item: Candidate) -> Masked:
    profile = item.profile
    return Masked(
        line=item.line,
        code=queries.code_for_firm(item.seeker, me().enterprise_id or 0),
        job=queries.job_for_firm(item.seeker),
        years=profile.years_experience,
        certificates=profile.certificates,
        general_education=profile.general_education,
        commune=profile.commune,
        available_on=profile.available_on,
        job_fit=item.job_fit,
        gates=item.gates,
    )


@desk.post("/vacancies/<uuid:key>/candidates/ask")
@allow(Right.OWN_FIRM)
def ask(key: uuid.UUID) -> ResponseReturnValue:
    """Ask to be introduced to somebody, named by list and line."""
    vacancy = vacancies.one(db.session(), key, me())
    record, line = _line(request.form.get("line", ""))
    seeker = queries.shown_line(db.session(), key=record, rank=line, vacancy=vacancy, actor=me())
    code = queries.code_for_firm(seeker, me().enterprise_id or 0)
    if not Form().validate():
        raise BadRequest
    is_first = referrals.ask(db.session(), vacancy=vacancy, seeker=seeker, by=me())
    db.session.commit()
    said = _("Đã xin giới thiệu %(code)s. Trung tâm hỏi người lao động rồi trả lời.", code=code)
    flash(said if is_first else _("Đã xin giới thiệu %(code)s từ trước.", code=code), "success")
    return redirect(url_for("enterprise.candidates", key=key))


def _line(typed: str) -> tuple[uuid.UUID, int]:
    """Read "list key:line"; anything else is a bad request."""
    record, _sep, line = typed.partition(":")
    try:
        found = uuid.UUID(record)
    except ValueError:
        raise BadRequest from None
    if not (line.isascii() and line.isdigit() and len(line) < 6):
        raise BadRequest
    return found, int(line)

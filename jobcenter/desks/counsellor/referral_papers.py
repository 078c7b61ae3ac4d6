"""Letters and result notices of referrals, one at a time or for everybody of an hour."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.papers import AT_ONCE, print_later
from jobcenter.desks.forms import Form
from jobcenter.desks.paper_files import confirm_address, pdf_page
from jobcenter.desks.sights import saw
from jobcenter.documents import referral_papers, rules
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.papers import rules as register
from jobcenter.referrals import lists
from jobcenter.referrals.choices import OPEN
from jobcenter.vacancies import queries as vacancies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.papers.models import Paper


@desk.post("/referrals/<uuid:key>/letter")
@allow(Right.VACANCIES_WRITE)
def make_letter(key: uuid.UUID) -> ResponseReturnValue:
    """Make the referral letter of somebody who agreed."""
    found = lists.one(db.session(), key, me())
    return _made(referral_papers.letter(db.session(), referral=found, by=me()))


@desk.post("/referrals/<uuid:key>/notice")
@allow(Right.VACANCIES_WRITE)
def make_notice(key: uuid.UUID) -> ResponseReturnValue:
    """Make the result notice, with the result or to be filled in by the firm."""
    found = lists.one(db.session(), key, me())
    return _made(referral_papers.result_notice(db.session(), referral=found, by=me()))


def _made(paper: Paper) -> ResponseReturnValue:
    if not Form().validate():
        raise Refused(N_("Trang mở đã lâu. Gửi lại lần nữa là được."))
    db.session.commit()
    flash(_("Đã lập giấy và cấp số. Xem rồi in."), "success")
    return redirect(url_for("counsellor.paper", key=paper.key), 303)


@desk.post("/vacancies/<uuid:key>/referrals/letters")
@allow(Right.VACANCIES_WRITE)
def print_letters(key: uuid.UUID) -> ResponseReturnValue:
    """Give the letters of a vacancy as one PDF; of an hour, with the list by bus stop in front."""
    vacancy = vacancies.one(db.session(), key, me())
    at = _instant(request.form.get("slot", ""))
    rows = [
        row for row in lists.of_vacancy(db.session(), vacancy, me())
        if row.state in OPEN and row.interview_at == at
    ]  # fmt: skip
    if not Form().validate() or not rows:
        raise Refused(N_("Không có phiếu nào để in cho giờ này."))
    made = referral_papers.letters(db.session(), referrals=rows, by=me())
    if at is not None:
        front = referral_papers.pick_up_list(
            db.session(), vacancy=vacancy, at=at, referrals=rows, by=me()
        )
        made = [front, *made]
    saw([row.seeker.person_id for row in rows], Look.PAPER, purpose=vacancy.number)
    return _printed(made)


def _printed(made: Sequence[Paper]) -> ResponseReturnValue:
    if len(made) > AT_ONCE:
        return print_later([one.id for one in made])
    body = rules.pdf(db.session(), made, address=confirm_address(""))
    for one in made:
        register.record_print(db.session(), paper=one, by=me())
    db.session.commit()
    return pdf_page(body, _("%(count)s giấy", count=len(made)))


def _instant(text: str) -> dt.datetime | None:
    """Read the hour that a button of the page carries; nothing is "no hour set yet"."""
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refused(N_("Không có phiếu nào để in cho giờ này."))
    return found


def slots_of(rows: Sequence[Any]) -> list[tuple[dt.datetime | None, int]]:
    """Return (hour, how many letters) of the open referrals, those without an hour last."""
    counts: dict[dt.datetime | None, int] = {}
    for row in rows:
        if row.state in OPEN:
            counts[row.interview_at] = counts.get(row.interview_at, 0) + 1
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(counts.items(), key=lambda item: item[0] or far)

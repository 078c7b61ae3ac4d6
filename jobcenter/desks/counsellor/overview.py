"""One file at a glance: who, where it stands, what to do next, what to ask, what happened last."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import by_ids
from jobcenter.audit.choices import Look
from jobcenter.desks import timeline
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.caseload import NOBODY
from jobcenter.desks.counsellor.dossiers import dossier_shown
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.counsellor.seeker_data import masked_numbers
from jobcenter.desks.pages import translate
from jobcenter.desks.sights import saw
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.matching.gaps import Waiting, waiting_for
from jobcenter.people.choices import PURPOSE_LABELS, Purpose
from jobcenter.people.queries import agreed
from jobcenter.referrals.queries import vacancies_of
from jobcenter.seekers import queries, rules
from jobcenter.seekers.choices import AVAILABLE, FILE_MOVES, STATE_LABELS, VERB_LABELS, FileState
from jobcenter.seekers.dossier import dossier
from jobcenter.seekers.duplicates import merges_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from jobcenter.seekers.models import Seeker

LATEST = 5  # lines of the timeline that the first page shows
MOST_QUESTIONS = 6


@dataclass(frozen=True)
class Step:
    """What to do next: said, with the button that does it (`verb` moves the file)."""

    text: str
    label: str
    href: str = ""
    verb: str = ""


@desk.get("/seekers/<uuid:key>")
@allow(Right.SEEKERS_READ)
def seeker(key: uuid.UUID) -> ResponseReturnValue:
    """Show one file, calmly."""
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    return render_template("counsellor/file/overview.html", **_shown(found))


def _shown(found: Seeker) -> dict[str, Any]:
    session, person = db.session(), found.person
    purposes = agreed(session, person.id)
    waiting = []
    if me().may(Right.MATCHES_READ):
        waiting = waiting_for(session, seeker=found, actor=me())
    asked = {one.field for one in waiting}
    blank = [queries.QUESTIONS[name] for name in queries.blank(found) if name not in asked]
    verbs = FILE_MOVES.verbs(found.state) if me().may(Right.SEEKERS_WRITE) else []
    return frame(found, "file") | {
        "agreed": purposes,
        "purposes": PURPOSE_LABELS,
        "waiting": waiting[:MOST_QUESTIONS],
        "missing": blank[: max(0, MOST_QUESTIONS - len(waiting))],
        "doubts": _doubts(found),
        "step": next_step(found, purposes, waiting, verbs),
        "verbs": [(verb, VERB_LABELS[verb]) for verb in verbs],
        "latest": timeline.timeline(found, show="all", most=LATEST),
        "merges": merges_of(session, found),
        "numbers": masked_numbers(found),
        **_responsible(found),
        "may_see_sensitive": me().may(Right.SENSITIVE_READ),
        **dossier_shown(dossier(session, found)),
    }


def _responsible(found: Seeker) -> dict[str, Any]:
    """Return who is responsible, and whether the reader may hand the file over."""
    known = by_ids(db.session(), [found.responsible_id])
    user = known.get(found.responsible_id or 0)
    is_own = user is None or user.id == me().user_id
    may = me().may(Right.CASELOADS) or (me().may(Right.CASELOAD) and is_own)
    return {
        "responsible": user.name if user else "",
        "whose": str(user.key) if user else NOBODY,
        "may_hand_over": may,
    }


def next_step(
    found: Seeker,
    purposes: Collection[Purpose],
    waiting: list[Waiting],
    verbs: Collection[str],
) -> Step | None:
    """Return the one thing to do next; None when the file rests."""
    may_write = me().may(Right.SEEKERS_WRITE)
    if found.state not in AVAILABLE:
        return None
    if Purpose.REGISTER not in purposes:
        to = url_for("counsellor.seeker_consents", key=found.key, give="register")
        text = _("Chưa có sự đồng ý lưu hồ sơ nên chưa tìm việc được.")
        return Step(text, _("Hỏi sự đồng ý"), href=to) if may_write else None
    asks = len(vacancies_of(db.session(), found))
    if asks:
        text = ngettext(
            "Đang được giới thiệu ở %(num)s nơi.",
            "Đang được giới thiệu ở %(num)s nơi.",
            asks,
        )
        return Step(
            text, _("Xem từng nơi"), href=url_for("counsellor.seeker_referrals", key=found.key)
        )
    if found.state is FileState.NEW and "start-search" in verbs:
        text = _("Hồ sơ mới, chưa tư vấn.")
        return Step(text, translate(VERB_LABELS["start-search"]), verb="start-search")
    first = waiting[0] if waiting and waiting[0].opens else None
    if first and may_write:
        text = ngettext(
            "%(what)s: là điều kiện bắt buộc ở %(num)s vị trí đang tuyển.",
            "%(what)s: là điều kiện bắt buộc ở %(num)s vị trí đang tuyển.",
            first.opens,
            what=translate(first.for_staff),
        )
        to = url_for("counsellor.edit_seeker", key=found.key)
        return Step(text, _("Ghi câu trả lời"), href=to)
    to = url_for("counsellor.seeker_vacancies", key=found.key)
    return Step(_("Đủ để tìm việc. Xem vị trí nào hợp."), _("Tìm việc hợp"), href=to)


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

"""Two files that are of one person: which, laid side by side, made one, and apart again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import names
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.finding import is_number, looked_for, onward
from jobcenter.desks.counsellor.merge_words import lines
from jobcenter.desks.forms import Form
from jobcenter.desks.pages import translate
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.paging import Slice, asked
from jobcenter.kernel.vietnamese import clean_line
from jobcenter.kernel.words import N_
from jobcenter.people import suspects
from jobcenter.people.choices import PURPOSE_LABELS, REASON_LABELS, STRENGTH_LABELS
from jobcenter.people.lookalikes import traits_of
from jobcenter.people.merging import conflicting
from jobcenter.seekers import duplicates as twice
from jobcenter.seekers import merging, queries
from jobcenter.seekers.choices import FIELD_LABELS, SIDE_LABELS, STATE_LABELS, Side
from jobcenter.work import rules as work
from jobcenter.work.queue import ring

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

FOUND = 10  # files that a search for the other one shows


class MergeForm(Form):
    """Nothing but the one-time key: the choices are named after the parts of the two files."""


@desk.get("/seekers/duplicates")
@allow(Right.SEEKERS_WRITE)
def duplicates() -> ResponseReturnValue:
    """List the pairs of files that may be of one person, the surest first."""
    page = twice.suspicions(db.session(), me(), asked(request.args.get("page")))
    saw([one.person_id for row in page.items for one in (row.first, row.second)], Look.LIST)
    return render_template(
        "counsellor/merge/duplicates.html",
        page=page,
        reasons=REASON_LABELS,
        strengths=STRENGTH_LABELS,
        form=Form(),
    )


@desk.post("/seekers/duplicates/find")
@allow(Right.SEEKERS_WRITE)
def find_duplicates() -> ResponseReturnValue:
    """Let a worker compare the whole register now; it does so each night by itself."""
    form = Form()
    if before := once.already(form):
        return redirect(before, 303)
    title = _("Tìm người có hai hồ sơ")
    job = work.ask(db.session(), kind="find-suspects", title=title, params={}, by=me())
    there = once.remember(form, url_for("work.job", key=job.key))
    db.session.commit()
    ring(job.key)
    return redirect(there, 303)


@desk.post("/seekers/duplicates/<uuid:key>/apart")
@allow(Right.SEEKERS_WRITE)
def say_apart(key: uuid.UUID) -> ResponseReturnValue:
    """Record that a pair is two people."""
    pair = twice.suspicion(db.session(), key, me())
    suspects.say_apart(db.session(), pair=pair, by=me())
    db.session.commit()
    flash(_("Đã ghi là hai người khác nhau. Cặp này không hiện lại nữa."), "success")
    return redirect(url_for("counsellor.duplicates"), 303)


@desk.post("/seekers/<uuid:key>/merge/find")
@allow(Right.SEEKERS_WRITE)
def find_merge(key: uuid.UUID) -> ResponseReturnValue:
    """Take what was typed to find the other file by."""
    queries.one(db.session(), key, me())
    text = clean_line(request.form.get("text", ""))[:80]
    return onward("counsellor.choose_merge", text, "", key=str(key))


@desk.get("/seekers/<uuid:key>/merge")
@allow(Right.SEEKERS_WRITE)
def choose_merge(key: uuid.UUID) -> ResponseReturnValue:
    """Find the other file of the same person: whoever looks alike, or by a search."""
    found = queries.one(db.session(), key, me())
    typed, told = clean_line(request.args.get("text", ""))[:80], request.args.get("hidden", "")
    if is_number(typed):
        return onward("counsellor.choose_merge", typed, "", key=str(key))
    text = looked_for(typed, told[:200])
    alike = twice.known_as(
        db.session(), me(), traits_of(found.person), but=[found.person_id], most=FOUND
    )
    wanted = queries.SeekerFilter(text=text)
    page = queries.listed(db.session(), me(), wanted, Slice(1, FOUND)) if text else None
    others = [row for row in page.items if row.id != found.id] if page else []
    alike = [one for one in alike if one.seeker is not None]
    saw([one.person.id for one in alike], Look.LIST)
    saw([found.person_id, *(one.person_id for one in others)], Look.LIST)
    return render_template(
        "counsellor/merge/choose.html",
        seeker=found,
        text=typed,
        looked_for=text,
        alike=alike,
        others=others,
        reasons=REASON_LABELS,
        states=STATE_LABELS,
    )


@desk.route("/seekers/<uuid:key>/merge/<uuid:with_key>", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def merge_seekers(key: uuid.UUID, with_key: uuid.UUID) -> ResponseReturnValue:
    """Lay two files side by side and make one of them; the file at `key` stays."""
    form = MergeForm()
    if form.is_submitted() and (before := once.already(form)):
        return redirect(before, 303)
    survivor, loser = _two(key, with_key)
    picks: Mapping[str, Side] = {}
    status = 200
    if form.is_submitted():
        picks, status = _picks(survivor, loser), 422
        if form.validate():
            try:
                return redirect(_merge(form, survivor, loser, picks), 303)
            except Refused as refused:
                db.session.rollback()
                survivor, loser = _two(key, with_key)
                form.refuse(refused)
                status = 409 if isinstance(refused, Stale) else 422
    return _page(form, survivor, loser, picks), status


def _two(key: uuid.UUID, with_key: uuid.UUID) -> tuple[Seeker, Seeker]:
    survivor = queries.one(db.session(), key, me())
    loser = queries.one(db.session(), with_key, me())
    if survivor.id == loser.id:
        raise Refused(N_("Chọn hai hồ sơ khác nhau."))
    saw([survivor.person_id, loser.person_id], Look.FILE)
    return survivor, loser


def _picks(survivor: Seeker, loser: Seeker) -> dict[str, Side]:
    """Return which side each part takes; what the page did not ask stays as it is."""
    asked = {part.name: part for part in merging.parts(db.session(), survivor, loser)}
    sent = {name: request.form.get(f"pick-{name}", "") for name in asked}
    return {name: Side(side) for name, side in sent.items() if side in asked[name].sides}


def _merge(form: MergeForm, survivor: Seeker, loser: Seeker, picks: Mapping[str, Side]) -> str:
    made = merging.merge(
        db.session(),
        survivor=survivor,
        loser=loser,
        picks=picks,
        seen=request.form.get("seen", ""),
        by=me(),
    )
    undo = url_for("counsellor.undo_merge", key=made.merge.key)
    there = once.remember(form, url_for("counsellor.seeker", key=survivor.key))
    db.session.commit()
    told = _("Đã gộp hồ sơ %(gone)s vào %(stays)s.", gone=loser.number, stays=survivor.number)
    flash(cast("str", {"text": told, "undo": {"label": _("Gỡ gộp"), "href": undo}}), "success")
    return there


def _page(form: MergeForm, survivor: Seeker, loser: Seeker, picks: Mapping[str, Side]) -> str:
    session = db.session()
    parts = merging.parts(session, survivor, loser)
    users = names(session, [survivor.responsible_id, loser.responsible_id])
    rows = [
        {
            "name": part.name,
            "label": translate(FIELD_LABELS[part.name]),
            "keep": lines(part.name, part.keep, users),
            "take": lines(part.name, part.take, users),
            "pick": picks.get(part.name, part.preset),
            "sides": part.sides,
            "is_same": part.is_same,
        }
        for part in parts
    ]
    ended = conflicting(session, survivor.person, loser.person)
    return render_template(
        "counsellor/merge/compare.html",
        form=form,
        stays=survivor,
        goes=loser,
        seen=merging.stamp(survivor, loser),
        rows=[row for row in rows if not row["is_same"]],
        same=[row for row in rows if row["is_same"]],
        ended=[PURPOSE_LABELS[purpose] for purpose in sorted(ended)],
        states=STATE_LABELS,
        sides=SIDE_LABELS,
        form_errors=bool(form.errors),
    )


@desk.post("/merges/<uuid:key>/undo")
@allow(Right.SEEKERS_WRITE)
def undo_merge(key: uuid.UUID) -> ResponseReturnValue:
    """Take two files apart that were made one."""
    made = twice.by_merge(db.session(), key, me())
    stays, goes = made.survivor, made.loser
    left = merging.undo(db.session(), made=made, by=me())
    db.session.commit()
    flash(_("Đã gỡ gộp: %(one)s và %(other)s lại là hai hồ sơ.", one=stays.number,
            other=goes.number), "success")  # fmt: skip
    if left:
        told = ", ".join(translate(FIELD_LABELS.get(name, name)) for name in left)
        flash(_("Các mục đã sửa sau khi gộp được giữ nguyên ở %(number)s: %(fields)s.",
                number=stays.number, fields=told), "warning")  # fmt: skip
    return redirect(url_for("counsellor.seeker", key=stays.key), 303)

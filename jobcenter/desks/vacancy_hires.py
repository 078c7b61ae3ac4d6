"""Who was hired into a vacancy, shared by both desks: hiring, confirming, leaving.

A firm names the people that it waits for by their masked code, and reads a name once the centre
has confirmed that the person is in the job. Staff name anybody by the number of the file.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import me
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_form import WORDS
from jobcenter.desks.vacancy_pages import Desk, require_shape
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.matching.choices import Audience
from jobcenter.matching.queries import code_for_firm, eligible, job_for_firm
from jobcenter.placements import queries
from jobcenter.placements.choices import EARLY_DAYS, END_LABELS, EndReason
from jobcenter.referrals import hiring, sight
from jobcenter.referrals.guards import Said
from jobcenter.referrals.lists import of_vacancy
from jobcenter.referrals.queries import in_process
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies


class HireForm(Form):
    """Who starts, and when."""

    seeker = LineField(N_("Người nhận việc"), most=40, needed=True, render_kw={"list": "waiting"})
    started_on = DateField(N_("Ngày bắt đầu làm"), default=clock.today)

    def day(self) -> dt.date:
        """Return the day of the start, or refuse."""
        if self.started_on.day is None:
            raise Refused(N_("Cần điền mục này."), field="started_on")
        return self.started_on.day


class EndForm(Form):
    """When somebody left, and why."""

    ended_on = DateField(N_("Ngày nghỉ"), default=clock.today)
    reason = SelectField(
        N_("Lý do"), choices=lambda: [(one.value, _(END_LABELS[one])) for one in EndReason]
    )


@dataclass(frozen=True)
class Line:
    """One person as the reader may see them; `number` and `seeker_key` are for staff alone."""

    who: str
    detail: str
    seeker_key: uuid.UUID | None
    placement: Any


def page(
    desk: Desk,
    key: uuid.UUID,
    *,
    hiring: HireForm | None = None,
    ending: tuple[uuid.UUID, EndForm] | None = None,
    refused: Refused | None = None,
) -> str:
    """Show who is in the job, who left, and a form to hire."""
    vacancy = vacancies.one(db.session(), key, me())
    placements = queries.of_vacancy(db.session(), vacancy, me())
    waiting = _waiting(vacancy)
    lines = [_line(one) for one in placements]
    forms: dict[Any, EndForm] = {}
    for number, one in enumerate(p for p in placements if p.ended_on is None):
        form = ending[1] if ending and ending[0] == one.key else EndForm(formdata=None)
        for field in form:
            field.id = f"end-{number}-{field.short_name}"
        forms[one.key] = form
    return render_template(
        "vacancies/hires.html",
        desk=desk,
        vacancy=vacancy,
        lines=lines,
        forms=forms,
        form=hiring or HireForm(formdata=None),
        tried=hiring or (ending[1] if ending else None),
        refused=refused,
        waiting=[_named(one) for one in waiting],
        waiting_count=len(in_process(db.session(), vacancy.id, me())),
        left=vacancies.openings_left(vacancy),
        end_labels=END_LABELS,
        early_days=EARLY_DAYS,
        may_write=vacancies.may_write(vacancy, me()),
        may_confirm=me().may(Right.VACANCIES_WRITE),
        form_errors=bool(hiring or ending or refused),
        fresh=lambda: Form(formdata=None),
        **WORDS,
    )


def _is_staff() -> bool:
    return me().may(Right.SEEKERS_READ)


def _line(placement: Any) -> Line:
    seeker = placement.seeker
    if _is_staff() or placement.confirmed_at is not None:
        saw(seeker.person_id, Look.LIST)
        name = seeker.person.full_name
        return Line(name, seeker.number, seeker.key if _is_staff() else None, placement)
    saw(seeker.person_id, Look.MASKED)
    return Line(code_for_firm(seeker, me().enterprise_id or 0), "", None, placement)


def _waiting(vacancy: Any) -> Sequence[Any]:
    """Return the people under way who may be named to the reader now.

    A firm is told of whom it asked for or was sent, not of those whom the centre only weighs.
    """
    session = db.session()
    ids = set(in_process(session, vacancy.id))
    if not _is_staff():
        rows = [row for row in of_vacancy(session, vacancy, me()) if row.ended_at is None]
        opened = sight.opened(session, rows, clock.today())
        shown = set(session.scalars(eligible(session, Audience.ENTERPRISE, clock.today())))
        ids &= {row.seeker.id for row in rows if row.id in opened or row.seeker.id in shown}
    return seekers.many(session, ids)


def _named(seeker: Any) -> tuple[str, str]:
    """Return what is sent for a person under way, and the words beside it."""
    if _is_staff():
        saw(seeker.person_id, Look.LIST)
        return seeker.number, seeker.person.full_name
    saw(seeker.person_id, Look.MASKED)
    return code_for_firm(seeker, me().enterprise_id or 0), job_for_firm(seeker)


def hire(desk: Desk, key: uuid.UUID) -> ResponseReturnValue:
    """Write down that somebody starts in the job."""
    vacancy = vacancies.one(db.session(), key, me())
    form = HireForm()
    try:
        if form.validate():
            if before := once.already(form):
                return redirect(before)
            seeker = _chosen(vacancy, form.seeker.data or "")
            hiring.hire_into(
                db.session(), vacancy=vacancy, seeker=seeker, by=me(),
                said=Said(started_on=form.day()),
            )  # fmt: skip
            target = once.remember(form, desk.href("hires", key=key))
            db.session.commit()
            flash(_("Đã ghi nhận việc."), "success")
            return redirect(target)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
    return page(desk, key, hiring=form), 422


def _chosen(vacancy: Any, typed: str) -> Any:
    wanted = typed.partition(" ")[0].upper()
    if _is_staff():
        try:
            return seekers.by_number(db.session(), wanted, me())
        except Missing:
            raise Refused(N_("Không có hồ sơ nào mang số này."), field="seeker") from None
    firm = me().enterprise_id or 0
    for one in _waiting(vacancy):
        if code_for_firm(one, firm) == wanted:
            return one
    raise Refused(
        N_("Không có ai như vậy đang chờ ở vị trí này. Chọn trong danh sách."), field="seeker"
    )


def end(desk: Desk, placement_key: uuid.UUID) -> ResponseReturnValue:
    """Write down that somebody left the job."""
    placement = queries.one(db.session(), placement_key, me())
    vacancy = placement.vacancy
    if vacancy is None:
        raise Missing
    key, form = vacancy.key, EndForm()
    try:
        if form.validate():
            if before := once.already(form):
                return redirect(before)
            if form.ended_on.day is None:
                raise Refused(N_("Cần điền mục này."), field="ended_on")
            frees = hiring.end_job(
                db.session(), placement=placement, ended_on=form.ended_on.day,
                reason=EndReason(form.reason.data), by=me(), version=form.seen_version(),
            )  # fmt: skip
            target = once.remember(form, desk.href("hires", key=key))
            db.session.commit()
            flash(
                _("Đã ghi nghỉ việc. Chỗ này trống lại.") if frees else _("Đã ghi nghỉ việc."),
                "success",
            )
            return redirect(target)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
    return page(desk, key, ending=(placement_key, form)), 422


def confirm(desk: Desk, placement_key: uuid.UUID) -> ResponseReturnValue:
    """Confirm a hire that the firm reported."""
    placement = queries.one(db.session(), placement_key, me())
    form = Form()
    key = placement.vacancy.key if placement.vacancy else None
    if key is None:
        raise Missing
    try:
        require_shape(form)
        if before := once.already(form):
            return redirect(before)
        hiring.confirm(db.session(), placement=placement, by=me())
        target = once.remember(form, desk.href("hires", key=key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return page(desk, key, refused=refused), 422
    flash(_("Đã xác nhận người này nhận việc."), "success")
    return redirect(target)

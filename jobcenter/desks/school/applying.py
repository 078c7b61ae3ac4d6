"""Applying at the counter: first who it is, then for which classes, with what speaks against."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses import queries as courses
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.editing import create
from jobcenter.desks.labels import choices, code_label
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.enrolment_forms import ApplyForm, PersonForm
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enrolments import eligibility, queries, rules
from jobcenter.enrolments.choices import EnrolState, Source
from jobcenter.enrolments.rules import Asked
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.people.entry import LooksLike, find_or_write
from jobcenter.people.queries import people_by_ids

SOMEBODY_ELSE = "new"


@desk.route("/learners/new", methods=["GET", "POST"])
@allow(Right.SCHOOL, Right.SEEKERS_WRITE)
def add_learner() -> ResponseReturnValue:
    """Find or write down who wants to learn; whoever may be meant is asked about."""
    form = PersonForm()
    if form.is_submitted() and (before := once.already(form)):
        return redirect(before, 303)
    _offer_again(form)
    if form.validate_on_submit():
        try:
            found = _find(form)
            there = url_for("school.apply", person_key=found.key, **_class_in_address())
            once.remember(form, there)
            db.session.commit()
        except LooksLike as alike:
            db.session.rollback()
            _offer(form, people_by_ids(db.session(), alike.people))
            form.refuse(alike)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            return redirect(there, 303)
    page = render_template(
        "school/learner_new.html",
        form=form,
        communes=choices("commune"),
        form_errors=bool(form.errors),
    )
    return page, 422 if form.is_submitted() else 200


def _class_in_address() -> dict[str, Any]:
    key = key_in(request.args.get("course"))
    return {"course": key} if key else {}


def _find(form: PersonForm) -> Any:
    shown = queries.people_with_keys(db.session(), _shown())
    chosen = next((one.id for one in shown if str(one.key) == form.same.data), None)
    others = [one.id for one in shown] if form.same.data == SOMEBODY_ELSE else []
    return find_or_write(
        db.session(), identity=form.identity(), by=me(), others=others, same=chosen
    ).person


def _offer(form: PersonForm, people: Any) -> None:
    """Let staff say which of these people is meant, or that it is somebody else."""
    saw([one.id for one in people], Look.LIST)
    form.same.choices = [
        *((str(one.key), _told(one)) for one in people), (SOMEBODY_ELSE, _("Người khác")),
    ]  # fmt: skip


def _offer_again(form: PersonForm) -> None:
    """Offer whom the page showed before: their keys came back with it."""
    if keys := _shown():
        _offer(form, queries.people_with_keys(db.session(), keys))


def _shown() -> list[uuid.UUID]:
    keys = []
    for text in request.form.getlist("shown")[:10]:
        try:
            keys.append(uuid.UUID(text))
        except ValueError:
            continue
    return keys


def _told(person: Any) -> str:
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else person.birth_year or ""
    phone = vietnamese.mask_phone(person.phone) if person.phone else ""
    where = code_label(person.current_commune, "commune") if person.current_commune else ""
    return ", ".join(filter(None, (person.full_name, str(born), where, phone)))


@desk.route("/learners/<uuid:person_key>/apply", methods=["GET", "POST"])
@allow(Right.SCHOOL, Right.SEEKERS_WRITE)
def apply(person_key: uuid.UUID) -> ResponseReturnValue:
    """Apply for one to three classes; the page says who may come and why not."""
    queries.one_person(db.session(), person_key, me())  # a stranger's key is no page
    open_ones = courses.taking(db.session(), me(), clock.today())
    form = ApplyForm(data=_blank())
    form.offer(open_ones)
    return create(
        form,
        act=lambda: _apply(person_key, form),
        leads_to=lambda made: url_for("school.enrolment", enrolment_key=_best(made).key),
        told=lambda made: _told_of(_best(made)),
        show=lambda: _apply_page(form, person_key),
    )


def _blank() -> dict[str, Any]:
    key = key_in(request.args.get("course"))
    return {"first": str(key)} if key else {}


def _apply(person_key: uuid.UUID, form: ApplyForm) -> list[Any]:
    session = db.session()
    keys = [uuid.UUID(text) for text in form.wishes()]
    found = {one.key: one for one in courses.classes_by_keys(session, keys, me())}
    return rules.apply(
        session,
        person=queries.one_person(session, person_key, me()),
        courses=[found[key] for key in keys],
        by=me(),
        asked=Asked(
            source=Source(form.source.data), proof=form.proof(),
            funding=form.funding.data or None, note=form.note.data or "",
        ),
    )  # fmt: skip


def _best(made: list[Any]) -> Any:
    return next((one for one in made if one.holds_seat), made[0])


def _told_of(row: Any) -> str:
    if row.state is EnrolState.ENROLLED:
        return str(_("%(number)s: đã vào lớp %(code)s.", number=row.number, code=row.course.code))
    if row.state is EnrolState.WAITING:
        return str(_("%(number)s: lớp đã hết chỗ, đã vào danh sách chờ.", number=row.number))
    return str(_("%(number)s: đã nhận đơn, chờ xếp chỗ.", number=row.number))


def _apply_page(form: ApplyForm, person_key: uuid.UUID) -> str:
    person = queries.one_person(db.session(), person_key, me())
    saw(person.id, Look.FILE)
    open_ones = courses.taking(db.session(), me(), clock.today())
    return render_template(
        "school/learner_apply.html",
        form=form,
        owner=person,
        courses=[
            (one, [g for g in eligibility.grounds(db.session(), person, one) if g.name != "open"])
            for one in open_ones[:30]
        ],
        more=max(0, len(open_ones) - 30),
        enrolments=queries.of_person(db.session(), me(), person.id),
        supports=queries.supports(db.session(), person.id),
        form_errors=bool(form.errors),
        **WORDS,
    )

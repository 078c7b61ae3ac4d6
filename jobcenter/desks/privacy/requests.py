"""The register of requests about data: overdue ones first, each with its last day and outcome."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import names
from jobcenter.audit.choices import Look
from jobcenter.audit.queries import history
from jobcenter.desks.access import allow, me
from jobcenter.desks.editing import create
from jobcenter.desks.forms import CheckField, DateField, Form, LineField, ProseField
from jobcenter.desks.privacy.blueprint import desk
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.people.choices import PURPOSE_LABELS, Purpose
from jobcenter.people.queries import agreed
from jobcenter.privacy import queries, rules
from jobcenter.privacy.choices import (
    ASKED_LABELS,
    CAME_LABELS,
    ENDING,
    GROUND_LABELS,
    REQUEST_KINDS,
    REQUEST_LABELS,
    Asked,
    Came,
    Ground,
    RequestState,
)
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from jobcenter.people.models import Person
    from jobcenter.privacy.models import DataRequest


class FilterForm(Form):
    """How the register is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Số hoặc tên"), most=60)
    asked = SelectField(
        N_("Yêu cầu gì"), default="",
        choices=lambda: [("", _("Tất cả")), *((a.value, _(ASKED_LABELS[a])) for a in Asked)],
    )  # fmt: skip
    state = SelectField(
        N_("Trạng thái"), default="",
        choices=lambda: [
            ("", _("Tất cả")), *((s.value, _(REQUEST_LABELS[s])) for s in RequestState)
        ],
    )  # fmt: skip

    def wanted(self) -> queries.RequestFilter:
        """Return the filter; what cannot be read narrows nothing."""
        good = {field.name: field.data for field in self if field.data and not field.errors}
        return queries.RequestFilter(
            text=good.get("text", ""),
            state=RequestState(good["state"]) if "state" in good else None,
            asked=Asked(good["asked"]) if "asked" in good else None,
        )


class TakeForm(Form):
    """A request as it came in at the counter, by letter or by phone."""

    number = LineField(N_("Số hồ sơ"), most=20, description=N_("Nếu đã có hồ sơ: HS-2026-00017"))
    name = LineField(N_("Họ và tên người hỏi"), most=120)
    contact = LineField(
        N_("Trả lời tới đâu"), most=120, description=N_("Điện thoại, email, địa chỉ")
    )
    asked = SelectField(
        N_("Yêu cầu gì"), choices=lambda: [(a.value, _(ASKED_LABELS[a])) for a in Asked]
    )
    came = SelectField(
        N_("Đến bằng cách nào"),
        choices=lambda: [(c.value, _(CAME_LABELS[c])) for c in Came if c is not Came.ONLINE],
    )
    received_on = DateField(N_("Ngày nhận"))
    proof = LineField(
        N_("Đã đối chiếu gì"), most=200, description=N_("Xem CCCD, gọi lại số trong hồ sơ…")
    )
    said = ProseField(N_("Người đó nói gì"), most=2000)


class StepForm(Form):
    """What is written with a step."""

    outcome = ProseField(N_("Đã làm gì, trả lời thế nào"), most=2000)
    why = LineField(N_("Vì sao gia hạn"), most=300)
    ground = SelectField(
        N_("Căn cứ từ chối"),
        validate_choice=False,
        choices=lambda: [(g.value, _(GROUND_LABELS[g])) for g in Ground],
    )
    number = LineField(N_("Số hồ sơ"), most=20)
    proof = LineField(N_("Đã đối chiếu gì"), most=200)
    purposes = CheckField(
        N_("Rút đồng ý cho"), choices=lambda: [(p.value, _(PURPOSE_LABELS[p])) for p in Purpose]
    )


@desk.get("/data-requests")
@allow(Right.DATA_REQUESTS)
def requests() -> ResponseReturnValue:
    """List the register; what is open stands on top, by its last day."""
    form = FilterForm(request.args)
    form.validate()
    page = queries.listed(db.session(), form.wanted(), asked(request.args.get("page")))
    saw([row.person_id for row in page.items if row.person_id is not None], Look.LIST)
    return render_template(
        "privacy/requests.html",
        form=form,
        page=page,
        overdue=queries.overdue(db.session(), clock.today()),
        is_narrowed=any(form[name].data for name in ("text", "asked", "state")),
        **_labels(),
    )


def _labels() -> dict[str, object]:
    return {
        "asked_labels": ASKED_LABELS,
        "came_labels": CAME_LABELS,
        "states": REQUEST_LABELS,
        "kinds": REQUEST_KINDS,
        "grounds": GROUND_LABELS,
    }


@desk.route("/data-requests/new", methods=["GET", "POST"])
@allow(Right.DATA_REQUESTS)
def take() -> ResponseReturnValue:
    """Take a request that came in otherwise than over the person's own page."""
    form = TakeForm()
    if request.method == "GET":
        form.number.data = request.args.get("number", "")[:20]
        form.received_on.process_data(clock.today())
    return create(
        form,
        act=lambda: _take(form),
        leads_to=lambda made: url_for("privacy.one_request", key=made.key),
        told=lambda made: _("Đã ghi %(number)s, hạn %(day)s.", number=made.number,
                            day=made.due_on.strftime("%d/%m/%Y")),
        show=lambda: render_template(
            "privacy/take.html", form=form, form_errors=bool(form.errors)
        ),
    )  # fmt: skip


def _take(form: TakeForm) -> DataRequest:
    return rules.take_request(
        db.session(),
        person=_person(form.number.data or ""),
        name=form.name.data or "",
        contact=form.contact.data or "",
        asked=Asked(form.asked.data),
        came=Came(form.came.data),
        said=form.said.data or "",
        proof=form.proof.data or "",
        received_on=form.received_on.day,
        by=me(),
    )


def _person(number: str) -> Person | None:
    """Return whose file has this number, None where none was typed; refuse an unknown one."""
    if not number:
        return None
    person_id = seekers.person_behind(db.session(), number.upper())
    found = queries.person(db.session(), person_id) if person_id else None
    if found is None:
        raise Refused(N_("Không có hồ sơ số này."), field="number")
    return found


@desk.get("/data-requests/<uuid:key>")
@allow(Right.DATA_REQUESTS)
def one_request(key: uuid.UUID) -> ResponseReturnValue:
    """Show one request: what was asked, until when, what can be done."""
    return page_of(queries.one(db.session(), key), StepForm(formdata=None))


def page_of(found: DataRequest, form: StepForm) -> ResponseReturnValue:
    """Return the page of a request."""
    session = db.session()
    person_id = found.person_id
    if person_id is not None:
        saw(person_id, Look.LIST, purpose=found.number)
    files = seekers.of_people(session, me(), [person_id] if person_id else [])
    page = render_template(
        "privacy/request.html",
        request=found,
        form=form,
        form_errors=bool(form.errors),
        seeker=files.get(person_id) if person_id else None,
        standing=sorted(agreed(session, person_id)) if person_id else [],
        ends_consents=found.asked in ENDING,
        purposes=PURPOSE_LABELS,
        is_open=found.state is RequestState.OPEN,
        may_decide=me().may(Right.PRIVACY),
        erasure=queries.erasure_of(session, found),
        lines=history(session, kind="data-request", subject_id=found.id),
        staff=names(session, [i for i in (found.taken_by_id, found.ended_by_id) if i]),
        **_labels(),
    )
    return page, 422 if form.errors else 200


@desk.post("/data-requests/<uuid:key>")
@allow(Right.DATA_REQUESTS)
def step(key: uuid.UUID) -> ResponseReturnValue:
    """Take one step: the first answer, whose data, more time, done, refused, taken back."""
    found, form = queries.one(db.session(), key), StepForm()
    if not form.validate():
        return page_of(found, form)
    try:
        told = _step(found, form, request.form.get("verb", ""))
        db.session.commit()
    except NotAllowed:
        raise
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return page_of(queries.one(db.session(), key), form)
    flash(told, "success")
    return redirect(url_for("privacy.one_request", key=key), 303)


def _step(found: DataRequest, form: StepForm, verb: str) -> str:
    if verb not in STEPS:
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    right, act, told = STEPS[verb]
    if not me().may(right):
        raise NotAllowed
    act(found, form)
    return str(_(told))


def _reply(found: DataRequest, _form: StepForm) -> None:
    rules.reply(db.session(), request=found, by=me())


def _recognise(found: DataRequest, form: StepForm) -> None:
    person = _person(form.number.data or "")
    if person is None:
        raise Refused(N_("Cần điền mục này."), field="number")
    proof = form.proof.data or ""
    rules.recognise(db.session(), request=found, person=person, proof=proof, by=me())


def _extend(found: DataRequest, form: StepForm) -> None:
    rules.extend(db.session(), request=found, why=form.why.data or "", by=me())


def _finish(found: DataRequest, form: StepForm) -> None:
    ended = {Purpose(one) for one in form.purposes.data or ()}
    rules.finish(
        db.session(), request=found, outcome=form.outcome.data or "", purposes=ended, by=me()
    )


def _refuse(found: DataRequest, form: StepForm) -> None:
    if form.ground.data not in set(Ground):  # only this step sends one
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="ground")
    rules.refuse(
        db.session(), request=found, ground=Ground(form.ground.data),
        outcome=form.outcome.data or "", by=me(),
    )  # fmt: skip


def _take_back(found: DataRequest, _form: StepForm) -> None:
    rules.take_back(db.session(), request=found, by=me())


# verb -> (who may, what it does, what is said then)
STEPS = {
    "reply": (Right.DATA_REQUESTS, _reply, N_("Đã ghi lần trả lời đầu.")),
    "recognise": (Right.DATA_REQUESTS, _recognise, N_("Đã ghi yêu cầu này của ai.")),
    "take-back": (Right.DATA_REQUESTS, _take_back, N_("Đã ghi người hỏi rút lại.")),
    "extend": (Right.PRIVACY, _extend, N_("Đã gia hạn. Báo người hỏi biết hạn mới.")),
    "finish": (Right.PRIVACY, _finish, N_("Đã giải quyết xong.")),
    "refuse": (Right.PRIVACY, _refuse, N_("Đã ghi từ chối. Báo người hỏi biết lý do.")),
}

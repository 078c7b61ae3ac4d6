"""The pages of a vacancy, shared by the centre's desk and the firm's.

Each desk keeps its own endpoints, rights and scope; what they do is the same and stands here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import editing, once
from jobcenter.desks.access import me
from jobcenter.desks.forms import Form, LineField, ProseField
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import NOT_COPIED, WORDS, VacancyForm, values_of
from jobcenter.desks.vacancy_history import told
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.referrals.queries import in_process
from jobcenter.vacancies import checks, queries, rules, steps

RECENT = 6  # changes in the side column; the rest stands on the history page


@dataclass(frozen=True)
class Desk:
    """Where a desk keeps its vacancies: endpoints under `name`, and its form."""

    name: str
    form: type[VacancyForm]
    firm_of: Callable[[Any, Any], Any]  # whose vacancy it is: (form, vacancy or None)
    more: Callable[[], dict[str, Any]] = dict  # what else the form's page needs
    new_form: type[VacancyForm] | None = None  # where a new vacancy is asked more

    def href(self, endpoint: str, **values: Any) -> str:
        """Return the address of an endpoint of this desk."""
        return url_for(f"{self.name}.{endpoint}", **values)


class WordingForm(Form):
    """What is done about one flagged wording."""

    act = LineField(most=20)
    flag = LineField(most=18)
    text = ProseField(most=2000)


def add(desk: Desk, start: dict[str, Any]) -> ResponseReturnValue:
    """Write down a new vacancy, beginning with `start`."""
    form = (desk.new_form or desk.form)(data=start)
    return editing.create(
        form,
        act=lambda: rules.draft(
            db.session(),
            data=form.confirm(form.read()),
            enterprise=desk.firm_of(form, None),
            by=me(),
        ),
        leads_to=lambda made: desk.href("vacancy", key=made.key),
        told=lambda made: _("Đã ghi bản nháp %(number)s.", number=made.number),
        show=lambda: _form_page(desk, form, None),
    )


def edit(desk: Desk, key: uuid.UUID) -> ResponseReturnValue:
    """Change one vacancy; a second editor chooses between both versions."""

    def save(found: Any, form: VacancyForm) -> None:
        rules.change(
            db.session(),
            vacancy=found,
            data=form.confirm(form.read()),
            enterprise=desk.firm_of(form, found),
            version=form.seen_version(),
            by=me(),
        )

    return editing.edit(
        editing.Editing(
            kind="vacancy",
            read=lambda: queries.one(db.session(), key, me()),
            form=lambda found, **kw: desk.form(data=values_of(found), **kw),
            save=save,
            show=lambda form, found: _form_page(desk, form, found),
            told=lambda found: _("Đã lưu %(number)s.", number=found.number),
            title=lambda found: found.number,
            back=desk.href("vacancy", key=key),
        )
    )


def _form_page(desk: Desk, form: VacancyForm, vacancy: Any) -> str:
    return render_template(
        "vacancies/form.html",
        desk=desk,
        form=form,
        vacancy=vacancy,
        communes=choices("commune"),
        form_errors=bool(form.errors),
        **WORDS,
        **{"firms": ()} | desk.more(),
    )


def show(
    desk: Desk,
    key: uuid.UUID,
    *,
    refused: Refused | None = None,
    page: str = "show",
    typed: str = "",
) -> ResponseReturnValue:
    """Show one vacancy, or its page for checking (`page="check"`), and what was refused."""
    vacancy = queries.one(db.session(), key, me())
    body = render_template(
        f"vacancies/{page}.html",
        desk=desk,
        vacancy=vacancy,
        refused=refused,
        typed=typed,
        fresh=lambda: Form(formdata=None),
        left=queries.openings_left(vacancy),
        waiting=len(in_process(db.session(), vacancy.id, me())),
        verbs=steps.verbs_for(vacancy, me()),
        may_edit=rules.may_edit(vacancy, me()),
        is_staff=me().may(Right.VACANCIES_READ),
        may_check=me().may(Right.VACANCIES_WRITE),
        hindrances=checks.refusals(db.session(), vacancy),
        unsettled=queries.unsettled(vacancy),
        doubts=queries.doubts(vacancy, clock.today()),
        missing=queries.missing(vacancy),
        import_notes=queries.import_notes(vacancy),
        marked=queries.marked,
        changes=told(queries.history(db.session(), vacancy, limit=60))[:RECENT],
        **WORDS,
    )
    if refused is None:
        return body
    return body, 409 if isinstance(refused, Stale) else 422


def history(desk: Desk, key: uuid.UUID) -> ResponseReturnValue:
    """Show every change of one vacancy."""
    vacancy = queries.one(db.session(), key, me())
    changes = told(queries.history(db.session(), vacancy, limit=1000))
    return render_template(
        "vacancies/history.html", desk=desk, vacancy=vacancy, changes=changes, **WORDS
    )


def settle(desk: Desk, key: uuid.UUID, page: str) -> ResponseReturnValue:
    """Approve, remark on or give grounds for one flagged wording, and go back to `page`."""
    vacancy = queries.one(db.session(), key, me())
    form = WordingForm()
    flag = form.flag.data or ""
    about: dict[str, Any] = {
        "vacancy": vacancy,
        "flag_id": int(flag) if flag.isascii() and flag.isdigit() else 0,
        "version": form.seen_version(),
        "by": me(),
    }
    text = form.text.data or ""
    try:
        require_shape(form)
        if before := once.already(form):
            return redirect(before)
        if form.act.data == "approve":
            checks.approve(db.session(), **about)
        elif form.act.data == "remark":
            checks.remark(db.session(), text=text, **about)
        else:
            checks.give_grounds(db.session(), grounds=text, **about)
        target = once.remember(form, desk.href(page, key=key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return show(
            desk, key, refused=refused, page="check" if page == "check_vacancy" else "show",
            typed=text,
        )  # fmt: skip
    flash(_("Đã ghi cho câu này."), "success")
    return redirect(target)


def require_shape(form: Form) -> None:
    """Refuse a form of a button or two whose token or shape is wrong."""
    if not form.validate():
        errors = [str(error) for found in form.errors.values() for error in found]
        raise Refused(errors[0])


def start(enterprise: Any) -> dict[str, Any]:
    """Return what a new form begins with: a copy of a former vacancy, else what the firm says.

    `copy` in the address is the key of the former one, or "last" for the last of this firm.
    """
    asked = request.args.get("copy")
    former = None
    if asked == "last" and enterprise is not None:
        former = queries.last_of(db.session(), me(), enterprise.id)
    elif asked and asked != "last" and (key := key_in(asked)) is not None:
        former = queries.one(db.session(), key, me())
    if former is not None:
        kept = values_of(former)
        return {name: value for name, value in kept.items() if name not in NOT_COPIED}
    if enterprise is None:
        return {}
    return {"firm": enterprise.tax_number or enterprise.name, "park_code": enterprise.park_code}

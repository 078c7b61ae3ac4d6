"""Editing a firm's everyday facts: one set of pages for its own people and for the centre."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.desks import firm_forms
from jobcenter.desks.access import me
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.forms import Form
from jobcenter.desks.labels import choices
from jobcenter.enterprises import reach, rules, workforce
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused


@dataclass(frozen=True)
class Place:
    """Where a firm's pages stand on one desk.

    `read` gives the firm afresh, scoped to who asks; `back` is its page, `crumbs` lead there.
    """

    read: Callable[[], Any]
    back: str
    workforce: str
    crumbs: Callable[[Any], list[tuple[str, str | None]]]
    sources: tuple[str, ...] = ()


def edit_contacts(place: Place) -> ResponseReturnValue:
    """Change whom the centre calls at the firm."""
    return _edit(
        place,
        "firms/contacts.html",
        form=lambda found, **kw: firm_forms.ContactsForm(data=firm_forms.contacts_of(found), **kw),
        save=lambda found, form: reach.replace_contacts(
            db.session(), enterprise=found, contacts=form.read(), version=form.seen_version(),
            by=me(),
        ),
    )  # fmt: skip


def edit_buses(place: Place) -> ResponseReturnValue:
    """Change the firm's bus routes with their stops."""
    return _edit(
        place,
        "firms/buses.html",
        form=lambda found, **kw: firm_forms.RoutesForm(data=firm_forms.routes_of(found), **kw),
        save=lambda found, form: reach.replace_bus_routes(
            db.session(), enterprise=found, routes=form.read(), version=form.seen_version(),
            by=me(),
        ),
    )  # fmt: skip


def edit_own(place: Place) -> ResponseReturnValue:
    """Change what the firm's own people keep of its record."""
    return _edit(
        place,
        "firms/own.html",
        form=lambda found, **kw: firm_forms.OwnForm(data=firm_forms.own_values(found), **kw),
        save=lambda found, form: rules.change_own(
            db.session(), enterprise=found, data=form.read(), version=form.seen_version(), by=me()
        ),
    )


def _edit(
    place: Place, template: str, *, form: Callable[..., Form], save: Callable[[Any, Any], None]
) -> ResponseReturnValue:
    return edit(
        Editing(
            kind="enterprise",
            read=place.read,
            form=form,
            save=save,
            show=lambda form, found: _page(template, place, form, found),
            told=lambda found: _("Đã lưu %(name)s.", name=found.name),
            title=lambda found: found.short_name or found.name,
            back=place.back,
        )
    )


def _page(template: str, place: Place, form: Form, enterprise: Any, **more: Any) -> str:
    form.make_room()
    return render_template(
        template,
        form=form,
        enterprise=enterprise,
        back=place.back,
        crumbs=place.crumbs(enterprise),
        communes=choices("commune"),
        form_errors=bool(form.errors),
        **more,
    )


def show_workforce(place: Place) -> ResponseReturnValue:
    """Show the firm's figures by date, and take another."""
    form = _figure_form(place)
    return create(
        form,
        act=lambda: workforce.write_figure(
            db.session(), enterprise=place.read(), data=form.read(), by=me()
        ),
        leads_to=lambda _made: place.workforce,
        told=lambda _made: _("Đã ghi số lao động."),
        show=lambda: _workforce_page(place, form),
    )


def _figure_form(place: Place, **kw: Any) -> firm_forms.FigureForm:
    form = firm_forms.FigureForm(data={"as_of": clock.today()}, **kw)
    if place.sources:
        form.only(place.sources)
    return form


def withdraw_figure(place: Place, figure_key: uuid.UUID) -> ResponseReturnValue:
    """Take a wrong figure out, with why."""
    form = firm_forms.WithdrawForm()
    try:
        if form.validate():
            workforce.withdraw_figure(
                db.session(), enterprise=place.read(), key=figure_key,
                why=form.why.data or "", by=me(),
            )  # fmt: skip
            db.session.commit()
            flash(_("Đã bỏ số liệu; lý do còn trong lịch sử."), "success")
            return redirect(place.workforce)
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
    fresh = _figure_form(place, formdata=None)
    return _workforce_page(place, fresh, withdraw=form, chosen=figure_key), 422


def _workforce_page(
    place: Place, form: Form, *, withdraw: Form | None = None, chosen: uuid.UUID | None = None
) -> str:
    enterprise = place.read()
    errors = bool(form.errors or (withdraw and withdraw.errors))
    return render_template(
        "firms/workforce.html",
        form=form,
        enterprise=enterprise,
        figures=workforce.figures(db.session(), enterprise),
        latest=workforce.latest(db.session(), enterprise),
        withdraw=withdraw or firm_forms.WithdrawForm(formdata=None),
        chosen=chosen,
        back=place.back,
        place=place,
        crumbs=place.crumbs(enterprise),
        form_errors=errors,
    )

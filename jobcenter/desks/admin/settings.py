"""Settings: what holds today, what will, and who said so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import pages
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.settings import queries, rules
from jobcenter.settings.choices import KIND_LABELS, REGISTER, Kind


class SettingForm(Form):
    """A value from a day on."""

    value = LineField(N_("Giá trị"), most=200)
    valid_from = DateField(N_("Từ ngày"), needed=True)


def shown(setting: Any, stored: str | None = None) -> str:
    """Return a stored value, or the default, as people read it."""
    raw = setting.stored(setting.default) if stored is None else stored
    if setting.kind is Kind.YES_NO:
        return str(_("Có") if raw == "yes" else _("Không"))
    if setting.kind is Kind.TEXT:
        return str(raw)
    if setting.kind is Kind.MONEY:
        return pages.money(int(raw))
    unit = setting.unit or (KIND_LABELS[setting.kind] if setting.kind is not Kind.INTEGER else "")
    return pages.unit(int(raw), _(unit)) if unit else pages.number(int(raw))


@desk.get("/settings")
@allow(Right.SETTINGS_WRITE)
def settings() -> ResponseReturnValue:
    """Every setting under its heading, with the value of today and the next one."""
    today = clock.today()
    groups: dict[str, list[tuple[Any, Any, Any]]] = {}
    values = queries.all_values(db.session())
    for one in sorted(REGISTER.values(), key=lambda s: (s.group, s.label)):
        given = values.get(one.key, [])
        now = next((v for v in given if v.valid_from <= today), None)
        later = [v for v in given if v.valid_from > today]
        groups.setdefault(one.group, []).append((one, now, later[-1] if later else None))
    return render_template("admin/settings.html", groups=groups, shown=shown)


@desk.route("/settings/<key>", methods=["GET", "POST"])
@allow(Right.SETTINGS_WRITE)
def setting(key: str) -> ResponseReturnValue:
    """One setting by date, and a new value for it."""
    found: Any = queries.one_setting(key)
    given = queries.values_of(db.session(), key)
    now = next((v.value for v in given if v.valid_from <= clock.today()), None)
    typed = found.stored(found.default) if now is None else now
    form = SettingForm(data={"value": typed, "valid_from": clock.today()})
    if form.validate_on_submit() and form.valid_from.day:
        try:
            rules.change(
                db.session(),
                of=found,
                text=form.value.data or "",
                valid_from=form.valid_from.day,
                by=me(),
            )
            db.session.commit()
            flash(_("Đã ghi từ %(day)s.", day=form.valid_from.data), "success")
            return redirect(url_for("admin.settings"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template(
        "admin/setting.html",
        setting=found,
        form=form,
        values=queries.values_of(db.session(), key),
        shown=shown,
        yes_no=found.kind is Kind.YES_NO,
    )
    return page, 422 if form.is_submitted() else 200


@desk.post("/settings/<key>/withdraw")
@allow(Right.SETTINGS_WRITE)
def withdraw_setting(key: str) -> ResponseReturnValue:
    """Take back a value that has not begun."""
    queries.one_setting(key)
    raw = request.form.get("valid_from", "")
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError:
        raise Missing from None
    rules.withdraw(db.session(), key=key, valid_from=day, by=me())
    db.session.commit()
    return redirect(url_for("admin.setting", key=key))

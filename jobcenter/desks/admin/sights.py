"""Who saw whom: by person, by account, by day and by purpose."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.validators import StopValidation

from jobcenter.accounts import queries as accounts
from jobcenter.accounts.choices import Right
from jobcenter.audit import sights as queries
from jobcenter.audit.choices import LOOK_LABELS, Look
from jobcenter.desks.access import allow
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.people.queries import identities
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from jobcenter.accounts.models import User
    from jobcenter.audit.sights import SightFilter


ASKED = ("number", "login", "since", "until", "look", "purpose")


def look_choices() -> list[tuple[str, str]]:
    """Return every kind of look with its name."""
    return [("", _("Tất cả")), *((look.value, _(LOOK_LABELS[look])) for look in Look)]


class SightForm(Form):
    """What is asked of the log; nothing asked shows the latest."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    person: int | None = None
    account: User | None = None
    number = LineField(N_("Số hồ sơ"), most=20)
    login = LineField(N_("Tên đăng nhập"), most=80)
    since = DateField(N_("Từ ngày"))
    until = DateField(N_("Đến hết ngày"))
    look = SelectField(N_("Xem gì"), choices=look_choices, default="")
    purpose = LineField(N_("Mục đích có chữ"), most=80)

    def validate_number(self, field: LineField) -> None:
        """Know the file, or say so."""
        if field.data:
            self.person = seekers.person_behind(db.session(), field.data.upper())
        if field.data and self.person is None:
            raise StopValidation(_("Không có hồ sơ số này."))

    def validate_login(self, field: LineField) -> None:
        """Know the account, or say so."""
        if field.data:
            self.account = accounts.find_user(db.session(), field.data)
        if field.data and self.account is None:
            raise StopValidation(_("Không có tài khoản này."))


@desk.get("/sights")
@allow(Right.LEDGER_READ)
def sights() -> ResponseReturnValue:
    """Answer who saw whom; a question that cannot be read is said, not answered."""
    form = SightForm(request.args)
    is_good = form.validate()
    page = None
    if is_good:
        window = asked(request.args.get("page"), request.args.get("size"))
        page = queries.sights(db.session(), _wanted(form), window)
    items = page.items if page else []
    return render_template(
        "admin/sights.html",
        form=form,
        form_errors=not is_good,
        page=page,
        is_narrowed=any(form[name].data for name in ASKED),
        users=accounts.names(db.session(), {one.user_id for one in items if one.user_id}),
        numbers=seekers.numbers(db.session(), {one.person_id for one in items}),
        looks=LOOK_LABELS,
        most=queries.COUNTED,
    )


def _wanted(form: SightForm) -> SightFilter:
    return queries.SightFilter(
        person_ids=identities(db.session(), form.person) if form.person else None,
        user_id=form.account.id if form.account else None,
        since=_midnight(form.since.day),
        until=_midnight(form.until.day, days=1),
        look=Look(form.look.data) if form.look.data else None,
        purpose=form.purpose.data or "",
    )


def _midnight(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    """Return when a day of Hải Phòng begins, or the one after so many."""
    if day is None or day.year >= dt.MAXYEAR:
        return None
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(), clock.LOCAL)

"""The first page of an empty installation: the first administrator, the two units, the language."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField, RadioField

from jobcenter.accounts import passwords
from jobcenter.accounts import setup as rules
from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.rules import TooManyTries, count_guess
from jobcenter.catalogue import units
from jobcenter.catalogue.choices import Unit
from jobcenter.config import Settings
from jobcenter.desks.access import public
from jobcenter.desks.forms import Form, LineField, Needed
from jobcenter.desks.languages import LOCALES
from jobcenter.desks.public.views import desk
from jobcenter.desks.signin import role_needs_factor
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

FRONTS = {Unit.CENTRE: "centre", Unit.SCHOOL: "school"}
PLACE = "Hải Phòng"
LANGUAGES = {"vi": N_("Tiếng Việt"), "en": N_("Tiếng Anh")}


class SetupForm(Form):
    """Everything that an installation needs before anybody can work."""

    code = LineField(N_("Mã cài đặt"), most=40, needed=True)
    name = LineField(N_("Họ và tên người quản trị"), needed=True)
    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    password = PasswordField(N_("Mật khẩu"), [Needed()])
    again = PasswordField(N_("Nhập lại mật khẩu"), [Needed()])
    centre_vi = LineField(N_("Tên trung tâm"), most=160, needed=True)
    centre_en = LineField(N_("Tên trung tâm, tiếng Anh"), most=160, needed=True)
    school_vi = LineField(N_("Tên trường"), most=160, needed=True)
    school_en = LineField(N_("Tên trường, tiếng Anh"), most=160, needed=True)
    superior_vi = LineField(N_("Cơ quan cấp trên"), most=160, needed=True)
    superior_en = LineField(N_("Cơ quan cấp trên, tiếng Anh"), most=160, needed=True)
    locale = RadioField(
        N_("Ngôn ngữ của tài khoản này"),
        default=LOCALES[0],
        choices=lambda: [(code, _(name)) for code, name in LANGUAGES.items()],
    )


@desk.route("/setup", methods=["GET", "POST"])
@public
def setup() -> ResponseReturnValue:
    """Make the first administrator; the page is gone as soon as anybody has an account."""
    if not rules.is_empty(db.session()):
        raise Missing
    form = SetupForm(data=_known())
    status = 200
    if form.validate_on_submit():
        try:
            _set_up(form)
            session["locale"] = form.locale.data
            flash(_("Đã cài đặt xong. Đăng nhập bằng tên và mật khẩu vừa chọn."), "success")
            return redirect(url_for("public.sign_in"))
        except Missing:
            raise
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, TooManyTries) else 422
    elif form.is_submitted():
        status = 422
    page = render_template(
        "public/setup.html",
        form=form,
        form_errors=bool(form.errors),
        least=passwords.least(has_factor=role_needs_factor(Role.ADMINISTRATOR)),
    )
    return page, status


def _set_up(form: SetupForm) -> None:
    if form.password.data != form.again.data:
        raise Refused(N_("Hai lần nhập mật khẩu khác nhau."), field="again")
    login, name = form.login.data or "", form.name.data or ""
    plain = passwords.check(
        form.password.data or "",
        login=login,
        name=name,
        has_factor=role_needs_factor(Role.ADMINISTRATOR),
    )
    settings: Settings = current_app.config["SETTINGS"]
    count_guess(
        db.session(),
        login="setup",
        address=request.remote_addr or "",
        tries=settings.sign_in_tries,
        seconds=settings.sign_in_window_seconds,
    )
    db.session.commit()  # the try counts whatever follows, and no lock is held while hashing
    hashed = current_app.config["HASHER"].hash(plain)
    rules.make_first(
        db.session(),
        code=form.code.data or "",
        login=login,
        name=name,
        locale=form.locale.data or LOCALES[0],
        password_hash=hashed,
    )
    _name_units(form)
    db.session.commit()


def _now(unit: Unit) -> units.UnitAt | None:
    """Return a unit as the shipped lists name it, None where they are not loaded yet."""
    try:
        return units.unit_at(db.session(), unit, clock.today())
    except Missing:
        return None


def _known() -> dict[str, str]:
    """Return the names that ship, as a start."""
    found: dict[str, str] = {}
    for unit, front in FRONTS.items():
        if (now := _now(unit)) is not None:
            found |= {f"{front}_vi": now.name_vi, f"{front}_en": now.name_en}
            found |= {"superior_vi": now.superior_vi, "superior_en": now.superior_en}
    return found


def _name_units(form: SetupForm) -> None:
    """Write down names that differ from those known, from today on."""
    by = system(form.name.data or "", EVERYTHING)
    for unit, front in FRONTS.items():
        now = _now(unit)
        names = {
            "name_vi": form[f"{front}_vi"].data or "",
            "name_en": form[f"{front}_en"].data or "",
            "superior_vi": form.superior_vi.data or "",
            "superior_en": form.superior_en.data or "",
        }
        if now is not None and all(getattr(now, name) == text for name, text in names.items()):
            continue
        kept = ("place", "address", "phone", "email", "stamp_note")
        rest = {name: getattr(now, name) for name in kept} if now else {"place": PLACE}
        data = units.ProfileData(valid_from=clock.today(), **names, **rest)
        units.set_profile(db.session(), unit=unit, data=data, by=by)

"""Home, sign-in, sign-out, language, health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from wtforms import PasswordField

from jobcenter.accounts import rules, sessions
from jobcenter.accounts.choices import Role, SignInOutcome
from jobcenter.accounts.queries import find_user
from jobcenter.accounts.setup import is_empty
from jobcenter.config import Settings
from jobcenter.desks import helping
from jobcenter.desks.access import early, me, public, signed_in
from jobcenter.desks.forms import Form, LineField, Needed
from jobcenter.desks.languages import may_choose
from jobcenter.desks.pages import landing, safe_path
from jobcenter.desks.signin import enter
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from jobcenter.accounts.models import User

desk = Blueprint("public", __name__)


class SignInForm(Form):
    """Login and password."""

    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    password = PasswordField(N_("Mật khẩu"), [Needed()])


@desk.get("/")
@public
def home() -> ResponseReturnValue:
    """Send people to their desk, others to the door."""
    if me().user_id is not None:
        return redirect(url_for(landing()))
    return redirect(url_for("public.setup" if is_empty(db.session()) else "public.sign_in"))


@desk.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Check login and password; the throttle counts before the hash is computed."""
    form = SignInForm()
    if not form.is_submitted():
        is_new = is_empty(db.session())
        return render_template("public/sign_in.html", form=form, form_errors=False, is_new=is_new)
    if form.validate():
        try:
            there = safe_path(request.args.get("next"))
            if _open_session(form):
                return redirect(there or url_for("public.home"))
            return redirect(url_for("public.second_step", next=there))
        except rules.TooManyTries as refused:
            form.refuse(refused)
            return _again(form, 429)
        except Refused as refused:
            form.refuse(refused)
    return _again(form, 422)


def _again(form: SignInForm, status: int) -> ResponseReturnValue:
    return render_template("public/sign_in.html", form=form, form_errors=True), status


def _open_session(form: SignInForm) -> bool:
    """Open a session, or half of one where a second factor is set up; say which."""
    settings: Settings = current_app.config["SETTINGS"]
    user = _counted(form, settings)
    hasher, dummy = current_app.config["HASHER"], current_app.config["DUMMY_HASH"]
    try:
        known = rules.check_password(hasher, user, (form.password.data or "")[:500], dummy)
    except rules.WrongSignIn:
        note(user, SignInOutcome.WRONG if user is None or user.is_active else SignInOutcome.BLOCKED)
        raise
    where = {"browser": request.user_agent.string, "address": request.remote_addr or ""}
    locale = session.get("locale", known.locale)
    if known.totp_since is not None:
        half = sessions.open_half(db.session(), user=known, **where)
        db.session.commit()
        session.clear()
        session["locale"], session["half"] = locale, half
        return False
    note(known, SignInOutcome.OK)
    token = rules.start_session(db.session(), user=known, hours=settings.session_hours, **where)
    db.session.commit()
    enter(token, locale)
    return True


def _counted(form: SignInForm, settings: Settings) -> User | None:
    """Count the guess and return the account it is for; nothing stays locked afterwards."""
    user = find_user(db.session(), form.login.data or "")
    if user is not None:
        db.session.expunge(user)  # or reading its hash would open a transaction while we hash
    try:
        rules.count_guess(
            db.session(),
            login=form.login.data or "",
            address=request.remote_addr or "",
            tries=settings.sign_in_tries,
            seconds=settings.sign_in_window_seconds,
        )
    except rules.TooManyTries as refused:
        if refused.is_first:  # one line for each window, however many tries follow
            note(user, SignInOutcome.TOO_MANY)
        db.session.commit()
        raise
    db.session.commit()  # the guess counts whatever follows, and no lock is held while hashing
    return user


def note(user: User | None, outcome: SignInOutcome) -> None:
    """Add a line to the sign-in history; a failure is committed at once."""
    rules.note_sign_in(
        db.session(),
        user=user,
        outcome=outcome,
        address=request.remote_addr or "",
        browser=request.user_agent.string,
    )
    if outcome != SignInOutcome.OK:
        db.session.commit()


@desk.post("/sign-out")
@early
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the session in the database, so that no copy of the cookie works."""
    rules.end_session(db.session(), token=current_user.token, by=me())
    db.session.commit()
    locale = session.get("locale")
    logout_user()
    session.clear()
    if isinstance(locale, str) and may_choose(locale):
        session["locale"] = locale
    return redirect(url_for("public.sign_in"))


@desk.get("/language/<to>")
@public
def language(to: str) -> ResponseReturnValue:
    """Switch the language and go back to the page."""
    if may_choose(to):
        session["locale"] = to
    return redirect(safe_path(request.args.get("next")) or url_for("public.home"))


@desk.get("/help")
@public
def guide() -> ResponseReturnValue:
    """List what each desk's help answers; the reader's own desk first."""
    return render_template("public/help.html", guides=helping.guides(), layout=_frame())


@desk.get("/help/<desk>")
@public
def desk_guide(desk: str) -> ResponseReturnValue:
    """Show the tasks of one desk, step by step."""
    one = next((one for one in helping.guides() if one.desk == desk), None)
    if one is None:
        abort(404)
    return render_template("public/desk_help.html", one=one, layout=_frame())


def _frame() -> str:
    """Return the frame of the reader's own pages."""
    if me().user_id is None:
        return "layouts/public.html"
    return "layouts/plain.html" if me().role == Role.SEEKER else "layouts/staff.html"

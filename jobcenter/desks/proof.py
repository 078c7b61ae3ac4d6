"""Asking again for the password before an account changes: a mark that lasts some minutes.

`@proved` stands under the access mark of a view. A page that is only read is reached over a small
form; a form that was sent comes back whole after the password was typed, so nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from jobcenter.accounts import rules, sessions
from jobcenter.config import Settings
from jobcenter.desks.access import READING
from jobcenter.desks.errors import words
from jobcenter.desks.signin import hold, this_session
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused

P = ParamSpec("P")
FIELD = "proof"
# What never travels in a page: the token of this one, and whatever is typed blind.
NOT_CARRIED = ("csrf_token", FIELD)


def proved(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let a view run only shortly after the password was typed."""

    @wraps(view)
    def ask_first(*args: P.args, **kw: P.kwargs) -> ResponseReturnValue:
        if is_fresh():
            return view(*args, **kw)
        if request.method in READING:
            return redirect(url_for("account.confirm", next=request.full_path.rstrip("?")))
        refused: Refused | None = None
        if FIELD in request.form:
            try:
                prove(request.form[FIELD])
                return view(*args, **kw)
            except Refused as error:
                refused = error
        return _ask_again(refused)

    return ask_first


def is_fresh() -> bool:
    """Say whether the password was typed in this session a short while ago."""
    settings: Settings = current_app.config["SETTINGS"]
    age = clock.now() - current_user.proved_at
    return bool(age < dt.timedelta(minutes=settings.proof_minutes))


def prove(password: str) -> None:
    """Check the password of who is signed in; the session goes on under a new token."""
    settings: Settings = current_app.config["SETTINGS"]
    user = this_session().user
    rules.count_guess(
        db.session(),
        login=user.login,
        address=request.remote_addr or "",
        tries=settings.sign_in_tries,
        seconds=settings.sign_in_window_seconds,
    )
    db.session.commit()
    db.session.refresh(user)
    db.session.expunge(user)
    db.session.rollback()  # a hash takes its time: nothing stays open meanwhile
    hasher, dummy = current_app.config["HASHER"], current_app.config["DUMMY_HASH"]
    try:
        rules.check_password(hasher, user, password[:500], dummy)
    except rules.WrongSignIn:
        raise rules.WrongPassword from None
    token = sessions.renew(db.session(), this_session())
    db.session.commit()
    hold(token)


def _ask_again(refused: Refused | None) -> ResponseReturnValue:
    """Show the password form with what was sent inside it."""
    db.session.rollback()
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_CARRIED and "password" not in name
    ]
    page = render_template(
        "account/again.html", kept=kept, why=words(refused) if refused else "",
        form_errors=refused is not None, field=FIELD,
    )  # fmt: skip
    too_many = isinstance(refused, rules.TooManyTries)
    return page, 429 if too_many else 422 if refused else 403

"""Every failure becomes a page that says what to do, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from flask import Flask, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from jobcenter.desks.access import READING
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Moved, NotAllowed, NotImpartial, Refused, Stale, shown


def page(status: int, why: str = "") -> ResponseReturnValue:
    """Return the page for `status`; `why` says more where there is more to say."""
    body = render_template("errors/error.html", code=status, message=why)
    response = make_response(body, status)
    if status in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def _fail(status: int, why: str = "") -> ResponseReturnValue:
    db.session.rollback()
    return page(status, why)


class Worded(Protocol):
    """A msgid with the values of its %(name)s places: a refusal, a note."""

    @property
    def message(self) -> str:
        """Vietnamese msgid."""

    @property
    def params(self) -> Mapping[str, object]:
        """Values by the name of their place."""


def words(worded: Worded) -> str:
    """Return a refusal or a note in the reader's language."""
    english = str(get_locale()) != "vi"
    values = {name: shown(value, english=english) for name, value in worded.params.items()}
    return str(_(worded.message, **values) if values else _(worded.message))


def _moved(error: Moved) -> ResponseReturnValue:
    """Lead on to the record that stands for one that was merged; a POST is told it did nothing."""
    db.session.rollback()
    if request.method in READING:
        there = re.sub(str(error.old), str(error.new), request.full_path, flags=re.IGNORECASE)
        return redirect(there.rstrip("?"))
    flash(words(error), "warning")
    return redirect(url_for("counsellor.seeker", key=error.new), 303)


def attach(app: Flask) -> None:
    """Map exceptions to pages; the order is from the particular to the general."""

    def refused(error: Refused) -> ResponseReturnValue:
        statuses = {Missing: 404, NotAllowed: 403, NotImpartial: 403, Stale: 409}
        return _fail(statuses.get(type(error), 422), words(error))

    app.register_error_handler(Moved, _moved)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, lambda error: _fail(error.code or 500))
    app.register_error_handler(StaleDataError, lambda _error: _fail(409))
    app.register_error_handler(IntegrityError, lambda _error: _fail(409))
    app.register_error_handler(DataError, lambda _error: _fail(400))
    app.register_error_handler(OverflowError, lambda _error: _fail(400))
    app.register_error_handler(OperationalError, lambda _error: _fail(503))
    app.register_error_handler(PoolTimeout, lambda _error: _fail(503))
    app.register_error_handler(500, lambda _error: _fail(500))

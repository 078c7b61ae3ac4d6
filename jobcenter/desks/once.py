"""A form that was sent twice is answered twice, but acted on once."""

from __future__ import annotations

from jobcenter.desks.access import me
from jobcenter.desks.forms import Form
from jobcenter.kernel import once
from jobcenter.kernel.db import db


def already(form: Form) -> str | None:
    """Return where this very form led when it was sent before, else None."""
    key = str(form.form_key.data or "")
    return once.already(db.session(), form_key=key, user_id=me().user_id)


def remember(form: Form, location: str) -> str:
    """Keep where the form leads, inside the transaction of its act, and return it."""
    key = str(form.form_key.data or "")
    once.remember(db.session(), form_key=key, user_id=me().user_id, location=location)
    return location

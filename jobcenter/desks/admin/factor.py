"""A lost phone: the administrator lets somebody set up the second factor anew."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts import factor, queries
from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.proof import proved
from jobcenter.kernel.db import db


@desk.post("/users/<uuid:key>/factor/reset")
@allow(Right.USERS_MANAGE)
@proved
def reset_factor(key: uuid.UUID) -> ResponseReturnValue:
    """Forget an account's second factor; every session of it ends."""
    found = queries.one_user(db.session(), key)
    factor.remove(db.session(), user=found, by=me())
    db.session.commit()
    flash(_("Đã bỏ mã xác thực của %(login)s; lần tới sẽ tạo lại.", login=found.login), "success")
    return redirect(url_for("admin.user", key=key), 303)

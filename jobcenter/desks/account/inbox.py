"""What one was told, as lines inside."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from jobcenter.desks.access import me, signed_in
from jobcenter.desks.account.blueprint import desk
from jobcenter.desks.forms import Form
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import asked
from jobcenter.notices import queries, rules


@desk.get("/messages")
@signed_in
def inbox() -> ResponseReturnValue:
    """Show what the reader was told, newest first."""
    page = queries.inbox(db.session(), me().user_id or 0, asked(request.args.get("page")))
    return render_template(
        "account/inbox.html",
        page=page,
        read=queries.as_read,
        unread=queries.unread(db.session(), me().user_id or 0),
    )


@desk.post("/messages")
@signed_in
def read_inbox() -> ResponseReturnValue:
    """Mark everything as read."""
    if not Form().validate():
        raise BadRequest
    rules.read_all(db.session(), user_id=me().user_id or 0)
    db.session.commit()
    return redirect(url_for("account.inbox"), 303)

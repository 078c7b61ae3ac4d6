"""The copy of a person's data, for whom a request asks it."""

from __future__ import annotations

import uuid

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.privacy.blueprint import desk
from jobcenter.desks.proof import proved
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.privacy import copying, queries


@desk.post("/data-requests/<uuid:key>/copy")
@allow(Right.PRIVACY)
@proved
def copy(key: uuid.UUID) -> ResponseReturnValue:
    """Give everything held about the person of a request; the look and the copy are logged."""
    found = queries.one(db.session(), key)
    if found.person_id is None or queries.erasure_of(db.session(), found) is not None:
        raise Missing
    number, person_id = found.number, found.person_id
    db.session.rollback()
    body, rows = copying.build(db.session(), person_id, named=number)
    copying.note(db.session(), person_id, rows=rows, by=me())
    db.session.commit()
    saw(person_id, Look.SENSITIVE, purpose=number)
    return attachment(body, f"ban-sao-{number}.zip", "application/zip")

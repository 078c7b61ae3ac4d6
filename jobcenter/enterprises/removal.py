"""Taking a firm's record out again that should never have been written: an import undone.

Only while nothing hangs on it and nobody changed it; else it stays, and is paused or corrected.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.enterprises.checks import require_staff
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.actor import Actor


def take_out(session: Session, *, enterprise_id: int, version: int, by: Actor) -> bool:
    """Delete a record of this version that waits for approval; say whether that could be done."""
    firm = session.get(Enterprise, enterprise_id, with_for_update={"of": Enterprise})
    if firm is None or firm.version != version or firm.standing is not Standing.PENDING:
        return False
    require_staff(by, firm)
    try:
        with session.begin_nested():
            session.delete(firm)
            session.flush()
    except IntegrityError:
        session.expire_all()
        return False  # a vacancy, a figure, a user or a branch hangs on it
    record(
        session, by=by, action="take-out-enterprise", kind="enterprise", subject_id=enterprise_id
    )
    return True

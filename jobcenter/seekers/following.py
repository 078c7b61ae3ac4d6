"""The file follows what happens to its person in a job."""

from __future__ import annotations

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.seekers.choices import JOB_MOVES, FileState
from jobcenter.seekers.models import Seeker


def follow_job(session: Session, *, seeker: Seeker, verb: str, by: Actor) -> None:
    """Let the file say that its person has work, or looks again, where its state allows it."""
    hold(session, seeker, None)
    if verb in JOB_MOVES.verbs(seeker.state):
        move_to(session, seeker, verb, JOB_MOVES.after(verb, seeker.state), by)


def move_to(session: Session, seeker: Seeker, verb: str, after: FileState, by: Actor) -> None:
    """Set the state of a file that is held, and tell the ledger."""
    before, seeker.state = seeker.state, after
    session.flush()
    record(
        session, by=by, action="move-seeker", kind="seeker", subject_id=seeker.id,
        verb=verb, before=before.value, after=after.value,
    )  # fmt: skip

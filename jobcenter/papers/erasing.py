"""At an erasure papers of others lose the lines that name the person; a number stays listed."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobcenter.kernel.erasing import Subject, eraser, scrubbed
from jobcenter.papers.models import Paper


@eraser
def scrub_papers(session: Session, subject: Subject) -> None:
    """Take the person out of lists and letters about something else, as they were printed."""
    others = or_(Paper.person_id.is_(None), Paper.person_id.not_in(subject.person_ids))
    for paper in session.scalars(select(Paper).where(others).order_by(Paper.id)):
        content = scrubbed(paper.content, subject)
        if content != paper.content:
            paper.content = content
        if subject.is_in(paper.title):
            paper.title = scrubbed(paper.title, subject)

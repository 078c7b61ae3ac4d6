"""The slip that a visitor takes along: one numbered paper for each visit, however often printed."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from jobcenter.advising.choices import BRING, BRING_ALWAYS, VISITOR_SLIP
from jobcenter.advising.models import Visit
from jobcenter.catalogue.queries import lists
from jobcenter.documents.writing import Names
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.papers import queries as register_queries
from jobcenter.papers import rules as register
from jobcenter.papers.models import Paper


def visitor_slip(session: Session, *, visit: Visit, by: Actor) -> Paper:
    """Return the slip of a visit: the one that it has, or a newly numbered one."""
    session.refresh(visit, with_for_update={"of": Visit})
    there = register_queries.of_subject(session, kind="visit", subject_ids=[visit.id])
    standing = [paper for paper in there if register_queries.is_issued(paper)]
    if standing:
        return standing[0]
    return register.issue(
        session,
        kind=VISITOR_SLIP,
        subject_id=visit.id,
        person_id=visit.person_id,
        title=visit.ticket,
        content=_content(session, visit),
        by=by,
    )


def to_bring(visit: Visit) -> list[str]:
    """Return what to bring next time, each once, by the services asked for."""
    wanted = [*BRING_ALWAYS]
    for service in visit.services or ():
        wanted += BRING.get(service, ())
    return list(dict.fromkeys(wanted))


def _content(session: Session, visit: Visit) -> dict[str, Any]:
    names = Names(lists(session))
    return {
        "so_thu_tu": visit.ticket,
        "luc_den": f"{clock.local(visit.taken_at):%H:%M %d/%m/%Y}",
        "ho_ten": visit.who or "",
        "quay": str(visit.desk or ""),
        "viec": names.all("G", visit.services),
        "ma_luot": visit.reference,
        "mang_theo": to_bring(visit),
    }

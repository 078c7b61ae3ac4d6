"""Storing lists as they left, setting people aside, building the index anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import aside
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.matching.choices import Audience, Unsuitable
from jobcenter.matching.index import VERSION, Generation, Progress, holder
from jobcenter.matching.models import (
    Lexicon,
    MatchDocument,
    Recommendation,
    RecommendationItem,
    SetAside,
)
from jobcenter.matching.queries import CandidateList, OfferList
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from ml.criteria import Weights
from ml.documents import Profile
from ml.documents import Vacancy as Opening
from ml.index import MatchIndex
from ml.scoring import Match


@dataclass(frozen=True)
class Scored:
    """One line of a stored list with every number that was shown or sorted by."""

    rank: int
    seeker_id: int
    vacancy_id: int
    score: float
    job_fit: int
    wish_fit: int
    price: float


def store(found: CandidateList, *, by: Actor) -> str:
    """Store a candidate list in a short transaction of its own; return its key.

    Called before the page leaves, so that there is no list that nobody can account for.
    """
    lines = [(item.line, item.match, found.opening, item.profile) for item in found.page.items]
    query = {"vacancy": found.opening.to_dict()}
    return _store(found.generation, found.audience, lines, query, str(found.today), by,
                  vacancy_id=found.vacancy.id)  # fmt: skip


def store_offers(found: OfferList, *, by: Actor) -> str:
    """Store a list of vacancies for a person the same way; return its key."""
    lines = [
        (rank, offer.match, offer.opening, found.profile)
        for rank, offer in enumerate(found.offers, start=1)
        if found.profile is not None
    ]
    query = {"vacancies": [offer.opening.to_dict() for offer in found.offers]}
    return _store(found.generation, found.audience, lines, query, str(found.today), by,
                  seeker_id=found.seeker.id)  # fmt: skip


def _store(
    held: Generation, audience: Audience, lines: Sequence[tuple[int, Match, Opening, Profile]],
    query: dict[str, Any], today: str, by: Actor, **of: int,
) -> str:  # fmt: skip
    settings = {
        "weights": asdict(held.index.weights),
        "priced": held.index.log_prices is not None,
        "today": today,
    }
    with aside() as session:
        row = Recommendation(
            audience=audience, user_id=by.user_id, version=VERSION,
            lexicon=_keep_lexicon(session, held), query=query, settings=settings, **of,
        )  # fmt: skip
        session.add(row)
        session.flush()
        _keep_documents(session, [profile for _rank, _match, _asked, profile in lines])
        session.add_all(_item(row.id, *line) for line in lines)
    held.lexicon = row.lexicon  # only now is it surely in the database
    return str(row.key)


def _item(
    recommendation_id: int, rank: int, match: Match, asked: Opening, profile: Profile
) -> RecommendationItem:
    return RecommendationItem(
        recommendation_id=recommendation_id,
        rank=rank,
        seeker_id=int(profile.id),
        vacancy_id=int(asked.id),
        score=match.score,
        job_fit=match.job_fit.hundredths,
        wish_fit=match.wish_fit.hundredths,
        price=match.price or 0.0,
        document=profile.content_hash(),
    )


def _keep_lexicon(session: Session, held: Generation) -> str:
    if held.lexicon is not None:
        return held.lexicon
    body = holder().lexicon(held.name)
    digest = hashlib.sha256(body).hexdigest()
    _insert_once(session, Lexicon, [{"digest": digest, "body": body}])
    return digest


def _keep_documents(session: Session, documents: Sequence[Profile]) -> None:
    rows = {
        document.content_hash(): {
            "digest": document.content_hash(),
            "seeker_id": int(document.id),
            "body": document.to_dict(),
        }
        for document in documents
    }
    if rows:
        _insert_once(session, MatchDocument, list(rows.values()))


def _insert_once(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    session.execute(insert(table).on_conflict_do_nothing(), rows)


def reproduce(session: Session, row: Recommendation) -> list[Scored]:
    """Score a stored list again from what was stored; equal to `stored` bit for bit.

    Refuses once a person on it was erased, since their document is gone.
    """
    lexicon = session.get(Lexicon, row.lexicon or "")
    items = stored(session, row)
    digests = _digests(session, row)
    bodies: dict[str, dict[str, Any]] = dict(
        session.execute(
            select(MatchDocument.digest, MatchDocument.body).where(
                MatchDocument.digest.in_(digests.values())
            )
        ).all()
    )
    if lexicon is None or len(bodies) < len(set(digests.values())):
        raise Refused(N_("Danh sách này có người đã xoá dữ liệu nên không lập lại được nữa."))
    people = {i: Profile.from_dict(bodies[digest]) for i, digest in digests.items()}
    asked = {int(o.id): o for o in map(Opening.from_dict, _openings(row.query))}
    prices = {str(i.seeker_id): i.price for i in items} if row.settings["priced"] else None
    index = MatchIndex.from_lexicon(
        lexicon.body, {p.id: p for p in people.values()}.values(),
        weights=Weights(**row.settings["weights"]), eps=1.0, log_prices=prices,
    )  # fmt: skip
    return [
        _scored(item, index.score_pair(asked[item.vacancy_id], people[item.seeker_id]))
        for item in items
    ]


def _openings(query: dict[str, Any]) -> list[dict[str, Any]]:
    return [query["vacancy"]] if "vacancy" in query else list(query["vacancies"])


def _scored(item: Scored, match: Match) -> Scored:
    return Scored(
        item.rank, item.seeker_id, item.vacancy_id, match.score, match.job_fit.hundredths,
        match.wish_fit.hundredths, match.price or 0.0,
    )  # fmt: skip


def stored(session: Session, row: Recommendation) -> list[Scored]:
    """Return a stored list as it left."""
    items = session.scalars(_items(row)).all()
    return [
        Scored(i.rank, i.seeker_id, i.vacancy_id, i.score, i.job_fit, i.wish_fit, i.price)
        for i in items
    ]


def _digests(session: Session, row: Recommendation) -> dict[int, str]:
    return {item.seeker_id: item.document for item in session.scalars(_items(row))}


def _items(row: Recommendation) -> Any:
    return (
        select(RecommendationItem)
        .where(RecommendationItem.recommendation_id == row.id)
        .order_by(RecommendationItem.rank)
    )


def set_aside(
    session: Session, *, vacancy: Vacancy, seeker: Seeker, reason: Unsuitable, note: str, by: Actor
) -> None:
    """Take a person off a vacancy's lists, with the reason; done twice, the first reason stays."""
    require_impartial(by, vacancy.enterprise_id)
    known = select(SetAside.id).where(
        SetAside.vacancy_id == vacancy.id, SetAside.seeker_id == seeker.id
    )
    if session.scalar(known) is not None:
        return
    session.add(
        SetAside(
            vacancy_id=vacancy.id, seeker_id=seeker.id, reason=reason, note=note, by_id=by.user_id
        )
    )
    session.flush()
    record(
        session, by=by, action="set-aside", kind="seeker", subject_id=seeker.id,
        vacancy=vacancy.number, reason=reason.value,
    )  # fmt: skip


def take_back(session: Session, *, vacancy: Vacancy, seeker: Seeker, by: Actor) -> None:
    """Undo `set_aside`; nothing happens when the person was not set aside."""
    require_impartial(by, vacancy.enterprise_id)
    gone = session.scalars(
        delete(SetAside)
        .where(SetAside.vacancy_id == vacancy.id, SetAside.seeker_id == seeker.id)
        .returning(SetAside.id)
    ).all()
    if gone:
        record(
            session, by=by, action="take-back", kind="seeker", subject_id=seeker.id,
            vacancy=vacancy.number,
        )  # fmt: skip
        session.flush()


def rebuild(session: Session, progress: Progress | None = None) -> int:
    """Build the index from the whole register and learn prices; return how many files it holds.

    `progress(done, total)` is called as files are read. Every process opens the new generation
    before its next answer.
    """
    return holder().rebuild(session, progress)

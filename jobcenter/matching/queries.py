"""Recommendation lists: ranked by ml, checked against the database, explained in words.

Every id that ml returns is looked up in the reader's own transaction (`shareable`, old enough, for
a firm also `shown`); those that fail are taken out and the list is filled again. Whoever is in the
vacancy's pipeline or was set aside is not offered.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from jobcenter.accounts.choices import Right
from jobcenter.enterprises.queries import is_closed
from jobcenter.kernel import clock, crypto, vietnamese
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.matching import words
from jobcenter.matching.choices import Audience
from jobcenter.matching.documents import SHOWN, opening, openings
from jobcenter.matching.index import Generation, holder
from jobcenter.matching.models import Recommendation, RecommendationItem, SetAside
from jobcenter.matching.words import GateMark, Line, Point, Question
from jobcenter.referrals.queries import taken, vacancies_of
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import (
    files_of,
    many,
    old_enough,
    shareable,
    shown,
    stand_in_files,
)
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import open_ones
from ml.criteria import distance_km
from ml.documents import GENERAL_EDUCATION, SHIFTS, Profile
from ml.documents import Vacancy as Opening
from ml.filters import Filters
from ml.index import MatchIndex
from ml.ranking import RankedList
from ml.scoring import Match

LAST_RANK = 1_000
ROUNDS = 5  # of refilling; each round takes out everybody who failed the last check
ASKED_AMONG = 100


@dataclass(frozen=True)
class CandidateFilter:
    """What a candidate list is narrowed to. `place`: a commune's code, "bus" or "park"."""

    keyword: str = ""
    place: str = ""
    shift: str = ""
    general_education: str = ""
    available_by: dt.date | None = None


@dataclass(frozen=True)
class Candidate:
    """One line: the person (`seeker`, with what hangs on the file) and why they stand here.

    `line` counts from 1 over all pages; `rank` is shared by people who are equal; `km` lies
    between commune centres.
    """

    line: int
    rank: int
    seeker: Seeker
    profile: Profile
    match: Match
    job_fit: int | None
    wish_fit: int | None
    gates: tuple[GateMark, ...]
    points: tuple[Point, ...]
    introduced: int
    km: float | None
    has_bus: bool
    is_tied: bool

    @property
    def set_back(self) -> int:
        """Return how many ranks lower the person stands because many vacancies want them."""
        return self.match.set_back


@dataclass(frozen=True)
class CandidateList:
    """One page of candidates for a vacancy; `found` counts all, pages end at LAST_RANK."""

    page: Page[Candidate]
    found: int
    vacancy: Vacancy
    opening: Opening
    audience: Audience
    generation: Generation
    today: dt.date


@dataclass(frozen=True)
class Offer:
    """One vacancy for a job seeker."""

    vacancy: Vacancy
    opening: Opening
    match: Match
    job_fit: int | None
    wish_fit: int | None
    gates: tuple[GateMark, ...]
    points: tuple[Point, ...]
    km: float | None
    has_bus: bool


@dataclass(frozen=True)
class OfferList:
    """The vacancies for one person; `profile` is None for a file that may not be matched now."""

    offers: tuple[Offer, ...]
    seeker: Seeker
    profile: Profile | None
    audience: Audience
    generation: Generation
    today: dt.date


@dataclass(frozen=True)
class Explanation:
    """How one pair's two numbers came about; the lines of each add up to it."""

    job_fit: int | None
    job_lines: tuple[Line, ...]
    wish_fit: int | None
    wish_lines: tuple[Line, ...]
    gates: tuple[GateMark, ...]
    terms: tuple[str, ...]
    introduced: int
    price: float | None
    km: float | None


def eligible(session: Session, audience: Audience, today: dt.date) -> Select[int]:
    """Return the query of ids that may stand on a list for `audience` now."""
    found = shown() if audience is Audience.ENTERPRISE else shareable()
    return old_enough(session, found, today)


def candidates(
    session: Session, *, vacancy: Vacancy, actor: Actor, audience: Audience,
    wanted: CandidateFilter, window: Slice,
) -> CandidateList:  # fmt: skip
    """Return one page of the people for a vacancy, best first, with reasons.

    Staff with the right see any vacancy's; a firm sees its own, masked ones; refuses others.
    """
    _require_sight(vacancy, actor, audience)
    today = clock.today()
    held, asked = holder().fresh(session), opening(session, vacancy)
    filters = _filters(wanted, asked, audience)
    window = replace(window, number=min(window.number, LAST_RANK // window.size))
    out = _out(session, vacancy)
    matches, total = _checked(session, held.index, asked, filters, out, audience, window)
    rows = {row.id: row for row in many(session, [_id(m) for m in matches])}
    items = [
        _candidate(window.offset + i, rows[_id(match)], profile, match, asked, audience)
        for i, match in enumerate(matches, start=1)
        if (profile := held.index.get(match.profile_id)) and _id(match) in rows
    ]
    page = Page(items, window.number, window.size, min(total, LAST_RANK))
    return CandidateList(page, total, vacancy, asked, audience, held, today)


def _require_sight(vacancy: Vacancy, actor: Actor, audience: Audience) -> None:
    require_impartial(actor, vacancy.enterprise_id)
    if actor.may(Right.MATCHES_READ):
        return  # staff may see what they hand to a firm, too
    if audience is not Audience.ENTERPRISE:
        raise NotAllowed
    if not actor.acts_for(vacancy.enterprise_id) or is_closed(vacancy.enterprise):
        raise Missing


def _filters(wanted: CandidateFilter, asked: Opening, audience: Audience) -> Filters:
    communes = {"": None, "bus": frozenset(asked.bus_communes), "park": None}
    return Filters(
        communes=communes.get(wanted.place, frozenset({wanted.place})),
        parks=frozenset({asked.park}) if wanted.place == "park" else None,
        shift=wanted.shift if wanted.shift in SHIFTS else "",
        general_education=(
            wanted.general_education if wanted.general_education in GENERAL_EDUCATION else ""
        ),
        available_by=wanted.available_by,
        tags=frozenset({SHOWN}) if audience is Audience.ENTERPRISE else frozenset(),
        keyword=wanted.keyword,
    )


def _out(session: Session, vacancy: Vacancy) -> set[str]:
    """Return the ids not offered for a vacancy: in its pipeline, in its job, or set aside."""
    merged = stand_in_files()
    stands = select(func.coalesce(merged.c.root_id, SetAside.seeker_id)).outerjoin_from(
        SetAside, merged, merged.c.seeker_id == SetAside.seeker_id
    )
    aside = session.scalars(stands.where(SetAside.vacancy_id == vacancy.id))
    return {str(i) for i in (*taken(session, vacancy.id), *aside)}


def _checked(
    session: Session, index: MatchIndex, asked: Opening, filters: Filters, out: set[str],
    audience: Audience, window: Slice,
) -> tuple[list[Match], int]:  # fmt: skip
    """Rank, take out who may not be shown now, and fill the page again until it holds."""
    today = clock.today()
    ranked, bad = RankedList((), 0), set[str]()
    for _round in range(ROUNDS):
        ranked = index.rank(
            asked, limit=window.size, filters=filters, today=today,
            exclude=frozenset(out), offset=window.offset,
        )  # fmt: skip
        bad = _refused(session, [_id(match) for match in ranked], audience, today)
        if not bad:
            break
        out |= bad
    kept = [match for match in ranked if match.profile_id not in bad]
    return kept, ranked.total - len(bad)


def _refused(session: Session, ids: Sequence[int], audience: Audience, today: dt.date) -> set[str]:
    allowed = eligible(session, audience, today).where(Seeker.id.in_(ids))
    return {str(i) for i in set(ids) - set(session.scalars(allowed))}


def _id(match: Match) -> int:
    return int(match.profile_id)


def _candidate(
    line: int, seeker: Seeker, profile: Profile, match: Match, asked: Opening, audience: Audience
) -> Candidate:
    return Candidate(
        line=line,
        rank=match.rank,
        seeker=seeker,
        profile=profile,
        match=match,
        job_fit=words.whole(match.job_fit),
        wish_fit=words.whole(match.wish_fit),
        gates=words.gate_marks(match.gates),
        points=words.points(match, profile, audience, asked),
        introduced=profile.introduced,
        km=distance_km(asked, profile.commune, profile.lat, profile.lon),
        has_bus=bool(asked.has_bus) and profile.commune in asked.bus_communes,
        is_tied=match.tie_group is not None,
    )


def ask_next(session: Session, found: CandidateList) -> list[Question]:
    """Return what to ask first, from the best hundred of the list without its filters."""
    ranked = found.generation.index.rank(
        found.opening, limit=ASKED_AMONG, filters=Filters(), today=found.today,
        exclude=frozenset(_out(session, found.vacancy)), offset=0,
    )  # fmt: skip
    bad = _refused(session, [_id(m) for m in ranked], found.audience, found.today)
    return words.questions([m for m in ranked if m.profile_id not in bad])


def vacancies_for(session: Session, *, seeker: Seeker, actor: Actor, limit: int) -> OfferList:
    """Return the open vacancies for a job seeker, best first; none for a file not to be matched.

    Staff with the right may ask for anybody, a job seeker for their own file.
    """
    audience = Audience.COUNSELLOR if actor.may(Right.MATCHES_READ) else Audience.SEEKER
    if audience is Audience.SEEKER and actor.person_id != seeker.person_id:
        raise Missing
    today = clock.today()
    held = holder().fresh(session)
    profile = held.index.get(str(seeker.id))
    if profile is None or _refused(session, [seeker.id], audience, today):
        return OfferList((), seeker, None, audience, held, today)
    out = {*vacancies_of(session, seeker), *_set_aside_from(session, seeker)}
    rows = {str(row.id): row for row in open_ones(session, today) if row.id not in out}
    asked = {o.id: o for o in openings(session, [row.id for row in rows.values()])}
    ranked = held.index.rank_vacancies(profile, list(asked.values()), limit=limit, today=today)
    offers = tuple(
        _offer(rows[m.vacancy_id], asked[m.vacancy_id], profile, m, audience) for m in ranked
    )
    return OfferList(offers, seeker, profile, audience, held, today)


def _set_aside_from(session: Session, seeker: Seeker) -> Sequence[int]:
    aside = SetAside.seeker_id.in_(files_of(session, seeker))
    return session.scalars(select(SetAside.vacancy_id).where(aside)).all()


def _offer(
    vacancy: Vacancy, asked: Opening, profile: Profile, match: Match, audience: Audience
) -> Offer:
    return Offer(
        vacancy=vacancy,
        opening=asked,
        match=match,
        job_fit=words.whole(match.job_fit),
        wish_fit=words.whole(match.wish_fit),
        gates=words.gate_marks(match.gates),
        points=words.points(match, profile, audience, asked),
        km=distance_km(asked, profile.commune, profile.lat, profile.lon),
        has_bus=bool(asked.has_bus) and profile.commune in asked.bus_communes,
    )


def explanation(session: Session, *, vacancy: Vacancy, seeker: Seeker, actor: Actor) -> Explanation:
    """Return how the two numbers of a pair came about, part by part."""
    _require_sight(vacancy, actor, Audience.COUNSELLOR)
    today = clock.today()
    index, asked = holder().fresh(session).index, opening(session, vacancy)
    profile = index.get(str(seeker.id))
    if profile is None or _refused(session, [seeker.id], Audience.COUNSELLOR, today):
        raise Refused(N_("Hồ sơ này hiện không được giới thiệu: xem đồng ý và trạng thái hồ sơ."))
    told = index.explain(asked, profile.id, today)
    match = told.match
    return Explanation(
        job_fit=words.whole(match.job_fit),
        job_lines=words.lines(match.job_fit),
        wish_fit=words.whole(match.wish_fit),
        wish_lines=words.lines(match.wish_fit),
        gates=words.gate_marks(match.gates),
        terms=tuple(term.in_profile for term in told.strongest()),
        introduced=profile.introduced,
        price=match.price,
        km=distance_km(asked, profile.commune, profile.lat, profile.lon),
    )


def set_aside_list(session: Session, vacancy: Vacancy) -> Sequence[tuple[SetAside, Seeker]]:
    """Return who was set aside for a vacancy, newest first; of a merged file who stands for it."""
    merged = stand_in_files()
    found = (
        select(SetAside, Seeker)
        .outerjoin(merged, merged.c.seeker_id == SetAside.seeker_id)
        .join(Seeker, Seeker.id == func.coalesce(merged.c.root_id, SetAside.seeker_id))
        .join(Seeker.person)
        .where(SetAside.vacancy_id == vacancy.id)
        .options(contains_eager(Seeker.person))
        .order_by(SetAside.id.desc())
        .limit(50)
    )
    return [(aside, seeker) for aside, seeker in session.execute(found)]


def shown_line(
    session: Session, *, key: uuid.UUID, rank: int, vacancy: Vacancy, actor: Actor
) -> Seeker:
    """Return who stands on a line of a firm's stored list, while they may still be shown."""
    _require_sight(vacancy, actor, Audience.ENTERPRISE)
    merged = stand_in_files()
    found = (
        select(Seeker)
        .select_from(RecommendationItem)
        .join(Recommendation, Recommendation.id == RecommendationItem.recommendation_id)
        .outerjoin(merged, merged.c.seeker_id == RecommendationItem.seeker_id)
        .join(Seeker, Seeker.id == func.coalesce(merged.c.root_id, RecommendationItem.seeker_id))
        .where(
            Recommendation.key == key,
            Recommendation.audience == Audience.ENTERPRISE,
            Recommendation.vacancy_id == vacancy.id,
            RecommendationItem.rank == rank,
            Seeker.id.in_(eligible(session, Audience.ENTERPRISE, clock.today())),
        )
    )
    if (seeker := session.scalar(found)) is None:
        raise Missing
    return seeker


def code_for_firm(seeker: Seeker, enterprise_id: int) -> str:
    """Return what a firm calls a masked person: the same for this firm always, no other's."""
    blind = crypto.keyring().blind(f"{enterprise_id}:{seeker.id}", purpose="candidate.code")
    return f"UV-{blind[:6].upper()}"


def job_for_firm(seeker: Seeker) -> str:
    """Return the position last held, else the one wished for; nothing where it could tell who.

    A text with a run of digits (a phone) or with the person's name in it is not shown.
    """
    said = [job.position for job in seeker.experiences] + [wish.title for wish in seeker.wishes]
    name = vietnamese.fold(seeker.person.full_name)
    for text in said:
        plain = vietnamese.fold(text)
        if name not in plain and len(vietnamese.digits(text)) < 6:
            return text
    return ""

"""Several referrals in one act: what goes through stays, what does not is told for each person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.referrals import hiring, rules
from jobcenter.referrals.choices import ReferralState, Verb
from jobcenter.referrals.guards import NOTHING, Said
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy

_BEFORE = (ReferralState.ASKED, ReferralState.DRAFTED)


@dataclass(frozen=True)
class Outcome:
    """What became of one person for one vacancy; `refused` says why nothing did."""

    vacancy: Vacancy
    seeker: Seeker
    referral: Referral | None
    refused: Refused | None = None


@dataclass(frozen=True)
class Answer:
    """What is to be done with one referral, as it was seen in `version`."""

    verb: Verb
    said: Said = NOTHING
    version: int | None = None


def refer(
    session: Session, *, pairs: Sequence[tuple[Vacancy, Seeker]], by: Actor,
    agreed: Said | None = None,
) -> list[Outcome]:  # fmt: skip
    """Choose each pair and ask the person, or, with `agreed`, record the yes and send at once."""

    def one(vacancy: Vacancy, seeker: Seeker) -> Referral:
        row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=by)
        if agreed is None:
            rules.act(session, referral=row, verb=Verb.PROPOSE, by=by)
        else:
            rules.act(session, referral=row, verb=Verb.CONSENT, by=by, said=agreed)
            rules.act(session, referral=row, verb=Verb.SEND, by=by)
        return row

    found = []
    for vacancy, seeker in sorted(pairs, key=lambda pair: (pair[1].id, pair[0].id)):
        made = _try(session, lambda v=vacancy, s=seeker: one(v, s))  # type: ignore[misc]
        is_row = isinstance(made, Referral)
        found.append(Outcome(vacancy, seeker, made if is_row else None, None if is_row else made))
    return found


def answer(
    session: Session, *, rows: Sequence[Referral], answers: Mapping[int, Answer], by: Actor
) -> list[Outcome]:
    """Do with each referral what was answered, in one order of locks for everybody."""
    vacancies = sorted({row.vacancy_id for row in rows if row.id in answers})
    session.execute(
        select(Vacancy.id).where(Vacancy.id.in_(vacancies)).order_by(Vacancy.id).with_for_update()
    )
    found = []
    for row in sorted(rows, key=lambda one: one.id):
        if row.id in answers:
            refused = _try(session, lambda r=row: do(session, r, answers[r.id], by))  # type: ignore[misc]
            found.append(
                Outcome(row.vacancy, row.seeker, row, refused if _is_no(refused) else None)
            )
    return found


def do(session: Session, row: Referral, asked: Answer, by: Actor) -> None:
    """Do what was answered for one person; the vacancy is locked before."""
    if asked.verb is Verb.HIRE:
        hiring.hire(session, referral=row, by=by, said=asked.said, version=asked.version)
    else:
        rules.act(
            session, referral=row, verb=asked.verb, by=by, said=asked.said, version=asked.version
        )


def _try(session: Session, act: Callable[[], Any]) -> Any:
    """Do it whole or not at all, and return what it gave or why it was refused."""
    try:
        with session.begin_nested():
            return act()
    except Refused as refused:
        return refused


def _is_no(found: Any) -> bool:
    return isinstance(found, Refused)

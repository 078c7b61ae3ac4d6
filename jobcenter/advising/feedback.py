"""One question after a step: how was it. Answered once, by a link or at the counter.

The answer knows the step and the month, and not who gave it: the link's row is deleted in the act,
and nothing of it is in the ledger. Below a sample no score is told.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import (
    FEEDBACK_ASKS,
    FEEDBACK_DAYS,
    FEEDBACK_SAMPLE,
    SCORES,
    FeedbackAbout,
    FeedbackWay,
)
from jobcenter.advising.models import FeedbackAnswer, FeedbackInvite
from jobcenter.kernel import clock
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.queries import by_effect
from jobcenter.notices.rules import To, tell
from jobcenter.settings.queries import setting


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(session: Session, *, about: FeedbackAbout, way: FeedbackWay) -> tuple[str, dt.date]:
    """Make a link that works once; return its token, which only the link holds, and its last day.

    Links that nobody used go when their day is over.
    """
    today = clock.today()
    session.execute(delete(FeedbackInvite).where(FeedbackInvite.expires_on < today))
    token = secrets.token_urlsafe(18)
    last = today + dt.timedelta(days=setting(session, FEEDBACK_DAYS))
    session.add(FeedbackInvite(token_hash=_hashed(token), about=about, way=way, expires_on=last))
    session.flush()
    return token, last


def effect(about: FeedbackAbout, person_id: int, today: dt.date) -> str:
    """Return the key under which a person is asked: once a quarter for each kind of step."""
    return f"feedback/{about.value}/{person_id}/{today.year}-{(today.month - 1) // 3 + 1}"


def may_ask(session: Session, *, about: FeedbackAbout, person_id: int) -> bool:
    """Say whether a person may be asked by message now."""
    if not setting(session, FEEDBACK_ASKS):
        return False
    return by_effect(session, effect(about, person_id, clock.today())) is None


def send(
    session: Session, *, about: FeedbackAbout, person_id: int, link: str, until: dt.date
) -> bool:
    """Tell a person the link, once a quarter; say whether this call did."""
    return tell(
        session,
        key=effect(about, person_id, clock.today()),
        template="feedback",
        to=To(person_id=person_id),
        params={"link": link, "until": f"{until:%d/%m/%Y}"},
    )


def invited(session: Session, token: str) -> FeedbackInvite:
    """Return what a link asks about, or refuse where it was used, is over or never was."""
    row = session.scalar(
        select(FeedbackInvite).where(
            FeedbackInvite.token_hash == _hashed(token),
            FeedbackInvite.expires_on >= clock.today(),
        )
    )
    if row is None:
        raise Missing
    return row


def answer(session: Session, *, token: str, score: int, words: str = "") -> None:
    """Keep an answer and use the link up; of two at once one counts."""
    if score not in SCORES:
        raise Refused(N_("Chọn một mức."), field="score")
    used = session.execute(
        delete(FeedbackInvite)
        .where(
            FeedbackInvite.token_hash == _hashed(token),
            FeedbackInvite.expires_on >= clock.today(),
        )
        .returning(FeedbackInvite.about, FeedbackInvite.way)
    ).one_or_none()
    if used is None:
        raise Missing
    session.add(
        FeedbackAnswer(
            about=used.about, way=used.way, month=clock.today().replace(day=1), score=score,
            words=words,
        )
    )  # fmt: skip
    session.flush()


@dataclass(frozen=True)
class Score:
    """How many answered and, where they are enough, what they said on average."""

    answers: int
    average: float | None
    content: int | None  # of a hundred who gave 4 or 5


def counted(session: Session, since: dt.date, until: dt.date) -> dict[FeedbackAbout, Score]:
    """Return the answers of the months from `since` to `until`; few answers tell no score."""
    least = setting(session, FEEDBACK_SAMPLE)
    rows = session.execute(
        select(
            FeedbackAnswer.about,
            func.count(),
            func.sum(FeedbackAnswer.score),
            func.count().filter(FeedbackAnswer.score >= 4),
        )
        .where(FeedbackAnswer.month.between(since.replace(day=1), until))
        .group_by(FeedbackAnswer.about)
    )
    found = {
        row[0]: Score(row[1], round(row[2] / row[1], 1), round(row[3] * 100 / row[1]))
        if row[1] >= least
        else Score(row[1], None, None)
        for row in rows
    }
    return {about: found.get(about, Score(0, None, None)) for about in FeedbackAbout}

"""Asking for an introduction, and the centre's no."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import expect_version
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell
from jobcenter.referrals.choices import LIVE, ReferralState
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import same_asks, under_way
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import takes_candidates


def ask(session: Session, *, vacancy: Vacancy, seeker: Seeker, by: Actor) -> bool:
    """Record that the firm asks to be introduced to `seeker`; say whether this ask is the first.

    Two asks for a pair, one after the other or at once, have one effect: the partial unique index
    decides. Refuses when the vacancy takes nobody.
    """
    if not takes_candidates(vacancy, clock.today()):
        raise Refused(N_("Vị trí này không còn nhận người. Mở lại vị trí rồi xin giới thiệu."))
    if same_asks(session, vacancy_id=vacancy.id, seeker=seeker):
        return False  # of a file merged into this one, perhaps
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    made = session.scalar(
        insert(Referral)
        .values(
            vacancy_id=vacancy.id,
            seeker_id=seeker.id,
            state=ReferralState.ASKED,
            asked_by_id=by.user_id,
            asked_at=clock.now(),
            note="",
        )
        .on_conflict_do_nothing()
        .returning(Referral.id)
    )
    if made is None:
        return False
    record(
        session, by=by, action="ask-introduction", kind="seeker", subject_id=seeker.id,
        vacancy=vacancy.number,
    )  # fmt: skip
    session.flush()
    if seeker.responsible_id is not None and vacancy.enterprise is not None:
        tell(
            session,
            key=f"introduction-asked/{made}",
            template="introduction-asked",
            to=To(user_id=seeker.responsible_id),
            params={
                "firm": vacancy.enterprise.name, "file": seeker.number, "vacancy": vacancy.number,
            },
            href="/counsellor/introductions",
        )  # fmt: skip
    return True


def decline(
    session: Session, *, referral: Referral, note: str, by: Actor, version: int | None = None
) -> None:
    """Say no to an ask; `note` tells the firm why. A no said twice stays one no.

    Where two files became one, both may have been asked for: the no answers both.
    """
    require_impartial(by, referral.vacancy.enterprise_id)
    if referral.state not in LIVE:
        return
    expect_version(referral, version)
    asks = same_asks(session, vacancy_id=referral.vacancy_id, seeker=referral.seeker)
    for ask_ in asks:
        ask_.state = ReferralState.DECLINED
        ask_.note = note
        session.flush()
        record(
            session, by=by, action="decline-introduction", kind="seeker",
            subject_id=ask_.seeker_id, vacancy=ask_.vacancy_id,
        )  # fmt: skip


def release(session: Session, *, vacancy: Vacancy, note: str, by: Actor) -> int:
    """End every live referral of a vacancy that takes these people no longer; return how many."""
    live = select(Referral).where(Referral.vacancy_id == vacancy.id, under_way())
    found = session.scalars(live.order_by(Referral.id)).all()
    for referral in found:
        decline(session, referral=referral, note=note[:300], by=by)
    return len(found)

"""Beginning a referral and leading it along its table of states.

Locks are taken in one order: vacancy, placement, the person's file, referrals by row number. Of two
acts at the same moment the second reads what the first did, and is refused or told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell
from jobcenter.people.choices import Way
from jobcenter.placements.queries import is_there
from jobcenter.referrals import guards, steps
from jobcenter.referrals.choices import (
    ANSWER_DAYS,
    ANSWERS,
    LIVE,
    VALID_DAYS,
    Hand,
    ReferralState,
    Verb,
)
from jobcenter.referrals.guards import NOTHING, Said
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.referrals.queries import hands_of, same_asks, under_way
from jobcenter.referrals.telling import tell_of
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of
from jobcenter.settings.queries import setting
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import takes_candidates

_ENDING = frozenset({Verb.REJECT, Verb.WITHDRAW, Verb.DECLINE, Verb.STOP, Verb.SUPERSEDE})


def ask(session: Session, *, vacancy: Vacancy, seeker: Seeker, by: Actor) -> bool:
    """Record that the firm asks to be introduced to `seeker`; say whether this ask is the first.

    Two asks for a pair, one after the other or at once, have one effect: the partial unique index
    decides. Refuses when the vacancy takes nobody.
    """
    if not takes_candidates(vacancy, clock.today()):
        raise Refused(N_("Vị trí này không còn nhận người. Mở lại vị trí rồi xin giới thiệu."))
    if same_asks(session, vacancy_id=vacancy.id, seeker=seeker):
        return False  # of a file merged into this one, perhaps
    made = _begin(
        session, vacancy, seeker, by, ReferralState.ASKED,
        asked_by_id=by.user_id, asked_at=clock.now(),
    )  # fmt: skip
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
            key=f"introduction-asked/{made.id}",
            template="introduction-asked",
            to=To(user_id=seeker.responsible_id),
            params={
                "firm": vacancy.enterprise.name, "file": seeker.number, "vacancy": vacancy.number,
            },
            href="/counsellor/referrals?show=asked",
        )  # fmt: skip
    return True


def draft(session: Session, *, vacancy: Vacancy, seeker: Seeker, by: Actor) -> Referral:
    """Choose somebody for a vacancy; what the firm asked for already is taken up.

    Refuses whoever is under way for it or in its job, looks for no work, or has as many live
    introductions as the setting allows.
    """
    require_impartial(by, vacancy.enterprise_id)
    _lock_file(session, seeker)
    found = _fit(session, vacancy, seeker)
    if found is not None:
        return found
    made = _begin(
        session, vacancy, seeker, by, ReferralState.DRAFTED, drafted_by_id=by.user_id
    )  # fmt: skip
    if made is None:
        raise Refused(N_("%(number)s đang được giới thiệu cho vị trí này."), number=seeker.number)
    record(
        session, by=by, action="draft-referral", kind="seeker", subject_id=seeker.id,
        vacancy=vacancy.number,
    )  # fmt: skip
    return made


def _fit(session: Session, vacancy: Vacancy, seeker: Seeker) -> Referral | None:
    """Refuse whoever cannot be put forward now; return the firm's own ask where there is one."""
    found = same_asks(session, vacancy_id=vacancy.id, seeker=seeker)
    if found:
        if found[0].state is ReferralState.ASKED:
            return found[0]
        raise Refused(N_("%(number)s đang được giới thiệu cho vị trí này."), number=seeker.number)
    if is_there(session, vacancy, seeker):
        raise Refused(N_("%(number)s đang làm ở vị trí này."), number=seeker.number)
    guards.takes_people(vacancy)
    guards.looks_for_work(session, seeker)
    guards.within_limit(session, seeker)
    return None


def hindrance(session: Session, vacancy: Vacancy, seeker: Seeker) -> Refused | None:
    """Return why somebody cannot be put forward now, for the page that asks before the act."""
    try:
        _fit(session, vacancy, seeker)
    except Refused as refused:
        return refused
    return None


def _lock_file(session: Session, seeker: Seeker) -> None:
    """Let one at a time count the live introductions of a person; their file's row is the lock."""
    root = files_of(session, seeker)[0]
    session.execute(select(Seeker.id).where(Seeker.id == root).with_for_update())


def _begin(
    session: Session, vacancy: Vacancy, seeker: Seeker, by: Actor, state: ReferralState,
    **columns: Any,
) -> Referral | None:  # fmt: skip
    """Add the row unless the pair is under way already: the partial unique index decides."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    made = session.scalar(
        insert(Referral)
        .values(vacancy_id=vacancy.id, seeker_id=seeker.id, state=state, note="", **columns)
        .on_conflict_do_nothing()
        .returning(Referral.id)
    )
    if made is None:
        return None
    row = session.get_one(Referral, made)
    asks = state is ReferralState.ASKED
    hand = Hand.FIRM if asks and by.acts_for(vacancy.enterprise_id) else Hand.CENTRE
    _note(session, row, "ask" if asks else "draft", None, hand, by, NOTHING)
    return row


def act(
    session: Session, *, referral: Referral, verb: Verb, by: Actor, said: Said = NOTHING,
    version: int | None = None,
) -> None:  # fmt: skip
    """Take one step of the table, or refuse: not theirs to do, not from here, not yet.

    A hire is `hiring.hire`: it makes a placement too.
    """
    if verb in (Verb.HIRE, Verb.CANCEL_HIRE):
        raise ValueError("a hire is made and undone with its placement: referrals.hiring")
    require_impartial(by, referral.vacancy.enterprise_id)
    if verb in (Verb.PROPOSE, Verb.CONSENT):
        _lock_file(session, referral.seeker)
    hold(session, referral, version)
    take(session, referral, verb, by, said)
    if verb in _ENDING:  # where two files became one, both may be under way
        for twin in same_asks(session, vacancy_id=referral.vacancy_id, seeker=referral.seeker):
            if steps.step_for(verb, twin.state, hands_of(session, twin, by)):
                take(session, twin, verb, by, said)


def take(
    session: Session, referral: Referral, verb: Verb, by: Actor, said: Said = NOTHING,
    hands: frozenset[Hand] | None = None,
) -> None:  # fmt: skip
    """Move a referral that is held; checks the table, its guards and what was said.

    `hands` is given where the step follows something else, whoever did that.
    """
    hands = hands_of(session, referral, by) if hands is None else hands
    step = steps.step_for(verb, referral.state, hands)
    if step is None:
        if not steps.may_ever(verb, hands):
            raise NotAllowed
        raise MoveRefused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
    guards.check(session, referral, step, said)
    before, referral.state = referral.state, step.end
    _fill(session, referral, verb, by, said)
    session.flush()
    hand = next(one for one in Hand if one in step.hands & hands)
    event = _note(session, referral, verb.value, before, hand, by, said)
    record(
        session, by=by,
        action="decline-introduction" if verb is Verb.DECLINE else f"{verb.value}-referral",
        kind="seeker", subject_id=referral.seeker_id, vacancy=referral.vacancy.number,
    )  # fmt: skip
    tell_of(session, referral, event, verb)


def _fill(session: Session, row: Referral, verb: Verb, by: Actor, said: Said) -> None:
    """Set what the step leaves behind, beside the state."""
    now = clock.now()
    if verb is Verb.CONSENT:
        row.agreed_at, row.agreed_by_id = now, by.user_id
        row.agreed_way, row.agreed_evidence = said.way or Way.ONLINE, said.evidence[:200]
    elif verb is Verb.SEND:
        row.sent_at = now
    elif verb is Verb.SEE:
        row.seen_at = now
    elif verb is Verb.INVITE:
        row.interview_at, row.interview_place = said.interview_at, said.interview_place[:200]
    elif verb is Verb.HIRE:
        row.placement_id = said.placement_id
    if verb in ANSWERS:
        row.answered_at = row.answered_at or now
    _set_days(session, row, verb)
    row.reason, row.note = said.reason, said.note[:300]
    row.ended_at = None if row.state in LIVE else now
    if row.ended_at is not None:
        row.firm_note = ""  # what a firm wrote of a person goes with its sight of them


def _set_days(session: Session, row: Referral, verb: Verb) -> None:
    """Set until when the letter is valid, and by which day the firm answers next."""
    today = clock.today()
    answer = dt.timedelta(days=setting(session, ANSWER_DAYS))
    if verb in (Verb.PROPOSE, Verb.CONSENT, Verb.SEND):
        row.valid_to = today + dt.timedelta(days=setting(session, VALID_DAYS))
    if verb is Verb.SEND:
        row.answer_by = today + answer
    elif verb in (Verb.INVITE, Verb.INTERVIEW):
        day = today
        if verb is Verb.INVITE and row.interview_at is not None:
            day = clock.local(row.interview_at).date()
        row.answer_by = day + answer
        row.valid_to = max(row.valid_to or day, row.answer_by)


def _note(
    session: Session, row: Referral, verb: str, before: ReferralState | None, hand: Hand,
    by: Actor, said: Said,
) -> ReferralEvent:  # fmt: skip
    event = ReferralEvent(
        referral_id=row.id, at=clock.now(), verb=verb, before=before, after=row.state,
        hand=hand, user_id=by.user_id, actor=(by.name or by.role)[:120], reason=said.reason,
        note=said.note[:300], slot_at=said.interview_at, slot_place=said.interview_place[:200],
    )  # fmt: skip
    session.add(event)
    session.flush()
    return event


def decline(
    session: Session, *, referral: Referral, note: str, by: Actor, version: int | None = None
) -> None:
    """Say no to an ask; `note` tells the firm why. A no said twice stays one no."""
    require_impartial(by, referral.vacancy.enterprise_id)
    if referral.state in LIVE:
        act(
            session, referral=referral, verb=Verb.DECLINE, by=by, said=Said(note=note),
            version=version,
        )  # fmt: skip


def release(session: Session, *, vacancy: Vacancy, note: str, by: Actor) -> int:
    """End every live referral of a vacancy that takes these people no longer; return how many."""
    found = _live_of(session, vacancy)
    for referral in found:
        if referral.state in LIVE:  # a twin went with the one before
            act(
                session, referral=referral, verb=Verb.STOP, by=by, said=Said(note=note[:300])
            )  # fmt: skip
    return len(found)


def _live_of(session: Session, vacancy: Vacancy) -> Sequence[Referral]:
    live = select(Referral).where(Referral.vacancy_id == vacancy.id, under_way())
    return session.scalars(live.order_by(Referral.id)).all()


def see(session: Session, *, referrals: Sequence[Referral], by: Actor) -> None:
    """Note that the firm opened its list: what was sent is seen from now on."""
    for referral in sorted(referrals, key=lambda one: one.id):
        if referral.state is ReferralState.SENT:
            hold(session, referral, None)
            if referral.state is ReferralState.SENT:
                take(session, referral, Verb.SEE, by)


def see_sent(session: Session, *, vacancy_id: int, by: Actor) -> None:
    """Note that the firm opened the list of a vacancy: the receipt of what was sent to it."""
    sent = select(Referral).where(
        Referral.vacancy_id == vacancy_id, Referral.state == ReferralState.SENT
    )
    see(session, referrals=session.scalars(sent.order_by(Referral.id)).all(), by=by)


def write_firm_note(
    session: Session, *, referral: Referral, text: str, by: Actor, version: int | None = None
) -> None:
    """Keep what the firm notes of somebody while it sees them; it goes with the sight."""
    hold(session, referral, version)
    if Hand.FIRM not in hands_of(session, referral, by):
        raise NotAllowed
    if referral.ended_at is not None:
        raise MoveRefused(N_("Lượt giới thiệu này đã kết thúc."))
    referral.firm_note = text
    session.flush()

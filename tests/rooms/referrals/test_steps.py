"""The state table of a referral, every cell: state, verb and hand, allowed and refused."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Consent
from jobcenter.placements.models import Placement
from jobcenter.referrals import hiring, rules, steps
from jobcenter.referrals.choices import (
    INTRODUCED,
    LIVE,
    MOST_LIVE,
    OPEN,
    REASONS,
    Hand,
    ReferralState,
    Verb,
)
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.referrals.steps import Guard
from jobcenter.seekers.choices import FileState
from jobcenter.vacancies.choices import VacancyState

Make = Callable[..., Any]
S, V, H = ReferralState, Verb, Hand
BY = system("tests", EVERYTHING)
# The table once more, as a person would draw it: state -> verb -> who may. c centre, f firm,
# s the person, k the clock. Whatever is not here is refused.
DRAWN = """
asked        propose:c consent:c hire:cf withdraw:c decline:c stop:cfk supersede:k
drafted      propose:c consent:c hire:c withdraw:c decline:c stop:cfk supersede:k
proposed     consent:cs hire:c withdraw:cs decline:c expire:ck stop:cfk supersede:k
consented    send:c hire:c withdraw:cs decline:c expire:k stop:cfk supersede:k
sent         see:f invite:cf interview:cf no-show:cf hire:cf reject:cf withdraw:cs expire:ck
             stop:cfk supersede:k
seen         invite:cf interview:cf no-show:cf hire:cf reject:cf withdraw:cs expire:ck stop:cfk
             supersede:k
invited      invite:cf interview:cf no-show:cf hire:cf reject:cf withdraw:cs expire:ck stop:cfk
             supersede:k
interviewed  invite:cf hire:cf reject:cf withdraw:cs expire:ck stop:cfk supersede:k
hired        cancel-hire:cf
no-show      invite:c interview:c
rejected
withdrawn
declined
no-answer
stopped
superseded
hire-cancelled
"""
ENDS = {
    V.PROPOSE: S.PROPOSED, V.CONSENT: S.CONSENTED, V.SEND: S.SENT, V.SEE: S.SEEN,
    V.INVITE: S.INVITED, V.INTERVIEW: S.INTERVIEWED, V.HIRE: S.HIRED, V.NO_SHOW: S.NO_SHOW,
    V.REJECT: S.REJECTED, V.WITHDRAW: S.WITHDRAWN, V.DECLINE: S.DECLINED, V.EXPIRE: S.NO_ANSWER,
    V.STOP: S.STOPPED, V.SUPERSEDE: S.SUPERSEDED, V.CANCEL_HIRE: S.HIRE_CANCELLED,
}  # fmt: skip
LETTERS = {"c": H.CENTRE, "f": H.FIRM, "s": H.SEEKER, "k": H.CLOCK}


def drawn() -> dict[tuple[ReferralState, Verb], frozenset[Hand]]:
    """Read the drawing: (state, verb) -> whose hands."""
    found, state = {}, None
    for line in DRAWN.strip().split("\n"):
        words = line.split()
        if not line.startswith(" "):
            state = S(words.pop(0))
        assert state is not None
        for word in words:
            verb, _sep, who = word.partition(":")
            found[state, V(verb)] = frozenset(LETTERS[letter] for letter in who)
    return found


@dataclass
class Town:
    """A referral with everything around it, and a person for each hand."""

    session: Session
    referral: Referral
    actors: dict[Hand, Actor]
    placement: Placement


@pytest.fixture
def town(
    session: Session, make_user: Make, make_enterprise: Make, make_vacancy: Make, make_seeker: Make
) -> Town:
    firm, seeker = make_enterprise(), make_seeker()
    vacancy = make_vacancy(enterprise=firm)
    placement = Placement(
        seeker_id=seeker.id, enterprise_id=firm.id, started_on=clock.today(),
        counts_to_headcount=False,
    )  # fmt: skip
    session.add(placement)
    referral = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)

    def actor(role: Role, **more: Any) -> Actor:
        user = make_user(role, enterprise=firm if role == Role.ENTERPRISE_USER else None)
        return Actor(user.id, user.name, role, RIGHTS[role], **more)

    session.flush()
    return Town(
        session, referral, {
            H.CENTRE: actor(Role.COUNSELLOR),
            H.FIRM: actor(Role.ENTERPRISE_USER, enterprise_id=firm.id),
            H.SEEKER: actor(Role.SEEKER, person_id=seeker.person_id),
            H.CLOCK: system("the clock", frozenset()),
        }, placement,
    )  # fmt: skip


def put(town: Town, state: ReferralState) -> Referral:
    """Bring the referral into a state with all that belongs to it, every guard content."""
    row, now, placement_id = town.referral, clock.now(), town.placement.id
    row.state, row.ended_at = state, None if state in LIVE else now
    row.agreed_at, row.agreed_way, row.sent_at = now, Way.COUNTER, now
    row.interview_at, row.valid_to = now - dt.timedelta(hours=1), clock.today() - dt.timedelta(1)
    hired = state in (S.HIRED, S.HIRE_CANCELLED)
    row.placement_id = placement_id if hired else None
    town.session.flush()
    return row


def said(verb: Verb) -> Said:
    """Return all that a verb may need."""
    reason = next((code for code, one in REASONS.items() if one.verb is verb), None)
    return Said(
        reason=reason, note="Có ghi chú", way=Way.PHONE, evidence="gọi 09:10",
        interview_at=clock.now() + dt.timedelta(days=3), interview_place="Cổng 2",
        started_on=clock.today(),
    )  # fmt: skip


def do(town: Town, verb: Verb, hand: Hand) -> None:
    row, by = town.referral, town.actors[hand]
    if verb is V.HIRE:
        hiring.hire(town.session, referral=row, by=by, said=said(verb))
    elif verb is V.CANCEL_HIRE:
        rules.take(town.session, row, verb, by)
    else:
        rules.act(town.session, referral=row, verb=verb, by=by, said=said(verb))


def lead(town: Town, verb: Verb, told: Said) -> None:
    if verb is V.HIRE:
        hiring.hire(town.session, referral=town.referral, by=BY, said=told)
    else:
        rules.act(town.session, referral=town.referral, verb=verb, by=BY, said=told)


@pytest.mark.parametrize("state", list(S))
def test_every_cell_of_the_table(town: Town, state: ReferralState) -> None:
    allowed, session = drawn(), town.session
    count = select(func.count()).select_from(ReferralEvent)
    row = put(town, state)
    told, refused = session.scalar(count) or 0, 0
    for verb, hand in itertools.product(V, H):
        if hand in allowed.get((state, verb), frozenset()):
            continue
        with pytest.raises((MoveRefused, NotAllowed)):
            do(town, verb, hand)
        refused += 1
    assert session.scalar(count) == told
    session.refresh(row)
    assert row.state is state
    taken = [(verb, hand) for verb in V for hand in allowed.get((state, verb), ())]
    assert refused + len(taken) == len(V) * len(H)
    for verb, hand in taken:
        cell = f"{state} {verb} {hand}"
        with session.begin_nested() as savepoint:
            do(town, verb, hand)
            assert row.state is ENDS[verb], cell
            assert (row.ended_at is None) == (row.state in LIVE), cell
            event = session.scalars(
                select(ReferralEvent).order_by(ReferralEvent.id.desc()).limit(1)
            ).one()
            assert (event.verb, event.before, event.after) == (verb, state, ENDS[verb]), cell
            assert (event.hand, event.user_id) == (hand, town.actors[hand].user_id), cell
            assert session.scalar(count) == told + 1, cell
            savepoint.rollback()
        session.expire_all()


def test_the_table_has_one_row_for_a_cell_and_says_nothing_else() -> None:
    allowed = drawn()
    for state in S:
        for verb in V:
            for hand in H:
                rows = [
                    step for step in steps.TABLE
                    if step.verb is verb and state in step.start and hand in step.hands
                ]  # fmt: skip
                assert len(rows) == (hand in allowed.get((state, verb), ())), (state, verb, hand)
    assert {step.verb: step.end for step in steps.TABLE} == ENDS
    assert OPEN <= LIVE
    assert INTRODUCED < LIVE
    assert set(S) - LIVE == {step.end for step in steps.TABLE} - LIVE


def test_a_strangers_hand_finds_nothing_to_do(
    town: Town, make_enterprise: Make, make_seeker: Make
) -> None:
    other = make_enterprise()
    strangers = [
        Actor(1, "x", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], enterprise_id=other.id),
        Actor(2, "y", "seeker", RIGHTS[Role.SEEKER], person_id=make_seeker().person_id),
        Actor(3, "z", "manager", RIGHTS[Role.MANAGER]),
        Actor(4, "k", "counsellor", RIGHTS[Role.COUNSELLOR],
              partial_to=frozenset({town.referral.vacancy.enterprise_id or 0})),
    ]  # fmt: skip
    for by in strangers:
        for verb in (V.PROPOSE, V.CONSENT, V.INVITE, V.REJECT, V.WITHDRAW):
            row = put(town, S.SENT if verb in (V.INVITE, V.REJECT) else S.DRAFTED)
            with pytest.raises(Refused):
                rules.act(town.session, referral=row, verb=verb, by=by, said=said(verb))
            assert row.state in (S.SENT, S.DRAFTED)


def _withdraw(town: Town, purpose: Purpose) -> None:
    for consent in town.session.scalars(select(Consent).where(Consent.purpose == purpose)):
        consent.withdrawn_at = clock.now()


def _full(town: Town, make_vacancy: Make) -> None:
    for _n in range(MOST_LIVE.default):
        rules.draft(
            town.session, vacancy=make_vacancy(), seeker=town.referral.seeker, by=BY
        )  # fmt: skip


def test_each_guard_holds_its_step_back(town: Town, make_vacancy: Make) -> None:
    row, session = town.referral, town.session
    broken: dict[Guard, tuple[ReferralState, Verb, Hand, Callable[[], Any]]] = {
        Guard.TAKES_PEOPLE: (
            S.CONSENTED, V.SEND, H.CENTRE,
            lambda: setattr(row.vacancy, "state", VacancyState.ON_HOLD),
        ),
        Guard.LOOKS_FOR_WORK: (
            S.DRAFTED, V.PROPOSE, H.CENTRE,
            lambda: setattr(row.seeker, "state", FileState.PAUSED),
        ),
        Guard.WITHIN_LIMIT: (
            S.ASKED, V.PROPOSE, H.CENTRE, lambda: _full(town, make_vacancy)
        ),
        Guard.AGREES: (
            S.PROPOSED, V.CONSENT, H.SEEKER, lambda: _withdraw(town, Purpose.INTRODUCE)
        ),
        Guard.DAY_HAS_COME: (
            S.INVITED, V.NO_SHOW, H.FIRM,
            lambda: setattr(row, "interview_at", clock.now() + dt.timedelta(hours=2)),
        ),
        Guard.NOT_LIVE_AGAIN: (
            S.NO_SHOW, V.INVITE, H.CENTRE,
            lambda: rules.draft(session, vacancy=row.vacancy, seeker=row.seeker, by=BY),
        ),
        Guard.TIME_IS_OVER: (
            S.SENT, V.EXPIRE, H.CLOCK, lambda: setattr(row, "valid_to", clock.today())
        ),
    }  # fmt: skip
    assert set(broken) == set(Guard)
    for guard, (state, verb, hand, spoil) in broken.items():
        with session.begin_nested() as savepoint:
            put(town, state)
            spoil()
            session.flush()
            with pytest.raises(Refused) as refused:
                do(town, verb, hand)
            assert not isinstance(refused.value, MoveRefused), guard
            assert row.state is state
            savepoint.rollback()
        session.expire_all()
        with session.begin_nested() as savepoint:
            put(town, state)
            do(town, verb, hand)
            assert row.state is ENDS[verb], guard
            savepoint.rollback()
        session.expire_all()


@pytest.mark.parametrize(
    ("state", "verb", "missing", "field"),
    [
        (S.SENT, V.REJECT, {"reason": None}, "reason"),
        (S.SENT, V.REJECT, {"reason": "pay"}, "reason"),
        (S.SENT, V.WITHDRAW, {"reason": "skill"}, "reason"),
        (S.ASKED, V.DECLINE, {"note": " "}, "note"),
        (S.PROPOSED, V.CONSENT, {"way": None}, "way"),
        (S.PROPOSED, V.CONSENT, {"way": Way.ONLINE}, "way"),
        (S.PROPOSED, V.CONSENT, {"evidence": ""}, "evidence"),
        (S.SENT, V.INVITE, {"interview_at": None}, "day"),
        (S.SENT, V.INVITE, {"interview_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "day"),
        (S.SENT, V.INVITE, {"interview_at": dt.datetime(2199, 1, 1, tzinfo=dt.UTC)}, "day"),
        (S.SENT, V.HIRE, {"started_on": None}, "started_on"),
    ],
)
def test_what_must_be_said_is_asked_for_at_its_field(
    town: Town, state: ReferralState, verb: Verb, missing: dict[str, Any], field: str
) -> None:
    row = put(town, state)
    told = Said(**{**vars(said(verb)), **missing})
    with pytest.raises(Refused) as refused:
        lead(town, verb, told)
    assert refused.value.field == field
    assert row.state is state

"""The state table of a referral: which verb leads where, from where, by whose hand, if what holds.

The table is data. `rules.act` reads it, the pages offer what it allows, and a test walks through
every cell of state, verb and hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jobcenter.referrals.choices import (
    INSIDE,
    LIVE,
    UNANSWERED,
    WITH_FIRM,
    Hand,
    ReferralState,
    Verb,
)


class Guard(StrEnum):
    """A condition beside the state; `guards` says how each is checked."""

    TAKES_PEOPLE = "takes-people"  # the vacancy is open and in time
    LOOKS_FOR_WORK = "looks-for-work"  # the person's file is available and registered with consent
    WITHIN_LIMIT = "within-limit"  # not too many live introductions at once
    AGREES = "agrees"  # the person's consent to be introduced stands
    DAY_HAS_COME = "day-has-come"  # the interview that was set is not in the future
    NOT_LIVE_AGAIN = "not-live-again"  # no newer referral of the pair is under way
    TIME_IS_OVER = "time-is-over"  # the letter's last day has passed


class Need(StrEnum):
    """What must come with a verb."""

    REASON = "reason"
    NOTE = "note"
    WAY = "way"
    SLOT = "slot"
    START = "start"


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    verb: Verb
    start: frozenset[ReferralState]
    end: ReferralState
    hands: frozenset[Hand]
    guards: tuple[Guard, ...] = ()
    needs: frozenset[Need] = frozenset()


_S = ReferralState
_CENTRE, _FIRM = frozenset({Hand.CENTRE}), frozenset({Hand.CENTRE, Hand.FIRM})
_OWN, _CLOCK = frozenset({Hand.SEEKER}), frozenset({Hand.CLOCK})
_BEFORE = frozenset({_S.ASKED, _S.DRAFTED})
_FIT = (Guard.TAKES_PEOPLE, Guard.LOOKS_FOR_WORK, Guard.WITHIN_LIMIT)


def _step(
    verb: Verb, start: Iterable[ReferralState], end: ReferralState, hands: frozenset[Hand],
    *guards: Guard, needs: Iterable[Need] = (),
) -> Step:  # fmt: skip
    return Step(verb, frozenset(start), end, hands, guards, frozenset(needs))


TABLE: tuple[Step, ...] = (
    _step(Verb.PROPOSE, _BEFORE, _S.PROPOSED, _CENTRE, *_FIT),
    # The yes as staff hear or read it; asked at the counter it needs no proposal before.
    _step(
        Verb.CONSENT, _BEFORE | {_S.PROPOSED}, _S.CONSENTED, _CENTRE, *_FIT, Guard.AGREES,
        needs=[Need.WAY],
    ),
    _step(
        Verb.CONSENT, [_S.PROPOSED], _S.CONSENTED, _OWN, Guard.TAKES_PEOPLE, Guard.AGREES,
    ),
    _step(
        Verb.SEND, [_S.CONSENTED], _S.SENT, _CENTRE, Guard.TAKES_PEOPLE, Guard.LOOKS_FOR_WORK,
        Guard.AGREES,
    ),
    _step(Verb.SEE, [_S.SENT], _S.SEEN, frozenset({Hand.FIRM})),
    _step(Verb.INVITE, WITH_FIRM, _S.INVITED, _FIRM, Guard.AGREES, needs=[Need.SLOT]),
    # Whoever stayed away gets a second chance when the centre has spoken with them.
    _step(
        Verb.INVITE, [_S.NO_SHOW], _S.INVITED, _CENTRE, Guard.AGREES, Guard.NOT_LIVE_AGAIN,
        needs=[Need.SLOT],
    ),
    _step(Verb.INTERVIEW, UNANSWERED | {_S.INVITED}, _S.INTERVIEWED, _FIRM, Guard.DAY_HAS_COME),
    # An answer that comes before the page was told that the person had been there after all.
    _step(
        Verb.INTERVIEW, [_S.NO_SHOW], _S.INTERVIEWED, _CENTRE, Guard.AGREES, Guard.NOT_LIVE_AGAIN,
    ),
    _step(Verb.NO_SHOW, UNANSWERED | {_S.INVITED}, _S.NO_SHOW, _FIRM, Guard.DAY_HAS_COME),
    # That somebody starts in the job is a fact, however far the paper had come.
    _step(Verb.HIRE, WITH_FIRM | {_S.ASKED}, _S.HIRED, frozenset({Hand.FIRM}), needs=[Need.START]),
    _step(Verb.HIRE, LIVE, _S.HIRED, _CENTRE, needs=[Need.START]),
    _step(Verb.REJECT, WITH_FIRM, _S.REJECTED, _FIRM, needs=[Need.REASON]),
    _step(Verb.WITHDRAW, LIVE - _BEFORE, _S.WITHDRAWN, _OWN, needs=[Need.REASON]),
    _step(Verb.WITHDRAW, LIVE, _S.WITHDRAWN, _CENTRE, needs=[Need.REASON]),
    _step(Verb.DECLINE, _BEFORE | INSIDE, _S.DECLINED, _CENTRE, needs=[Need.NOTE]),
    _step(
        Verb.EXPIRE, {_S.PROPOSED, _S.CONSENTED} | WITH_FIRM, _S.NO_ANSWER, _CLOCK,
        Guard.TIME_IS_OVER,
    ),
    _step(Verb.EXPIRE, {_S.PROPOSED} | WITH_FIRM, _S.NO_ANSWER, _CENTRE),
    _step(Verb.STOP, LIVE, _S.STOPPED, _FIRM | _CLOCK),
    _step(Verb.SUPERSEDE, LIVE, _S.SUPERSEDED, _CLOCK),
    _step(Verb.CANCEL_HIRE, [_S.HIRED], _S.HIRE_CANCELLED, _FIRM),
)  # fmt: skip
# Follow something else (a vacancy's step, a placement): pages do not offer them as buttons.
FOLLOWING = frozenset({Verb.SEE, Verb.STOP, Verb.SUPERSEDE, Verb.CANCEL_HIRE})


def step_for(verb: Verb, state: ReferralState, hands: Iterable[Hand]) -> Step | None:
    """Return the row of the table for a verb in a state by any of these hands, None for none."""
    mine = frozenset(hands)
    for step in TABLE:
        if step.verb is verb and state in step.start and step.hands & mine:
            return step
    return None


def verbs_for(state: ReferralState, hands: Iterable[Hand]) -> list[Verb]:
    """Return what these hands may do in a state, in the table's order, each verb once."""
    mine = frozenset(hands)
    found = [step.verb for step in TABLE if state in step.start and step.hands & mine]
    return [verb for verb in dict.fromkeys(found) if verb not in FOLLOWING]


def may_ever(verb: Verb, hands: Iterable[Hand]) -> bool:
    """Say whether these hands may do it in any state."""
    mine = frozenset(hands)
    return any(step.verb is verb and step.hands & mine for step in TABLE)

"""The kinds of files that can be read in; a later room adds its own by declaring columns."""

from __future__ import annotations

from jobcenter.exchange.answers import ANSWERS
from jobcenter.exchange.fields import Kind
from jobcenter.exchange.firms import ENTERPRISES, WORKFORCE
from jobcenter.exchange.jobs_wanted import VACANCIES
from jobcenter.exchange.learners import ENROLMENTS
from jobcenter.exchange.people import PEOPLE
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing

KINDS: dict[str, Kind] = {
    one.code: one for one in (PEOPLE, ENTERPRISES, VACANCIES, WORKFORCE, ENROLMENTS, ANSWERS)
}


def may_bring(by: Actor, kind: Kind) -> bool:
    """Say whether the actor may bring rows of a kind: staff with the right, or the own firm's."""
    if by.may(kind.right):
        return True
    return bool(kind.own_right) and by.may(kind.own_right) and by.enterprise_id is not None


def kinds_for(by: Actor) -> list[Kind]:
    """Return the kinds that the actor may bring."""
    return [one for one in KINDS.values() if may_bring(by, one)]


def kind_for(by: Actor, code: str) -> Kind:
    """Return one kind, or refuse: nobody learns of kinds that are not theirs."""
    found = KINDS.get(code)
    if found is None or not may_bring(by, found):
        raise Missing
    return found

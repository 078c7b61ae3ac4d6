"""Nobody acts for a firm and, as the centre, on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.accounts.invitations import InvitationData
from jobcenter.accounts.models import User
from jobcenter.enterprises import interests, members, queries, reach, requests, rules, workforce
from jobcenter.enterprises.choices import Interest
from jobcenter.enterprises.models import Enterprise, Member
from jobcenter.enterprises.rules import EnterpriseData
from jobcenter.enterprises.workforce import FigureData
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, NotImpartial, Refused
from jobcenter.kernel.paging import Slice
from jobcenter.matching import queries as matching
from jobcenter.matching import rules as matching_rules
from jobcenter.matching.choices import Audience, Unsuitable
from jobcenter.matching.queries import CandidateFilter
from jobcenter.referrals import queries as referrals
from jobcenter.referrals import rules as referral_rules
from jobcenter.vacancies import rules as vacancy_rules
from jobcenter.vacancies import steps
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.data import VacancyData
from tests.rooms.enterprises.test_requests import DATA

Make = Callable[..., Any]
ADMIN = system("tests", EVERYTHING)


@pytest.fixture
def staff(make_user: Make) -> User:
    return make_user(Role.COUNSELLOR)


def tie(session: Session, user: User, firm: Enterprise) -> Actor:
    interests.declare(session, user=user, enterprise=firm, kind=Interest.FAMILY, note="", by=ADMIN)
    return queries.actor_of(session, user)


def keeps_out(act: Callable[[], Any]) -> bool:
    try:
        act()
    except NotImpartial:
        return True
    return False


def test_an_interest_covers_the_whole_legal_person_and_ends_by_another(
    session: Session, staff: User, make_enterprise: Make, make_user: Make
) -> None:
    parent, other = make_enterprise(), make_enterprise()
    branch, sister = make_enterprise(parent_id=parent.id), make_enterprise(parent_id=parent.id)
    own = queries.actor_of(session, staff)
    one = interests.declare(
        session, user=staff, enterprise=branch, kind=Interest.OWNS, note="5 %", by=own
    )
    again = interests.declare(
        session, user=staff, enterprise=branch, kind=Interest.FAMILY, note="", by=own
    )
    assert again is one
    assert queries.partial_to(session, staff.id) == {parent.id, branch.id, sister.id}
    assert not queries.actor_of(session, staff).is_partial_to(other.id)
    colleague = queries.actor_of(session, make_user(Role.COUNSELLOR))
    manages = replace(own, rights=RIGHTS[Role.ADMINISTRATOR])
    for by in (own, colleague, manages):  # not the person, nor without the right
        with pytest.raises(NotAllowed):
            interests.end(session, interest=one, why="x", by=by)
    with pytest.raises(NotAllowed):
        interests.declare(
            session, user=staff, enterprise=other, kind=Interest.OWNS, note="", by=colleague
        )
    with pytest.raises(Refused):
        interests.end(session, interest=one, why=" ", by=ADMIN)
    interests.end(session, interest=one, why="Đã bán cổ phần", by=ADMIN)
    assert queries.partial_to(session, staff.id) == frozenset()
    firm_user = make_user(Role.ENTERPRISE_USER)
    with pytest.raises(Refused):
        interests.declare(
            session, user=firm_user, enterprise=other, kind=Interest.OWNS, note="", by=ADMIN
        )


def test_a_member_who_became_staff_is_partial_and_cannot_become_it_by_the_form(
    session: Session, make_user: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    user = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    with pytest.raises(Refused) as refused:
        interests.require_no_firm(session, user=user)
    assert refused.value.field == "role"
    user.role = Role.COUNSELLOR  # a database of an earlier day
    session.flush()
    actor = queries.actor_of(session, user)
    assert actor.is_partial_to(firm.id)
    assert not actor.acts_for(firm.id)
    session.delete(session.get_one(Member, user.id))
    session.flush()
    interests.require_no_firm(session, user=user)


def test_the_centres_acts_on_the_firm_are_somebody_elses(
    session: Session, staff: User, make_enterprise: Make, make_user: Make
) -> None:
    firm, other = make_enterprise(tax_number=DATA.tax_number), make_enterprise()
    by = tie(session, staff, firm)
    user = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    asker = make_user(Role.ENTERPRISE_USER)
    sent = requests.send(session, data=DATA, by=Actor(asker.id, "", asker.role.value))
    assert sent.enterprise_id == firm.id
    data = EnterpriseData(name="X", tax_number=DATA.tax_number)
    figure = FigureData(as_of=clock.today(), vietnamese=1, foreign=0, source="zone")
    given: dict[str, Any] = {"request": sent, "reason": "x", "version": None, "by": by}
    joined: dict[str, Any] = {"enterprise": firm, "user_id": user.id, "by": by}
    who = InvitationData(name="A", role=Role.ENTERPRISE_USER)
    acts: list[Callable[[], Any]] = [
        lambda: rules.change(session, enterprise=firm, data=data, version=None, by=by),
        lambda: rules.move(session, enterprise=firm, verb="ban", reason="x", by=by),
        lambda: reach.replace_contacts(session, enterprise=firm, contacts=[], version=None, by=by),
        lambda: workforce.write_figure(session, enterprise=firm, data=figure, by=by),
        lambda: members.add_member(session, is_admin=True, **joined),
        lambda: members.remove(session, **joined),
        lambda: members.set_administrator(session, is_admin=True, **joined),
        lambda: members.invite(session, enterprise=firm, data=who, is_admin=True, days=1, by=by),
        lambda: requests.deny(session, **given),
        lambda: requests.ask_more(session, **given),
        lambda: requests.grant_join(session, enterprise=firm, is_admin=False, **given),
        lambda: requests.grant_join(session, enterprise=other, is_admin=False, **given),
        lambda: requests.grant_new(session, parent=firm, **given),
    ]
    assert [number for number, act in enumerate(acts) if not keeps_out(act)] == []
    rules.move(session, enterprise=other, verb="ban", reason="x", by=by)
    assert queries.one(session, firm.key, by) is firm  # seen, not acted on


def test_its_vacancies_and_candidates_are_somebody_elses(
    session: Session, staff: User, make_enterprise: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    firm = make_enterprise()
    vacancy, elsewhere = make_vacancy(enterprise=firm), make_vacancy()
    seeker = make_seeker()
    for one in (vacancy, elsewhere):
        referral_rules.ask(session, vacancy=one, seeker=seeker, by=ADMIN)
    before = queries.actor_of(session, staff)
    asked = {r.vacancy_id: r for r in referrals.asked(session, before, Slice()).items}
    by = tie(session, staff, firm)
    assert [r.vacancy_id for r in referrals.asked(session, by, Slice()).items] == [elsewhere.id]
    assert steps.verbs_for(vacancy, by) == []
    assert not vacancy_rules.may_edit(vacancy, by)
    data = VacancyData(title="Thợ may")
    wanted: dict[str, Any] = {"wanted": CandidateFilter(), "window": Slice()}
    acts: list[Callable[[], Any]] = [
        lambda: steps.move(session, vacancy=vacancy, verb="hold", by=by),
        lambda: vacancy_rules.change(
            session, vacancy=vacancy, data=data, enterprise=firm, version=None, by=by
        ),
        lambda: vacancy_rules.change(
            session, vacancy=elsewhere, data=data, enterprise=firm, version=None, by=by
        ),
        lambda: vacancy_rules.draft(session, data=data, enterprise=firm, by=by),
        lambda: matching.candidates(
            session, vacancy=vacancy, actor=by, audience=Audience.COUNSELLOR, **wanted
        ),
        lambda: matching.candidates(
            session, vacancy=vacancy, actor=by, audience=Audience.ENTERPRISE, **wanted
        ),
        lambda: matching.explanation(session, vacancy=vacancy, seeker=seeker, actor=by),
        lambda: matching_rules.set_aside(
            session, vacancy=vacancy, seeker=seeker, reason=next(iter(Unsuitable)), note="", by=by
        ),
        lambda: matching_rules.take_back(session, vacancy=vacancy, seeker=seeker, by=by),
        lambda: referral_rules.decline(session, referral=asked[vacancy.id], note="x", by=by),
    ]
    assert [number for number, act in enumerate(acts) if not keeps_out(act)] == []
    assert vacancy.state is VacancyState.OPEN
    matching.candidates(
        session, vacancy=elsewhere, actor=by, audience=Audience.COUNSELLOR, **wanted
    )

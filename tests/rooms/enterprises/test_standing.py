"""Banned firms: on no list at once, back where they were when the ban is lifted."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.audit.models import LedgerEntry
from jobcenter.enterprises import queries, rules
from jobcenter.enterprises.choices import Standing
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.paging import Slice
from jobcenter.matching.choices import Audience
from jobcenter.matching.queries import CandidateFilter, candidates
from jobcenter.vacancies import steps
from jobcenter.vacancies.queries import demand, open_ones

BY = system("Trần Thu Hà", EVERYTHING)
WHY = "Thu tiền của người lao động"


def test_a_ban_needs_a_reason_and_is_kept_with_who_and_when(
    session: Session, make_enterprise: Any
) -> None:
    firm = make_enterprise()
    with pytest.raises(Refused) as refused:
        rules.move(session, enterprise=firm, verb="ban", reason="  ", by=BY)
    assert refused.value.field == "reason"
    rules.move(session, enterprise=firm, verb="ban", reason=WHY, by=BY)
    (change,) = queries.standing_changes(session, firm)
    assert (change.before, change.after) == (Standing.APPROVED, Standing.BANNED)
    assert (change.reason, change.by_name) == (WHY, "Trần Thu Hà")
    entry = session.scalars(select(LedgerEntry)).one()
    assert (entry.action, entry.details["reason"]) == ("ban-enterprise", WHY)
    with pytest.raises(MoveRefused):
        rules.move(session, enterprise=firm, verb="approve", reason="", by=BY)


@pytest.mark.parametrize("before", [s for s in Standing if s is not Standing.BANNED])
def test_a_lifted_ban_leads_back(session: Session, make_enterprise: Any, before: Standing) -> None:
    firm = make_enterprise(standing=before)
    rules.move(session, enterprise=firm, verb="ban", reason=WHY, by=BY)
    rules.move(session, enterprise=firm, verb="lift", reason="Đã hoàn tiền", by=BY)
    assert firm.standing is before


@pytest.mark.parametrize("verb", ["ban", "suspend"])
@pytest.mark.parametrize("at", ["firm", "parent"])
def test_vacancies_of_a_closed_firm_leave_every_list_and_come_back(
    session: Session, make_enterprise: Any, make_vacancy: Any, make_seeker: Any, verb: str, at: str
) -> None:
    parent = make_enterprise()
    firm, other = make_enterprise(parent_id=parent.id), make_enterprise()
    vacancy, elsewhere = make_vacancy(enterprise=firm), make_vacancy(enterprise=other)
    make_seeker()
    today = clock.today()
    rules.move(session, enterprise=firm if at == "firm" else parent, verb=verb, reason=WHY, by=BY)
    session.expire_all()
    assert [row.id for row in open_ones(session, today)] == [elsewhere.id]
    assert [row.vacancies for row in demand(session, today)] == [1]
    firm_user = Actor(1, "", "enterprise-user", enterprise_id=firm.id)
    with pytest.raises(Missing):
        candidates(
            session, vacancy=vacancy, actor=firm_user, audience=Audience.ENTERPRISE,
            wanted=CandidateFilter(), window=Slice(),
        )  # fmt: skip
    steps.move(session, vacancy=vacancy, verb="hold", by=BY)
    with pytest.raises(Refused, match="không làm việc"):
        steps.move(session, vacancy=vacancy, verb="resume", by=BY)
    back = "lift" if verb == "ban" else "approve"
    rules.move(session, enterprise=firm if at == "firm" else parent, verb=back, reason="x", by=BY)
    session.expire_all()
    steps.move(session, vacancy=vacancy, verb="resume", by=BY)
    assert {row.id for row in open_ones(session, today)} == {vacancy.id, elsewhere.id}


def test_a_parents_users_act_for_branches_and_not_the_other_way(
    session: Session, make_enterprise: Any, make_user: Any
) -> None:
    parent = make_enterprise()
    branch, closed = make_enterprise(parent_id=parent.id), make_enterprise(parent_id=parent.id)
    make_enterprise()
    above = make_user("enterprise-user", enterprise=parent)
    below = make_user("enterprise-user", enterprise=branch)
    rules.move(session, enterprise=closed, verb="ban", reason=WHY, by=BY)
    found = queries.affiliation(session, above.id)
    assert found is not None
    assert (found.enterprise_id, found.branch_ids) == (parent.id, frozenset({branch.id}))
    assert not found.is_closed
    found = queries.affiliation(session, below.id)
    assert found is not None
    assert (found.enterprise_id, found.branch_ids) == (branch.id, frozenset())
    rules.move(session, enterprise=parent, verb="ban", reason=WHY, by=BY)
    for user in (above, below):
        found = queries.affiliation(session, user.id)
        assert found is not None
        assert found.is_closed
        assert found.branch_ids == frozenset()
    assert queries.affiliation(session, make_user("enterprise-user").id) is None

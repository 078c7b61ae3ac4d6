"""Asking to act for a firm: who answers, what a yes makes, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Right, Role
from jobcenter.accounts.models import User
from jobcenter.enterprises import request_queries, requests
from jobcenter.enterprises.choices import Likeness, RequestState, Standing
from jobcenter.enterprises.models import Enterprise, FirmRequest, Member, StandingChange
from jobcenter.enterprises.requests import RequestData
from jobcenter.kernel.actor import NOBODY, Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.paging import Slice
from tests.support.together import together

Make = Callable[..., Any]
BY = system("Trần Thu Hà", EVERYTHING)
DATA = RequestData(
    firm_name="Công ty TNHH Dệt may Sao Biển", tax_number="0201234560", park_code="nomura",
    address="Lô A1", name="Lê Minh Đức", position="Trưởng phòng nhân sự", phone="+84912345678",
    email="duc@saobien.example",
)  # fmt: skip


@pytest.fixture
def ask(session: Session, make_user: Make) -> Make:
    """ask(**changes) -> a request sent by a new account."""

    def make(**changes: Any) -> FirmRequest:
        return requests.send(
            session, data=replace(DATA, **changes), by=applicant(make_user(Role.ENTERPRISE_USER))
        )

    return make


def applicant(user: User) -> Actor:
    return Actor(user.id, user.name, user.role.value, frozenset({Right.OWN_REQUEST}))


def boss(user: User, firm: Enterprise) -> Actor:
    rights = RIGHTS[Role.ENTERPRISE_USER]
    return Actor(user.id, user.name, user.role.value, rights, enterprise_id=firm.id)


def test_a_new_firm_is_granted_with_its_record_and_its_administrator(
    session: Session, ask: Make
) -> None:
    sent = ask()
    assert sent.state is RequestState.WAITING
    assert sent.enterprise_id is None
    firm = requests.grant_new(
        session, request=sent, parent=None, reason="Đã gọi 0225", version=sent.version, by=BY
    )
    assert (firm.name, firm.tax_number, firm.park_code) == (
        DATA.firm_name, DATA.tax_number, "nomura",
    )  # fmt: skip
    assert firm.standing is Standing.APPROVED
    assert [one.name for one in firm.contacts] == ["Lê Minh Đức"]
    member = session.get_one(Member, sent.user_id)
    assert (member.enterprise_id, member.is_admin) == (firm.id, True)
    assert session.scalars(select(StandingChange.reason)).one() == "Đã gọi 0225"
    assert [(s.verb, s.text, s.by_name) for s in sent.steps][1:] == [
        ("grant", "Đã gọi 0225", "Trần Thu Hà")
    ]
    with pytest.raises(MoveRefused):
        requests.deny(session, request=sent, reason="x", version=None, by=BY)


def test_a_known_firm_is_joined_and_its_administrator_may_say_so(
    session: Session, ask: Make, make_enterprise: Make, make_user: Make
) -> None:
    firm = make_enterprise(tax_number=DATA.tax_number)
    sent = ask(firm_name="Sao Biển nào đó")
    assert sent.enterprise_id == firm.id
    by = boss(make_user(Role.ENTERPRISE_USER, enterprise=firm), firm)
    other = make_enterprise()
    stranger = boss(make_user(Role.ENTERPRISE_USER, enterprise=other), other)
    plain = replace(by, rights=by.rights - {Right.OWN_FIRM_USERS})
    given: dict[str, Any] = {"request": sent, "reason": "Đúng người", "version": sent.version}
    for who in (stranger, plain, NOBODY, replace(stranger, user_id=sent.user_id)):
        with pytest.raises(NotAllowed):
            requests.grant_join(session, enterprise=firm, is_admin=False, by=who, **given)
        with pytest.raises(NotAllowed):
            requests.grant_new(session, parent=None, by=who, **given)
        with pytest.raises(NotAllowed):
            requests.deny(session, by=who, **given)
    with pytest.raises(NotAllowed):  # its administrator answers for this firm alone
        requests.grant_join(session, enterprise=other, is_admin=False, by=by, **given)
    requests.grant_join(session, enterprise=firm, is_admin=False, by=by, **given)
    assert session.get_one(Member, sent.user_id).is_admin is False


def test_a_firm_without_a_number_is_known_by_its_name_and_one_with_another_is_not(
    session: Session, ask: Make, make_enterprise: Make
) -> None:
    make_enterprise(name="Công ty CP Dệt may Sao Biển", tax_number="0209999999")
    assert ask().enterprise_id is None
    bare = make_enterprise(name="Cty Dệt may Sao Biển", tax_number=None)
    assert ask().enterprise_id == bare.id
    make_enterprise(name="Dệt may Sao Biển Co., Ltd", tax_number=None)
    assert ask().enterprise_id is None  # two fit: people decide


def test_every_answer_needs_a_reason_and_asking_more_leads_back(
    session: Session, ask: Make, make_enterprise: Make
) -> None:
    sent = ask()
    by = Actor(sent.user_id, "Lê Minh Đức", "enterprise-user", frozenset({Right.OWN_REQUEST}))
    for verb in (requests.ask_more, requests.deny):
        with pytest.raises(Refused) as refused:
            verb(session, request=sent, reason=" ", version=None, by=BY)
        assert refused.value.field == "reason"
    requests.ask_more(session, request=sent, reason="Ghi rõ chức vụ", version=None, by=BY)
    assert sent.state is RequestState.ASKED
    firm = make_enterprise(tax_number="0207777777")
    data = replace(DATA, tax_number="0207777777", position="Giám đốc")
    with pytest.raises(NotAllowed):
        requests.answer(session, request=sent, data=data, text="", version=None, by=BY)
    with pytest.raises(Stale):
        requests.answer(session, request=sent, data=data, text="", version=99, by=by)
    requests.answer(session, request=sent, data=data, text="Đã sửa", version=sent.version, by=by)
    assert (sent.state, sent.position) == (RequestState.WAITING, "Giám đốc")
    assert sent.enterprise_id == firm.id  # the number put right leads to the known firm
    requests.deny(session, request=sent, reason="Không xác minh được", version=None, by=BY)
    assert sent.state is RequestState.DENIED
    again = requests.send(session, data=DATA, by=by)
    requests.withdraw(session, request=again, by=by)
    with pytest.raises(NotAllowed):
        requests.withdraw(session, request=again, by=BY)


def test_one_account_waits_for_one_answer_and_a_member_for_none(
    session: Session, ask: Make, make_user: Make, make_enterprise: Make
) -> None:
    sent = ask()
    by = Actor(sent.user_id, "", Role.ENTERPRISE_USER.value)
    with pytest.raises(Refused, match="đang chờ"):
        requests.send(session, data=DATA, by=by)
    member = make_user(Role.ENTERPRISE_USER, enterprise=make_enterprise())
    with pytest.raises(Refused, match="công ty"):
        requests.send(session, data=DATA, by=applicant(member))
    for who in (NOBODY, applicant(make_user(Role.COUNSELLOR))):
        with pytest.raises(NotAllowed):
            requests.send(session, data=DATA, by=who)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tax_number": "123"}, "tax_number"), ({"firm_name": " "}, "firm_name"),
        ({"name": ""}, "name"), ({"phone": "12"}, "phone"), ({"park_code": "nowhere"}, "park"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_at_its_field(
    session: Session, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        requests.check(session, replace(DATA, **changes))
    assert refused.value.field == field


def test_look_alikes_say_why_the_surest_first(
    session: Session, ask: Make, make_enterprise: Make
) -> None:
    firms = {
        make_enterprise(name="Khác hẳn", tax_number=DATA.tax_number).id: (Likeness.SAME_NUMBER,),
        make_enterprise(name="Sao Biển miền Trung", tax_number=f"{DATA.tax_number}-002").id: (
            Likeness.SAME_ROOT,
        ),
        make_enterprise(name="CTCP Dệt may Sao Biển", tax_number="0301111111").id: (
            Likeness.SAME_NAME,
        ),
        make_enterprise(name="Cơ khí Hàm Rồng", tax_number="0201234650").id: (
            Likeness.NEAR_NUMBER,
        ),
        make_enterprise(
            name="Sao Biển", tax_number="0302222222", phone=DATA.phone, email="a@saobien.example"
        ).id: (Likeness.NEAR_NAME, Likeness.SAME_PHONE, Likeness.SAME_MAIL),
    }
    make_enterprise(name="Giày da Cát Hải", tax_number="0303333333", email="x@gmail.com")
    alike = request_queries.look_alikes(session, ask(email="duc@saobien.example"))
    assert [one.enterprise.id for one in alike] == list(firms)
    found = {one.enterprise.id: one.reasons for one in alike}
    for firm, reasons in firms.items():
        assert found[firm][: len(reasons)] == reasons or set(reasons) <= set(found[firm])


def test_a_branch_is_granted_under_its_parent_with_the_parents_number(
    session: Session, ask: Make, make_enterprise: Make
) -> None:
    parent = make_enterprise(tax_number=DATA.tax_number)
    stranger = make_enterprise(tax_number="0208888888")
    sent = ask(tax_number=f"{DATA.tax_number}-003")
    assert sent.enterprise_id is None
    given: dict[str, Any] = {"request": sent, "reason": "x", "version": None, "by": BY}
    with pytest.raises(Refused) as refused:
        requests.grant_new(session, parent=stranger, **given)
    assert refused.value.field == "parent"
    session.expunge(sent)
    sent = session.get_one(FirmRequest, sent.id)
    branch = requests.grant_new(session, parent=parent, **(given | {"request": sent}))
    assert branch.parent_id == parent.id


def test_requests_are_seen_by_whom_they_concern(
    session: Session, ask: Make, make_enterprise: Make, make_user: Make
) -> None:
    firm = make_enterprise(tax_number=DATA.tax_number)
    mine, other = ask(), ask(tax_number="0207654321")
    by = boss(make_user(Role.ENTERPRISE_USER, enterprise=firm), firm)

    def sees(who: Actor) -> set[int]:
        page = request_queries.listed(session, who, state=None, window=Slice())
        return {row.id for row in page.items}

    reader = Actor(1, "", "manager", RIGHTS[Role.MANAGER])
    own = Actor(mine.user_id, "", "enterprise-user", frozenset({Right.OWN_REQUEST}))
    assert sees(reader) == {mine.id, other.id}
    assert sees(by) == sees(own) == {mine.id}
    assert sees(NOBODY) == set()
    with pytest.raises(Missing):
        request_queries.one(session, other.key, by)
    assert request_queries.counted(session, reader)[RequestState.WAITING] == 2
    assert [r.id for r in request_queries.waiting_for(session, firm)] == [mine.id]


def test_two_who_answer_at_once_give_one_answer(app: Flask, session: Session, ask: Make) -> None:
    sent = ask()
    session.commit()
    version = sent.version
    with app.app_context():
        engine = db.engine

    def grant(own: Session) -> str:
        there = own.get_one(FirmRequest, sent.id)
        requests.grant_new(own, request=there, parent=None, reason="x", version=version, by=BY)
        return "granted"

    def deny(own: Session) -> str:
        there = own.get_one(FirmRequest, sent.id)
        requests.deny(own, request=there, reason="x", version=version, by=BY)
        return "denied"

    answers = together(engine, [grant, deny, grant])
    won = [a for a in answers if isinstance(a, str)]
    assert len(won) == 1, answers
    lost = [a for a in answers if not isinstance(a, str)]
    assert all(isinstance(a, Refused | StaleDataError | IntegrityError) for a in lost), answers
    session.expire_all()
    assert sent.state.value == won[0]
    assert session.scalar(select(func.count()).select_from(Enterprise)) == (won[0] == "granted")
    assert session.scalar(select(func.count()).select_from(Member)) == (won[0] == "granted")

"""Files fall due after the last contact; the person is told; nobody is erased without a word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.advising.models import Visit
from jobcenter.kernel import clock
from jobcenter.kernel.errors import Refused
from jobcenter.notices.models import Notice
from jobcenter.people.models import Consent, Person
from jobcenter.privacy import retention
from jobcenter.privacy.choices import DueState
from jobcenter.privacy.models import RetentionDue
from jobcenter.referrals.rules import ask
from tests.support.client import Client
from tests.support.planting import everything

BY = everything()
OLD = dt.date(2022, 3, 31)


@pytest.fixture
def old(session: Session, make_seeker: Any) -> Any:
    """A file whose last contact is years ago."""

    def make(**columns: Any) -> Any:
        seeker = make_seeker(registered_on=OLD, **columns)
        session.execute(
            update(Consent)
            .where(Consent.person_id == seeker.person_id)
            .values(given_at=dt.datetime(2022, 3, 31, 3, tzinfo=dt.UTC))
        )
        return seeker

    return make


def find(session: Session) -> list[RetentionDue]:
    retention.find_due(session, phone="0225 3842 111", by=BY)
    return list(session.scalars(select(RetentionDue).order_by(RetentionDue.id)))


def test_months_are_counted_back_to_a_day_that_exists() -> None:
    assert retention.months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert retention.months_before(dt.date(2026, 1, 15), 24) == dt.date(2024, 1, 15)
    assert retention.months_before(OLD, -24) == dt.date(2024, 3, 31)


def test_who_had_no_contact_is_told_once_and_whoever_comes_stays(
    session: Session, old: Any, make_seeker: Any, make_visit: Any, make_vacancy: Any
) -> None:
    silent, fresh, visited, asked = old(), make_seeker(), old(), old()
    make_visit(person=visited.person)
    ask(session, vacancy=make_vacancy(), seeker=asked, by=BY)
    rows = find(session)
    assert [row.person_id for row in rows] == [silent.person_id]
    assert fresh.person_id != silent.person_id
    row = rows[0]
    assert (row.last_contact, row.state) == (OLD, DueState.TOLD)
    assert row.due_on == clock.today() + dt.timedelta(days=30)
    told = session.scalars(select(Notice).where(Notice.person_id == silent.person_id)).one()
    assert told.params["day"] == f"{row.due_on:%d/%m/%Y}"
    assert len(find(session)) == 1  # found once
    make_visit(person=silent.person)
    assert find(session)[0].state is DueState.STAYS


def test_only_after_the_day_and_by_an_officer_and_a_hold_is_respected(
    session: Session, old: Any
) -> None:
    first, second = old(), old()
    rows = {row.person_id: row for row in find(session)}
    due, other = rows[first.person_id], rows[second.person_id]
    with pytest.raises(Refused, match="Chưa đến ngày"):
        retention.erase_due(session, due=due, by=BY)
    with pytest.raises(Refused, match="lý do"):
        retention.keep(session, due=other, why="", by=BY)
    retention.keep(session, due=other, why="Đang khiếu nại", by=BY)
    first_id, second_id, due_id = first.person_id, second.person_id, due.id
    with clock.frozen(clock.now() + dt.timedelta(days=31)):
        with pytest.raises(Refused, match="giữ lại"):
            retention.erase_due(session, due=other, by=BY)
        assert retention.erase_due(session, due=due, by=BY)
    assert session.get_one(Person, first_id).erased_at is not None
    assert session.get_one(Person, second_id).erased_at is None
    assert session.get_one(RetentionDue, due_id).state is DueState.ERASED


def test_names_of_visitors_without_a_file_go_by_themselves(
    session: Session, make_visit: Any, make_seeker: Any
) -> None:
    make_visit(name="Khách cũ", about="Hỏi việc", day=OLD, number=1)
    make_visit(name="Khách mới")
    seeker = make_seeker()
    make_visit(person=seeker.person, day=OLD, number=2, about="Nộp hồ sơ")
    assert retention.drop_names(session) == 1
    assert sorted(session.scalars(select(Visit.name))) == ["", "", "Khách mới"]
    assert "Nộp hồ sơ" in set(session.scalars(select(Visit.about)))


def test_the_desk_lists_holds_and_erases_the_chosen(
    session: Session, client: Client, old: Any, make_user: Any
) -> None:
    seekers = [old(), old()]
    find(session)
    session.execute(update(RetentionDue).values(due_on=clock.today()))
    desk = client.sign_in_as(make_user(Role.MANAGER))
    assert desk.get("/privacy/retention").status_code == 200
    rows = session.scalars(select(RetentionDue).order_by(RetentionDue.id)).all()
    keys = [str(row.key) for row in rows]
    assert desk.post("/privacy/retention/erase", {"due": "nonsense"}).status_code == 303
    held = desk.post(f"/privacy/retention/{keys[1]}/keep", {"why": "Còn khiếu nại"})
    assert held.status_code == 303
    assert desk.post("/privacy/retention/erase", {"due": keys[0]}).status_code == 303
    assert desk.get("/privacy/retention").status_code == 200
    assert "Còn khiếu nại" in desk.page.get_text()
    gone = {one.person_id: one.state for one in session.scalars(select(RetentionDue))}
    assert gone == {seekers[0].person_id: DueState.ERASED, seekers[1].person_id: DueState.HELD}

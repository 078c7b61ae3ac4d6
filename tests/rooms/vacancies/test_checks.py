"""Flagged wordings: settled one by one, by two people, before anything is published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import RIGHTS, Role
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.vacancies import checks, queries, rules, steps
from jobcenter.vacancies.choices import FlagKind, VacancyState
from jobcenter.vacancies.data import VacancyData
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.steps import Asked

Make = Callable[..., Any]
DATA = VacancyData(title="Công nhân may", requirement="Biết may.\nChỉ tuyển nữ.\nKhông viêm gan B.")
GROUNDS = "Khám xét an ninh công nhân nữ, nội quy điều 4."


@pytest.fixture
def people(make_user: Make, make_enterprise: Make) -> tuple[Actor, Actor, Actor]:
    """Two counsellors and a user of the firm."""
    staff = [
        Actor(make_user("counsellor").id, name, "counsellor", RIGHTS[Role.COUNSELLOR])
        for name in ("Hà", "Lan")
    ]
    firm = make_enterprise()
    user = make_user("enterprise-user", enterprise=firm)
    rights = RIGHTS[Role.ENTERPRISE_USER]
    return staff[0], staff[1], Actor(user.id, "Đức", "enterprise-user", rights, firm.id)


@pytest.fixture
def vacancy(session: Session, people: tuple[Actor, Actor, Actor], make_vacancy: Make) -> Vacancy:
    firm = people[2]
    made = rules.draft(
        session, data=DATA, enterprise=session.get(Enterprise, firm.enterprise_id), by=firm
    )
    steps.move(session, vacancy=made, verb="submit", by=firm)
    return made


def publish(session: Session, vacancy: Vacancy, by: Actor) -> None:
    steps.move(session, vacancy=vacancy, verb="publish", by=by)


def test_every_wording_is_settled_before_publication(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    one, two, firm = people
    sex, health = vacancy.flags
    assert (sex.kind, health.kind) == (FlagKind.SEX, FlagKind.HEALTH)
    with pytest.raises(Refused, match="Còn 2 chỗ"):
        publish(session, vacancy, one)
    seen = {"vacancy": vacancy, "version": None}
    with pytest.raises(Refused, match="Chưa có lý do"):
        checks.approve(session, flag_id=sex.id, by=one, **seen)
    checks.give_grounds(session, flag_id=sex.id, grounds=GROUNDS, by=firm, **seen)
    with pytest.raises(NotAllowed):
        checks.approve(session, flag_id=sex.id, by=firm, **seen)
    with pytest.raises(NotAllowed):
        checks.remark(session, flag_id=sex.id, text="Sửa", by=firm, **seen)
    checks.approve(session, flag_id=sex.id, by=one, **seen)
    with pytest.raises(Refused, match="Còn 1 chỗ"):
        publish(session, vacancy, one)
    checks.give_grounds(session, flag_id=health.id, grounds="Chế biến thực phẩm", by=one, **seen)
    with pytest.raises(Refused, match="không tự duyệt"):
        checks.approve(session, flag_id=health.id, by=one, **seen)
    checks.approve(session, flag_id=health.id, by=two, **seen)
    publish(session, vacancy, one)
    assert vacancy.state is VacancyState.OPEN
    assert queries.unsettled(vacancy) == []


def test_a_changed_text_settles_a_wording_and_keeps_what_was_said_of_the_others(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    one, _two, firm = people
    sex = vacancy.flags[0]
    checks.give_grounds(
        session, vacancy=vacancy, flag_id=sex.id, grounds=GROUNDS, version=None, by=firm
    )
    checks.approve(session, vacancy=vacancy, flag_id=sex.id, version=None, by=one)
    rules.change(
        session,
        vacancy=vacancy,
        data=replace(DATA, requirement="Biết may, vắt sổ.\nChỉ tuyển nữ."),
        enterprise=vacancy.enterprise,
        version=vacancy.version,
        by=one,
    )
    assert [flag.id for flag in vacancy.flags] == [sex.id]
    pieces = queries.marked(vacancy, "requirement")
    assert "".join(piece.text for piece in pieces) == vacancy.requirement
    assert [piece.text for piece in pieces if piece.flags] == ["tuyển nữ"]
    publish(session, vacancy, one)
    fields = [(c.action, c.field, c.before, c.after) for c in queries.history(session, vacancy)]
    assert ("change-vacancy", "requirement", DATA.requirement, vacancy.requirement) in fields
    assert ("approve-wording", "requirement", None, GROUNDS) in fields
    assert fields[0] == ("publish-vacancy", "state", "submitted", "open")
    assert fields[-1] == ("draft-vacancy", "", None, None)


def test_new_grounds_or_a_remark_void_an_approval(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    one, _two, firm = people
    about = {"vacancy": vacancy, "flag_id": vacancy.flags[0].id, "version": None}
    for again in (
        lambda: checks.give_grounds(session, grounds="Lý do khác hẳn", by=firm, **about),
        lambda: checks.remark(session, text="Viết rõ việc khám xét", by=one, **about),
    ):
        checks.give_grounds(session, grounds=GROUNDS, by=firm, **about)
        checks.approve(session, by=one, **about)
        assert vacancy.flags[0].approved_at is not None
        again()
        assert vacancy.flags[0].approved_at is None
        assert vacancy.flags[0].approved_by_id is None


def test_an_approval_is_not_taken_away_while_job_seekers_read_it(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    one, _two, firm = people
    for flag in vacancy.flags:
        about = {"vacancy": vacancy, "flag_id": flag.id, "version": None}
        checks.give_grounds(session, grounds=GROUNDS, by=firm, **about)
        checks.approve(session, by=one, **about)
    publish(session, vacancy, one)
    about = {"vacancy": vacancy, "flag_id": vacancy.flags[0].id, "version": None}
    with pytest.raises(Refused, match="đang đăng"):
        checks.give_grounds(session, grounds="Khác", by=firm, **about)
    with pytest.raises(Refused, match="Còn 1 chỗ"):
        rules.change(
            session,
            vacancy=vacancy,
            data=replace(DATA, requirement=DATA.requirement + "\nDưới 30 tuổi."),
            enterprise=vacancy.enterprise,
            version=None,
            by=one,
        )


def test_sent_back_with_a_reason_that_is_kept_until_it_comes_again(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    one, _two, firm = people
    with pytest.raises(Refused, match="lý do"):
        steps.move(session, vacancy=vacancy, verb="send-back", by=one, asked=Asked(note="  "))
    steps.move(
        session, vacancy=vacancy, verb="send-back", by=one, asked=Asked(note="Bỏ câu tuyển nữ.")
    )
    assert (vacancy.state, vacancy.sent_back_for) == (VacancyState.DRAFT, "Bỏ câu tuyển nữ.")
    steps.move(session, vacancy=vacancy, verb="submit", by=firm)
    assert vacancy.sent_back_for == ""
    assert "Bỏ câu tuyển nữ." in [c.note for c in queries.history(session, vacancy)]


def test_a_page_opened_before_is_old_and_a_foreign_wording_is_not_there(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    one, _two, firm = people
    seen, flag = vacancy.version, vacancy.flags[0]
    checks.give_grounds(
        session, vacancy=vacancy, flag_id=flag.id, grounds=GROUNDS, version=seen, by=firm
    )
    with pytest.raises(Stale):
        checks.approve(session, vacancy=vacancy, flag_id=flag.id, version=seen, by=one)
    with pytest.raises(Missing):
        checks.approve(session, vacancy=vacancy, flag_id=flag.id + 999, version=None, by=one)


@pytest.mark.parametrize(
    "wrong",
    [
        "approved_at = '2026-11-23 01:00:00+00:00', approved_by_id = :a, grounds = ''",
        "grounds_by_id = :a, approved_at = '2026-11-23', approved_by_id = :a, grounds = 'x'",
        "approved_at = '2026-11-23 01:00:00+00:00', approved_by_id = NULL, grounds = 'x'",
    ],
)
def test_the_database_keeps_an_approval_honest(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor], wrong: str
) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(f"UPDATE wording_flag SET {wrong}"), {"a": people[0].user_id})


def test_overlapping_wordings_are_each_marked(session: Session) -> None:
    by = Actor(None, "t", "system", RIGHTS[Role.COUNSELLOR])
    made = rules.draft(
        session,
        data=replace(DATA, requirement="Nữ 18-35 tuổi, mắt tinh"),
        enterprise=None,
        by=by,
    )
    pieces = queries.marked(made, "requirement")
    assert "".join(piece.text for piece in pieces) == made.requirement
    assert {flag.kind for piece in pieces for flag in piece.ends} == {FlagKind.SEX, FlagKind.AGE}


def test_contact_data_stand_in_the_history_without_their_value(
    session: Session, vacancy: Vacancy, people: tuple[Actor, Actor, Actor]
) -> None:
    rules.change(
        session,
        vacancy=vacancy,
        data=replace(DATA, contact_phone="0912 345 678", pay_min=9_000_000),
        enterprise=vacancy.enterprise,
        version=None,
        by=people[0],
    )
    lines = {c.field: (c.before, c.after) for c in queries.history(session, vacancy)}
    assert lines["contact_phone"] == (None, None)
    assert lines["pay_min"] == (None, 9_000_000)

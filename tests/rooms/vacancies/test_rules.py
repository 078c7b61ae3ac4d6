from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, Refused, Stale
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.paging import Slice
from jobcenter.vacancies import queries, rules, steps
from jobcenter.vacancies.choices import (
    ACTION_LABELS,
    ADJUSTMENTS,
    AUTOMATIC,
    DOUBT_LABELS,
    FLAG_REASONS,
    VACANCY_MOVES,
    FlagKind,
    VacancyState,
)
from jobcenter.vacancies.data import VacancyData
from jobcenter.vacancies.models import Vacancy

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
NOW = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
DATA = VacancyData(title="Công nhân may", headcount=10, requirement="Biết may 1 kim.")


def firm_user(enterprise: Any) -> Actor:
    return Actor(user_id=1, name="Đức", role="enterprise-user", enterprise_id=enterprise.id)


def change(session: Session, vacancy: Vacancy, data: VacancyData, by: Actor = BY) -> None:
    rules.change(
        session,
        vacancy=vacancy,
        data=data,
        enterprise=vacancy.enterprise,
        version=vacancy.version,
        by=by,
    )


def test_numbers_follow_each_other_without_a_gap(session: Session) -> None:
    with clock.frozen(dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)):
        one = rules.draft(session, data=DATA, enterprise=None, by=BY)
        with pytest.raises(Refused), session.begin_nested():
            rules.draft(session, data=replace(DATA, title=" "), enterprise=None, by=BY)
        two = rules.draft(session, data=DATA, enterprise=None, by=BY)
    assert (one.number, two.number) == ("YC-2026-0001", "YC-2026-0002")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"headcount": 0}, "headcount"),
        ({"round_number": 2}, "round_month"),
        ({"round_month": dt.date(2026, 11, 1)}, "round_number"),
        ({"pay_min": 9, "pay_max": 8}, "pay_max"),
        ({"shift": "no-such"}, "shift"),
        ({"benefits": ("insurance", "no-such")}, "benefits"),
        ({"occupation_code": "0000x"}, "occupation_code"),
        ({"contact_phone": "091234567"}, "contact_phone"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    session: Session, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        rules.draft(session, data=replace(DATA, **wrong), enterprise=None, by=BY)
    assert refused.value.field == field


def test_publishing_needs_a_firm(session: Session) -> None:
    vacancy = rules.draft(session, data=DATA, enterprise=None, by=BY)
    with pytest.raises(Refused) as refused:
        steps.move(session, vacancy=vacancy, verb="publish", by=BY)
    assert refused.value.field == "firm"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"deadline": dt.date(2020, 1, 1)}, "deadline"),
        ({"pay_min": 5_309_999}, "pay_min"),
        ({"pay_max": 5_000_000}, "pay_min"),
        ({"requirement": "Chỉ tuyển nữ."}, "requirement"),
    ],
)
def test_what_keeps_a_vacancy_from_being_open(
    session: Session, make_enterprise: Make, given: dict[str, Any], field: str
) -> None:
    firm = make_enterprise()
    posted = rules.Origin(source="t", ref="t:1")  # what a person types is refused at once, below
    vacancy = rules.draft(
        session, data=replace(DATA, **given), enterprise=firm, by=BY, origin=posted
    )
    with pytest.raises(Refused) as refused:
        steps.move(session, vacancy=vacancy, verb="publish", by=BY)
    assert refused.value.field == field
    assert vacancy.state is VacancyState.DRAFT
    change(session, vacancy, DATA)
    steps.move(session, vacancy=vacancy, verb="publish", by=BY)
    with pytest.raises(Refused):
        change(session, vacancy, replace(DATA, **given))


@pytest.mark.parametrize(
    "given",
    [
        {"pay_min": 5_310_000},
        {"pay_min": 3_000_000, "mode": "part-time"},
        {"pay_min": 30_000, "pay_kind": "hour"},
        {"requirement": "Đủ 18 tuổi trở lên."},
    ],
)
def test_what_does_not_keep_it_from_being_open(
    session: Session, make_enterprise: Make, given: dict[str, Any]
) -> None:
    firm = make_enterprise()
    vacancy = rules.draft(session, data=replace(DATA, **given), enterprise=firm, by=BY)
    steps.move(session, vacancy=vacancy, verb="publish", by=BY)
    assert vacancy.state is VacancyState.OPEN


def test_the_table_of_moves_is_the_whole_truth(session: Session, make_vacancy: Make) -> None:
    for state in VacancyState:
        vacancy = make_vacancy(state=state)
        for verb in set(VACANCY_MOVES.table) - set(VACANCY_MOVES.verbs(state)) - AUTOMATIC:
            with pytest.raises(MoveRefused):
                steps.move(session, vacancy=vacancy, verb=verb, by=BY)
        for verb in {v for v, states in ADJUSTMENTS.items() if state not in states}:
            with pytest.raises(MoveRefused):
                steps.move(session, vacancy=vacancy, verb=verb, by=BY)
        for verb in (*AUTOMATIC, "dance"):
            with pytest.raises(Refused, match="Không có việc"):
                steps.move(session, vacancy=vacancy, verb=verb, by=BY)
        assert vacancy.state is state


def test_an_old_form_is_stale(session: Session, make_vacancy: Make) -> None:
    vacancy = make_vacancy()
    seen = vacancy.version
    change(session, vacancy, DATA)
    with pytest.raises(Stale):
        rules.change(
            session,
            vacancy=vacancy,
            data=DATA,
            enterprise=vacancy.enterprise,
            version=seen,
            by=BY,
        )


def test_a_change_of_certificates_alone_raises_the_version(
    session: Session, make_vacancy: Make
) -> None:
    vacancy = rules.draft(session, data=DATA, enterprise=None, by=BY)
    seen = vacancy.version
    change(session, vacancy, replace(DATA, certificates=("Thẻ an toàn",)))
    assert vacancy.version > seen


def test_headcount_never_falls_below_those_hired(session: Session, make_vacancy: Make) -> None:
    vacancy = make_vacancy(headcount=10, filled=4)
    with pytest.raises(Refused) as refused:
        change(session, vacancy, replace(DATA, headcount=3))
    assert refused.value.field == "headcount"
    assert queries.openings_left(vacancy) == 6


def test_a_firm_writes_only_its_own_and_never_publishes(
    session: Session, make_vacancy: Make, make_enterprise: Make
) -> None:
    firm, other = make_enterprise(), make_enterprise()
    by = firm_user(firm)
    for enterprise in (other, None):
        with pytest.raises(NotAllowed):
            rules.draft(session, data=DATA, enterprise=enterprise, by=by)
    own = rules.draft(session, data=DATA, enterprise=firm, by=by)
    with pytest.raises(NotAllowed):
        rules.change(session, vacancy=own, data=DATA, enterprise=other, version=own.version, by=by)
    with pytest.raises(NotAllowed):
        steps.move(session, vacancy=own, verb="publish", by=by)
    with pytest.raises(NotAllowed):
        steps.move(session, vacancy=make_vacancy(enterprise=other), verb="close", by=by)
    steps.move(session, vacancy=own, verb="submit", by=by)
    with pytest.raises(Refused):
        change(session, own, replace(DATA, headcount=99), by)


def test_lists_are_scoped_filtered_and_ordered(
    session: Session, make_vacancy: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    one = make_vacancy(title="Thợ hàn", enterprise=firm, occupation_code="7212")
    two = make_vacancy(title="Thợ may", deadline=dt.date(2026, 12, 1))

    def found(actor: Actor = BY, **wanted: Any) -> list[Vacancy]:
        asked = queries.VacancyFilter(**wanted)
        return list(queries.listed(session, actor, asked, Slice()).items)

    assert found() == [two, one]
    assert found(text="tho han") == [one]
    assert found(text=firm.name.upper()) == [one]
    assert found(occupation="72") == [one]
    assert found(deadline_by=dt.date(2026, 12, 1)) == [two]
    assert found(enterprise=firm.key) == [one]
    assert found(sort="title") == [one, two]
    assert found(state=VacancyState.DRAFT) == []
    assert found(firm_user(firm)) == [one]
    assert found(Actor(user_id=9, name="", role="seeker")) == []


def test_open_ones_are_open_and_in_time(session: Session, make_vacancy: Make) -> None:
    today = dt.date(2026, 11, 23)
    one = make_vacancy(deadline=today)
    two = make_vacancy(deadline=None)
    make_vacancy(deadline=today - dt.timedelta(days=1))
    make_vacancy(state=VacancyState.ON_HOLD)
    assert list(queries.open_ones(session, today)) == [one, two]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"qualification": "so-cap"}, ["no-field"]),
        ({"qualification": "so-cap", "field": "Hàn"}, []),
        ({"qualification": "trung-cap", "field": "Hàn"}, []),
        (
            {"qualification": "trung-cap", "field": "Hàn", "general_education": "tieu-hoc"},
            ["low-schooling"],
        ),
        (
            {"qualification": "cao-dang", "field": "Hàn", "general_education": "thcs"},
            ["college-schooling"],
        ),
        ({"qualification": "cao-dang", "field": "Hàn", "general_education": "thpt"}, []),
        ({"deadline": dt.date(2027, 2, 23)}, []),
        ({"deadline": dt.date(2027, 2, 24)}, ["far-deadline"]),
    ],
)
def test_doubts_warn_and_never_refuse(
    session: Session, given: dict[str, Any], told: list[str]
) -> None:
    with clock.frozen(NOW):
        data = replace(DATA, **given)
        vacancy = rules.draft(session, data=data, enterprise=None, by=BY)
        for asked in (data, vacancy):
            assert queries.doubts(asked, clock.today()) == told
    assert set(told) <= set(DOUBT_LABELS)


@pytest.mark.parametrize(
    "change_to", ["filled = headcount + 1", "state = 'open', enterprise_id = NULL", "pay_max = 1"]
)
def test_the_database_says_the_same(session: Session, make_vacancy: Make, change_to: str) -> None:
    vacancy = make_vacancy(pay_min=2)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(f"UPDATE vacancy SET {change_to} WHERE id = :id"), {"id": vacancy.id})


def test_every_move_and_flag_has_its_words() -> None:
    assert {f"{verb}-vacancy" for verb in VACANCY_MOVES.table} <= set(ACTION_LABELS)
    assert set(FLAG_REASONS) == set(FlagKind)

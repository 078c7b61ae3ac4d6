"""Whether people are still there: due by the marks, answered once, counted honestly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, NotImpartial, Refused, Stale
from jobcenter.notices.models import Notice, Reply
from jobcenter.people import merging
from jobcenter.placements import checks, rules, terms
from jobcenter.placements.choices import MARKS, SAMPLE, CheckAnswer, CheckWay, EndReason
from jobcenter.placements.models import Placement, PlacementCheck
from jobcenter.placements.terms import Terms
from jobcenter.seekers.choices import FileState
from jobcenter.settings import rules as settings
from jobcenter.settings.models import SettingValue

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


@pytest.fixture
def start(session: Session, make_seeker: Make, make_vacancy: Make) -> Callable[..., Placement]:
    """start(days_ago, *, seeker=None, vacancy=None) -> Placement."""
    job = make_vacancy(headcount=90)

    def make(days_ago: int, *, seeker: Any = None, vacancy: Any = None) -> Placement:
        return rules.hire(
            session, vacancy=vacancy or job, seeker=seeker or make_seeker(),
            started_on=days(-days_ago), by=BY,
        )  # fmt: skip

    return make


def told(
    session: Session, placement: Placement, said: CheckAnswer = CheckAnswer.THERE, **more: Any
) -> PlacementCheck | None:
    return checks.answer(session, placement=placement, said=said, way=CheckWay.PHONE, by=BY, **more)


def due(session: Session, **more: Any) -> list[tuple[int, int, int]]:
    return [(one.placement.id, one.mark, one.days_late) for one in checks.due(session, BY, **more)]


def test_a_check_is_due_at_each_mark_and_only_the_last_one_that_went_by(
    session: Session, start: Callable[..., Placement]
) -> None:
    start(29)
    month, quarter, half = start(30), start(95), start(360)
    assert due(session) == [(half.id, 180, 180), (quarter.id, 90, 5), (month.id, 30, 0)]
    assert [checks.mark_due(session, one) for one in (month, half)] == [30, 180]
    told(session, quarter)
    assert due(session) == [(half.id, 180, 180), (month.id, 30, 0)]
    assert checks.mark_due(session, quarter) is None
    with clock.frozen(clock.now() + dt.timedelta(days=86)):
        assert (quarter.id, 180, 1) in due(session)


def test_marks_are_a_setting_and_rubbish_gives_way(
    session: Session, start: Callable[..., Placement]
) -> None:
    row = start(8)
    assert due(session) == []
    settings.change(session, of=MARKS, text="60; 7", valid_from=TODAY, by=BY)
    assert checks.marks(session) == (7, 60)
    assert due(session) == [(row.id, 7, 1)]
    for rubbish in ("bảy ngày", "0", "-3", "99999", ""):
        session.add(SettingValue(key=MARKS.key, valid_from=days(1), value=rubbish, changed_by="x"))
        session.flush()
        assert checks.marks(session, on=days(1)) == (30, 90, 180, 365)
        session.execute(SettingValue.__table__.delete().where(SettingValue.valid_from == days(1)))


def test_nobody_is_asked_long_after_the_last_mark_or_after_the_end(
    session: Session, start: Callable[..., Placement]
) -> None:
    row = start(40)
    with clock.frozen(clock.now() + dt.timedelta(days=600)):
        assert due(session) == []
    rules.end(session, placement=row, ended_on=days(-1), reason=EndReason.QUIT, by=BY)
    assert due(session) == []


def test_the_first_answer_stays_and_who_left_has_an_end(
    session: Session, start: Callable[..., Placement], make_user: Make
) -> None:
    row, gone = start(31), start(33)
    first = told(session, row, said_by="chị Lan")
    assert told(session, row, CheckAnswer.UNKNOWN) is None
    assert told(session, row, CheckAnswer.UNKNOWN, mark=30) is first
    with pytest.raises(Refused, match="ngày nghỉ"):
        told(session, gone, CheckAnswer.LEFT)
    frees = rules.end(session, placement=gone, ended_on=days(-3), reason=EndReason.QUIT, by=BY)
    assert frees
    left = told(session, gone, CheckAnswer.LEFT, mark=30)
    assert left is not None
    with pytest.raises(Refused, match="đã nghỉ"):
        told(session, gone, CheckAnswer.THERE, mark=90)
    assert {k: [c.answer for c in v] for k, v in
            checks.of_placements(session, [row.id, gone.id]).items()} == {
        row.id: [CheckAnswer.THERE], gone.id: [CheckAnswer.LEFT],
    }  # fmt: skip
    school = make_user(Role.SCHOOL_STAFF)
    outsider = Actor(school.id, school.name, school.role, RIGHTS[school.role])
    with pytest.raises(NotAllowed):
        checks.answer(session, placement=row, said=CheckAnswer.THERE, way=CheckWay.PHONE,
                      by=outsider)  # fmt: skip
    partial = Actor(None, "x", "counsellor", EVERYTHING,
                    partial_to=frozenset({row.enterprise_id}))  # fmt: skip
    with pytest.raises(NotImpartial):
        checks.answer(session, placement=row, said=CheckAnswer.THERE, way=CheckWay.PHONE,
                      by=partial)  # fmt: skip


def test_due_checks_belong_to_who_is_responsible_for_the_standing_file(
    session: Session, start: Callable[..., Placement], make_seeker: Make, make_user: Make
) -> None:
    mine, other = make_user(), make_user()
    goes, stays = make_seeker(responsible_id=other.id), make_seeker(responsible_id=mine.id)
    row = start(35, seeker=goes)
    assert due(session, user_id=other.id) == [(row.id, 30, 5)]
    merging.merge(session, survivor=stays.person, loser=goes.person, take=(), by=BY)
    assert due(session, user_id=other.id) == []
    (line,) = checks.due(session, BY, user_id=mine.id)
    assert (line.placement.id, line.seeker.id) == (row.id, stays.id)
    assert due(session, enterprise_id=row.enterprise_id) == [(row.id, 30, 5)]
    assert due(session, enterprise_id=row.enterprise_id + 999) == []


def test_people_are_asked_by_message_once_for_each_mark_and_the_reply_is_kept(
    session: Session, start: Callable[..., Placement]
) -> None:
    row = start(31)
    start(3)
    assert [checks.ask(session, today=TODAY, phone="0225") for _n in range(2)] == [1, 0]
    (notice,) = session.scalars(select(Notice)).all()
    assert notice.effect_key == f"placement-check/{row.id}/30"
    checks.answer(session, placement=row, said=CheckAnswer.THERE, way=CheckWay.MESSAGE, by=BY)
    reply = session.scalars(select(Reply)).one()
    assert (reply.notice_id, reply.answer) == (notice.id, "there")
    assert checks.ask(session, today=TODAY, phone="0225") == 0


def test_who_stayed_is_counted_of_those_whose_mark_has_come(
    session: Session, start: Callable[..., Placement]
) -> None:
    settings.change(session, of=SAMPLE, text="3", valid_from=TODAY, by=BY)
    there, later, unknown, left, mistake, never = (start(n) for n in (100, 120, 95, 110, 99, 101))
    start(20)
    told(session, there)
    told(session, later)
    rules.end(session, placement=later, ended_on=days(-1), reason=EndReason.QUIT, by=BY)
    rules.end(session, placement=left, ended_on=days(-80), reason=EndReason.DISMISSED, by=BY)
    rules.end(session, placement=mistake, ended_on=days(-90), reason=EndReason.MISTAKE, by=BY)
    rules.end(session, placement=never, ended_on=days(-101), reason=EndReason.NEVER_CAME, by=BY)
    found = checks.stayed(session, since=days(-200), until=TODAY, mark=90)
    assert (found.started, found.there, found.left, found.unknown) == (5, 2, 2, 1)
    assert found.percent == 50
    assert unknown.ended_on is None
    few = checks.stayed(session, since=days(-100), until=TODAY, mark=90)
    assert (few.started, few.there, few.percent) == (2, 1, None)
    month = checks.stayed(session, since=days(-200), until=TODAY, mark=30)
    # the answer for the third month says that they were there after the first, too; who left on
    # the thirtieth day had been there for thirty
    assert (month.there, month.left, month.unknown) == (3, 1, 1)


def test_terms_and_jobs_without_a_vacancy(
    session: Session, start: Callable[..., Placement], make_seeker: Make, make_enterprise: Make
) -> None:
    row = start(10)
    version = row.version
    known = Terms(contract="under-12m", pay=8_500_000, probation_until=days(20))
    terms.write_terms(session, placement=row, terms=known, by=BY, version=version)
    assert (row.contract, row.pay, row.probation_until) == ("under-12m", 8_500_000, days(20))
    with pytest.raises(Stale):
        terms.write_terms(session, placement=row, terms=known, by=BY, version=version)
    for wrong in (Terms(contract="forever"), Terms(pay=0), Terms(probation_until=days(-11)),
                  Terms(probation_until=days(200))):  # fmt: skip
        with pytest.raises(Refused):
            terms.write_terms(session, placement=row, terms=wrong, by=BY)
    firm, found, alone = make_enterprise(), make_seeker(), make_seeker()
    made = terms.record_job(session, seeker=found, enterprise=firm, started_on=days(-40), by=BY)
    assert (found.state, made.counts_to_headcount) == (FileState.PLACED, False)
    with pytest.raises(Refused) as refused:
        terms.record_job(session, seeker=found, enterprise=firm, started_on=TODAY, by=BY)
    assert refused.value.field == "firm"
    own = terms.record_job(
        session, seeker=alone, enterprise=firm, started_on=days(-40), is_own_find=True, by=BY
    )
    assert alone.state is FileState.FOUND_ALONE
    assert {one.placement.id for one in checks.due(session, BY)} == {made.id, own.id}
    told(session, made)
    told(session, own)
    everything = {"since": days(-60), "until": TODAY, "mark": 30}
    assert checks.stayed(session, **everything).there == 1  # type: ignore[arg-type]
    assert checks.stayed(session, **everything, own_finds=True).there == 2  # type: ignore[arg-type]
    assert [one.id for one in checks.of_files(session, BY, [found.id])] == [made.id]

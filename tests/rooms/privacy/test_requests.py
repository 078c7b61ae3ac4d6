"""Requests about data have a last day in working days, one extension, and a ground to refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.catalogue.models import CalendarDay
from jobcenter.catalogue.rules import touch
from jobcenter.kernel import clock
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice
from jobcenter.people.choices import Purpose
from jobcenter.people.queries import agreed
from jobcenter.privacy import queries, rules
from jobcenter.privacy.choices import DAYS_OF, Asked, Came, Ground, RequestState
from jobcenter.settings.models import SettingValue
from tests.support.planting import everything

BY = everything()
MONDAY = dt.date(2026, 11, 2)
THEN = dt.datetime(2026, 11, 9, 3, tzinfo=dt.UTC)


def take(session: Session, **kw: Any) -> Any:
    return rules.take_request(
        session, **{"asked": Asked.COPY, "came": Came.LETTER, "name": "Lê Thị A", "by": BY} | kw
    )


def test_last_days_are_working_days_by_kind_and_by_the_setting_of_the_day(session: Session) -> None:
    session.add(
        CalendarDay(day=dt.date(2026, 11, 4), kind="off", name_vi="Nghỉ bù", name_en="Day off")
    )
    session.add(
        SettingValue(
            key=DAYS_OF[Asked.COPY].key, valid_from=dt.date(2026, 11, 6), value="1", changed_by="x"
        )
    )
    touch(session)  # what an administrator's edit does: the lists are read afresh
    with clock.frozen(THEN):
        row = take(session, received_on=MONDAY)
        assert (row.number, row.reply_by) == ("QL-2026-00001", dt.date(2026, 11, 5))
        assert row.due_on == dt.date(2026, 11, 17)  # ten working days, one of them off
        later = take(session, received_on=dt.date(2026, 11, 6))
        assert later.due_on == dt.date(2026, 11, 9)
        assert take(session, asked=Asked.ERASE, received_on=MONDAY).due_on > row.due_on
        for day in (dt.date(2026, 11, 10), dt.date(2020, 1, 1)):
            with pytest.raises(Refused):
                take(session, received_on=day)
        with pytest.raises(Refused, match="họ tên"):
            take(session, name=" ")


def test_overdue_ones_stand_on_top_and_are_counted(session: Session) -> None:
    with clock.frozen(THEN):
        done = take(session, received_on=MONDAY)
        rules.finish(session, request=done, outcome="Đã giao", by=BY)
        new, old = take(session), take(session, received_on=MONDAY)
    with clock.frozen(THEN + dt.timedelta(days=10)):
        page = queries.listed(session, queries.RequestFilter(), Slice(1, 10))
        assert [row.id for row in page.items] == [old.id, new.id, done.id]
        assert queries.overdue(session, clock.today()) == 1
        assert queries.listed(session, queries.RequestFilter("lê thị"), Slice(1, 10)).total >= 0
        only = queries.RequestFilter(state=RequestState.DONE, asked=Asked.COPY)
        assert queries.listed(session, only, Slice(1, 10)).total == 1


def test_a_request_is_extended_once_refused_with_words_and_ends_once(session: Session) -> None:
    row = take(session)
    before = row.due_on
    with pytest.raises(Refused, match="lý do"):
        rules.extend(session, request=row, why=" ", by=BY)
    rules.extend(session, request=row, why="Hỏi thêm đơn vị khác", by=BY)
    assert row.due_on > before
    with pytest.raises(Refused, match="một lần"):
        rules.extend(session, request=row, why="nữa", by=BY)
    with pytest.raises(Refused, match="vì sao"):
        rules.refuse(session, request=row, ground=Ground.NOT_HELD, outcome="", by=BY)
    rules.refuse(session, request=row, ground=Ground.NOT_HELD, outcome="Không có hồ sơ", by=BY)
    assert (row.state, row.ground) == (RequestState.REFUSED, Ground.NOT_HELD)
    assert row.replied_on == clock.today()
    with pytest.raises(Refused, match="kết thúc"):
        rules.take_back(session, request=row, by=BY)


def test_a_withdrawal_ends_the_consents_it_names(session: Session, make_seeker: Any) -> None:
    person = make_seeker().person
    row = take(session, person=person, asked=Asked.WITHDRAW)
    rules.finish(session, request=row, outcome="Đã ngừng", purposes=[Purpose.PUBLISH], by=BY)
    assert Purpose.PUBLISH not in agreed(session, person.id)
    assert Purpose.REGISTER in agreed(session, person.id)
    other = take(session, person=person)
    with pytest.raises(Refused, match="không rút"):
        rules.finish(session, request=other, outcome="x", purposes=[Purpose.REGISTER], by=BY)
    erase = take(session, person=person, asked=Asked.ERASE)
    with pytest.raises(Refused, match="Bấm xoá"):
        rules.finish(session, request=erase, outcome="x", by=BY)

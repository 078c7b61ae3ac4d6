"""Settings by date: defaults in code, values from a day on, bounds, who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Right
from jobcenter.advising.choices import WAIT_AMBER
from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.seekers.choices import LEAST_AGE
from jobcenter.settings import rules
from jobcenter.settings.choices import KIND_LABELS, REGISTER, WRITE, Kind, Setting
from jobcenter.settings.models import SettingValue
from jobcenter.settings.queries import setting

BY = Actor(user_id=None, name="Vũ Thanh Tùng", role="administrator", rights=EVERYTHING)
DAY = dt.timedelta(days=1)


@pytest.fixture
def yes_no() -> Iterator[Setting[bool]]:
    made = Setting(key="test-yes-no", kind=Kind.YES_NO, group="x", label="y", default=True)
    yield made
    del REGISTER["test-yes-no"]


@pytest.fixture
def text() -> Iterator[Setting[str]]:
    made = Setting(key="test-text", kind=Kind.TEXT, group="x", label="y", default="mặc định")
    yield made
    del REGISTER["test-text"]


def test_an_empty_table_is_a_working_office(session: Session) -> None:
    assert setting(session, LEAST_AGE) == 15
    assert setting(session, WAIT_AMBER) == 10
    assert WRITE == Right.SETTINGS_WRITE
    assert all(one.key == key and one.group and one.label for key, one in REGISTER.items())


def test_a_value_holds_from_its_day_until_the_next(session: Session) -> None:
    today = clock.today()
    rules.change(session, of=WAIT_AMBER, text="15", valid_from=today, by=BY)
    rules.change(session, of=WAIT_AMBER, text="20", valid_from=today + 5 * DAY, by=BY)
    found = [setting(session, WAIT_AMBER, on=today + n * DAY) for n in (-1, 0, 4, 5, 400)]
    assert found == [10, 15, 15, 20, 20]
    assert setting(session, WAIT_AMBER) == 15
    rules.change(session, of=WAIT_AMBER, text="12", valid_from=today, by=BY)
    assert setting(session, WAIT_AMBER) == 12
    line = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert line.details == {
        "key": "counter-wait-amber", "value": "12", "before": "15",
        "valid_from": today.isoformat(),
    }  # fmt: skip
    row = session.get(SettingValue, ("counter-wait-amber", today))
    assert row.changed_by == "Vũ Thanh Tùng"


@pytest.mark.parametrize("typed", ["", "x", "0", "481", "1e3", "-5", "99999999999999999999", "٣"])
def test_a_number_out_of_bounds_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.change(session, of=WAIT_AMBER, text=typed, valid_from=clock.today(), by=BY)
    assert refused.value.field == "value"


def test_every_kind_is_read_back_as_it_was_given(
    session: Session, yes_no: Setting[bool], text: Setting[str]
) -> None:
    today = clock.today()
    assert setting(session, yes_no) is True
    rules.change(session, of=yes_no, text="no", valid_from=today, by=BY)
    assert setting(session, yes_no) is False
    rules.change(session, of=text, text="  Quầy   số 1 ", valid_from=today, by=BY)
    assert setting(session, text) == "Quầy số 1"
    for wrong in ("maybe", ""):
        with pytest.raises(Refused):
            rules.change(session, of=yes_no, text=wrong, valid_from=today, by=BY)
    with pytest.raises(Refused):
        rules.change(session, of=text, text="x" * 201, valid_from=today, by=BY)
    assert set(KIND_LABELS) == set(Kind)


def test_a_stored_value_that_no_longer_fits_gives_way_to_the_default(session: Session) -> None:
    session.add(SettingValue(key="legal-age", valid_from=clock.today(), value="99", changed_by="x"))
    assert setting(session, LEAST_AGE) == 15


def test_only_what_has_not_begun_is_taken_back_and_only_by_who_may(session: Session) -> None:
    today = clock.today()
    rules.change(session, of=WAIT_AMBER, text="15", valid_from=today, by=BY)
    rules.change(session, of=WAIT_AMBER, text="20", valid_from=today + DAY, by=BY)
    rules.withdraw(session, key="counter-wait-amber", valid_from=today + DAY, by=BY)
    assert setting(session, WAIT_AMBER, on=today + 2 * DAY) == 15
    with pytest.raises(Refused, match="đã dùng"):
        rules.withdraw(session, key="counter-wait-amber", valid_from=today, by=BY)
    with pytest.raises(NotAllowed):
        rules.change(
            session, of=WAIT_AMBER, text="5", valid_from=today, by=system("x", frozenset())
        )


def test_one_key_is_one_setting() -> None:
    with pytest.raises(ValueError, match="counter-wait-amber"):
        Setting(key="counter-wait-amber", kind=Kind.DAYS, group="x", label="y", default=1)

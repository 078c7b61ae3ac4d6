"""Codes of the phone and on paper: each works once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyotp
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from jobcenter.accounts import factor
from jobcenter.accounts.models import RecoveryCode, User
from jobcenter.kernel import clock
from jobcenter.kernel.actor import NOBODY
from jobcenter.kernel.errors import Refused

NOON = dt.datetime(2026, 11, 23, 5, 0, 10, tzinfo=dt.UTC)
STEP = dt.timedelta(seconds=30)


@pytest.fixture
def enrolled(session: Session, make_user: Any) -> tuple[User, list[str]]:
    user = make_user("counsellor")
    with clock.frozen(NOON - 10 * STEP):
        factor.begin(session, user=user)
        return user, factor.confirm(session, user=user, code=shown(user), by=NOBODY)


def shown(user: User, shift: int = 0) -> str:
    """Return what the phone shows now."""
    return pyotp.TOTP(user.totp_secret).at(clock.now(), counter_offset=shift)


def use(session: Session, user: User, code: str) -> bool:
    try:
        factor.use(session, user=user, code=code, by=NOBODY)
    except factor.WrongCode:
        return False
    return True


def test_a_code_works_once_and_never_an_older_one(
    session: Session, enrolled: tuple[User, list[str]]
) -> None:
    user, _codes = enrolled
    with clock.frozen(NOON):
        before, now, after = (shown(user, shift) for shift in (-1, 0, 1))
        assert not use(session, user, shown(user, -2))
        assert not use(session, user, "000000" if now != "000000" else "111111")
        assert use(session, user, f"{now[:3]} {now[3:]}")
        assert not use(session, user, now)
        assert not use(session, user, before)  # a step that is past
        assert use(session, user, after)  # a phone half a minute fast
    with clock.frozen(NOON + STEP):
        assert not use(session, user, after)


def test_a_recovery_code_works_once_however_it_is_typed(
    session: Session, enrolled: tuple[User, list[str]]
) -> None:
    user, codes = enrolled
    assert len(set(codes)) == factor.CODES
    assert use(session, user, codes[0].upper().replace("-", " "))
    assert not use(session, user, codes[0])
    assert factor.codes_left(session, user) == factor.CODES - 1
    fresh = factor.new_codes(session, user=user, by=NOBODY)
    assert not use(session, user, codes[1])
    assert use(session, user, fresh[1])
    assert not use(session, user, "")


def test_nothing_readable_is_stored(session: Session, enrolled: tuple[User, list[str]]) -> None:
    user, codes = enrolled
    session.flush()
    raw = bytes(session.scalar(text(f'SELECT totp_secret FROM "user" WHERE id = {user.id}')))
    assert user.totp_secret.encode() not in raw
    assert not set(session.scalars(select(RecoveryCode.code_hash))) & set(codes)


def test_removing_the_factor_ends_sessions_and_codes(
    session: Session, enrolled: tuple[User, list[str]]
) -> None:
    user, codes = enrolled
    epoch = user.epoch
    factor.remove(session, user=user, by=NOBODY)
    assert user.epoch == epoch + 1
    assert not use(session, user, codes[0])
    with pytest.raises(Refused):
        factor.new_codes(session, user=user, by=NOBODY)


def test_a_secret_counts_only_after_its_first_code(session: Session, make_user: Any) -> None:
    user = make_user("manager")
    factor.begin(session, user=user)
    with pytest.raises(factor.WrongCode):
        factor.confirm(session, user=user, code="12345", by=NOBODY)
    assert user.totp_since is None
    factor.confirm(session, user=user, code=shown(user), by=NOBODY)
    with pytest.raises(Refused):
        factor.begin(session, user=user)
